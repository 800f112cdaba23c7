"""What hands do in the form of a question."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.banks.question_form_screen import QuestionFormScreen
from ui.banks.question_form_ticks import TickList

Open = Callable[..., QuestionFormScreen]
SHIPPED, SHIPPED_QUESTION = "lead-member", "tell-me-about-place"


def settle(qtbot: QtBot, screen: QuestionFormScreen) -> None:
    """Everything that was typed has been looked at."""
    qtbot.waitUntil(lambda: not screen._timer.isActive() and not screen._desk.tasks.busy, timeout=5000)


def tick(qtbot: QtBot, ticks: TickList, value: str) -> None:
    """By keyboard: down to the line, and the space bar."""
    ticks.setFocus()
    ids = [str(item.data(Qt.ItemDataRole.UserRole)) for item in ticks.entries()]
    qtbot.keyClick(ticks, Qt.Key.Key_Home)
    for _ in range(ids.index(value)):
        qtbot.keyClick(ticks, Qt.Key.Key_Down)
    qtbot.keyClick(ticks, Qt.Key.Key_Space)


def done_with(qtbot: QtBot, screen: QuestionFormScreen) -> tuple[str, str]:
    """Keep it with the key, and see which question came of it."""
    with qtbot.waitSignal(screen.done, timeout=5000) as kept:
        qtbot.keyClick(screen.window(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    bank, question = kept.args
    return str(bank), str(question)
