"""Comparative judgement with simulated judges: the order, how far it can be relied on, what to look at next."""

from __future__ import annotations

import math
import random
import time
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from statistics import correlation, fmean

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cqcmock.domain.cafe import judging
from cqcmock.domain.cafe.judging import Judgement, Record, Scale, advice, judged, next_pair, ranked, reliability, scale
from cqcmock.errors import UserError
from tests.domain.cafe.simulated_judges import chose, judge_all, looked_at, spread_out


def test_a_known_order_is_found_again_by_simulated_judges() -> None:
    answers = [f"answer {at}" for at in range(8)]
    strengths = {answer: 2.5 * at for at, answer in enumerate(answers)}
    found = scale(answers, judge_all(answers, strengths, 60, seed=4))
    assert [row.answer for row in ranked(found)] == answers[::-1]


@pytest.mark.slow
@pytest.mark.parametrize("number", [6, 12, 20])
def test_ten_looks_each_find_most_of_what_there_is_to_find(number: int) -> None:
    fits = []
    for seed in range(5):
        strengths = spread_out(number, 2, seed)
        found = scale(strengths, judge_all(list(strengths), strengths, 5 * number, seed))
        fits.append(correlation(list(strengths.values()), found.strengths))
    assert fmean(fits) > 0.85


def value(found: Scale) -> float:
    figure = reliability(found).value
    assert figure is not None
    return figure


@pytest.mark.slow
def test_reliability_grows_with_judgements() -> None:
    means = []
    for looks in (6, 12, 30):
        drawn = [(spread_out(10, 1.2, seed), seed) for seed in range(6)]
        means.append(fmean(value(scale(s, judge_all(list(s), s, 5 * looks, seed))) for s, seed in drawn))
    assert means[0] < means[1] < means[2]


@given(looked_at(fewest=6), st.integers(2, 4))
def test_the_same_judgements_again_never_make_the_order_less_reliable(
    looks: tuple[str, tuple[Judgement, ...]], times: int
) -> None:
    answers, judgements = looks
    everybody = tuple(chose(one, other) for one in answers for other in answers if one != other)
    assume(max(map(abs, scale(answers, judgements).strengths)) > 0.1)
    once, often = scale(answers, judgements + everybody), scale(answers, (judgements + everybody) * times)
    assert value(often) >= value(once) - 1e-9


def test_reliability_is_what_its_formula_says_by_hand() -> None:
    answers = "abcdef"
    games = [
        chose(*pair) for at, one in enumerate(answers) for other in answers[at + 1 :] for pair in ((one, other),)
    ] * 2
    found = scale(answers, games)
    observed = sum(strength**2 for strength in found.strengths) / 6
    squared_error = sum(error**2 for error in found.errors) / 6
    assert value(found) == pytest.approx((observed - squared_error) / observed)


def test_a_reliability_that_would_be_below_nought_is_nought() -> None:
    """One judgement more than a dead heat: the order is less than its error."""
    heat = LEAGUE + [chose(one.right, one.left) for one in LEAGUE]
    found = reliability(scale("abcdef", [*heat, chose("a", "b")]))
    assert found.value == 0
    assert "mostly chance" in found.words


@pytest.mark.slow
@pytest.mark.parametrize("number", [8, 24])
def test_coins_tossed_by_the_judges_are_not_called_an_order(number: int) -> None:
    """Bramley's test: taking the closest pair gives 0.6 and more here, and no answer is better than another."""
    strengths = dict.fromkeys([f"answer {at}" for at in range(number)], 0.0)
    figures = [value(scale(strengths, judge_all(list(strengths), strengths, 5 * number, seed))) for seed in range(8)]
    assert fmean(figures) < 0.3
    assert max(figures) < judging.RELIABLE


@given(looked_at(fewest=1))
def test_a_reliability_is_between_nought_and_one_or_a_sentence_says_why_there_is_none(
    looks: tuple[str, tuple[Judgement, ...]],
) -> None:
    found = reliability(scale(*looks))
    assert found.words.endswith(".")
    assert found.value is None or 0 <= found.value <= 1


LEAGUE = [chose(*pair) for at, one in enumerate("abcdef") for other in "abcdef"[at + 1 :] for pair in ((one, other),)]


@pytest.mark.parametrize(
    ("answers", "judgements", "why"),
    [
        ("", [], "Only 0 answers"),
        ("abcde", LEAGUE * 9, "Only 5 answers"),
        ("abcdef", LEAGUE[1:], "2 answers have been looked at fewer than 5 times"),
        ("abcdefg", LEAGUE, "1 answer has been looked at fewer than 5 times"),
        (
            "abcdef",
            [chose(one, other) for one, other in ("ab", "bc", "ca", "de", "ef", "fd") for _ in range(9)],
            "never compared with the others",
        ),
        ("abcdef", LEAGUE + [chose(one.right, one.left) for one in LEAGUE], "came out alike"),
    ],
)
def test_where_a_figure_would_say_nothing_a_sentence_stands_instead(
    answers: str, judgements: list[Judgement], why: str
) -> None:
    found = reliability(scale(answers, judgements))
    assert found.value is None
    assert why in found.words


def test_beside_a_figure_stands_what_it_means_and_that_it_flatters() -> None:
    low, high = reliability(scale("abcdef", LEAGUE)), reliability(scale("abcdef", LEAGUE * 20))
    assert low.value is not None
    assert low.value < judging.RELIABLE
    assert "relied on" not in low.words
    assert "can be relied on" in high.words
    assert all("better than it is" in found.words for found in (low, high))


@given(looked_at(fewest=1))
def test_the_list_holds_everybody_once_best_first_with_places_that_fit(
    looks: tuple[str, tuple[Judgement, ...]],
) -> None:
    answers, _ = looks
    found = scale(*looks)
    rows = ranked(found)
    assert sorted(row.answer for row in rows) == sorted(answers)
    seen = [row for row in rows if row.looks]
    assert rows[: len(seen)] == tuple(seen)
    places = [row.place for row in seen]
    assert all(place is not None for place in places)
    assert places == sorted(places, key=lambda place: place or 0)
    assert all(row.place is None and "Not looked at" in row.words for row in rows[len(seen) :])
    for row in seen:
        assert row.place is not None
        assert row.best <= row.place <= row.worst
    alike = {row.answer: set(row.alike) for row in rows}
    for row, following in pairwise(rows):
        assert row.like_the_next == (following.answer in alike[row.answer])
    for one in answers:
        assert one not in alike[one]
        assert all(one in alike[other] for other in alike[one])


def test_a_table_that_never_met_the_other_stands_neither_above_nor_below_it() -> None:
    """Two of the first table always lose to its best, so that the prior alone would put that one above everybody."""
    answers = "abcdefghij"
    first = [chose("a", other) for other in "bcde"] * 40
    second = [chose(one, other) for one in "fghij" for other in "fghij" if one != other] * 40
    found = scale(answers, first + second)
    top = found.answers.index("a")
    best = max(range(5, 10), key=found.strengths.__getitem__)
    spread = found.covariance[top][top] + found.covariance[best][best] - 2 * found.covariance[top][best]
    assert found.strengths[top] - found.strengths[best] > judging.SURE * math.sqrt(spread)
    assert set("fghij") <= set(ranked(found)[0].alike)


def test_what_was_seen_little_is_not_told_apart_and_what_was_seen_much_is() -> None:
    few, many = ranked(scale("ab", [chose("a", "b")] * 2)), ranked(scale("ab", [chose("a", "b")] * 20))
    assert [row.answer for row in few] == [row.answer for row in many] == ["a", "b"]
    assert few[0].like_the_next
    assert "cannot be told apart" in few[0].words
    assert not many[0].like_the_next
    assert "clearly" in many[0].words


def test_answers_of_equal_strength_share_a_place() -> None:
    rows = ranked(scale("abc", [chose("a", "b"), chose("a", "c"), chose("b", "c"), chose("c", "b")] * 4))
    assert [(row.answer, row.place) for row in rows] == [("a", 1), ("b", 2), ("c", 2)]


def test_two_tables_that_never_met_are_not_told_apart_however_clear_each_is() -> None:
    found = scale("abcd", [chose("a", "b"), chose("c", "d")] * 30)
    alike = {row.answer: set(row.alike) for row in ranked(found)}
    assert alike == {"a": {"c", "d"}, "b": {"c", "d"}, "c": {"a", "b"}, "d": {"a", "b"}}


ROOMS = st.tuples(st.integers(2, 14), st.integers(0, 40), st.integers(0, 10_000))


@given(ROOMS)
def test_pairs_are_different_seldom_twice_running_and_on_either_side_alike(room: tuple[int, int, int]) -> None:
    number, looks, seed = room
    strengths = spread_out(number, 1.5, seed)
    answers = list(strengths)
    record = judge_all(answers, strengths, looks, seed)
    for before, one in pairwise(record):
        assert one.left != one.right
        shared = {before.left, before.right} & {one.left, one.right}
        assert len(shared) <= (0 if number > 4 else 1 if number > 2 else 2)
    seen = Counter(answer for one in record for answer in (one.left, one.right))
    counts = [seen[answer] for answer in answers]
    assert max(counts) - min(counts) <= 3
    lefts = Counter(one.left for one in record)
    assert all(abs(2 * lefts[answer] - seen[answer]) <= 4 for answer in answers)


@pytest.mark.parametrize("number", [*range(2, 14), 40])
def test_everybody_is_seen_before_anybody_is_seen_three_times_and_all_are_joined_as_soon_as_can_be(number: int) -> None:
    strengths = spread_out(number, 2, 1)
    answers = list(strengths)
    first = judge_all(answers, strengths, -(-number // 2), seed=1)
    counts = scale(answers, first).looks
    assert min(counts) >= 1
    assert max(counts) <= 2
    joined = judge_all(answers, strengths, number - 1, seed=1)
    assert len(set(scale(answers, joined).groups)) == 1


def test_who_meets_whom_at_first_does_not_follow_the_order_of_the_answers() -> None:
    answers = [f"answer {at:02}" for at in range(20)]
    first = judge_all(answers, dict.fromkeys(answers, 0.0), 10, seed=1)
    next_to_each_other = sum(abs(answers.index(one.left) - answers.index(one.right)) == 1 for one in first)
    assert next_to_each_other <= 3


def test_once_all_are_known_a_little_pairs_that_are_clear_already_are_left_alone() -> None:
    strengths = {answer: 6.0 * at for at, answer in enumerate("abcdefgh")}
    record = judge_all("abcdefgh", strengths, 60, seed=2)
    late = record[-20:]
    apart = [abs(strengths[one.left] - strengths[one.right]) for one in late]
    assert fmean(apart) < fmean(abs(a - b) for a in strengths.values() for b in strengths.values() if a != b) * 0.75


@given(ROOMS, st.randoms(use_true_random=False))
def test_the_same_judgements_bring_the_same_pair_in_whatever_order_the_answers_are_given(
    room: tuple[int, int, int], chance: random.Random
) -> None:
    number, looks, seed = room
    strengths = spread_out(number, 1, seed)
    answers = list(strengths)
    record = judge_all(answers, strengths, looks, seed)
    mixed = answers[:]
    chance.shuffle(mixed)
    assert next_pair(answers, record) == next_pair(mixed, record)


@given(ROOMS, st.data())
def test_a_judge_never_gets_their_own_answer(room: tuple[int, int, int], data: st.DataObject) -> None:
    number, looks, seed = room
    strengths = spread_out(number, 1, seed)
    answers = list(strengths)
    own = data.draw(st.sets(st.sampled_from(answers)))
    pair = next_pair(answers, judge_all(answers, strengths, looks, seed), left_out=own)
    if number - len(own) < 2:
        assert pair is None
    else:
        assert pair is not None
        assert not {pair.left, pair.right} & own


def test_somebody_who_comes_late_is_seen_next_and_somebody_who_takes_theirs_away_never_again() -> None:
    strengths = spread_out(6, 1, 1)
    answers = list(strengths)
    record = judge_all(answers, strengths, 20, seed=1)
    pair = next_pair([*answers, "late"], record)
    assert pair is not None
    assert "late" in (pair.left, pair.right)
    rest = answers[1:]
    assert scale(rest, record) == scale(rest, [one for one in record if answers[0] not in (one.left, one.right)])
    following = next_pair(rest, record)
    assert following is not None
    assert answers[0] not in (following.left, following.right)


@pytest.mark.parametrize(("number", "wanted"), [(2, 10), (3, 15), (7, 35), (12, 60), (40, 200)])
def test_the_advice_says_how_many_judgements_there_are_to_go_and_when_it_is_enough(number: int, wanted: int) -> None:
    strengths = spread_out(number, 1, 3)
    answers = list(strengths)
    nothing = advice(answers, ())
    assert (nothing.wanted, nothing.done, nothing.to_go, nothing.enough) == (wanted, 0, wanted, False)
    assert f"about {wanted} judgements" in nothing.words
    record: tuple[Judgement, ...] = ()
    left = wanted
    while not advice(answers, record).enough:
        pair = next_pair(answers, record)
        assert pair is not None
        record = (*record, Judgement(left=pair.left, right=pair.right, chosen=pair.left))
        now = advice(answers, record)
        assert now.to_go <= left
        assert now.done == len(record) <= wanted * 1.3
        left = now.to_go
    assert min(scale(answers, record).looks) >= judging.LOOKS
    assert "enough" in advice(answers, record).words


def test_one_answer_cannot_be_compared() -> None:
    assert next_pair("a", ()) is None
    assert next_pair("aa", ()) is None
    assert not advice("a", ()).enough
    assert ranked(scale("a", ()))[0].words == "Not looked at yet."
    assert scale("", ()).answers == ()


def test_the_last_judgement_is_undone_and_the_record_still_tells_of_it() -> None:
    record = judged(judged((), chose("a", "b")), chose("b", "c"))
    undone = judging.take_back(record, at=5)
    assert undone[:2] == record
    assert judging.standing(undone) == (chose("a", "b"),)
    again = judging.take_back(judging.take_back(judged(undone, Judgement(left="a", right="c", chosen="c", at=6)), 7), 8)
    assert judging.standing(again) == ()
    with pytest.raises(UserError, match="no judgement left"):
        judging.take_back(again, at=9)


@given(looked_at(), st.lists(st.booleans(), max_size=40))
def test_taking_back_is_as_if_it_had_never_been_judged(
    looks: tuple[str, tuple[Judgement, ...]], undo: list[bool]
) -> None:
    _, judgements = looks
    record: Record = ()
    stack: list[Judgement] = []
    coming = list(judgements)
    for back in undo:
        before = record
        if back and stack:
            record = judging.take_back(record, at=0)
            stack.pop()
        elif not back and coming:
            stack.append(coming.pop())
            record = judged(record, stack[-1])
        assert record[: len(before)] == before
    assert judging.standing(record) == tuple(stack)


@pytest.mark.parametrize("wrong", [("a", "a", "a"), ("a", "b", "c"), ("a", "b", "")])
def test_a_judgement_that_cannot_have_been_made_is_our_mistake(wrong: tuple[str, str, str]) -> None:
    left, right, chosen = wrong
    with pytest.raises(ValueError, match="two different answers"):
        judged((), Judgement(left=left, right=right, chosen=chosen))
    with pytest.raises(ValueError, match="comes before"):
        judged((chose("a", "b"), judging.TakenBack(at=4)), chose("a", "b"))


def test_forty_answers_and_four_hundred_judgements_take_less_than_fifty_milliseconds() -> None:
    strengths = spread_out(40, 1.5, 1)
    answers = list(strengths)
    chance = random.Random(1)
    record = []
    for _ in range(400):
        left, right = chance.sample(answers, 2)
        better = chance.random() < 1 / (1 + math.exp(strengths[right] - strengths[left]))
        record.append(Judgement(left=left, right=right, chosen=left if better else right))

    def seconds(work: Callable[[], object]) -> float:
        taken = []
        for _ in range(5):
            start = time.process_time()
            work()
            taken.append(time.process_time() - start)
        return min(taken)

    assert seconds(lambda: ranked(scale(answers, record))) < 0.05
    assert seconds(lambda: next_pair(answers, record)) < 0.05
