"""Facts out of a spreadsheet: seen first, then taken in whole or not at all, and taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cqcmock.services import stories
from tests.ui.conftest import StandIn
from tests.ui.story.conftest import RUTLAND, Shown, ShowStory
from ui.desk import Desk
from ui.story.facts_import_screen import FactsImportScreen

if TYPE_CHECKING:
    from cqcmock.services.library import Library

HEAD = "What,Value,As of,Source\n"


class Importing:
    """The screen, opened from the story."""

    def __init__(self, shown: Shown, tmp_path: Path) -> None:
        self.shown = shown
        self.path = tmp_path / "facts.csv"
        self.screen = FactsImportScreen(shown.desk, "rutland", self.path)

    def open(self, rows: str) -> FactsImportScreen:
        self.path.write_text(HEAD + rows, encoding="utf-8")
        self.shown.window.open(self.screen)
        self.shown.settle()
        return self.screen

    def signs(self) -> list[tuple[str, str]]:
        return [(line.sign, line.title) for line in self.screen.list.lines.lines]


@pytest.fixture
def importing(show_story: ShowStory, tmp_path: Path) -> Importing:
    return Importing(show_story(), tmp_path)


def test_what_is_new_changed_and_the_same_is_shown_before_anything_is_done(importing: Importing) -> None:
    screen = importing.open(
        "People waiting,180,1/10/2026,Our report\nRating,good,2026-04-01,The report\nHomes,31,1/10/2026,us\n"
    )
    assert importing.signs() == [
        ("New", "Homes: 31"), ("Changed", "People waiting: 180 people"), ("The same", "Rating: good"),
    ]  # fmt: skip
    assert screen.list.lines.lines[1].about == (
        "value: 212 → 180 · as of: 1 April 2026 → 1 October 2026 · review by: 1 July 2026 → 1 January 2027"
    )
    assert screen.words.text() == (
        "For Rutland: 1 new, 1 changed and 1 the same as now. 1 fact that it does not mention stays as it is."
    )
    assert screen.take.text() == "Import 2 facts"
    assert screen.take.hasFocus()
    assert importing.shown.story() == RUTLAND


def test_it_is_taken_in_with_one_key_and_undone_from_its_message_or_with_ctrl_z(
    importing: Importing, messages: StandIn
) -> None:
    screen = importing.open("People waiting,180,1/10/2026,Our report\nHomes,31,1/10/2026,us\n")
    with importing.shown.qtbot.waitSignal(screen.done) as done:
        QTest.keyClick(importing.shown.window.focusWidget(), Qt.Key.Key_Return)
    assert done.args == ["rutland"]
    assert messages.texts == ["2 facts are in the story of Rutland."]
    assert [fact.value for fact in importing.shown.story().facts] == ["180", "1,400", "good", "31"]
    importing.shown.window.back()
    importing.shown.settle()
    importing.shown.undo()
    assert importing.shown.story() == RUTLAND


def test_a_file_with_a_mistake_is_not_taken_in_by_halves_and_is_read_again_once_it_is_mended(
    importing: Importing,
) -> None:
    screen = importing.open("Homes,31,1/10/2026,us\nBeds,12,soon,us\n")
    assert screen.take.isHidden()
    assert importing.signs()[0] == ("To put right", "Row 3, As of")
    assert "but found “soon”" in screen.list.lines.lines[0].about
    assert screen.problem.text().startswith("This spreadsheet has 1 mistake, so nothing is imported.")
    assert screen.again.hasFocus()
    importing.path.write_text(HEAD + "Homes,31,1/10/2026,us\nBeds,12,1/10/2026,us\n", encoding="utf-8")
    screen.again.click()
    importing.shown.settle()
    assert screen.problem.isHidden()
    assert screen.take.text() == "Import 2 facts"


def test_where_the_story_was_changed_in_between_nothing_is_imported(importing: Importing) -> None:
    screen = importing.open("Homes,31,1/10/2026,us\n")
    changed = replace(RUTLAND, you_said=())
    stories.save(importing.shown.library, changed, "somebody else", importing.shown.desk.clock)
    screen.take.click()
    assert importing.shown.story() == changed
    assert screen.problem.text().startswith("Nothing was imported. Somebody else has changed this story")


def test_a_file_that_cannot_be_read_is_told_on_the_page(importing: Importing) -> None:
    importing.screen.path = importing.path.with_name("not-there.csv")
    importing.open("")
    assert importing.screen.problem.text().startswith("There is no file")
    assert importing.screen.take.isHidden()


def test_a_spreadsheet_to_fill_in_has_the_facts_there_are_and_can_be_read_back(
    desk: Desk, library: Library, show_story: ShowStory, messages: StandIn, tmp_path: Path, qtbot: QtBot
) -> None:
    shown = show_story()
    screen = FactsImportScreen(desk, "rutland")
    shown.window.open(screen)
    assert screen.choose.hasFocus()
    messages.files = [tmp_path / "ours.xlsx", tmp_path / "ours.xlsx"]
    screen.template.click()
    shown.settle()
    screen.choose.click()
    shown.settle()
    assert [line.sign for line in screen.list.lines.lines] == ["The same"] * 3
    assert screen.words.text() == "There is nothing to import: 3 the same as now."
    assert screen.take.isHidden()
