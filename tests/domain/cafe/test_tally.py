"""The observer's tally: one for each speaker's turn, and nothing for the speaker to see while they speak."""

from __future__ import annotations

import pytest
from hypothesis import given

from cqcmock.domain.cafe.events import TAP_NAMES, Event, EventKind, TapKind
from cqcmock.domain.cafe.scene import State
from cqcmock.domain.cafe.session import allowed, fold, step
from cqcmock.domain.cafe.tally import tallied_turns, tally, tally_for_speaker
from cqcmock.domain.interview import OutOfOrderError
from tests.domain.cafe.sessions import begun, event, histories

K = EventKind


def tapped(*kinds: TapKind, at: float = 200) -> list[Event]:
    return [event(K.TAPPED, at, text=kind.value) for kind in kinds]


def in_pairs() -> list[Event]:
    return [*begun(3), *tapped(TapKind.AH, TapKind.AH, TapKind.EXAMPLE)]


def test_taps_are_counted_for_the_turn_in_which_they_were_made() -> None:
    state = fold([*in_pairs(), event(K.SWAPPED, 420), *tapped(TapKind.VOICE, at=430)])
    assert tally(state, "r3", 0) == {**dict.fromkeys(TapKind, 0), TapKind.AH: 2, TapKind.EXAMPLE: 1}
    assert tally(state, "r3", 1) == {**dict.fromkeys(TapKind, 0), TapKind.VOICE: 1}
    assert tallied_turns(state) == (("r3", 0), ("r3", 1))


def test_a_speaker_sees_their_tally_only_when_they_have_finished() -> None:
    speaking = fold(in_pairs())
    assert tally_for_speaker(speaking, "r3", 0) is None
    swapped = step(speaking, event(K.SWAPPED, 420))
    assert tally_for_speaker(swapped, "r3", 0) == tally(speaking, "r3", 0)
    assert tally_for_speaker(swapped, "r3", 1) is None
    assert tally_for_speaker(step(swapped, event(K.FINISHED, 500)), "r3", 1) is not None


def test_in_the_hot_seat_the_tally_can_be_shown_while_the_room_says_what_it_heard() -> None:
    heard = fold([*begun(5), *tapped(TapKind.NUMBER, at=250), event(K.SWAPPED, 400)])
    shown = tally_for_speaker(heard, "r5", 0)
    assert shown is not None
    assert shown[TapKind.NUMBER] == 1
    assert not {K.TAPPED, K.TAP_TAKEN_BACK} & allowed(heard)


def test_a_tap_can_be_taken_back_but_there_are_never_fewer_than_none() -> None:
    state = step(fold(in_pairs()), event(K.TAP_TAKEN_BACK, 201, text="example"))
    assert tally(state, "r3", 0)[TapKind.EXAMPLE] == 0
    with pytest.raises(OutOfOrderError):
        step(state, event(K.TAP_TAKEN_BACK, 202, text="example"))
    with pytest.raises(OutOfOrderError):
        step(state, event(K.TAPPED, 202, text="sighing"))


def test_taps_made_after_a_swap_by_mistake_go_to_the_speaker_who_is_back() -> None:
    mistaken = [*in_pairs(), event(K.SWAPPED, 210), *tapped(TapKind.AH, at=215), event(K.UNDONE, 220)]
    state = fold(mistaken)
    assert tally(state, "r3", 0)[TapKind.AH] == 3
    assert sum(tally(state, "r3", 1).values()) == 0


def test_taps_made_after_a_round_begun_by_mistake_are_nobodys() -> None:
    state = fold([*in_pairs()[:4], event(K.ROUND_BEGUN, 120, round=2), *tapped(TapKind.AH), event(K.UNDONE, 210)])
    assert tallied_turns(state) == ()


def test_every_tap_has_a_name_to_be_shown() -> None:
    assert set(TAP_NAMES) == set(TapKind)


@given(histories())
def test_no_tally_is_below_none_and_an_undo_invents_no_tap(events: list[Event]) -> None:
    state = State()
    for happened in events:
        after = step(state, happened)
        assert len(after.taps) <= len(state.taps) + (happened.kind in {K.TAPPED, K.TAP_TAKEN_BACK})
        state = after
    for round_id, turn in tallied_turns(state):
        assert all(number >= 0 for number in tally(state, round_id, turn).values())
