"""The lock from the settings: other words, this computer's keyring, and no lock at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from cqcmock.paths import Location
from cqcmock.services import locking
from cqcmock.services.library_keys import WrongWordsError
from tests.keyrings import MemoryKeyring
from tests.ui.lock.conftest import WORDS, Start, unlock, unlocking
from tests.ui.lock.test_first_lock import new_words, the_words, type_what_is_asked
from tests.ui.whole_program import Hands
from ui.rooms import SETTINGS
from ui.settings.lock_section import LockSection
from ui.settings.settings_screen import SettingsScreen


def safekeeping(hands: Hands) -> LockSection:
    """The section, in the settings."""
    hands.house.window.go(SETTINGS)
    hands.settle()
    screen = hands.house.window.current
    assert isinstance(screen, SettingsScreen)
    return screen.lock


def test_what_opens_the_library_is_said(hands: Hands) -> None:
    section = safekeeping(hands)
    assert section.state.text().endswith("this computer, the six words and the council’s key.")
    assert section.trust.isChecked()
    assert section.lock_button.isHidden()


def test_without_this_computer_the_words_are_asked_at_the_next_start(start: Start, memory: MemoryKeyring) -> None:
    with start() as hands:
        safekeeping(hands).trust.click()
        hands.settle()
        assert hands.messages.texts == ["The six words are asked for at each start from now on."]
        assert memory.kept == {}
    with start() as again:
        unlocking(again.house)


def test_a_keyring_that_does_not_answer_is_told_and_the_tick_says_how_it_is(
    start: Start, memory: MemoryKeyring
) -> None:
    with start() as hands:
        section = safekeeping(hands)
        section.trust.click()
        hands.settle()
        memory.locked = True
        section.trust.click()
        hands.settle()
        assert "did not keep the key" in hands.messages.texts[-1]
        assert not section.trust.isChecked()


@pytest.mark.slow
def test_other_words_open_it_afterwards_and_the_old_ones_do_not(hands: Hands, locked: Path) -> None:
    safekeeping(hands).change_button.click()
    hands.settle()
    words = the_words(hands)
    screen = new_words(hands)
    assert screen.words_page is not None
    assert screen.words_page.escrow.startswith("age1")  # the council's key of now stays
    hands.press_button("I have them on paper")
    type_what_is_asked(hands, words)
    hands.press_button("Change the words")
    assert hands.house.window.room_shown == SETTINGS
    assert "Destroy the paper" in hands.messages.texts[0]
    with pytest.raises(WrongWordsError):
        locking.unlock(Location(locked), WORDS)
    hands.house.gate.lock_now()
    hands.settle()
    unlock(hands, " ".join(words))
    assert hands.house.desk.opened is not None


@pytest.mark.slow
def test_no_lock_is_taken_off_by_accident(hands: Hands, locked: Path) -> None:
    section = safekeeping(hands)
    hands.messages.answers += [False, True]
    section.remove_button.click()
    hands.settle()
    assert locking.is_locked(Location(locked))
    section.remove_button.click()
    hands.settle()
    assert not locking.is_locked(Location(locked))
    assert not section.lock_button.isHidden()
    assert len(hands.messages.questions) == 2
