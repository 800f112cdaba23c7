"""A bank of the council's own, and the screens of the questions room in the real window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cqcmock.services import bank_editing
from tests.one_question import WAITING
from tests.ui.conftest import OpenWindow
from ui.banks.questions_screen import QuestionsScreen
from ui.desk import Desk
from ui.main_window import MainWindow, Room
from ui.screen import Screen

if TYPE_CHECKING:
    from cqcmock.services.library import Library

Wait = Callable[[], None]


@pytest.fixture
def own_bank(library: Library, desk: Desk) -> str:
    """The id of a bank of the council's own, with one question."""
    deed = bank_editing.create_bank(library, "Our hospital team", ["frontline"], desk.clock)
    assert deed.question is not None
    bank_editing.save_question(library, deed.question[0], WAITING, desk.clock)
    return deed.question[0]


@pytest.fixture
def settle(desk: Desk) -> Wait:
    """Waits until nothing is under way any more, and everything has its place."""

    def wait() -> None:
        for _ in range(6):
            assert desk.tasks.wait_all(20)
            QApplication.processEvents()
            if not desk.tasks.busy:
                return

    return wait


@pytest.fixture
def window(desk: Desk, open_window: OpenWindow) -> MainWindow:
    """The window, elsewhere."""
    made: list[MainWindow] = []
    made.append(
        open_window(
            Room(id="elsewhere", title="Elsewhere", make=Screen),
            Room(id="questions", title="Questions", make=lambda: QuestionsScreen(desk, made[0].commands)),
        )
    )
    return made[0]


@pytest.fixture
def screen(window: MainWindow, qtbot: QtBot, settle: Wait) -> QuestionsScreen:
    """The questions, with everything that is shown at first."""
    made = window.screen_of("questions")
    assert isinstance(made, QuestionsScreen)
    with qtbot.waitSignal(made.filled, timeout=20_000):
        window.go("questions")
    settle()
    return made
