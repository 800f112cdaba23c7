"""How long each deed of a facilitator keeps the database lane, and the window's thread, from other work."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer

from ui.tasks import Task, Tasks

AFTER_MS = 30
"""So long a deed is watched after everything has come back: what was put off for later belongs to it too."""
TOO_LONG_SECONDS = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The longest that one deed took, in milliseconds; with `cpu`, what the thread itself worked in that time."""

    stall: float
    stall_cpu: float
    lane: float
    lane_cpu: float


class WatchedTasks(Tasks):
    """The real lanes. Each piece of work for the database is timed on its own thread."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.lane: list[tuple[float, float]] = []
        """For each piece of work: seconds that passed, and seconds that its thread worked."""

    def database(self, fn: Callable[[], Any], **given: Any) -> Task[Any]:
        """As the real one."""

        def timed() -> Any:
            began, worked = time.perf_counter(), time.thread_time()
            try:
                return fn()
            finally:
                self.lane.append((time.perf_counter() - began, time.thread_time() - worked))

        return super().database(timed, **given)


class Watch(QObject):
    """Watches one deed after the other: a timer that ought to come every millisecond shows when nothing else can."""

    def __init__(self, tasks: WatchedTasks) -> None:
        super().__init__()
        self._tasks = tasks
        self._beats: list[tuple[float, float]] = []
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def _beat(self) -> None:
        self._beats.append((time.perf_counter(), time.thread_time()))

    def watch(self, do: Callable[[], object], so: Callable[[], bool]) -> Taken:
        """Do it, from the loop of events as a key would, until it is `so` and everything is quiet."""
        self._beats.clear()
        self._tasks.lane.clear()
        self._timer.start(1)
        QTimer.singleShot(AFTER_MS // 3, self, do)
        done = wait_until(lambda: len(self._beats) > 1 and so() and not self._tasks.busy, also_ms=AFTER_MS)
        self._timer.stop()
        if not done:
            raise TimeoutError(f"it did not come to {so}")
        gaps = [(later[0] - earlier[0], later[1] - earlier[1]) for earlier, later in pairwise(self._beats)]
        stall, lane = max(gaps), max(self._tasks.lane, default=(0.0, 0.0))
        return Taken(stall=stall[0] * 1000, stall_cpu=stall[1] * 1000, lane=lane[0] * 1000, lane_cpu=lane[1] * 1000)


def wait_until(so: Callable[[], bool], *, also_ms: int = 0) -> bool:
    """Let the window go on until it is so, and a little longer; False where that took too long."""
    deadline = time.monotonic() + TOO_LONG_SECONDS
    first = True
    while first or not so():
        if time.monotonic() > deadline:
            return False
        loop = QEventLoop()
        QTimer.singleShot(max(5, AFTER_MS // 2), loop.quit)
        loop.exec()
        first = False
    if also_ms:
        loop = QEventLoop()
        QTimer.singleShot(also_ms, loop.quit)
        loop.exec()
    return True
