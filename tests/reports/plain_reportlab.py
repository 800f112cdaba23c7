"""The same report in plain, untagged reportlab: what tagging is measured against."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

from reportlab.lib.colors import toColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Table

from cqcmock.reports.content import Document
from cqcmock.reports.pdf import report


def render_plainly(document: Document, resources: Path) -> bytes:
    """The document as `report.render` lays it out, without any tags."""
    with patch.multiple(
        report,
        P=_paragraph,
        Heading=_paragraph,
        Caption=_paragraph,
        Item=_item,
        items=_items,
        Grounded=_Grounded,
        Figure=_figure,
        table=_table,
        TaggedDocTemplate=_Template,
    ):
        return report.render(document, resources)


def _paragraph(text: str, style: ParagraphStyle, **_tags: Any) -> Paragraph:
    return Paragraph(text, style)


def _item(text: str, style: ParagraphStyle, *, bullet: str, **_tags: Any) -> Paragraph:
    return Paragraph(text, style, bulletText=bullet)


def _items(entries: Sequence[str], style: ParagraphStyle) -> list[Paragraph]:
    step = style.fontSize * 1.4
    indented = ParagraphStyle(
        "item", parent=style, leftIndent=step, bulletFontName=style.fontName, bulletFontSize=style.fontSize
    )
    return [Paragraph(text, indented, bulletText="\N{BULLET}") for text in entries]


class _Grounded(Paragraph):
    bar, ground, above, below = "", "", 0.0, 0.0

    def __init__(self, text: str | None, style: ParagraphStyle, *, tag: str = "", **settings: Any) -> None:
        for name in ("bar", "ground", "above", "below"):
            setattr(self, name, settings.pop(name, getattr(self, name)))
        super().__init__(text, style, **settings)

    def draw(self) -> None:
        canvas = self.canv
        canvas.saveState()
        canvas.setFillColor(toColor(self.bar or self.ground))
        width = 2.5 if self.bar else self.width
        canvas.rect(0, -self.below, width, self.height + self.above + self.below, stroke=0, fill=1)
        canvas.restoreState()
        super().draw()

    def split(self, width: float, height: float) -> list[Any]:
        parts = super().split(width, height)
        for piece in parts:
            piece.bar, piece.ground = self.bar, self.ground
        return parts


def _figure(content: Any, *, alt: str) -> Any:
    content.token = None
    return content


def _table(
    rows: Any, *, header_rows: int, header_cols: int, widths: list[float], style: list[Any]
) -> tuple[Table, None]:
    return Table(rows, colWidths=widths, style=style, repeatRows=header_rows, hAlign="LEFT"), None


class _Numbered(Canvas):
    """The usual way to "Page x of y": pages are kept until their number is known."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **{**settings, "invariant": 1})
        self.kept: list[dict[str, Any]] = []
        self.furniture: Any = None

    def showPage(self) -> None:  # noqa: N802 - the name is reportlab's
        self.kept.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for state in self.kept:
            self.__dict__.update(state)
            self.furniture(self, self._pageNumber, len(self.kept))
            Canvas.showPage(self)
        super().save()


class _Template(BaseDocTemplate):
    def __init__(
        self, out: Any, *, title: str, lang: str, font: str, fallback: str, header: tuple[str, str], footer: str,
        created: Any, margin: float, scale: float,
    ) -> None:  # fmt: skip
        assert scale == 1
        room = 14 * mm + 22
        super().__init__(
            out, title=title, lang=lang, pagesize=A4, initialFontName=font,
            leftMargin=margin, rightMargin=margin, topMargin=room, bottomMargin=room,
        )  # fmt: skip
        self.font, self.header, self.footer = font, header, footer
        frame = Frame(
            margin, room, self.width, self.height, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0
        )
        self.addPageTemplates(PageTemplate(id="page", frames=[frame]))

    def build(self, story: list[Any]) -> None:
        super().build(story, canvasmaker=_Numbered)

    def _makeCanvas(self, *args: Any, **settings: Any) -> Any:  # noqa: N802 - the name is reportlab's
        canvas = super()._makeCanvas(*args, **settings)
        canvas.furniture = self._furniture
        return canvas

    def _furniture(self, canvas: Canvas, page: int, pages: int) -> None:
        canvas.setFont(self.font, 9)
        right = A4[0] - self.rightMargin
        canvas.drawString(self.leftMargin, A4[1] - 14 * mm, self.header[0])
        canvas.drawRightString(right, A4[1] - 14 * mm, self.header[1])
        canvas.drawString(self.leftMargin, self.bottomMargin - 22, self.footer)
        canvas.drawRightString(right, self.bottomMargin - 22, f"Page {page} of {pages}")
