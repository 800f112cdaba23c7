"""Opening a pack that was sent, in the real window: with words, with a key, and with what is no pack at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from cqcmock.review import sealing
from cqcmock.services import merging, reviewer_keys, reviewing
from tests.ui.conftest import StandIn
from tests.ui.review.conftest import Laptops, Sent
from ui.app_signals import Change, Subject
from ui.commands import CommandId
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.review.open_pack_screen import (
    BEGUN_ANEW,
    KEY_IS_BELOW,
    MISTYPED,
    NO_FILE,
    NOT_THESE,
    ONE_BY_ONE,
    TO_YOUR_KEY,
    OpenPackScreen,
)

WORDS = "abandon ability zebra rival orbit lunar"


@pytest.fixture
def screen(reviewer_desk: Desk, window: MainWindow) -> OpenPackScreen:
    made = OpenPackScreen(reviewer_desk, window.commands)
    window.open(made)
    return made


@pytest.fixture
def with_words(sent: Sent, tmp_path: Path) -> Path:
    """The same pack, sealed with words."""
    own = reviewer_keys.own_key(sent.laptop)
    content = sealing.open_with_keys(sent.path.read_bytes(), [own.secret])
    path = tmp_path / "With words.cqcpack"
    path.write_bytes(sealing.seal_with_passphrase(content, WORDS))
    return path


def take(qtbot: QtBot, screen: OpenPackScreen, path: Path) -> None:
    with qtbot.waitSignal(screen.filled):
        screen.take(path)


def failed(qtbot: QtBot, screen: OpenPackScreen) -> str:
    qtbot.waitUntil(lambda: screen.problem.isVisible() and not screen._opening, timeout=15_000)
    return screen.problem.text()


def test_a_pack_sealed_to_the_own_key_is_found_out_and_opened_without_words(
    screen: OpenPackScreen, sent: Sent, qtbot: QtBot, messages: StandIn
) -> None:
    assert screen.choose.hasFocus()
    assert not screen.open_card.isVisible()
    messages.files.append(sent.path)
    with qtbot.waitSignal(screen.filled):
        screen.choose.click()
    assert screen.told.text() == TO_YOUR_KEY
    assert not screen.words.isVisible()
    assert screen.file_name.text().replace("\u200b", "") == f"{sent.path.name}, in {sent.path.parent}"
    changes: list[Change] = []
    screen._desk.signals.changed.connect(changes.append)
    with qtbot.waitSignal(screen.opened) as signal:
        screen.open_button.click()
    assert signal.args == [sent.id]
    assert [(change.subjects, change.ids) for change in changes] == [(frozenset({Subject.PACKS}), frozenset({sent.id}))]
    (summary,) = reviewing.workspaces(sent.laptop)
    assert (summary.id, summary.file_name) == (sent.id, sent.path.name)


def test_the_words_may_be_typed_as_they_come_and_are_hidden_until_somebody_wants_to_see_them(
    screen: OpenPackScreen, sent: Sent, with_words: Path, qtbot: QtBot
) -> None:
    take(qtbot, screen, with_words)
    assert screen.words.hasFocus()
    assert screen.words.echoMode() is QLineEdit.EchoMode.Password
    screen.show_words.click()
    assert screen.words.echoMode() is QLineEdit.EchoMode.Normal
    qtbot.keyClicks(screen.words, f"  {WORDS.upper().replace(' ', '   ')} ")
    with qtbot.waitSignal(screen.opened, timeout=15_000) as signal:
        qtbot.keyClick(screen.words, Qt.Key.Key_Return)
        assert screen.busy.isVisible()
        assert not screen.open_button.isEnabled()
    assert signal.args == [sent.id]
    assert screen.words.text() == ""


def test_wrong_words_are_told_in_place_and_can_be_typed_over(
    screen: OpenPackScreen, with_words: Path, qtbot: QtBot
) -> None:
    take(qtbot, screen, with_words)
    screen.open_it()
    assert "No words yet." in screen.problem.text()
    qtbot.keyClicks(screen.words, "abandon ability")
    assert not screen.problem.isVisible()
    screen.open_it()
    told = failed(qtbot, screen)
    assert told == f"{NOT_THESE} You typed 2 words; those that are offered to senders are 6."
    assert screen.words.hasFocus()
    assert screen.words.selectedText() == "abandon ability"
    assert not screen.busy.isVisible()
    assert reviewing.workspaces(screen._desk.place) == ()
    qtbot.keyClicks(screen.words, WORDS)
    assert (screen.words.text(), screen.open_button.isEnabled()) == (WORDS, True)


def test_one_mistyped_word_is_named_and_only_that_one_has_to_be_typed_again(
    screen: OpenPackScreen, with_words: Path, qtbot: QtBot
) -> None:
    take(qtbot, screen, with_words)
    right = WORDS.split()
    mistyped = " ".join((*right[:2], "absnet", *right[3:]))
    qtbot.keyClicks(screen.words, mistyped)
    screen.open_it()
    assert failed(qtbot, screen) == f"{NOT_THESE} The third {MISTYPED}"
    assert "absnet" not in screen.problem.text()
    assert screen.words.hasFocus()
    assert (screen.words.selectionStart(), screen.words.selectionLength()) == (mistyped.index("absnet"), 6)
    qtbot.keyClicks(screen.words, right[2])
    assert screen.words.text() == WORDS
    with qtbot.waitSignal(screen.opened, timeout=20_000):
        qtbot.keyClick(screen.words, Qt.Key.Key_Return)


def test_six_words_of_which_each_could_be_right_are_to_be_compared(
    screen: OpenPackScreen, with_words: Path, qtbot: QtBot
) -> None:
    take(qtbot, screen, with_words)
    qtbot.keyClicks(screen.words, "zoo " * 6)
    screen.open_it()
    assert failed(qtbot, screen) == f"{NOT_THESE} {ONE_BY_ONE}"
    assert screen.words.selectedText().split() == ["zoo"] * 6


def test_a_pack_sealed_to_another_key_says_what_to_ask_for(
    desk: Desk, laptops: Laptops, window: MainWindow, sent: Sent, qtbot: QtBot
) -> None:
    screen = OpenPackScreen(replace(desk, place=laptops("Bob Example")), window.commands, sent.path)
    with qtbot.waitSignal(screen.filled):
        window.open(screen)
    screen.open_it()
    assert failed(qtbot, screen) == (
        f"This file was sealed to another key. Ask for one that is sealed to yours, or to a passphrase. {KEY_IS_BELOW}"
    )
    assert reviewing.workspaces(laptops("Bob Example")) == ()


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"Dear Ann", "not a sealed file"), (b"age-encr", "damaged or was cut off"), (None, "cannot be read")],
)
def test_what_is_no_pack_is_told_beside_the_file_and_another_can_be_chosen(
    screen: OpenPackScreen, sent: Sent, qtbot: QtBot, tmp_path: Path, content: bytes | None, words: str
) -> None:
    path = tmp_path / "letter.txt"
    if content is not None:
        path.write_bytes(content)
    take(qtbot, screen, path)
    assert words in screen.file_problem.text()
    assert not screen.open_card.isVisible()
    assert screen.choose.hasFocus()
    take(qtbot, screen, sent.path)
    assert not screen.file_problem.isVisible()
    assert screen.open_card.isVisible()


def test_a_pack_that_was_cut_off_is_told_and_leaves_nothing_behind(
    screen: OpenPackScreen, sent: Sent, qtbot: QtBot, tmp_path: Path
) -> None:
    cut = tmp_path / "cut.cqcpack"
    cut.write_bytes(sent.path.read_bytes()[:-100])
    take(qtbot, screen, cut)
    screen.open_it()
    assert "cut off" in failed(qtbot, screen)
    assert reviewing.workspaces(sent.laptop) == ()


def test_a_file_chooser_that_is_cancelled_changes_nothing(
    screen: OpenPackScreen, window: MainWindow, sent: Sent, qtbot: QtBot, messages: StandIn
) -> None:
    messages.files.append(None)
    assert window.commands.run(CommandId.OPEN_PACK)
    assert screen.file_name.text() == NO_FILE
    take(qtbot, screen, sent.path)
    messages.files.append(None)
    window.commands.run(CommandId.OPEN_PACK)
    assert screen.open_card.isVisible()
    left: list[bool] = []
    screen.left_for_now.connect(lambda: left.append(True))
    screen.back.click()
    assert left == [True]
    assert screen.may_close()


def test_opening_a_pack_again_goes_on_where_marking_stopped(
    screen: OpenPackScreen, sent: Sent, qtbot: QtBot, desk: Desk
) -> None:
    with reviewing.open_pack(sent.laptop, sent.path, desk.clock) as there:
        there.save_whole("A", 2, "", desk.clock)
    take(qtbot, screen, sent.path)
    with qtbot.waitSignal(screen.opened):
        screen.open_it()
    with reviewing.workspace(sent.laptop, sent.id) as there:
        assert there.wholes()["A"].overall == 2


def test_a_pack_of_which_the_marks_are_damaged_is_opened_anew_and_that_is_said(
    screen: OpenPackScreen, sent: Sent, qtbot: QtBot, desk: Desk, messages: StandIn
) -> None:
    reviewing.open_pack(sent.laptop, sent.path, desk.clock).close()
    (library,) = (sent.laptop.folder / "review").glob("*/library.sqlite")
    library.write_bytes(b"not a library any more")
    take(qtbot, screen, sent.path)
    with qtbot.waitSignal(screen.opened) as signal:
        screen.open_it()
    assert signal.args == [sent.id]
    assert messages.texts == [BEGUN_ANEW]
    assert sorted((one.file_name, one.damaged) for one in reviewing.workspaces(sent.laptop)) == [
        (sent.path.name, False),
        (sent.path.name, True),
    ]


def test_the_own_public_key_is_shown_with_its_words_and_copied(
    screen: OpenPackScreen, sent: Sent, qtbot: QtBot
) -> None:
    screen.key_link.click()
    qtbot.waitUntil(lambda: screen.key.text().startswith("age1"))
    own = reviewer_keys.own_key(sent.laptop)
    assert screen.key.text() == own.address
    assert merging.key_words(own.public) in screen.key_words.text()
    screen.copy.click()
    assert QGuiApplication.clipboard().text() == own.address
    assert screen.copied.text() == "Copied"
    screen.key_link.click()
    assert not screen.key_card.isVisible()


def test_a_damaged_key_is_told_and_nothing_can_be_copied(screen: OpenPackScreen, sent: Sent, qtbot: QtBot) -> None:
    path = sent.laptop.folder / reviewer_keys.FOLDER / reviewer_keys.FILE
    path.write_text("{}")
    screen.key_link.click()
    qtbot.waitUntil(screen.key_problem.isVisible)
    assert "cannot be read" in screen.key_problem.text()
    assert not screen.copy.isEnabled()


@pytest.mark.parametrize("percent", [100, 200])
def test_nothing_is_wider_than_the_page_at_any_size_of_type(
    screen: OpenPackScreen, window: MainWindow, sent: Sent, qtbot: QtBot, tmp_path: Path, percent: int
) -> None:
    window.resize(1280, 800)
    screen._desk.theme.set_percent(percent)
    path = sent.path.rename(tmp_path / ("e" * 200 + ".cqcpack"))
    take(qtbot, screen, path)
    screen.key_link.click()
    qtbot.waitUntil(lambda: bool(screen.key.text()))
    screen._say_problem("Something is wrong here, and this is how it can be put right.")
    qtbot.waitUntil(screen.problem.isVisible)
    assert screen.page.horizontalScrollBar().maximum() == 0
