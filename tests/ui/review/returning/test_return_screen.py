"""A reviewer returns a pack in the real window, to a real folder that stands for the stick."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cqcmock.domain.review import SheetState
from cqcmock.review import return_file
from cqcmock.services import merging, reviewing
from tests.clocks import HandClock
from tests.faults import Tell
from tests.services.review.hands import marks
from tests.ui.conftest import StandIn
from tests.ui.review.conftest import Sent, Wait
from tests.ui.review.returning.hands import WHY, Open, can_return, problem, returned_to, shown
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.review import return_words

if TYPE_CHECKING:
    from cqcmock.services.library import Library


def test_an_incomplete_pack_is_refused_with_the_list_until_somebody_says_why(
    open_return: Open, messages: StandIn, stick: Path, settle: Wait, library: Library, hand: HandClock
) -> None:
    screen = open_return()
    assert screen.why.isVisible()
    screen.return_it()
    assert messages.questions == []
    said = problem(screen)
    assert "1 sheet is not submitted yet" in said
    assert screen.sheets.lines.lines[0].title in said
    assert "untouched" in said
    assert screen.why.edit.hasFocus()
    screen.why.edit.setPlainText("   ")
    screen.return_it()
    assert messages.questions == []
    screen.why.edit.setPlainText(WHY)
    assert problem(screen) == ""
    file = returned_to(screen, messages, settle, stick / "back.cqcreturn")
    outcome = merging.take_in(library, merging.look(library, [file], hand.clock))
    assert (outcome.tally.expected, outcome.tally.received, outcome.tally.missing) == (2, 1, 1)
    assert outcome.packs[0].why_incomplete == WHY


def test_a_complete_pack_needs_no_reason(
    open_return: Open, messages: StandIn, stick: Path, settle: Wait, library: Library, hand: HandClock
) -> None:
    screen = open_return(submitted=2)
    assert not screen.why.isVisible()
    assert screen.state.accessibleName() == "Complete"
    assert screen.return_button.hasFocus()
    file = returned_to(screen, messages, settle, stick / "back.cqcreturn")
    (incoming,) = merging.look(library, [file], hand.clock)
    assert screen.receipt is not None
    assert incoming.code == screen.receipt.code
    assert screen.receipt_card.code.text().split() == incoming.code.split()
    assert screen.receipt_card.code.isVisible()
    assert [pill.accessibleName() for pill in screen.receipt_card.counts] == ["2 expected", "2 returned", "0 missing"]
    where = screen.receipt_card.where.text().replace("\u200b", "")
    assert "“back.cqcreturn”" in where
    assert str(stick) in where
    assert "21 November 2026" in where
    assert screen.receipt_card.done_button.hasFocus()


def test_the_whole_deed_by_keyboard(
    open_return: Open,
    window: MainWindow,
    messages: StandIn,
    sent: Sent,
    stick: Path,
    settle: Wait,
    library: Library,
    hand: HandClock,
    qtbot: QtBot,
) -> None:
    screen = open_return()

    def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        qtbot.keyClick(focus, key, held)

    messages.files = [stick / "back.cqcreturn"]
    press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert screen.why.edit.hasFocus()
    qtbot.keyClicks(screen.why.edit, WHY)
    press(Qt.Key.Key_Tab)
    assert screen.sign.hasFocus()
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Tab)
    assert screen.return_button.hasFocus()
    press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert messages.files == []
    assert screen.receipt_card.isVisible()
    (incoming,) = merging.look(library, [stick / "back.cqcreturn"], hand.clock)
    assert not incoming.why_refused
    assert incoming.new_key
    with qtbot.waitSignal(screen.done) as done:
        press(Qt.Key.Key_Return)
    assert done.args == [sent.id]


def test_the_key_returns_the_pack_while_a_reason_is_being_written(
    open_return: Open, messages: StandIn, stick: Path, settle: Wait, qtbot: QtBot
) -> None:
    screen = open_return()
    screen.why.edit.setFocus()
    qtbot.keyClicks(screen.why.edit, WHY)
    messages.files = [stick / "back.cqcreturn"]
    qtbot.keyClick(screen.why.edit, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert (stick / "back.cqcreturn").exists()


def test_a_file_chooser_that_is_cancelled_changes_nothing(
    open_return: Open, messages: StandIn, sent: Sent, settle: Wait
) -> None:
    screen = open_return(submitted=2)
    messages.files = [None]
    screen.return_it()
    settle()
    assert screen.form.isVisible()
    assert screen.receipt is None
    with reviewing.workspace(sent.laptop, sent.id) as workspace:
        assert workspace.receipts() == ()


def test_a_stick_that_was_pulled_out_loses_nothing_and_returning_again_works(
    open_return: Open,
    messages: StandIn,
    stick: Path,
    settle: Wait,
    sent: Sent,
    library: Library,
    hand: HandClock,
    fault: Tell,
) -> None:
    screen = open_return()
    screen.why.edit.setPlainText(WHY)
    out = stick.rename(stick.with_name("pulled out"))
    returned_to(screen, messages, settle, stick / "back.cqcreturn")
    said = problem(screen)
    assert said.startswith("Not returned yet.")
    assert str(stick) in said
    assert "Put the stick back in" in said
    assert "Your marks are all safe" in said
    assert screen.why.edit.toPlainText() == WHY
    assert screen.return_button.hasFocus()
    assert screen.may_close()
    with reviewing.workspace(sent.laptop, sent.id) as workspace:
        assert workspace.receipts() == ()
        assert [sheet.state for sheet in workspace.sheets().values()].count(SheetState.SUBMITTED) == 1
    out.rename(stick)
    file = returned_to(screen, messages, settle, stick / "back.cqcreturn")
    assert problem(screen) == ""
    assert screen.receipt_card.isVisible()
    assert not merging.look(library, [file], hand.clock)[0].why_refused
    assert [path.name for path in stick.iterdir()] == ["back.cqcreturn"]
    fault("The stick is pulled out before a pack is returned", area="Returning", tried=1, lost=0, person_sees=said)


def test_a_stick_pulled_out_at_the_second_return_leaves_the_first_receipt_standing(
    open_return: Open, messages: StandIn, stick: Path, settle: Wait, fault: Tell
) -> None:
    screen = open_return(submitted=2)
    returned_to(screen, messages, settle, stick / "back.cqcreturn")
    assert screen.receipt is not None
    first = screen.receipt.code
    stick.rename(stick.with_name("pulled out"))
    returned_to(screen, messages, settle, stick / "again.cqcreturn")
    assert problem(screen).startswith("Not returned yet.")
    assert [line.title for line in screen.earlier.list.lines.lines] == [first]
    fault(
        "The stick is pulled out before a pack is returned",
        area="Returning",
        tried=1,
        lost=0,
        person_sees=problem(screen),
    )


def test_a_sheet_opened_again_behind_the_screen_is_refused_by_name_and_nothing_is_written(
    open_return: Open, messages: StandIn, stick: Path, settle: Wait, sent: Sent, hand: HandClock
) -> None:
    screen = open_return(submitted=2)
    with reviewing.workspace(sent.laptop, sent.id) as workspace:
        workspace.save(workspace.order[0], marks(1), hand.clock)
    returned_to(screen, messages, settle, stick / "back.cqcreturn")
    assert "1 sheet is not submitted yet" in problem(screen)
    assert screen.why.isVisible()
    assert list(stick.iterdir()) == []


def test_a_pack_that_is_not_here_is_said_and_can_be_tried_again(
    open_return: Open, reviewer_desk: Desk, window: MainWindow, sent: Sent, hand: HandClock, qtbot: QtBot, settle: Wait
) -> None:
    screen = shown(reviewer_desk, window, sent.id, qtbot)
    assert screen.trouble.isVisible()
    assert "not been opened here" in screen.trouble.words.text()
    assert not can_return(screen)
    reviewing.open_pack(sent.laptop, sent.path, hand.clock).close()
    screen.trouble.again.click()
    settle()
    assert not screen.trouble.isVisible()
    assert screen.form.isVisible()


def test_while_the_file_is_written_the_screen_stays_and_writes_it_once(
    open_return: Open, messages: StandIn, stick: Path, settle: Wait, window: MainWindow
) -> None:
    screen = open_return(submitted=2)
    go_on = Event()
    screen._desk.tasks.database(lambda: go_on.wait(5))
    messages.files = [stick / "back.cqcreturn", stick / "other.cqcreturn"]
    screen.return_it()
    assert screen.doing.isVisible()
    assert not screen.may_close()
    assert not window.go("home")
    screen.return_it()
    assert len(messages.questions) == 1
    go_on.set()
    settle()
    assert not screen.doing.isVisible()
    assert screen.may_close()
    assert [path.name for path in stick.iterdir()] == ["back.cqcreturn"]


def test_the_folder_is_opened_with_what_the_system_has(
    open_return: Open, messages: StandIn, stick: Path, settle: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = open_return(submitted=2)
    returned_to(screen, messages, settle, stick / "back.cqcreturn")
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: bool(opened.append(url.toLocalFile())))
    screen.receipt_card.open_folder_button.click()
    assert opened == [str(stick)]
    assert "could not be opened" in screen.receipt_card.problem.text()


@pytest.mark.parametrize("percent", [100, 200])
def test_nothing_is_wider_than_the_page_with_large_type(
    open_return: Open, messages: StandIn, stick: Path, settle: Wait, window: MainWindow, desk: Desk, percent: int
) -> None:
    screen = open_return()
    window.resize(1280, 800)
    desk.theme.set_percent(percent)
    screen.return_it()
    QApplication.processEvents()
    assert screen.page.horizontalScrollBar().maximum() == 0
    screen.why.edit.setPlainText(WHY)
    deep = stick / ("W" * 60) / "مرحبا 😀"
    deep.mkdir(parents=True)
    returned_to(screen, messages, settle, deep / f"{'x' * 60}.cqcreturn")
    QApplication.processEvents()
    assert screen.receipt_card.isVisible()
    assert screen.page.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize(
    ("pack", "suggested"),
    [
        ("For Ann Example 0.cqcpack", "return-For-Ann-Example-0-3f9a12bc.cqcreturn"),
        ("lead-member_review pack, second round.cqcpack", "return-lead-member-review-pack-second-3f9a12bc.cqcreturn"),
        ("Review pack 2026-11-21 ab12.cqcpack", "return-Review-pack-2026-11-21-ab12-3f9a12bc.cqcreturn"),
        ("….age", "return-pack-3f9a12bc.cqcreturn"),
        ("تقييم.age", "return-تقييم-3f9a12bc.cqcreturn"),
        (f"{'x' * 200}.cqcpack", f"return-{'x' * 53}-3f9a12bc.cqcreturn"),
    ],
)
def test_the_suggested_name_begins_with_the_first_words_of_the_packs(pack: str, suggested: str) -> None:
    assert return_words.file_name(pack, "3f9a12bc") == suggested


def test_the_suggested_name_reaches_the_file_chooser(
    open_return: Open, reviewer_desk: Desk, messages: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str]] = []
    monkeypatch.setattr(messages, "choose_save_file", lambda _title, name, kinds, _then: asked.append((name, kinds)))
    screen = open_return(submitted=2)
    screen.return_it()
    assert asked == [
        (f"return-For-Ann-Example-0-{return_file.hint(screen.pack_id)}.cqcreturn", "Returned marks (*.cqcreturn)")
    ]
