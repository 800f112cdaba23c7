"""Local stories: a council's own stands before a shipped one, is followed everywhere, and can be undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cqcmock.banks.story_file import parse_story, story_as_toml
from cqcmock.domain.choosing import Candidate, about
from cqcmock.domain.story import Community, Fact, Place, Story
from cqcmock.errors import UserError
from cqcmock.services import home, rehearsing, stories, story_files
from cqcmock.settings import Settings
from tests.clocks import HandClock
from tests.domain.worlds import question

if TYPE_CHECKING:
    from cqcmock.services.library import Library

CLOCK = HandClock().clock
TODAY = date(2026, 11, 22)


def rutland() -> Story:
    return Story(
        place=Place(id="rutland", name="Rutland", council="Rutland County Council", checked_on=TODAY),
        facts=(
            Fact(id="people", label="People who live here", value="41,000", as_of=date(2025, 1, 1), source="Census",
                 review_by=date(2026, 1, 1), phrases=("people live here",)),
        ),
        communities=(Community(id="gypsies", who="Gypsy and Traveller families", how_we_listen="We go.", source="us"),),
    )  # fmt: skip


def test_questions_and_home_follow_the_chosen_story(library: Library) -> None:
    stories.save(library, rutland(), "made", CLOCK)
    chosen = Settings(story="rutland")
    set_up = rehearsing.default_set_up(library, chosen)
    assert (set_up.place, set_up.council, set_up.story) == ("Rutland", "Rutland County Council", "rutland")
    plan = rehearsing.make_plan(library, set_up)
    assert plan.story == rutland()
    assert plan.questions[0].question.text == "Tell me about Rutland."
    assert home.home(library, chosen, CLOCK).place == "Rutland"
    stories.save(library, replace(rutland(), place=replace(rutland().place, name="Oakham")), "renamed", CLOCK)
    assert home.home(library, chosen, CLOCK).place == "Oakham"
    assert rehearsing.default_set_up(library, chosen).place == "Oakham"


def test_a_place_named_by_hand_has_no_story(library: Library) -> None:
    plan = rehearsing.make_plan(library, rehearsing.default_set_up(library, Settings(place="Kent")))
    assert plan.story is None
    set_up = rehearsing.at_place(library, rehearsing.default_set_up(library, Settings(place="Kent")), "hertfordshire")
    assert (set_up.place, set_up.council, set_up.story) == (
        "Hertfordshire", "Hertfordshire County Council", "hertfordshire",
    )  # fmt: skip


def test_a_changed_shipped_story_stands_before_the_shipped_one_until_it_is_removed(library: Library) -> None:
    shipped = stories.story(library, "hertfordshire")
    stories.save(library, replace(shipped, facts=shipped.facts[:2]), "facts taken out", CLOCK)
    assert len(stories.story(library, "hertfordshire").facts) == 2
    assert [(s.id, s.origin) for s in stories.list_stories(library, TODAY)] == [("hertfordshire", "own")]
    stories.remove(library, "hertfordshire", CLOCK)
    assert stories.story(library, "hertfordshire") == shipped


def test_each_change_of_a_story_can_be_undone_and_redone(library: Library) -> None:
    stories.save(library, rutland(), "made", CLOCK)
    edit = stories.save(library, replace(rutland(), facts=()), "The fact deleted", CLOCK)
    undone = stories.undo(library, edit, CLOCK)
    assert stories.story(library, "rutland") == rutland()
    stories.undo(library, undone, CLOCK)
    assert stories.story(library, "rutland").facts == ()
    stories.save(library, rutland(), "Made anew", CLOCK)
    with pytest.raises(UserError, match="changed since"):
        stories.undo(library, edit, CLOCK)
    assert [entry.what for entry in stories.history(library, "rutland")] == [
        "Made anew", "The fact deleted", "Undone: The fact deleted", "The fact deleted", "made",
    ]  # fmt: skip


def test_two_people_who_change_one_story_do_not_overwrite_each_other(library: Library) -> None:
    stories.save(library, rutland(), "made", CLOCK)
    version = stories.version(library, "rutland")
    stories.save(library, rutland(), "first", CLOCK, expected=version)
    with pytest.raises(UserError, match="Somebody else"):
        stories.save(library, replace(rutland(), facts=()), "second", CLOCK, expected=version)


def test_what_is_out_of_date_is_counted(library: Library) -> None:
    stories.save(library, rutland(), "made", CLOCK)
    found = {summary.id: summary for summary in stories.list_stories(library, TODAY)}
    assert (found["rutland"].due, found["rutland"].facts, found["rutland"].origin) == (1, 1, "own")
    assert found["hertfordshire"].due == 3


def test_a_story_goes_out_to_a_file_and_comes_in_the_same(library: Library, tmp_path: Path) -> None:
    stories.save(library, rutland(), "made", CLOCK)
    story_files.export_story(library, "rutland", tmp_path / "rutland.toml")
    stories.remove(library, "rutland", CLOCK)
    assert story_files.import_story(library, tmp_path / "rutland.toml", CLOCK) == rutland()
    assert stories.story(library, "rutland") == rutland()
    hostile = replace(rutland(), place=replace(rutland().place, name='A "quoted" \\ name\twith\nlines'))
    assert parse_story(story_as_toml(hostile), "x.toml") == hostile


@pytest.mark.parametrize(("ending", "begins"), [(".docx", b"PK"), (".pdf", b"%PDF"), (".html", b"<!DOCTYPE")])
def test_the_data_pack_is_written_as_its_name_says(
    library: Library, tmp_path: Path, ending: str, begins: bytes
) -> None:
    target = tmp_path / f"pack{ending}"
    story_files.write_pack(library, "hertfordshire", target, Settings(), CLOCK)
    assert target.read_bytes().startswith(begins)
    with pytest.raises(UserError, match="neither"):
        story_files.write_pack(library, "hertfordshire", tmp_path / "pack.odt", Settings(), CLOCK)


def _candidate(name: str, themes: tuple[str, ...] = (), communities: tuple[str, ...] = ()) -> Candidate:
    return Candidate(bank="b", bank_version=1, question=replace(question(name), themes=themes, communities=communities))


def test_questions_about_a_community_are_asked_where_the_story_names_it() -> None:
    pool = [
        _candidate("anybody"),
        _candidate("gypsies", communities=("gypsy", "roma")),
        _candidate("deaf", communities=("deaf", "sign language")),
    ]
    named = Community(id="c", who="Gypsy and Traveller families", how_we_listen="We go.", source="us")
    other = Community(id="c", who="Nepali families of the garrison", how_we_listen="We go.", source="us")

    def names(*communities: Community) -> list[str]:
        return [candidate.question.id for candidate in about(pool, (), communities)]

    assert names(named) == ["anybody", "gypsies"]
    assert names() == names(other) == ["anybody", "gypsies", "deaf"]
    by_phrase = replace(other, phrases=("people who use sign language",))
    assert names(by_phrase) == ["anybody", "deaf"]


def test_a_preset_with_themes_draws_from_those_alone() -> None:
    pool = [_candidate("press", themes=("press",)), _candidate("staff", themes=("staff", "pride"))]
    assert [c.question.id for c in about(pool, ("staff",), ())] == ["staff"]
