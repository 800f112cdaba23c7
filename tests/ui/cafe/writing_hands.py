"""Somebody who writes cards on the page with which the laptop goes round."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.cafe.conftest import Wait
from ui.cafe.hand import Hand
from ui.cafe.writing_page import WritingPage

WORRY = "Reviews wait, and nobody says for how long."


def type_(qtbot: QtBot, words: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClicks(focus, words)


def press(qtbot: QtBot, key: Qt.Key, *, ctrl: bool = False) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(focus, key, held)


def begin(page: WritingPage, settle: Wait, *, before: bool = False) -> None:
    (page.gate.before if before else page.gate.not_yet).click()
    settle()


def write(page: WritingPage, settle: Wait, words: str) -> None:
    page.form.edit.put(words)
    page.hand_in()
    settle()


def written(cafe: Hand) -> list[str]:
    return [card.text for card in cafe.opened.cards.state.cards]


def in_sight(page: QWidget) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())
