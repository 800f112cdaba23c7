from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Show
from ui.commands import COMMANDS, Command, CommandId, Commands, Menu, Place, key_text
from ui.theme import Theme
from ui.widgets.palette import CommandPalette, matches
from ui.widgets.shortcut_sheet import ShortcutSheet


@pytest.fixture
def window(theme: Theme, show: Show) -> QWidget:
    made = QWidget()
    QVBoxLayout(made)
    show(made)
    return made


def test_every_command_stands_in_the_table_once() -> None:
    assert Counter(command.id for command in COMMANDS) == Counter(CommandId)


@pytest.mark.parametrize("place", list(Place))
def test_no_two_commands_share_a_key_in_one_place(place: Place) -> None:
    keys = [
        QKeySequence(key).toString()
        for command in COMMANDS
        if command.place in (place, Place.EVERYWHERE)
        for key in command.keys
    ]
    assert all(keys)
    assert [key for key, times in Counter(keys).items() if times > 1] == []


def test_every_key_is_one_that_qt_knows() -> None:
    for command in COMMANDS:
        for key in command.keys:
            assert QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText) == key


def test_every_command_is_in_the_palette(window: QWidget) -> None:
    palette = CommandPalette(Commands(window), window)
    assert sorted(palette.titles()) == sorted(command.title for command in COMMANDS)


def test_every_key_is_in_the_shortcut_sheet(window: QWidget) -> None:
    text = ShortcutSheet(window).text().splitlines()
    for command in (one for one in COMMANDS if one.keys):
        assert command.title in text
        for key in command.keys:
            assert key_text(key) in text


def test_the_keys_of_marking_and_of_the_list_are_in_the_shortcut_sheet(window: QWidget) -> None:
    text = ShortcutSheet(window).text().splitlines()
    for key in ("0 to 3", "Backspace", "N", "P", "C", "F2", "Del"):
        assert key in text


def test_a_key_that_is_held_down_does_a_deed_once_and_only_the_size_of_the_type_goes_on(window: QWidget) -> None:
    commands = Commands(window)
    assert not commands.action(CommandId.FINISH_ANSWER).autoRepeat()
    assert commands.action(CommandId.LARGER_TEXT).autoRepeat()


def test_every_command_has_a_menu_that_is_drawn() -> None:
    assert {command.menu for command in COMMANDS} == set(Menu)


def test_a_command_that_nobody_does_is_greyed_out(window: QWidget) -> None:
    commands = Commands(window)
    assert not commands.is_possible(CommandId.HINT)
    assert not commands.run(CommandId.HINT)
    assert not commands.action(CommandId.HINT).isEnabled()


def test_a_handler_holds_while_its_screen_is_shown(window: QWidget) -> None:
    commands, done = Commands(window), []
    one, other = QWidget(window), QWidget(window)
    commands.handle(CommandId.HINT, lambda: done.append("one"), screen=one)
    commands.handle(CommandId.HINT, lambda: done.append("other"), screen=other)
    commands.show_screen(one)
    assert commands.run(CommandId.HINT)
    commands.show_screen(other)
    assert commands.run(CommandId.HINT)
    commands.show_screen(None)
    assert not commands.run(CommandId.HINT)
    assert done == ["one", "other"]


def test_a_screen_goes_before_the_window(window: QWidget) -> None:
    commands, done = Commands(window), []
    screen = QWidget(window)
    commands.handle(CommandId.UNDO, lambda: done.append("window"))
    commands.handle(CommandId.UNDO, lambda: done.append("screen"), screen=screen)
    commands.run(CommandId.UNDO)
    commands.show_screen(screen)
    commands.run(CommandId.UNDO)
    assert done == ["window", "screen"]


def test_a_command_is_done_only_when_it_is_possible(window: QWidget) -> None:
    commands, done, possible = Commands(window), [], [False]
    commands.handle(CommandId.PAUSE, lambda: done.append(1), enabled_when=lambda: possible[0])
    assert not commands.action(CommandId.PAUSE).isEnabled()
    assert not commands.run(CommandId.PAUSE)
    possible[0] = True
    commands.refresh()
    assert commands.action(CommandId.PAUSE).isEnabled()
    possible[0] = False  # and nobody refreshed
    commands.action(CommandId.PAUSE).trigger()
    assert done == []


def test_the_handlers_of_a_screen_go_with_it(window: QWidget, qtbot: QtBot) -> None:
    commands = Commands(window)
    screen = QWidget(window)
    commands.handle(CommandId.HINT, lambda: None, screen=screen)
    commands.show_screen(screen)
    screen.deleteLater()
    QCoreApplication.sendPostedEvents(screen, QEvent.Type.DeferredDelete)
    assert not commands.is_possible(CommandId.HINT)


@pytest.mark.parametrize("command", [command for command in COMMANDS if command.id is not CommandId.UNDO])
def test_every_key_works_while_somebody_types_an_answer(window: QWidget, qtbot: QtBot, command: Command) -> None:
    commands, done = Commands(window), []
    answer = QPlainTextEdit("Hertfordshire is ten districts")
    window.layout().addWidget(answer)
    answer.setFocus()
    commands.handle(command.id, lambda: done.append(command.id))
    for key in command.keys:
        pressed = QKeySequence(key)[0]
        qtbot.keyClick(answer, pressed.key(), pressed.keyboardModifiers())
    assert done == [command.id] * len(command.keys)
    assert answer.toPlainText() == "Hertfordshire is ten districts"


def test_undo_takes_back_typing_while_somebody_types(window: QWidget, qtbot: QtBot) -> None:
    commands, done = Commands(window), []
    answer = QPlainTextEdit()
    window.layout().addWidget(answer)
    answer.setFocus()
    commands.handle(CommandId.UNDO, lambda: done.append(1))
    qtbot.keyClicks(answer, "word")
    qtbot.keyClick(answer, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert done == []
    assert answer.toPlainText() == ""


def test_the_palette_finds_by_the_beginnings_of_words() -> None:
    by_id = {command.id: command for command in COMMANDS}
    assert matches(by_id[CommandId.FINISH_ANSWER], "fin ans")
    assert matches(by_id[CommandId.FINISH_ANSWER], "INTERVIEW finish")
    assert not matches(by_id[CommandId.FINISH_ANSWER], "nish")
    assert matches(by_id[CommandId.QUIT], "")


def test_the_palette_does_what_return_is_pressed_on(window: QWidget, qtbot: QtBot) -> None:
    commands, done = Commands(window), []
    for command in (CommandId.LARGER_TEXT, CommandId.SMALLER_TEXT, CommandId.NORMAL_TEXT):
        commands.handle(command, lambda command=command: done.append(command))
    palette = CommandPalette(commands, window)
    palette.open()
    qtbot.keyClicks(palette.words, "text")
    assert palette.titles() == ("Larger text", "Smaller text", "Normal text size")
    qtbot.keyClick(palette.words, Qt.Key.Key_Down)
    qtbot.keyClick(palette.words, Qt.Key.Key_Return)
    assert done == [CommandId.SMALLER_TEXT]
    assert not window.findChildren(CommandPalette) or not palette.isVisible()


def test_the_palette_shows_what_cannot_be_done_here_last_and_does_not_do_it(window: QWidget, qtbot: QtBot) -> None:
    commands = Commands(window)
    commands.handle(CommandId.PRINT_REPORT, lambda: None)
    palette = CommandPalette(commands, window)
    palette.open()
    assert palette.titles()[0] == "Print the report…"
    qtbot.keyClicks(palette.words, "hint")
    qtbot.keyClick(palette.words, Qt.Key.Key_Return)
    assert palette.isVisible()
    qtbot.keyClicks(palette.words, " zebra")
    assert palette.titles() == ()
    assert palette.nothing.isVisible()
    palette.close()
