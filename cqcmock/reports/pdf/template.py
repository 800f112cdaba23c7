"""The document that a story is poured into: title, language, page furniture, one column on A4."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from reportlab.lib.colors import toColor  # type: ignore[import-untyped]
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
from reportlab.lib.units import mm  # type: ignore[import-untyped]
from reportlab.pdfbase.pdfmetrics import stringWidth  # type: ignore[import-untyped]
from reportlab.platypus.doctemplate import BaseDocTemplate, PageTemplate  # type: ignore[import-untyped]
from reportlab.platypus.frames import Frame  # type: ignore[import-untyped]

from cqcmock.reports.colours import LIGHT
from cqcmock.reports.pdf.fonts import FALLBACK
from cqcmock.reports.pdf.tags import Artifact, TaggedCanvas, TaggingError
from cqcmock.reports.pdf.text import runs
from cqcmock.reports.type_sizes import sized

_SIZE, _LEADING, _GAP = 9.0, 12.0, 22.0
_EDGE = 14 * mm
"""From the paper's edge to the header and the footer."""


class TaggedDocTemplate(BaseDocTemplate):  # type: ignore[misc]
    """Builds a story into an accessible PDF.

    `header` is a line, or a pair for the left and the right edge; `footer` stands left of "Page x of y". What stands
    at the left wraps if it is long. `created` is the date that the file carries. `margin` is that of the sides, in
    points; `scale` the size of these lines' type, 1 being the usual one. Raises TaggingError for a blank title or
    language.
    """

    def __init__(
        self,
        out: Path | str | BinaryIO,
        *,
        title: str,
        lang: str,
        font: str,
        header: str | tuple[str, str] = "",
        footer: str = "",
        fallback: str | Sequence[str] = FALLBACK,
        created: datetime | None = None,
        author: str = "",
        pagesize: tuple[float, float] = A4,
        margin: float = 20 * mm,
        scale: float = 1.0,
        **settings: Any,
    ) -> None:
        if not title.strip():
            raise TaggingError("The document has no title.")
        if not lang.strip():
            raise TaggingError("The document names no language.")
        self._running_font, self._fallback = font, fallback
        self._size, self._leading, self._gap = (sized(length, scale) for length in (_SIZE, _LEADING, _GAP))
        self._created = created
        self._column = pagesize[0] - 2 * margin
        self._header = self._lines((header, "") if isinstance(header, str) else header)
        self._footer = self._lines((footer, _page_of(9999, 9999)))
        super().__init__(
            str(out) if isinstance(out, Path) else out,
            title=title,
            lang=lang,
            author=author,
            creator=settings.pop("creator", author),
            subject=settings.pop("subject", ""),
            pagesize=pagesize,
            leftMargin=margin,
            rightMargin=margin,
            topMargin=_EDGE + self._height(self._header),
            bottomMargin=_EDGE + self._height(self._footer),
            initialFontName=font,
            displayDocTitle=1,
            **settings,
        )
        frame = Frame(
            self.leftMargin, self.bottomMargin, self.width, self.height,
            leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0, id="column",
        )  # fmt: skip
        self.addPageTemplates(PageTemplate(id="page", frames=[frame]))

    def build(self, flowables: list[Any], filename: Any = None, canvasmaker: Any = TaggedCanvas) -> None:
        """Lay the story out and write the file. The list is used up."""
        super().build(flowables, filename, canvasmaker)

    def _makeCanvas(self, filename: Any = None, canvasmaker: Any = TaggedCanvas) -> TaggedCanvas:
        canvas: TaggedCanvas = super()._makeCanvas(filename, canvasmaker)
        canvas.running = self._draw_running
        canvas.created = self._created
        return canvas

    def _draw_running(self, canvas: TaggedCanvas, page: int, pages: int) -> None:
        canvas.setFillColor(toColor(LIGHT["quiet"]))
        with canvas.within(Artifact("Pagination", "Header")):
            self._draw_lines(canvas, self._header, self.pagesize[1] - _EDGE - self._size * 0.8)
        numbered = [(left, _page_of(page, pages) if right else "") for left, right in self._footer]
        with canvas.within(Artifact("Pagination", "Footer")):
            self._draw_lines(canvas, numbered, self.bottomMargin - self._gap)

    def _draw_lines(self, canvas: TaggedCanvas, lines: list[tuple[str, str]], top: float) -> None:
        for row, (left, right) in enumerate(lines):
            y = top - row * self._leading
            self._draw_line(canvas, self.leftMargin, y, left)
            self._draw_line(canvas, self.leftMargin + self._column - self._measure(right), y, right)

    def _draw_line(self, canvas: TaggedCanvas, x: float, y: float, words: str) -> None:
        for font, run in runs(words, self._running_font, self._fallback):
            canvas.setFont(font, self._size)
            canvas.drawString(x, y, run)
            x += stringWidth(run, font, self._size)

    def _measure(self, words: str) -> float:
        return float(
            sum(stringWidth(run, font, self._size) for font, run in runs(words, self._running_font, self._fallback))
        )

    def _lines(self, pair: tuple[str, str]) -> list[tuple[str, str]]:
        """The left text wrapped beside the right one, which stands in the first line."""
        left, right = (" ".join(part.split()) for part in pair)
        room = self._column - (self._measure(right) + 18 if right else 0)
        room = max(room, self._column / 3)
        lines, line = [], ""
        for word in left.split(" "):
            longer = f"{line} {word}".strip()
            if line and self._measure(longer) > room:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
        pairs = [(line, right if row == 0 else "") for row, line in enumerate(lines)]
        return pairs if any(map(any, pairs)) else []

    def _height(self, lines: list[tuple[str, str]]) -> float:
        return len(lines) * self._leading + (self._gap - self._leading) if lines else 0


def _page_of(page: int, pages: int) -> str:
    return f"Page {page} of {pages}"
