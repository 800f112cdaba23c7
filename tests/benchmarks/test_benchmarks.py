"""Every benchmark runs. What it measures here says nothing: `python -m tests.benchmarks` does the measuring."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from tests.benchmarks import __main__ as benchmarks
from tests.benchmarks import autosave, children, keystroke, slow_flush
from tests.benchmarks.clock import error_ms
from tests.benchmarks.figures import TINY, Bar, Figure, Measure, Verdict, percentile, ratio

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

BAR = Bar(name="a-bar", path="a path", baseline="a baseline", at_most=1.5)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all of them, so that files are compiled once."""
    return tmp_path_factory.mktemp("benchmarks")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("measure", "bars"), benchmarks.BENCHMARKS, ids=[bars[0].name for _, bars in benchmarks.BENCHMARKS]
)
def test_a_benchmark_runs_once_and_returns_a_number(measure: Measure, bars: tuple[Bar, ...], folder: Path) -> None:
    figures = measure(TINY, folder)
    assert tuple(figure.bar for figure in figures) == bars
    for figure in figures:
        if figure.measured is None:
            assert figure.note.startswith("not measured: ")
        else:
            assert figure.measured >= 0
            assert figure.samples


def test_without_a_compiler_nothing_is_said_about_flushes(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(sys, "platform", "linux")
    for measure in (autosave.measure, keystroke.measure):
        for figure in measure(TINY, tmp_path):
            assert figure.verdict is Verdict.NOT_MEASURED
            assert figure.note == slow_flush.NO_COMPILER


@pytest.mark.parametrize(("program", "verdict"), [([2.0, 3.0, 90.0], Verdict.OK), ([4.0, 3.2, 1.0], Verdict.OVER)])
def test_a_ratio_is_the_median_over_the_rounds(program: list[float], verdict: Verdict) -> None:
    assert ratio(BAR, program, [2.0, 2.0, 60.0], "ms").verdict is verdict


def test_the_ninety_ninth_percentile_leaves_out_one_in_a_hundred() -> None:
    assert percentile([1.0] * 99 + [50.0], 99) == 1.0
    assert percentile([1.0] * 98 + [50.0] * 2, 99) == 50.0
    assert percentile([7.0], 99) == 7.0


def test_a_second_that_is_shown_late_or_early_is_an_error() -> None:
    assert error_ms([(0.0, 0), (1.1, 1), (2.2, 2), (3.05, 3)], []) == pytest.approx(200)
    assert error_ms([(0.0, 0), (1.1, 1), (1.9, 2)], []) == pytest.approx(100)
    assert error_ms([(0.0, 0), (1.1, 1), (4.0, 2)], []) == pytest.approx(2000)


def test_time_in_which_the_window_was_blocked_is_taken_out_of_the_error() -> None:
    assert error_ms([(0.0, 0), (1.1, 1), (2.5, 2)], [(1.95, 2.4)]) == pytest.approx(100)
    assert error_ms([(0.0, 0), (1.1, 1), (2.5, 2)], [(1.2, 1.6)]) == pytest.approx(500)


def test_a_clock_that_counts_its_ticks_is_far_over_the_bar() -> None:
    blocked = [(at * 1.3, at * 1.3 + 0.4) for at in range(1, 15)]
    counted = [(shown * 1.3, shown) for shown in range(16)]
    assert error_ms(counted, blocked) > 3000


def test_a_figure_over_its_bar_makes_the_run_fail(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(benchmarks, "BENCHMARKS", ((lambda *_: (Figure(bar=BAR, measured=1.6),), (BAR,)),))
    assert benchmarks.main(["--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["over"] == ["a-bar"]
    assert said["figures"][0]["verdict"] == "over"
    assert benchmarks.main(["--only", "a-bar"]) == 1
    assert "over: a-bar" in capsys.readouterr().out


def test_a_child_that_fails_is_not_taken_for_a_measurement(folder: Path) -> None:
    with pytest.raises(RuntimeError, match="ended with 3"):
        children.run(["-c", "raise SystemExit(3)"], folder)
