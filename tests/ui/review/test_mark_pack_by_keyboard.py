"""A whole pack by keyboard alone: opened, marked, pinned, submitted, and on to the return."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cqcmock.domain.review import SheetState
from tests.ui.conftest import StandIn
from tests.ui.review.conftest import Sent
from tests.ui.review.mark_hands import LENSES, levels, press, sheets, shown, submit, workspace
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.review.open_pack_screen import OpenPackScreen


def test_a_pack_is_opened_marked_and_taken_to_its_return_without_a_mouse(
    reviewer_desk: Desk, window: MainWindow, sent: Sent, qtbot: QtBot, messages: StandIn
) -> None:
    door = OpenPackScreen(reviewer_desk, window.commands)
    window.open(door)
    messages.files.append(sent.path)
    with qtbot.waitSignal(door.filled):
        press(qtbot, Qt.Key.Key_Return)
    with qtbot.waitSignal(door.opened) as signal:
        press(qtbot, Qt.Key.Key_Return)
    screen = shown(reviewer_desk, window, signal.args[0], qtbot)
    for _ in range(2):
        sheet = screen.marking.step.id
        levels(qtbot, 0, 1, 2, 3, 3, 0)
        assert screen.page.card.overall.isAncestorOf(QApplication.focusWidget())
        press(qtbot, Qt.Key.Key_Backspace)
        assert "clarity" not in screen.marking.marks.levels
        levels(qtbot, 1, 2)
        assert screen.forward.hasFocus()
        press(qtbot, Qt.Key.Key_Backspace)
        assert screen.marking.marks.overall is None
        levels(qtbot, 3)
        press(qtbot, Qt.Key.Key_W)
        press(qtbot, *[Qt.Key.Key_Right] * 2, modifier=Qt.KeyboardModifier.ShiftModifier)
        press(qtbot, Qt.Key.Key_M)
        qtbot.keyClicks(QApplication.focusWidget(), "Mn 3")
        press(qtbot, Qt.Key.Key_Escape, Qt.Key.Key_C)
        qtbot.keyClicks(QApplication.focusWidget(), "Clear.")
        press(qtbot, Qt.Key.Key_Escape)
        submit(qtbot, screen, window)
        kept = sheets(qtbot, screen)[sheet]
        assert kept.state is SheetState.SUBMITTED
        assert kept.marks.levels == dict(zip(LENSES, (0, 1, 2, 3, 3, 1), strict=True))
        assert (kept.marks.overall, kept.marks.comment) == (3, "Clear.")
        assert [(pin.start, pin.end, pin.comment) for pin in kept.marks.pins] == [(0, 2, "Mn 3")]
    levels(qtbot, 2)
    press(qtbot, Qt.Key.Key_P, Qt.Key.Key_N)
    with qtbot.waitSignal(screen.return_wanted) as wanted:
        qtbot.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert wanted.args == [sent.id]
    with workspace(screen) as there:
        assert there.wholes()["A"].overall == 2
