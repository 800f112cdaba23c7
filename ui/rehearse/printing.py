"""From the pages of a PDF to paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from cqcmock.errors import UserError
from ui.rehearse.page_view import image_of

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from cqcmock.services.reports import PageImage

MOST_DOTS = 600
"""Dots an inch beyond which a page of text looks no better, and takes hundreds of megabytes to draw."""

POINTS_AN_INCH = 72


def print_pages(
    printer: QPrinter,
    sizes: Sequence[tuple[float, float]],
    draw: Callable[[int, float], PageImage],
    report: Callable[[int, int], None],
) -> int:
    """Print the pages that the person chose, and return how many sheets that makes; `draw` gets dots a point.

    Runs beside the window. Raises UserError where the printer cannot be used; what `report` raises stops it.
    """
    order = page_order(printer, len(sizes))
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        raise UserError("The printer could not be used.", "Check that it is switched on, or save it instead.")
    try:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for done, number in enumerate(order):
            report(done, len(order))
            if done and not printer.newPage():
                raise UserError("The printer stopped.", "Check it, and print again.")
            _print_page(painter, printer, sizes[number], partial(draw, number))
        report(len(order), len(order))
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()
    if printer.printerState() is printer.PrinterState.Error:
        raise UserError("The printer reported an error.", "Check it, and print again.")
    return len(order)


def page_order(printer: QPrinter, pages: int) -> tuple[int, ...]:
    """The pages in the order in which they leave the printer, by number from 0; copies that it cannot make itself."""
    first, last = 1, pages
    if printer.printRange() is printer.PrintRange.PageRange and printer.fromPage():
        first, last = max(1, printer.fromPage()), min(pages, printer.toPage() or pages)
    chosen = list(range(first - 1, last))
    if printer.pageOrder() is printer.PageOrder.LastPageFirst:
        chosen.reverse()
    copies = 1 if printer.supportsMultipleCopies() else max(1, printer.copyCount())
    if printer.collateCopies():
        return tuple(chosen * copies)
    return tuple(number for number in chosen for _ in range(copies))


def _print_page(
    painter: QPainter, printer: QPrinter, size: tuple[float, float], draw: Callable[[float], PageImage]
) -> None:
    paper = printer.paperRect(printer.Unit.DevicePixel)
    fits = min(paper.width() / size[0], paper.height() / size[1])
    image = image_of(draw(min(fits, MOST_DOTS / POINTS_AN_INCH)))
    place = QRectF(0, 0, size[0] * fits, size[1] * fits)
    place.moveCenter(QRectF(0, 0, paper.width(), paper.height()).center())
    painter.drawImage(place, image, QRectF(image.rect()), Qt.ImageConversionFlag.ColorOnly)
