"""Which short key is meant, on the keyboards that people have."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.review.conftest import Sent
from tests.ui.review.mark_hands import opened, press
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.widgets.key_meant import key_meant

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
NU = 0x039D


def pressed(key: int, text: str, place: int = 0, together: Qt.KeyboardModifier = NONE) -> int | None:
    return key_meant(QKeyEvent(QEvent.Type.KeyPress, key, together, place, 0, 0, text))


@pytest.mark.parametrize(("system", "more"), [("windows", 0), ("xcb", 8), ("wayland", 8)])
def test_a_key_counts_by_its_place_where_it_writes_neither_a_digit_nor_a_latin_letter(
    monkeypatch: pytest.MonkeyPatch, system: str, more: int
) -> None:
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: system)
    french = {"à": (Qt.Key.Key_Agrave, 11), "&": (Qt.Key.Key_Ampersand, 2), "é": (Qt.Key.Key_Eacute, 3)}
    meant = [pressed(key, text, place + more) for text, (key, place) in french.items()]
    assert meant == [Qt.Key.Key_0, Qt.Key.Key_1, Qt.Key.Key_2]
    assert pressed(NU, "ν", 49 + more) == Qt.Key.Key_N
    assert pressed(Qt.Key.Key_Comma, ",", 50 + more) == Qt.Key.Key_Comma  # where M is elsewhere
    assert pressed(Qt.Key.Key_Minus, "-", 12 + more) == Qt.Key.Key_Minus
    assert pressed(Qt.Key.Key_Escape, "\x1b", 1 + more) == Qt.Key.Key_Escape


def test_a_system_that_does_not_tell_the_place_is_taken_by_what_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "cocoa")
    assert pressed(NU, "ν", 49) == NU
    assert pressed(Qt.Key.Key_N, "n", 45) == Qt.Key.Key_N


def test_shift_changes_no_letter_and_no_digit_and_no_other_key_may_be_held() -> None:
    assert pressed(Qt.Key.Key_2, "2", together=SHIFT) == Qt.Key.Key_2
    assert pressed(Qt.Key.Key_M, "M", together=SHIFT) == Qt.Key.Key_M
    assert pressed(Qt.Key.Key_QuoteDbl, '"', 11, together=SHIFT) is None
    assert pressed(Qt.Key.Key_Backspace, "\b", together=SHIFT) is None
    for held in (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier):
        assert pressed(Qt.Key.Key_C, "c", together=held) is None


def test_words_are_commented_on_while_shift_is_still_held_and_digits_may_need_it(
    reviewer_desk: Desk, window: MainWindow, sent: Sent, qtbot: QtBot
) -> None:
    screen = opened(reviewer_desk, window, sent, qtbot)
    press(qtbot, Qt.Key.Key_3, modifier=SHIFT)
    press(qtbot, Qt.Key.Key_2, modifier=Qt.KeyboardModifier.KeypadModifier)
    assert screen.marking.marks.levels == {"answered": 3, "evidence": 2}
    press(qtbot, Qt.Key.Key_W)
    press(qtbot, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_M, modifier=SHIFT)
    assert screen.page.answer.pins.comment.edit is QApplication.focusWidget()
