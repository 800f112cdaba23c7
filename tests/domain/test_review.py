"""Which submission counts, and in which order a reviewer is given the answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcmock.domain.review import PeerMarks, Pin, Tally, in_order, marking_order, missing_lenses, wrong_marks
from tests.review.packs import NOON, RUBRIC, a_pack, a_sheet

SHEETS = st.lists(
    st.builds(a_sheet, st.just("s"), level=st.integers(0, 3), minutes=st.integers(0, 3), revision=st.integers(1, 3)),
    min_size=1,
    max_size=6,
)


@given(SHEETS, st.randoms())
def test_the_order_of_coming_in_never_matters(sheets: list, chance: object) -> None:  # type: ignore[type-arg]
    mixed = [*sheets]
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert in_order(sheets) == in_order(mixed)


def test_the_latest_submission_counts_and_of_two_at_one_moment_the_more_often_submitted() -> None:
    early, late = a_sheet("s", 1, minutes=1, revision=5), a_sheet("s", 2, minutes=2, revision=1)
    again = a_sheet("s", 3, minutes=2, revision=2)
    assert in_order([again, early, late]) == [early, late, again]


def test_the_same_moment_in_another_time_zone_is_the_same_moment() -> None:
    from datetime import timezone

    there = timezone(timedelta(hours=5))
    late = replace(a_sheet("s", 2), submitted_at=(NOON + timedelta(hours=1)).astimezone(there))
    assert in_order([late, a_sheet("s", 1, minutes=30)])[-1] == late


def test_a_reviewer_always_gets_one_order_and_another_reviewer_another() -> None:
    pack = a_pack(answers=12)
    assert marking_order(pack) == marking_order(replace(pack, answers=pack.answers[::-1]))
    assert sorted(marking_order(pack)) == sorted(answer.sheet for answer in pack.answers)
    assert marking_order(pack) != marking_order(replace(pack, reviewer="Somebody Else"))


@pytest.mark.parametrize(
    ("marks", "wrong"),
    [
        (PeerMarks(levels={"evidence": 4}), "0 to 3"),
        (PeerMarks(levels={"charm": 1}), "no lens"),
        (PeerMarks(overall=-1), "0 to 3"),
        (PeerMarks(comment="x" * 20_001), "20,000"),
        (PeerMarks(pins=(Pin(start=3, end=3, comment="Who?"),)), "not in the answer"),
        (PeerMarks(pins=(Pin(start=0, end=11, comment="Who?"),)), "not in the answer"),
        (PeerMarks(pins=(Pin(start=0, end=1, comment="?"),) * 51), "at most 50"),
        (PeerMarks(levels={"evidence": 3}, pins=(Pin(start=0, end=10, comment="Who?"),)), ""),
    ],
)
def test_marks_that_cannot_be_are_named(marks: PeerMarks, wrong: str) -> None:
    said = wrong_marks(marks, RUBRIC, 10)
    assert wrong in said
    assert bool(wrong) == bool(said)


def test_lenses_without_a_level_are_named_in_order() -> None:
    assert missing_lenses(PeerMarks(levels={"clarity": 0}), RUBRIC) == ("Evidence",)
    assert Tally(expected=5, received=3).missing == 2
