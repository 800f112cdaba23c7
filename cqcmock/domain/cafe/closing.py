"""What happens when a café is closed: its cards and counts become what a release is made from.

What the facilitator should look at first is said before, because a release is made once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Final

from cqcmock.domain.cafe.attendance import Attendance, by_role, by_team
from cqcmock.domain.cafe.cards import Board, CardKind, hands_behind, hands_counted
from cqcmock.domain.cafe.events import Event
from cqcmock.domain.cafe.release import (
    SessionData,
    TableKind,
    Voiced,
    checked_k,
    names_a_team,
    released,
    teams_not_shown,
)
from cqcmock.domain.cafe.rounds import MINUTE, RoundKind
from cqcmock.domain.cafe.scene import State
from cqcmock.domain.cafe.session import fold, step
from cqcmock.domain.cafe.smallest_group import USUAL_K

TABLE_OF: Final[Mapping[CardKind, TableKind]] = {
    CardKind.PRIDE: TableKind.PRIDE,
    CardKind.WORRY: TableKind.WORRIES,
    CardKind.IDEA: TableKind.IDEAS,
}

SHORTEST_HELD: Final = MINUTE
"""A round that was skipped in fewer seconds was passed over, not held."""


class About(Enum):
    """What there is to doubt."""

    PEOPLE_COUNTED = auto()
    NAME_OF_A_TEAM = auto()
    SAME_PEOPLE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Something to look at before closing, in `words`; where a name is in doubt, `name` stands in this `table`."""

    about: About
    words: str
    table: TableKind | None = None
    name: str = ""


def session_data(
    session: str,
    on: date,
    board: Board,
    attendance: Attendance,
    *,
    hard: Iterable[Voiced] = (),
    team_names: Iterable[str] = (),
    same_people: bool = False,
    practised: Iterable[RoundKind] = (),
) -> SessionData:
    """What the release of a session is made from. Worries for the PSW only are in none of it.

    `hard` is what people found hard, by the same hands as the cards. `team_names` are all teams that the library
    knows, whether anybody came from them or not. `same_people`: mostly those of an earlier session. `practised`: see
    the function of that name.
    """
    themes = (
        Voiced(table=TABLE_OF[theme.kind], name=theme.name, hands=hands_behind(board, theme.id))
        for theme in board.themes
    )
    return SessionData(
        session=session,
        on=on,
        people=attendance.came,
        teams=by_team(attendance),
        roles=by_role(attendance),
        voiced=(*themes, *hard),
        hands=hands_counted(board),
        team_names=frozenset(team_names),
        same_people=same_people,
        practised=frozenset(practised),
    )


def practised(events: Iterable[Event]) -> frozenset[RoundKind]:
    """The kinds of the rounds that were held: begun, not undone, and not passed over by skipping them at once."""
    kept = tuple(events)
    kinds = kinds_begun(kept)
    return frozenset(
        kinds[one.id] for one in fold(kept).scene.progress if not (one.skipped and one.used < SHORTEST_HELD)
    )


def kinds_begun(events: Iterable[Event]) -> dict[str, RoundKind]:
    """The kind of each round that was begun and not undone, by its id; also of those that left the running order."""
    state, kinds = State(), dict[str, RoundKind]()
    for event in events:
        state = step(state, event)
        there = {one.id: one.kind for one in state.order.rounds} | kinds
        kinds = {one.id: there[one.id] for one in state.scene.progress}
    return kinds


def doubts(data: SessionData, k: int = USUAL_K, earlier: Iterable[SessionData] = ()) -> tuple[Doubt, ...]:
    """What the facilitator should look at before closing the session. For the facilitator's eyes only."""
    return tuple(_doubts(data, checked_k(k), earlier))


def _doubts(data: SessionData, k: int, earlier: Iterable[SessionData]) -> Iterator[Doubt]:
    hands = len(data.hands.union(*(voiced.hands for voiced in data.voiced)))
    if hands > data.people:
        words = f"{hands} people seem to have typed cards, and {data.people} are counted as having come."
        why = "Count everybody, or others will be shown less than they could be."
        yield Doubt(about=About.PEOPLE_COUNTED, words=f"{words} {why}")
    teams = next(table for table in released(data, k).tables if table.kind is TableKind.TEAMS)
    hidden = teams_not_shown(data, {row.name for row in teams.rows})
    for table, name in dict.fromkeys((voiced.table, voiced.name) for voiced in data.voiced):
        if names_a_team(name, hidden):
            yield Doubt(about=About.NAME_OF_A_TEAM, words=_names_a_team(table, name), table=table, name=name)
    if data.same_people or not (data.teams or data.roles):
        return
    for other in sorted(earlier, key=lambda session: session.on):
        if max(_apart(data.teams, other.teams), _apart(data.roles, other.roles)) < k:
            day = f"{other.on.day} {other.on:%B %Y}"
            words = f"Nearly the same teams and roles came as on {day}. If these are mostly the same people, say so."
            yield Doubt(about=About.SAME_PEOPLE, words=words)


def _names_a_team(table: TableKind, name: str) -> str:
    if table in TABLE_OF.values():
        return f"The theme “{name}” names a team and will be left out. Give it another name."
    return f"“{name}”, which people found hard, is also the name of a team, so others are told nothing of it."


def _apart(counts: Mapping[str, int], others: Mapping[str, int]) -> int:
    return sum(abs(counts.get(name, 0) - others.get(name, 0)) for name in {*counts, *others})
