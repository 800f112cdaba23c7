"""Days, dates and states as people say them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cqcmock.domain.interview import ON_AIR, Phase
from ui.home import wording

TODAY = date(2026, 11, 21)
DAYS = some.integers(-20_000, 20_000)


@pytest.mark.parametrize(
    ("hour", "said"),
    [(4, "Good evening"), (5, "Good morning"), (11, "Good morning"), (12, "Good afternoon"), (17, "Good afternoon"),
     (18, "Good evening"), (23, "Good evening")],
)  # fmt: skip
def test_the_greeting_goes_by_the_time_of_day(hour: int, said: str) -> None:
    assert wording.greeting(datetime(2026, 11, 21, hour, 30, tzinfo=UTC)) == said


@pytest.mark.parametrize(
    ("place", "days", "said"),
    [
        ("Hertfordshire", 46, "Hertfordshire · 46 days to the date you are practising for"),
        ("Hertfordshire", 1, "Hertfordshire · 1 day to the date you are practising for"),
        ("", 0, "today is the date you are practising for"),
        ("Kent", -3, "Kent · the date you practised for was three days ago"),
        ("Kent", None, "Kent"),
        ("", None, ""),
    ],
)
def test_the_place_and_the_days_left_stand_under_the_greeting(place: str, days: int | None, said: str) -> None:
    assert wording.under_greeting(place, days) == said


@given(days=DAYS)
def test_an_action_is_called_overdue_exactly_when_its_day_has_passed(days: int) -> None:
    said = wording.due(TODAY + timedelta(days=days), TODAY)
    assert said.startswith("overdue") == (days < 0)
    assert said.startswith("due") == (days >= 0)


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (None, "no date set"),
        (TODAY, "due today"),
        (TODAY + timedelta(days=1), "due tomorrow"),
        (date(2026, 12, 1), "due on 1 December"),
        (date(2027, 1, 31), "due on 31 January 2027"),
        (TODAY - timedelta(days=1), "overdue by one day, it was due on 20 November"),
        (TODAY - timedelta(days=12), "overdue by 12 days, it was due on 9 November"),
    ],
)
def test_due_dates_are_said_in_words(on: date | None, said: str) -> None:
    assert wording.due(on, TODAY) == said


@given(days=some.integers(0, 20_000))
def test_the_suggestion_names_every_theme_and_says_how_long_ago_it_was(days: int) -> None:
    said = wording.suggestion(["Waiting lists", "Carers"], days)
    assert "“Waiting lists” and “Carers” are due" in said
    assert said.endswith(f"them {wording.days_ago(days)}.")


def test_one_theme_is_spoken_of_as_one() -> None:
    assert wording.suggestion(["Carers"], 9) == "“Carers” is due: you last spoke about it nine days ago."
    assert wording.suggestion(["Carers"], 1) == "“Carers” is due: you last spoke about it yesterday."


def test_themes_that_were_never_spoken_about_are_called_so() -> None:
    assert wording.suggestion(["Place", "Carers"], None) == "You have not spoken about “Place” or “Carers” yet."


def test_without_themes_there_is_still_a_reason_to_practise() -> None:
    assert wording.suggestion([], None)


@pytest.mark.parametrize("phase", list(Phase))
def test_every_phase_has_words_for_the_list(phase: Phase) -> None:
    said = wording.state(phase, 2, 8)
    assert said
    assert ("2 of 8" in said) == (phase in ON_AIR and phase is not Phase.LAST_WORDS)


def test_the_time_of_day_is_said_only_while_it_matters() -> None:
    now = datetime(2026, 11, 21, 12, 0, tzinfo=UTC).astimezone()
    today = now.date()
    assert wording.when(now, today) == f"today at {now:%H:%M}"
    assert wording.when(now - timedelta(days=1), today) == f"yesterday at {now:%H:%M}"
    assert wording.when(now - timedelta(days=30), today) == "22 October 2026"
