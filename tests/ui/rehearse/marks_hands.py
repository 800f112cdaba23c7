"""What hands do among the own marks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cqcmock.domain.rubric import MarkSheet
from cqcmock.services import sittings
from ui.rehearse.own_marks_screen import OwnMarksScreen

Open = Callable[..., OwnMarksScreen]
LENSES = ("answered", "evidence", "impact", "equity", "honesty", "clarity")


def sheet_on_disk(qtbot: QtBot, screen: OwnMarksScreen) -> MarkSheet:
    """The sheet as it is in the library, once all of it is."""
    qtbot.waitUntil(lambda: screen.autosave.is_saved, timeout=5000)
    return sittings.load(screen._desk.library, screen.sitting_id).sheet


def press(qtbot: QtBot, *keys: Qt.Key) -> None:
    for key in keys:
        focus = QApplication.focusWidget()
        assert focus is not None
        qtbot.keyClick(focus, key)
