"""Everything that can happen in a café session, as it is kept.

A session is an append-only list of these. Each brings its own time: `at` in seconds of monotonic time since the list
began, and the wall clock once. After a kill the program counts on from the `at` of the last event that was kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cqcmock.domain.cafe.rounds import RoundQuestion
from cqcmock.domain.cafe.running_order import RunningOrder


class EventKind(StrEnum):
    """What happened."""

    PLANNED = "planned"
    STARTED = "started"
    ROUND_BEGUN = "round-begun"
    SWAPPED = "swapped"
    PAUSED = "paused"
    RESUMED = "resumed"
    MINUTE_ADDED = "minute-added"
    SKIPPED = "skipped"
    WENT_BACK = "went-back"
    CLOCK_HIDDEN = "clock-hidden"
    CLOCK_SHOWN = "clock-shown"
    QUESTION_DRAWN = "question-drawn"
    QUESTION_PICKED = "question-picked"
    QUESTION_SHOWN = "question-shown"
    QUESTION_HIDDEN = "question-hidden"
    LISTEN_FOR_SHOWN = "listen-for-shown"
    LISTEN_FOR_HIDDEN = "listen-for-hidden"
    ASKED_ON = "asked-on"
    WHOSE_TURN = "whose-turn"
    TAPPED = "tapped"
    TAP_TAKEN_BACK = "tap-taken-back"
    LATE = "late"
    INTERRUPTED = "interrupted"
    CARRIED_ON = "carried-on"
    TICKED = "ticked"
    FINISHED = "finished"
    UNDONE = "undone"


DEEDS = frozenset(EventKind) - {
    EventKind.PLANNED,
    EventKind.TAPPED,
    EventKind.TAP_TAKEN_BACK,
    EventKind.INTERRUPTED,
    EventKind.CARRIED_ON,
    EventKind.TICKED,
    EventKind.UNDONE,
}
"""What the facilitator does and can take back. The observer's taps have a way back of their own; a fault is no deed."""


class TapKind(StrEnum):
    """What the observer keeps a tally of."""

    AH = "ah"
    JARGON = "jargon"
    EXAMPLE = "example"
    NUMBER = "number"
    VOICE = "voice"


TAP_NAMES: dict[TapKind, str] = {
    TapKind.AH: "Ah or um",
    TapKind.JARGON: "Jargon",
    TapKind.EXAMPLE: "Example given",
    TapKind.NUMBER: "Number given",
    TapKind.VOICE: "Person’s voice heard",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened.

    `order` comes with planned, and with late any that leaves the past and the round that is on alone; `round` is the
    position of the round that begins; `seconds` are those added, or those that nobody was there for and that `at` does
    not show; `question` was drawn or picked, or is the probe with which somebody asked on; `text` is whose turn it is,
    the kind of a tap, or why it was interrupted.
    """

    kind: EventKind
    at: float
    wall: datetime
    order: RunningOrder | None = None
    round: int | None = None
    seconds: int = 0
    question: RoundQuestion | None = None
    text: str = ""


REPLACEABLE = frozenset({EventKind.PLANNED, EventKind.TICKED})


def supersedes(event: Event, before: Event | None) -> bool:
    """Whether this event takes the place of the one directly before it: a later plan, or a later sign of life.

    A tick says only that the program was still there: after a kill, the time up to it had been used.
    """
    return before is not None and event.kind in REPLACEABLE and event.kind is before.kind
