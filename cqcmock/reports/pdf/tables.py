"""Tables whose rows and cells tag themselves, by the callbacks that reportlab's Table makes while it draws."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
from reportlab.platypus.tables import Table, TableRenderCB  # type: ignore[import-untyped]

from cqcmock.reports.pdf.flowables import P
from cqcmock.reports.pdf.tags import LAYOUT, REPEATED, TaggedCanvas, TaggingError, Token

_LONGEST_CELL = 2_000  # characters: a cell cannot be split, and one higher than the page stops the whole report

Row = Sequence["str | P | Sequence[P]"]


def table(
    rows: Sequence[Row],
    *,
    header_rows: int = 1,
    header_cols: int = 1,
    cell: ParagraphStyle | None = None,
    head: ParagraphStyle | None = None,
    style: Sequence[tuple[Any, ...]] = (),
    widths: Sequence[float | str | None] | None = None,
    **settings: Any,
) -> tuple[Table, Token]:
    """A table for a story, and its token for a caption.

    With a `cell` style, strings are markup and become paragraphs (in `head`, if given, within the headers); without
    one they are plain text in the font that `style` names. Header rows are repeated on each page and tagged once.
    Raises TaggingError for a table without headers or with text too long for a cell.
    """
    if not header_rows and not header_cols:
        raise TaggingError("A table has neither a header row nor a header column.")
    tags = TableTags(header_rows, header_cols)
    made = [
        [
            _cell(value, (head or cell) if at < header_rows or column < header_cols else cell)
            for column, value in enumerate(row)
        ]
        for at, row in enumerate(rows)
    ]
    refused = {"splitInRow", "cornerRadii", "shadow", "repeatRows", "renderCB"} & set(settings)
    if refused:
        raise TaggingError(f"A tagged table cannot have {', '.join(sorted(refused))}.")
    built = Table(
        made, colWidths=widths, style=list(style), repeatRows=header_rows, renderCB=tags, hAlign="LEFT", **settings
    )
    tags.know(built._cellvalues)
    return built, tags.token


class TableTags(TableRenderCB):  # type: ignore[misc]
    """Tags one table, however many pieces reportlab splits it into: the pieces share this and their rows' lists."""

    def __init__(self, header_rows: int, header_cols: int) -> None:
        self.token = Token(tag="Table", keep=True)
        self._head = Token(tag="THead", parent=self.token, keep=True)
        self._body = Token(tag="TBody", parent=self.token, keep=True)
        self._header_rows, self._header_cols = header_rows, header_cols
        self._rows: list[Any] = []
        self._tokens: dict[int, Token] = {}
        self._cells: dict[tuple[Token, int], Token] = {}
        self._repeated = False

    def know(self, rows: list[Any]) -> None:
        """Learn which row is which; they are held so that their ids stay theirs."""
        self._rows = list(rows)
        for at, row in enumerate(self._rows):
            above = self._head if at < self._header_rows else self._body
            self._tokens[id(row)] = Token(tag="TR", parent=above, keep=True)

    def startTable(self, table: Table) -> None:
        canvas: TaggedCanvas = table.canv
        canvas.push(LAYOUT, canvas.element(self.token))

    def endTable(self, table: Table) -> None:
        table.canv.pop()

    def startRow(self, table: Table, row_number: int) -> None:
        canvas: TaggedCanvas = table.canv
        row = self._tokens.get(id(table._cellvalues[row_number]))
        if row is None:
            raise TaggingError("A table's row is not one that it was made with.")
        self._repeated = canvas.knows(row)
        canvas.push(REPEATED if self._repeated else LAYOUT, canvas.element(row))
        self._row = row

    def endRow(self, table: Table) -> None:
        table.canv.pop()

    def startCell(
        self, table: Table, row_number: int, column: int, value: Any, style: Any, place: Any, size: Any
    ) -> None:
        canvas: TaggedCanvas = table.canv
        if canvas.settle(None) is not None:
            canvas.push(None)
            return
        in_head = self._row.parent is self._head
        across, down = _spans(table, row_number, column)
        attributes = []
        if in_head or column < self._header_cols:
            attributes.append(f"/Scope /{'Column' if in_head else 'Row'}")
        if across > 1:
            attributes.append(f"/ColSpan {across}")
        if down > 1:
            attributes.append(f"/RowSpan {down}")
        token = Token(
            tag="TH" if in_head or column < self._header_cols else "TD",
            parent=self._row,
            keep=True,
            attributes=f"<</O /Table {' '.join(attributes)}>>" if attributes else "",
        )
        cell = canvas.element(token)
        canvas.push(cell, cell)

    def endCell(self, table: Table) -> None:
        table.canv.pop()

    def startBG(self, table: Table) -> None:
        """The table is a layout artifact outside its cells already."""

    def endBG(self, table: Table) -> None:
        """As `startBG`."""

    def startLines(self, table: Table) -> None:
        """As `startBG`."""

    def endLines(self, table: Table) -> None:
        """As `startBG`."""


def _cell(value: Any, style: ParagraphStyle | None) -> Any:
    if isinstance(value, str):
        if len(value) > _LONGEST_CELL:
            raise TaggingError(f"Too long for a table's cell, which cannot be split: {value[:60]!r}.")
        return P(value, style) if style is not None else value
    for flowable in value if isinstance(value, list | tuple) else [value]:
        if isinstance(flowable, P) and len(flowable.words) > _LONGEST_CELL:
            raise TaggingError(f"Too long for a table's cell, which cannot be split: {flowable.words[:60]!r}.")
    return value


def _spans(table: Table, row: int, column: int) -> tuple[int, int]:
    """How many columns and rows a cell covers."""
    if not table._spanCmds:
        return 1, 1
    left, top, right, bottom = table._spanRanges[column, row]
    return right - left + 1, bottom - top + 1
