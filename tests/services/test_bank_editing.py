"""Changing banks as the window and the command line do: own banks change, shipped ones stay, everything is undone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cqcmock.errors import UserError
from cqcmock.paths import Location, question_banks_folder
from cqcmock.services import bank_editing, banks, rehearsing, scripted
from cqcmock.services import library as libraries
from cqcmock.settings import Settings
from tests.clocks import HandClock
from tests.one_question import WAITING

if TYPE_CHECKING:
    from cqcmock.services.library import Library

CLOCK = HandClock().clock


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """A library with one shipped bank, which is quicker to fill than with all of them."""
    folder = tmp_path / "banks"
    folder.mkdir()
    (folder / "lead-member.toml").write_bytes((question_banks_folder() / "lead-member.toml").read_bytes())
    opened = libraries.open_library(Location(tmp_path / "data"))
    libraries.sync_banks(opened, folder)
    yield opened
    opened.close()


def own(library: Library) -> str:
    deed = bank_editing.create_bank(library, "Our own", ["lead-member"], CLOCK)
    assert deed.question is not None
    return deed.question[0]


def test_a_bank_that_was_made_in_the_program_can_be_rehearsed_from(library: Library) -> None:
    bank = own(library)
    deed = bank_editing.save_question(library, bank, WAITING, CLOCK)
    assert deed.question == (bank, "who-waits-longest-in")
    set_up = replace(rehearsing.default_set_up(library, Settings()), chosen=(deed.question,), questions=1)
    plan = rehearsing.make_plan(library, set_up)
    assert plan.questions[0].question.text == "Who waits longest in Hertfordshire?"


def test_a_question_with_mistakes_is_refused_with_all_of_them_and_nothing_is_kept(library: Library) -> None:
    bank = own(library)
    wrong = replace(WAITING, statements=("QS99",), limit_seconds=10, text="Who {waits}?")
    problems = bank_editing.problems_of(wrong, banks.show_bank(library, bank))
    assert sorted(problem.field for problem in problems) == ["braces", "limit_seconds", "statements"]
    with pytest.raises(UserError) as refused:
        bank_editing.save_question(library, bank, wrong, CLOCK)
    assert refused.value.what_to_do.count("\n") == 2
    assert banks.show_bank(library, bank).questions == ()


def test_a_question_that_somebody_else_changed_is_not_overwritten(library: Library) -> None:
    bank = own(library)
    bank_editing.save_question(library, bank, WAITING, CLOCK)
    opened = banks.show_bank(library, bank).questions[0]
    bank_editing.save_question(library, bank, replace(opened, target_seconds=60), CLOCK, replacing=opened)
    with pytest.raises(UserError, match="Somebody else"):
        bank_editing.save_question(library, bank, replace(opened, target_seconds=30), CLOCK, replacing=opened)
    assert banks.show_bank(library, bank).questions[0].target_seconds == 60


def test_changing_a_shipped_question_keeps_a_copy_and_retires_the_shipped_one_and_one_undo_takes_both_back(
    library: Library,
) -> None:
    bank = own(library)
    shipped = banks.show_bank(library, "lead-member")
    before = rehearsing.candidates(library, "lead-member")
    with pytest.raises(UserError, match="comes with the program"):
        bank_editing.save_question(library, "lead-member", WAITING, CLOCK)
    changed = replace(shipped.questions[1], text="Something else?")
    deed = bank_editing.change_shipped_question(library, "lead-member", changed, bank, CLOCK)
    asked = {candidate.key: candidate.question.text for candidate in rehearsing.candidates(library, "lead-member")}
    assert deed.question is not None
    assert asked[deed.question] == "Something else?"
    assert ("lead-member", changed.id) not in asked
    assert banks.show_bank(library, "lead-member") == shipped
    redo = bank_editing.undo(library, deed, CLOCK)
    assert rehearsing.candidates(library, "lead-member") == before
    bank_editing.undo(library, redo, CLOCK)
    assert ("lead-member", changed.id) not in {c.key for c in rehearsing.candidates(library, "lead-member")}


def test_retiring_can_be_undone_and_says_what_was_done(library: Library) -> None:
    keys = [("lead-member", question.id) for question in banks.show_bank(library, "lead-member").questions[:2]]
    deed = bank_editing.retire(library, keys, CLOCK)
    assert deed.what == "2 questions retired"
    assert banks.list_banks(library)[0].retired_questions == 2
    bank_editing.undo(library, deed, CLOCK)
    assert banks.list_banks(library)[0].retired_questions == 0
    whole = bank_editing.retire(library, [("lead-member", bank_editing.WHOLE_BANK)], CLOCK)
    assert whole.what == "The bank retired"
    assert banks.roles_with_questions(library) == ()
    bank_editing.restore(library, whole.retired)
    assert banks.roles_with_questions(library) != ()


def test_a_sitting_keeps_the_question_that_it_asked_when_the_bank_is_changed_and_deleted(library: Library) -> None:
    from cqcmock.services import sittings

    bank = own(library)
    deed = bank_editing.save_question(library, bank, WAITING, CLOCK)
    assert deed.question is not None
    set_up = replace(rehearsing.default_set_up(library, Settings()), chosen=(deed.question,), questions=1)
    sitting = scripted.rehearse(library, set_up, [("Older people wait.",)], None, CLOCK).sitting
    opened = banks.show_question(library, *deed.question)
    bank_editing.save_question(library, bank, replace(opened, text="Changed?"), CLOCK, replacing=opened)
    bank_editing.delete_bank(library, bank, CLOCK)
    asked = sittings.load(library, sitting.id).plan.questions[0]
    assert asked.question.text == "Who waits longest in Hertfordshire?"
    assert asked.bank_version == 2


def test_the_id_of_a_question_that_was_deleted_is_not_given_to_another(library: Library) -> None:
    bank = own(library)
    first = bank_editing.save_question(library, bank, WAITING, CLOCK).question
    assert first is not None
    bank_editing.delete_question(library, bank, first[1], CLOCK)
    second = bank_editing.save_question(library, bank, WAITING, CLOCK).question
    assert second == (bank, "who-waits-longest-in-2")


def test_every_earlier_form_of_a_question_is_kept(library: Library) -> None:
    bank = own(library)
    key = bank_editing.save_question(library, bank, WAITING, CLOCK).question
    assert key is not None
    for seconds in (60, 30):
        opened = banks.show_question(library, *key)
        bank_editing.save_question(library, bank, replace(opened, target_seconds=seconds), CLOCK, replacing=opened)
    forms = [was.question and was.question.target_seconds for was in bank_editing.earlier_versions(library, *key)]
    assert forms == [60, 90, None]
    assert [edit.what for edit in bank_editing.history(library, bank)] == [
        "The question changed", "The question changed", "The question added", "The bank “Our own” made",
    ]  # fmt: skip


def test_a_question_and_the_bank_that_is_made_for_it_are_kept_together_and_taken_back_together(
    library: Library,
) -> None:
    new = bank_editing.NewBank(title="Our front door", roles=("lead-member",))
    with pytest.raises(UserError):
        bank_editing.save_question(library, new, replace(WAITING, statements=("QS99",)), CLOCK)
    assert bank_editing.own_banks(library) == ()
    deed = bank_editing.save_question(library, new, WAITING, CLOCK)
    assert deed.question == ("our-front-door", "who-waits-longest-in")
    undone = bank_editing.undo(library, deed, CLOCK)
    assert undone.what == "Undone: The question added"
    assert bank_editing.own_banks(library) == ()
    assert bank_editing.undo(library, undone, CLOCK).what == "The question added"
    assert [question.text for question in banks.show_bank(library, "our-front-door").questions] == [WAITING.text]


def test_a_bank_stays_with_the_people_for_whom_its_questions_are(library: Library) -> None:
    bank = own(library)
    bank_editing.change_bank(library, bank, "Our own", ["lead-member", "director"], CLOCK)
    bank_editing.save_question(library, bank, replace(WAITING, roles=("director",)), CLOCK)
    with pytest.raises(UserError, match="no longer be for"):
        bank_editing.change_bank(library, bank, "Our own", ["lead-member"], CLOCK)
    assert banks.show_bank(library, bank).roles == ("lead-member", "director")


def test_banks_without_a_name_or_a_role_are_refused(library: Library) -> None:
    with pytest.raises(UserError, match="no name"):
        bank_editing.create_bank(library, "  ", ["lead-member"], CLOCK)
    with pytest.raises(UserError, match="for nobody"):
        bank_editing.create_bank(library, "Ours", [], CLOCK)
    names = [bank_editing.create_bank(library, "Ours!", ["lead-member"], CLOCK).question for _ in range(2)]
    assert names == [("ours", ""), ("ours-2", "")]
    assert {bank.id for bank in bank_editing.own_banks(library)} == {"ours", "ours-2"}
