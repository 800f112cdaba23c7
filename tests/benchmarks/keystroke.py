"""What a keystroke costs the window's thread while every flush to the disk takes 200 ms more.

Somebody types on at the end of a long answer, without a pause, in the real interview; each key is timed from its
arrival until Qt is back. Keys in which the system gave the processor to somebody else are left out, for they say how
busy the machine is: waiting for the disk or for the program's own threads is another thing, and counts. The figure is
the median over the rounds.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from tests.benchmarks import children
from tests.benchmarks.figures import Bar, Figure, Scale, percentile
from tests.benchmarks.slow_flush import NotMeasuredError, SlowFlush, preload

KEYSTROKE = Bar(
    name="keystroke",
    path="keystroke on the window's thread, p99, with 200 ms added to each flush",
    baseline="–",
    at_most=1.0,
    unit="ms",
)
SECONDS_BETWEEN_KEYS = 0.025
PARAGRAPH = "We asked 212 unpaid carers what would help, and most of them said a break that they can plan. "
ALREADY_TYPED = "\n\n".join([PARAGRAPH * 6] * 5)
"""As long as a practised answer becomes: some 500 words in five paragraphs."""


def measure(scale: Scale, folder: Path) -> tuple[Figure, ...]:
    """Type on a slow disk."""
    try:
        environment = preload(folder)
    except NotMeasuredError as reason:
        return (Figure(bar=KEYSTROKE, measured=None, note=str(reason)),)
    given = {"folder": str(folder / "keystroke"), "keystrokes": scale.keystrokes, "flush_ms": scale.flush_ms}
    rounds = [
        children.run(["-m", __name__], folder, stdin=given, environment=environment).lines[0]
        for _ in range(scale.typings)
    ]
    ninety_ninth = [percentile(said["key_ms"], 99) for said in rounds]
    taken = [milliseconds for said in rounds for milliseconds in said["key_ms"]]
    figure = Figure(
        bar=KEYSTROKE,
        measured=statistics.median(ninety_ninth),
        samples={
            "keystrokes": len(taken),
            "left_out": sum(len(said["late_ms"]) for said in rounds) - len(taken),
            "p99_of_each_round_ms": [round(milliseconds, 3) for milliseconds in ninety_ninth],
            "median_ms": round(statistics.median(taken), 3),
            "worst_ms": round(max(taken), 3),
            "flushes_meanwhile": sum(said["flushes"] for said in rounds),
            "longest_wait_of_a_key_ms": round(max(max(said["late_ms"]) for said in rounds), 1),
        },
    )
    return (figure,)


def _in_the_child(given: dict[str, Any]) -> dict[str, Any]:
    import resource

    from PySide6.QtTest import QTest

    from tests.benchmarks.interview_window import open_interviews, wait, wait_until

    disk = SlowFlush()
    key_ms: list[float] = []
    disturbed_ms: list[float] = []
    late_ms: list[float] = []
    with open_interviews(Path(given["folder"])) as interviews:
        screen = interviews.begin_answer()
        screen.answer.setPlainText(ALREADY_TYPED + "\n\n")
        screen.answer.moveCursor(screen.answer.textCursor().MoveOperation.End)
        wait_until(lambda: screen.journal.is_saved)
        disk.delay(given["flush_ms"])
        before = disk.count
        due = time.monotonic()
        for letter in islice(cycle(PARAGRAPH), given["keystrokes"]):
            due += SECONDS_BETWEEN_KEYS
            wait(max(0.0, due - time.monotonic()))
            late_ms.append((time.monotonic() - due) * 1000)
            preempted = resource.getrusage(resource.RUSAGE_THREAD).ru_nivcsw
            began = time.perf_counter()
            QTest.keyClicks(screen.answer, letter)
            taken = (time.perf_counter() - began) * 1000
            alone = resource.getrusage(resource.RUSAGE_THREAD).ru_nivcsw == preempted
            (key_ms if alone else disturbed_ms).append(taken)
        flushes = disk.count - before
        disk.delay(0)
        typed = screen.answer.toPlainText()
        if not screen.may_close() or screen.live.state.open_text != typed:
            raise RuntimeError("the words did not reach the disk")
    return {"key_ms": key_ms or disturbed_ms, "late_ms": late_ms, "flushes": flushes}


if __name__ == "__main__":
    print(json.dumps(_in_the_child(json.load(sys.stdin))))  # noqa: T201
