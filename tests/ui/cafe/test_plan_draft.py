"""A draft and its past: every change can be taken back, and the words of one field are one change."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from cqcmock.domain.cafe.running_order import change_length
from cqcmock.domain.cafe.templates import SHIPPED
from cqcmock.services.cafe import planning
from ui.cafe.plan_draft import MOST_STEPS, Draft, Drafts, first_day
from ui.cafe.plan_words import starts, stretch, total

ORDER = planning.order_from(SHIPPED[1], 45).order


def draft() -> Draft:
    return Draft(day=date(2026, 11, 24), order=ORDER)


@given(st.lists(st.tuples(st.sampled_from(["place", "team", ""]), st.text(max_size=3)), max_size=12))
def test_taking_everything_back_leads_to_where_it_began(changes: list[tuple[str, str]]) -> None:
    drafts = Drafts(draft())
    for field, text in changes:
        drafts.change(typing=field, **{field or "template": text})
    steps = 0
    while drafts.can_undo:
        drafts.undo()
        steps += 1
    assert drafts.now == draft()
    assert steps <= len(changes)


def test_what_is_typed_into_one_field_is_one_change() -> None:
    drafts = Drafts(draft())
    for text in ("W", "Wa", "War", "Ware"):
        drafts.change(typing="place", place=text)
    drafts.change(typing="team", team="E")
    drafts.undo()
    assert drafts.now.place == "Ware"
    drafts.undo()
    assert drafts.now == draft()


def test_a_change_to_the_same_is_none() -> None:
    drafts = Drafts(draft())
    assert not drafts.change(place="")
    assert not drafts.can_undo


def test_only_so_many_changes_are_remembered() -> None:
    drafts = Drafts(draft())
    for number in range(MOST_STEPS + 5):
        drafts.change(place=str(number))
    for _ in range(MOST_STEPS):
        drafts.undo()
    assert not drafts.can_undo
    assert drafts.now.place == "4"


def test_a_plan_begins_today_or_on_the_next_working_day() -> None:
    monday = date(2026, 11, 23)
    assert [first_day(date(2026, 11, day)) for day in (20, 21, 22, 23)] == [date(2026, 11, 20), monday, monday, monday]


@given(st.integers(min_value=20, max_value=180))
def test_each_round_begins_where_the_one_before_ends_and_the_last_ends_with_the_session(minutes: int) -> None:
    order = change_length(ORDER, minutes)
    at = starts(order)
    assert at[0] == 0
    assert [start + one.seconds for start, one in zip(at, order.rounds, strict=True) if start is not None] == [
        *at[1:],
        order.seconds,
    ]
    assert total(order) == f"{minutes} of {minutes} minutes"


def test_seconds_are_said_only_where_there_are_any() -> None:
    assert stretch(0, 240) == "0 – 4 min"
    assert stretch(90, 240) == "1:30 – 5:30 min"
    assert stretch(None, 240) == "Past"
