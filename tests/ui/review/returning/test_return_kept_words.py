"""What was settled before a return survives the screen and the program: the reason, and the tick."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot

from cqcmock.domain.review import LONGEST_WHY, ReturnDraft
from cqcmock.errors import UserError
from cqcmock.services import merging, reviewer_keys, reviewing
from tests.clocks import HandClock
from tests.faults import Tell
from tests.ui.conftest import StandIn
from tests.ui.review.conftest import Sent, Wait
from tests.ui.review.returning.hands import WHY, Open, Submit, problem, returned_to, shown
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.rehearse.limited_text import NOT_ALL_SAVED

if TYPE_CHECKING:
    from cqcmock.services.library import Library


def kept(sent: Sent) -> ReturnDraft:
    with reviewing.workspace(sent.laptop, sent.id) as workspace:
        return workspace.return_draft()


def test_the_reason_is_on_disk_soon_after_it_was_typed_and_is_called_saved_only_then(
    open_return: Open, sent: Sent, qtbot: QtBot
) -> None:
    screen = open_return()
    screen.why.edit.setFocus()
    qtbot.keyClicks(screen.why.edit, WHY)
    assert screen.saved.text() == "Saving…"
    with qtbot.waitSignal(screen.autosave.saved):
        pass
    assert screen.saved.text() == "Saved"
    assert kept(sent) == ReturnDraft(why_incomplete=WHY)


def test_a_reason_and_a_tick_are_there_again_when_the_screen_is_left_at_once_and_opened_again(
    open_return: Open, reviewer_desk: Desk, window: MainWindow, sent: Sent, settle: Wait, qtbot: QtBot
) -> None:
    screen = open_return()
    qtbot.keyClicks(screen.why.edit, WHY)
    screen.sign.click()
    with qtbot.waitSignal(screen.left_for_now):
        screen.leave.click()
    assert kept(sent) == ReturnDraft(why_incomplete=WHY, signed=True)
    assert window.go("home")
    again = shown(reviewer_desk, window, sent.id, qtbot)
    settle()
    assert again.why.edit.toPlainText() == WHY
    assert again.sign.isChecked()
    assert merging.key_words(reviewer_keys.own_key(sent.laptop).public) in again.key.text()
    assert again.autosave.is_saved


@pytest.mark.parametrize("way", ["back", "go"])
def test_whichever_way_the_screen_is_left_the_reason_is_on_disk_first(
    open_return: Open, sent: Sent, qtbot: QtBot, way: str
) -> None:
    screen = open_return()
    qtbot.keyClicks(screen.why.edit, WHY)
    getattr(screen, way).click()
    assert kept(sent).why_incomplete == WHY


def test_a_return_drops_the_reason_that_went_with_it_and_keeps_how_it_was_signed(
    open_return: Open,
    reviewer_desk: Desk,
    window: MainWindow,
    messages: StandIn,
    stick: Path,
    sent: Sent,
    settle: Wait,
    qtbot: QtBot,
) -> None:
    screen = open_return()
    qtbot.keyClicks(screen.why.edit, WHY)
    screen.sign.click()
    returned_to(screen, messages, settle, stick / "back.cqcreturn")
    assert screen.receipt is not None
    assert screen.receipt.why_incomplete == WHY
    assert kept(sent) == ReturnDraft(signed=True)
    screen.return_it()
    assert "1 sheet is not submitted yet" in problem(screen), "the next return needs a reason of its own"
    again = shown(reviewer_desk, window, sent.id, qtbot)
    assert (again.why.edit.toPlainText(), again.sign.isChecked()) == ("", True)


def test_a_return_that_could_not_be_written_keeps_the_reason_on_disk(
    open_return: Open, messages: StandIn, stick: Path, sent: Sent, settle: Wait, qtbot: QtBot, fault: Tell
) -> None:
    screen = open_return()
    qtbot.keyClicks(screen.why.edit, WHY)
    stick.rename(stick.with_name("pulled out"))
    returned_to(screen, messages, settle, stick / "back.cqcreturn")
    assert problem(screen).startswith("Not returned yet.")
    assert kept(sent).why_incomplete == WHY
    fault(
        "The stick is pulled out before a pack is returned",
        area="Returning",
        tried=1,
        lost=0,
        person_sees=problem(screen),
    )


def test_a_reason_that_is_no_longer_needed_is_not_sent_and_is_gone_after_the_return(
    open_return: Open,
    submit: Submit,
    messages: StandIn,
    stick: Path,
    sent: Sent,
    settle: Wait,
    library: Library,
    hand: HandClock,
    qtbot: QtBot,
) -> None:
    screen = open_return()
    qtbot.keyClicks(screen.why.edit, WHY)
    submit(2)
    screen.arrived()
    settle()
    file = returned_to(screen, messages, settle, stick / "back.cqcreturn")
    (incoming,) = merging.look(library, [file], hand.clock)
    assert incoming.returned is not None
    assert incoming.returned.why_incomplete == ""
    assert kept(sent) == ReturnDraft()


def test_a_reason_that_cannot_be_saved_keeps_the_screen_open_and_is_tried_again(
    open_return: Open, messages: StandIn, window: MainWindow, sent: Sent, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = open_return()
    said = "The disk is full."

    def full(*_: object) -> None:
        raise UserError(said, "Free some space.")

    with monkeypatch.context() as refused:
        refused.setattr(reviewing.Workspace, "save_return_draft", full)
        qtbot.keyClicks(screen.why.edit, WHY)
        assert not window.go("home")
        assert screen.saved.text() == "Not saved"
        assert any(said in text for text in messages.texts)
    screen.autosave.save_now()
    assert window.go("home")
    assert kept(sent).why_incomplete == WHY


def test_a_reason_for_a_pack_that_was_forgotten_meanwhile_keeps_nobody_waiting(
    open_return: Open, window: MainWindow, sent: Sent, qtbot: QtBot
) -> None:
    screen = open_return()
    reviewing.forget(sent.laptop, sent.id)
    qtbot.keyClicks(screen.why.edit, WHY)
    assert window.go("home")


def test_a_reason_that_is_too_long_is_told_while_it_is_written_and_is_not_returned(
    open_return: Open, messages: StandIn, window: MainWindow, sent: Sent, settle: Wait
) -> None:
    screen = open_return()
    screen.why.edit.setPlainText("w" * (LONGEST_WHY + 1))
    assert "too long" in screen.why.problem.text()
    screen.return_it()
    assert messages.questions == []
    assert not window.go("home")
    assert screen.saved.text() == NOT_ALL_SAVED
    screen.why.edit.setPlainText("w" * LONGEST_WHY)
    assert window.go("home")
    assert len(kept(sent).why_incomplete) == LONGEST_WHY
