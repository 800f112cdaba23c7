"""What a test reads on the first screen, and what it presses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton

from cqcmock.domain.reflection import Action
from tests.ui.home.conftest import Shown
from ui.home.home_screen import HomeScreen
from ui.widgets.labels import TextLabel

ShowHome = Callable[[], Shown]

ACTIONS = (
    Action(id="8c3f0000-0000-4000-8000-000000000001", what="Meet the forum", owner="me", due=date(2026, 11, 18)),
    Action(id="8c3f0000-0000-4000-8000-000000000002", what="Ask for the median wait", due=date(2026, 11, 21)),
    Action(id="8c3f0000-0000-4000-8000-000000000003", what="Visit the carers' centre", due=date(2027, 1, 31)),
    Action(id="8c3f0000-0000-4000-8000-000000000004", what="Read the annual report"),
)


def words(home: HomeScreen) -> str:
    """Everything that can be read on the screen."""
    labels = [label.text() for label in home.findChildren(TextLabel) if label.isVisible()]
    return "\n".join(labels + [button.text() for button in buttons(home)]).replace("\u200b", "")


def buttons(home: HomeScreen) -> list[QAbstractButton]:
    return [button for button in home.findChildren(QAbstractButton) if button.isVisible()]


def button(home: HomeScreen, text: str) -> QAbstractButton:
    return next(button for button in buttons(home) if button.text() == text)


def primaries(home: HomeScreen) -> list[str]:
    return [
        button.text() for button in home.findChildren(QPushButton)
        if button.isVisible() and button.property("kind") == "primary"
    ]  # fmt: skip


def focused() -> str:
    widget = QApplication.focusWidget()
    return widget.accessibleName() if widget is not None else ""
