"""What a listener found in one answer. The finding out is done in `cqcmock.listening`."""

from __future__ import annotations

from dataclasses import dataclass

MISSING_POINT = "missing-point"

Span = tuple[int, int]
"""Start and end of a stretch of the answer, counted in characters, the end not included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardPoint:
    """Whether one point was heard, and on which words that rests.

    `words_heard` counts the different words of the point's phrases found anywhere in the answer; the point
    with the fewest is the one an assessor asks about first.
    """

    id: str
    label: str
    heard: bool
    negated: bool
    spans: tuple[Span, ...]
    words_heard: int
    probe: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NextProbe:
    """A follow-up question, with the reason for it: `missing-point` and the point's id, or a cue of the question."""

    cue: str
    text: str
    point: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """Everything found in one answer, and the probes in the order in which they would be asked."""

    points: tuple[HeardPoint, ...]
    probes: tuple[NextProbe, ...]
