"""A pack with more answers than have room: every one can be reached, and the list goes along with the marking."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cqcmock.domain.review import SheetState
from tests.ui.review.conftest import Sent
from tests.ui.review.mark_hands import Open, levels, opened, press, ready, submit, with_answers
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.review.mark_pack_screen import MarkPackScreen
from ui.review.mark_steps import AT_ONCE

ANSWERS = 2 * AT_ONCE + 3


@pytest.fixture
def open_pack(reviewer_desk: Desk, window: MainWindow, sent: Sent, qtbot: QtBot) -> Open:
    return lambda: opened(reviewer_desk, window, with_answers(sent, ANSWERS), qtbot)


def names(screen: MarkPackScreen) -> list[str]:
    """What the buttons that are shown are called, without how far each is."""
    return [button.accessibleName().split(",")[0] for button in screen.page.steps.buttons if button.isVisible()]


def answers(first: int, last: int) -> list[str]:
    return [f"Answer {number} of {ANSWERS}" for number in range(first, last + 1)]


def test_every_step_of_a_long_pack_is_reached_from_the_list(open_pack: Open) -> None:
    screen = open_pack()
    steps = screen.page.steps
    assert names(screen) == answers(1, AT_ONCE)
    assert not steps.earlier.isVisible()
    steps.later.click()
    assert names(screen) == answers(AT_ONCE + 1, 2 * AT_ONCE)
    assert not any(button.isChecked() for button in steps.buttons)
    assert screen.marking.at == 0
    steps.later.click()
    assert names(screen) == [*answers(2 * AT_ONCE + 1, ANSWERS), "Candidate A as a whole"]
    assert not steps.later.isVisible()
    steps.buttons[1].click()
    assert screen.marking.name(screen.marking.at) == f"Answer {2 * AT_ONCE + 2} of {ANSWERS}"
    assert steps.buttons[1].isChecked()
    assert steps.progress.text() == f"Answer {2 * AT_ONCE + 2} of {ANSWERS} · 0 of {ANSWERS} submitted"
    steps.earlier.click()
    steps.earlier.click()
    assert names(screen) == answers(1, AT_ONCE)
    assert not steps.earlier.isVisible()


def test_the_list_goes_on_to_the_next_steps_when_the_marking_does_and_back_again(
    open_pack: Open, window: MainWindow, qtbot: QtBot
) -> None:
    screen = open_pack()
    steps = screen.page.steps
    screen.go_to(AT_ONCE - 1)
    ready(qtbot, screen)
    levels(qtbot, 2, 2, 2, 2, 2, 2, 2)
    submit(qtbot, screen, window)
    assert screen.marking.at == AT_ONCE
    assert names(screen) == answers(AT_ONCE + 1, 2 * AT_ONCE)
    assert steps.buttons[0].isChecked()
    press(qtbot, Qt.Key.Key_P)
    assert names(screen) == answers(1, AT_ONCE)
    assert steps.buttons[-1].accessibleName() == f"Answer {AT_ONCE} of {ANSWERS}, submitted"
    assert screen.marking.counts()[SheetState.SUBMITTED] == 1


def test_turning_the_list_by_keyboard_never_leaves_the_keyboard_on_what_is_not_there(
    open_pack: Open, qtbot: QtBot
) -> None:
    screen = open_pack()
    steps = screen.page.steps
    steps.later.setFocus()
    press(qtbot, Qt.Key.Key_Space, Qt.Key.Key_Space)
    assert not steps.later.isVisible()
    assert QApplication.focusWidget() is steps.earlier
    press(qtbot, Qt.Key.Key_Space, Qt.Key.Key_Space)
    assert names(screen) == answers(1, AT_ONCE)
    assert QApplication.focusWidget() is steps.later
