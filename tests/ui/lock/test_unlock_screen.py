"""The words that open a locked library, for the person who has them and for nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from tests.keyrings import MemoryKeyring
from tests.ui.conftest import Show
from tests.ui.lock.conftest import SAID, WORDS, Prepared, Start, all_words, unlock, unlocking
from ui.commands import COMMANDS, FOR_GUESTS, CommandId
from ui.home.home_screen import HomeScreen
from ui.lock.words_line import WordsLine
from ui.rooms import QUESTIONS, SETTINGS
from ui.widgets.pill import SHAPES, Tone


def test_at_the_start_the_keyring_opens_the_library_and_nobody_is_asked(start: Start) -> None:
    with start() as hands:
        assert isinstance(hands.house.window.current, HomeScreen)
        assert hands.house.desk.place.raw_key is not None
        assert hands.messages.texts == []


def test_whoever_lost_the_keyring_gets_the_library_back_with_the_paper_and_is_not_asked_again(
    start: Start, memory: MemoryKeyring
) -> None:
    memory.lost()
    with start() as hands:
        screen = unlocking(hands.house)
        assert hands.house.desk.opened is None
        assert screen.words.edit.hasFocus()
        assert screen.trust.isVisible()
        screen.trust.setChecked(True)
        hands.type("1. ABAN, 2. zebr 3. laun, rive Came hosp")
        screen.trust.setFocus()  # Enter unlocks from there too
        hands.press(Qt.Key.Key_Return)
        assert isinstance(hands.house.window.current, HomeScreen)
        assert hands.house.desk.opened is not None
    with start() as again:
        assert isinstance(again.house.window.current, HomeScreen)


def test_a_word_that_is_none_of_the_list_is_named_and_what_was_typed_stays(start: Start, memory: MemoryKeyring) -> None:
    memory.lost()
    with start() as hands:
        typed = "abandon zebra xylo river camera hospital"
        unlock(hands, typed)
        screen = unlocking(hands.house)
        assert "Word 3" in screen.problem.text()
        assert screen.words.words == typed
        assert screen.words.edit.hasFocus()
        hands.type("l")
        assert screen.problem.isHidden()


@pytest.mark.slow
def test_other_words_open_nothing_and_what_was_typed_stays(start: Start, memory: MemoryKeyring) -> None:
    memory.lost()
    with start() as hands:
        unlock(hands, "zebra zebra zebra zebra zebra zebra")
        screen = unlocking(hands.house)
        assert screen.problem.text().startswith("These words do not unlock the library")
        assert screen.words.words.startswith("zebra")
        assert hands.house.desk.opened is None


def test_nothing_else_of_the_program_can_be_reached_meanwhile(start: Start, memory: MemoryKeyring) -> None:
    memory.lost()
    with start() as hands:
        window = hands.house.window
        screen = unlocking(hands.house)
        possible = {one.id for one in COMMANDS if window.commands.is_possible(one.id)}
        assert possible == FOR_GUESTS | {CommandId.QUIT}
        for room in (QUESTIONS, SETTINGS):
            assert not window.go(room)
        hands.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        hands.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
        assert window.current is screen
        assert window.rail.isHidden()
        assert SAID not in all_words()
        assert [action.text() for menu in window.menuBar().actions() for action in menu.menu().actions()
                if action.isEnabled()] == ["Quit", "Larger text", "Smaller text", "Normal text size",
                                           "Keyboard shortcuts"]  # fmt: skip


def test_the_program_can_be_quit_while_it_is_locked(start: Start, memory: MemoryKeyring) -> None:
    memory.lost()
    with start() as hands:
        hands.press(Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
        assert not hands.house.window.isVisible()


def test_the_councils_key_file_opens_it_too(
    start: Start, memory: MemoryKeyring, prepared: Prepared, tmp_path: Path
) -> None:
    memory.lost()
    file = tmp_path / "council.key"
    file.write_text(f"# created: 2026-11-22\n{prepared.council}\n")
    wrong = tmp_path / "notes.txt"
    wrong.write_text("Nothing in here.")
    with start() as hands:
        screen = unlocking(hands.house)
        hands.messages.files += [wrong, file]
        screen.key_file.click()
        hands.settle()
        assert "There is no secret key in notes.txt" in screen.problem.text()
        screen.key_file.click()
        hands.settle()
        assert isinstance(hands.house.window.current, HomeScreen)


def test_without_the_paper_it_is_said_what_can_be_done(start: Start, memory: MemoryKeyring) -> None:
    memory.lost()
    with start() as hands:
        hands.press_button("I do not have the paper")
        for way in ("council", "second place", "Otherwise nobody can open it"):
            assert hands.sees(way) or way in hands.seen()


def test_each_finished_word_is_shown_as_known_or_not_in_words_and_shape(show: Show) -> None:
    line = WordsLine()
    show(line)
    line.edit.setFocus()
    QTest.keyClicks(line.edit, "aban xylo zebr")
    texts = [sign.text() for sign in line.signs]
    assert texts[:3] == [f"{SHAPES[Tone.IN_HAND]}\u20021 known", f"{SHAPES[Tone.OVER]}\u20022 not a word of the list",
                         f"{SHAPES[Tone.IN_HAND]}\u20023 known"]  # fmt: skip
    assert texts[3] == f"{SHAPES[Tone.QUIET]}\u20024"
    line.shown.setChecked(True)
    assert line.signs[0].text().endswith("1 abandon")
    assert "abandon" not in line.signs[0].accessibleName()


def test_what_is_typed_is_hidden_until_somebody_asks_and_goes_nowhere_else(show: Show) -> None:
    line = WordsLine()
    show(line)
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("before")
    assert line.edit.echoMode() is QLineEdit.EchoMode.Password
    line.shown.setChecked(True)
    line.edit.setText(WORDS)
    line.edit.selectAll()
    for key in (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Cut):
        QTest.keySequence(line.edit, key)
    assert clipboard.text() == "before"
    assert line.edit.text() == WORDS
    assert line.edit.completer() is None
    assert line.edit.inputMethodHints() & Qt.InputMethodHint.ImhSensitiveData
    line.forget()
    assert not line.edit.isUndoAvailable()
    assert line.edit.echoMode() is QLineEdit.EchoMode.Password
    assert all(word not in all_words() for word in WORDS.split())


@pytest.mark.slow
def test_no_word_and_no_key_reaches_a_file_or_a_widget(start: Start, memory: MemoryKeyring, locked: Path) -> None:
    memory.lost()
    with start() as hands:
        unlock(hands)
        key = hands.house.desk.place.raw_key
        assert key is not None
        assert key not in all_words()
        assert key not in repr(hands.house.desk.place)
    for path in locked.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert key.encode() not in content
            assert b"laundry" not in content
