"""The whole program in its window, on a data folder of somebody's own, and hands on its keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from cqcmock.paths import Location
from cqcmock.settings import load_settings
from tests.ui.conftest import StandIn
from ui.app import House, StepTimes, compose
from ui.crash import CrashReports
from ui.rooms import HOME


@contextmanager
def running(folder: Path, qtbot: QtBot) -> Iterator[House]:
    """The program as it starts on this folder; `ui.app.Messages` and `ui.app.Theme` are stood in for already."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    settings = load_settings(folder).settings
    made = compose(app, Location(folder), settings, CrashReports(folder / "logs"), StepTimes(None))
    made.window.show()
    made.window.go(HOME)
    made.door.open_own()
    made.window.activateWindow()
    qtbot.waitUntil(lambda: made.desk.opened is not None and not made.desk.tasks.busy, timeout=20_000)
    yield made
    made.window.close()
    made.close()
    made.window.deleteLater()
    made.desk.tasks.deleteLater()


class Hands:
    """Presses keys, and looks at what the keyboard is on."""

    def __init__(self, house: House, qtbot: QtBot) -> None:
        self.house, self.qtbot = house, qtbot

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focus = QApplication.focusWidget() or self.house.window
        QTest.keyClick(focus, key, modifier)
        self.settle()

    def type(self, words: str) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, words)
        self.settle()

    def settle(self) -> None:
        for _ in range(3):
            self.qtbot.waitUntil(lambda: not self.house.desk.tasks.busy, timeout=20_000)
            QApplication.processEvents()

    def tab_to(self, name: str) -> None:
        """Tab until the keyboard is on something of this name."""
        for _ in range(80):
            if name in said(QApplication.focusWidget()):
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never came to “{name}”")

    def press_button(self, name: str) -> None:
        self.tab_to(name)
        self.press(Qt.Key.Key_Space)

    def sees(self, words: str) -> bool:
        """Whether these words stand somewhere on the screen that is shown."""
        return words in self.seen()

    def seen(self) -> str:
        """Every word on the screen that is shown."""
        screen = self.house.window.current
        assert screen is not None
        labels = screen.findChildren(QLabel)
        return "\n".join(label.text().replace("\u200b", "") for label in labels if label.isVisible())

    @property
    def messages(self) -> StandIn:
        stand_in = self.house.desk.messages
        assert isinstance(stand_in, StandIn)
        return stand_in


def said(widget: QWidget | None) -> str:
    if widget is None:
        return ""
    text = getattr(widget, "text", None)
    return f"{widget.accessibleName()} {text() if callable(text) else ''}".replace("&", "")
