"""The arithmetic of a published rating, against figures that were published."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcmock.banks.framework_file import read_framework
from cqcmock.domain.framework import rate
from cqcmock.errors import UserError
from cqcmock.paths import question_banks_folder

FRAMEWORK = read_framework(question_banks_folder() / "frameworks" / "cqc-la-2023.toml")


def test_hertfordshires_published_scores_give_78_per_cent_good() -> None:
    rating = rate([3, 3, 3, 3, 4, 3, 3, 3, 3], FRAMEWORK)
    assert (rating.total, rating.possible, rating.percent, rating.rating) == (28, 36, 78, "good")
    assert not rating.practice_indication
    assert rating.warnings == ()


@pytest.mark.parametrize(("total", "percent"), [(25, 70), (28, 78), (27, 75)])
def test_published_percentages_are_rounded_up(total: int, percent: int) -> None:
    scores = [2] * 9
    for position in range(total - 18):
        scores[position % 9] += 1
    assert sum(scores) == total
    assert rate(scores, FRAMEWORK).percent == percent


@pytest.mark.parametrize(
    ("total", "rating"),
    [
        (9, "inadequate"),
        (13, "inadequate"),
        (14, "requires improvement"),
        (22, "requires improvement"),
        (23, "good"),
        (31, "good"),
        (32, "outstanding"),
        (36, "outstanding"),
    ],
)
def test_the_edges_of_the_bands_are_where_nine_statements_put_them(total: int, rating: str) -> None:
    scores = [1] * 9
    for position in range(total - 9):
        scores[position % 9] += 1
    assert rate(scores, FRAMEWORK).rating == rating


def test_a_score_of_1_warns_of_the_notice_and_caps_nothing() -> None:
    rating = rate([1, 4, 4, 4, 4, 4, 4, 4, 4], FRAMEWORK)
    assert rating.rating == "outstanding"
    assert "Secretary of State" in rating.warnings[0]


def test_fewer_statements_than_nine_are_a_practice_indication() -> None:
    assert rate([3, 3, 2], FRAMEWORK).practice_indication


@pytest.mark.parametrize("scores", [[], [0], [5], [3] * 10])
def test_scores_that_cannot_be_are_refused_with_a_sentence(scores: list[int]) -> None:
    with pytest.raises(UserError) as refused:
        rate(scores, FRAMEWORK)
    assert refused.value.what_happened.endswith(".")
    assert refused.value.what_to_do.endswith(".")


@given(st.lists(st.integers(1, 4), min_size=1, max_size=9))
def test_the_percentage_is_the_exact_fraction_rounded_up(scores: list[int]) -> None:
    rating = rate(scores, FRAMEWORK)
    assert rating.percent == math.ceil(Fraction(100 * sum(scores), 4 * len(scores)))
    assert rating.rating in {band.rating for band in FRAMEWORK.bands}


@given(st.lists(st.integers(1, 4), min_size=9, max_size=9), st.integers(0, 8))
def test_a_higher_score_never_lowers_the_percentage(scores: list[int], position: int) -> None:
    raised = list(scores)
    raised[position] = min(4, raised[position] + 1)
    assert rate(raised, FRAMEWORK).percent >= rate(scores, FRAMEWORK).percent
