"""What the room and the facilitator see."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given

from cqcmock.domain.cafe import running_order as ro
from cqcmock.domain.cafe.events import Event, EventKind
from cqcmock.domain.cafe.rounds import Part, RoundKind
from cqcmock.domain.cafe.scene import Stage
from cqcmock.domain.cafe.session import fold, replanned, step
from cqcmock.domain.cafe.windows import (
    Lights,
    RoomView,
    facilitator_view,
    light,
    next_phase,
    room_view,
    round_clock,
    rounds_held,
    turn_clock,
)
from cqcmock.domain.interview import Light
from tests.domain.cafe.sessions import begun, event, histories, planned, question

K = EventKind


def asking() -> list[Event]:
    """In the first half of a round of pairs that asks a question."""
    return begun(3, ro.ask(planned(), "r3", question()))


def test_the_room_sees_the_question_the_clock_and_who_does_what() -> None:
    seen = room_view(fold(asking()), 130)
    assert (seen.title, seen.phase, seen.question, seen.listen_for) == ("Pairs", "A speaks", "About pride?", ())
    assert seen.parts == (Part(who="A", does="speaks"), Part(who="B", does="listens"))
    assert seen.clock is not None
    assert (seen.clock.left, seen.clock.seconds, seen.clock.light) == (290, 300, Light.IN_HAND)


def test_what_the_facilitator_hides_is_not_on_the_room_window_but_on_their_own() -> None:
    state = fold([*asking(), event(K.CLOCK_HIDDEN, 130), event(K.QUESTION_HIDDEN, 131)])
    assert (room_view(state, 140).clock, room_view(state, 140).question) == (None, "")
    mine = facilitator_view(state, 140)
    assert mine.question == question()
    assert mine.turn_clock is not None
    assert mine.turn_clock.left == 280
    shown = step(step(state, event(K.CLOCK_SHOWN, 150)), event(K.QUESTION_SHOWN, 151))
    assert room_view(shown, 160).question == "About pride?"
    assert room_view(shown, 160).clock is not None


def test_what_to_listen_for_is_shown_when_said_so_and_goes_with_another_question() -> None:
    shown = fold([*asking(), event(K.LISTEN_FOR_SHOWN, 130)])
    assert room_view(shown, 140).listen_for == ("names one person",)
    assert room_view(step(shown, event(K.LISTEN_FOR_HIDDEN, 140)), 140).listen_for == ()
    drawn = step(shown, event(K.QUESTION_DRAWN, 140, question=question("worry")))
    assert (room_view(drawn, 140).question, room_view(drawn, 140).listen_for) == ("About worry?", ())


def test_a_question_that_is_picked_while_hidden_stays_hidden() -> None:
    state = fold([*asking(), event(K.QUESTION_HIDDEN, 130), event(K.QUESTION_PICKED, 131, question=question("worry"))])
    assert room_view(state, 140).question == ""


def test_a_hidden_clock_stays_hidden_in_the_next_round() -> None:
    state = fold([*asking(), event(K.CLOCK_HIDDEN, 130), event(K.ROUND_BEGUN, 200, round=3)])
    assert room_view(state, 210).clock is None


def test_before_the_first_round_and_after_the_last_there_is_no_clock() -> None:
    welcome, done = fold(begun(0)), fold([*begun(7), event(K.FINISHED, 500)])
    assert room_view(welcome, 10) == RoomView(stage=Stage.WELCOME)
    assert room_view(done, 510) == RoomView(stage=Stage.FINISHED)
    assert (round_clock(welcome, 10), turn_clock(done, 510), next_phase(done)) == (None, None, None)
    assert facilitator_view(welcome, 10).next_round == planned().rounds[0]


def test_the_facilitator_sees_what_comes_next_how_late_it_is_and_what_undo_would_take_back() -> None:
    state = fold([*asking(), event(K.MINUTE_ADDED, 130, seconds=60)])
    mine = facilitator_view(state, 130)
    assert mine.next_round is not None
    assert mine.next_phase is not None
    assert (mine.next_round.kind, mine.next_phase.title) == (RoundKind.THREES, "B speaks")
    assert (mine.elapsed, mine.undo, mine.late) == (130, K.MINUTE_ADDED, 120 + 60 - 9 * 60)
    assert mine.to_say.startswith("One of you answers")
    assert mine.round_clock is not None
    assert mine.round_clock.left == 650


def test_a_stop_is_seen_in_the_room() -> None:
    paused = fold([*asking(), event(K.PAUSED, 130)])
    assert room_view(paused, 200).paused
    assert room_view(step(paused, event(K.INTERRUPTED, 140)), 200).interrupted


@pytest.mark.parametrize(
    ("left", "seconds", "shown"),
    [
        (60.1, 600, Light.IN_HAND),
        (60, 600, Light.WRAP_UP),
        (0, 600, Light.WRAP_UP),
        (-0.1, 600, Light.OVER),
        (31, 120, Light.IN_HAND),
        (30, 120, Light.WRAP_UP),
    ],
)
def test_the_lights_change_in_the_last_minute_or_the_last_quarter_of_a_short_turn(
    left: float, seconds: float, shown: Light
) -> None:
    assert light(left, seconds) is shown


def test_when_the_lights_change_is_data() -> None:
    assert light(100, 600, Lights(seconds=120, percent=50)) is Light.WRAP_UP


def test_the_record_of_the_rounds_has_their_seconds_and_questions_and_what_was_skipped() -> None:
    events = [*asking(), event(K.QUESTION_DRAWN, 130, question=question("worry")), event(K.SKIPPED, 150)]
    held = rounds_held(fold(events), 160)
    assert [(one.title, one.seconds, one.turns, one.skipped) for one in held] == [
        ("You said, we did", 60, 0, False),
        ("Pride and worry cards", 60, 0, False),
        ("Pairs", 30, 1, True),
        ("Threes", 10, 1, False),
    ]
    assert [one.question for one in held[2].questions] == ["pride", "worry"]


def test_a_round_that_was_begun_and_later_left_out_is_still_on_the_record() -> None:
    state = fold([*begun(4), event(K.WENT_BACK, 200), event(K.PAUSED, 250), event(K.RESUMED, 3300)])
    late = step(state, event(K.LATE, 3300, order=replanned(state, 3300).order))
    assert "r4" not in {one.id for one in late.order.rounds}
    assert [(one.round_id, one.seconds) for one in rounds_held(late, 3300)][-1] == ("r4", 20)


def test_nothing_of_a_tally_or_of_the_facilitators_is_in_the_rooms_view() -> None:
    assert {field.name for field in fields(RoomView)} == {
        "stage",
        "title",
        "phase",
        "parts",
        "whose",
        "question",
        "probe",
        "listen_for",
        "clock",
        "paused",
        "interrupted",
    }


@given(histories())
def test_both_windows_can_be_drawn_after_anything(events: list[Event]) -> None:
    state = fold(events)
    at = state.last_at + 5
    mine = facilitator_view(state, at)
    assert mine.room == room_view(state, at)
    assert (mine.round_clock is None) == (state.stage is not Stage.ROUND)
    if state.progress is not None and state.stage is Stage.ROUND:
        assert (mine.room.clock is not None) == state.scene.clock_shown
        assert (mine.room.question != "") == (state.question is not None and state.progress.question_shown)
        assert not mine.room.listen_for or state.progress.listen_for_shown


def test_the_third_speaker_is_called_the_third_although_two_were_planned() -> None:
    events = [*begun(5), *(event(K.SWAPPED, 250 + 10 * number) for number in range(3))]
    state = fold(events)
    assert (room_view(state, 300).phase, state.progress and len(state.progress.phases)) == (
        "What speaker 2 was heard to say",
        4,
    )
    called = []
    for number in range(4):
        coming = next_phase(state)
        assert coming is not None
        state = step(state, event(K.SWAPPED, 300 + 10 * number))
        assert room_view(state, 350).phase == coming.title
        called.append(coming.title)
    assert called == [
        "Speaker 3 answers", "What speaker 3 was heard to say", "Speaker 4 answers", "What speaker 4 was heard to say",
    ]  # fmt: skip
