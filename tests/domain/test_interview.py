"""The rules of an interview: what may follow what, what the clock says, and that the fold is pure."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cqcmock.domain import interview
from cqcmock.domain.interview import Event, EventKind, Light, OutOfOrderError, Phase, State, fold
from cqcmock.domain.modes import Mode
from cqcmock.domain.plan import Plan, Timing
from tests.domain.worlds import event, plan

K = EventKind


def answered_once() -> list[Event]:
    return [
        event(K.QUESTION_SHOWN, 0, question=0),
        event(K.PREPARATION_STARTED, 0),
        event(K.ANSWERING_STARTED, 8),
        event(K.TEXT_SAVED, 20, text="We hear from carers"),
        event(K.ANSWER_ENDED, 50),
    ]


def test_an_answer_keeps_its_text_and_its_times() -> None:
    state = fold(answered_once(), plan())
    assert state.phase is Phase.BETWEEN
    assert (state.take.text, state.take.prepare_seconds, state.take.answer_seconds) == ("We hear from carers", 8, 42)


def test_a_pause_stops_the_clock_of_the_answer() -> None:
    events = [*answered_once()[:4], event(K.PAUSED, 30), event(K.RESUMED, 630), event(K.ANSWER_ENDED, 640)]
    assert fold(events, plan()).take.answer_seconds == 32


def test_a_realistic_run_can_pause_only_between_questions() -> None:
    realistic = plan(mode=Mode.REALISTIC)
    speaking = fold(answered_once()[:4], realistic)
    assert K.PAUSED not in interview.allowed(speaking, realistic)
    assert K.PAUSED in interview.allowed(fold(answered_once(), realistic), realistic)


def test_a_realistic_run_has_no_notes_no_taps_and_no_second_take() -> None:
    realistic = plan(mode=Mode.REALISTIC)
    between = fold(answered_once(), realistic)
    assert not {K.NOTE_SAVED, K.TAPPED} & interview.allowed(between, realistic)
    with pytest.raises(OutOfOrderError):
        interview.step(between, event(K.QUESTION_SHOWN, 60, question=0), realistic)


def with_an_interviewer() -> tuple[list[Event], Plan]:
    """A first answer, and the probe that a tap brought in the middle of it."""
    tapped = [
        event(K.TAPPED, 30, text="vague"),
        event(K.ANSWER_ENDED, 30),
        event(K.PROBE_ASKED, 30, text="How do you know?", cue="vague"),
    ]
    return [*answered_once()[:4], *tapped], plan(mode=Mode.INTERVIEWER)


def test_an_interviewer_taps_while_somebody_answers_and_after_it_and_not_before() -> None:
    events, chosen = with_an_interviewer()
    may_tap = [K.TAPPED in interview.allowed(fold(events[:number], chosen), chosen) for number in range(len(events))]
    assert may_tap == [False, False, False, True, True, True, True]
    assert fold(events, chosen).phase is Phase.PROBE


def test_an_interview_with_an_interviewer_can_pause_anywhere_and_has_no_notes_and_no_second_take() -> None:
    events, chosen = with_an_interviewer()
    for number in range(1, len(events) + 1):
        kinds = interview.allowed(fold(events[:number], chosen), chosen)
        assert K.PAUSED in kinds
        assert K.NOTE_SAVED not in kinds
    with pytest.raises(OutOfOrderError):
        interview.step(fold(events[:6], chosen), event(K.QUESTION_SHOWN, 60, question=0), chosen)


def test_a_tap_that_is_taken_back_leaves_nothing_and_its_probe_gives_way_to_the_answer() -> None:
    events, chosen = with_an_interviewer()
    back = [event(K.TAPPED, 34, text=interview.TAKEN_BACK), event(K.ANSWERING_STARTED, 34)]
    state = fold([*events, *back], chosen)
    assert (state.phase, state.taps, state.take.probes) == (Phase.ANSWER, (), ())
    assert (state.open_text, state.take.prepare_seconds) == ("We hear from carers", 8)
    assert state.seconds_used(40) == 22 + 6


def test_a_probe_with_words_in_its_answer_does_not_give_way() -> None:
    events, chosen = with_an_interviewer()
    typed = [*events, event(K.TEXT_SAVED, 33, text="From the survey")]
    assert K.ANSWERING_STARTED in interview.allowed(fold(events, chosen), chosen)
    assert K.ANSWERING_STARTED not in interview.allowed(fold(typed, chosen), chosen)


def test_nothing_is_taken_back_that_was_not_tapped_at_this_question() -> None:
    events, chosen = with_an_interviewer()
    back = event(K.TAPPED, 80, text=interview.TAKEN_BACK)
    with pytest.raises(OutOfOrderError):
        fold([*events[:4], back], chosen)
    following = [
        event(K.ANSWER_ENDED, 60),
        event(K.QUESTION_SHOWN, 70, question=1),
        event(K.ANSWERING_STARTED, 75),
    ]
    with pytest.raises(OutOfOrderError):
        fold([*events, *following, back], chosen)


def test_practice_can_answer_a_question_again_and_keeps_both_takes() -> None:
    again = [
        event(K.QUESTION_SHOWN, 60, question=0),
        event(K.ANSWERING_STARTED, 60),
        event(K.TEXT_SAVED, 70, text="Better"),
        event(K.ANSWER_ENDED, 80),
    ]
    takes = fold([*answered_once(), *again], plan()).takes[0]
    assert [take.text for take in takes] == ["We hear from carers", "Better"]


def test_a_probe_has_an_answer_and_a_clock_of_its_own() -> None:
    events = [
        *answered_once(),
        event(K.PROBE_ASKED, 51, text="How do you know?", cue="no-number"),
        event(K.TEXT_SAVED, 60, text="From the survey"),
        event(K.ANSWER_ENDED, 71),
    ]
    take = fold(events, plan()).take
    assert take.answer_seconds == 42
    assert (take.probes[0].answer, take.probes[0].seconds) == ("From the survey", 20)
    assert take.spoken == "We hear from carers\n\nFrom the survey"


def test_no_fourth_probe_is_asked() -> None:
    events = answered_once()
    for number in range(3):
        at = 60 + 10 * number
        events += [event(K.PROBE_ASKED, at, text=f"Probe {number}?"), event(K.ANSWER_ENDED, at + 5)]
    assert K.PROBE_ASKED not in interview.allowed(fold(events, plan()), plan())


def test_a_question_cannot_be_skipped() -> None:
    with pytest.raises(OutOfOrderError):
        fold([*answered_once(), event(K.QUESTION_SHOWN, 60, question=2)], plan())


def test_nothing_happens_before_what_came_before() -> None:
    with pytest.raises(OutOfOrderError):
        fold([*answered_once(), event(K.QUESTION_SHOWN, 49, question=1)], plan())


def test_finishing_in_mid_answer_keeps_the_words_and_the_time() -> None:
    state = fold([*answered_once()[:4], event(K.FINISHED, 33)], plan())
    assert state.phase is Phase.OWN_MARKS
    assert (state.take.text, state.take.answer_seconds) == ("We hear from carers", 25)


def test_last_words_marks_and_reflection_follow_in_that_order() -> None:
    events = [
        *answered_once(),
        event(K.LAST_WORDS_ASKED, 60),
        event(K.TEXT_SAVED, 65, text="Come and see"),
        event(K.FINISHED, 80),
    ]
    over = fold(events, plan(questions=1))
    assert (over.phase, over.last_words, over.last_words_seconds) == (Phase.OWN_MARKS, "Come and see", 20)
    marked = interview.step(over, event(K.MARKS_GIVEN, 90), plan(questions=1))
    reflected = interview.step(marked, event(K.REFLECTION_WRITTEN, 99), plan(questions=1))
    assert (marked.phase, reflected.phase) == (Phase.REFLECTION, Phase.DONE)


def test_an_interruption_stops_the_clock_at_the_last_tick() -> None:
    interrupted = fold([*answered_once()[:4], event(K.INTERRUPTED, 25, text="asleep")], plan())
    assert interrupted.seconds_used(at=10_000) == 17
    assert interrupted.stopped_because == "asleep"


@pytest.mark.parametrize(
    ("seconds", "light"),
    [(0, Light.IN_HAND), (59.9, Light.IN_HAND), (60, Light.WRAP_UP), (90, Light.WRAP_UP), (90.1, Light.OVER)],
)
def test_the_lights_change_at_the_target_and_past_the_limit(seconds: float, light: Light) -> None:
    assert interview.light(seconds, Timing(prepare=0, target=60, limit=90)) is light


@pytest.mark.parametrize(
    ("monotonic", "wall", "gap"),
    [(0.25, 0.25, 0), (4.9, 4.9, 0), (0.25, 3600.25, 3600), (30, 30, 30), (0.25, -3599.75, 3600)],
)
def test_time_that_nobody_was_there_for_is_noticed_on_either_clock(monotonic: float, wall: float, gap: float) -> None:
    assert interview.unexplained_gap(monotonic, wall) == gap


@st.composite
def histories(draw: st.DrawFn) -> tuple[Plan, list[Event]]:
    """Any run of events that the rules allow."""
    chosen = plan(
        questions=draw(st.integers(1, 3)),
        mode=draw(st.sampled_from(Mode)),
        prepare=draw(st.sampled_from([0, 10])),
        most_probes=draw(st.integers(0, 3)),
    )
    state, events, at = State(), [], 0.0
    for _ in range(draw(st.integers(1, 40))):
        kinds = sorted(interview.allowed(state, chosen))
        if (
            state.phase is Phase.BETWEEN
            and state.question + 1 >= len(chosen.questions)
            and chosen.mode is not Mode.PRACTICE
        ):
            kinds = [kind for kind in kinds if kind is not K.QUESTION_SHOWN]
        if not kinds:
            break
        kind = draw(st.sampled_from(kinds))
        at += draw(st.floats(0, 100))
        position = (
            min(state.question + 1, len(chosen.questions) - 1) if kind is K.QUESTION_SHOWN else max(state.question, 0)
        )
        happened = event(kind, at, question=position, text=draw(st.text(max_size=5)))
        if interview.supersedes(happened, events[-1] if events else None):
            events.pop()
            state = fold(events, chosen)
        events.append(happened)
        state = interview.step(state, happened, chosen)
    return chosen, events


@given(histories())
@settings(max_examples=150)
def test_reading_the_list_gives_the_state_again_from_any_point(history: tuple[Plan, list[Event]]) -> None:
    chosen, events = history
    state = State()
    for number, happened in enumerate(events, start=1):
        state = interview.step(state, happened, chosen)
        assert state == fold(events[:number], chosen)


@given(histories(), st.floats(0, 1000))
def test_no_time_is_ever_negative_or_more_than_has_passed(history: tuple[Plan, list[Event]], later: float) -> None:
    chosen, events = history
    state = fold(events, chosen)
    end = state.last_at + later
    assert 0 <= state.seconds_used(end) <= end
    spent = sum(
        take.prepare_seconds + take.answer_seconds + sum(probe.seconds for probe in take.probes)
        for takes in state.takes
        for take in takes
    )
    assert -1e-6 <= spent <= state.last_at + 1e-6


@given(histories())
def test_the_last_word_typed_is_the_word_kept(history: tuple[Plan, list[Event]]) -> None:
    chosen, events = history
    state = fold(events, chosen)
    if events and events[-1].kind is K.TEXT_SAVED:
        assert state.open_text == events[-1].text


def test_a_later_save_of_the_same_answer_takes_the_place_of_the_one_before() -> None:
    first, second = event(K.TEXT_SAVED, 1, text="a"), event(K.TEXT_SAVED, 2, text="ab")
    assert interview.supersedes(second, first)
    assert not interview.supersedes(second, event(K.RESUMED, 1))
    assert not interview.supersedes(second, None)
