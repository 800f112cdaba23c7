"""How long each deed of a facilitator holds up the database lane and the window, in a café as large as one gets.

Forty people, twelve rounds, three hundred cards; the room window is open on a projector. Several windows in turn, each
going through the deeds of several hours. The first time of a deed in a window is counted by itself, because people
meet that one too. What the lane is measured against is a plain commit of one row with SQLite's own driver, flushed to
the disk as ours are; what the window is measured against is both windows painted again, whole, and nothing else.
"""

from __future__ import annotations

import json
import statistics
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks import children
from tests.benchmarks.figures import Bar, Figure, Scale, ratio

STALL_MS, LANE_MS = 16.0, 50.0

CAFE_STALL = Bar(
    name="cafe-stall",
    path="café: longest stall of the window's thread, the worst of its deeds",
    baseline="both windows painted again, whole",
    at_most=5.0,
)
CAFE_LANE = Bar(
    name="cafe-lane",
    path="café: longest work in the database lane, the worst of its deeds",
    baseline="a plain SQLite commit of one row, flushed",
    at_most=50.0,
)
CAFE_STALL_MS = Bar(
    name="cafe-stall-ms",
    path="café: the same stall in milliseconds, for the first time or later",
    baseline="the clock",
    at_most=STALL_MS,
    unit="ms",
)
CAFE_LANE_MS = Bar(
    name="cafe-lane-ms",
    path="café: the same work in milliseconds, for the first time or later",
    baseline="the clock",
    at_most=LANE_MS,
    unit="ms",
)
EACH_SO_OFTEN = 8
"""After so many deeds what they are measured against is measured again."""

Times = dict[str, list[float]]
"""For each deed, in milliseconds: the first time, and those after it."""


def measure(scale: Scale, folder: Path) -> tuple[Figure, ...]:
    """Go through all deeds in so many windows, and compare the longest of each."""
    windows = [_window(scale, folder, number) for number in range(scale.cafe_windows)]
    figures: list[Figure] = []
    for what, in_turn, in_ms, baseline in (
        ("stall", CAFE_STALL, CAFE_STALL_MS, "painting"),
        ("lane", CAFE_LANE, CAFE_LANE_MS, "commit"),
    ):
        worst = [max(statistics.median(times) for times in window[what].values()) for window in windows]
        figures.append(ratio(in_turn, worst, [statistics.median(window[baseline]) for window in windows], "ms"))
        figures.append(_in_ms(in_ms, what, windows))
    return tuple(figures)


def _window(scale: Scale, folder: Path, number: int) -> dict[str, Any]:
    given = {"folder": str(folder / f"cafe-stalls-{number}"), "hours": scale.cafe_hours}
    return children.run(["-m", __name__], folder, stdin=given).lines[0]


def _in_ms(bar: Bar, what: str, windows: list[dict[str, Any]]) -> Figure:
    usual = {deed: longest_usual([window[what][deed] for window in windows]) for deed in windows[0][what]}
    worst = sorted(usual, key=lambda deed: -usual[deed])
    once = max((max(times), deed) for window in windows for deed, times in window[what].items())
    cpu = {deed: longest_usual([window[f"{what}_cpu"][deed] for window in windows]) for deed in worst[:5]}
    return Figure(
        bar=bar,
        measured=usual[worst[0]],
        samples={
            "deeds": len(usual),
            "windows": len(windows),
            "over": [f"{deed}: {usual[deed]:.1f}" for deed in worst if usual[deed] > bar.at_most],
            "worst": [f"{deed}: {usual[deed]:.1f} (worked {cpu[deed]:.1f})" for deed in worst[:5]],
            "longest_once": f"{once[1]}: {once[0]:.1f}",
        },
    )


def longest_usual(windows: list[list[float]]) -> float:
    """What a deed usually takes: the first time in a window or later, whichever is longer."""
    first = statistics.median(times[0] for times in windows)
    later = [time for times in windows for time in times[1:]]
    return max(first, statistics.median(later)) if later else first


def _in_the_child(given: dict[str, Any]) -> dict[str, Any]:
    from tests.benchmarks.cafe_window import open_cafe, put_two_screens

    folder = Path(given["folder"])
    folder.mkdir(parents=True)
    put_two_screens(folder)
    said: dict[str, Any] = {"stall": {}, "stall_cpu": {}, "lane": {}, "lane_cpu": {}, "painting": [], "commit": []}
    with open_cafe(folder / "data") as opened:
        from tests.benchmarks.cafe_deeds import Hour
        from tests.benchmarks.cafe_watch import Watch, wait_until

        watch, hour = Watch(opened.tasks), Hour(opened.window, opened.screen)
        commit = _plain_commit(folder / "plain.sqlite")

        def paint() -> None:
            opened.window.update()
            opened.screen.projector.window.update()

        for _ in range(given["hours"]):
            seen: Counter[str] = Counter()
            for number, deed in enumerate(hour.deeds()):
                deed.ready()
                wait_until(lambda: not opened.tasks.busy)
                taken = watch.watch(deed.do, deed.so)
                seen[deed.name] += 1
                name = deed.name if seen[deed.name] == 1 else f"{deed.name}, {seen[deed.name]}"
                for what in ("stall", "stall_cpu", "lane", "lane_cpu"):
                    said[what].setdefault(name, []).append(getattr(taken, what))
                if number % EACH_SO_OFTEN == 0:
                    said["painting"].append(watch.watch(paint, lambda: True).stall)
                    said["commit"].append(commit())
    return said


def _plain_commit(file: Path) -> Callable[[], float]:
    """Keeps one row at each call, and returns the milliseconds that it took."""
    import sqlite3
    import time

    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("pragma journal_mode=wal")
    connection.execute("pragma synchronous=full")
    connection.execute("create table kept (position integer primary key, payload text)")

    def commit() -> float:
        began = time.perf_counter()
        connection.execute("begin immediate")
        connection.execute("insert into kept (payload) values (?)", ("x" * 300,))
        connection.execute("commit")
        return (time.perf_counter() - began) * 1000

    return commit


if __name__ == "__main__":
    print(json.dumps(_in_the_child(json.load(sys.stdin))))  # noqa: T201
