"""What tests of the two windows of an interview with an interviewer do by keyboard, and look at."""

from __future__ import annotations

from collections.abc import Callable
from weakref import WeakKeyDictionary

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cqcmock.domain.interviewing import Tap
from cqcmock.domain.sitting import Sitting
from cqcmock.services import sittings
from tests.clocks import HandClock
from ui.rehearse.interview_screen import InterviewScreen
from ui.rehearse.interviewer_window import InterviewerWindow

Begin = Callable[..., InterviewScreen]


def interviewers(screen: InterviewScreen) -> InterviewerWindow:
    assert screen.interviewer is not None
    return screen.interviewer.window


def type_key(qtbot: QtBot, window: QWidget, key: Qt.Key, *, ctrl: bool = False) -> None:
    """A key pressed in a window, wherever its focus is."""
    modifier = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(window.focusWidget() or window, key, modifier)


clocks: WeakKeyDictionary[InterviewScreen, HandClock] = WeakKeyDictionary()
"""The clock of each interview, so that hands can take the time that hands take."""

A_MOMENT = 1.0


def go_on(qtbot: QtBot, screen: InterviewScreen) -> None:
    clocks[screen].pass_seconds(A_MOMENT)
    type_key(qtbot, interviewers(screen), Qt.Key.Key_Return, ctrl=True)


def tap(qtbot: QtBot, screen: InterviewScreen, which: Tap) -> None:
    clocks[screen].pass_seconds(A_MOMENT)
    type_key(qtbot, interviewers(screen), Qt.Key(Qt.Key.Key_1 + list(Tap).index(which)))


def on_disk(qtbot: QtBot, screen: InterviewScreen) -> Sitting:
    qtbot.waitUntil(lambda: screen.journal.is_saved, timeout=5000)
    return sittings.load(screen._desk.library, screen.sitting_id)
