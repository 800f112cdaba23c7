"""A reviewer returns a pack in the real window, to a real folder that stands for the stick."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QDesktopServices
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cqcmock.domain.review import PeerMarks, SheetState
from cqcmock.services import merging, reviewer_keys, reviewing
from tests.clocks import HandClock
from tests.services.review.hands import marks
from tests.ui.conftest import StandIn
from tests.ui.review.conftest import Sent, Wait
from ui.app_signals import Subject, change
from ui.commands import CommandId
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.review import return_words
from ui.review.return_screen import ReturnScreen
from ui.theme import ThemeChoice

if TYPE_CHECKING:
    from cqcmock.services.library import Library

WHY = "The train came in."
Open = Callable[..., ReturnScreen]


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def submit(reviewer_desk: Desk, sent: Sent, hand: HandClock) -> Callable[[int], None]:
    """Submits so many sheets, in the order of marking; 0 only opens the pack."""

    def so_many(number: int) -> None:
        with reviewing.open_pack(sent.laptop, sent.path, hand.clock) as workspace:
            for sheet in workspace.order[:number]:
                hand.pass_seconds(60)
                workspace.submit(sheet, marks(2), hand.clock)
        hand.pass_seconds(60)

    return so_many


@pytest.fixture
def open_return(
    reviewer_desk: Desk, sent: Sent, window: MainWindow, submit: Callable[[int], None], qtbot: QtBot
) -> Open:
    def start(submitted: int = 1) -> ReturnScreen:
        submit(submitted)
        screen = ReturnScreen(reviewer_desk, window.commands, sent.id)
        with qtbot.waitSignal(screen.filled):
            window.open(screen)
        return screen

    return start


def returned_to(screen: ReturnScreen, messages: StandIn, settle: Wait, path: Path) -> Path:
    messages.files = [path]
    screen.return_it()
    settle()
    return path


def problem(screen: ReturnScreen) -> str:
    return screen.problem.text().replace("\u200b", "") if screen.problem.isVisible() else ""


def test_every_sheet_is_shown_with_its_state_and_what_is_missing_stands_first(
    open_return: Open, submit: Callable[[int], None], sent: Sent, hand: HandClock, qtbot: QtBot, settle: Wait
) -> None:
    screen = open_return()
    assert screen.state.accessibleName() == "1 missing"
    missing, done = screen.sheets.lines.lines
    assert (missing.sign, done.sign) == ("Untouched", "Submitted")
    assert missing.title.startswith("2. Candidate A, question ")
    assert done.title.startswith("1. Candidate A, question ")
    assert screen.sheets.hasFocus()
    assert screen.sheets.chosen == missing.key
    with reviewing.workspace(sent.laptop, sent.id) as workspace:
        workspace.save(missing.key, PeerMarks(levels={"evidence": 1}), hand.clock)
    screen._desk.signals.changed.emit(change(Subject.PACKS, ids=(sent.id,)))
    settle()
    assert screen.sheets.lines.lines[0].sign == "Draft"
    assert screen.sheets.lines.lines[0].about.startswith("1 of 6 lenses marked")


def test_enter_on_a_sheet_leads_to_it(open_return: Open, sent: Sent, qtbot: QtBot) -> None:
    screen = open_return()
    with qtbot.waitSignal(screen.sheet_wanted) as wanted:
        qtbot.keyClick(screen.sheets, Qt.Key.Key_Return)
    assert wanted.args == [sent.id, screen.sheets.lines.lines[0].key]
    with qtbot.waitSignal(screen.back_wanted) as back:
        screen.back.click()
    assert back.args == [sent.id]
    with qtbot.waitSignal(screen.left_for_now):
        screen.leave.click()


@pytest.mark.parametrize("choice", list(ThemeChoice)[1:])
def test_states_differ_in_colour_as_well_as_in_shape_and_word(
    open_return: Open, sent: Sent, hand: HandClock, choice: ThemeChoice, settle: Wait
) -> None:
    screen = open_return()
    with reviewing.workspace(sent.laptop, sent.id) as workspace:
        workspace.save(workspace.order[1], PeerMarks(levels={"evidence": 1}), hand.clock)
    screen._desk.theme.set_choice(choice)
    screen._desk.signals.changed.emit(change(Subject.PACKS))
    settle()
    screen.go.setFocus()
    tokens = screen._desk.theme.tokens
    image = screen.sheets.viewport().grab().toImage()
    rects = [screen.sheets.visualRect(screen.sheets.lines.index(row)) for row in (0, 1)]
    for rect, own, other in zip(rects, (tokens.wrap_up, tokens.in_hand), (tokens.in_hand, tokens.wrap_up), strict=True):
        seen = {
            image.pixelColor(x, y).name()
            for x in range(rect.left(), rect.left() + rect.width() // 4)
            for y in range(rect.top(), rect.bottom())
        }
        assert QColor(own).name() in seen
        assert QColor(other).name() not in seen


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
    open_return: Open, messages: StandIn, stick: Path, settle: Wait, sent: Sent, library: Library, hand: HandClock
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


def test_a_stick_pulled_out_at_the_second_return_leaves_the_first_receipt_standing(
    open_return: Open, messages: StandIn, stick: Path, settle: Wait
) -> None:
    screen = open_return(submitted=2)
    returned_to(screen, messages, settle, stick / "back.cqcreturn")
    assert screen.receipt is not None
    first = screen.receipt.code
    stick.rename(stick.with_name("pulled out"))
    returned_to(screen, messages, settle, stick / "again.cqcreturn")
    assert problem(screen).startswith("Not returned yet.")
    assert [line.title for line in screen.earlier.list.lines.lines] == [first]


def test_signing_with_an_own_key_shows_its_six_words_which_the_council_sees_too(
    open_return: Open, messages: StandIn, stick: Path, settle: Wait, sent: Sent, library: Library, hand: HandClock
) -> None:
    screen = open_return(submitted=2)
    assert not screen.key.isVisible()
    screen.sign.click()
    settle()
    six = merging.key_words(reviewer_keys.own_key(sent.laptop).public)
    assert len(six.split()) == 6
    assert screen.key.isVisible()
    assert six in screen.key.text()
    file = returned_to(screen, messages, settle, stick / "back.cqcreturn")
    assert merging.look(library, [file], hand.clock)[0].key_words == six


def test_without_the_tick_nothing_is_signed_with_the_own_key(
    open_return: Open, messages: StandIn, stick: Path, settle: Wait, library: Library, hand: HandClock
) -> None:
    screen = open_return(submitted=2)
    screen.sign.click()
    settle()
    screen.sign.click()
    assert not screen.key.isVisible()
    file = returned_to(screen, messages, settle, stick / "back.cqcreturn")
    assert merging.look(library, [file], hand.clock)[0].key_words == ""


def test_a_damaged_key_is_said_in_place_and_the_pack_can_be_returned_without_it(
    open_return: Open, messages: StandIn, stick: Path, settle: Wait, sent: Sent
) -> None:
    screen = open_return(submitted=2)
    (sent.laptop.folder / reviewer_keys.FOLDER / reviewer_keys.FILE).write_bytes(b"{")
    screen.sign.click()
    settle()
    assert "cannot be read" in problem(screen)
    assert not screen.sign.isChecked()
    returned_to(screen, messages, settle, stick / "back.cqcreturn")
    assert screen.receipt_card.isVisible()


def test_earlier_receipts_are_shown_below_with_their_date_the_latest_first(
    open_return: Open, messages: StandIn, stick: Path, settle: Wait, sent: Sent, hand: HandClock, qtbot: QtBot
) -> None:
    screen = open_return()
    assert not screen.earlier.isVisible()
    screen.why.edit.setPlainText(WHY)
    codes = []
    for day in range(3):
        returned_to(screen, messages, settle, stick / f"{day}.cqcreturn")
        assert screen.receipt is not None
        codes.insert(0, screen.receipt.code)
        hand.pass_seconds(86_400)
    earlier = screen.earlier.list.lines.lines
    assert [line.title for line in earlier] == codes[1:]
    assert earlier[0].about.startswith("22 November 2026 at ")
    assert earlier[0].about.endswith("1 of 2 sheets returned, 1 missing")
    assert not screen.earlier.forget_button.isVisible()
    again = ReturnScreen(screen._desk, screen._commands, sent.id)
    window = screen.window()
    assert isinstance(window, MainWindow)
    with qtbot.waitSignal(again.filled):
        window.open(again)
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
    assert not window_can_return(screen)
    settle()
    assert "gone from this computer" in messages.texts[-1]


def window_can_return(screen: ReturnScreen) -> bool:
    return screen._commands.is_possible(CommandId.RETURN_PACK)


def test_forgetting_says_what_would_be_lost(
    open_return: Open, messages: StandIn, stick: Path, settle: Wait, submit: Callable[[int], None]
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


def test_a_sheet_submitted_meanwhile_is_no_longer_missing(
    open_return: Open, submit: Callable[[int], None], sent: Sent, settle: Wait, messages: StandIn, stick: Path
) -> None:
    screen = open_return()
    screen.return_it()
    assert "not submitted yet" in problem(screen)
    submit(2)
    screen.arrived()
    settle()
    assert not screen.why.isVisible()
    assert problem(screen) == ""
    returned_to(screen, messages, settle, stick / "back.cqcreturn")
    assert screen.receipt is not None
    assert screen.receipt.missing == 0


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
    screen = ReturnScreen(reviewer_desk, window.commands, sent.id)
    with qtbot.waitSignal(screen.filled):
        window.open(screen)
    assert screen.trouble.isVisible()
    assert "not been opened here" in screen.trouble.words.text()
    assert not window_can_return(screen)
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
        ("For Ann Example 0.cqcpack", "return-For-Ann-Example-0.cqcreturn"),
        ("lead-member_review pack, second round.cqcpack", "return-lead-member-review-pack-second.cqcreturn"),
        ("Review pack 2026-11-21 ab12.cqcpack", "return-Review-pack-2026-11-21-ab12.cqcreturn"),
        ("….age", "return-pack.cqcreturn"),
        ("تقييم.age", "return-تقييم.cqcreturn"),
        (f"{'x' * 200}.cqcpack", f"return-{'x' * 53}.cqcreturn"),
    ],
)
def test_the_suggested_name_begins_with_the_first_words_of_the_packs(pack: str, suggested: str) -> None:
    assert return_words.file_name(pack) == suggested


def test_the_suggested_name_reaches_the_file_chooser(
    open_return: Open, reviewer_desk: Desk, messages: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str]] = []
    monkeypatch.setattr(messages, "choose_save_file", lambda _title, name, kinds, _then: asked.append((name, kinds)))
    open_return(submitted=2).return_it()
    assert asked == [("return-For-Ann-Example-0.cqcreturn", "Returned marks (*.cqcreturn)")]


def test_many_missing_sheets_are_named_up_to_a_few(open_return: Open) -> None:
    screen = open_return(submitted=0)
    assert screen.pack is not None
    one = screen.pack.sheets[0]
    many = [replace(one, id=str(number), number=number) for number in range(1, 321)]
    said = return_words.refused(many)
    assert "320 sheets are not submitted yet" in said
    assert said.endswith("and 314 more")
    assert return_words.how_far(screen.pack).startswith("No sheet is submitted yet.")
