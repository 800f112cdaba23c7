"""What a test reads and presses on the café's first screen and on that of “you said, we did”."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from cqcmock.domain.cafe.templates import SHIPPED
from cqcmock.services.cafe import planning
from tests.clocks import HandClock
from ui.cafe.cafe_lines import LongLineList
from ui.widgets.labels import TextLabel

if TYPE_CHECKING:
    from cqcmock.services.cafe.planning import CafeSession
    from cqcmock.services.library import Library

TODAY = date(2026, 11, 21)
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@dataclass
class Planned:
    """Plans sessions."""

    library: Library
    hand: HandClock

    def __call__(self, days: int = 0, title: str = "", *, minutes: int = 45, team: str = "") -> CafeSession:
        order = planning.order_from(SHIPPED[1], minutes).order
        self.hand.pass_seconds(1)
        return planning.plan_session(
            *(self.library, order, self.hand.clock),
            day=TODAY + timedelta(days),
            place="Watford",
            title=title,
            team=team,
        )


def words(screen: QWidget) -> str:
    """Everything that can be read outside lists."""
    labels = [label.text() for label in screen.findChildren(TextLabel) if label.isVisible()]
    return "\n".join([*labels, *buttons(screen)]).replace("\u200b", "")


def buttons(screen: QWidget) -> list[str]:
    return [button.text() for button in screen.findChildren(QPushButton) if button.isVisible()]


def button(screen: QWidget, text: str) -> QPushButton:
    return next(one for one in screen.findChildren(QPushButton) if one.isVisible() and one.text() == text)


def primaries(screen: QWidget) -> list[str]:
    shown = (one for one in screen.findChildren(QPushButton) if one.isVisible())
    return [one.text() for one in shown if one.property("kind") == "primary"]


def focused() -> str:
    widget = QApplication.focusWidget()
    return widget.accessibleName() if widget is not None else ""


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keyboard is."""
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, modifiers)


def write(text: str) -> None:
    """Type where the keyboard is."""
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClicks(widget, text)


def tab_to(name: str) -> None:
    """Press Tab until the keyboard is there."""
    for _ in range(40):
        if focused() == name:
            return
        press(Qt.Key.Key_Tab)
    pytest.fail(f"Tab never comes to {name!r}")


def rows(view: LongLineList) -> list[str]:
    """The rows as a screen reader says them."""
    role = Qt.ItemDataRole.AccessibleTextRole
    return [str(view.lines.data(view.lines.index(row), role)) for row in range(view.lines.rowCount())]


@contextmanager
def longest_step() -> Iterator[Callable[[], float]]:
    """The longest that the window's thread worked without looking at what came in, in seconds of its own work."""
    longest, last = 0.0, time.thread_time()

    def look() -> None:
        nonlocal longest, last
        now = time.thread_time()
        longest, last = max(longest, now - last), now

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(0)
    yield lambda: longest
    timer.stop()
