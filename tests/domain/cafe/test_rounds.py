"""What the rounds of a café consist of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcmock.domain.cafe.rounds import (
    KINDS,
    OPEN_ENDED,
    Phase,
    Round,
    RoundKind,
    evenly,
    least_seconds,
    new_round,
    parted,
    phase_after,
    phases,
)

K = RoundKind


def of(kind: RoundKind, seconds: int) -> tuple[Phase, ...]:
    return phases(Round(id="r", kind=kind, title=KINDS[kind].title, seconds=seconds))


def does(phase: Phase) -> dict[str, str]:
    return {part.who: part.does for part in phase.parts}


@given(st.sampled_from(RoundKind), st.integers(1, 3 * 3600))
def test_the_phases_of_a_round_add_up_to_it_and_the_same_round_has_the_same_phases(
    kind: RoundKind, seconds: int
) -> None:
    found = of(kind, seconds)
    assert sum(phase.seconds for phase in found) == seconds
    assert found == of(kind, seconds)
    assert all(phase.seconds >= 0 and phase.title and phase.parts for phase in found)


@given(st.sampled_from(RoundKind), st.integers(0, 60))
def test_from_its_least_length_on_no_phase_of_a_round_is_empty(kind: RoundKind, more: int) -> None:
    assert all(phase.seconds >= 45 for phase in of(kind, least_seconds(kind) + 60 * more) if phase.title != "Thanks")


def test_pairs_swap_half_way() -> None:
    first, second = of(K.PAIRS, 601)
    assert (first.seconds, second.seconds) == (301, 300)
    assert does(first) == {"A": "speaks", "B": "listens"}
    assert does(second) == {"B": "speaks", "A": "listens"}


@given(st.integers(1, 3600))
def test_in_threes_everybody_speaks_listens_and_observes_once(seconds: int) -> None:
    found = of(K.THREES, seconds)
    for person in "ABC":
        assert sorted(does(phase)[person] for phase in found) == ["listens", "observes and keeps the tally", "speaks"]
    assert [phase.turn for phase in found] == [0, 1, 2]
    assert max(phase.seconds for phase in found) - min(phase.seconds for phase in found) <= 1


@pytest.mark.parametrize(("minutes", "people"), [(4, 1), (7, 1), (8, 2), (10, 2), (12, 2), (13, 3), (26, 5)])
def test_in_the_hot_seat_somebody_speaks_and_then_hears_what_was_heard(minutes: int, people: int) -> None:
    found = of(K.HOT_SEAT, 60 * minutes)
    assert [(phase.turn, phase.speaking) for phase in found] == [
        (turn, speaking) for turn in range(people) for speaking in (True, False)
    ]
    assert all(
        abs(spoken.seconds - 2 * heard.seconds) <= 2 for spoken, heard in zip(found[::2], found[1::2], strict=True)
    )


def test_two_minutes_of_pride_are_two_minutes_and_what_is_over_is_for_thanks() -> None:
    assert [phase.seconds for phase in of(K.PRIDE, 300)] == [120, 120, 60]
    assert [phase.seconds for phase in of(K.PRIDE, 250)] == [120, 130]
    assert [phase.seconds for phase in of(K.PRIDE, 50)] == [50]


def test_cards_are_about_pride_first_and_then_about_worry() -> None:
    assert [(phase.title, phase.seconds) for phase in of(K.CARDS, 300)] == [("Pride", 150), ("Worry", 150)]


@pytest.mark.parametrize("kind", RoundKind)
def test_a_swap_leads_through_the_phases_and_on_only_where_there_is_always_somebody_else(kind: RoundKind) -> None:
    found = of(kind, 600)
    assert [phase_after(kind, found, at) for at in range(len(found) - 1)] == list(range(1, len(found)))
    after = phase_after(kind, found, len(found) - 1)
    assert (after is not None) == (kind in OPEN_ENDED)
    assert after is None or found[after].speaking


@pytest.mark.parametrize("kind", RoundKind)
def test_a_kind_says_what_it_is_and_a_new_round_has_its_usual_length(kind: RoundKind) -> None:
    facts = KINDS[kind]
    assert facts.to_say.endswith((".", "?"))
    assert facts.least_minutes <= facts.usual_minutes
    fresh = new_round(kind, "r", title="  ")
    assert (fresh.title, fresh.seconds) == (facts.title, 60 * facts.usual_minutes)


@given(st.integers(0, 10_000), st.lists(st.integers(1, 50), min_size=1, max_size=9))
def test_cutting_into_parts_loses_nothing(total: int, weights: list[int]) -> None:
    for pieces in (parted(total, weights), evenly(total, len(weights))):
        assert sum(pieces) == total
        assert len(pieces) == len(weights)
    due = [total * weight / sum(weights) for weight in weights]
    assert all(abs(piece - share) < 1 for piece, share in zip(parted(total, weights), due, strict=True))
