"""When a thing is to go, and what holds it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcmock.domain.audit import Kind
from cqcmock.domain.retention import RULED, Due, Hold, Kept, due_on, hold_on, months_after

DAYS = st.dates(date(1990, 1, 1), date(2200, 12, 31))
MONTHS = st.integers(0, 240)
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def kept(last_used: date, kind: Kind = Kind.SITTING, thing: str = "one") -> Kept:
    return Kept(kind=kind, id=thing, title="A rehearsal", last_used=last_used)


def hold(kind: Kind | None = None, subject: str = "", released: bool = False, hold_id: str = "h") -> Hold:
    released_at = NOON if released else None
    return Hold(id=hold_id, kind=kind, subject=subject, why="asked for", since=NOON, released_at=released_at)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 5, 15), 0, date(2026, 5, 15)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
    ],
)
def test_so_many_months_later_it_is_the_same_day_or_the_last_of_a_shorter_month(
    day: date, months: int, then: date
) -> None:
    assert months_after(day, months) == then


@given(DAYS, MONTHS)
def test_it_is_always_in_the_month_that_is_so_many_later(day: date, months: int) -> None:
    then = months_after(day, months)
    assert then.year * 12 + then.month == day.year * 12 + day.month + months
    assert then.day == day.day or (then.day < day.day and (then + timedelta(days=1)).day == 1)


@given(DAYS, DAYS, MONTHS)
def test_what_was_used_later_never_goes_earlier(one: date, other: date, months: int) -> None:
    first, second = sorted((one, other))
    assert months_after(first, months) <= months_after(second, months)


@given(DAYS, MONTHS, MONTHS)
def test_more_months_never_make_it_earlier(day: date, some: int, more: int) -> None:
    assert months_after(day, min(some, more)) <= months_after(day, max(some, more))


@given(DAYS, MONTHS, st.none() | DAYS)
def test_a_thing_goes_after_the_assessment_or_after_its_last_use_whichever_was_later(
    last_used: date, months: int, assessment: date | None
) -> None:
    on, rule = due_on(kept(last_used), months, assessment)
    assert on == months_after(max(last_used, assessment or last_used), months)
    assert on >= months_after(last_used, months), "never earlier than its own time"
    assert rule.startswith(f"{months} month")
    assert rule.endswith("the assessment" if assessment and assessment >= last_used else "last worked on")


def test_the_rule_is_said_in_words() -> None:
    day = date(2026, 11, 21)
    assert due_on(kept(day), 6, None)[1] == "6 months after it was last worked on"
    assert due_on(kept(day), 1, None)[1] == "1 month after it was last worked on"
    assert due_on(kept(day), 6, day)[1] == "6 months after the assessment"
    assert due_on(kept(day), 1, day + timedelta(days=9))[1] == "1 month after the assessment"


@given(DAYS, DAYS)
def test_a_thing_is_due_on_its_day_and_after(on: date, today: date) -> None:
    assert Due(kept=kept(on), on=on, rule="").is_due(today) == (today >= on)


@given(
    st.sampled_from(RULED),
    st.sampled_from(["one", "two"]),
    st.none() | st.sampled_from(RULED),
    st.sampled_from(["", "one", "two"]),
    st.booleans(),
)
def test_a_hold_covers_a_thing_a_kind_or_everything_until_it_is_released(
    kind: Kind, thing: str, held_kind: Kind | None, held: str, released: bool
) -> None:
    covers = hold(held_kind, held, released).covers(kind, thing)
    assert covers == (not released and held_kind in (None, kind) and held in ("", thing))


def test_the_first_hold_that_covers_a_thing_is_named() -> None:
    holds = [
        hold(Kind.CAFE, hold_id="café"),
        hold(Kind.SITTING, "one", released=True, hold_id="released"),
        hold(Kind.SITTING, "two", hold_id="another"),
        hold(Kind.SITTING, hold_id="all rehearsals"),
        hold(hold_id="everything"),
    ]
    found = hold_on(kept(NOON.date()), holds)
    assert found is not None
    assert found.id == "all rehearsals"
    assert hold_on(kept(NOON.date(), Kind.PACK), holds) == holds[-1]
    assert hold_on(kept(NOON.date(), Kind.PACK), holds[:-1]) is None
