"""What is wrong with words for a story is said in sentences, and what is right becomes part of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcmock.banks.story_file import parse_story, story_as_toml
from cqcmock.domain.story import Place, Story
from cqcmock.services import story_checks
from cqcmock.services.shipped import stories
from cqcmock.services.story_checks import FactWords, FirstWords

TODAY = date(2026, 11, 22)
WORDS = FactWords(label="People waiting", value="212", as_of="1/10/2026", source="us", review_by="1 January 2027")
EMPTY = Story(place=Place(id="x", name="X", council="X Council", checked_on=TODAY))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"label": " "}, "label"),
        ({"label": "x" * 301}, "label"),
        ({"value": ""}, "value"),
        ({"source": ""}, "source"),
        ({"as_of": ""}, "as_of"),
        ({"as_of": "lately"}, "as_of"),
        ({"review_by": "soon"}, "review_by"),
        ({"review_by": "30/9/2026"}, "review_by"),
        ({"phrases": "fine\n…"}, "phrases"),
        ({"phrases": "x" * 201}, "phrases"),
    ],
)
def test_each_field_of_a_fact_says_what_is_wrong_with_it_alone(changed: dict[str, str], field: str) -> None:
    assert set(story_checks.fact_problems(replace(WORDS, **changed), ())) == {field}
    assert story_checks.fact_problems(WORDS, ()) == {}


def test_every_shipped_fact_comes_back_the_same_from_its_form() -> None:
    for story in stories():
        for fact in story.facts:
            words = story_checks.fact_words(fact)
            others = [other for other in story.facts if other is not fact]
            assert story_checks.fact_problems(words, others) == {}
            assert story_checks.fact_of(words, story, fact) == fact


@given(st.builds(FirstWords, name=st.text(), council=st.text(), said=st.text(), did=st.text(),
    heard=st.lists(st.tuples(st.text(), st.text()), max_size=3).map(tuple),
    figures=st.lists(st.builds(FactWords, label=st.text(), value=st.just("1"), as_of=st.just("1/1/2026")), max_size=3)
    .map(tuple)))  # fmt: skip
def test_whatever_is_typed_makes_a_first_story_that_its_own_file_can_hold(words: FirstWords) -> None:
    story = story_checks.first_story(words, "ours", TODAY)
    assert story.place.name
    assert len({fact.id for fact in story.facts}) == len(story.facts)
    file = story_as_toml(story).encode("utf-8", "replace").decode()
    assert parse_story(file, "x.toml").place.id == "ours"


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)), st.integers(min_value=1, max_value=24))
def test_months_on_is_the_same_day_or_the_last_of_a_shorter_month(on: date, months: int) -> None:
    later = story_checks.in_months(on, months)
    assert (later.year * 12 + later.month) - (on.year * 12 + on.month) == months
    assert later.day == on.day or (later.day < on.day and later.day >= 28)


def test_what_leads_to_a_person_is_found_and_can_be_taken_out() -> None:
    text = "Mrs Baker, NHS number 943 476 5919, of AL10 8YE."
    found = [f"{data.text}: {story_checks.PERSONAL_WORDS[data.kind]}" for data in story_checks.personal_data_in(text)]
    assert found == ["Mrs Baker: name", "943 476 5919: NHS number", "AL10 8YE: postcode"]
    taken_out = story_checks.redacted_text(text)
    assert taken_out == "[name], NHS number [NHS number], of [postcode]."
    assert story_checks.personal_data_in(taken_out) == ()


@pytest.mark.parametrize(
    ("name", "council"), [("Rutland", "Rutland Council"), ("Kent Council", "Kent Council"), ("", "")]
)
def test_a_council_is_suggested_for_a_place(name: str, council: str) -> None:
    assert story_checks.suggested_council(name) == council
