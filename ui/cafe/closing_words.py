"""The words with which a session is closed, and what others will see of it as sentences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from cqcmock.domain.cafe.attendance import Group
from cqcmock.domain.cafe.cards import CardKind
from cqcmock.domain.cafe.release import OF_PEOPLE, Release, TableKind, note, share_words
from cqcmock.domain.english import count, day, listed
from ui.cafe.closing_reading import ThemeSeen, ToClose
from ui.widgets.line_list import Line
from ui.widgets.pill import Tone

ABOUT: Final = (
    "Look through this page once. Closing decides what others may ever see of this session, and it is done once."
)
QUESTION: Final = "Were these mostly the same people as at an earlier café?"
WHY: Final = (
    "If they were, somebody could put the two summaries side by side and work out who said what was new, so others are"
    " then shown only how many people came."
)
NOT_ANSWERED: Final = "Answer the question “Were these mostly the same people?” first."
NOT_PREVIEWED: Final = "What others will see is being worked out."
ASK: Final = "Close this session for good?"
ASK_DETAIL: Final = (
    "Others will see what stands at the end of the page, and nothing else, ever. Cards, themes and numbers cannot be"
    " changed any more, and the words of cards that were taken back are deleted. This cannot be undone."
)
CLOSED_ALREADY: Final = "The session is closed"
CLEAN_UP: Final = "Remove the words that were taken back"
CLOSED: Final = "What others may know of this session is fixed now, and never changes."
WORDS_GONE: Final = (
    "Words that people took back are gone from the library for good; a backup made before may hold them."
)
NEXT_SESSION: Final = (
    "A worry or an idea can become an entry of “You said, we did”, with somebody who sees to it and a day. What you"
    " tell others of it also stands in the summary for leaders, and what is still open then opens the next session."
)
TRY_AGAIN: Final = "Nothing that people wrote is lost. Put right what is wrong, then try again."
CLOSED_NOT_CLEANED: Final = (
    "The session is closed, but the words that were taken back could not be removed from the library yet."
)
PROVISIONAL: Final = "This is so if mostly other people came than to earlier cafés: see the question below."
SMALLEST: Final = "Nothing is shown to others with fewer than"
SMALLEST_HINT: Final = "At least three; five is usual. Your choice is kept for the next session too."
PREVIEW_WAITS: Final = "Answer the question above: what others will see follows from it."
NOT_RENAMED: Final = "This name is not given to the theme yet. Rename the theme, or put the old name back."
NO_DOUBTS: Final = "Nothing needs a second look."
_SHORTLY: Final = {
    TableKind.TEAMS: "teams",
    TableKind.ROLES: "roles",
    TableKind.PRIDE: "pride",
    TableKind.WORRIES: "worries",
    TableKind.IDEAS: "ideas",
    TableKind.HARD_LENSES: "lenses found hard",
    TableKind.HARD_STATEMENTS: "quality statements found hard",
}
BESIDES: Final = "The day and the length of the session, and this:"
KIND_NAMES: Final = {CardKind.PRIDE: "Pride", CardKind.WORRY: "Worry", CardKind.IDEA: "Idea"}
NOBODY_SAID: Final = "Team and role not said"


def group_words(group: Group) -> str:
    """Where people came from."""
    if not group.team and not group.role:
        return NOBODY_SAID
    return " · ".join(name for name in (group.team or "Team not said", group.role or "role not said") if name)


def came_words(came: int) -> str:
    """How many people came in all."""
    return f"{count(came, 'person', 'people')} came in all." if came else "Nobody has been counted yet."


def theme_line(theme: ThemeSeen) -> Line:
    """A theme with what others will be told of it."""
    return Line(
        key=theme.id,
        title=theme.name,
        about=f"{KIND_NAMES[theme.kind]} · {_cards_of(theme)}",
        sign="others will be told" if theme.told else theme.hidden_because,
        tone=Tone.IN_HAND if theme.told else Tone.QUIET,
    )


def _cards_of(theme: ThemeSeen) -> str:
    if not theme.cards:
        return "no cards"
    return f"{count(theme.cards, 'card')} from {count(theme.people, 'person', 'people')}"


def rest_words(seen: ToClose) -> str:
    """What is in no theme, or in nothing at all that others see."""
    sentences = []
    if not seen.themes:
        sentences.append("There are no themes, so others are told nothing of what people said.")
    if seen.loose:
        cards = count(seen.loose, "card is", "cards are")
        sentences.append(f"{cards} in no theme: others are told nothing of {'it' if seen.loose == 1 else 'them'}.")
    if seen.for_psw:
        worries = count(seen.for_psw, "worry is", "worries are")
        sentences.append(f"{worries} for you alone, and {'counts' if seen.for_psw == 1 else 'count'} in nothing.")
    return " ".join(sentences)


def rows_shown(release: Release) -> Iterator[tuple[TableKind, tuple[str, ...]]]:
    """Each table of which others see anything, with its rows in words."""
    for table in release.tables:
        if table.rows:
            yield table.kind, tuple(f"{row.name}: {share_words(row.share, release.k)}" for row in table.rows)


def nothing_shown(release: Release) -> str:
    """The tables of which others see nothing; no sentence where nothing more is shown at all."""
    if release.people is None or release.same_people:
        return ""
    empty = [_SHORTLY[table.kind] for table in release.tables if not table.rows]
    return f"Others see nothing of: {listed(empty)}." if empty else ""


def notes(release: Release) -> tuple[str, ...]:
    """What the tables leave out, in the sentences that others read."""
    if release.people is None or release.same_people:
        return ()
    return tuple(dict.fromkeys(note(table.kind, release.k) for table in release.tables if table.kind not in OF_PEOPLE))


def session_words(title: str, on: date, *more: str) -> str:
    """Which session it is, on one line; a title may have the day in it already."""
    return " · ".join(part for part in (title, "" if day(on) in title else day(on), *more) if part)
