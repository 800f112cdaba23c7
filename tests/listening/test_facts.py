"""A number is held against the fact of the story that it is about, and against no other."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cqcmock.banks import read_story
from cqcmock.domain.story import Fact, Place, Story
from tests.listening.hearing_of import hear


def fact(name: str, label: str, value: str, unit: str, *phrases: str, review_by: date | None = None) -> Fact:
    return Fact(
        id=name,
        label=label,
        value=value,
        unit=unit,
        as_of=date(2025, 9, 30),
        source="Report",
        review_by=review_by,
        phrases=phrases,
    )


STORY = Story(
    place=Place(id="b", name="Borsetshire", council="Borsetshire Council", checked_on=date(2026, 1, 1)),
    facts=(
        fact("wait", "Median wait for a first conversation", "28", "days", "median wait", review_by=date(2026, 3, 31)),
        fact("reviews", "People reviewed within the year", "62", "per cent", "reviewed in the last year"),
        fact("carers", "Unpaid carers known to the council", "1,187", "carers", "carers we know"),
        fact("fee", "Hourly rate for home care", "£23.10", "an hour", "hourly rate"),
        fact("boards", "Co-production boards", "8", "boards", "eight boards", "co-production boards"),
        fact(
            "self-assessment", "How often the self-assessment is reviewed", "4", "times a year", "review it quarterly"
        ),
        fact("overspend", "Overspend of adult social care", "£3.2 million", "", "overspent by"),
        fact("rating", "Overall rating", "good", "", "rated good"),
    ),
)


def about(said: str, on: date | None = None) -> list[tuple[str, str, bool | None, bool]]:
    return [(number.text, number.fact, number.agrees, number.out_of_date) for number in hear(said, STORY, on).numbers]


@pytest.mark.parametrize(
    ("said", "name", "agrees"),
    [
        ("The median wait is twenty-eight days.", "wait", True),
        ("The median wait is four weeks.", "wait", True),
        ("The median wait is 30 days.", "wait", False),
        ("People wait 28 days for a first conversation.", "wait", True),
        ("62% were reviewed in the last year.", "reviews", True),
        ("Six in ten people were reviewed in the last year.", "reviews", False),
        ("We know about 1,200 unpaid carers.", "carers", True),
        ("There are 1,500 unpaid carers known to us.", "carers", False),
        ("The hourly rate is £23.10 an hour for home care.", "fee", True),
        ("We have eight co-production boards.", "boards", True),
        ("We have nine co-production boards.", "boards", False),
        ("The self-assessment is reviewed twice a year.", "self-assessment", False),
        ("Adult social care overspent by £3.2m last year.", "overspend", True),
    ],
)
def test_a_number_is_held_against_the_fact_it_is_about(said: str, name: str, agrees: bool) -> None:
    assert [(found[1], found[2]) for found in about(said) if found[1]] == [(name, agrees)]


@pytest.mark.parametrize(
    "said",
    [
        "We saw 28 people.",
        "It took 28 days to mend the lift.",
        "We spent £62 on biscuits.",
        "Eight people came to lunch.",
        "It was 62 per cent in the north.",
        "They rated us good.",
        "A wait of 5 per cent more.",
        "I have farmed for forty-one years.",
    ],
)
def test_a_number_about_something_else_is_held_against_nothing(said: str) -> None:
    assert [found for found in about(said) if found[1]] == []


def test_a_fact_is_out_of_date_from_the_day_after_its_review() -> None:
    said = "The median wait is 28 days."
    assert [about(said, on)[0][3] for on in (None, date(2026, 3, 31), date(2026, 4, 1))] == [False, False, True]


def test_a_fact_without_a_day_of_review_is_never_out_of_date() -> None:
    assert about("We have eight co-production boards.", date(2099, 1, 1)) == [
        ("eight co-production boards", "boards", True, False)
    ]


def test_the_reason_says_what_the_story_says() -> None:
    (number,) = hear("The median wait is 30 days.", STORY, date(2026, 11, 22)).numbers
    assert number.why == (
        "The story says 28 days of this: median wait for a first conversation; "
        "but that was to be looked at again by 31 March 2026."
    )


SHIPPED = read_story(Path(__file__).parents[2] / "question_banks" / "stories" / "hertfordshire.toml")


@pytest.mark.parametrize(
    ("said", "name", "agrees"),
    [
        ("78% overall, which was the highest of anybody.", "overall-score", True),
        ("Seven of nine quality statements were good.", "statements-good", False),
        ("We run eight of these boards now.", "co-production-boards", True),
        ("She co-chairs one of our boards, there are six of them.", "co-production-boards", False),
        ("There are eight boards.", "co-production-boards", True),
        ("Six of the eight boards have a co-chair who draws on care.", "co-chairs", False),
        ("We were one of the first three councils to be looked at.", "among-the-first", True),
        ("We were one of the first five councils to be looked at.", "among-the-first", False),
        ("The self-assessment is refreshed twice a year.", "self-assessment-reviews", False),
        ("We'd been preparing for more than a year.", "preparation", True),
        ("We had barely six months to get ready.", "preparation", False),
        ("There were four pilots before us.", "pilots", False),
    ],
)
def test_the_shipped_story_is_quoted_in_many_words(said: str, name: str, agrees: bool) -> None:
    assert [(found.fact, found.agrees) for found in hear(said, SHIPPED).numbers if found.fact] == [(name, agrees)]


@pytest.mark.parametrize(
    "said",
    [
        "Our occupancy is 78 per cent.",
        "He visits his mother four times a year.",
        "She was on the board for three years.",
        "The home had a score of 61.",
        "I spent two days getting ready for it.",
        "I have two daughters and eight hens.",
    ],
)
def test_a_number_like_one_of_the_shipped_story_is_not_taken_for_it(said: str) -> None:
    assert [found.fact for found in hear(said, SHIPPED).numbers if found.fact] == []
