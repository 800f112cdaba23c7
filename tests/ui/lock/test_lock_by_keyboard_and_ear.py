"""Every page of the lock with the keyboard alone and by ear, at the usual size of type and at twice that."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.clocks import HandClock
from tests.keyrings import MemoryKeyring
from tests.ui.keyboard_and_ear import faults
from tests.ui.lock.conftest import Start, started, unlocking
from tests.ui.lock.test_first_lock import new_words, plain, question
from tests.ui.lock.test_lock_settings import safekeeping
from tests.ui.whole_program import Hands

__all__ = ["plain"]
SIZES = (100, 200)


def check(hands: Hands) -> None:
    """Nothing is wrong with what is shown now, and nothing of it is wider than the window."""
    QApplication.processEvents()
    assert faults(hands.house.window) == []
    for page in hands.house.window.current.findChildren(type(hands.house.window.current.page)):  # type: ignore[union-attr]
        assert page.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("percent", SIZES)
def test_the_words_at_the_start(start: Start, memory: MemoryKeyring, percent: int) -> None:
    memory.lost()
    with start() as hands:
        hands.house.window.resize(1280, 800)
        hands.house.desk.theme.set_percent(percent)
        hands.settle()
        screen = unlocking(hands.house)
        screen.no_paper.click()
        screen.words.edit.setText("abandon xylop zebra xylop xylop xylop")
        screen.unlock()
        hands.settle()
        assert screen.problem.isVisible()
        check(hands)


@pytest.mark.parametrize("percent", SIZES)
def test_the_first_question_the_words_and_the_check(
    plain: Path, memory: MemoryKeyring, by_hand: HandClock, qtbot: QtBot, percent: int
) -> None:
    with started(plain, qtbot, may_ask=True) as hands:
        hands.house.window.resize(1280, 800)
        hands.house.desk.theme.set_percent(percent)
        hands.settle()
        check(hands)
        question(hands).lock_button.setFocus()
        hands.press(Qt.Key.Key_Return)
        page, two = new_words(hands).words_page, new_words(hands).check_page
        assert page is not None
        assert two is not None
        page.fold.button.setChecked(True)
        page.council.setText("age1nonsense")
        page.done_button.click()
        hands.settle()
        check(hands)
        page.council.setText("")
        page.done_button.click()
        two.lock_button.click()
        hands.settle()
        assert two.problems[0].isVisible()
        check(hands)


@pytest.mark.slow
@pytest.mark.parametrize("percent", SIZES)
def test_safekeeping_in_the_settings(hands: Hands, percent: int) -> None:
    hands.house.window.resize(1280, 800)
    hands.house.desk.theme.set_percent(percent)
    section = safekeeping(hands)
    section.trust.setFocus()
    check(hands)
