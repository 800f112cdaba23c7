"""How many people came to a café, from which teams and in which roles: counts, never names.

A person who goes and comes back has come once, so leaving changes who is *here* and never who *came*.
The counts by team and role together are the facilitator's own. Others see what `release` makes of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import reduce
from typing import Final

from cqcmock.errors import UserError

MOST_PEOPLE: Final = 500
"""More than this many people at once is a slip of the finger."""

LONGEST_GROUP_NAME: Final = 80
"""Characters of a team's or a role's name."""


class AttendanceEventKind(StrEnum):
    """Everything that can happen at the door."""

    CAME = "came"
    CORRECTED = "corrected"
    LEFT = "left"
    CAME_BACK = "came-back"


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceEvent:
    """People at the door. `people` are those who came, left or came back; in a correction, how many came in all.

    `team` and `role` are empty where nobody said, and always where people leave or come back.
    """

    kind: AttendanceEventKind
    people: int
    team: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """How many people of one team came in one role; an empty name means that nobody said."""

    team: str
    role: str
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """Who came, and how many of them are out of the room."""

    groups: tuple[Group, ...] = ()
    gone: int = 0

    @property
    def came(self) -> int:
        """How many people came in all."""
        return sum(group.people for group in self.groups)

    @property
    def here(self) -> int:
        """How many people are in the room."""
        return self.came - self.gone


class AttendanceOutOfOrderError(Exception):
    """An event that cannot happen now: a mistake of the program, never of a person."""


def fold(events: Iterable[AttendanceEvent]) -> Attendance:
    """Who came, by these events. Raises AttendanceOutOfOrderError where they cannot have happened."""
    return reduce(step, events, Attendance())


def step(attendance: Attendance, event: AttendanceEvent) -> Attendance:
    """Who came, after one more event."""
    if event.people < (0 if event.kind is AttendanceEventKind.CORRECTED else 1):
        raise AttendanceOutOfOrderError(f"{event.kind} with {event.people} people")
    match event.kind:
        case AttendanceEventKind.CAME:
            before = _group(attendance, event)
            return _with_group(attendance, replace(before, people=before.people + event.people))
        case AttendanceEventKind.CORRECTED:
            corrected = _with_group(attendance, replace(_group(attendance, event), people=event.people))
            return replace(corrected, gone=min(corrected.gone, corrected.came))
        case AttendanceEventKind.LEFT:
            if event.people > attendance.here:
                raise AttendanceOutOfOrderError(f"{event.people} cannot leave a room of {attendance.here}")
            return replace(attendance, gone=attendance.gone + event.people)
        case AttendanceEventKind.CAME_BACK:
            if event.people > attendance.gone:
                raise AttendanceOutOfOrderError(f"{event.people} cannot come back, {attendance.gone} are out")
            return replace(attendance, gone=attendance.gone - event.people)


def _same(name: str, other: str) -> bool:
    return name.casefold() == other.casefold()


def _group(attendance: Attendance, event: AttendanceEvent) -> Group:
    """The group that an event is about; the first spelling of a team and of a role stays."""
    groups = attendance.groups
    team = next((group.team for group in groups if _same(group.team, event.team)), event.team)
    role = next((group.role for group in groups if _same(group.role, event.role)), event.role)
    known = (group for group in groups if group.team == team and group.role == role)
    return next(known, Group(team=team, role=role, people=0))


def _with_group(attendance: Attendance, changed: Group) -> Attendance:
    groups = {(group.team, group.role): group for group in attendance.groups}
    groups[changed.team, changed.role] = changed
    return replace(attendance, groups=tuple(group for group in groups.values() if group.people))


def by_team(attendance: Attendance) -> dict[str, int]:
    """How many came from each team, for the facilitator's eyes; nobody is under an empty name."""
    return _counts((group.team, group.people) for group in attendance.groups)


def by_role(attendance: Attendance) -> dict[str, int]:
    """How many came in each role, for the facilitator's eyes; nobody is under an empty name."""
    return _counts((group.role, group.people) for group in attendance.groups)


def _counts(people: Iterable[tuple[str, int]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for name, number in people:
        if name:
            counts[name] = counts.get(name, 0) + number
    return counts


def group_name(text: str) -> str:
    """The name of a team or a role as it is kept. Raises UserError where it is too long."""
    name = " ".join(text.split())
    if len(name) > LONGEST_GROUP_NAME:
        raise UserError(f"The name has {len(name)} characters, and {LONGEST_GROUP_NAME} are enough.", "Shorten it.")
    return name


def people_came(number: int) -> int:
    """How many came, as typed. Raises UserError where it cannot be."""
    if not 0 <= number <= MOST_PEOPLE:
        raise UserError(f"{number} people cannot be right.", f"Give a number from 0 to {MOST_PEOPLE}.")
    return number
