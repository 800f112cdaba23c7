"""How long the window is kept from its own work while the rest loads after the first frame.

Against it: a window that does the very imports which the program has still to do then, all on its own thread.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.benchmarks import children
from tests.benchmarks.figures import Bar, Figure, Scale, ratio
from tests.benchmarks.start import data_folder, window_options

STALL = Bar(
    name="stall",
    path="longest stall of the window's thread while the rest loads",
    baseline="the same imports on the window's thread",
    at_most=0.15,
)


def measure(scale: Scale, folder: Path) -> tuple[Figure, ...]:
    """Load both ways in turns."""
    data = data_folder(scale, folder)
    program: list[dict[str, Any]] = []
    window: list[float] = []
    for _ in range(scale.first_ones + scale.stalls):
        program.append(_program(folder, data))
        window.append(_on_the_window(folder, program[-1]))
    counted = program[scale.first_ones :]
    figure = ratio(STALL, [said["longest_gap_ms"] for said in counted], window[scale.first_ones :], "ms")
    figure.samples["modules"] = len(counted[-1]["after"])
    return (figure,)


def _program(folder: Path, data: Path) -> dict[str, Any]:
    arguments = [*children.script("program_window.py"), "--stall", *window_options(data)]
    return children.run(arguments, folder).lines[0]


def _on_the_window(folder: Path, imports: dict[str, Any]) -> float:
    lists = {when: imports[when] for when in ("before", "after")}
    said = children.run([*children.script("bare_window.py"), "--imports"], folder, stdin=lists)
    return float(said.lines[0]["longest_gap_ms"])
