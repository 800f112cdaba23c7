"""What the clock says: how the time of an answer stands, and whether anybody was there while it went by."""

from __future__ import annotations

from enum import StrEnum

from cqcmock.domain.plan import Timing


class Light(StrEnum):
    """How the time stands: always said in a shape, a word and a colour together."""

    IN_HAND = "in-hand"
    WRAP_UP = "wrap-up"
    OVER = "over"


def light(seconds: float, timing: Timing) -> Light:
    """Time in hand up to the target, then wrap up, and over past the limit. Nothing is ever cut off."""
    if seconds < timing.target:
        return Light.IN_HAND
    return Light.WRAP_UP if seconds <= timing.limit else Light.OVER


UNEXPLAINED_SECONDS = 5.0
"""More than this between two ticks means a closed lid, a machine asleep or a clock that was set."""


def unexplained_gap(monotonic_seconds: float, wall_seconds: float) -> float:
    """Seconds since the last tick that nobody was there for, or 0.

    The monotonic clock stops in sleep on Linux and macOS and runs on under Windows, so both are looked at.
    """
    gap = max(monotonic_seconds, abs(wall_seconds - monotonic_seconds))
    return gap if gap > UNEXPLAINED_SECONDS else 0.0
