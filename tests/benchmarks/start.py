"""The start of the window, and the memory that it takes: the program against a bare Qt window, start by start.

The program runs as its installed command does, on the library of a busy council; times are from the moment at which
the process was asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cqcmock.paths import Location
from cqcmock.services import library as libraries
from tests.benchmarks import children, full_library
from tests.benchmarks.figures import Bar, Figure, Scale, ratio

FIRST_FRAME = Bar(
    name="first-frame",
    path="start to first painted frame",
    baseline="a bare PySide6 window, start to painted frame",
    at_most=1.3,
)
HOME_FILLED = Bar(
    name="home-filled",
    path="start to filled home screen, 500 questions and 200 sittings in the library",
    baseline="a bare PySide6 window, start to painted frame",
    at_most=4.5,
)
MEMORY = Bar(name="memory", path="peak memory with home filled", baseline="a bare PySide6 window", at_most=2.5)
WITH_QUESTIONS = Bar(
    name="with-banks",
    path="start to filled home screen, the shipped questions in the library",
    baseline="the same start with no question in it",
    at_most=1.05,
)
NO_MEMORY = "not measured: this system does not say how much memory a process took"


@dataclass(frozen=True, slots=True)
class Start:
    """One start: milliseconds from its spawning to each step, and the most memory that it held."""

    steps: dict[str, float]
    peak_kib: int | None


def measure(scale: Scale, folder: Path) -> tuple[Figure, ...]:
    """Start both in turns."""
    data = data_folder(scale, folder)
    rounds = [(start_bare(folder), start_program(folder, data)) for _ in range(scale.first_ones + scale.starts)]
    del rounds[: scale.first_ones]
    bare = [start.steps["first frame"] for start, _ in rounds]
    figures = [
        ratio(bar, [start.steps[step] for _, start in rounds], bare, "ms")
        for bar, step in ((FIRST_FRAME, "first frame"), (HOME_FILLED, "home filled"))
    ]
    return (*figures, _memory(rounds))


def _memory(rounds: list[tuple[Start, Start]]) -> Figure:
    pairs = [
        (bare.peak_kib, program.peak_kib) for bare, program in rounds if bare.peak_kib and program.peak_kib is not None
    ]
    if not pairs:
        return Figure(bar=MEMORY, measured=None, note=NO_MEMORY)
    return ratio(MEMORY, [program for _, program in pairs], [bare for bare, _ in pairs], "kib")


def measure_with_questions(scale: Scale, folder: Path) -> tuple[Figure, ...]:
    """Start with and without the shipped questions in turns; nothing else is in either library."""
    with_them, without = folder / "questions", folder / "no-questions"
    _make_shelf(with_them, keep=True)
    _make_shelf(without, keep=False)
    rounds = [
        (start_program(folder, with_them), start_program(folder, without))
        for _ in range(scale.first_ones + scale.starts)
    ]
    del rounds[: scale.first_ones]
    ours, bare = ([start.steps["home filled"] for start in starts] for starts in zip(*rounds, strict=True))
    return (ratio(WITH_QUESTIONS, ours, bare, "ms"),)


def _make_shelf(folder: Path, *, keep: bool) -> None:
    if folder.exists():
        return
    with libraries.open_library(Location(folder)) as opened:
        libraries.sync_shipped_banks(opened)
        if not keep:
            with opened.driver_connection() as driver:
                driver.execute("DELETE FROM question_search")
                driver.execute("DELETE FROM question_role")
                driver.execute("DELETE FROM question")


def data_folder(scale: Scale, folder: Path) -> Path:
    """The library that a busy council has, made once a run. Raises RuntimeError if it did not become what it should."""
    data = folder / "council"
    if not data.exists():
        built = full_library.build(data, scale.questions, scale.sittings)
        if built.questions < scale.questions or built.sittings != scale.sittings:
            raise RuntimeError(f"the library is another than was asked for: {built}")
    return data


def start_bare(folder: Path) -> Start:
    """Open the bare window and close it."""
    said = children.run(children.script("bare_window.py"), folder)
    line = said.lines[0]
    return Start({"first frame": (line["painted_at"] - said.spawned_at) * 1000}, line["peak_kib"])


def start_program(folder: Path, data: Path) -> Start:
    """Open the program's window, wait until home is filled, and close it."""
    said = children.run([*children.script("program_window.py"), *window_options(data)], folder)
    steps, more = said.lines
    before = (more["began_at"] - said.spawned_at) * 1000
    return Start({step: before + milliseconds for step, milliseconds in steps.items()}, more["peak_kib"])


def window_options(data: Path) -> list[str]:
    """What the program is told."""
    return ["--data-dir", str(data), "--quit-when-ready", "--json"]
