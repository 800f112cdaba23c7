"""How much later than the bare query the rows of a search are painted: the real window and 10,000 questions."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from tests.benchmarks import children, many_questions
from tests.benchmarks.figures import Bar, Figure, Scale, percentile

ON_SCREEN = Bar(
    name="on-screen",
    path="rows of a search in 10,000 questions painted after the query alone, p99",
    baseline="the bare ranked FTS5 query, limit 50, in the same run",
    at_most=16,
    unit="ms",
)


def measure(scale: Scale, folder: Path) -> tuple[Figure, ...]:
    """Type in the search field of the real screen."""
    many_questions.library_with(folder / "ten-thousand", scale.many_questions)
    given = {"folder": str(folder / "ten-thousand"), "keys": scale.searched_keys}
    said = children.run(["-m", __name__], folder, stdin=given).lines[0]
    later = said["later_ms"]
    samples = {"keys": len(later), "median_ms": round(percentile(later, 50), 2), "worst_ms": round(max(later), 2)}
    return (Figure(bar=ON_SCREEN, measured=max(0.0, percentile(later, 99)), samples=samples),)


def _in_the_child(given: dict[str, Any]) -> dict[str, list[float]]:
    from tests.benchmarks.interview_window import open_interviews, wait, wait_until
    from tests.benchmarks.searching import bare, keys
    from ui.banks.questions_screen import QuestionsScreen

    later = []
    with open_interviews(Path(given["folder"])) as opened:
        screen = QuestionsScreen(opened.desk, opened.window.commands)
        opened.window.open(screen)
        wait_until(lambda: screen.finding.found is not None and not opened.desk.tasks.busy)
        for key in keys()[: given["keys"]]:
            began = time.perf_counter()
            bare(opened.desk.library, key)
            alone = time.perf_counter() - began
            screen.finding.words.setText(key)
            before = screen.finding.found
            began = time.perf_counter()
            screen.finding.search()  # what the pause in the typing would begin
            while screen.finding.found is before:
                wait(0.001)
            screen.finding.list.viewport().repaint()
            later.append((time.perf_counter() - began - alone) * 1000)
            wait_until(lambda: not opened.desk.tasks.busy)
    return {"later_ms": later}


if __name__ == "__main__":
    print(json.dumps(_in_the_child(json.load(sys.stdin))))  # noqa: T201
