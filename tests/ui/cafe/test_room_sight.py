"""What the room sees, in words: never more than it is meant to."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cqcmock.domain.cafe.events import EventKind, TapKind
from cqcmock.domain.cafe.rounds import RoundKind, RoundQuestion, new_round
from cqcmock.domain.cafe.running_order import RunningOrder
from cqcmock.domain.cafe.scene import State
from cqcmock.domain.cafe.session import fold, step
from tests.domain.cafe.sessions import event
from ui.cafe.room_sight import STOPPED, THANKS, WELCOME, WHICH, room_sight
from ui.widgets.pill import Tone

K = EventKind
QUESTION = RoundQuestion(bank="b", question="q", text="Who lives here?", listen_for=("Names two groups",))
ROUNDS = (
    new_round(RoundKind.OPENING, "open", minutes=4),
    new_round(RoundKind.HOT_SEAT, "hot", minutes=10, question=QUESTION),
    new_round(RoundKind.JUDGEMENT, "judge", minutes=6),
)


def begun(rounds: int) -> State:
    order = RunningOrder(seconds=sum(one.seconds for one in ROUNDS), rounds=ROUNDS)
    events = [event(K.PLANNED, 0, order=order), event(K.STARTED, 0)]
    events += [event(K.ROUND_BEGUN, 10.0 * number, round=number) for number in range(rounds)]
    return fold(events)


def test_before_the_first_round_the_room_is_welcomed() -> None:
    assert room_sight(begun(0), 5, title="Café").main == WELCOME


def test_the_opening_round_shows_what_is_still_open() -> None:
    sight = room_sight(begun(1), 5, title="Café", still_open=["The duty phone"])
    assert sight.lines == ("The duty phone",)
    assert "duty phone" in sight.in_words


def test_what_to_listen_for_is_shown_only_when_the_facilitator_says_so() -> None:
    state = begun(2)
    assert room_sight(state, 20, title="").lines == ()
    assert room_sight(step(state, event(K.LISTEN_FOR_SHOWN, 20)), 21, title="").lines == ("Names two groups",)


def test_the_clock_has_shape_word_and_time_and_can_be_hidden() -> None:
    state = begun(2)
    clock = room_sight(state, 20, title="").clock
    assert clock is not None
    assert clock.text.startswith("● In hand")
    assert room_sight(step(state, event(K.CLOCK_HIDDEN, 20)), 21, title="").clock is None


def test_past_its_time_the_clock_counts_up() -> None:
    clock = room_sight(begun(2), 10 + 10_000, title="").clock
    assert clock is not None
    assert clock.tone is Tone.OVER
    assert "left" not in clock.text


def test_a_pause_is_said_although_the_clock_is_hidden() -> None:
    state = step(step(begun(2), event(K.CLOCK_HIDDEN, 20)), event(K.PAUSED, 21))
    clock = room_sight(state, 22, title="").clock
    assert clock is not None
    assert clock.word == "Paused"


def test_two_answers_are_shown_in_their_round_only() -> None:
    pair = ("We asked forty carers.", "We are committed.")
    assert room_sight(begun(2), 20, title="", pair=pair).beside is None
    assert room_sight(begun(3), 30, title="", pair=pair).beside == pair


def test_a_finished_session_thanks_the_room() -> None:
    assert room_sight(step(begun(3), event(K.FINISHED, 40)), 41, title="Café").main == THANKS


@given(st.lists(st.sampled_from(list(TapKind)), max_size=20))
def test_the_room_never_sees_a_tally(taps: list[TapKind]) -> None:
    state = begun(2)
    before = room_sight(state, 30, title="Café")
    for tap in taps:
        state = step(state, event(K.TAPPED, 30, text=tap.value))
    assert room_sight(state, 30, title="Café") == before


def test_whose_turn_it_is_stands_for_the_one_who_speaks_and_not_for_those_who_listen() -> None:
    state = step(begun(2), event(K.WHOSE_TURN, 20, text="The blue table"))
    assert room_sight(state, 21, title="").under == "The blue table answers · Everybody else listens"
    heard = room_sight(step(state, event(K.SWAPPED, 30)), 31, title="").under
    assert heard == "Everybody else says what they heard · The blue table listens"


def test_nothing_that_the_room_reads_speaks_to_the_facilitator() -> None:
    assert room_sight(begun(1), 5, title="Café").under == "Everybody listens and adds"


def test_in_the_closing_the_room_reads_what_everybody_is_asked_for() -> None:
    closing = RunningOrder(seconds=240, rounds=(new_round(RoundKind.CLOSING, "close", minutes=4),))
    state = fold(
        [event(K.PLANNED, 0, order=closing), event(K.STARTED, 0), event(K.ROUND_BEGUN, 0, round=0)],
    )
    assert "take away" in room_sight(state, 5, title="Café").main


def test_two_answers_have_the_place_and_the_question_stands_below_them() -> None:
    sight = room_sight(begun(3), 30, title="", pair=("We asked forty carers.", "We are committed."))
    assert (sight.main, sight.under) == ("", WHICH)
    stopped = step(begun(3), event(K.INTERRUPTED, 30, text="The computer was asleep."))
    assert room_sight(stopped, 31, title="", pair=("One", "Two")).under == STOPPED
