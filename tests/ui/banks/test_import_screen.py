"""Bringing questions in: every mistake with its place, what would be done before it is done, and all or nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cqcmock.errors import UserError
from cqcmock.services import bank_files, banks
from tests.ui.banks.conftest import Wait
from tests.ui.conftest import StandIn
from ui.banks.import_screen import ImportScreen
from ui.banks.questions_screen import QuestionsScreen
from ui.desk import Desk
from ui.main_window import MainWindow

if TYPE_CHECKING:
    from cqcmock.services.library import Library

GOOD = "Question,Quality statements,Roles\nWho waits in {place}?,Assessing needs,Frontline practitioner\n"
BAD = "Question,Quality statements,Roles\nWho waits?,QS99,Frontline practitioner\nWhy {foo}?,QS1,Mayor\n"

Open = Callable[[str], ImportScreen]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "our team.csv"


@pytest.fixture
def opened(window: MainWindow, desk: Desk, file: Path, settle: Wait) -> Open:
    """Opens the import with a file that says this."""

    def open_it(text: str) -> ImportScreen:
        file.write_text(text, encoding="utf-8")
        made = ImportScreen(desk, window.commands, file)
        window.open(made, room="questions")
        settle()
        return made

    return open_it


def test_at_first_it_asks_for_a_file_and_nothing_can_be_imported(
    window: MainWindow, desk: Desk, messages: StandIn, file: Path, settle: Wait
) -> None:
    screen = ImportScreen(desk, window.commands)
    window.open(screen, room="questions")
    settle()
    assert screen.choose.hasFocus()
    assert not screen.import_button.isVisible()
    file.write_text(GOOD, encoding="utf-8")
    messages.files = [file]
    screen.choose.click()
    settle()
    assert screen.told.text() == "1 question found. 1 will be added. They go into a new bank, “Our team”."
    assert screen.import_button.isEnabled()


def test_every_mistake_is_listed_with_its_place_and_mended_by_reading_again(
    opened: Open, file: Path, settle: Wait
) -> None:
    screen = opened(BAD)
    lines = screen.list.lines()
    assert screen.told.text().startswith("2 questions found. There are 3 mistakes, so nothing is taken in.")
    assert any(line.startswith("Mistake in row 2, column “Quality statements”: expected") for line in lines)
    assert any("row 3" in line and "“Mayor”" in line for line in lines)
    assert not screen.import_button.isEnabled()
    assert screen.list.hasFocus()
    file.write_text(GOOD, encoding="utf-8")
    screen.again.click()
    settle()
    assert screen.list.lines() == ["Will be added: Who waits in {place}?"]
    assert screen.import_button.isEnabled()


def test_the_list_can_be_copied_whole_or_in_part(opened: Open) -> None:
    screen = opened(BAD)
    screen.copy.click()
    assert QGuiApplication.clipboard().text() == "\n".join(screen.list.lines())
    QTest.keyClick(screen.list, Qt.Key.Key_Down)
    QTest.keyClick(screen.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == screen.list.lines()[1]


def test_importing_adds_the_bank_and_one_undo_takes_it_out_again(
    opened: Open, library: Library, messages: StandIn, settle: Wait, qtbot: QtBot
) -> None:
    screen = opened(GOOD)
    with qtbot.waitSignal(screen.done) as done:
        screen.import_button.click()
    assert done.args is not None
    assert banks.show_bank(library, "our-team").questions[0].text == "Who waits in {place}?"
    (message,) = messages.current
    assert message.text == "“Our team” is imported: 1 added."
    assert message.action is not None
    message.action.do()
    settle()
    assert "our-team" not in [bank.id for bank in banks.list_banks(library)]


def test_what_was_imported_can_be_taken_back_with_ctrl_z_among_the_questions(
    opened: Open, library: Library, window: MainWindow, settle: Wait, qtbot: QtBot
) -> None:
    screen = opened(GOOD)
    with qtbot.waitSignal(screen.done):
        screen.import_button.click()
    window.go("questions")
    settle()
    questions = window.current
    assert isinstance(questions, QuestionsScreen)
    questions.finding.list.setFocus()
    QTest.keyClick(questions.finding.list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert "our-team" not in [bank.id for bank in banks.list_banks(library)]


def test_where_the_file_does_not_say_who_is_asked_ticking_them_is_enough(
    opened: Open, settle: Wait, qtbot: QtBot, library: Library
) -> None:
    screen = opened("Question,Quality statements\nWho waits?,QS1\n")
    assert screen.told.text() == "1 question found. The file does not say who is asked: tick at least one above."
    assert screen.where_card.first_tick.hasFocus()
    screen.where_card.ticks["manager"].click()
    settle()
    assert screen.import_button.isEnabled()
    with qtbot.waitSignal(screen.done):
        screen.import_button.click()
    assert banks.show_bank(library, "our-team").roles == ("manager",)


def test_into_ones_own_bank_the_old_text_of_what_changes_is_shown_beside_the_new(
    own_bank: str, opened: Open, settle: Wait
) -> None:
    screen = opened("Id,Question,Quality statements\nwho-waits-longest-in,Who waits?,QS1\nnew-one,Why?,QS2\n")
    into = screen.where_card.into
    into.setCurrentIndex(into.findData(own_bank))
    settle()
    changed, added = screen.list.lines()
    assert changed.startswith("Will be changed: Who waits?\nUntil now: Who waits longest in {place}?\nWhat changes: ")
    assert "points to listen for" in changed
    assert added == "Will be added: Why?"
    assert screen.told.text() == (
        "2 questions found. 1 will be added and 1 changed. They go into your bank “Our hospital team”."
    )
    assert not screen.where_card.who.isVisible()


def test_a_file_that_changes_nothing_says_so(
    opened: Open, library: Library, desk: Desk, file: Path, settle: Wait
) -> None:
    file.write_text(GOOD, encoding="utf-8")
    bank_files.take_in(library, bank_files.preview(library, file, desk.clock), desk.clock)
    screen = opened(GOOD)
    assert screen.told.text() == "1 question found. All of them are in “Our team” already, so there is nothing to do."
    assert screen.list.lines() == ["Left as it is: Who waits in {place}?"]
    assert not screen.import_button.isEnabled()


def test_an_import_that_is_stopped_takes_nothing_in_and_keeps_the_screen_open_meanwhile(
    opened: Open, library: Library, messages: StandIn, settle: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = opened(GOOD + "".join(f"Question {n}?,QS1,Frontline practitioner\n" for n in range(300)))
    under_way, go_on, real = threading.Event(), threading.Event(), bank_files.take_in

    def slow(library: Library, seen: bank_files.Preview, clock: object, progress: bank_files.Progress) -> object:
        def report(done: int, total: int) -> None:
            under_way.set()
            assert go_on.wait(10)
            progress(done, total)

        return real(library, seen, clock, report)  # type: ignore[arg-type]

    monkeypatch.setattr(bank_files, "take_in", slow)
    screen.import_button.click()
    assert under_way.wait(10)
    assert not screen.may_close()
    assert screen.stop_button.hasFocus()
    screen.stop_button.click()
    go_on.set()
    settle()
    assert messages.texts == ["Stopped. Nothing was taken in."]
    assert "our-team" not in [bank.id for bank in banks.list_banks(library)]
    assert screen.may_close()
    assert screen.import_button.isEnabled()


def test_a_file_that_is_dropped_is_looked_at(opened: Open, tmp_path: Path, settle: Wait) -> None:
    screen = opened(BAD)
    other = tmp_path / "other.csv"
    other.write_text(GOOD, encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(other))])
    at, no_key = QPointF(10, 10), Qt.KeyboardModifier.NoModifier
    event = QDropEvent(at, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, no_key)
    screen.dropEvent(event)
    settle()
    assert screen.told.text().endswith("They go into a new bank, “Other”.")


def test_a_file_that_is_gone_is_told_beside_the_buttons(
    opened: Open, file: Path, settle: Wait, told: Callable[[UserError], bool]
) -> None:
    screen = opened(GOOD)
    file.unlink()
    screen.again.click()
    settle()
    assert screen.problem.text().startswith("There is no file")
    assert not screen.preview_card.isVisible()
    assert screen.again.isEnabled()


def test_the_spreadsheet_to_fill_in_can_be_imported_as_it_is(
    opened: Open, messages: StandIn, tmp_path: Path, settle: Wait
) -> None:
    screen = opened(BAD)
    template = tmp_path / "fill in.csv"
    messages.files = [template]
    screen.template.click()
    settle()
    assert messages.texts[0].startswith("fill in.csv is in ")
    screen.take(template)
    settle()
    assert screen.seen is not None
    assert screen.seen.preview.problems == ()
    assert screen.import_button.isEnabled()
