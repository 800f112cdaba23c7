"""Taking in a spreadsheet of 10,000 questions, against reading the file and writing the same rows by `executemany`."""

from __future__ import annotations

import csv
import time
from pathlib import Path

from tests.benchmarks import many_questions
from tests.benchmarks.figures import Bar, Figure, Scale, ratio

IMPORT = Bar(
    name="import",
    path="10,000 questions from a CSV file: read, checked, compared, written",
    baseline="csv.reader, and executemany of the same rows into the same tables and index",
    at_most=3,
)
ROWS = (
    "SELECT number, bank_id, question_id, position, kind, text, text_words, more_words, payload, labels FROM question"
)
INTO = "INSERT INTO question VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
ROLES = "INSERT INTO question_role SELECT number, 'lead-member' FROM question"
INDEX = "INSERT INTO question_search(rowid, text_words, more_words) SELECT number, text_words, more_words FROM question"


def measure(scale: Scale, folder: Path) -> tuple[Figure, ...]:
    """Both in turns, each into a library of its own."""
    from cqcmock.banks.formats import write_bank

    file = folder / "very-many.csv"
    file.write_bytes(write_bank(many_questions.bank(scale.many_questions), file).data)
    ours, bare = [], []
    for number in range(scale.imports):
        taken, rows = _ours(folder / f"import-{number}", file, scale.many_questions)
        ours.append(taken)
        bare.append(_bare(folder / f"bare-{number}", file, rows))
    figure = ratio(IMPORT, ours, bare, "ms")
    figure.samples.update(questions=scale.many_questions, file_kib=file.stat().st_size // 1024)
    return (figure,)


def _ours(folder: Path, file: Path, expected: int) -> tuple[float, list[tuple[object, ...]]]:
    from cqcmock.clock import system_clock
    from cqcmock.paths import Location
    from cqcmock.services import bank_files
    from cqcmock.services import library as libraries

    with libraries.open_library(Location(folder)) as opened:
        bank_files.framework_names()
        began = time.perf_counter()
        seen = bank_files.preview(opened, file, system_clock(), roles=("lead-member",))
        bank_files.take_in(opened, seen, system_clock())
        taken = (time.perf_counter() - began) * 1000
        with opened.driver_connection() as driver:
            rows = driver.execute(ROWS).fetchall()
    if len(rows) != expected:
        raise RuntimeError(f"{len(rows)} questions were taken in, not {expected}")
    return taken, rows


def _bare(folder: Path, file: Path, rows: list[tuple[object, ...]]) -> float:
    from cqcmock.paths import Location
    from cqcmock.services import library as libraries

    with libraries.open_library(Location(folder)) as opened, opened.driver_connection() as driver:
        driver.execute("INSERT INTO bank VALUES ('very-many', '', 1, '2026-11-22', '', '', '[]', '', '')")
        began = time.perf_counter()
        with file.open(encoding="utf-8-sig", newline="") as text:
            read = sum(1 for _ in csv.reader(text))
        driver.execute("BEGIN IMMEDIATE")
        driver.executemany(INTO, rows)
        driver.execute(ROLES)
        driver.execute(INDEX)
        driver.execute("COMMIT")
        taken = (time.perf_counter() - began) * 1000
    if read <= len(rows):
        raise RuntimeError("the file has fewer lines than questions")
    return taken
