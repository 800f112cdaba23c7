"""Making and changing a bank of one's own in the real window, on a real library."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cqcmock.services import bank_editing, banks
from cqcmock.storage.errors import StorageFullError
from tests.faults import Tell
from tests.ui.conftest import OpenWindow, StandIn
from ui.app_signals import Change, Subject
from ui.banks.bank_form_screen import NO_ROLES, NO_TITLE, BankFormScreen
from ui.desk import Desk
from ui.main_window import MainWindow, Room
from ui.screen import Screen

Open = Callable[..., BankFormScreen]


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return open_window(Room(id="questions", title="Questions", make=Screen))


@pytest.fixture
def form(desk: Desk, window: MainWindow, messages: StandIn, qtbot: QtBot) -> Open:
    """Opens the form; whoever ends the test with changes in it leaves without keeping them."""
    messages.answers = [False]

    def start(bank: str = "") -> BankFormScreen:
        screen = BankFormScreen(desk, window.commands, bank)
        with qtbot.waitSignal(screen.filled):
            window.open(screen)
        return screen

    return start


@pytest.fixture
def own(desk: Desk) -> str:
    deed = bank_editing.create_bank(desk.library, "Our team", ["lead-member"], desk.clock)
    assert deed.question is not None
    return deed.question[0]


def keep(qtbot: QtBot, screen: BankFormScreen) -> str:
    with qtbot.waitSignal(screen.done, timeout=5000) as done:
        qtbot.keyClick(screen.window(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    return str(done.args[0])


def test_a_bank_is_made_by_keyboard_and_undo_takes_it_away_again(
    form: Open, qtbot: QtBot, desk: Desk, messages: StandIn
) -> None:
    changes: list[Change] = []
    desk.signals.changed.connect(changes.append)
    screen = form()
    qtbot.waitUntil(screen.title.line.hasFocus)
    qtbot.keyClicks(screen.title.line, "Our hospital team")
    qtbot.keyClick(screen.title.line, Qt.Key.Key_Tab)
    assert screen.roles.list.hasFocus()
    qtbot.keyClick(screen.roles.list, Qt.Key.Key_Space)
    qtbot.keyClick(screen.roles.list, Qt.Key.Key_Down)
    qtbot.keyClick(screen.roles.list, Qt.Key.Key_Space)
    bank = keep(qtbot, screen)
    made = banks.show_bank(desk.library, bank)
    assert (made.title, made.roles) == ("Our hospital team", ("lead-member", "director"))
    assert any(what.touches(Subject.BANKS) for what in changes)
    action = messages.current[-1].action
    assert action is not None
    action.do()
    qtbot.waitUntil(lambda: not desk.tasks.busy)
    assert bank_editing.own_banks(desk.library) == ()


def test_what_is_missing_is_said_at_its_field_once_somebody_tries_to_keep_it(form: Open, qtbot: QtBot) -> None:
    screen = form()
    assert screen.title.problem.isHidden()
    screen.foot.keep.click()
    assert screen.title.problem.text() == NO_TITLE
    assert screen.roles.problem.text() == NO_ROLES
    assert screen.title.line.hasFocus()
    qtbot.keyClicks(screen.title.line, "Ours")
    assert screen.title.problem.isHidden()
    assert screen.foot.mend.text() == "1 thing to fill in"


def test_a_bank_gets_another_name_and_other_roles(form: Open, own: str, qtbot: QtBot, desk: Desk) -> None:
    screen = form(own)
    assert screen.title.text == "Our team"
    assert screen.roles.values == ("lead-member",)
    screen.title.line.selectAll()
    qtbot.keyClicks(screen.title.line, "Our new team")
    screen.roles.list.setFocus()
    qtbot.keyClick(screen.roles.list, Qt.Key.Key_Down)
    qtbot.keyClick(screen.roles.list, Qt.Key.Key_Space)
    assert keep(qtbot, screen) == own
    changed = banks.show_bank(desk.library, own)
    assert (changed.title, changed.roles) == ("Our new team", ("lead-member", "director"))


def test_a_role_that_a_question_names_cannot_be_taken_from_its_bank(
    form: Open, own: str, qtbot: QtBot, desk: Desk
) -> None:
    bank_editing.change_bank(desk.library, own, "Our team", ["lead-member", "director"], desk.clock)
    head = banks.show_bank(desk.library, own)
    question = replace(bank_editing.new_question(head), text="Why?", statements=("QS1",), roles=("director",))
    bank_editing.save_question(desk.library, own, question, desk.clock)
    screen = form(own)
    screen.roles.list.setFocus()
    qtbot.keyClick(screen.roles.list, Qt.Key.Key_Down)
    qtbot.keyClick(screen.roles.list, Qt.Key.Key_Space)
    assert "just for Director" in screen.roles.problem.text()
    screen.keep()
    assert banks.show_bank(desk.library, own).roles == ("lead-member", "director")
    qtbot.keyClick(screen.roles.list, Qt.Key.Key_Space)
    assert screen.roles.problem.isHidden()


def test_a_bank_that_came_with_the_program_is_not_offered_for_change(
    form: Open, messages: StandIn, window: MainWindow
) -> None:
    screen = form("lead-member")
    assert not screen.card.isVisible()
    assert any("came with the program" in text for text in messages.texts)
    assert screen.may_close()


def test_a_full_disk_leaves_what_was_typed_and_leaving_asks_first(
    form: Open, own: str, qtbot: QtBot, desk: Desk, messages: StandIn, monkeypatch: pytest.MonkeyPatch, fault: Tell
) -> None:
    screen = form(own)
    qtbot.keyClicks(screen.title.line, " and others")

    def full(*_args: object, **_more: object) -> None:
        raise StorageFullError("The disk is full.", "Make room.")

    with monkeypatch.context() as patch:
        patch.setattr(bank_editing, "change_bank", full)
        screen.keep()
        qtbot.waitUntil(screen.foot.problem.isVisible)
        told = screen.foot.problem.text()
        assert "The disk is full." in told
    assert "and others" in screen.title.text
    assert screen.may_close()  # the person said: without keeping
    assert messages.questions == ["Keep your changes?"]
    assert banks.show_bank(desk.library, own).title == "Our team"
    fault(
        "The disk is full while a question is kept",
        area="Saving",
        tried=1,
        lost=0,
        person_sees="Why; everything is still there, and it can be done again once there is room",
    )
