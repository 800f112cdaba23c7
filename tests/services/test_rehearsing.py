"""From what somebody chose to the plan of the interview, and on to what the first screen suggests next."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cqcmock.domain.modes import Timer
from cqcmock.domain.plan import Timing
from cqcmock.errors import UserError
from cqcmock.listening import listen, points
from cqcmock.paths import question_banks_folder
from cqcmock.services import banks, examples, rehearsing, scripted, sittings
from cqcmock.services import home as home_service
from cqcmock.services import library as libraries
from cqcmock.services.shipped import framework, stories
from cqcmock.settings import Settings
from tests.clocks import HandClock

if TYPE_CHECKING:
    from cqcmock.services.library import Library

USUAL = Settings()


@pytest.mark.parametrize("role", ["lead-member", "director", "frontline"])
def test_every_role_opens_with_the_place_in_its_own_way_and_closes_last(library: Library, role: str) -> None:
    plan = rehearsing.make_plan(library, rehearsing.default_set_up(library, USUAL, role))
    texts = [planned.question.text for planned in plan.questions]
    assert "Tell me about Hertfordshire" in texts[0]
    assert plan.questions[-1].question.kind == "closing"
    assert not any("{" in text for text in texts)


def test_time_is_stretched_once_for_every_part(library: Library) -> None:
    set_up = replace(
        rehearsing.default_set_up(library, USUAL),
        stretch=3.0,
        timing=Timing(prepare=10, target=60, limit=90),
        timer=Timer.HIDDEN,
    )
    plan = rehearsing.make_plan(library, set_up)
    assert {planned.timing for planned in plan.questions} == {Timing(prepare=30, target=180, limit=270)}
    assert plan.probe_timing == rehearsing.PROBE_TIMING.stretched(3.0)
    assert plan.last_words_timing == rehearsing.LAST_WORDS_TIMING.stretched(3.0)


def test_once_it_is_ready_to_listen_no_question_waits_for_its_phrases(library: Library) -> None:
    plan = rehearsing.make_plan(library, replace(rehearsing.default_set_up(library, USUAL), seed=1))
    points._vocabulary.cache_clear()
    rehearsing.ready_to_listen(plan)
    ready = points._vocabulary.cache_info().misses
    for planned in plan.questions:
        listen("People told us that they wait.", planned.question)
    assert (ready, points._vocabulary.cache_info().misses) == (len(plan.questions), ready)


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": "mayor"},
        {"place": "  "},
        {"questions": 0},
        {"questions": 41},
        {"stretch": 0.5},
        {"stretch": 11.0},
        {"timing": Timing(prepare=0, target=90, limit=60)},
        {"chosen": (("lead-member", "no-such-question"),)},
    ],
)
def test_a_set_up_that_cannot_be_is_refused_in_a_sentence(library: Library, wrong: dict[str, object]) -> None:
    set_up = replace(rehearsing.default_set_up(library, USUAL), **wrong)  # type: ignore[arg-type]
    with pytest.raises(UserError) as refused:
        rehearsing.make_plan(library, set_up)
    assert refused.value.what_happened.endswith(".")
    assert refused.value.what_to_do.endswith(".")


def test_what_was_practised_is_drawn_less(library: Library) -> None:
    clock = HandClock().clock
    set_up = replace(rehearsing.default_set_up(library, USUAL), questions=12, seed=3)
    first = {planned.question.id for planned in rehearsing.make_plan(library, set_up).questions[1:-1]}
    scripted.rehearse(library, set_up, [("An answer.",)] * 12, None, clock)
    second = {planned.question.id for planned in rehearsing.make_plan(library, set_up).questions[1:-1]}
    assert not first & second
    other_person = replace(set_up, person="Somebody else")
    assert {planned.question.id for planned in rehearsing.make_plan(library, other_person).questions[1:-1]} == first


def test_a_sitting_keeps_its_questions_when_the_bank_changes(library: Library, tmp_path: Path) -> None:
    clock = HandClock().clock
    outcome = scripted.rehearse(library, rehearsing.default_set_up(library, USUAL), [("Mine.",)], None, clock)
    asked = outcome.sitting.plan.questions[0].question.text
    folder = tmp_path / "banks"
    shutil.copytree(question_banks_folder(), folder)
    path = folder / "lead-member.toml"
    text = path.read_text("utf-8").replace('text = "Tell me about {place}."', 'text = "Changed {place}."')
    path.write_text(text, "utf-8")
    assert libraries.sync_banks(library, folder) == ()
    assert banks.show_bank(library, "lead-member").questions[0].text == "Changed {place}."
    assert sittings.load(library, outcome.sitting.id).plan.questions[0].question.text == asked


def test_a_broken_bank_is_named_with_every_mistake_and_the_others_load(tmp_path: Path) -> None:
    folder = tmp_path / "banks"
    folder.mkdir()
    for name in ("director", "lead-member", "frontline"):
        shutil.copy(question_banks_folder() / f"{name}.toml", folder)
    path = folder / "director.toml"
    text = path.read_text("utf-8").replace("target_seconds = ", 'target_seconds = "soon" # ', 2)
    path.write_text(text.replace('source = "derived"', 'source = "dreamt"', 1), "utf-8")
    from cqcmock.paths import Location

    with libraries.open_library(Location(tmp_path / "data")) as library:
        problems = libraries.sync_banks(library, folder)
        assert {problem.file for problem in problems} == {"director.toml"}
        assert sorted(problem.field for problem in problems) == ["source", "target_seconds", "target_seconds"]
        assert all(problem.where.startswith("question ") for problem in problems)
        assert {bank.id for bank in banks.list_banks(library)} == {"lead-member", "frontline"}


def test_the_first_suggestion_is_what_was_never_spoken_about(library: Library) -> None:
    hand = HandClock()
    before = home_service.home(library, USUAL, hand.clock)
    assert before.suggestion.days_ago is None
    assert before.resume == before.recent == ()
    assert before.place == "Hertfordshire"


def test_once_everything_was_spoken_about_the_oldest_comes_first(library: Library) -> None:
    hand = HandClock()
    role = [theme.id for theme in framework().theme_list if "lead-member" in theme.roles]
    chosen = [
        next(c for c in rehearsing.candidates(library, "lead-member") if theme in c.question.themes) for theme in role
    ]
    for candidate in chosen:
        set_up = replace(rehearsing.default_set_up(library, USUAL), chosen=(candidate.key,), questions=1)
        scripted.rehearse(library, set_up, [("An answer.",)], None, hand.clock)
        hand.pass_seconds(24 * 3600)
    suggestion = home_service.home(library, USUAL, hand.clock).suggestion
    assert suggestion.days_ago is not None
    assert suggestion.days_ago >= 1
    assert len(suggestion.themes) == 2


def test_the_days_to_the_date_practised_for_are_counted(library: Library) -> None:
    hand = HandClock()
    settings = replace(USUAL, practising_for=hand.clock.today() + timedelta(days=46))
    assert home_service.home(library, settings, hand.clock).days_left == 46
    assert home_service.home(library, replace(settings, practising_for=date(2020, 1, 1)), hand.clock).days_left < 0  # type: ignore[operator]


def test_a_place_without_a_story_gets_its_own_names(library: Library) -> None:
    set_up = rehearsing.default_set_up(library, replace(USUAL, place="Rutland"))
    assert (set_up.place, set_up.council) == ("Rutland", "Rutland Council")
    assert stories()[0].place.council == "Hertfordshire County Council"


def test_the_worked_example_says_that_it_is_invented_and_has_everything(library: Library) -> None:
    sitting = examples.rehearse_example(library, USUAL, HandClock().clock)
    assert "invented" in sitting.person
    assert sitting.state.phase == "done"
    assert all(takes[-1].text for takes in sitting.state.takes)
    assert any(probe.answer for takes in sitting.state.takes for probe in takes[-1].probes)
    assert sitting.sheet.submitted
    assert not sitting.reflection.empty
    assert len(sitting.actions) == 3


def test_a_place_with_the_longest_name_can_be_rehearsed_for(library: Library) -> None:
    set_up = rehearsing.default_set_up(library, replace(USUAL, place="Council " * 24 + "of Kent"))
    sitting = rehearsing.start(library, rehearsing.make_plan(library, set_up), "", HandClock().clock)
    assert sitting.title.startswith("Lead member")
    assert len(sitting.title) <= 200
    assert sittings.load(library, sitting.id).title == sitting.title
