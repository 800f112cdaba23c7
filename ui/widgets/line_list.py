"""A list of things with a line about each: as high as its rows up to a few, every row as high as its words need."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.sizes import body_em
from ui.widgets.lists import list_view
from ui.widgets.pill import SHAPES, Tone
from ui.widgets.row_ground import draw_row_ground

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()

_LINE = int(Qt.ItemDataRole.UserRole) + 1
_TITLE_ROWS, _ABOUT_ROWS = 2, 2
_WIDE_ENOUGH_EMS = 26.0
_LONGEST_SHOWN = 600
_MOST_REMEMBERED = 2000
_WRAPPED: dict[tuple[str, str, int, int], tuple[str, ...]] = {}
_ACROSS_EMS, _PADDING_EMS = 0.75, 0.5
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_DELETE = (Qt.Key.Key_Delete, *((Qt.Key.Key_Backspace,) if sys.platform == "darwin" else ()))
"""The key that is called delete on a Mac is the one that is called Backspace elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row: `key` tells it from the others, `sign` is a status word with its tone."""

    key: str
    title: str
    about: str = ""
    sign: str = ""
    tone: Tone = Tone.QUIET


class LineModel(QAbstractListModel):
    """Lines as a Qt model over a plain list."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: Sequence[Line] = ()

    def show(self, lines: Sequence[Line]) -> None:
        """Show these."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = NO_PARENT) -> int:  # noqa: N802 - Qt's own name
        """How many lines there are."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The title; what a screen reader says; the whole line for whoever draws it."""
        if not index.isValid() or not 0 <= index.row() < len(self.lines):
            return None
        line = self.lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(part for part in (line.title, line.sign, line.about) if part)
            case _ if role == _LINE:
                return line
            case _:
                return None


class _Row(QStyledItemDelegate):
    """Draws a line: its title in up to two rows, and under it, in quiet ink, its sign and what is said about it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's own name
        """As many rows of text as the words need, and the room around them."""
        line, width = index.data(_LINE), self._width()
        most_title, most_about = self._most_rows()
        rows = len(_wrapped(line.title, _strong(option.font), width, most_title))
        about = _below(line)
        below = len(_wrapped(about, option.font, width, most_about)) if about else 0
        height = (
            rows * QFontMetrics(_strong(option.font)).lineSpacing() + below * QFontMetrics(option.font).lineSpacing()
        )
        return QSize(0, height + 2 * body_em(_PADDING_EMS))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground by `draw_row_ground`, words by us."""
        self.initStyleOption(option, index)
        ink, quiet = draw_row_ground(painter, option)
        line = index.data(_LINE)
        across, down = body_em(_ACROSS_EMS), body_em(_PADDING_EMS)
        place = option.rect.adjusted(across, down, -across, -down)
        most_title, most_about = self._most_rows()
        painter.save()
        painter.setPen(ink)
        top = _draw(painter, place, line.title, _strong(option.font), most_title)
        painter.setPen(quiet)
        place.setTop(top)
        _draw(painter, place, _below(line), option.font, most_about)
        painter.restore()

    def __init__(self, view: QListView, about_rows: int) -> None:
        super().__init__(view)
        self._about_rows = about_rows

    def _most_rows(self) -> tuple[int, int]:
        """In a narrow list words need more rows."""
        narrow = self._width() < body_em(_WIDE_ENOUGH_EMS)
        return (_TITLE_ROWS + 1, 2 * self._about_rows) if narrow else (_TITLE_ROWS, self._about_rows)

    def _width(self) -> int:
        view = self.parent()
        assert isinstance(view, QListView)
        return max(view.viewport().width() - 2 * body_em(_ACROSS_EMS), body_em(4.0))


def _below(line: Line) -> str:
    sign = f"{SHAPES[line.tone]}\u2002{line.sign}" if line.sign else ""
    return "  ·  ".join(part for part in (sign, line.about) if part)


def _strong(font: QFont) -> QFont:
    strong = QFont(font)
    strong.setWeight(QFont.Weight.DemiBold)
    return strong


def _wrapped(text: str, font: QFont, width: int, most: int) -> tuple[str, ...]:
    """The text in at most so many rows, the last one cut short. Qt asks for the same many times over."""
    key = (text, font.key(), width, most)
    rows = _WRAPPED.get(key)
    if rows is None:
        if len(_WRAPPED) >= _MOST_REMEMBERED:
            _WRAPPED.clear()
        rows = _WRAPPED[key] = tuple(_wrap(text, font, width, most))
    return rows


def _wrap(text: str, font: QFont, width: int, most: int) -> list[str]:
    shown = " ".join(text[: _LONGEST_SHOWN * 2].split())[:_LONGEST_SHOWN]
    layout = QTextLayout(shown, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    starts: list[int] = []
    while len(starts) <= most and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        starts.append(line.textStart())
    layout.endLayout()
    ends = [*starts[1:], len(shown)]
    rows = [shown[start:end].rstrip() for start, end in zip(starts, ends, strict=True)]
    if len(starts) > most:
        last = shown[starts[most - 1] :]
        rows = [*rows[: most - 1], QFontMetrics(font).elidedText(last, Qt.TextElideMode.ElideRight, width)]
    return rows or [""]


def _draw(painter: QPainter, place: QRect, text: str, font: QFont, most: int) -> int:
    """Draw the rows of a text; returns where the next one would begin."""
    metrics = QFontMetrics(font)
    painter.setFont(font)
    top = place.top()
    for row in _wrapped(text, font, place.width(), most) if text else ():
        layout = QTextLayout(row, font)  # by itself, so that words written from the right stand as they should
        layout.beginLayout()
        layout.createLine().setLineWidth(place.width() + metrics.averageCharWidth())
        layout.endLayout()
        layout.draw(painter, QPointF(place.left(), top))
        top += metrics.lineSpacing()
    return top


class LineList(QListView):
    """`open_wanted` on Return or a double click, `delete_wanted` on Delete, `moved` when another line is chosen."""

    open_wanted = Signal(str)
    delete_wanted = Signal(str)
    moved = Signal(str)

    def __init__(
        self, name: str, *, rows_in_sight: int = 6, about_rows: int = _ABOUT_ROWS, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rows_in_sight = rows_in_sight
        self.lines = LineModel(self)
        self.setModel(self.lines)
        self.setItemDelegate(_Row(self, about_rows))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.doubleClicked.connect(lambda _: self.open_wanted.emit(self.chosen))
        self.selectionModel().currentChanged.connect(lambda _now, _before: self.moved.emit(self.chosen))
        list_view(self, name)

    @property
    def chosen(self) -> str:
        """The key of the line that is chosen, or nothing."""
        row = self.currentIndex().row()
        return self.lines.lines[row].key if 0 <= row < len(self.lines.lines) else ""

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these; the one that was chosen stays so, or the one that is now where it was."""
        if tuple(lines) == tuple(self.lines.lines):
            return
        before, row = self.chosen, max(self.currentIndex().row(), 0)
        scrolled = self.verticalScrollBar().value()
        self.lines.show(lines)
        at = next((at for at, line in enumerate(lines) if line.key == before), min(row, len(lines) - 1))
        self._choose_row(at)
        self.updateGeometry()
        self.verticalScrollBar().setValue(scrolled)
        self.scrollTo(self.currentIndex())
        self.moved.emit(self.chosen)

    def choose(self, key: str) -> None:
        """Make this line the chosen one, if it is there."""
        for row, line in enumerate(self.lines.lines):
            if line.key == key:
                self._choose_row(row)
                self.scrollTo(self.currentIndex())

    def _choose_row(self, row: int) -> None:
        index = self.lines.index(row) if row >= 0 else QModelIndex()
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """All rows, or as many as should be in sight at once."""
        rows = min(self.lines.rowCount(), self._rows_in_sight)
        height = sum(max(self.sizeHintForRow(row), 0) for row in range(rows)) + 2 * self.frameWidth()
        return QSize(super().sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """Never less than what is to be in sight: the page scrolls instead."""
        return QSize(0, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Return opens the chosen line and Delete deletes it, on every system; arrows are Qt's own."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in _ENTER and self.chosen:
            self.open_wanted.emit(self.chosen)
        elif plain and event.key() in _DELETE and self.chosen:
            self.delete_wanted.emit(self.chosen)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        """In a narrower list words need more rows."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
            self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's own name
        """Larger type makes higher rows."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.scheduleDelayedItemsLayout()
            self.updateGeometry()
