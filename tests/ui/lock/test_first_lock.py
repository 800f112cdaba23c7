"""The first run's question, and the way from there to a locked library: by keyboard, with two words from the paper."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from cqcmock.paths import Location
from cqcmock.review import sealing
from cqcmock.services import locking
from cqcmock.settings import load_settings
from tests.clocks import HandClock
from tests.keyrings import MemoryKeyring, using
from tests.ui.lock.conftest import all_words, started
from tests.ui.whole_program import Hands
from ui.home.home_screen import HomeScreen
from ui.lock.first_lock_screen import FirstLockScreen
from ui.lock.gate import MOST_TIMES_ASKED
from ui.lock.new_words_screen import NewWordsScreen
from ui.lock.words_page import NO_KEYRING

Ask = Callable[[], AbstractContextManager[Hands]]


@pytest.fixture
def plain(tmp_path: Path, prepared_library: Path) -> Path:
    """A library that nobody has locked."""
    return Path(shutil.copytree(prepared_library, tmp_path / "plain"))


@pytest.fixture
def keyring() -> MemoryKeyring:
    return MemoryKeyring()


@pytest.fixture
def ask(plain: Path, keyring: MemoryKeyring, by_hand: HandClock, qtbot: QtBot) -> Ask:
    """Starts the program as its first run does."""
    with using(keyring):
        yield lambda: started(plain, qtbot, may_ask=True)


def question(hands: Hands) -> FirstLockScreen:
    screen = hands.house.window.current
    assert isinstance(screen, FirstLockScreen), type(screen).__name__
    return screen


def new_words(hands: Hands) -> NewWordsScreen:
    screen = hands.house.window.current
    assert isinstance(screen, NewWordsScreen), type(screen).__name__
    return screen


def the_words(hands: Hands) -> list[str]:
    """The words that are shown, in their order."""
    page = new_words(hands).words_page
    assert page is not None
    return [label.text().split()[-1] for label in page.shown]


def type_what_is_asked(hands: Hands, words: list[str]) -> None:
    page = new_words(hands).check_page
    assert page is not None
    for at, line in zip(page.asked, page.lines, strict=True):
        assert QApplication.focusWidget() is line
        QTest.keyClicks(line, words[at][:4])
        QTest.keyClick(line, Qt.Key.Key_Tab)


def test_one_key_puts_it_off_and_home_is_there(ask: Ask, plain: Path) -> None:
    with ask() as hands:
        assert question(hands).lock_button.hasFocus()
        assert not hands.house.window.go("questions")
        hands.press(Qt.Key.Key_Escape)
        assert isinstance(hands.house.window.current, HomeScreen)
        assert hands.sees("Rehearse before the day")
    settings = load_settings(plain).settings
    assert (settings.lock_asked, settings.lock_not_now) == (False, 1)


@pytest.mark.slow
def test_it_is_asked_at_three_starts_and_then_no_more(ask: Ask) -> None:
    for _ in range(MOST_TIMES_ASKED):
        with ask() as hands:
            question(hands).not_now_button.click()
            hands.settle()
    with ask() as hands:
        assert isinstance(hands.house.window.current, HomeScreen)


def test_whoever_wants_no_lock_is_never_asked_again(ask: Ask, plain: Path) -> None:
    with ask() as hands:
        hands.press_button("No lock on this computer")
        assert isinstance(hands.house.window.current, HomeScreen)
        assert hands.sees("is not locked: whoever can read the folder can read your answers")
        assert hands.sees("To lock it, open the settings")
    assert load_settings(plain).settings.lock_asked
    assert not locking.is_locked(Location(plain))


def test_a_start_that_only_measures_is_asked_nothing(plain: Path, by_hand: HandClock, qtbot: QtBot) -> None:
    with started(plain, qtbot) as hands:
        assert isinstance(hands.house.window.current, HomeScreen)


@pytest.mark.slow
def test_the_whole_way_by_keyboard_ends_in_a_locked_library(ask: Ask, plain: Path, keyring: MemoryKeyring) -> None:
    with ask() as hands:
        hands.press(Qt.Key.Key_Return)
        words = the_words(hands)
        assert len(words) == 6
        hands.press_button("I have them on paper")
        type_what_is_asked(hands, words)
        hands.press_button("Lock this library")
        assert isinstance(hands.house.window.current, HomeScreen)
        assert hands.house.desk.place.raw_key is not None
        assert not hands.sees("To lock it, open the settings")
        assert "has a lock now" in hands.messages.texts[0]
        assert all(word not in all_words().split() for word in words)
    assert locking.is_locked(Location(plain))
    assert not (plain / "library.sqlite").read_bytes().startswith(b"SQLite format 3")
    assert load_settings(plain).settings.lock_asked
    keyring.lost()
    assert locking.unlock_by_computer(Location(plain)) is None
    assert locking.unlock(Location(plain), " ".join(words)).raw_key is not None


def test_whoever_cannot_type_two_of_the_words_has_no_lock_yet(ask: Ask, plain: Path) -> None:
    with ask() as hands:
        hands.press(Qt.Key.Key_Return)
        words = the_words(hands)
        hands.press_button("I have them on paper")
        page = new_words(hands).check_page
        assert page is not None
        assert all(line.echoMode() is QLineEdit.EchoMode.Normal for line in page.lines)
        wrong = next(word for word in ("zebra", "river") if word != words[page.asked[0]])
        hands.type(wrong)
        hands.press(Qt.Key.Key_Return)
        assert f"This is not word {page.asked[0] + 1}." in page.problems[0].text()
        assert page.lines[0].hasFocus()
        hands.press(Qt.Key.Key_Escape)  # to the words again
        assert the_words(hands) == words
        assert page.lines[0].text() == ""
        hands.press(Qt.Key.Key_Escape)
        assert isinstance(hands.house.window.current, HomeScreen)
    assert not locking.is_locked(Location(plain))
    settings = load_settings(plain).settings
    assert (settings.lock_asked, settings.lock_not_now) == (False, 1)


@pytest.mark.slow
def test_a_keyring_that_does_not_keep_the_key_is_told_and_the_words_do_without_it(
    ask: Ask, plain: Path, keyring: MemoryKeyring
) -> None:
    with ask() as hands:
        hands.press(Qt.Key.Key_Return)
        screen, words = new_words(hands), the_words(hands)
        assert screen.words_page is not None
        assert screen.check_page is not None
        assert screen.words_page.trust.isChecked()
        hands.press_button("I have them on paper")
        type_what_is_asked(hands, words)
        keyring.locked = True
        hands.press_button("Lock this library")
        assert "did not keep the key" in screen.check_page.problem.text()
        assert not locking.is_locked(Location(plain))
        assert hands.house.desk.opened is not None
        hands.press_button("Show the words again")
        screen.words_page.trust.setChecked(False)
        hands.press_button("I have them on paper")
        type_what_is_asked(hands, words)
        hands.press_button("Lock this library")
        assert isinstance(hands.house.window.current, HomeScreen)
    assert locking.is_locked(Location(plain))


def test_a_computer_without_a_keyring_says_that_the_words_will_be_asked(
    plain: Path, by_hand: HandClock, qtbot: QtBot
) -> None:
    import keyring.backends.fail as none

    with using(none.Keyring()), started(plain, qtbot, may_ask=True) as hands:  # type: ignore[no-untyped-call]
        hands.press(Qt.Key.Key_Return)
        page = new_words(hands).words_page
        assert page is not None
        assert page.trust.isHidden()
        assert not page.computer
        assert hands.sees(NO_KEYRING)


@pytest.mark.slow
def test_the_councils_key_opens_it_where_it_was_given(ask: Ask, plain: Path) -> None:
    secret, address = sealing.new_address()
    with ask() as hands:
        hands.press(Qt.Key.Key_Return)
        screen, words = new_words(hands), the_words(hands)
        assert screen.words_page is not None
        for wrong, told in (("age1nonsense", "not a council’s public key"), (secret, "This is a secret key")):
            screen.words_page.council.setText(wrong)
            screen.words_page.done_button.click()
            assert told in screen.words_page.council_problem.text()
            assert screen.words_page.isVisible()
        screen.words_page.council.setText(f" {address} ")
        screen.words_page.done_button.click()
        type_what_is_asked(hands, words)
        hands.press_button("Lock this library")
    assert locking.unlock_by_escrow(Location(plain), secret).raw_key is not None


def test_the_page_is_saved_for_its_owner_alone_with_a_warning(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "words.pdf"
    with ask() as hands:
        hands.press(Qt.Key.Key_Return)
        page = new_words(hands).words_page
        assert page is not None
        hands.messages.files.append(file)
        page.save_button.click()
        hands.settle()
        assert "delete it from this computer" in page.said.text()
    assert file.stat().st_mode & 0o777 == 0o600
