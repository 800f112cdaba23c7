"""A plan screen in a window, and what a test looks at on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from cqcmock.services.cafe import for_psw
from tests.ui.cafe.conftest import Wait
from tests.ui.conftest import OpenWindow
from ui.cafe.plan_row import RoundRow
from ui.cafe.plan_screen import PlanScreen
from ui.desk import Desk
from ui.main_window import MainWindow, Room
from ui.screen import Screen

if TYPE_CHECKING:
    from cqcmock.services.cafe.for_psw import WholeSession
    from cqcmock.services.library import Library

PlanFor = Callable[..., PlanScreen]


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return open_window(Room(id="home", title="Home", make=Screen))


@pytest.fixture
def screens(desk: Desk, window: MainWindow, qtbot: QtBot, settle: Wait) -> Iterator[PlanFor]:
    made: list[PlanScreen] = []

    def open_it(session_id: str = "") -> PlanScreen:
        screen = PlanScreen(desk, window.commands, session_id)
        made.append(screen)
        with qtbot.waitSignal(screen.filled):
            window.open(screen)
        return screen

    yield open_it
    for screen in made:
        if Shiboken.isValid(screen):
            screen.may_close()
    settle()


@pytest.fixture
def screen(screens: PlanFor) -> PlanScreen:
    return screens()


def shown(screen: PlanScreen) -> list[RoundRow]:
    return [row for row in screen.order.rows if row.isVisibleTo(screen)]


def titles(screen: PlanScreen) -> list[str]:
    return [row.title.text() for row in shown(screen)]


def minutes(screen: PlanScreen) -> list[int]:
    return [row.minutes.value() for row in shown(screen)]


def open_question(screen: PlanScreen, row: int, qtbot: QtBot) -> None:
    shown(screen)[row].change.click()
    qtbot.waitUntil(lambda: screen.order.editor.model.rowCount() > 0)


def kept(library: Library, screen: PlanScreen, settle: Wait) -> WholeSession:
    assert screen.autosave.flush()
    settle()
    return for_psw.session_for_psw(library, screen._keeper.session_id)
