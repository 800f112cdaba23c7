"""A run of words that comes again and again is told once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.listening.hearing_of import hear, texts


def test_three_words_said_three_times_are_a_repeat() -> None:
    said = (
        "We put residents first. Always residents first with us: we put residents first. Yes, we put residents first."
    )
    assert texts(said, "repeat") == ["We put residents first"]


def test_five_words_said_twice_are_a_repeat() -> None:
    said = "There's always room for improvement. I say to them, there’s always room for improvement, I do."
    assert texts(said, "repeat") == ["There's always room for improvement"]


def test_three_words_said_twice_are_none() -> None:
    assert texts("We put residents first. We put residents first.", "repeat") == []


def test_a_run_of_small_words_is_none() -> None:
    assert texts("It is what it is. It is what it is. It is what it is, and that is that.", "repeat") == []


def test_a_run_does_not_cross_a_full_stop() -> None:
    assert texts("We ring carers. First thing we ring carers. First thing.", "repeat") == []


def test_the_reason_says_how_often() -> None:
    said = "The plan works well. " * 6
    (found,) = (finding for finding in hear(said).findings if finding.kind == "repeat")
    assert found.why == "You say this 6 times."


WORDS = "we ring carers back every monday morning"


@given(st.lists(st.sampled_from(WORDS.split(" ")), max_size=40).map(" ".join))
def test_what_is_told_as_repeated_is_said_at_least_twice(said: str) -> None:
    for text in texts(said, "repeat"):
        assert said.casefold().count(text.casefold()) >= 2
