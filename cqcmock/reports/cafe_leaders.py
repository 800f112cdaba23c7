"""The leaders' summary of cafés: made from releases and from nothing else, so that it can name nobody.

What stands here of a session is its date, its length, its k and its release. Titles, places, planned teams and the
titles of rounds may name a team and cannot be given to these functions at all.

Whatever is hidden is said in the words of `domain.cafe.release`, which do not hang on what was hidden: a table with no
rows, a session with no themes and a theme with too few people look the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, pairwise
from typing import Final

from cqcmock.domain import english
from cqcmock.domain.cafe.release import (
    TITLES,
    Release,
    Share,
    TableKind,
    note,
    people_words,
    practised_words,
    share_words,
    shown,
)
from cqcmock.domain.cafe.rounds import evenly
from cqcmock.domain.cafe.running_order import length_in_words
from cqcmock.reports import cafe_entries
from cqcmock.reports.cafe_entries import SaidAndDone
from cqcmock.reports.content import (
    PRACTICE_WORDS,
    Block,
    Callout,
    Document,
    Facts,
    Heading,
    Paragraph,
    Table,
    Voice,
    named,
    plain,
)

TITLE = "Café practice: summary for leaders"
NOTHING_SHOWN: Final = "Nothing is shown here."
NOT_SHOWN: Final = "Not shown"
NO_DATE: Final = "Not fixed yet."
MOST_SIDE_BY_SIDE: Final = 4
"""Sessions that stand side by side in one table; more of them go into a further one."""

_SECTIONS: Final = (
    ("Teams and roles", (TableKind.TEAMS, TableKind.ROLES)),
    ("What people said", (TableKind.PRIDE, TableKind.WORRIES, TableKind.IDEAS)),
    ("What people found hard", (TableKind.HARD_LENSES, TableKind.HARD_STATEMENTS)),
)
_PROMISE = (
    "A team, a role or something that was said is shown only with {k} or more people of that session behind it.",
    "Everything else is left out, without saying how much it is or whether there is any.",
    "What is shown was fixed when the session was closed and never changes. Nothing is added up over sessions.",
    "Nobody is named. Please do not try to find out who said what.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadersSession:
    """One session as leaders may see it. `seconds` is how long it was planned to be."""

    release: Release
    seconds: int


def leaders_summary(
    sessions: Iterable[LeadersSession],
    *,
    entries: Iterable[SaidAndDone] = (),
    next_on: date | None = None,
    classification: str,
    retention: str,
    made_on: date,
) -> Document:
    """What leaders may read of one session, or of several side by side. Of `entries`, only those told are shown."""
    told = sorted(sessions, key=lambda session: (session.release.on, session.release.session))
    following = Paragraph(line=named("Next session", f"{english.day(next_on)}." if next_on else NO_DATE))
    return Document(
        title=TITLE,
        language="en-GB",
        classification=classification,
        practice_words=PRACTICE_WORDS,
        retention=retention,
        made_on=made_on,
        blocks=(
            *_cover(told),
            *_about(told),
            following,
            *(_sections(told, _names(told) if len(told) > 1 else ["How many"]) if _tell_more(told) else ()),
            Heading(level=2, text=cafe_entries.TITLE),
            *cafe_entries.told_blocks(entries),
        ),
    )


def promise(ks: Sequence[int]) -> tuple[str, ...]:
    """What is promised to those who come, in plain words, for sessions with these k."""
    lowest, highest = min(ks), max(ks)
    words = _in_words(lowest) if lowest == highest else f"{_in_words(lowest)} (in some sessions {_in_words(highest)})"
    return tuple(sentence.format(k=words) for sentence in _PROMISE)


def _in_words(k: int) -> str:
    return share_words(Share.SOME, k).removesuffix(" or more people")


def tells_more(release: Release) -> bool:
    """Whether the release says anything beyond how many people came."""
    return release.people is not None and not release.same_people


def _cover(sessions: Sequence[LeadersSession]) -> Iterator[Block]:
    if not sessions:
        yield Paragraph(line=plain("No session has been closed yet, so there is nothing to show."))
        return
    yield Callout(
        title="What is promised to the people who come",
        lines=tuple(map(plain, promise([session.release.k for session in sessions]))),
    )


def _tell_more(sessions: Sequence[LeadersSession]) -> bool:
    """Of one session that tells no more, no tables are shown; of several they are, and then all alike."""
    return len(sessions) > 1 or any(tells_more(session.release) for session in sessions)


def _about(sessions: Sequence[LeadersSession]) -> Iterator[Block]:
    if len(sessions) == 1:
        yield from _one(sessions[0])
    elif sessions:
        yield Heading(level=2, text="The sessions")
        yield Table(
            caption="When they were, who came and what was practised",
            header=("Date", "Length", "Smallest group", "Who came", "Practised"),
            rows=tuple(
                (
                    name,
                    length_in_words(session.seconds),
                    f"{session.release.k} people",
                    people_words(session.release),
                    practised_words(session.release) or NOT_SHOWN,
                )
                for name, session in zip(_names(sessions), sessions, strict=True)
            ),
            shares=(4, 3, 3, 5, 6),
        )


def _one(session: LeadersSession) -> Iterator[Block]:
    yield Heading(level=2, text="The session")
    yield Facts(
        pairs=(
            ("Date", english.day(session.release.on)),
            ("Length", length_in_words(session.seconds)),
            ("Smallest group", f"{session.release.k} people"),
        )
    )
    yield Paragraph(line=named("Who came", people_words(session.release)))
    if kinds := practised_words(session.release):
        yield Paragraph(line=named("Practised", f"{kinds}."))


def _sections(sessions: Sequence[LeadersSession], names: Sequence[str]) -> Iterator[Block]:
    """Every table of the releases, one column a session, each note once where it is the same for several."""
    ks = sorted({session.release.k for session in sessions})
    for title, kinds in _SECTIONS:
        yield Heading(level=2, text=title)
        for kind, following in zip(kinds, (*kinds[1:], None), strict=True):
            yield from _tables(kind, sessions, names)
            notes = [note(kind, k) for k in ks]
            if following is None or notes != [note(following, k) for k in ks]:
                yield from (Paragraph(line=plain(words), voice=Voice.QUIET) for words in notes)


def _tables(kind: TableKind, sessions: Sequence[LeadersSession], names: Sequence[str]) -> Iterator[Block]:
    rows = shown([session.release for session in sessions], tables=[kind])
    spelt: dict[str, str] = {}
    for row in rows:
        spelt.setdefault(row.name.casefold(), row.name)
    if not spelt:
        yield Paragraph(line=named(TITLES[kind], NOTHING_SHOWN))
        return
    share = {(row.session, row.name.casefold()): share_words(row.share, row.k) for row in rows}
    ends = list(accumulate(evenly(len(sessions), -(-len(sessions) // MOST_SIDE_BY_SIDE))))
    for number, (start, end) in enumerate(pairwise([0, *ends]), start=1):
        yield Table(
            caption=f"{TITLES[kind]} ({number} of {len(ends)})" if len(ends) > 1 else TITLES[kind],
            header=("Name", *names[start:end]),
            rows=tuple(
                (
                    spelt[name],
                    *(share.get((session.release.session, name), NOT_SHOWN) for session in sessions[start:end]),
                )
                for name in sorted(spelt)
            ),
            shares=(4, *[3] * (end - start)),
        )


def _names(sessions: Sequence[LeadersSession]) -> list[str]:
    """Each session by its date, those of one day numbered."""
    days = [session.release.on for session in sessions]
    return [
        english.day(on) + (f" ({days[: at + 1].count(on)})" if days.count(on) > 1 else "") for at, on in enumerate(days)
    ]
