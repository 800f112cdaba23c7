"""After a pack was returned: earlier receipts, returning it once more, forgetting it."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from cqcmock.services import reviewing
from tests.clocks import HandClock
from tests.ui.conftest import StandIn
from tests.ui.review.conftest import Sent, Wait
from tests.ui.review.returning.hands import WHY, Open, Submit, can_return, returned_to, shown
from ui.main_window import MainWindow
from ui.review import return_words


def test_earlier_receipts_are_shown_below_with_their_date_the_latest_first(
    open_return: Open, messages: StandIn, stick: Path, settle: Wait, sent: Sent, hand: HandClock, qtbot: QtBot
) -> None:
    screen = open_return()
    assert not screen.earlier.isVisible()
    codes: list[str] = []
    for day in range(3):
        screen.why.edit.setPlainText(WHY)
        returned_to(screen, messages, settle, stick / f"{day}.cqcreturn")
        assert screen.receipt is not None
        codes.insert(0, screen.receipt.code)
        hand.pass_seconds(86_400)
    earlier = screen.earlier.list.lines.lines
    assert [line.title for line in earlier] == codes[1:]
    assert earlier[0].about.startswith("22 November 2026 at ")
    assert earlier[0].about.endswith("1 of 2 sheets returned, 1 missing")
    assert not screen.earlier.forget_button.isVisible()
    window = screen.window()
    assert isinstance(window, MainWindow)
    again = shown(screen._desk, window, sent.id, qtbot)
    assert [line.title for line in again.earlier.list.lines.lines] == codes
    assert again.earlier.forget_button.isVisible()


def test_a_pack_is_forgotten_only_when_somebody_says_so_again(
    open_return: Open, messages: StandIn, stick: Path, settle: Wait, sent: Sent, qtbot: QtBot
) -> None:
    screen = open_return(submitted=2)
    file = returned_to(screen, messages, settle, stick / "back.cqcreturn")
    messages.answers = [False]
    screen.receipt_card.forget_button.click()
    settle()
    assert messages.questions[-1] == "Forget this pack on this computer?"
    assert len(reviewing.workspaces(sent.laptop)) == 1
    messages.answers = [True]
    with qtbot.waitSignal(screen.done) as done:
        screen.receipt_card.forget_button.click()
    assert done.args == [sent.id]
    assert reviewing.workspaces(sent.laptop) == ()
    assert file.exists()
    assert not can_return(screen)
    settle()
    assert "gone from this computer" in messages.texts[-1]


def test_forgetting_says_what_would_be_lost(
    open_return: Open, messages: StandIn, stick: Path, settle: Wait, submit: Submit
) -> None:
    screen = open_return()
    screen.why.edit.setPlainText(WHY)
    returned_to(screen, messages, settle, stick / "back.cqcreturn")
    submit(2)
    screen.arrived()
    settle()
    assert screen.pack is not None
    said = return_words.lost_by_forgetting(screen.pack, screen.pack.receipts[0])
    assert said.startswith("You returned 1 of 2 sheets on 21 November 2026")
    assert "2 sheets that you submitted afterwards would be lost" in said
    assert "cannot be undone" in said


def test_returning_again_later_keeps_the_pack(
    open_return: Open, messages: StandIn, stick: Path, settle: Wait, sent: Sent, qtbot: QtBot
) -> None:
    screen = open_return(submitted=2)
    returned_to(screen, messages, settle, stick / "back.cqcreturn")
    with qtbot.waitSignal(screen.left_for_now):
        screen.receipt_card.later_button.click()
    assert [summary.id for summary in reviewing.workspaces(sent.laptop)] == [sent.id]
