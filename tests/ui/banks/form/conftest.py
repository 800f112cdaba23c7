"""The form of a question in the real window, and a bank of the council's own with one question in it."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from cqcmock.services import bank_editing
from tests.one_question import WAITING
from tests.ui.banks.form.hands import Open
from tests.ui.conftest import OpenWindow, StandIn
from ui.banks.question_form_screen import QuestionFormScreen
from ui.desk import Desk
from ui.main_window import MainWindow, Room
from ui.screen import Screen


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return open_window(Room(id="questions", title="Questions", make=Screen))


@pytest.fixture
def own(desk: Desk) -> str:
    """A bank of one's own for two roles."""
    deed = bank_editing.create_bank(desk.library, "Our team", ["lead-member", "director"], desk.clock)
    assert deed.question is not None
    return deed.question[0]


@pytest.fixture
def form(desk: Desk, window: MainWindow, messages: StandIn, qtbot: QtBot) -> Open:
    """Opens the form; whoever ends the test with changes in it leaves without keeping them."""
    messages.answers = [False]

    def start(bank: str = "", question: str = "") -> QuestionFormScreen:
        screen = QuestionFormScreen(desk, window.commands, bank, question)
        with qtbot.waitSignal(screen.filled):
            window.open(screen)
        qtbot.waitUntil(lambda: not desk.tasks.busy)
        return screen

    return start


@pytest.fixture
def kept(desk: Desk, own: str) -> tuple[str, str]:
    """A question in that bank."""
    deed = bank_editing.save_question(desk.library, own, WAITING, desk.clock)
    assert deed.question is not None
    return deed.question
