"""`python -m tests.benchmarks [--json] [--only NAME]`: measure every figure; exit status 1 if one is over its bar."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks import (
    autosave,
    backup_stall,
    cafe_stalls,
    clock,
    heard,
    importing,
    interviewer,
    keystroke,
    listening,
    locked,
    on_screen,
    packs,
    report,
    seal_stall,
    searching,
    stall,
    start,
)
from tests.benchmarks.figures import FULL, Bar, Figure, Measure, Verdict, as_data, as_line, detail_line

BENCHMARKS: tuple[tuple[Measure, tuple[Bar, ...]], ...] = (
    (start.measure, (start.FIRST_FRAME, start.HOME_FILLED, start.MEMORY)),
    (start.measure_with_questions, (start.WITH_QUESTIONS,)),
    (stall.measure, (stall.STALL,)),
    (autosave.measure, (autosave.FLUSHES, autosave.SAVE)),
    (keystroke.measure, (keystroke.KEYSTROKE,)),
    (clock.measure, (clock.CLOCK,)),
    (interviewer.measure, (interviewer.TAP, interviewer.TAP_MS)),
    (report.measure, (report.REPORT,)),
    (listening.measure, (listening.LISTEN,)),
    (heard.measure, (heard.HEARD, heard.HEARD_BLIND, heard.HEARD_POINTS)),
    (searching.measure, (searching.SEARCH, searching.FIRST_ROWS)),
    (on_screen.measure, (on_screen.ON_SCREEN,)),
    (importing.measure, (importing.IMPORT,)),
    (packs.measure_packing, (packs.PACK,)),
    (seal_stall.measure, (seal_stall.SEAL_STALL,)),
    (locked.measure, (locked.LOCKED,)),
    (backup_stall.measure, (backup_stall.STALL, backup_stall.SAVE)),
    (
        cafe_stalls.measure,
        (cafe_stalls.CAFE_STALL, cafe_stalls.CAFE_STALL_MS, cafe_stalls.CAFE_LANE, cafe_stalls.CAFE_LANE_MS),
    ),
    (packs.measure_merging, (packs.MERGE, packs.MERGE_FEW)),
)


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, and return the exit status."""
    names = [bar.name for _, bars in BENCHMARKS for bar in bars]
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--only", action="append", choices=names, help="measure this figure; may be given again")
    chosen = parser.parse_args(arguments)
    began = time.monotonic()
    measured: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="cqcmock-benchmarks-") as folder:
        for figure in measure(set(chosen.only or names), Path(folder)):
            measured.append(figure)
            if not chosen.json:
                print(f"{as_line(figure)}\n{detail_line(figure)}", flush=True)  # noqa: T201
    seconds = round(time.monotonic() - began)
    over = [figure.bar.name for figure in measured if figure.verdict is Verdict.OVER]
    if chosen.json:
        print(json.dumps({"figures": as_data(measured), "over": over, "seconds": seconds}, indent=2))  # noqa: T201
    else:
        print(f"{len(measured)} figures in {seconds} s; over: {', '.join(over) or 'none'}")  # noqa: T201
    return 1 if over else 0


def measure(names: set[str], folder: Path) -> Iterator[Figure]:
    """Measure what is asked for, and leave the rest."""
    for run, bars in BENCHMARKS:
        if names & {bar.name for bar in bars}:
            yield from (figure for figure in run(FULL, folder) if figure.bar.name in names)


if __name__ == "__main__":
    sys.exit(main())
