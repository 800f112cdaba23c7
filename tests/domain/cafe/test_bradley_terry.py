"""Strengths and their errors: against a printed example, and against a slow reference that shares no step with them."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcmock.domain.cafe import judging
from cqcmock.domain.cafe.bradley_terry import estimated
from cqcmock.domain.cafe.judging import Judgement, scale
from tests.domain.cafe.simulated_judges import chose, looked_at


def reference(answers: Sequence[str], judgements: Sequence[Judgement], prior: float = judging.PRIOR) -> list[float]:
    """Every strength in turn where its own slope is nothing, found by halving, over and over until nothing moves."""
    strengths = dict.fromkeys(answers, 0.0)

    def p(one: float, other: float) -> float:
        return 1 / (1 + math.exp(other - one))

    def slope(answer: str, value: float) -> float:
        total = prior - 2 * prior * p(value, 0.0)
        for judgement in judgements:
            if answer in (judgement.left, judgement.right):
                other = judgement.right if answer == judgement.left else judgement.left
                total += (judgement.chosen == answer) - p(value, strengths[other])
        return total

    for _ in range(400):
        moved = 0.0
        for answer in answers:
            low, high = -30.0, 30.0
            for _ in range(45):
                middle = (low + high) / 2
                low, high = (middle, high) if slope(answer, middle) > 0 else (low, middle)
            moved = max(moved, abs(strengths[answer] - low))
            strengths[answer] = low
        if moved < 1e-10:
            break
    return [strengths[answer] for answer in answers]


def reference_covariance(
    strengths: Sequence[float], answers: Sequence[str], looks: Sequence[Judgement]
) -> list[list[float]]:
    """The inverse of the second differences of the likelihood, by Gauss and Jordan, of strengths less their mean."""
    number = len(answers)

    def height(values: Sequence[float]) -> float:
        total = 0.0
        for value in values:
            total -= judging.PRIOR * (math.log1p(math.exp(value)) + math.log1p(math.exp(-value)))
        for judgement in looks:
            other = judgement.right if judgement.chosen == judgement.left else judgement.left
            total -= math.log1p(math.exp(values[answers.index(other)] - values[answers.index(judgement.chosen)]))
        return total

    def nudged(one: int, other: int, by_one: float, by_other: float) -> float:
        values = list(strengths)
        values[one] += by_one
        values[other] += by_other
        return height(values)

    step = 1e-3
    rows = []
    for one in range(number):
        second = [
            -(
                nudged(one, other, step, step)
                - nudged(one, other, step, -step)
                - nudged(one, other, -step, step)
                + nudged(one, other, -step, -step)
            )
            / (4 * step * step)
            for other in range(number)
        ]
        rows.append([*second, *(float(one == other) for other in range(number))])
    for at in range(number):
        pivot = rows[at][at]
        rows[at] = [value / pivot for value in rows[at]]
        for other in range(number):
            if other != at:
                share = rows[other][at]
                rows[other] = [value - share * top for value, top in zip(rows[other], rows[at], strict=True)]
    inverse = [row[number:] for row in rows]
    centre = [[float(one == other) - 1 / number for other in range(number)] for one in range(number)]

    def product(left: list[list[float]], right: list[list[float]]) -> list[list[float]]:
        return [
            [sum(a * b for a, b in zip(row, column, strict=True)) for column in zip(*right, strict=True)]
            for row in left
        ]

    return product(product(centre, inverse), centre)


@given(looked_at())
def test_strengths_are_those_of_a_slow_reference(looks: tuple[str, tuple[Judgement, ...]]) -> None:
    answers, judgements = looks
    found = scale(answers, judgements)
    expected = reference(answers, judgements)
    middle = fmean(expected)
    assert found.strengths == pytest.approx([value - middle for value in expected], abs=1e-6)


@given(looked_at(most=5))
def test_standard_errors_are_those_of_a_slow_reference(looks: tuple[str, tuple[Judgement, ...]]) -> None:
    answers, judgements = looks
    found = scale(answers, judgements)
    expected = reference_covariance(reference(answers, judgements), answers, judgements)
    for row, expected_row in zip(found.covariance, expected, strict=True):
        assert row == pytest.approx(expected_row, abs=1e-3)
    assert found.errors == pytest.approx(
        [math.sqrt(max(0.0, expected[at][at])) for at in range(len(answers))], abs=2e-2
    )


BASEBALL = {
    "Milwaukee": (0, 7, 9, 7, 7, 9, 11),
    "Detroit": (6, 0, 7, 5, 11, 9, 9),
    "Toronto": (4, 6, 0, 7, 7, 8, 12),
    "New York": (6, 8, 6, 0, 6, 7, 10),
    "Boston": (6, 2, 6, 7, 0, 7, 12),
    "Cleveland": (4, 4, 5, 6, 6, 0, 6),
    "Baltimore": (2, 4, 1, 3, 1, 7, 0),
}
"""Who beat whom how often in 1987: A. Agresti, Categorical Data Analysis, section 10.6, with his estimates below."""
AGRESTI = {"Milwaukee": 1.58, "Detroit": 1.44, "Toronto": 1.29, "New York": 1.25, "Boston": 1.11, "Cleveland": 0.68}


def test_a_printed_example_comes_out_as_printed_once_the_prior_is_next_to_nothing() -> None:
    teams = list(BASEBALL)
    games = [
        chose(winner, loser)
        for winner, won in BASEBALL.items()
        for loser, times in zip(teams, won, strict=True)
        for _ in range(times)
    ]
    found = scale(teams, games, prior=1e-6)
    strength = dict(zip(found.answers, found.strengths, strict=True))
    for team, expected in AGRESTI.items():
        assert strength[team] - strength["Baltimore"] == pytest.approx(expected, abs=0.006)
    first, last = 0, teams.index("Baltimore")
    spread = found.covariance[first][first] + found.covariance[last][last] - 2 * found.covariance[first][last]
    assert math.sqrt(spread) == pytest.approx(0.34, abs=0.006)


@given(looked_at(), st.randoms(use_true_random=False))
def test_the_order_and_the_sides_of_judgements_make_no_difference(
    looks: tuple[str, tuple[Judgement, ...]], chance: random.Random
) -> None:
    answers, judgements = looks
    mixed = list(judgements)
    chance.shuffle(mixed)
    turned = [Judgement(left=one.right, right=one.left, chosen=one.chosen, by="table 2", at=9) for one in mixed]
    found = scale(answers, judgements)
    for other in (scale(answers, mixed), scale(answers, turned)):
        assert (found.strengths, found.covariance, found.looks) == (other.strengths, other.covariance, other.looks)


@given(looked_at())
def test_choosing_the_other_one_every_time_turns_the_scale_round(looks: tuple[str, tuple[Judgement, ...]]) -> None:
    answers, judgements = looks
    others = [
        Judgement(left=one.left, right=one.right, chosen=one.right if one.chosen == one.left else one.left)
        for one in judgements
    ]
    found, turned = scale(answers, judgements), scale(answers, others)
    assert turned.strengths == pytest.approx([-strength for strength in found.strengths], abs=1e-8)
    assert turned.errors == pytest.approx(found.errors, abs=1e-8)


@given(looked_at(), st.integers(2, 5))
def test_the_same_again_several_times_leaves_strengths_where_they_are_and_makes_them_surer(
    looks: tuple[str, tuple[Judgement, ...]], times: int
) -> None:
    answers, judgements = looks
    once, often = scale(answers, judgements), scale(answers, judgements * times, prior=judging.PRIOR * times)
    assert often.strengths == pytest.approx(once.strengths, abs=1e-7)
    assert often.errors == pytest.approx([error / math.sqrt(times) for error in once.errors], abs=1e-7)


@given(looked_at(), st.randoms(use_true_random=False))
def test_ids_and_the_order_of_answers_mean_nothing(
    looks: tuple[str, tuple[Judgement, ...]], chance: random.Random
) -> None:
    answers, judgements = looks
    mixed = list(answers)
    chance.shuffle(mixed)
    found, other = scale(answers, judgements), scale(mixed, judgements)
    assert dict(zip(other.answers, other.strengths, strict=True)) == pytest.approx(
        dict(zip(found.answers, found.strengths, strict=True)), abs=1e-8
    )


@given(looked_at())
def test_the_scale_is_finite_and_about_nought_and_one_win_more_never_lowers_an_answer(
    looks: tuple[str, tuple[Judgement, ...]],
) -> None:
    answers, judgements = looks
    found = scale(answers, judgements)
    assert sum(found.strengths) == pytest.approx(0, abs=1e-8)
    assert all(map(math.isfinite, (*found.strengths, *found.errors)))
    more = scale(answers, (*judgements, chose(answers[0], answers[1])))
    assert more.strengths[0] - more.strengths[1] > found.strengths[0] - found.strengths[1]


def test_an_answer_that_always_won_stays_finite_and_ahead_and_the_less_it_was_seen_the_less_far() -> None:
    few = scale("abc", [chose("a", "b"), chose("a", "c"), chose("b", "c"), chose("c", "b")])
    many = scale("abc", [chose("a", "b"), chose("a", "c"), chose("b", "c"), chose("c", "b")] * 10)
    assert few.strengths[0] > few.strengths[1] == pytest.approx(few.strengths[2])
    assert few.strengths[0] < many.strengths[0] < 10


def test_results_on_which_whole_steps_would_run_away_are_climbed_in_shorter_ones() -> None:
    """At the top every answer has won as often as was to be expected, but for what the prior may move it."""
    prior = 0.01
    results = [(0, 4, 30, 1), (0, 5, 2, 1), (2, 3, 300, 0), (2, 5, 2, 30), (3, 4, 300, 2)]
    strengths, _ = estimated(6, results, prior)
    surplus = [0.0] * 6
    for one, other, wins, losses in results:
        more = wins - (wins + losses) / (1 + math.exp(strengths[other] - strengths[one]))
        surplus[one] += more
        surplus[other] -= more
    assert max(map(abs, surplus)) <= prior
    assert max(map(abs, strengths)) < 20
