"""Dates, times, numbers and lists in words."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcmock.domain import english


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"),
        (0.4, "0 s"),
        (45, "45 s"),
        (59.6, "1 min"),
        (60, "1 min"),
        (112.4, "1 min 52 s"),
        (3600, "1 h"),
        (3725, "1 h 2 min 5 s"),
        (-3, "0 s"),
    ],
)
def test_a_length_of_time_is_said_to_the_second(seconds: float, words: str) -> None:
    assert english.duration(seconds) == words


@given(st.integers(0, 500_000))
def test_a_length_of_time_can_be_read_back(seconds: int) -> None:
    units = {"h": 3600, "min": 60, "s": 1}
    read = re.findall(r"(\d+) (h|min|s)", english.duration(seconds))
    assert sum(int(number) * units[unit] for number, unit in read) == seconds
    assert all(int(number) < 60 for number, unit in read if unit != "h")


def test_a_date_is_said_in_full() -> None:
    assert english.day(date(2026, 11, 21)) == "21 November 2026"
    assert english.day(date(2027, 1, 3)) == "3 January 2027"


def test_one_thing_is_singular_and_others_are_plural() -> None:
    assert english.count(1, "question") == "1 question"
    assert english.count(0, "question") == "0 questions"
    assert english.count(6, "lens", "lenses") == "6 lenses"
    assert english.count(3000, "word") == "3,000 words"


def test_lists_and_question_numbers_are_said_in_words() -> None:
    assert english.listed([]) == ""
    assert english.listed(["a"]) == "a"
    assert english.listed(["a", "b", "c"]) == "a, b and c"
    assert english.listed_in_quotes(["a, b", "c"]) == "“a, b” and “c”"
    assert english.questions([0]) == "question 1"
    assert english.questions([1, 2, 4]) == "questions 2, 3 and 5"
    assert english.take_name(1) == "Second take"
    assert english.take_name(10) == "Take 11"


@given(st.text(), st.integers(2, 80))
def test_a_shortened_text_fits_and_says_that_it_was_cut(text: str, most: int) -> None:
    short = english.shortened(text, most)
    assert len(short) <= most
    assert short == " ".join(text.split()) or short.endswith("…")
    assert "\n" not in short
