"""The screen is left, or hurried, while the pack is still being read for the first time."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cqcmock.services import reviewing
from cqcmock.storage.errors import StorageFullError
from tests.faults import Tell
from tests.ui.review.conftest import Sent, Wait
from tests.ui.review.mark_hands import shown
from ui.commands import CommandId
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.review import at_work
from ui.review.at_work import AtWork, Material
from ui.review.mark_pack_screen import MarkPackScreen

Begin = Callable[[], MarkPackScreen]


@pytest.fixture
def go_on_reading(monkeypatch: pytest.MonkeyPatch) -> Event:
    """A slow stick: reading waits until this is set."""
    may = Event()
    real = AtWork.read

    def slow(self: AtWork) -> Material:
        assert may.wait(20)
        return real(self)

    monkeypatch.setattr(at_work.AtWork, "read", slow)
    return may


@pytest.fixture
def begin(reviewer_desk: Desk, window: MainWindow, sent: Sent, go_on_reading: Event) -> Begin:
    def begin_it() -> MarkPackScreen:
        reviewing.open_pack(reviewer_desk.place, sent.path, reviewer_desk.clock).close()
        window.resize(1280, 800)
        screen = MarkPackScreen(reviewer_desk, window.commands, sent.id)
        window.open(screen)
        return screen

    return begin_it


def test_leaving_while_the_pack_is_still_read_closes_its_file_and_it_can_be_opened_again(
    begin: Begin, go_on_reading: Event, window: MainWindow, settle: Wait, qtbot: QtBot
) -> None:
    screen = begin()
    work, desk, pack_id = screen._at_work, screen._desk, screen.pack_id
    assert window.go("home")
    go_on_reading.set()
    settle()
    assert work._workspace is None
    again = shown(desk, window, pack_id, qtbot)
    assert again.marking.at == 0


def test_the_way_out_works_while_the_pack_is_still_read(begin: Begin, go_on_reading: Event, settle: Wait) -> None:
    screen = begin()
    left: list[str] = []
    screen.left_for_now.connect(left.append)
    screen.page.leave.click()
    assert left == [screen.pack_id]
    go_on_reading.set()
    settle()


def test_keys_pressed_while_the_pack_is_still_read_mark_nothing(
    begin: Begin, go_on_reading: Event, window: MainWindow, settle: Wait, qtbot: QtBot
) -> None:
    screen = begin()
    for key in (Qt.Key.Key_2, Qt.Key.Key_N, Qt.Key.Key_C, Qt.Key.Key_A, Qt.Key.Key_Backspace):
        qtbot.keyClick(screen, key)
    assert not window.commands.is_possible(CommandId.RETURN_PACK)
    assert not window.commands.is_possible(CommandId.SUBMIT_SHEET)
    assert not screen.page.both.isVisible()
    with qtbot.waitSignal(screen.filled):
        go_on_reading.set()
    settle()
    assert screen.marking.at == 0
    assert screen.marking.unsaved == {}
    assert screen.marking.marks.is_empty
    assert window.commands.is_possible(CommandId.RETURN_PACK)


def test_a_pack_that_could_not_be_read_says_so_and_can_be_read_again_or_left(
    reviewer_desk: Desk, window: MainWindow, sent: Sent, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, fault: Tell
) -> None:
    real = reviewing.workspace

    def broken(*_: object) -> None:
        raise StorageFullError("The stick is out.", "Put it in again.")

    monkeypatch.setattr(reviewing, "workspace", broken)
    reviewing.open_pack(reviewer_desk.place, sent.path, reviewer_desk.clock).close()
    screen = MarkPackScreen(reviewer_desk, window.commands, sent.id)
    window.open(screen)
    qtbot.waitUntil(screen.page.trouble.isVisible)
    assert screen.may_close()
    told = screen.page.trouble.words.text()
    assert "The stick is out." in told
    assert screen.page.trouble.again.text() == "Try again"
    monkeypatch.setattr(reviewing, "workspace", real)
    with qtbot.waitSignal(screen.filled):
        screen._read()
    assert not screen.page.trouble.isVisible()
    assert screen.page.both.isVisible()
    fault(
        "A pack cannot be read when it is to be marked",
        area="Marking",
        tried=1,
        person_sees="Why, and the button “Try again”",
    )
