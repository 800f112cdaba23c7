"""Nothing that somebody types into the search is an error: ten thousand strings, from ordinary to absurd."""

from __future__ import annotations

import random
import string

import pytest

from cqcmock.storage import banks, search
from cqcmock.storage.library import Library
from cqcmock.storage.records import Wanted
from tests.storage.shelves import a_bank

ORDINARY = (
    "child's", "strengths-based", "voice AND", '"voice', "(", "-", "voice)", "NEAR(a b)", "text_words : care", "^care",
    "care*", "care + home", "{place}", "%", "_", "' OR 1=1 --", "NOT", "OR", "a" * 5000, "\x00care", "\ud800", "Zoë’s",
)  # fmt: skip
LETTERS = string.printable + "éß中עبي😀\u200b\u0301\x00\ud800"


@pytest.mark.parametrize("strings", [1_000, pytest.param(10_000, marks=pytest.mark.slow)])
def test_thousands_of_strings_are_searched_for_without_an_error(file_library: Library, strings: int) -> None:
    with file_library.writing() as work:
        banks.put_bank(
            work, a_bank(texts=["Who cares for a child's carer?", "What of {place} and Zoë’s café?"]), "", "own"
        )
        work.commit()
    dice = random.Random(7)
    made = ("".join(dice.choices(LETTERS, k=dice.randint(0, 24))) for _ in range(strings - len(ORDINARY)))
    with file_library.reading() as session:
        for number, words in enumerate((*ORDINARY, *made)):
            found = search.lines(session, Wanted(words=words, retired=False), 5, ranked=bool(number % 2))
            assert len(found) <= 2
        for words in ORDINARY:
            wanted = Wanted(words=words, theme=words[:50], bank=words[:50])
            assert search.lines(session, wanted, 5, portable=True) == search.lines(session, wanted, 5) == ()
