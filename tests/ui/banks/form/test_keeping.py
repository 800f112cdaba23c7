"""Keeping, leaving, deleting and taking back a question in its form: nothing that was typed is ever lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cqcmock.services import bank_editing, banks
from cqcmock.storage.errors import StorageFullError
from tests.faults import Tell
from tests.ui.banks.form.hands import SHIPPED, SHIPPED_QUESTION, Open, done_with, settle, tick
from tests.ui.conftest import StandIn
from ui.banks.question_form_bank import USUAL_NAME
from ui.banks.question_form_foot import KEPT, READY
from ui.banks.question_form_screen import LEFT
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.theme import ThemeChoice


def test_a_question_of_ones_own_is_written_by_keyboard_into_a_bank_that_is_made_for_it(
    form: Open, qtbot: QtBot, desk: Desk, messages: StandIn
) -> None:
    screen = form()
    qtbot.waitUntil(screen.form.text.edit.hasFocus)
    qtbot.keyClicks(screen.form.text.edit, "Who waits longest?")
    tick(qtbot, screen.form.statements.list, "QS1")
    settle(qtbot, screen)
    assert screen.foot.state.text() == READY
    bank, name = done_with(qtbot, screen)
    there = banks.show_bank(desk.library, bank)
    assert (there.title, there.roles) == (USUAL_NAME, ("lead-member",))
    assert [(question.id, question.text, question.statements) for question in there.questions] == [
        (name, "Who waits longest?", ("QS1",))
    ]
    assert any(USUAL_NAME in text for text in messages.texts)


def test_a_changed_question_is_kept_in_its_bank_and_undo_takes_the_change_back(
    form: Open, kept: tuple[str, str], qtbot: QtBot, desk: Desk, messages: StandIn
) -> None:
    screen = form(*kept)
    screen.form.text.edit.selectAll()
    qtbot.keyClicks(screen.form.text.edit, "Who waits here?")
    assert done_with(qtbot, screen) == kept
    assert banks.show_question(desk.library, *kept).text == "Who waits here?"
    action = messages.current[-1].action
    assert action is not None
    action.do()
    qtbot.waitUntil(lambda: not desk.tasks.busy)
    assert banks.show_question(desk.library, *kept).text == "Who waits longest in {place}?"


def test_a_shipped_question_becomes_a_copy_in_ones_own_bank_and_the_form_says_so(
    form: Open, own: str, qtbot: QtBot, desk: Desk
) -> None:
    screen = form(SHIPPED, SHIPPED_QUESTION)
    assert "retired" in screen.form.bank.about.text()
    assert screen.form.bank.about.isVisible()
    assert not screen.delete.isVisible()
    screen.form.bank.bank.box.setFocus()
    assert screen.form.bank.chosen == own
    qtbot.keyClicks(screen.form.text.edit, "So: ")
    bank, copy = done_with(qtbot, screen)
    assert bank == own
    assert banks.show_question(desk.library, bank, copy).text.startswith("So: ")
    summary = next(bank for bank in banks.list_banks(desk.library) if bank.id == SHIPPED)
    assert summary.retired_questions == 1
    assert banks.show_question(desk.library, SHIPPED, SHIPPED_QUESTION).text == "Tell me about {place}."


def test_what_somebody_else_changed_meanwhile_is_not_overwritten_and_nothing_typed_is_lost(
    form: Open, kept: tuple[str, str], qtbot: QtBot, desk: Desk
) -> None:
    screen = form(*kept)
    now = banks.show_question(desk.library, *kept)
    other = replace(now, text="Theirs?")
    bank_editing.save_question(desk.library, kept[0], other, desk.clock, replacing=now)
    screen.form.text.edit.selectAll()
    qtbot.keyClicks(screen.form.text.edit, "Mine?")
    screen.keep()
    qtbot.waitUntil(screen.foot.problem.isVisible)
    assert "Somebody else" in screen.foot.problem.text()
    assert screen.form.text.text == "Mine?"
    assert banks.show_question(desk.library, *kept).text == "Theirs?"
    assert screen.is_changed


def test_a_full_disk_leaves_everything_in_the_form_and_a_second_try_works(
    form: Open, qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch, fault: Tell
) -> None:
    screen = form()
    qtbot.keyClicks(screen.form.text.edit, "Who waits?")
    tick(qtbot, screen.form.statements.list, "QS1")

    def full(*_args: object, **_more: object) -> None:
        raise StorageFullError("The disk is full.", "Make room.")

    with monkeypatch.context() as patch:
        patch.setattr(bank_editing, "save_question", full)
        screen.keep()
        qtbot.waitUntil(screen.foot.problem.isVisible)
        told = screen.foot.problem.text()
        assert "The disk is full." in told
    settle(qtbot, screen)
    assert screen.form.text.text == "Who waits?"
    assert bank_editing.own_banks(desk.library) == ()
    bank, _question = done_with(qtbot, screen)
    assert [own.id for own in bank_editing.own_banks(desk.library)] == [bank]
    fault(
        "The disk is full while a question is kept",
        area="Saving",
        tried=1,
        lost=0,
        person_sees="Why; everything is still there, and it can be done again once there is room",
    )


def test_leaving_with_changes_asks_and_keeps_them_if_wanted(
    form: Open, kept: tuple[str, str], qtbot: QtBot, desk: Desk, messages: StandIn
) -> None:
    screen = form(*kept)
    assert screen.may_close()
    qtbot.keyClicks(screen.form.text.edit, "And ")
    messages.answers = [True]
    with qtbot.waitSignal(screen.done):
        assert not screen.may_close()
    assert messages.questions == ["Keep your changes?"]
    assert screen.may_close()
    assert banks.show_question(desk.library, *kept).text.startswith("And ")


def test_what_was_left_behind_can_be_gone_on_with_the_next_time(
    form: Open, kept: tuple[str, str], qtbot: QtBot, window: MainWindow, desk: Desk, messages: StandIn
) -> None:
    screen = form(*kept)
    qtbot.keyClicks(screen.form.text.edit, "And ")
    messages.answers = [False]
    assert window.go("questions")
    assert LEFT in messages.texts
    assert not banks.show_question(desk.library, *kept).text.startswith("And ")
    again = form(*kept)
    qtbot.waitUntil(again.left_before.bring.hasFocus)
    qtbot.keyClick(again.left_before.bring, Qt.Key.Key_Return)
    assert again.form.text.text.startswith("And ")
    assert again.form.text.edit.hasFocus()
    assert not again.left_before.isVisible()
    done_with(qtbot, again)
    assert not form(*kept).left_before.isVisible()


def test_an_answer_given_after_a_while_leaves_for_the_questions(
    form: Open, kept: tuple[str, str], qtbot: QtBot, messages: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = form(*kept)
    qtbot.keyClicks(screen.form.text.edit, "And ")
    waiting_for: list[Callable[[bool], None]] = []
    with monkeypatch.context() as patch:
        patch.setattr(messages, "ask", lambda *_args, then, **_more: waiting_for.append(then))
        assert not screen.may_close()
        assert not screen.may_close()  # and no second dialog
    assert len(waiting_for) == 1
    with qtbot.waitSignal(screen.leave_wanted):
        waiting_for[0](False)
    assert screen.may_close()


def test_a_draft_survives_another_theme_and_larger_type(form: Open, own: str, qtbot: QtBot, desk: Desk) -> None:
    screen = form(own)
    qtbot.keyClicks(screen.form.text.edit, "Who waits?")
    screen.form.points.add_point()
    qtbot.keyClicks(screen.form.points.parts[0].label.line, "Who")
    written = screen.form.written()
    desk.theme.set_choice(ThemeChoice.DARK)
    desk.theme.set_percent(200)
    settle(qtbot, screen)
    assert screen.form.written() == written
    assert screen.form.points.parts[0].label.line.hasFocus()


def test_a_question_of_ones_own_is_deleted_and_comes_back_with_undo(
    form: Open, kept: tuple[str, str], qtbot: QtBot, desk: Desk, messages: StandIn
) -> None:
    screen = form(*kept)
    with qtbot.waitSignal(screen.deleted) as gone:
        screen.delete.click()
    assert gone.args == [kept[0]]
    assert banks.show_bank(desk.library, kept[0]).questions == ()
    action = messages.current[-1].action
    assert action is not None
    action.do()
    qtbot.waitUntil(lambda: not desk.tasks.busy)
    assert len(banks.show_bank(desk.library, kept[0]).questions) == 1


def test_an_earlier_version_is_put_back_into_the_form_and_counts_once_it_is_kept(
    form: Open, kept: tuple[str, str], qtbot: QtBot, desk: Desk
) -> None:
    now = banks.show_question(desk.library, *kept)
    bank_editing.save_question(desk.library, kept[0], replace(now, text="Newer?"), desk.clock, replacing=now)
    screen = form(*kept)
    screen.versions_fold.set_open(True)
    qtbot.waitUntil(screen.versions.put_back.isVisible)
    screen.versions.put_back.click()
    assert screen.form.text.text == "Who waits longest in {place}?"
    assert banks.show_question(desk.library, *kept).text == "Newer?"
    screen.undo()
    assert screen.form.text.text == "Newer?"
    screen.versions.put_back.click()
    done_with(qtbot, screen)
    assert banks.show_question(desk.library, *kept).text == "Who waits longest in {place}?"


def test_keeping_what_nobody_changed_makes_no_new_version(form: Open, kept: tuple[str, str], desk: Desk) -> None:
    screen = form(*kept)
    edits = len(bank_editing.history(desk.library, kept[0]))
    screen.keep()
    assert screen.foot.state.text() == KEPT
    assert not desk.tasks.busy
    assert len(bank_editing.history(desk.library, kept[0])) == edits
