"""The report in the real window: made from a real sitting, seen, saved to real files, and printed."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from cqcmock.domain.reflection import Reflection
from cqcmock.domain.rubric import MarkSheet
from cqcmock.errors import UserError
from cqcmock.services import reports, sittings
from tests.clocks import HandClock
from tests.ui.conftest import OpenWindow, StandIn
from tests.ui.rehearse.finished_interviews import SAID, interviewed
from ui.app_signals import Subject, change
from ui.commands import CommandId
from ui.desk import Desk
from ui.main_window import MainWindow, Room
from ui.messages import Messages
from ui.rehearse.page_view import PagePicture
from ui.rehearse.printing import page_order
from ui.rehearse.report_screen import ReportScreen, file_name
from ui.screen import Screen

Open = Callable[..., ReportScreen]


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return open_window(Room(id="home", title="Home", make=Screen))


@pytest.fixture
def open_report(desk: Desk, window: MainWindow, clock: HandClock, qtbot: QtBot) -> Open:
    def start(sitting: str = "") -> ReportScreen:
        sitting = sitting or interviewed(desk, clock, answers=(SAID, SAID))
        screen = ReportScreen(desk, window.commands, sitting)
        with qtbot.waitSignal(screen.filled, timeout=20_000):
            window.open(screen)
        qtbot.waitUntil(lambda: not desk.tasks.busy and screen.pages.pages[0].picture is not None, timeout=20_000)
        return screen

    return start


def settled(qtbot: QtBot, screen: ReportScreen) -> None:
    """Wait until whatever was begun has come back."""
    qtbot.waitUntil(lambda: screen._work is None and not screen._desk.tasks.busy, timeout=20_000)


def ink(image: QImage) -> int:
    """How many of a grid of dots are not paper."""
    small = image.convertToFormat(QImage.Format.Format_Grayscale8)
    across, down = range(0, small.width(), 3), range(0, small.height(), 3)
    return sum(small.pixelColor(x, y).lightness() < 128 for x in across for y in down)


def test_the_report_is_made_and_its_pages_are_seen_with_their_words(open_report: Open) -> None:
    screen = open_report()
    pages = screen.pages.pages
    assert len(pages) == len(pypdfium2.PdfDocument(screen.report.pdf)) >= 2
    first = pages[0]
    assert ink(first.picture) > 200
    assert first.picture.width() == round(first.width() * first.devicePixelRatioF())
    assert first.accessibleName() == f"Page 1 of {len(pages)}"
    assert "Practice feedback: not a CQC rating" in first.accessibleDescription()
    said = " ".join(page.accessibleDescription() for page in pages)
    assert "Hertfordshire is about 1.2 million people." in said
    assert [f"Page {n + 1} of {len(pages)}" in page.accessibleDescription() for n, page in enumerate(pages)] == [
        True
    ] * len(pages)
    assert screen.save.hasFocus()


def test_what_could_name_somebody_is_left_out_until_the_person_says_otherwise(
    open_report: Open, desk: Desk, clock: HandClock, qtbot: QtBot
) -> None:
    screen = open_report(interviewed(desk, clock, answers=("Mrs Okafor told me so.", SAID)))
    assert screen.leave_out.isVisible()
    assert screen.leave_out.isChecked()
    assert "“Mrs Okafor”" in screen.private.text()
    assert "Okafor" not in " ".join(screen.report.words)
    with qtbot.waitSignal(screen.filled, timeout=20_000):
        screen.leave_out.click()
    settled(qtbot, screen)
    assert "Okafor" in " ".join(screen.report.words)


def test_nothing_is_said_of_names_where_there_are_none(open_report: Open) -> None:
    screen = open_report()
    assert not screen.leave_out.isVisible()
    assert not screen.private.isVisible()


def test_only_pages_near_the_view_are_drawn_and_kept(open_report: Open, qtbot: QtBot) -> None:
    screen = open_report()
    assert screen.pages.pages[-1].picture is None
    qtbot.keyClick(screen.pages, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: screen.pages.pages[-1].picture is not None, timeout=20_000)
    assert screen.pages.pages[0].picture is None
    at = screen.pages.verticalScrollBar().value()
    qtbot.keyClick(screen.pages, Qt.Key.Key_PageUp)
    assert screen.pages.verticalScrollBar().value() < at
    qtbot.keyClick(screen.pages, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: screen.pages.pages[0].picture is not None, timeout=20_000)
    qtbot.keyClick(screen.pages, Qt.Key.Key_Down)
    assert screen.pages.verticalScrollBar().value() > 0


def test_pages_grow_with_the_type_and_are_drawn_again_as_sharp(
    open_report: Open, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    window.resize(1280, 800)
    screen = open_report()
    page = screen.pages.pages[0]
    before = page.width()
    desk.theme.set_percent(140)
    qtbot.waitUntil(lambda: page.width() > before)
    qtbot.waitUntil(lambda: page.picture is not None and page.picture.width() == page.width(), timeout=20_000)
    desk.theme.set_percent(200)
    qtbot.wait(1)
    assert screen.pages.horizontalScrollBar().maximum() == 0
    desk.theme.set_percent(100)
    qtbot.waitUntil(lambda: page.picture is not None and page.picture.width() == page.width(), timeout=20_000)
    settled(qtbot, screen)


def test_the_pdf_is_saved_where_the_person_says_under_a_name_that_names_nobody(
    open_report: Open, window: MainWindow, messages: StandIn, tmp_path: Path, qtbot: QtBot
) -> None:
    screen = open_report()
    target = tmp_path / "Feedback ünïcode.pdf"
    messages.files = [target]
    assert window.commands.run(CommandId.SAVE_REPORT)
    settled(qtbot, screen)
    assert target.read_bytes() == screen.report.pdf
    assert screen.done_words.text().replace("\u200b", "") == f"Saved as {target.name} in {tmp_path}."
    assert screen.told.isVisible()
    assert file_name(screen.report.sitting, ".pdf") == "Feedback 21 November 2026.pdf"


def test_the_report_can_be_saved_as_a_web_page_that_says_the_same(
    open_report: Open, messages: StandIn, tmp_path: Path, qtbot: QtBot
) -> None:
    screen = open_report()
    messages.files = [tmp_path / "feedback.html"]
    screen.save_page.click()
    settled(qtbot, screen)
    page = (tmp_path / "feedback.html").read_text(encoding="utf-8")
    assert page.lower().startswith("<!doctype html>")
    assert "Practice feedback: not a CQC rating" in page


def test_cancelling_the_file_dialog_saves_nothing_and_says_nothing(open_report: Open, messages: StandIn) -> None:
    screen = open_report()
    messages.files = [None]
    screen.save.click()
    assert not screen.told.isVisible()
    assert screen.save.isEnabled()


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("nowhere/feedback.pdf", "There is no folder"),
        ("feedback.docx", "neither a PDF nor a web page"),
        pytest.param(
            "/proc/feedback.pdf",
            "could not be written",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="a folder that nobody can write"),
        ),
    ],
)
def test_a_file_that_cannot_be_written_is_told_in_a_sentence_and_the_report_is_still_there(
    open_report: Open, messages: StandIn, tmp_path: Path, qtbot: QtBot, target: str, words: str
) -> None:
    screen = open_report()
    messages.files = [tmp_path / target, tmp_path / "second.pdf"]
    screen.save.click()
    settled(qtbot, screen)
    assert screen.trouble.isVisible()
    assert screen.problem.text().startswith("Not saved. ")
    assert words in screen.problem.text()
    screen.save.click()
    settled(qtbot, screen)
    assert not screen.trouble.isVisible()
    assert (tmp_path / "second.pdf").read_bytes() == screen.report.pdf


class _FileWindow(QObject):
    """Stands in for the system's file window."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[QUrl] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url)


def test_the_folder_of_the_saved_report_can_be_opened(
    open_report: Open, messages: StandIn, tmp_path: Path, qtbot: QtBot
) -> None:
    screen = open_report()
    messages.files = [tmp_path / "feedback.pdf"]
    screen.save.click()
    settled(qtbot, screen)
    files = _FileWindow()
    QDesktopServices.setUrlHandler("file", files, "open")
    try:
        screen.open_folder_button.click()
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert [Path(url.toLocalFile()) for url in files.opened] == [tmp_path]


def printer_to(path: Path) -> QPrinter:
    """A printer whose paper is a PDF file."""
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(100)
    return printer


def test_every_page_is_printed_as_it_is_seen(
    open_report: Open, window: MainWindow, messages: StandIn, tmp_path: Path, qtbot: QtBot
) -> None:
    screen = open_report()
    messages.printers.append(printer_to(tmp_path / "paper.pdf"))
    assert window.commands.run(CommandId.PRINT_REPORT)
    settled(qtbot, screen)
    assert messages.pages == [len(screen.report.sizes)]
    printed, made = (pypdfium2.PdfDocument(pdf) for pdf in (tmp_path / "paper.pdf", screen.report.pdf))
    assert len(printed) == len(made)
    assert screen.done_words.text() == f"{len(made)} pages sent to the printer."
    for number in range(len(made)):
        on_paper, meant = (
            _ink_of(reports.page_image(source, number, 1.0))
            for source in ((tmp_path / "paper.pdf").read_bytes(), screen.report.pdf)
        )
        assert on_paper == pytest.approx(meant, rel=0.5)
        assert meant > 0


def test_printing_can_be_stopped_and_begun_again(
    open_report: Open, messages: StandIn, tmp_path: Path, qtbot: QtBot
) -> None:
    screen = open_report()
    messages.printers.append(printer_to(tmp_path / "first.pdf"))
    screen.print_button.click()
    screen.stop_button.click()
    assert screen.problem.text() == "Stopped. Nothing was lost."
    assert not screen.again.isVisible()
    settled(qtbot, screen)
    messages.printers.append(printer_to(tmp_path / "second.pdf"))
    screen.print_button.click()
    settled(qtbot, screen)
    assert len(reports.page_sizes((tmp_path / "second.pdf").read_bytes())) == len(screen.report.sizes)


@given(first=st.integers(0, 6), more=st.integers(0, 6), copies=st.integers(1, 3), flags=st.tuples(*[st.booleans()] * 2))
@settings(max_examples=40, deadline=None)
def test_pages_leave_the_printer_as_they_were_asked_for(
    first: int, more: int, copies: int, flags: tuple[bool, bool]
) -> None:
    backwards, collate = flags
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst if backwards else QPrinter.PageOrder.FirstPageFirst)
    printer.setCollateCopies(collate)
    printer.setCopyCount(copies)
    if first:
        printer.setPrintRange(QPrinter.PrintRange.PageRange)
        printer.setFromTo(first, first + more)
    once = list(range(first - 1, min(first + more, 5))) if first else list(range(5))
    order = list(page_order(printer, 5))
    made_here = 1 if printer.supportsMultipleCopies() else copies
    assert sorted(order) == sorted(once * made_here)
    assert list(dict.fromkeys(order)) == (once[::-1] if backwards else once)
    if collate:
        assert order[: len(once)] == list(dict.fromkeys(order))


def _apart(one: reports.PageImage, other: reports.PageImage) -> int:
    """How unlike two pictures are, by their darkness in blocks of twenty rows."""
    rows = zip(_rows(one), _rows(other), strict=False)
    return sum(abs(mine - theirs) for mine, theirs in rows)


def _rows(page: reports.PageImage) -> list[int]:
    block = 20 * page.width * 3
    return [sum(255 - level for level in page.rgb[at : at + block : 3]) for at in range(0, len(page.rgb), block)]


def _ink_of(page: reports.PageImage) -> int:
    return sum(page.rgb[at] < 160 for at in range(0, len(page.rgb), 3))


def test_only_the_chosen_pages_are_printed(open_report: Open, messages: StandIn, tmp_path: Path, qtbot: QtBot) -> None:
    screen = open_report()
    printer = printer_to(tmp_path / "paper.pdf")
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 2)
    messages.printers.append(printer)
    screen.print_button.click()
    settled(qtbot, screen)
    paper = (tmp_path / "paper.pdf").read_bytes()
    assert len(reports.page_sizes(paper)) == 1
    apart = [_apart(reports.page_image(paper, 0, 1.0), reports.page_image(screen.report.pdf, n, 1.0)) for n in (0, 1)]
    assert apart[1] < apart[0] / 2
    assert screen.done_words.text() == "1 page sent to the printer."


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_cannot_be_used_is_told_in_a_sentence(
    open_report: Open, messages: StandIn, tmp_path: Path, qtbot: QtBot
) -> None:
    screen = open_report()
    messages.printers.append(printer_to(tmp_path / "no-such-folder" / "paper.pdf"))
    screen.print_button.click()
    settled(qtbot, screen)
    assert screen.problem.text().startswith("Not printed. The printer could not be used.")


def test_the_real_print_dialog_gives_a_printer_unless_it_is_cancelled(qtbot: QtBot, window: MainWindow) -> None:
    asked: list[QPrinter] = []
    messages = Messages()
    messages.choose_printer(3, asked.append)
    (dialog,) = _print_dialogs()
    assert dialog.isVisible()
    assert (dialog.minPage(), dialog.maxPage()) == (1, 3)
    dialog.reject()
    assert asked == []
    messages.choose_printer(3, asked.append)
    dialog = next(widget for widget in _print_dialogs() if widget.isVisible())
    dialog.done(QDialog.DialogCode.Accepted)
    assert [type(printer) for printer in asked] == [QPrinter]
    qtbot.waitUntil(lambda: not _print_dialogs())


def _print_dialogs() -> list[QPrintDialog]:
    return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QPrintDialog)]


def test_making_it_can_be_stopped_and_begun_again(
    desk: Desk, window: MainWindow, clock: HandClock, qtbot: QtBot
) -> None:
    sitting = interviewed(desk, clock, answers=(SAID,))
    screen = ReportScreen(desk, window.commands, sitting)
    window.open(screen)
    assert screen.busy.isVisible()
    assert screen.stop_button.hasFocus()
    assert not window.commands.is_possible(CommandId.SAVE_REPORT)
    screen.stop_button.click()
    settled(qtbot, screen)
    assert screen.report is None
    assert screen.problem.text() == "Stopped. Nothing was lost."
    with qtbot.waitSignal(screen.filled, timeout=20_000):
        screen.again.click()
    assert window.commands.is_possible(CommandId.SAVE_REPORT)
    settled(qtbot, screen)


def test_a_report_that_cannot_be_made_says_why_and_can_be_tried_again(
    desk: Desk, window: MainWindow, clock: HandClock, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = reports.feedback_pdf

    def broken(*_: object) -> bytes:
        raise UserError("There is no room.", "Free some.")

    monkeypatch.setattr(reports, "feedback_pdf", broken)
    screen = ReportScreen(desk, window.commands, interviewed(desk, clock, answers=(SAID,)))
    window.open(screen)
    qtbot.waitUntil(screen.trouble.isVisible)
    assert screen.problem.text() == "The report could not be made. There is no room. Free some."
    assert screen.again.hasFocus()
    monkeypatch.setattr(reports, "feedback_pdf", real)
    with qtbot.waitSignal(screen.filled, timeout=20_000):
        screen.again.click()
    settled(qtbot, screen)


def test_a_rehearsal_that_is_gone_is_told(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    screen = ReportScreen(desk, window.commands, "no-such-sitting")
    window.open(screen)
    qtbot.waitUntil(screen.trouble.isVisible)
    assert "no longer" in screen.problem.text()


def test_marks_and_reflection_are_offered_while_they_are_not_done(
    open_report: Open, desk: Desk, clock: HandClock, qtbot: QtBot
) -> None:
    sitting = interviewed(desk, clock, answers=(SAID,))
    screen = open_report(sitting)
    assert screen.mark.isVisible()
    assert screen.reflect.isVisible()
    for button, signal in ((screen.mark, screen.marks_wanted), (screen.reflect, screen.reflection_wanted)):
        with qtbot.waitSignal(signal) as asked:
            button.click()
        assert asked.args == [sitting]
    with qtbot.waitSignal(screen.home_wanted):
        screen.home.click()
    sittings.submit_marks(desk.library, sitting, MarkSheet(), desk.clock)
    sittings.finish_reflection(desk.library, sitting, Reflection(proud="The forum at Stevenage"), (), desk.clock)
    with qtbot.waitSignal(screen.filled, timeout=20_000):
        desk.signals.changed.emit(change(Subject.SITTINGS, ids=(sitting,)))
    assert not screen.mark.isVisible()
    assert not screen.reflect.isVisible()
    settled(qtbot, screen)
    assert "The forum at Stevenage" in " ".join(page.accessibleDescription() for page in screen.pages.pages)


def test_a_change_while_the_report_is_made_is_not_missed(
    open_report: Open, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = open_report()
    real, begun, go_on = reports.feedback_pdf, threading.Event(), threading.Event()

    def slow(*args: Any) -> bytes:
        begun.set()
        assert go_on.wait(10)
        return real(*args)

    monkeypatch.setattr(reports, "feedback_pdf", slow)
    desk.signals.changed.emit(change(Subject.SETTINGS))
    qtbot.waitUntil(begun.is_set)
    desk.settings = replace(desk.settings, classification="OFFICIAL only", practising_for=date(2027, 1, 6))
    desk.signals.changed.emit(change(Subject.SETTINGS))
    go_on.set()
    qtbot.waitUntil(lambda: "OFFICIAL only" in screen.pages.pages[0].accessibleDescription(), timeout=20_000)
    settled(qtbot, screen)


def test_a_change_of_another_rehearsal_makes_nothing_again(open_report: Open, desk: Desk) -> None:
    screen = open_report()
    desk.signals.changed.emit(change(Subject.SITTINGS, ids=("another",)))
    assert not screen.busy.isVisible()


def test_a_page_that_is_not_drawn_yet_says_which_it_is(qtbot: QtBot, show: Callable[[object], None]) -> None:
    page = PagePicture(0, 3, (595.0, 842.0), "Words")
    page.fit(300)
    show(page)
    assert (page.width(), page.height()) == (300, 425)
    assert ink(page.grab().toImage()) > 0
