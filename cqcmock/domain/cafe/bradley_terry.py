"""How strong each of several things is when two at a time were compared: the model of Bradley and Terry.

The chance that a is chosen over b is 1 / (1 + exp(b - a)) (R. A. Bradley and M. E. Terry, Biometrika, 1952). Strengths
are those that make the choices likeliest, with a small prior: everything has so many wins, and as many losses, against
something of strength 0 that nobody sees. Without it whatever always won would run off to infinity, and groups that
were never compared would have no common scale. Errors are from the inverse of the information matrix, prior included.
Plain Python, because forty answers need a few milliseconds and numpy a tenth of a second to arrive.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from operator import mul
from statistics import fmean
from typing import Final

Results = Sequence[tuple[int, int, int, int]]
"""Two positions and how often the first and how often the second was chosen."""

Covariance = tuple[tuple[float, ...], ...]
Matrix = list[list[float]]

_MOST_STEPS: Final = 60


def estimated(number: int, results: Results, prior: float) -> tuple[tuple[float, ...], Covariance]:
    """The strengths of so many answers, in logits about a mean of 0, and their covariance.

    Newton's steps lead to the strengths that make the results likeliest. What is climbed has one top (it is strictly
    concave), and a step that would lead down is halved. `prior` must be above 0.
    """
    strengths = [0.0] * number
    height = _height(strengths, results, prior)
    for _ in range(_MOST_STEPS):
        gradient, information = _slope(strengths, results, prior)
        factor = _factored(information)
        step = _solved(factor, gradient)
        share = 1.0
        while True:
            tried = [strength + share * by for strength, by in zip(strengths, step, strict=True)]
            reached = _height(tried, results, prior)
            if reached >= height - 1e-9 or share < 1e-6:
                break
            share /= 2
        strengths, height = tried, reached
        if max(map(abs, step), default=0.0) < 1e-9:
            break
    middle = fmean(strengths) if strengths else 0.0
    covariance = _about_the_mean(_inverse(_factored(_slope(strengths, results, prior)[1])))
    return tuple(strength - middle for strength in strengths), covariance


def _chance(difference: float) -> float:
    return 1 / (1 + math.exp(-difference)) if difference >= 0 else math.exp(difference) / (1 + math.exp(difference))


def _log_chance(difference: float) -> float:
    return min(difference, 0.0) - math.log1p(math.exp(-abs(difference)))


def _height(strengths: Sequence[float], results: Results, prior: float) -> float:
    """The logarithm of how likely the judgements and the prior are with these strengths."""
    unseen = sum(prior * (_log_chance(strength) + _log_chance(-strength)) for strength in strengths)
    return unseen + sum(
        won * _log_chance(strengths[one] - strengths[other]) + lost * _log_chance(strengths[other] - strengths[one])
        for one, other, won, lost in results
    )


def _slope(strengths: Sequence[float], results: Results, prior: float) -> tuple[list[float], Matrix]:
    """The gradient, and the information matrix (what the gradient loses with a step)."""
    number = len(strengths)
    gradient = [prior * (1 - 2 * _chance(strength)) for strength in strengths]
    information = [[0.0] * number for _ in strengths]
    for at, strength in enumerate(strengths):
        information[at][at] = 2 * prior * _chance(strength) * _chance(-strength)
    for one, other, won, lost in results:
        expected = _chance(strengths[one] - strengths[other])
        surplus = won - (won + lost) * expected
        weight = (won + lost) * expected * _chance(strengths[other] - strengths[one])
        gradient[one] += surplus
        gradient[other] -= surplus
        information[one][one] += weight
        information[other][other] += weight
        information[one][other] -= weight
        information[other][one] -= weight
    return gradient, information


def _factored(matrix: Matrix) -> Matrix:
    """The lower triangle whose product with its mirror image is the matrix (Cholesky); rows grow by one."""
    lower: Matrix = []
    for at, row in enumerate(matrix):
        new: list[float] = []
        for column, above in enumerate(lower):
            new.append((row[column] - sum(map(mul, new, above))) / above[column])
        new.append(math.sqrt(row[at] - sum(map(mul, new, new))))
        lower.append(new)
    return lower


def _solved(lower: Matrix, right: Sequence[float]) -> list[float]:
    forward: list[float] = []
    for row, value in zip(lower, right, strict=True):
        forward.append((value - sum(map(mul, row, forward))) / row[-1])
    for at in range(len(lower) - 1, -1, -1):
        row = lower[at]
        forward[at] /= row[at]
        for column in range(at):
            forward[column] -= row[column] * forward[at]
    return forward


def _inverse(lower: Matrix) -> Matrix:
    number = len(lower)
    return [_solved(lower, [float(at == column) for at in range(number)]) for column in range(number)]


def _about_the_mean(covariance: Matrix) -> Covariance:
    """The covariance of strengths counted from their mean: how surely the mean itself is known says nothing."""
    means = [fmean(row) for row in covariance]
    whole = fmean(means) if means else 0.0
    return tuple(
        tuple(value - means[at] - means[column] + whole for column, value in enumerate(row))
        for at, row in enumerate(covariance)
    )
