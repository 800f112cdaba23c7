"""The draw of questions: repeatable, spread out, and fair to what was practised least."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcmock.domain.choosing import Candidate, draw
from cqcmock.domain.questions import Kind
from cqcmock.errors import UserError
from tests.domain.worlds import question

THEMES = [f"theme-{letter}" for letter in "abcdef"]


def bank(middle: int = 18) -> tuple[Candidate, ...]:
    questions = [
        question("opener", Kind.OPENER, themes=("place",)),
        *(question(f"q{n}", themes=(THEMES[n % len(THEMES)],)) for n in range(middle)),
        question("closing", Kind.CLOSING, themes=("pride",)),
    ]
    return tuple(Candidate(bank="b", bank_version=1, question=q) for q in questions)


def ids(drawn: tuple[Candidate, ...]) -> list[str]:
    return [candidate.question.id for candidate in drawn]


@given(st.integers(3, 12), st.integers(0, 2**31))
def test_the_opener_is_first_the_closing_last_and_nothing_is_asked_twice(count: int, seed: int) -> None:
    drawn = ids(draw(bank(), count, seed, {}))
    assert (drawn[0], drawn[-1]) == ("opener", "closing")
    assert len(set(drawn)) == len(drawn) == count


@given(st.integers(1, 12), st.integers(0, 2**31), st.dictionaries(st.integers(0, 17), st.integers(0, 5)))
def test_the_same_seed_gives_the_same_draw(count: int, seed: int, times: dict[int, int]) -> None:
    practised = {("b", f"q{n}"): t for n, t in times.items()}
    assert draw(bank(), count, seed, practised) == draw(bank(), count, seed, practised)


@given(st.integers(3, 20), st.integers(0, 2**31), st.dictionaries(st.integers(0, 17), st.integers(0, 5)))
def test_no_theme_comes_back_while_another_has_not_been_asked(count: int, seed: int, times: dict[int, int]) -> None:
    practised = {("b", f"q{n}"): t for n, t in times.items()}
    themes = Counter(c.question.themes[0] for c in draw(bank(), count, seed, practised)[1:-1])
    spread = [themes[theme] for theme in THEMES]
    assert max(spread) - min(spread) <= 1


@given(st.integers(0, 2**31))
def test_within_a_theme_the_question_practised_least_is_drawn(seed: int) -> None:
    practised = {("b", f"q{n}"): 1 for n in range(18) if n not in (6, 13)}
    drawn = ids(draw(bank(), 8, seed, practised))
    assert {"q6", "q13"} <= set(drawn)


def test_different_seeds_give_different_draws() -> None:
    assert len({tuple(ids(draw(bank(), 6, seed, {}))) for seed in range(30)}) > 5


def test_questions_between_keep_the_order_of_their_bank() -> None:
    middle = ids(draw(bank(), 9, 7, {}))[1:-1]
    assert middle == sorted(middle, key=lambda name: int(name[1:]))


def test_a_small_bank_gives_all_it_has() -> None:
    assert len(draw(bank(middle=2), 10, 1, {})) == 4


@pytest.mark.parametrize(("pool", "count"), [((), 3), (bank(), 0)])
def test_nothing_to_draw_is_said_in_a_sentence(pool: tuple[Candidate, ...], count: int) -> None:
    with pytest.raises(UserError):
        draw(pool, count, 1, {})
