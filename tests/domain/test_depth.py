"""With an interviewer: how deep a question went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcmock.domain.depth import Reply, depth
from cqcmock.domain.hearing import Finding, FindingKind, HeardNumber, HeardPoint, Hearing
from cqcmock.listening import listen
from tests.domain.worlds import question

OPENER = "Tell me about waiting."
PROBES = ("How do you know?", "Can you give one example?", "Who says so?")
FIRST = Reply(text="We are proud of how residents are supported across the county.")


def heard(
    text: str,
    points: Sequence[str] = (),
    numbers: Sequence[float] = (),
    examples: Sequence[str] = (),
    voices: Sequence[str] = (),
) -> Reply:
    """A reply and what a listener would have found in it."""
    kinds = [(FindingKind.EXAMPLE, words) for words in examples] + [(FindingKind.VOICE, words) for words in voices]
    return Reply(
        text=text,
        hearing=Hearing(
            points=tuple(
                HeardPoint(
                    id=each, label=each.title(), heard=each in points, negated=False, spans=(), words_heard=0, probe="?"
                )
                for each in ("carers", "waiting")
            ),
            numbers=tuple(HeardNumber(text=f"{n:g}", value=n, unit="days", year=None, span=(0, 1)) for n in numbers),
            findings=tuple(Finding(kind=kind, text=words, span=(0, 1), why="") for kind, words in kinds),
        ),
    )


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (heard("b", points=["carers"]), "“Carers”"),
        (heard("b", numbers=[28]), "a number (28)"),
        (heard("b", numbers=[28, 40]), "numbers (28 and 40)"),
        (heard("b", examples=["last month a family"]), "an example (“last month a family”)"),
        (heard("b", voices=["carers told us"]), "what people say (“carers told us”)"),
        (heard("b", points=["carers"], numbers=[3]), "“Carers” and a number (3)"),
    ],
)
def test_a_new_point_number_example_or_voice_is_something_new_and_is_named(reply: Reply, why: str) -> None:
    found = depth(OPENER, PROBES[:1], [heard("a"), reply])
    assert found.reached == found.asked == 1
    assert why in found.why


@pytest.mark.parametrize(
    "said", [{"points": ["carers"]}, {"numbers": [28.0]}, {"examples": ["Last month"]}, {"voices": ["told us"]}]
)
def test_what_was_heard_before_in_this_question_is_not_new(said: dict[str, Sequence[str]]) -> None:
    found = depth(OPENER, PROBES[:2], [heard("a"), heard("b", **said), heard("c", **said)])  # type: ignore[arg-type]
    assert [answer.new for answer in found.answers] == [True, False]
    assert found.reached == 1


def test_what_the_person_has_overruled_does_not_count() -> None:
    reply = heard("b", points=["carers"], numbers=[3], examples=["one person"])
    assert reply.hearing is not None
    overruled = Hearing(
        points=tuple(replace(point, overruled=point.heard) for point in reply.hearing.points),
        numbers=tuple(replace(number, overruled=True) for number in reply.hearing.numbers),
        findings=tuple(replace(finding, overruled=True) for finding in reply.hearing.findings),
    )
    assert depth(OPENER, PROBES[:1], [heard("a"), replace(reply, hearing=overruled)]).reached == 0


def test_a_number_that_was_overruled_before_is_new_when_it_is_really_said() -> None:
    misheard = heard("b", numbers=[28])
    assert misheard.hearing is not None
    overruled = replace(misheard.hearing, numbers=(replace(misheard.hearing.numbers[0], overruled=True),))
    found = depth(OPENER, PROBES[:2], [heard("a"), replace(misheard, hearing=overruled), heard("c", numbers=[28])])
    assert [answer.new for answer in found.answers] == [False, True]


def test_the_same_words_again_are_not_new_even_where_only_the_second_time_was_listened_to() -> None:
    text = "Carers wait 28 days."
    found = depth(OPENER, PROBES[:1], [Reply(text=text), heard("carers wait 28 days", numbers=[28])])
    assert found.reached == 0
    assert "same words" in found.why


def test_real_answers_are_as_deep_as_what_they_bring() -> None:
    about = question()
    texts = (
        "We are proud of how we support people and we are always improving.",
        "We ask unpaid carers, and the median wait is 28 days.",
        "As I said, the median wait is 28 days, and we are proud of that.",
        "Last month one person told us that she waited eleven weeks for a ramp.",
    )
    replies = [Reply(text=text, hearing=listen(text, about)) for text in texts]
    found = depth(about.text, PROBES, replies)
    assert [answer.new for answer in found.answers] == [True, False, True]
    assert found.reached == 2
    assert "28" in found.why


def test_without_a_hearing_words_that_say_something_count_and_filling_does_not() -> None:
    filling = Reply(
        text="Well, I really do not know, I think somebody else would probably be better placed to say that."
    )
    telling = Reply(text="Every Tuesday the duty team rings forty households and visits anyone living alone.")
    found = depth(OPENER, PROBES[:2], [FIRST, filling, telling])
    assert [answer.new for answer in found.answers] == [False, True]
    assert "too few" in found.answers[0].why
    assert "“tuesday”" in found.answers[1].why


def test_echoing_the_question_is_nothing_new() -> None:
    long_probe = "Which neighbourhood, school, surgery, library or chapel tells you that?"
    echo = Reply(text="The neighbourhood, the school, the surgery, the library, the chapel tells us.")
    assert depth(OPENER, [long_probe], [FIRST, echo]).reached == 0
    assert depth(OPENER, PROBES[:1], [FIRST, echo]).reached == 1


def test_where_nothing_is_typed_the_interviewer_decides() -> None:
    found = depth(OPENER, PROBES, [Reply(), Reply(good=True), Reply(), Reply(good=True)])
    assert [answer.new for answer in found.answers] == [True, False, True]
    assert "was answered aloud, and the interviewer tapped “good”" in found.why


def test_a_note_of_a_few_words_leaves_the_interviewers_good_and_a_typed_answer_does_not() -> None:
    note, empty_words = Reply(text="yes, March", good=True), Reply(text="We do it all very well indeed.", good=True)
    assert depth(OPENER, PROBES[:1], [FIRST, note]).reached == 1
    assert depth(OPENER, PROBES[:1], [FIRST, replace(note, good=False)]).reached == 0
    assert depth(OPENER, PROBES[:1], [FIRST, empty_words]).reached == 0


def test_a_probe_that_nobody_answered_is_asked_and_not_reached() -> None:
    found = depth(OPENER, PROBES[:2], [FIRST])
    assert (found.reached, found.asked) == (0, 2)
    assert "was not answered" in found.why
    assert depth(OPENER, (), [FIRST]).why == "No follow-up question was asked."


WORDS = st.lists(
    st.sampled_from(["carers", "wait", "Tuesday", "library", "28", "households", "the", "and", "told", "ramp", "duty"]),
    max_size=12,
).map(" ".join)
REPLIES = st.builds(Reply, text=WORDS, good=st.booleans()) | st.builds(
    heard,
    WORDS,
    points=st.lists(st.sampled_from(["carers", "waiting"]), max_size=2),
    numbers=st.lists(st.sampled_from([3.0, 28.0]), max_size=2),
    examples=st.lists(st.sampled_from(["one person", "last week"]), max_size=2),
    voices=st.lists(st.just("told us"), max_size=1),
)


@given(st.lists(REPLIES, min_size=1, max_size=4))
def test_depth_is_how_many_probes_brought_something_new_and_every_one_has_a_reason(replies: list[Reply]) -> None:
    probes = PROBES[: len(replies) - 1]
    found = depth(OPENER, probes, replies)
    assert found == depth(OPENER, probes, replies)
    assert 0 <= found.reached <= found.asked == len(probes) <= 3
    assert found.reached == sum(answer.new for answer in found.answers)
    assert all(answer.why in found.why for answer in found.answers)


@given(st.lists(REPLIES, min_size=1, max_size=3), REPLIES)
def test_one_answer_more_changes_nothing_before_it_and_never_makes_less(replies: list[Reply], more: Reply) -> None:
    before = depth(OPENER, PROBES[: len(replies) - 1], replies)
    after = depth(OPENER, PROBES[: len(replies)], [*replies, more])
    assert after.answers[:-1] == before.answers
    assert after.reached in (before.reached, before.reached + 1)


@given(st.lists(REPLIES, min_size=1, max_size=3), st.data())
def test_saying_the_same_once_more_is_never_new(replies: list[Reply], data: st.DataObject) -> None:
    again = replace(data.draw(st.sampled_from(replies)), good=False)
    found = depth(OPENER, PROBES[: len(replies)], [*replies, replace(again, text=f"{again.text.upper()}!")])
    assert not found.answers[-1].new
