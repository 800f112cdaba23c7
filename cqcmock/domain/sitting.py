"""A sitting as it was kept: what was planned, what happened, how it was marked and what was made of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cqcmock.domain.interview import ON_AIR, Event, Phase, State
from cqcmock.domain.modes import Mode
from cqcmock.domain.plan import Plan
from cqcmock.domain.reflection import Action, Reflection
from cqcmock.domain.rubric import MarkSheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """One whole sitting. Times are in UTC; `deleted_at` is set while it can still be taken back."""

    id: str
    title: str
    person: str
    started_at: datetime
    plan: Plan
    events: tuple[Event, ...]
    state: State
    sheet: MarkSheet
    reflection: Reflection
    actions: tuple[Action, ...]
    deleted_at: datetime | None = None

    @property
    def answered(self) -> tuple[int, ...]:
        """The positions of the questions that were put, in order; the rest of the plan was not reached."""
        return tuple(range(len(self.state.takes)))


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingSummary:
    """What a list shows of a sitting.

    `question` counts from 1, `answers` are the questions on which something was typed.
    """

    id: str
    title: str
    person: str
    role: str
    role_name: str
    place: str
    mode: Mode
    phase: Phase
    question: int
    questions: int
    question_text: str
    answers: int
    started_at: datetime
    last_saved_at: datetime
    deleted_at: datetime | None = None

    @property
    def in_progress(self) -> bool:
        """Whether the interview itself can be gone on with."""
        return self.phase in ON_AIR


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAction:
    """An action still to be done, and the sitting that it came from."""

    action: Action
    sitting: str
    sitting_title: str
