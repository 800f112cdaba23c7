"""How far markers agree: against figures worked out elsewhere, and honest where there is no figure."""

from __future__ import annotations

import math
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcmock.domain import agreement

LEVEL = st.integers(0, 3)
LEVELS_THERE = range(6)
UNITS = st.dictionaries(st.text(min_size=1, max_size=3), st.dictionaries(st.sampled_from("abc"), LEVEL), max_size=30)


def units(*rows: str) -> dict[str, dict[str, int]]:
    """One row a marker, one character a unit, a dot for none."""
    return {
        str(at): {chr(97 + marker): int(level) for marker, level in enumerate(column) if level != "."}
        for at, column in enumerate(zip(*rows, strict=True))
    }


def test_alpha_is_what_krippendorff_works_out_by_hand() -> None:
    """Two markers, twelve units; ordinal alpha checked with the coincidence matrix on paper."""
    table = units("012301230123", "012301230122")
    pairs = [(levels["a"], levels["b"]) for levels in table.values()]
    assert agreement.alpha(table).value == pytest.approx(ordinal_alpha(pairs))


def ordinal_alpha(pairs: list[tuple[int, int]]) -> float:
    """Krippendorff's own formula for two markers and no missing levels."""
    values = [level for pair in pairs for level in pair]
    number = {level: values.count(level) for level in range(4)}

    def distance(one: int, other: int) -> float:
        low, high = sorted((one, other))
        between = sum(number[level] for level in range(low, high + 1)) - (number[low] + number[high]) / 2
        return between**2

    observed = sum(2 * distance(one, other) for one, other in pairs) / len(values)
    expected = sum(distance(one, other) for one in values for other in values) / (len(values) * (len(values) - 1))
    return 1 - observed / expected


def test_counting_coincidences_gives_the_figure_of_krippendorffs_own_worked_example() -> None:
    """Four observers, twelve units, values missing: ordinal 0.815 in "Computing Krippendorff's Alpha-Reliability"."""
    table = units("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
    assert alpha_by_coincidences(table) == pytest.approx(0.815, abs=0.0005)


@given(UNITS)
def test_alpha_is_what_counting_coincidences_gives_whatever_is_missing(table: dict[str, dict[str, int]]) -> None:
    found = agreement.alpha(table).value
    if found is not None:
        assert found == pytest.approx(alpha_by_coincidences(table))


def alpha_by_coincidences(table: dict[str, dict[str, int]]) -> float:
    """Ordinal alpha for any number of markers, from the coincidence matrix."""
    together = dict.fromkeys(((one, other) for one in LEVELS_THERE for other in LEVELS_THERE), 0.0)
    for levels in table.values():
        for one, other in permutations(levels.values(), 2):
            together[one, other] += 1 / (len(levels) - 1)
    number = [sum(together[one, other] for other in LEVELS_THERE) for one in LEVELS_THERE]

    def distance(one: int, other: int) -> float:
        low, high = sorted((one, other))
        return (sum(number[low : high + 1]) - (number[low] + number[high]) / 2) ** 2

    observed = sum(times * distance(*pair) for pair, times in together.items())
    expected = sum(number[one] * number[other] * distance(one, other) for one, other in together)
    return 1 - (sum(number) - 1) * observed / expected


def test_alpha_has_an_interval_around_it_and_takes_missing_levels() -> None:
    found = agreement.alpha(units("0123012301230123", "0123012.01230122", "1.23012301230.23"))
    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low <= found.value <= found.high <= 1
    assert found.units == 16


def test_the_same_marks_always_have_the_same_figures() -> None:
    table = units("0123012301230123", "0122012301130123")
    assert agreement.alpha(table) == agreement.alpha(dict(reversed(table.items())))


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (("", ""), "Nothing has been marked by two"),
        (("0123........", "........0123"), "Nothing has been marked by two"),
        (("012", "012"), "Only 3 marks"),
        (("222222222222", "222222222222"), "same level throughout"),
        (("222222222222", "222222222223"), "Nearly every mark is a 2 (23 of 24)"),
        (("2" * 60, "3333" + "2" * 56), "Nearly every mark is a 2 (116 of 120)"),
        (("2222222233", "2222222233"), "Nearly every mark is a 2 (16 of 20)"),
    ],
)
def test_where_a_figure_would_say_nothing_a_sentence_stands_instead(rows: tuple[str, str], why: str) -> None:
    found = agreement.alpha(units(*rows))
    assert found.value is None
    assert why in found.why_not


def test_two_who_agree_nearly_everywhere_are_not_said_to_agree_no_more_than_chance() -> None:
    """One mark in 120 that differs takes alpha and kappa to 0: a figure that would say the opposite of what is so."""
    pairs = [(2, 2)] * 59 + [(2, 3)]
    found = agreement.alpha({str(at): {"a": one, "b": other} for at, (one, other) in enumerate(pairs)})
    assert found.value is agreement.weighted_kappa(pairs).value is None
    assert found.why_not == agreement.weighted_kappa(pairs).why_not
    assert agreement.agreement_in_words(found) == ""


def test_one_who_gives_the_same_level_throughout_leaves_no_kappa_to_be_worked_out() -> None:
    found = agreement.weighted_kappa([(2, level % 4) for level in range(12)])
    assert found.value is None
    assert "one of the two gave the same level throughout" in found.why_not


@pytest.mark.parametrize(
    ("value", "low", "words"),
    [
        (None, None, ""),
        (0.9, 0.7, "They agree closely"),
        (0.8, None, "They agree closely"),
        (0.7, 0.5, "They agree fairly well"),
        (0.4, 0.1, "They agree in part"),
        (0.9, -0.2, "Whether they agree cannot be told from this yet"),
        (0.0, -0.3, "They agree no more than chance would have it"),
    ],
)
def test_agreement_is_named_no_more_firmly_than_the_figure_bears(
    value: float | None, low: float | None, words: str
) -> None:
    assert agreement.agreement_in_words(agreement.Coefficient(value=value, low=low)) == words


@given(st.lists(st.tuples(LEVEL, LEVEL), min_size=10, max_size=40))
def test_weighted_kappa_is_what_the_table_of_both_gives(pairs: list[tuple[int, int]]) -> None:
    """Cohen's formula over the four by four table, with the shares of each marker's levels at its edges."""
    found = agreement.weighted_kappa(pairs).value
    if found is None:
        return
    share = [[pairs.count((one, other)) / len(pairs) for other in range(4)] for one in range(4)]
    ones = [sum(row) for row in share]
    others = [sum(column) for column in zip(*share, strict=True)]
    cells = [(one, other, (one - other) ** 2 / 9) for one in range(4) for other in range(4)]
    observed = sum(weight * share[one][other] for one, other, weight in cells)
    expected = sum(weight * ones[one] * others[other] for one, other, weight in cells)
    assert found == pytest.approx(1 - observed / expected)


def test_the_own_gap_compares_the_same_answers_and_gives_each_the_same_weight() -> None:
    """The peers’ mean of all marks is below the own mean; where both marked, own marks are half a level lower."""
    own = {"first": 1, "second": 3}
    peers = {"first": {"a": 2, "b": 2}, "second": {"a": 3}, "third": {"a": 0, "b": 0}, "fourth": {}}
    assert agreement.own_gap(own, peers) == -0.5
    assert agreement.own_gap({"third": 1}, {"second": {"a": 3}}) is None
    assert agreement.own_gap({"fourth": 1}, {"fourth": {}}) is None


def test_weighted_kappa_is_one_for_full_agreement_and_minds_how_far_apart_two_are() -> None:
    same = [(level % 4, level % 4) for level in range(12)]
    near = [*same[:-1], (3, 2)]
    far = [*same[:-1], (3, 0)]
    one, close, wide = (agreement.weighted_kappa(pairs).value for pairs in (same, near, far))
    assert one == 1
    assert close is not None
    assert wide is not None
    assert 1 > close > wide


def test_those_two_levels_apart_are_listed_the_widest_first() -> None:
    assert agreement.parted(units("0123", "3121", "1122")) == ("0", "3")


def test_severity_is_how_far_a_marker_is_from_the_others_on_the_same_units() -> None:
    table = units("1111", "2222", "333.")
    assert agreement.severity(table, "a") == pytest.approx((3 * -1.5 + -1) / 4)
    assert agreement.severity(table, "nobody") is None
    assert agreement.severity(units("12"), "a") is None


@given(UNITS)
def test_whatever_was_marked_a_figure_is_in_range_or_a_sentence_says_why_not(table: dict[str, dict[str, int]]) -> None:
    found = agreement.alpha(table)
    if found.value is None:
        assert found.why_not
    else:
        assert found.low is not None
        assert found.high is not None
        assert math.isfinite(found.value)
        assert found.value <= 1
        assert found.low <= found.high


@given(UNITS, st.sampled_from("abc"))
def test_the_spread_of_a_unit_holds_every_level(table: dict[str, dict[str, int]], marker: str) -> None:
    for levels in table.values():
        found = agreement.spread(levels)
        if found is None:
            assert not levels
            continue
        assert found.lowest <= found.mean <= found.highest
        assert found.markers == len(levels)
        if marker in levels:
            assert found.lowest <= levels[marker] <= found.highest


@pytest.mark.parametrize(
    ("own", "peers", "words"),
    [(2, 2.2, "alike"), (2, 1.3, "a little higher"), (1, 2.2, "a level lower"), (3, 0.5, "much higher")],
)
def test_the_gap_between_own_marks_and_peers_is_named_in_words(own: float, peers: float, words: str) -> None:
    assert words in agreement.gap_in_words(own, peers)
