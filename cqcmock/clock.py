"""The two clocks, in one place, so that tests can stand in for them."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime


@dataclass(frozen=True, slots=True)
class Clock:
    """`monotonic` in seconds from an unnamed start; `wall` as an aware UTC time."""

    monotonic: Callable[[], float]
    wall: Callable[[], datetime]

    def today(self) -> date:
        """The person's own date, in their own time zone."""
        return self.wall().astimezone().date()


def system_clock() -> Clock:
    """The clocks of this machine."""
    return Clock(monotonic=time.monotonic, wall=lambda: datetime.now(UTC))
