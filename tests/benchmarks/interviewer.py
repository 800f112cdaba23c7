"""From an interviewer's tap to its probe painted in both windows, with the database lane blocked and every core busy.

A colleague clicks in their window while one piece of work of three seconds stands in the database lane and as many
processes as there are cores do nothing but count; a tap ends when both windows have painted the probe. What it is
measured against are the same two windows painted again, whole, in the same moments. The figure in milliseconds is the
worst tap of all rounds, waiting for a core included: it is what somebody sees.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks import children
from tests.benchmarks.figures import Bar, Figure, Scale, ratio

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

TAP = Bar(
    name="tap",
    path="tap of an interviewer to its probe on both screens, lane blocked, cores busy",
    baseline="both windows painted again, whole",
    at_most=6.0,
)
TAP_MS = Bar(
    name="tap-ms",
    path="the worst such tap in milliseconds, waiting for a core included",
    baseline="the clock",
    at_most=100.0,
    unit="ms",
)
LANE_BLOCKED_SECONDS = 3.0
SECONDS_BETWEEN_TAPS = 0.6
BUSY = "while True: pass"


def measure(scale: Scale, folder: Path) -> tuple[Figure, ...]:
    """Tap in so many interviews, one process after the other."""
    rounds = []
    for number in range(scale.tappings):
        given = {"folder": str(folder / f"taps-{number}"), "taps": scale.taps}
        rounds.append(children.run(["-m", __name__], folder, stdin=given).lines[0])
    taken = [milliseconds for said in rounds for milliseconds in said["tap_ms"]]
    painted = [milliseconds for said in rounds for milliseconds in said["painted_ms"]]
    blocked = sum(said["while_blocked"] for said in rounds)
    about = {"taps": len(taken), "while_the_lane_was_blocked": blocked}
    against = ratio(TAP, taken, painted, "ms")
    against.samples.update(about)
    worst = Figure(
        bar=TAP_MS, measured=max(taken), samples={**about, "median_ms": round(statistics.median(taken), 1)}
    )  # fmt: skip
    return against, worst


def _in_the_child(given: dict[str, Any]) -> dict[str, Any]:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from cqcmock.domain.interview import Phase
    from cqcmock.domain.interviewing import Tap
    from cqcmock.domain.modes import Mode
    from tests.benchmarks.interview_window import open_interviews, wait, wait_until

    tap_ms: list[float] = []
    painted_ms: list[float] = []
    while_blocked = 0
    with open_interviews(Path(given["folder"])) as interviews:
        screen = interviews.begin_answer(Mode.INTERVIEWER)
        assert screen.interviewer is not None
        theirs, tasks = screen.interviewer.window, interviews.desk.tasks
        windows = (interviews.window, theirs)

        def next_answer() -> None:
            while screen.live.state.phase is not Phase.ANSWER or screen.live.state.take.probes:
                wait(SECONDS_BETWEEN_TAPS)
                theirs.forward.click()
            wait(SECONDS_BETWEEN_TAPS)

        with busy_cores():
            for which in islice(cycle((Tap.NO_VOICE, Tap.CLAIM_WITHOUT_DATA, Tap.CONTRADICTS)), given["taps"]):
                if not screen.live.state.take.probes[2:]:
                    wait(SECONDS_BETWEEN_TAPS)
                else:
                    next_answer()
                if not tasks.busy:
                    tasks.database(lambda: time.sleep(LANE_BLOCKED_SECONDS))
                    wait(0.01)
                _paint(windows)
                began = time.perf_counter()
                _paint(windows, whole=True)
                painted_ms.append((time.perf_counter() - began) * 1000)
                began = time.perf_counter()
                QTest.mouseClick(theirs.taps[which], Qt.MouseButton.LeftButton)
                _paint(windows)
                tap_ms.append((time.perf_counter() - began) * 1000)
                while_blocked += not screen.journal.is_saved
                if not screen.words.text() == theirs.words.text() == screen.live.state.take.probes[-1].text:
                    raise RuntimeError("the probe is not on both screens")
        wait_until(lambda: screen.journal.is_saved)
        if not screen.may_close():
            raise RuntimeError("the taps did not reach the disk")
    return {"tap_ms": tap_ms, "painted_ms": painted_ms, "while_blocked": while_blocked}


def _paint(windows: Iterable[QWidget], *, whole: bool = False) -> None:
    """Lay out and paint what has changed in these windows, or all that is in them."""
    from PySide6.QtWidgets import QApplication, QWidget

    if whole:
        for window in windows:
            for widget in window.findChildren(QWidget):
                widget.update()
    QApplication.sendPostedEvents()
    for window in windows:
        window.repaint()


@contextmanager
def busy_cores() -> Iterator[None]:
    """Somebody else's work on every core, as much as there are cores."""
    busy = [subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(os.cpu_count() or 1)]
    try:
        yield
    finally:
        for process in busy:
            process.kill()
            process.wait()


if __name__ == "__main__":
    print(json.dumps(_in_the_child(json.load(sys.stdin))))  # noqa: T201
