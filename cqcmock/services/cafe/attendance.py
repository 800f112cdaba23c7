"""How many people are at the door, from which teams and in which roles: counts, never names."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from cqcmock import storage
from cqcmock.domain.cafe import attendance as rules
from cqcmock.domain.cafe.attendance import Attendance, AttendanceEvent, AttendanceEventKind
from cqcmock.errors import UserError
from cqcmock.services.cafe.keeping import KeptList

AttendanceList = KeptList[AttendanceEvent, Attendance]

K = AttendanceEventKind


def kept(events: Iterable[AttendanceEvent], keep: Callable[[int, AttendanceEvent, Attendance], None]) -> AttendanceList:
    """Who came to a session, as `opening` makes it."""
    return KeptList(events, rules.fold, keep, after=lambda there, _before, event: rules.step(there, event))


def came(door: AttendanceList, people: int = 1, *, team: str = "", role: str = "") -> Attendance:
    """So many people came. Raises UserError for a number or a name that cannot be."""
    return door.add(_event(K.CAME, _some(people), team, role))


def correct(door: AttendanceList, people: int, *, team: str = "", role: str = "") -> Attendance:
    """So many people of a team came in a role in all. Raises UserError for a number or a name that cannot be."""
    return door.add(_event(K.CORRECTED, rules.people_came(people), team, role))


def left(door: AttendanceList, people: int = 1) -> Attendance:
    """So many people left. Raises UserError where fewer were here."""
    if _some(people) > door.state.here:
        raise UserError(f"Only {door.state.here} people are here.", "Count those who came first.")
    return door.add(_event(K.LEFT, people))


def came_back(door: AttendanceList, people: int = 1) -> Attendance:
    """So many people came back. Raises UserError where fewer had left."""
    if _some(people) > door.state.gone:
        raise UserError(f"Only {door.state.gone} people had left.", "Count the others as people who came.")
    return door.add(_event(K.CAME_BACK, people))


def _some(people: int) -> int:
    if people < 1:
        raise UserError(f"{people} people cannot be right.", "Give a number from 1.")
    return rules.people_came(people)


def _event(kind: AttendanceEventKind, people: int, team: str = "", role: str = "") -> AttendanceEvent:
    clean = storage.text.clean
    return AttendanceEvent(
        kind=kind, people=people, team=rules.group_name(clean(team)), role=rules.group_name(clean(role))
    )
