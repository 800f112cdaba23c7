"""A clock that goes only when a test says so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from cqcmock.clock import Clock


class HandClock:
    """Both clocks, moved by hand: together, or one without the other."""

    def __init__(self) -> None:
        self.monotonic = 1000.0
        self.wall = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)

    @property
    def clock(self) -> Clock:
        return Clock(monotonic=lambda: self.monotonic, wall=lambda: self.wall)

    def pass_seconds(self, seconds: float) -> None:
        self.monotonic += seconds
        self.wall += timedelta(seconds=seconds)

    def sleep_like_linux(self, seconds: float) -> None:
        """The machine sleeps and the monotonic clock stands still."""
        self.wall += timedelta(seconds=seconds)
