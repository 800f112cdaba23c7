"""The way back at the door. No event takes another back there, so a mistake is set right by correcting it.

Deeds are known by their place in the list of what happened: `settled` are the places of those that were set right
already, and of the corrections that did it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cqcmock.domain.cafe import attendance as rules
from cqcmock.domain.cafe.attendance import AttendanceEvent, AttendanceEventKind
from cqcmock.domain.english import count

if TYPE_CHECKING:
    from cqcmock.services.cafe.attendance import AttendanceList

K = AttendanceEventKind


def last_deed(door: AttendanceList, settled: set[int], since: int) -> int | None:
    """The place of the latest deed from place `since` on that still stands, or None."""
    return next((at for at in range(len(door.events) - 1, since - 1, -1) if at not in settled), None)


class SettingRight:
    """Takes the latest deed that stands back by correcting it, in two steps, each with one event at most."""

    def __init__(self, door: AttendanceList, settled: set[int], since: int) -> None:
        self._door, self._settled, self._since = door, settled, since
        self._at: int | None = None
        self._steps = 0
        self._out = 0

    def step(self) -> None:
        """In the database lane: correct it, if there is any."""
        from cqcmock.services.cafe import attendance

        door = self._door
        at = self._at = last_deed(door, self._settled, self._since)
        if at is None:
            return
        events = door.events
        event, before, self._steps = events[at], rules.fold(events[:at]), len(events)
        match event.kind:
            case K.LEFT:
                attendance.came_back(door, event.people)
            case K.CAME_BACK:
                attendance.left(door, event.people)
            case _:
                # fewer people were there than were out: they were taken for back
                self._out = max(0, before.gone - rules.step(before, event).gone)
                attendance.correct(door, people_of(before.groups, event), team=event.team, role=event.role)

    def second_step(self) -> None:
        """Afterwards, in the database lane: those who were taken for back are out again."""
        from cqcmock.services.cafe import attendance

        if self._out:
            attendance.left(self._door, self._out)

    def done(self) -> None:
        """Once both are kept: neither the deed nor what set it right is offered again."""
        if self._at is not None:
            self._settled.update((self._at, *range(self._steps, len(self._door.events))))


def people_of(groups: Sequence[rules.Group], event: AttendanceEvent) -> int:
    """How many people of the event's team came in its role."""
    wanted = (event.team.casefold(), event.role.casefold())
    return next((one.people for one in groups if (one.team.casefold(), one.role.casefold()) == wanted), 0)


def deed_words(event: AttendanceEvent) -> str:
    """What was done last, as a sentence."""
    people = count(event.people, "person", "people")
    match event.kind:
        case K.CAME:
            return f"{people} came: {group_words(event.team, event.role)}."
        case K.CORRECTED:
            return f"Corrected to {people}: {group_words(event.team, event.role)}."
        case K.LEFT:
            return f"{people} left."
        case K.CAME_BACK:
            return f"{people} came back."


def group_words(team: str, role: str) -> str:
    """A team and a role as they are written on a row."""
    if not team and not role:
        return "team and role not said"
    return f"{team or 'team not said'}, {role or 'role not said'}"
