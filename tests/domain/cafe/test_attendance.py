"""Who came is a count by team and role; who leaves has still come."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcmock.domain.cafe.attendance import (
    LONGEST_GROUP_NAME,
    MOST_PEOPLE,
    AttendanceEvent,
    AttendanceEventKind,
    AttendanceOutOfOrderError,
    by_role,
    by_team,
    fold,
    group_name,
    people_came,
)
from cqcmock.errors import UserError

K = AttendanceEventKind


def door(kind: AttendanceEventKind, people: int, team: str = "", role: str = "") -> AttendanceEvent:
    return AttendanceEvent(kind=kind, people=people, team=team, role=role)


def test_people_are_counted_by_team_and_by_role() -> None:
    came = fold(
        [door(K.CAME, 3, "North", "Social worker"), door(K.CAME, 2, "South", "Social worker"), door(K.CAME, 1, "North")]
    )
    assert (came.came, by_team(came), by_role(came)) == (6, {"North": 4, "South": 2}, {"Social worker": 5})


def test_the_first_spelling_of_a_team_stays() -> None:
    came = fold([door(K.CAME, 3, "North", "Social worker"), door(K.CAME, 1, "NORTH", "social worker")])
    assert [(group.team, group.role, group.people) for group in came.groups] == [("North", "Social worker", 4)]


def test_who_leaves_and_comes_back_has_come_once() -> None:
    events = [door(K.CAME, 9), door(K.LEFT, 4), door(K.CAME_BACK, 1), door(K.CAME, 2)]
    assert (fold(events).came, fold(events).here) == (11, 8)


def test_a_count_can_be_corrected_down_to_nobody() -> None:
    events = [door(K.CAME, 9, "North"), door(K.LEFT, 4), door(K.CORRECTED, 3, "north")]
    assert (fold(events).came, fold(events).here) == (3, 0)
    assert fold([*events, door(K.CORRECTED, 0, "North")]).groups == ()


@pytest.mark.parametrize(
    "impossible", [door(K.LEFT, 6), door(K.CAME_BACK, 1), door(K.CAME, 0), door(K.CAME, -1), door(K.CORRECTED, -1)]
)
def test_what_cannot_happen_at_the_door_is_refused(impossible: AttendanceEvent) -> None:
    with pytest.raises(AttendanceOutOfOrderError):
        fold([door(K.CAME, 5), impossible])


def test_names_and_numbers_are_checked_before_they_are_kept() -> None:
    assert group_name("  Mental   Health ") == "Mental Health"
    assert people_came(40) == 40
    with pytest.raises(UserError):
        group_name("x" * (LONGEST_GROUP_NAME + 1))
    for number in (-1, MOST_PEOPLE + 1):
        with pytest.raises(UserError):
            people_came(number)


@given(st.lists(st.builds(door, st.sampled_from(K), st.integers(0, 9), st.sampled_from(["", "A", "a", "B"]))))
def test_whatever_happens_the_room_holds_between_nobody_and_all_who_came(drawn: list[AttendanceEvent]) -> None:
    happened: list[AttendanceEvent] = []
    for event in drawn:
        try:
            fold([*happened, event])
        except AttendanceOutOfOrderError:
            continue
        happened.append(event)
    came = fold(happened)
    assert 0 <= came.here <= came.came
    assert sum(by_team(came).values()) <= came.came
    assert all(group.people > 0 for group in came.groups)
