"""What others than the PSW may ever be told of a café: one release a session, made when it is closed, then frozen.

Everything that a list, report or export for others shows is chosen from releases by `shown`; nothing is worked out
over several sessions. Later edits, another k or deletions therefore change nothing, and repeats tell nothing.

**The rules.** k is the smallest number of people who may stand behind anything shown (5, and never below 3).
1. No figure is given but the number of people who came, and that only from k. A row is a name with *k or more people*,
   for what people said also *more than half*. There is nothing to subtract. Rows are in alphabetical order; no table
   tells how many rows it leaves out, or whether it leaves any out.
2. A team, role or theme is a row only with k people or more. Several cards of one hand are one person.
3. Teams (and roles) are shown only where two or more of them have k people, or none is. Otherwise an empty table and
   the number who came would tell small teams: two teams and 8 people with k = 5 would be 4 and 4.
4. What people said (themes, what was hard) is shown only where k + 2 people came or more. Otherwise a theme would be
   everybody's, and with it each single person's, even to a colleague who knows only their own card.
5. *More than half* is said only from 2k + 2 people, so that *k or more* beside it stays a range, and never of teams
   and roles: of 9 people, two teams without that word are 4 and 4, and one person is of another team.
6. A theme whose name names a team is left out, unless that team is a row of the same release.
7. Of a session with nearly the same people as an earlier one (the facilitator says so) only the number is released:
   one more person who tips a theme from hidden to shown would otherwise be known to have said it.
8. What was practised is told as kinds of rounds: the program's own words, in the program's order, each once, without
   figures, where k people came and rule 7 was not used. The plan and the clock fix them, whoever came and whatever was
   said. The title of a round is never told: somebody typed it, and it may name a team.

**What is promised**, at the session's own k, against anybody who has every release, under every filter, knows these
rules, how many people came and which teams, roles and themes there could be: for each release there is a course of
events that fits it and in which every group (any mixture of team, role and what was or was not said) is empty or has
k people or more. So no number between 1 and k - 1 follows for any group, nor that a hidden team or theme exists.
Somebody who also knows who was there, by team and role, and what they wrote themself, still gets no such number for
what others said.

**What is not promised.** The PSW sees everything. Several people who tell each other what they wrote, up to one who
wrote all other cards, can subtract it. Who assumes that people said again what they said before can compare sessions,
unless rule 7 was used. That k people or more said the same is not hidden. Hands are counted, not people: one person
taken for two makes a theme look larger (as many as there are more hands than people are taken off every count).
The words of a theme's name are the facilitator's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final

from cqcmock.domain import english
from cqcmock.domain.cafe.rounds import KINDS, RoundKind
from cqcmock.domain.cafe.smallest_group import LOWEST_K, USUAL_K
from cqcmock.errors import UserError

FEWEST_GROUPS: Final = 2
"""Teams or roles are named only where at least this many of them have k people (rule 3)."""

SPARE_PEOPLE: Final = 2
"""So many more people than k (than 2k) must have come before a theme (before *more than half*) is told (4, 5)."""


class TableKind(StrEnum):
    """The tables of a release. No table crosses another."""

    TEAMS = "teams"
    ROLES = "roles"
    PRIDE = "pride"
    WORRIES = "worries"
    IDEAS = "ideas"
    HARD_LENSES = "hard-lenses"
    HARD_STATEMENTS = "hard-statements"


OF_PEOPLE: Final = (TableKind.TEAMS, TableKind.ROLES)
"""Tables in which each person is in one row at most."""

OF_WORDS: Final = tuple(kind for kind in TableKind if kind not in OF_PEOPLE)
"""Tables of what people said, in which each person may be in several rows."""


class Share(StrEnum):
    """How many people are behind a row. There are no figures on purpose."""

    SOME = "k-or-more"
    MOST = "more-than-half"


@dataclass(frozen=True, slots=True, kw_only=True)
class Voiced:
    """Something that people said: a theme, or a lens or statement found hard, with the hands behind it."""

    table: TableKind
    name: str
    hands: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionData:
    """What a release is made from. `people` came in all; `teams` and `roles` say how many of them from where.

    `hands` are all hands that wrote anything which may be counted, in a theme or not. `team_names` are all teams
    known to the library, whether anybody came from them or not. `same_people`: mostly those of an earlier session.
    `practised` are the kinds of the rounds that were held.
    """

    session: str
    on: date
    people: int
    teams: Mapping[str, int] = field(default_factory=dict)
    roles: Mapping[str, int] = field(default_factory=dict)
    voiced: tuple[Voiced, ...] = ()
    hands: frozenset[int] = frozenset()
    team_names: frozenset[str] = frozenset()
    same_people: bool = False
    practised: frozenset[RoundKind] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A name that has k people or more behind it."""

    name: str
    share: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The rows of one table that may be shown, in alphabetical order; there may be none."""

    kind: TableKind
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """All that others may know of a session. `people` is None where fewer than k came. Every kind has its table.

    `practised` are the kinds of rounds that were held, in the order of `RoundKind`; those released before they were
    told, or where nothing more than the number is told, have none.
    """

    session: str
    on: date
    k: int
    people: int | None
    same_people: bool
    tables: tuple[Table, ...]
    practised: tuple[RoundKind, ...] = ()


def checked_k(k: int) -> int:
    """The same k. Raises UserError where it protects nobody."""
    if k < LOWEST_K:
        raise UserError(
            f"Groups of {k} cannot be shown to others: people could be recognised.",
            f"Choose {LOWEST_K} or more; {USUAL_K} is usual.",
        )
    return k


def release_once(earlier: Release | None, data: SessionData, k: int = USUAL_K) -> Release:
    """The release of a session: the one there is, unchanged, or else the one to freeze now."""
    return earlier if earlier is not None else released(data, k)


def released(data: SessionData, k: int = USUAL_K) -> Release:
    """What others may know of a session. To be made once and kept: see `release_once`. Raises UserError for a low k."""
    enough = data.people >= checked_k(k)
    more = enough and not data.same_people
    tables = {kind: Table(kind=kind) for kind in TableKind}
    if more:
        tables[TableKind.TEAMS] = _table_of_people(TableKind.TEAMS, data.teams, k)
        tables[TableKind.ROLES] = _table_of_people(TableKind.ROLES, data.roles, k)
        tables |= _tables_of_words(data, {row.name for row in tables[TableKind.TEAMS].rows}, k)
    return Release(
        session=data.session,
        on=data.on,
        k=k,
        people=data.people if enough else None,
        same_people=data.same_people,
        tables=tuple(tables[kind] for kind in TableKind),
        practised=_in_order(data.practised) if more else (),
    )


def _in_order(kinds: Collection[RoundKind]) -> tuple[RoundKind, ...]:
    return tuple(kind for kind in RoundKind if kind in kinds)


def _table_of_people(kind: TableKind, counts: Mapping[str, int], k: int) -> Table:
    rows = _rows(_joined(counts), lambda number: _share_of_people(number, k))
    return Table(kind=kind, rows=rows if len(rows) >= FEWEST_GROUPS else ())


def _tables_of_words(data: SessionData, teams_shown: Collection[str], k: int) -> Iterator[tuple[TableKind, Table]]:
    if data.people < k + SPARE_PEOPLE:
        return
    hands = data.hands.union(*(voiced.hands for voiced in data.voiced))
    counted_twice = max(0, len(hands) - data.people)
    hidden_teams = teams_not_shown(data, teams_shown)
    for kind in OF_WORDS:
        names: dict[str, str] = {}
        behind: dict[str, frozenset[int]] = {}
        for voiced in data.voiced:
            if voiced.table is kind and not names_a_team(voiced.name, hidden_teams):
                name = names.setdefault(voiced.name.casefold(), voiced.name)
                behind[name] = behind.get(name, frozenset()) | voiced.hands
        counts = {name: len(hands) - counted_twice for name, hands in behind.items()}
        yield kind, Table(kind=kind, rows=_rows(counts, lambda number: _share_of_words(number, data.people, k)))


def teams_not_shown(data: SessionData, teams_shown: Collection[str]) -> frozenset[str]:
    shown_words = {_words(team) for team in teams_shown}
    return frozenset(team for team in (*data.team_names, *data.teams) if _words(team) not in shown_words)


def _rows(counts: Mapping[str, int], share_of: Callable[[int], Share | None]) -> tuple[Row, ...]:
    names = sorted((name for name in counts if name.strip()), key=lambda name: (name.casefold(), name))
    return tuple(Row(name=name, share=share) for name in names if (share := share_of(counts[name])))


def _share_of_people(number: int, k: int) -> Share | None:
    return Share.SOME if number >= k else None


def _share_of_words(number: int, people: int, k: int) -> Share | None:
    if number < k:
        return None
    return Share.MOST if people >= 2 * k + SPARE_PEOPLE and 2 * number > people else Share.SOME


def _joined(counts: Mapping[str, int]) -> dict[str, int]:
    """Counts with spellings that differ only in capitals put together, under the first."""
    names: dict[str, str] = {}
    joined: dict[str, int] = {}
    for spelt, number in counts.items():
        name = names.setdefault(spelt.casefold(), spelt)
        joined[name] = joined.get(name, 0) + number
    return joined


def _words(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def names_a_team(name: str, teams: Iterable[str]) -> bool:
    """Whether a team's whole name stands in this name, as words."""
    return any(f" {team} " in f" {_words(name)} " for team in map(_words, teams) if team)


def as_data(release: Release) -> dict[str, Any]:
    """A release as plain data, for storing and for JSON."""
    return {
        "session": release.session,
        "on": release.on.isoformat(),
        "k": release.k,
        "people": release.people,
        "same_people": release.same_people,
        "tables": {
            table.kind.value: [{"name": row.name, "share": row.share.value} for row in table.rows]
            for table in release.tables
        },
        "practised": [kind.value for kind in release.practised],
    }


def from_data(stored: Mapping[str, Any]) -> Release:
    """The release that `as_data` made plain. A table that was not known then is empty, and so is what was practised."""
    tables = stored["tables"]
    practised = frozenset(stored.get("practised", ()))
    return Release(
        session=stored["session"],
        on=date.fromisoformat(stored["on"]),
        k=stored["k"],
        people=stored["people"],
        same_people=stored["same_people"],
        tables=tuple(
            Table(
                kind=kind,
                rows=tuple(Row(name=row["name"], share=Share(row["share"])) for row in tables.get(kind.value, ())),
            )
            for kind in TableKind
        ),
        practised=tuple(kind for kind in RoundKind if kind.value in practised),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One row of one session, as a list or an export gives it."""

    session: str
    on: date
    k: int
    table: TableKind
    name: str
    share: Share


def shown(
    releases: Iterable[Release],
    *,
    sessions: Collection[str] | None = None,
    tables: Collection[TableKind] | None = None,
    names: Collection[str] | None = None,
    since: date | None = None,
    until: date | None = None,
) -> tuple[Shown, ...]:
    """The released rows that pass every filter given, by date, session and table. Nothing is added up.

    `names` are whole names of teams, roles, themes, lenses or statements; capitals do not matter.
    A filter cannot tell what is hidden from what never was.
    """
    wanted = None if names is None else {name.casefold() for name in names}
    return tuple(
        Shown(session=release.session, on=release.on, k=release.k, table=table.kind, name=row.name, share=row.share)
        for release in sorted(releases, key=lambda release: (release.on, release.session))
        if (sessions is None or release.session in sessions)
        and (since is None or release.on >= since)
        and (until is None or release.on <= until)
        for table in release.tables
        if tables is None or table.kind in tables
        for row in table.rows
        if wanted is None or row.name.casefold() in wanted
    )


def may_be_told(release: Release | None, table: TableKind, name: str) -> bool:
    """Whether others may be told of this name at all, say as the "you said" of an action."""
    return release is not None and bool(shown([release], tables=[table], names=[name]))


TITLES: Final[Mapping[TableKind, str]] = {
    TableKind.TEAMS: "Teams",
    TableKind.ROLES: "Roles",
    TableKind.PRIDE: "What people are proud of",
    TableKind.WORRIES: "What worries people",
    TableKind.IDEAS: "Ideas",
    TableKind.HARD_LENSES: "What people found hard, by lens",
    TableKind.HARD_STATEMENTS: "What people found hard, by quality statement",
}

_IN_WORDS: Final = ("three", "four", "five", "six", "seven", "eight", "nine", "ten")


def _number(number: int) -> str:
    spelt = number - LOWEST_K
    return _IN_WORDS[spelt] if 0 <= spelt < len(_IN_WORDS) else str(number)


def people_words(release: Release) -> str:
    """How many people came, and why nothing more is shown where that is so."""
    if release.people is None:
        return f"Fewer than {_number(release.k)} people came, so nothing more is shown."
    came = f"{release.people} people came."
    if release.same_people:
        return f"{came} Most of them had been at an earlier session, so nothing more is shown."
    return came


def practised_words(release: Release) -> str:
    """The kinds of rounds that were held, by the program's own names for them; nothing where none is told."""
    return english.listed_in_quotes([KINDS[kind].title for kind in release.practised])


def share_words(share: Share, k: int) -> str:
    """How many people are behind a row."""
    return "more than half of the people" if share is Share.MOST else f"{_number(k)} or more people"


def note(kind: TableKind, k: int) -> str:
    """What the table leaves out. The same sentence whether or not it leaves anything out."""
    if kind in OF_PEOPLE:
        return (
            f"{TITLES[kind]} are named only if {_number(k)} or more people came from each, and only if at least two"
            " can be named. Others are not named, whether anybody came from them or not."
        )
    return (
        f"Shown only if {_number(k)} or more people said it and {_number(k + SPARE_PEOPLE)} or more came."
        " What fewer people said is not shown, whether there was any or not."
    )
