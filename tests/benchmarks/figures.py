"""One row of the table of figures: what was measured, against what, and whether it is within its bar.

Rounds are taken in turns, the program and its baseline one after the other, and a ratio is the median over the rounds:
what else the machine does then falls on both, and a slow moment counts once.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any


class Verdict(StrEnum):
    """Whether a figure is within its bar."""

    OK = "ok"
    OVER = "over"
    NOT_MEASURED = "not measured"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A row of the table before it is measured: `at_most` so many of `unit`, times the `baseline` where that is "×"."""

    name: str
    path: str
    baseline: str
    at_most: float
    unit: str = "×"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A measured row. `spread` are the quartiles over the rounds; `samples` what was measured, with its unit."""

    bar: Bar
    measured: float | None
    spread: tuple[float, float] | None = None
    samples: dict[str, Any] = field(default_factory=dict)
    note: str = ""

    @property
    def verdict(self) -> Verdict:
        """Within the bar, over it, or nothing to say."""
        if self.measured is None:
            return Verdict.NOT_MEASURED
        return Verdict.OK if self.measured <= self.bar.at_most else Verdict.OVER


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How much is measured. Figures count at `FULL` only; `TINY` shows that a benchmark runs.

    `first_ones` are starts that do not count: they write the compiled files.
    """

    first_ones: int = 1
    starts: int = 15
    stalls: int = 5
    questions: int = 500
    sittings: int = 200
    saves: int = 3000
    slow_saves: int = 200
    typings: int = 3
    keystrokes: int = 300
    flush_ms: int = 200
    clock_seconds: float = 20.0
    tappings: int = 3
    taps: int = 9
    reports: int = 15
    many_questions: int = 10_000
    very_many_questions: int = 100_000
    search_rounds: int = 7
    searched_keys: int = 145
    imports: int = 5
    answers: int = 200
    packed_sittings: int = 40
    packs: int = 5
    returns: int = 100
    merges: int = 7
    cafe_windows: int = 3
    cafe_hours: int = 3
    backup_megabytes: int = 100
    backups: int = 7
    locked_rounds: int = 9


FULL = Scale()
TINY = Scale(
    first_ones=0,
    starts=1,
    stalls=1,
    questions=190,
    sittings=1,
    saves=3,
    slow_saves=2,
    typings=1,
    keystrokes=4,
    flush_ms=5,
    clock_seconds=0.5,
    tappings=1,
    taps=2,
    reports=1,
    many_questions=20,
    very_many_questions=30,
    search_rounds=1,
    searched_keys=3,
    imports=1,
    answers=3,
    packed_sittings=1,
    packs=1,
    returns=2,
    merges=1,
    cafe_windows=1,
    cafe_hours=1,
    backup_megabytes=3,
    backups=1,
    locked_rounds=1,
)

Measure = Callable[[Scale, Path], tuple[Figure, ...]]
"""A benchmark: its rows, measured at this scale with a folder of its own to write in."""


def ratio(bar: Bar, program: Sequence[float], baseline: Sequence[float], unit: str, note: str = "") -> Figure:
    """The program against its baseline, round by round."""
    rounds = [ours / theirs for ours, theirs in zip(program, baseline, strict=True)]
    return Figure(
        bar=bar,
        measured=statistics.median(rounds),
        spread=quartiles(rounds),
        samples={
            "rounds": len(rounds),
            f"program_{unit}": round(statistics.median(program), 3),
            f"baseline_{unit}": round(statistics.median(baseline), 3),
        },
        note=note,
    )


def quartiles(values: Sequence[float]) -> tuple[float, float] | None:
    """The first and third quartile, or nothing where there are too few values to speak of."""
    if len(values) < 4:
        return None
    first, _, third = statistics.quantiles(values, n=4)
    return first, third


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest of the values that `percent` of them do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100).__int__() - 1)]


def as_data(figures: Iterable[Figure]) -> list[dict[str, Any]]:
    """The rows as a script reads them."""
    return [
        {
            **asdict(figure.bar),
            "measured": figure.measured,
            "verdict": figure.verdict.value,
            "spread": figure.spread,
            "samples": figure.samples,
            "note": figure.note,
        }
        for figure in figures
    ]


def as_line(figure: Figure) -> str:
    """One row for people."""
    bar = figure.bar
    at_most = f"{bar.at_most:g} {bar.unit}"
    if figure.measured is None:
        return f"{bar.name:<12} {bar.path[:70]:<70} {at_most:>8}  {figure.note}"
    spread = "" if figure.spread is None else f" ({figure.spread[0]:.3g} to {figure.spread[1]:.3g})"
    measured = f"{figure.measured:.3f}{spread}"
    return f"{bar.name:<12} {bar.path[:70]:<70} {at_most:>8}  {measured:<26} {figure.verdict.value}"


def detail_line(figure: Figure) -> str:
    """What stands behind a row, for people."""
    parts = [f"{name.replace('_', ' ')} {value}" for name, value in figure.samples.items()]
    return f"{'':<12} " + "; ".join(
        [f"against: {figure.bar.baseline}", *parts, *([figure.note] if figure.note else [])]
    )
