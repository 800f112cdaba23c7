"""A plan as it stands on the screen, and everything that it was before: each change can be taken back."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from cqcmock.domain.cafe.running_order import RunningOrder

MOST_STEPS = 200
_SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """When, where, for whom, and the running order.

    `template` is the name of the one that the rounds were made after, `by_hand` whether they were changed since, and
    `said` what was left out for want of time. Without `for_team` the door is open, whatever `team` says.
    """

    day: date
    place: str = ""
    for_team: bool = False
    team: str = ""
    order: RunningOrder
    template: str = ""
    by_hand: bool = False
    said: str = ""


@dataclass(slots=True)
class Drafts:
    """The draft of now and those before it."""

    now: Draft
    _before: list[Draft] = field(default_factory=list)
    _typing: str = ""

    @property
    def can_undo(self) -> bool:
        """Whether there is anything to take back."""
        return bool(self._before)

    def change(self, *, typing: str = "", **what: Any) -> bool:
        """The draft with something different; whether it is. What is typed into one field is one change."""
        changed = replace(self.now, **what)
        if changed == self.now:
            return False
        if not typing or typing != self._typing:
            self._before.append(self.now)
            del self._before[:-MOST_STEPS]
        self._typing = typing
        self.now = changed
        return True

    def undo(self) -> None:
        """The draft before the latest change."""
        self._typing = ""
        if self._before:
            self.now = self._before.pop()


def first_day(today: date) -> date:
    """The day that a new plan begins with: today, or Monday at a weekend."""
    return today + timedelta(days=max(0, 7 - today.weekday()) if today.weekday() >= _SATURDAY else 0)
