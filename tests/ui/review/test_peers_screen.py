"""What peers made of a rehearsal, in the real window, and what its owner takes from it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from cqcmock.domain.review import LONGEST_ADVICE, KeepAndChange
from cqcmock.domain.rubric import MarkSheet
from cqcmock.services import merging, peers, sittings
from cqcmock.storage.errors import StorageFullError
from tests.clocks import HandClock
from tests.ui.review.conftest import Mark, Send, Wait
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.review.peers_screen import KEPT, PeersScreen

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


def test_things_to_keep_and_to_change_are_kept_and_are_there_the_next_time(
    opened: Open, desk: Desk, reviewed: str, qtbot: QtBot, settle: Wait
) -> None:
    screen = opened()
    qtbot.keyClicks(screen.keep[0].line, "The figure first.")
    qtbot.keyClicks(screen.change[1].line, "Say  who told you.")
    screen.keep_button.click()
    qtbot.waitUntil(lambda: screen.saved.text() == KEPT)
    chosen = KeepAndChange(keep=("The figure first.",), change=("Say who told you.",))
    assert peers.keep_and_change(desk.library, reviewed) == chosen
    settle()
    again = opened()
    assert again.advice == chosen


def test_what_was_written_is_kept_on_the_way_out(
    opened: Open, desk: Desk, reviewed: str, window: MainWindow, qtbot: QtBot, settle: Wait
) -> None:
    screen = opened()
    qtbot.keyClicks(screen.keep[0].line, "The figure first.")
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


def test_a_full_disk_is_said_and_a_second_try_works(
    opened: Open, desk: Desk, reviewed: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = opened()
    qtbot.keyClicks(screen.keep[0].line, "The figure first.")

    def full(*_: object) -> None:
        raise StorageFullError("The disk is full.", "Make room.")

    with monkeypatch.context() as patch:
        patch.setattr(peers, "choose_keep_and_change", full)
        screen.keep_button.click()
        qtbot.waitUntil(screen.problem.isVisible)
    assert "nothing that you typed is lost" in screen.problem.text()
    screen.keep_button.click()
    qtbot.waitUntil(lambda: screen.saved.text() == KEPT)
    assert not screen.problem.isVisible()
    assert peers.keep_and_change(desk.library, reviewed).keep == ("The figure first.",)
