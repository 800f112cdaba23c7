"""A café session: what the clocks show whatever happens, what an undo brings back, and what the room may see."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cqcmock.domain.cafe import running_order as ro
from cqcmock.domain.cafe.events import DEEDS, Event, EventKind, supersedes
from cqcmock.domain.cafe.scene import Stage, State
from cqcmock.domain.cafe.session import allowed, fold, replanned, step, turn_label
from cqcmock.domain.interview import OutOfOrderError
from cqcmock.errors import UserError
from tests.domain.cafe.sessions import Simulation, begun, event, histories, planned, question

K = EventKind


# --- One thing after another


def test_a_session_is_planned_started_and_goes_through_its_rounds() -> None:
    assert fold([]).stage is Stage.PLANNING
    assert allowed(fold([])) == {K.PLANNED}
    assert fold(begun(0)).stage is Stage.WELCOME
    state = fold(begun(2))
    assert (state.stage, state.scene.round, state.seconds_used(100)) == (Stage.ROUND, 1, 40)
    assert state.round == planned().rounds[1]
    assert state.next_round == planned().rounds[2]
    done = fold([*begun(7), event(K.FINISHED, 500)])
    assert (done.stage, done.next_round, sorted(allowed(done))) == (Stage.FINISHED, None, [K.UNDONE])


def test_nothing_comes_before_what_came_before_and_nothing_that_makes_no_sense() -> None:
    state = fold([*begun(), event(K.TICKED, 100)])
    for wrong in (
        event(K.PAUSED, 99),
        event(K.RESUMED, 101),
        event(K.ROUND_BEGUN, 101, round=2),
        event(K.WENT_BACK, 101),
        event(K.SWAPPED, 101),
        event(K.MINUTE_ADDED, 101),
        event(K.QUESTION_DRAWN, 101),
        event(K.QUESTION_SHOWN, 101),
        event(K.LATE, 101),
        event(K.TAPPED, 101, text="ah"),
        event(K.PLANNED, 101, order=planned()),
        event(K.STARTED, 101),
    ):
        with pytest.raises(OutOfOrderError):
            step(state, wrong)
    with pytest.raises(OutOfOrderError):
        step(State(), event(K.PLANNED))
    with pytest.raises(OutOfOrderError):
        step(fold([*begun(), event(K.INTERRUPTED, 100)]), event(K.CARRIED_ON, 101, seconds=-1))


def test_a_pause_stops_the_clock_of_the_round_but_not_of_the_session() -> None:
    state = fold([*begun(), event(K.PAUSED, 100), event(K.RESUMED, 400)])
    assert (state.seconds_used(410), state.seconds_left(410), state.elapsed(410)) == (110, 130, 410)


def test_an_added_minute_is_there_at_once_in_round_and_turn() -> None:
    state = fold([*begun(3), event(K.MINUTE_ADDED, 200, seconds=60)])
    assert state.round is not None
    assert (state.round.seconds, state.seconds_left(200), state.turn_seconds_left(200)) == (600, 580, 280)


def test_a_skipped_round_is_left_with_what_it_used_and_the_next_one_runs() -> None:
    state = fold([*begun(1), event(K.PAUSED, 20), event(K.SKIPPED, 50)])
    first = state.scene.of("r1")
    assert first is not None
    assert (first.skipped, first.used, state.scene.round, state.seconds_used(60)) == (True, 20, 1, 10)
    assert K.SKIPPED not in allowed(fold(begun(7)))


def test_going_back_goes_on_with_the_time_that_the_round_had_used() -> None:
    state = fold([*begun(2), event(K.WENT_BACK, 100)])
    assert (state.scene.round, state.seconds_used(110)) == (0, 70)
    assert state.seconds_late(110) == 110 + (240 - 70) + (300 - 40) + (10 + 18 + 10 + 9 + 4 - 60) * 60
    again = step(state, event(K.ROUND_BEGUN, 110, round=1))
    assert again.seconds_used(120) == 50


def test_a_skipped_round_that_is_gone_back_to_is_no_longer_skipped() -> None:
    state = fold([*begun(1), event(K.SKIPPED, 50), event(K.WENT_BACK, 60)])
    assert state.progress is not None
    assert not state.progress.skipped


def test_a_minute_for_a_round_that_has_run_over_gives_its_turn_no_more_than_the_round_has() -> None:
    state = fold([*begun(3), event(K.SWAPPED, 120 + 630), event(K.MINUTE_ADDED, 760, seconds=60)])
    assert state.turn_seconds_left(760) == state.seconds_left(760) == 20


def test_a_late_swap_is_shared_by_everybody_who_still_comes() -> None:
    threes = fold([*begun(4), event(K.SWAPPED, 180 + 480)])
    assert threes.turn_seconds_left(660) == (1080 - 480) / 2
    last = step(threes, event(K.SWAPPED, 960))
    assert last.turn_seconds_left(960) == last.seconds_left(960) == 300
    assert K.SWAPPED not in allowed(last)


def test_in_the_hot_seat_there_is_always_a_next_speaker_and_nobodys_turn_grows() -> None:
    events = begun(5)
    state, turns = fold(events), []
    for at in range(250, 850, 50):
        state = step(state, event(K.SWAPPED, at))
        assert state.phase is not None
        assert state.progress is not None
        assert state.turn_seconds_left(at) == min(state.phase.seconds, max(0.0, state.seconds_left(at)))
        turns.append((state.progress.turn, state.phase.speaking))
    assert turns[:5] == [(0, False), (1, True), (1, False), (2, True), (2, False)]


def test_whose_turn_it_is_stands_until_the_next_speaker() -> None:
    state = fold([*begun(5), event(K.WHOSE_TURN, 250, text="By the door")])
    heard = step(state, event(K.SWAPPED, 260))
    following = step(heard, event(K.SWAPPED, 270))
    assert [one.progress.whose for one in (state, heard, following) if one.progress] == ["By the door"] * 2 + [""]


@pytest.mark.parametrize(("text", "label"), [("  by  the door ", "by the door"), ("", "")])
def test_whose_turn_is_said_in_a_word_or_two(text: str, label: str) -> None:
    assert turn_label(text) == label
    with pytest.raises(UserError, match="40 characters"):
        turn_label("x" * 41)


def test_a_question_of_the_plan_is_asked_and_others_take_its_place() -> None:
    order = ro.ask(planned(), "r1", question("first"))
    state = fold([*begun(1, order), event(K.QUESTION_DRAWN, 10, question=question("second"))])
    assert state.question == question("second")
    assert state.progress is not None
    assert state.progress.questions == (question("first"), question("second"))


# --- Faults


def test_an_interruption_keeps_what_was_used_and_the_time_nobody_was_there_for_is_the_sessions() -> None:
    asleep = fold([*begun(2), event(K.INTERRUPTED, 100, text="The laptop slept.")])
    assert (asleep.seconds_used(10_000), asleep.because) == (40, "The laptop slept.")
    assert allowed(asleep) == {K.CARRIED_ON, K.FINISHED}
    back = step(asleep, event(K.CARRIED_ON, 100, seconds=600))
    assert (back.scene.round, back.seconds_used(110), back.elapsed(110)) == (1, 50, 710)


def test_a_session_that_was_killed_comes_back_to_its_last_sign_of_life() -> None:
    kept = [*begun(2), event(K.SWAPPED, 80), event(K.TICKED, 95)]
    came_back = fold(kept).last_at
    state = fold([*kept, event(K.INTERRUPTED, came_back), event(K.CARRIED_ON, came_back + 2)])
    assert (state.scene.round, state.seconds_used(came_back + 12)) == (1, 45)
    assert state.progress is not None
    assert state.progress.phase == 1


def test_a_pause_is_still_a_pause_after_an_interruption() -> None:
    state = fold([*begun(), event(K.PAUSED, 10), event(K.INTERRUPTED, 20), event(K.CARRIED_ON, 30)])
    assert (state.scene.paused, state.seconds_used(99)) == (True, 10)


def test_a_later_plan_or_sign_of_life_takes_the_place_of_the_one_directly_before_it() -> None:
    assert supersedes(event(K.TICKED, 2), event(K.TICKED, 1))
    assert supersedes(event(K.PLANNED, 2, order=planned()), event(K.PLANNED, 1, order=planned()))
    assert not supersedes(event(K.TICKED, 2), event(K.PAUSED, 1))
    assert not supersedes(event(K.PAUSED, 2), event(K.PAUSED, 1))
    assert not supersedes(event(K.TICKED, 2), None)


# --- Late


def test_late_people_shorten_what_remains_and_the_session_ends_on_time() -> None:
    waited = fold(begun(0))
    assert waited.seconds_late(600) == 600
    late = step(waited, event(K.LATE, 600, order=replanned(waited, 600).order))
    assert late.seconds_late(600) == 0
    assert late.order.rounds[-1].seconds >= 120


def test_replanning_in_a_round_keeps_it_on_and_its_turn_in_proportion() -> None:
    events = [*begun(3), event(K.SWAPPED, 240), event(K.PAUSED, 300), event(K.RESUMED, 1500)]
    state = fold(events)
    late = step(state, event(K.LATE, 1500, order=replanned(state, 1500).order))
    assert late.round is not None
    assert (late.round.id, late.seconds_used(1500)) == ("r3", 180)
    assert late.turn_seconds_left(1500) == pytest.approx(late.seconds_left(1500))
    assert late.order.rounds[:2] == state.order.rounds[:2]
    assert abs(late.seconds_late(1500)) < 1


def test_a_replan_that_changes_what_is_past_is_refused() -> None:
    state = fold(begun(3))
    other = ro.rename(planned(), "r1", "Something else")
    for wrong in (other, ro.remove(planned(), "r3"), None):
        with pytest.raises(OutOfOrderError):
            step(state, event(K.LATE, 200, order=wrong))


def test_added_minutes_are_in_the_new_length_and_not_counted_twice() -> None:
    state = fold([*begun(3), event(K.MINUTE_ADDED, 130, seconds=120)])
    late = step(state, event(K.LATE, 140, order=replanned(state, 140).order))
    assert late.round is not None
    assert late.round_seconds == late.round.seconds
    assert late.round.seconds > replanned(fold(begun(3)), 140).order.rounds[2].seconds


# --- Undo


def test_undoing_a_skip_brings_the_round_back_with_the_seconds_that_ran_meanwhile() -> None:
    state = fold([*begun(2), event(K.SKIPPED, 100), event(K.UNDONE, 110)])
    assert (state.scene.round, state.seconds_used(110), state.scene.of("r3")) == (1, 50, None)


def test_undoing_a_pause_or_its_end_never_moves_the_clock() -> None:
    paused = fold([*begun(), event(K.PAUSED, 50)])
    unpaused = step(paused, event(K.UNDONE, 90))
    assert (unpaused.seconds_used(90), unpaused.seconds_used(95)) == (50, 55)
    resumed = step(paused, event(K.RESUMED, 90))
    again = step(resumed, event(K.UNDONE, 100))
    assert (again.scene.paused, again.seconds_used(100), again.seconds_used(200)) == (True, 60, 60)


def test_deeds_are_taken_back_one_by_one_to_before_the_start() -> None:
    events = [*begun(2), event(K.MINUTE_ADDED, 70, seconds=60), event(K.CLOCK_HIDDEN, 71)]
    state = fold(events)
    taken_back = []
    while K.UNDONE in allowed(state):
        taken_back.append(state.deeds[-1].kind)
        state = step(state, event(K.UNDONE, 80))
    assert taken_back == [K.CLOCK_HIDDEN, K.MINUTE_ADDED, K.ROUND_BEGUN, K.ROUND_BEGUN, K.STARTED]
    assert state.stage is Stage.PLANNING
    assert step(state, event(K.STARTED, 600)).elapsed(610) == 10


def test_a_session_finished_by_mistake_goes_on_where_it_was() -> None:
    state = fold([*begun(2), event(K.FINISHED, 100), event(K.UNDONE, 130)])
    assert (state.stage, state.seconds_used(140)) == (Stage.ROUND, 50)


def test_undoing_a_replan_brings_back_the_rounds_that_were_left_out() -> None:
    state = fold([*begun(3), event(K.PAUSED, 130), event(K.RESUMED, 2800)])
    fitted = replanned(state, 2800)
    assert fitted.left_out
    late = step(state, event(K.LATE, 2800, order=fitted.order))
    assert step(late, event(K.UNDONE, 2810)).order == planned()


def test_an_interruption_is_nobodys_deed_and_stays() -> None:
    events = [*begun(2), event(K.INTERRUPTED, 100), event(K.CARRIED_ON, 100, seconds=60), event(K.UNDONE, 110)]
    state = fold(events)
    assert (state.scene.round, state.seconds_used(110), state.elapsed(110)) == (0, 110, 170)


def test_what_an_undo_takes_back_is_every_deed_and_nothing_else() -> None:
    assert frozenset(K) - DEEDS == {
        K.PLANNED,
        K.TAPPED,
        K.TAP_TAKEN_BACK,
        K.INTERRUPTED,
        K.CARRIED_ON,
        K.TICKED,
        K.UNDONE,
    }


# --- Whatever happens


@given(histories(), st.integers(0, 500))
@settings(max_examples=250)
def test_the_clock_agrees_to_the_second_with_one_that_is_counted_by_hand(events: list[Event], later: int) -> None:
    state, simulation, now = State(), Simulation(), 0
    for happened in events:
        while now < happened.at:
            simulation.tick()
            now += 1
            if simulation.scene["round"] >= 0:
                assert state.seconds_used(now) == simulation.scene["used"][simulation.id]
        state = step(state, happened)
        simulation.happen(happened)
    for _ in range(later):
        simulation.tick()
        now += 1
    assert state.scene.round == simulation.scene["round"]
    if state.progress is not None:
        used, total = simulation.scene["used"][simulation.id], simulation.scene["total"][simulation.id]
        assert (state.seconds_used(now), state.seconds_left(now)) == (used, total - used)
        for one in state.scene.progress:
            if one.id != simulation.id:
                assert one.used == simulation.scene["used"][one.id]


@given(histories(lambda draw: draw(st.floats(0, 300))), st.integers(0, 30))
@settings(max_examples=150)
def test_a_fold_of_a_beginning_and_then_the_rest_is_the_whole_fold(events: list[Event], cut: int) -> None:
    state = fold(events[:cut])
    for happened in events[cut:]:
        state = step(state, happened)
    assert state == fold(events)


@given(histories(lambda draw: draw(st.floats(0, 300))))
@settings(max_examples=150)
def test_no_event_moves_the_clock_of_the_round_that_stays_on_and_undo_never_sets_it_back(events: list[Event]) -> None:
    state = State()
    for happened in events:
        after = step(state, happened)
        if state.progress and after.progress and state.progress.id == after.progress.id:
            before = state.seconds_used(happened.at)
            now = after.seconds_used(happened.at)
            assert now == pytest.approx(before, abs=1e-6) or (happened.kind is K.UNDONE and now > before)
        if happened.kind is K.UNDONE and after.progress is not None:
            deed = state.deeds[-1]
            known = deed.before.of(after.progress.id)
            assert known is not None
            assert after.seconds_used(happened.at) >= known.used - 1e-6
        assert after.run(happened.at) == pytest.approx(state.run(happened.at), abs=1e-6)
        state = after


@given(histories(lambda draw: draw(st.floats(0, 300))), st.floats(0, 300), st.data())
@settings(max_examples=150)
def test_a_deed_taken_back_leaves_everything_as_it_was_and_only_time_has_passed(
    events: list[Event], later: float, data: st.DataObject
) -> None:
    state = fold(events)
    plain = {
        K.PAUSED,
        K.RESUMED,
        K.SKIPPED,
        K.WENT_BACK,
        K.SWAPPED,
        K.CLOCK_HIDDEN,
        K.CLOCK_SHOWN,
        K.FINISHED,
        K.STARTED,
    }
    possible = sorted((allowed(state) & plain) - ({K.FINISHED} if state.interrupted else set()))
    if not possible:
        return
    at = state.last_at + later
    deed = step(state, event(data.draw(st.sampled_from(possible)), at))
    back = step(deed, event(K.UNDONE, at))
    assert (back.scene, back.deeds, back.taps) == (state.scene, state.deeds, state.taps)
    assert back.seconds_used(at + 7) == pytest.approx(state.seconds_used(at + 7), abs=1e-6)
    assert back.elapsed(at) == pytest.approx(state.elapsed(at), abs=1e-6)


@given(histories())
@settings(max_examples=150)
def test_rounds_never_take_more_than_the_session_and_no_turn_outlasts_its_round(events: list[Event]) -> None:
    state = fold(events)
    at = state.last_at
    used = [one.used for one in state.scene.progress if state.round is None or one.id != state.round.id]
    assert all(seconds >= 0 for seconds in used)
    assert state.seconds_used(at) >= 0
    assert state.run(at) <= at
    undone = any(happened.kind is K.UNDONE for happened in events)
    if not undone:
        assert sum(used) + state.seconds_used(at) == pytest.approx(state.run(at))
    if state.progress is not None:
        assert state.turn_seconds_left(at) <= max(0.0, state.seconds_left(at)) + 1e-6


@given(histories())
@settings(max_examples=100)
def test_the_running_order_always_adds_up_and_its_past_stays(events: list[Event]) -> None:
    state = State()
    for happened in events:
        after = step(state, happened)
        if after.scene.order is not None:
            order = after.order
            assert order.spent + sum(one.seconds for one in order.open_rounds) == order.seconds
        if happened.kind is K.LATE:
            past = max(0, state.scene.round)
            assert after.order.rounds[:past] == state.order.rounds[:past]
            ends_late = after.seconds_late(happened.at)
            again = {one.id for one in after.scene.progress} & {one.id for one in after.order.rounds[past + 1 :]}
            assert again or abs(ends_late) <= 1.5
        state = after


@given(histories(longest=20))
@settings(max_examples=100)
def test_every_event_that_is_not_allowed_is_refused(events: list[Event]) -> None:
    state = fold(events)
    for kind in K:
        if kind not in allowed(state):
            with pytest.raises(OutOfOrderError):
                step(state, event(kind, state.last_at, round=state.scene.round + 1, order=planned(), text="ah"))
