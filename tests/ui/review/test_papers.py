"""Mark sheets, receipts and what a reviewer alone is told, put on paper from the window by those who need them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cqcmock.domain.rubric import AnswerMarks, MarkSheet
from cqcmock.services import merging, packing, reports, reviewing, sittings
from tests.clocks import HandClock
from tests.ui.conftest import Show, StandIn
from tests.ui.review.conftest import Mark, Send, Sent, Wait
from ui.app_signals import Subject, change
from ui.commands import CommandId
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.review.merge_screen import MergeScreen
from ui.review.papers import receipt_paper
from ui.review.papers_card import PapersCard
from ui.review.return_receipt import ReceiptCard
from ui.review.review_screen import ReviewScreen

if TYPE_CHECKING:
    from cqcmock.services.library import Library

BLANK, FILLED, FEEDBACK = range(3)
CROSSED = "\N{BALLOT BOX WITH X}"
OWN = MarkSheet(answers={0: AnswerMarks(levels={"evidence": 3})})

Open = Callable[..., ReviewScreen]


@pytest.fixture
def opened(window: MainWindow, desk: Desk, settle: Wait) -> Open:
    """Opens the room on this desk, or on another."""

    def open_it(on: Desk | None = None) -> ReviewScreen:
        screen = ReviewScreen(on or desk, window.commands)
        window.open(screen)
        settle()
        return screen

    return open_it


@pytest.fixture
def came_back(sent: Sent, mark: Mark, library: Library, hand: HandClock) -> Path:
    """What Ann Example sent back, taken in."""
    file = mark(sent, 2, 1)
    merging.take_in(library, merging.look(library, [file], hand.clock))
    return file


def labels(card: PapersCard) -> list[str]:
    return [button.text() for button in card.which.buttons()]


def problem(card: PapersCard) -> str:
    return card.problem.text() if card.problem.isVisible() else ""


def save_page(card: PapersCard, messages: StandIn, settle: Wait, path: Path, which: int = 0) -> str:
    """Save one of the papers as a web page, and return what it says, or nothing where it was not written."""
    card.which.button(which).click()
    messages.files = [path]
    card.save_page.click()
    settle()
    return path.read_text(encoding="utf-8") if path.exists() else ""


def test_the_owner_saves_blank_sheets_by_keyboard_for_a_reviewer_who_wants_paper(
    sent: Sent, opened: Open, messages: StandIn, settle: Wait, tmp_path: Path
) -> None:
    screen = opened()
    card = screen.sent_papers
    assert not card.isVisible()
    screen.sent.list.setFocus()
    QTest.keyClick(
        screen.sent.list, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert card.isVisible()
    assert card.title.text() == "On paper: the pack for Ann Example"
    assert labels(card) == ["Blank mark sheets"]  # nothing has come back yet
    assert card.save.hasFocus()
    QTest.keyClick(card.save, Qt.Key.Key_Backtab)
    assert card.large.hasFocus()
    QTest.keyClick(card.large, Qt.Key.Key_Space)
    QTest.keyClick(card.large, Qt.Key.Key_Tab)
    assert card.save.hasFocus()
    messages.files = [tmp_path / "sheets.pdf"]
    QTest.keyClick(card.save, Qt.Key.Key_Return)
    settle()
    assert messages.questions == ["Save as a PDF: Blank mark sheets"]
    assert "[name] told us" in " ".join(reports.page_words((tmp_path / "sheets.pdf").read_bytes()))
    assert messages.texts == [f"Saved as sheets.pdf in {tmp_path}. People’s words are in it: keep it safe."]
    assert not card.isVisible()
    assert screen.sent.papers.hasFocus()


def test_large_print_is_large_in_the_page_too(
    sent: Sent, opened: Open, messages: StandIn, settle: Wait, tmp_path: Path
) -> None:
    screen = opened()
    screen.sent.papers.click()
    card = screen.sent_papers
    assert "html { font-size: 18pt; }" not in save_page(card, messages, settle, tmp_path / "usual.html")
    screen.sent.papers.click()
    card.large.setChecked(True)
    assert "html { font-size: 18pt; }" in save_page(card, messages, settle, tmp_path / "large.html")


def test_what_came_back_is_put_on_paper_once_own_marks_are_in_and_not_before(
    sent: Sent, came_back: Path, sitting: str, library: Library, hand: HandClock, opened: Open,
    messages: StandIn, settle: Wait, tmp_path: Path,
) -> None:  # fmt: skip
    screen = opened()
    screen.sent.papers.click()
    card = screen.sent_papers
    assert labels(card) == ["Blank mark sheets", "Mark sheets, as they came back", "Feedback for Ann Example"]
    assert card.which.button(BLANK).hasFocus()
    assert save_page(card, messages, settle, tmp_path / "early.html", FILLED) == ""
    assert "waits until the own marks" in problem(card)
    card.which.button(BLANK).click()
    assert problem(card) == ""
    sittings.submit_marks(library, sitting, OWN, hand.clock)
    page = save_page(card, messages, settle, tmp_path / "filled.html", FILLED)
    assert page.count(CROSSED) == 14
    assert not card.isVisible()


def test_what_a_reviewer_alone_is_told_is_saved_and_shown_nowhere(
    sent: Sent, came_back: Path, opened: Open, messages: StandIn, settle: Wait, tmp_path: Path, window: MainWindow
) -> None:
    screen = opened()
    screen.sent.papers.click()
    card = screen.sent_papers
    card.large.setChecked(True)
    card.which.button(FEEDBACK).click()
    assert not card.large.isEnabled()
    page = save_page(card, messages, settle, tmp_path / "feedback.html", FEEDBACK)
    assert "For you alone" in page
    assert "font-size: 106.25%" in page  # the sheets' large print is not for it
    assert "give it to them, and keep no copy" in messages.texts[0]
    for label in window.findChildren(type(card.problem)):
        assert "level lower" not in label.text()
        assert "level higher" not in label.text()


def test_after_taking_files_in_the_feedback_has_their_word_codes(
    sent: Sent, send: Send, mark: Mark, desk: Desk, window: MainWindow, messages: StandIn, settle: Wait,
    library: Library, hand: HandClock, tmp_path: Path,
) -> None:  # fmt: skip
    send("Bob Example")
    file = mark(sent, 2, 1)
    screen = MergeScreen(desk, window.commands, (file,))
    window.open(screen)
    settle()
    screen.take.click()
    settle()
    cards = screen.outcome_cards
    cards.packs.choose(sent.id)
    assert cards.feedback.text() == "Feedback for Ann Example…"
    assert cards.feedback.isEnabled()
    cards.feedback.click()
    assert cards.papers.title.text() == "Feedback for Ann Example"
    assert not cards.papers.large.isVisible()
    page = save_page(cards.papers, messages, settle, tmp_path / "feedback.html")
    (looked,) = merging.look(library, [file], hand.clock)
    assert looked.code in page
    assert cards.feedback.hasFocus()
    cards.packs.choose(next(line.key for line in cards.packs.lines.lines if line.title == "Bob Example"))
    assert not cards.feedback.isEnabled()


def test_a_reviewer_puts_the_pack_on_paper_blank_or_as_marked_and_the_receipt_once_it_is_returned(
    sent: Sent, reviewer_desk: Desk, hand: HandClock, mark: Mark, opened: Open, messages: StandIn, settle: Wait,
    tmp_path: Path, window: MainWindow,
) -> None:  # fmt: skip
    reviewing.open_pack(sent.laptop, sent.path, hand.clock).close()
    screen = opened(reviewer_desk)
    card = screen.to_mark_papers
    screen.to_mark.list.setFocus()
    assert window.commands.run(CommandId.PACK_PAPERS)
    assert card.isVisible()
    assert not screen.sent_papers.isVisible()
    assert labels(card) == ["Blank mark sheets", "Mark sheets, as marked so far"]
    assert CROSSED not in save_page(card, messages, settle, tmp_path / "blank.html")
    assert screen.to_mark.papers.hasFocus()
    file = mark(sent, 2, 1)
    screen.refresh()
    settle()
    screen.offer_papers_to_mark(sent.id)
    assert labels(card) == ["Blank mark sheets", "Mark sheets, as marked so far", "The receipt"]
    assert save_page(card, messages, settle, tmp_path / "filled.html", 1).count(CROSSED) == 14
    screen.offer_papers_to_mark(sent.id)
    receipt = save_page(card, messages, settle, tmp_path / "receipt.html", 2)
    with reviewing.workspace(sent.laptop, sent.id) as workspace:
        assert workspace.receipts()[0].code in receipt
    assert file.exists()


def test_the_receipt_of_what_was_returned_just_now_names_its_file(
    sent: Sent, reviewer_desk: Desk, hand: HandClock, show: Show, messages: StandIn, settle: Wait, tmp_path: Path
) -> None:
    with reviewing.open_pack(sent.laptop, sent.path, hand.clock) as workspace:
        receipt = workspace.make_return(tmp_path / "mine.cqcreturn", hand.clock, why_incomplete="Later.")
    page = QWidget()
    column = QVBoxLayout(page)
    returned, card = ReceiptCard(), PapersCard(reviewer_desk)
    column.addWidget(returned)
    column.addWidget(card)
    show(page)
    paper = receipt_paper(reviewer_desk, sent.id, receipt)
    returned.paper.connect(lambda: card.offer((paper,), returned.paper_button, title=paper.label))
    returned.paper_button.click()
    said = save_page(card, messages, settle, tmp_path / "receipt.html")
    for words in (receipt.code, "mine.cqcreturn", "Later."):
        assert words in said
    assert returned.paper_button.hasFocus()


def printer_to(path: Path) -> QPrinter:
    """A printer whose paper is a PDF file."""
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(50)
    return printer


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_it_is_printed_page_by_page_and_where_that_fails_it_says_so_in_place(
    sent: Sent, opened: Open, messages: StandIn, settle: Wait, tmp_path: Path
) -> None:
    screen = opened()
    screen.sent.papers.click()
    card = screen.sent_papers
    messages.printers = [printer_to(tmp_path / "missing" / "printed.pdf"), printer_to(tmp_path / "printed.pdf")]
    card.print_button.click()
    settle()
    assert problem(card).startswith("Not printed. The printer could not be used.")
    card.print_button.click()
    settle()
    pages = len(reports.page_sizes((tmp_path / "printed.pdf").read_bytes()))
    assert messages.pages == [pages, pages]
    assert messages.texts == [f"{pages} pages sent to the printer. People’s words are in it: keep it safe."]
    assert not card.isVisible()


def test_printing_can_be_stopped(
    sent: Sent, opened: Open, messages: StandIn, settle: Wait, tmp_path: Path, qtbot: QtBot
) -> None:
    screen = opened()
    screen.sent.papers.click()
    card = screen.sent_papers
    messages.printers = [printer_to(tmp_path / "printed.pdf")]
    card.print_button.click()
    qtbot.waitUntil(card.stop_button.isVisible)
    card.stop_button.click()
    settle()
    assert problem(card).startswith("Stopped.")
    assert card.print_button.hasFocus()
    assert not card.busy.isVisible()
    assert messages.texts == []


def test_a_chooser_that_is_cancelled_changes_nothing_and_not_now_puts_it_away(
    sent: Sent, opened: Open, messages: StandIn, settle: Wait, tmp_path: Path
) -> None:
    screen = opened()
    screen.sent.papers.click()
    card = screen.sent_papers
    messages.files, messages.printers = [None, None], [None]
    for button in (card.save, card.save_page, card.print_button):
        button.click()
        settle()
    assert (card.isVisible(), problem(card), messages.texts) == (True, "", [])
    card.close_button.setFocus()
    QTest.keyClick(card.close_button, Qt.Key.Key_Return)
    assert not card.isVisible()
    assert screen.sent.papers.hasFocus()


def test_where_a_file_cannot_be_written_it_says_so_in_place_and_the_choice_stays(
    sent: Sent, opened: Open, messages: StandIn, settle: Wait, tmp_path: Path
) -> None:
    screen = opened()
    screen.sent.papers.click()
    card = screen.sent_papers
    assert save_page(card, messages, settle, tmp_path / "gone" / "sheets.html") == ""
    assert problem(card).startswith("Not saved.")
    assert save_page(card, messages, settle, tmp_path / "sheets.docx") == ""
    assert "neither a PDF nor a web page" in problem(card)
    assert card.isVisible()


def test_the_folder_of_what_was_saved_can_be_opened(
    sent: Sent, opened: Open, messages: StandIn, settle: Wait, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders: list[str] = []

    def refuse(url: QUrl) -> bool:
        folders.append(url.toLocalFile())
        return False

    monkeypatch.setattr(QDesktopServices, "openUrl", refuse)
    screen = opened()
    screen.sent.papers.click()
    assert save_page(screen.sent_papers, messages, settle, tmp_path / "sheets.html")
    (said,) = messages.current
    assert said.action is not None
    assert said.action.title == "Open the folder"
    said.action.do()
    assert folders == [str(tmp_path)]
    assert f"It is {tmp_path}." in messages.texts[-1]


def test_what_is_offered_of_a_pack_goes_with_the_pack(
    sent: Sent, opened: Open, settle: Wait, library: Library, desk: Desk
) -> None:
    screen = opened()
    screen.sent.papers.click()
    packing.remove(library, sent.id)
    desk.signals.changed.emit(change(Subject.PACKS))
    settle()
    assert not screen.sent_papers.isVisible()


def test_with_no_pack_the_command_is_greyed_out(opened: Open, window: MainWindow) -> None:
    opened()
    assert not window.commands.is_possible(CommandId.PACK_PAPERS)
