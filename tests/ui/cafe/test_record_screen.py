"""A record for somebody who was there: typed, put on paper, and gone before the next person sits down."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from cqcmock.services import reports
from cqcmock.services.cafe import papers
from tests.clocks import HandClock
from tests.services.cafe.hands import DAY, plan
from tests.ui.cafe.conftest import Wait
from tests.ui.conftest import OpenWindow, StandIn
from tests.ui.review.test_papers import printer_to
from ui.cafe.record_form import BY_HAND
from ui.cafe.record_screen import KEEPS_NOTHING, RecordScreen
from ui.commands import CommandId
from ui.desk import Desk
from ui.main_window import MainWindow, Room
from ui.screen import Screen

if TYPE_CHECKING:
    from cqcmock.services.library import Library

NAME, DID = "Quentin Zwetschgen", "I answered two questions in a pair."

Open = Callable[..., RecordScreen]


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return open_window(Room(id="elsewhere", title="Elsewhere", make=Screen))


@pytest.fixture
def shown(window: MainWindow, desk: Desk, settle: Wait) -> Open:
    def open_it(session: str = "") -> RecordScreen:
        screen = RecordScreen(desk, window.commands, session)
        window.open(screen)
        settle()
        return screen

    return open_it


def typed(screen: RecordScreen) -> RecordScreen:
    QTest.keyClicks(screen.form.name.line, NAME)
    QTest.keyClicks(screen.form.did.edit, DID)
    return screen


def save(screen: RecordScreen, messages: StandIn, settle: Wait, path: Path) -> None:
    messages.files = [path]
    screen.deeds.save.click()
    settle()


def on_paper(path: Path) -> str:
    return " ".join(reports.page_words(path.read_bytes()))


def is_primary(button: QWidget) -> bool:
    return bool(button.property("kind") == "primary")


def test_a_record_is_typed_and_saved_with_the_keyboard_alone(
    shown: Open, messages: StandIn, settle: Wait, tmp_path: Path, library: Library, hand: HandClock
) -> None:
    screen = shown(plan(library, hand))
    assert screen.form.name.line.hasFocus()
    day, month, year, by_hand = "", "", "", ""  # Tab goes through each, and they stay as they are
    parts = (DID, "To give a number.", "They are called back.", "Ann", "Why not sooner?")
    for words in (NAME, day, month, year, by_hand, "30", *parts):
        QApplication.processEvents()  # what Tab comes to is marked, so that typing replaces it
        QTest.keyClicks(QApplication.focusWidget(), words)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert screen.deeds.save.hasFocus()
    messages.files = [tmp_path / "mine.pdf"]
    QTest.keyClick(screen.deeds.save, Qt.Key.Key_Return)
    settle()
    words = on_paper(tmp_path / "mine.pdf")
    for part in (
        NAME,
        "24 November 2026",
        "30 min",
        DID,
        "To give a number.",
        "They are called back.",
        "Why not sooner?",
    ):
        assert part in words
    assert "Discussed with a peer (Ann)" in words
    assert len(reports.page_sizes((tmp_path / "mine.pdf").read_bytes())) == 1
    assert messages.texts[-1].endswith("It is theirs: give it to them, and keep no copy.")
    assert screen.next_person.hasFocus()


def test_the_library_and_the_name_of_the_file_keep_nothing_of_it(
    shown: Open, messages: StandIn, settle: Wait, tmp_path: Path, library: Library, hand: HandClock, folder: Path
) -> None:
    screen = typed(shown(plan(library, hand)))
    assert any(label.text() == KEEPS_NOTHING for label in screen.findChildren(QLabel))
    assert screen.deeds.paper.file_name == "Record of reflection 24 November 2026"
    save(screen, messages, settle, tmp_path / "mine.pdf")
    kept = [file for file in folder.rglob("*") if file.is_file()]
    assert kept
    for file in kept:
        content = file.read_bytes()
        assert NAME.encode() not in content
        assert DID.encode() not in content


def test_a_blank_form_has_lines_for_a_pen(shown: Open, messages: StandIn, settle: Wait, tmp_path: Path) -> None:
    screen = shown()
    assert screen.form.minutes.number.text() == BY_HAND
    screen.form.date.by_hand.click()
    assert not screen.form.date.day.isEnabled()
    save(screen, messages, settle, tmp_path / "blank.pdf")
    words = on_paper(tmp_path / "blank.pdf")
    assert "Name, if you like, date and hours" in words
    assert "What I learned: what I know, or see differently, now" in words


def test_what_is_typed_is_not_touched_by_a_session_that_is_read_late(
    window: MainWindow, desk: Desk, library: Library, hand: HandClock, settle: Wait
) -> None:
    session = plan(library, hand)
    may_go = threading.Event()
    desk.tasks.database(lambda: may_go.wait(10))
    screen = RecordScreen(desk, window.commands, session)
    window.open(screen)
    screen.form.minutes.number.setValue(20)
    may_go.set()
    settle()
    assert screen.form.minutes.seconds == 20
    assert screen.form.given.on == desk.clock.today()


def test_a_session_that_is_gone_is_no_obstacle(shown: Open) -> None:
    screen = shown("no such session")
    assert screen.problem.isVisible()
    assert "for you to enter" in screen.problem.text()
    assert screen.deeds.is_free


# The next person


def test_once_it_is_saved_the_form_is_emptied_without_a_question_and_nothing_brings_it_back(
    shown: Open, messages: StandIn, settle: Wait, tmp_path: Path, library: Library, hand: HandClock
) -> None:
    screen = typed(shown(plan(library, hand)))
    screen.form.minutes.number.setValue(10)
    assert is_primary(screen.deeds.save)
    save(screen, messages, settle, tmp_path / f"{NAME}.pdf")
    assert is_primary(screen.next_person)
    assert not is_primary(screen.deeds.save)
    screen.next_person.click()
    assert not screen.asking.isVisible()
    assert not any(screen.form.words)
    assert messages.texts == []  # nor the name of the file
    for edit in (screen.form.name.line, screen.form.did.edit):
        QTest.keyClick(edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        edit.undo()
        edit.redo()
    assert not any(screen.form.words)
    assert screen.form.minutes.seconds == 45
    assert screen.form.given == replace(papers.Reflection(), on=DAY, seconds=45 * 60)
    assert screen.form.name.line.hasFocus()
    assert is_primary(screen.deeds.save)


def test_words_that_were_typed_and_taken_out_again_are_gone_too(shown: Open) -> None:
    screen = shown()
    QTest.keyClicks(screen.form.name.line, NAME)
    screen.form.name.line.clear()
    screen.next_person.click()
    screen.form.name.line.undo()
    assert screen.form.name.text == ""


def test_words_that_were_copied_are_gone_from_the_clipboard_and_those_of_others_stay(shown: Open) -> None:
    screen, clipboard = shown(), QGuiApplication.clipboard()
    for edit in (screen.form.name.line, screen.form.did.edit):
        edit.setFocus()
        QTest.keyClicks(edit, NAME)
        QTest.keyClick(edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(edit, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
        assert clipboard.text() == NAME
        screen.next_person.click()
        assert clipboard.text() == ""
    screen.next_person.setFocus()
    clipboard.setText("From elsewhere")
    screen.next_person.click()
    assert clipboard.text() == "From elsewhere"
    clipboard.clear()


def test_words_that_are_on_no_paper_go_only_after_a_question(shown: Open) -> None:
    screen = typed(shown())
    screen.next_person.click()
    assert screen.asking.isVisible()
    assert "not been saved or printed" in screen.asked.text()
    assert screen.stay.hasFocus()
    screen.stay.click()
    assert not screen.asking.isVisible()
    assert screen.form.name.text == NAME
    screen.next_person.click()
    screen.forget.click()
    assert not any(screen.form.words)
    assert not screen.asking.isVisible()


def test_words_typed_after_saving_count_as_not_saved(
    shown: Open, messages: StandIn, settle: Wait, tmp_path: Path
) -> None:
    screen = typed(shown())
    save(screen, messages, settle, tmp_path / "mine.pdf")
    assert screen.may_close()
    QTest.keyClicks(screen.form.peer.line, "Ann")
    assert is_primary(screen.deeds.save)
    assert not screen.may_close()


def test_words_typed_while_it_is_written_count_as_not_saved(
    shown: Open, desk: Desk, messages: StandIn, settle: Wait, tmp_path: Path
) -> None:
    screen = typed(shown())
    may_go = threading.Event()
    desk.tasks.database(lambda: may_go.wait(10))
    messages.files = [tmp_path / "mine.pdf"]
    screen.deeds.save.click()
    QTest.keyClicks(screen.form.peer.line, "Ann")
    may_go.set()
    settle()
    assert "(Ann)" not in on_paper(tmp_path / "mine.pdf")
    assert screen.is_unsaved


# Leaving


def test_leaving_with_words_that_are_on_no_paper_says_so_on_the_screen(
    shown: Open, window: MainWindow, qtbot: QtBot
) -> None:
    screen = typed(shown())
    assert not window.go("elsewhere")
    assert screen.asking.isVisible()
    assert "If you leave, it is gone for good." in screen.asked.text()
    with qtbot.waitSignal(screen.left_for_now):
        screen.forget.click()
    assert window.go("elsewhere")


def test_a_record_that_is_being_written_is_written_before_the_screen_is_left_and_nothing_is_asked(
    shown: Open, window: MainWindow, messages: StandIn, tmp_path: Path
) -> None:
    screen = typed(shown())
    messages.files = [tmp_path / "mine.pdf"]
    screen.deeds.save.click()
    assert window.go("elsewhere")
    assert NAME in on_paper(tmp_path / "mine.pdf")
    assert messages.texts[-1].startswith("Saved as mine.pdf")


def test_nobody_is_asked_for_a_printer_once_the_screen_is_left(
    shown: Open, window: MainWindow, messages: StandIn, settle: Wait
) -> None:
    screen = shown()
    screen.deeds.print_button.click()
    assert window.go("elsewhere")
    settle()
    assert messages.pages == []


def test_an_empty_form_is_left_without_a_question(shown: Open, qtbot: QtBot) -> None:
    screen = shown()
    with qtbot.waitSignal(screen.left_for_now):
        screen.back.click()


# Other ways onto paper


def test_it_can_be_a_web_page_or_be_printed_by_the_key(
    shown: Open, window: MainWindow, messages: StandIn, settle: Wait, tmp_path: Path
) -> None:
    screen = typed(shown())
    messages.files = [tmp_path / "mine.html"]
    screen.deeds.save_page.click()
    settle()
    assert DID in (tmp_path / "mine.html").read_text(encoding="utf-8")
    QTest.keyClicks(screen.form.name.line, "!")
    messages.printers = [printer_to(tmp_path / "paper.pdf")]
    assert window.commands.run(CommandId.PRINT_REPORT)
    settle()
    assert len(reports.page_sizes((tmp_path / "paper.pdf").read_bytes())) == 1
    assert screen.may_close()


def test_what_cannot_be_saved_is_said_in_place_and_nothing_is_lost(
    shown: Open, messages: StandIn, settle: Wait, tmp_path: Path
) -> None:
    screen = typed(shown())
    save(screen, messages, settle, tmp_path / "missing" / "mine.pdf")
    assert screen.deeds.problem.text().startswith("Not saved.")
    assert screen.form.name.text == NAME
    assert not screen.may_close()
