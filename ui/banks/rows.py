"""Rows of two parts, for lists of any length: words that wrap, and under them a quiet line with perhaps a sign."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QResizeEvent, QTextLayout, QTextLine, QTextOption
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
ABOUT, SIGN = int(Qt.ItemDataRole.UserRole) + 1, int(Qt.ItemDataRole.UserRole) + 2
"""The quiet line of a row, and the status word at its end."""

_ACROSS_EMS, _PADDING_EMS = 0.75, 0.45
_WIDE_ENOUGH_EMS = 20.0
_SINGLE_LINE = int(Qt.TextFlag.TextSingleLine | Qt.AlignmentFlag.AlignVCenter)


class Row(QStyledItemDelegate):
    """Draws a row. Every row is as high as the next, so that ten thousand are laid out at once."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's own name
        """The lines of the words, the quiet line, and the room around them."""
        metrics = QFontMetrics(option.font)
        lines = self._lines() * metrics.lineSpacing() + metrics.height()
        return QSize(0, lines + 2 * body_em(_PADDING_EMS) + body_em(0.15))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground by `draw_row_ground`, words by us."""
        self.initStyleOption(option, index)
        ink, quiet = draw_row_ground(painter, option)
        across, down = body_em(_ACROSS_EMS), body_em(_PADDING_EMS)
        inside = option.rect.adjusted(across, down, -across, -down)
        sign = str(index.data(SIGN) or "")
        painter.save()
        painter.setPen(quiet if sign else ink)
        below = _draw_wrapped(painter, inside, str(index.data() or ""), option.font, self._lines())
        painter.setPen(quiet)
        painter.setFont(option.font)
        _draw_quiet(painter, QRect(QPoint(inside.left(), below), inside.bottomRight()), index, sign)
        painter.restore()

    def _lines(self) -> int:
        view = self.parent()
        narrow = isinstance(view, QListView) and view.width() < body_em(_WIDE_ENOUGH_EMS)  # scroll bar or not
        return self.lines + 1 if narrow else self.lines

    def __init__(self, parent: QWidget, lines: int) -> None:
        super().__init__(parent)
        self.lines = lines


def _draw_wrapped(painter: QPainter, place: QRect, text: str, font: QFont, most: int) -> int:
    """Draw words in at most so many lines, the last one cut short; returns where the next line begins."""
    line_text = " ".join(text.split())
    layout = QTextLayout(line_text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    metrics = QFontMetrics(font)
    spacing = metrics.lineSpacing()
    layout.beginLayout()
    lines: list[QTextLine] = []
    while (line := layout.createLine()).isValid() and len(lines) <= most:  # one more says that there is a rest
        line.setLineWidth(place.width())
        line.setPosition(QPointF(0, len(lines) * spacing))
        lines.append(line)
    layout.endLayout()
    whole = lines[:most] if len(lines) <= most else lines[: most - 1]
    for line in whole:
        line.draw(painter, QPointF(place.topLeft()))
    if len(lines) > most:
        rest = line_text.encode("utf-16-le")[2 * lines[most - 1].textStart() :].decode("utf-16-le")  # as Qt counts
        where = QRect(place.left(), place.top() + (most - 1) * spacing, place.width(), metrics.height())
        painter.setFont(font)
        painter.drawText(where, _SINGLE_LINE, metrics.elidedText(rest, Qt.TextElideMode.ElideRight, place.width()))
    return place.top() + max(1, min(most, len(lines))) * spacing + body_em(0.15)


def _draw_quiet(painter: QPainter, place: QRect, index: Index, sign: str) -> None:
    metrics = painter.fontMetrics()
    line = QRect(place.topLeft(), QSize(place.width(), metrics.height()))
    room = line.width()
    if sign:
        shown = f"{SHAPES[Tone.QUIET]}\u2002{sign}"
        width = metrics.horizontalAdvance(shown)
        painter.drawText(line, _SINGLE_LINE | int(Qt.AlignmentFlag.AlignRight), shown)
        room -= width + body_em(0.8)
    about = " ".join(str(index.data(ABOUT) or "").split())
    shown = metrics.elidedText(about, Qt.TextElideMode.ElideRight, room)
    painter.drawText(QRect(line.topLeft(), QSize(room, line.height())), _SINGLE_LINE, shown)


class RowView(QListView):
    """A list of such rows, of at most `lines` lines of words and one more where it is narrow."""

    def __init__(self, model: QAbstractListModel, name: str, *, lines: int, several: bool) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(Row(self, lines))
        self.setUniformItemSizes(True)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if several else mode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        list_view(self, name)

    def rows(self) -> list[int]:
        """The chosen rows, from the top."""
        return sorted(index.row() for index in self.selectionModel().selectedIndexes())

    def choose(self, rows: list[int], current: int) -> None:
        """Make these rows the chosen ones, and one of them the one that is shown."""
        flag = QItemSelectionModel.SelectionFlag
        model, chosen = self.model(), self.selectionModel()
        chosen.clearSelection()
        if current >= 0:
            chosen.setCurrentIndex(model.index(current, 0), flag.Select)
        for row in rows:
            chosen.select(model.index(row, 0), flag.Select)
        self.scrollTo(self.currentIndex())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        """In a narrower list a row has another line."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's own name
        """Larger type makes higher rows."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.scheduleDelayedItemsLayout()
