"""What a pack tells of the place, as entries: everything is there, with where it stands, and is found by its words."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from cqcmock.domain.story import Community, Example, Fact, Place, Story, YouSaid
from ui.review.mark_known import DONE, EXAMPLES, FACTS, PEOPLE, Entry, about, entries, found

TODAY = date(2026, 11, 22)
STORY = Story(
    place=Place(id="m", name="Mid Wessex", council="Mid Wessex Council", checked_on=date(2026, 1, 2)),
    facts=(
        Fact(
            id="people",
            label="People who live here",
            value="1.2",
            unit="million",
            as_of=date(2021, 3, 21),
            comparator="England: 56 million",
            source="Census",
            review_by=date(2026, 1, 31),
            phrases=("twelve hundred thousand",),
        ),
        Fact(id="waits", label="Wait for a review", value="41", unit="days", as_of=date(2026, 9, 1), source="Return 7"),
    ),
    communities=(
        Community(id="t", who="Travellers", how_we_listen="On site", what_changed="A nurse comes", source="Café notes"),
    ),
    you_said=(
        YouSaid(said="Letters too long", did="One page now", when=date(2025, 5, 1), source="Board"),
        YouSaid(said="No lift", did="There is one", source=""),
    ),
    examples=(Example(id="e", text="A walk every Tuesday", source="Team 4"),),
)


def test_every_part_of_the_story_is_told_with_its_date_and_its_source() -> None:
    assert entries(STORY, TODAY) == (
        Entry(
            part=FACTS,
            title="People who live here",
            says="1.2 million, on 21 March 2021",
            more=(
                "Out of date: it was to be checked by 31 January 2026.",
                "England: 56 million",
                "Source: Census",
            ),
            other_words=("twelve hundred thousand",),
        ),
        Entry(part=FACTS, title="Wait for a review", says="41 days, on 1 September 2026", more=("Source: Return 7",)),
        Entry(
            part=PEOPLE,
            title="Travellers",
            says="How they are listened to: On site",
            more=("What changed: A nurse comes", "Source: Café notes"),
        ),
        Entry(
            part=DONE,
            title="Letters too long",
            says="What was done: One page now (1 May 2025)",
            more=("Source: Board",),
        ),
        Entry(part=DONE, title="No lift", says="What was done: There is one"),
        Entry(part=EXAMPLES, title="A walk every Tuesday", more=("Source: Team 4",)),
    )


def test_a_fact_is_found_by_its_figure_its_day_and_the_words_in_which_people_quote_it() -> None:
    known = entries(STORY, TODAY)
    for words, title in (
        ("1.2", "People who live here"),
        ("MILLION people", "People who live here"),
        ("twelve hundred", "People who live here"),
        ("september 41", "Wait for a review"),
        ("cafe", "Travellers"),
        ("tuesday", "A walk every Tuesday"),
    ):
        assert [entry.title for entry in found(known, words)] == [title]
    assert found(known, "1.3") == ()
    assert found(known, "  ") == known


@given(st.text(max_size=20))
def test_whatever_is_looked_for_only_entries_with_all_of_its_words_are_found(words: str) -> None:
    known = entries(STORY, TODAY)
    these = found(known, words)
    assert [entry for entry in known if entry in these] == list(these)
    assert found(these, words) == these
    assert found(known, f"{words} {words}") == these


def test_a_place_with_an_endless_name_is_called_by_its_beginning() -> None:
    long = Story(place=Place(id="x", name="Llanfair " * 30, council="", checked_on=TODAY))
    assert about(STORY) == "About Mid Wessex"
    assert len(about(long)) <= len("About ") + 40
