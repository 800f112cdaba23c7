"""What peers made of a rehearsal, in the real window, and what its owner takes from it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cqcmock.domain.review import LONGEST_ADVICE, KeepAndChange
from cqcmock.domain.rubric import MarkSheet
from cqcmock.services import merging, peers, sittings
from cqcmock.storage.errors import StorageFullError
from tests.clocks import HandClock
from tests.faults import Tell
from tests.ui.review.conftest import Mark, Send, Wait
from ui.app_signals import Subject, change
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.review.peers_screen import PeersScreen

Open = Callable[[], PeersScreen]


@pytest.fixture
def reviewed(desk: Desk, send: Send, mark: Mark, sitting: str, hand: HandClock) -> str:
    """Two reviewers have marked it, and everything is in."""
    files = [mark(send(name), level, level) for name, level in (("Ann Example", 1), ("Bob Example", 3))]
    merging.take_in(desk.library, merging.look(desk.library, files, hand.clock))
    sittings.submit_marks(desk.library, sitting, MarkSheet(), hand.clock)
    return sitting


@pytest.fixture
def opened(desk: Desk, window: MainWindow, qtbot: QtBot, settle: Wait, reviewed: str) -> Open:
    def start() -> PeersScreen:
        screen = PeersScreen(desk, reviewed)
        with qtbot.waitSignal(screen.filled):
            window.open(screen)
        settle()
        return screen

    return start


def test_what_peers_marked_is_shown_with_where_they_part(opened: Open) -> None:
    screen = opened()
    assert screen.peers.isVisible()
    assert screen.card.isVisible()
    assert screen.leave.hasFocus()


def test_until_the_own_marks_are_in_it_leads_to_them_and_there_is_nothing_to_choose_from(
    desk: Desk, send: Send, mark: Mark, sitting: str, hand: HandClock, window: MainWindow, qtbot: QtBot, settle: Wait
) -> None:
    merging.take_in(desk.library, merging.look(desk.library, [mark(send("Ann Example"), 1, 1)], hand.clock))
    screen = PeersScreen(desk, sitting)
    with qtbot.waitSignal(screen.filled):
        window.open(screen)
    assert not screen.card.isVisible()
    assert screen.mark.hasFocus()
    with qtbot.waitSignal(screen.marks_wanted) as wanted:
        QTest.keyClick(screen.mark, Qt.Key.Key_Space)
    assert wanted.args == [sitting]
    sittings.submit_marks(desk.library, sitting, MarkSheet(), hand.clock)
    desk.signals.changed.emit(change(Subject.SITTINGS, ids=(sitting,)))
    settle()
    assert screen.card.isVisible()
    assert not screen.mark.isVisible()


def test_things_to_keep_and_to_change_are_saved_as_they_are_written_and_are_there_the_next_time(
    opened: Open, desk: Desk, reviewed: str, qtbot: QtBot, settle: Wait
) -> None:
    screen = opened()
    screen.keep[0].line.setFocus()
    QTest.keyClicks(screen.keep[0].line, "The figure first.")
    QTest.keyClicks(screen.change[1].line, "Say  who told you.")
    assert screen.saved.text() == "Saving…"
    qtbot.waitUntil(lambda: screen.saved.text() == "Saved")
    chosen = KeepAndChange(keep=("The figure first.",), change=("Say who told you.",))
    assert peers.keep_and_change(desk.library, reviewed) == chosen
    assert screen.keep[0].line.hasFocus()
    again = opened()
    assert again.advice == chosen


def test_what_comes_in_meanwhile_takes_neither_the_keyboard_nor_the_words(
    opened: Open, desk: Desk, reviewed: str, qtbot: QtBot, settle: Wait
) -> None:
    screen = opened()
    screen.keep[1].line.setFocus()
    QTest.keyClicks(screen.keep[1].line, "Plain words")
    desk.signals.changed.emit(change(Subject.PACKS))
    settle()
    QTest.keyClicks(screen.keep[1].line, ".")
    assert screen.keep[1].line.hasFocus()
    assert screen.keep[1].text == "Plain words."


def test_the_report_is_asked_for_once_everything_is_saved(
    opened: Open, desk: Desk, reviewed: str, qtbot: QtBot
) -> None:
    screen = opened()
    kept: list[KeepAndChange] = []
    screen.report_wanted.connect(lambda sitting: kept.append(peers.keep_and_change(desk.library, sitting)))
    QTest.keyClicks(screen.change[0].line, "The date.")
    screen.report.click()
    assert kept == [KeepAndChange(change=("The date.",))]


def test_what_was_written_is_kept_on_the_way_out(
    opened: Open, desk: Desk, reviewed: str, window: MainWindow, qtbot: QtBot, settle: Wait
) -> None:
    screen = opened()
    QTest.keyClicks(screen.keep[0].line, "The figure first.")
    window.go("home")
    settle()
    assert peers.keep_and_change(desk.library, reviewed).keep == ("The figure first.",)


def test_a_line_too_long_is_said_beside_it_and_keeps_the_screen_open(opened: Open, window: MainWindow) -> None:
    screen = opened()
    screen.keep[0].line.setText("x" * (LONGEST_ADVICE + 1))
    screen.keep[0].line.textEdited.emit("")
    assert "1,000" in screen.keep[0].problem.text()
    assert not window.go("home")
    screen.keep[0].line.setText("")
    assert window.go("home")


def test_on_a_full_disk_the_words_and_the_screen_stay_until_there_is_room(
    opened: Open,
    desk: Desk,
    reviewed: str,
    window: MainWindow,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    fault: Tell,
) -> None:
    screen = opened()
    QTest.keyClicks(screen.keep[0].line, "The figure first.")

    def full(*_: object) -> None:
        raise StorageFullError("The disk is full.", "Make room.")

    with monkeypatch.context() as patch:
        patch.setattr(peers, "choose_keep_and_change", full)
        assert not window.go("home")
        assert screen.saved.text() == "Not saved"
        assert any("The disk is full." in message.text for message in desk.messages.current)
        assert screen.keep[0].text == "The figure first."
    assert window.go("home")
    assert peers.keep_and_change(desk.library, reviewed).keep == ("The figure first.",)
    assert not desk.messages.current
    fault(
        "The disk is full while “keep and change” is chosen",
        area="Saving",
        tried=1,
        lost=0,
        person_sees="“Not saved” and why; everything is still on the screen, and saved once there is room",
    )
