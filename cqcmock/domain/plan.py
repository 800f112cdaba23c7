"""What a sitting was set up to be: its own copy of the questions, the timing, the place and the rubric.

A plan is kept whole with the sitting, so that editing a bank rewrites no history.
"""

from __future__ import annotations

from dataclasses import dataclass

from cqcmock.domain.modes import LEAST_STRETCH, MOST_STRETCH, Mode, Timer
from cqcmock.domain.questions import Question
from cqcmock.domain.rubric import Rubric
from cqcmock.domain.story import Story
from cqcmock.errors import UserError

MOST_PROBES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Seconds to prepare, to aim for, and to stop by."""

    prepare: float
    target: float
    limit: float

    def stretched(self, factor: float) -> Timing:
        """The same timing for somebody who needs `factor` times as long."""
        return Timing(prepare=self.prepare * factor, target=self.target * factor, limit=self.limit * factor)


PROBE_TIMING = Timing(prepare=0, target=60, limit=90)
LAST_WORDS_TIMING = Timing(prepare=0, target=60, limit=120)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedQuestion:
    """One question as it will be asked: placeholders filled, time already stretched."""

    bank: str
    bank_version: int
    question: Question
    timing: Timing


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything that was settled before the first question.

    `story` is what the place says of itself, for the listener. Where `scored` is false there are no marks.
    """

    role: str
    role_name: str
    mode: Mode
    place: str
    council: str
    framework: str
    seed: int
    stretch: float
    timer: Timer
    questions: tuple[PlannedQuestion, ...]
    probe_timing: Timing
    last_words_timing: Timing
    most_probes: int
    rubric: Rubric
    theme_names: dict[str, str]
    statement_names: dict[str, str]
    story: Story | None = None
    scored: bool = True


def check_timing(timing: Timing) -> Timing:
    """The timing itself, if a person can work with it. Raises UserError saying what is wrong."""
    if timing.prepare < 0 or timing.target <= 0:
        raise UserError("The time for an answer must be more than nothing.", "Give at least one second.")
    if timing.limit < timing.target:
        raise UserError(
            "The longest time is shorter than the time to aim for.", "Make the longest time at least as long."
        )
    return timing


def check_stretch(factor: float) -> float:
    """The factor itself. Raises UserError outside ×1 to ×10."""
    if not LEAST_STRETCH <= factor <= MOST_STRETCH:
        raise UserError(f"Time cannot be stretched by {factor:g}.", "Choose a number from 1 to 10.")
    return factor
