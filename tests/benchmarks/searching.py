"""Searching while somebody types, against the bare ranked full-text query in the same library, key by key."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from cqcmock.services import banks
from cqcmock.services import library as libraries
from tests.benchmarks import many_questions
from tests.benchmarks.figures import Bar, Figure, Scale, percentile, ratio

if TYPE_CHECKING:
    from cqcmock.services.library import Library

SEARCH = Bar(
    name="search",
    path="search as you type in 10,000 questions, 99th percentile over the keys",
    baseline="the bare ranked FTS5 query, limit 50",
    at_most=1.25,
)
FIRST_ROWS = Bar(
    name="first-rows",
    path="first rows of a search in 100,000 questions, 99th percentile over the keys",
    baseline="none: a person waits",
    at_most=50,
    unit="ms",
)
TYPED = (
    "waiting list", "carers who work", "safeguarding", "tell me about somebody", "direct payments", "what changed",
    "leave hospital", "how many people", "community", "who rings", "last month", "young person",
)  # fmt: skip
LIMIT = 50
BARE = (
    "SELECT question.bank_id, question.question_id, question.text FROM question_search"
    " JOIN question ON question.number = question_search.rowid"
    " WHERE question_search MATCH ? ORDER BY question_search.rank LIMIT 50"
)


def keys() -> list[str]:
    """Everything that stands in the search field, from two letters on, while these words are typed."""
    return [words[:length] for words in TYPED for length in range(2, len(words) + 1)]


def measure(scale: Scale, folder: Path) -> tuple[Figure, ...]:
    """Both in turns for every key; the first round fills the caches and does not count."""
    return (_search(scale, folder), _first_rows(scale, folder))


def _search(scale: Scale, folder: Path) -> Figure:
    place = many_questions.library_with(folder / "ten-thousand", scale.many_questions)
    with libraries.open_library(place) as opened:
        rounds: list[tuple[float, float]] = []
        for number in range(scale.search_rounds + 1):
            taken = [(_timed(_ours, opened, key), _timed(bare, opened, key)) for key in keys()]
            if number:
                rounds.append((_p99([ours for ours, _ in taken]), _p99([bare for _, bare in taken])))
    figure = ratio(SEARCH, [ours for ours, _ in rounds], [bare for _, bare in rounds], "p99_ms")
    figure.samples.update(keys=len(keys()), questions=scale.many_questions)
    return figure


def _first_rows(scale: Scale, folder: Path) -> Figure:
    place = many_questions.library_with(folder / "hundred-thousand", scale.very_many_questions)
    with libraries.open_library(place) as opened:
        for key in keys():
            _first(opened, key)
        taken = [_timed(_first, opened, key) for key in keys()]
    samples = {
        "keys": len(taken),
        "questions": scale.very_many_questions,
        "median_ms": round(sorted(taken)[len(taken) // 2], 2),
    }
    return Figure(bar=FIRST_ROWS, measured=percentile(taken, 99), samples=samples)


def _ours(opened: Library, key: str) -> None:
    banks.browse(opened, banks.Wanted(words=key, retired=False), LIMIT)


def _first(opened: Library, key: str) -> None:
    banks.browse(opened, banks.Wanted(words=key, retired=False), LIMIT, ranked=False)


def bare(opened: Library, key: str) -> None:
    query = " ".join(f'"{word}"*' for word in key.split())
    with opened.driver_connection() as driver:
        driver.execute(BARE, (query,)).fetchall()


def _timed(do: Callable[[Library, str], None], opened: Library, key: str) -> float:
    began = time.perf_counter()
    do(opened, key)
    return (time.perf_counter() - began) * 1000


def _p99(values: list[float]) -> float:
    return percentile(values, 99)
