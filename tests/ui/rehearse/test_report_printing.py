"""The report on paper: every page as it is seen, stopped, chosen, and a printer that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from cqcmock.services import reports
from tests.ui.conftest import StandIn
from tests.ui.rehearse.report_hands import Open, settled
from ui.commands import CommandId
from ui.main_window import MainWindow
from ui.messages import Messages
from ui.rehearse.printing import page_order


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
