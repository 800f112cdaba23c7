"""Writing an entry of “you said, we did”: nothing that was written is lost, and Tab goes as the eye does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cqcmock.services.cafe import for_psw, you_said
from tests.clocks import HandClock
from tests.ui.cafe.conftest import Wait
from tests.ui.cafe.said.conftest import LIST, ShowSaid
from tests.ui.cafe.shelf_hands import (
    CTRL,
    button,
    focused,
    press,
    words,
    write,
)
from ui.app_signals import Subject, change
from ui.desk import Desk
from ui.main_window import MainWindow

if TYPE_CHECKING:
    from cqcmock.services.library import Library


def test_tab_goes_as_the_eye_does(library: Library, hand: HandClock, closed: str, show_said: ShowSaid) -> None:
    you_said.add(library, "More chairs", hand.clock)
    said = show_said()
    said.add.click()
    said.form.has_due.setChecked(True)
    said.back.setFocus()
    seen: list[str] = []
    while not seen or seen[-1] != "Remove…":
        if focused() not in ("Page", *seen[-1:]):  # within a date, Tab goes from figure to figure
            seen.append(focused())
        press(Qt.Key.Key_Tab)
        assert len(seen) < 20
    assert seen == [
        *("Back to the café", "Begin with", "What people said", "Who takes it on", "By a date", "By which date"),
        *("Add the entry", "Leave it", LIST, "Mark it done…", "Change…", "Tell others", "Remove…"),
    ]
    said.form.leave.click()


def test_own_words_are_not_overwritten_by_a_theme(closed: str, show_said: ShowSaid) -> None:
    said = show_said()
    said.add.click()
    QTest.keyClicks(said.form.words, "Mine")
    QTest.keyClick(said.form.start, Qt.Key.Key_Down)
    assert said.form.words.words == "Mine"


def test_what_is_not_kept_holds_the_screen_until_it_is_kept_or_left(
    library: Library, hand: HandClock, window: MainWindow, show_said: ShowSaid, qtbot: QtBot
) -> None:
    you_said.add(library, "More chairs", hand.clock)
    said = show_said()
    with qtbot.waitSignal(said.left_for_now):
        press(Qt.Key.Key_Escape)
    said.add.click()
    press(Qt.Key.Key_Escape)  # nothing is written yet
    assert (focused(), said.form.isVisible()) == (LIST, False)
    said.add.click()
    write("Half a sen")
    for leaving in (
        lambda: said.back.click(),
        lambda: press(Qt.Key.Key_Escape),
        lambda: window.go("elsewhere"),
        lambda: button(said, "Mark it done…").click(),
        lambda: button(said, "Change…").click(),
    ):
        said.form.problem.hide()
        leaving()
        assert window.current is said
        assert "This is not kept yet. Keep it, or leave it." in words(said)
        assert (focused(), said.form.words.words) == ("What people said", "Half a sen")
    button(said, "Leave it").click()
    with qtbot.waitSignal(said.left_for_now):
        said.back.click()
    assert window.go("elsewhere")


def test_what_cannot_be_kept_stays_in_the_box_with_the_reason(
    library: Library, show_said: ShowSaid, settle: Wait
) -> None:
    said = show_said()
    said.add.click()
    press(Qt.Key.Key_Return)
    settle()
    assert "It does not say what people said." in words(said)
    said.form.words.setPlainText("too long " * 300)
    press(Qt.Key.Key_Return)
    settle()
    assert "at most 2,000 can be kept" in words(said)
    said.form.words.setPlainText("short enough")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)  # pressed twice
    settle()
    assert [one.said for one in for_psw.said_for_psw(library)] == ["short enough"]


def test_what_was_removed_elsewhere_while_it_was_written_about_is_not_lost(
    library: Library, hand: HandClock, desk: Desk, show_said: ShowSaid, settle: Wait
) -> None:
    entry = you_said.add(library, "More chairs", hand.clock)
    said = show_said()
    button(said, "Change…").click()
    write("Many more chairs")
    you_said.remove(library, entry.id)
    desk.signals.changed.emit(change(Subject.CAFES))
    settle()
    press(Qt.Key.Key_Return)
    settle()
    assert "This entry is no longer in the library." in words(said)
    assert said.form.words.words == "Many more chairs"
    assert for_psw.said_for_psw(library) == ()
    button(said, "Leave it").click()


def test_ctrl_z_in_the_box_takes_back_words_and_not_what_was_done_before(
    library: Library, show_said: ShowSaid, settle: Wait
) -> None:
    said = show_said()
    said.add.click()
    write("More chairs")
    press(Qt.Key.Key_Return)
    settle()
    said.add.click()
    write("Half a sen")
    press(Qt.Key.Key_Z, CTRL)
    settle()
    assert said.form.words.words == ""
    assert len(for_psw.said_for_psw(library)) == 1
