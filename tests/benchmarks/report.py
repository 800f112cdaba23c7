"""What tagging costs the feedback report: eight questions, against the same story in plain reportlab."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from tests.benchmarks import children
from tests.benchmarks.figures import Bar, Figure, Scale, ratio

REPORT = Bar(
    name="report",
    path="feedback PDF, 8 questions, tagged, later builds in a process",
    baseline="the same story in plain reportlab",
    at_most=1.9,
)


def measure(scale: Scale, folder: Path) -> tuple[Figure, ...]:
    """Build both in turns; the first of each is left out."""
    said = children.run(["-m", __name__], folder, stdin={"reports": scale.reports}).lines[0]
    figure = ratio(REPORT, said["tagged_ms"], said["plain_ms"], "ms")
    figure.samples.update(pages=said["pages"], tagged_kib=said["tagged_kib"], plain_kib=said["plain_kib"])
    return (figure,)


def _in_the_child(given: dict[str, Any]) -> dict[str, Any]:
    from cqcmock.paths import resources_folder
    from cqcmock.reports.pdf.report import render
    from cqcmock.services.reports import page_sizes
    from tests.reports.documents import worked
    from tests.reports.plain_reportlab import render_plainly

    document, resources = worked(), resources_folder()
    tagged, plain = render(document, resources), render_plainly(document, resources)
    taken: dict[str, list[float]] = {"tagged_ms": [], "plain_ms": []}
    for _ in range(given["reports"]):
        for name, make in (("tagged_ms", render), ("plain_ms", render_plainly)):
            began = time.perf_counter()
            make(document, resources)
            taken[name].append((time.perf_counter() - began) * 1000)
    pages = len(page_sizes(tagged))
    if abs(pages - len(page_sizes(plain))) > 1:
        raise RuntimeError("the two reports are not the same story")
    return {**taken, "pages": pages, "tagged_kib": len(tagged) // 1024, "plain_kib": len(plain) // 1024}


if __name__ == "__main__":
    print(json.dumps(_in_the_child(json.load(sys.stdin))))  # noqa: T201
