"""The cards of one kind as a real Qt model, and the list that shows them: quick with hundreds of them.

The order is that of the alphabet: the order of writing would tell who wrote what. Rows are all equally high, so that
only those in sight are ever measured; the chosen card is shown in full beside the list.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QItemSelection,
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
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cqcmock.domain.cafe.cards import Board, CardKind
from ui.sizes import body_em
from ui.widgets.lists import list_view
from ui.widgets.row_ground import draw_row_ground

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()

_ROW = int(Qt.ItemDataRole.UserRole) + 1
_WORD_ROWS = 2
_LONGEST_SHOWN = 240
_ACROSS_EMS, _DOWN_EMS = 0.75, 0.4
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_DELETE = (Qt.Key.Key_Delete, *((Qt.Key.Key_Backspace,) if sys.platform == "darwin" else ()))
NO_THEME, ONLY_YOU = "in no theme yet", "only for you"


@dataclass(frozen=True, slots=True)
class CardRow:
    """One card as the list shows it."""

    id: str
    text: str
    about: str


def rows(board: Board, kind: CardKind, *, theme: str | None = None, words: str = "") -> tuple[CardRow, ...]:
    """The cards of a kind that are looked for, in the order of the alphabet.

    `theme` is one in which they are, or nothing for those in none. `words` must all be in a card.
    """
    names = {theme.id: theme.name for theme in board.themes}
    wanted = words.casefold().split()
    found = [
        card
        for card in board.cards
        if card.kind is kind
        and (theme is None or (theme in card.themes if theme else not card.themes))
        and (not wanted or all(word in card.text.casefold() for word in wanted))
    ]
    found.sort(key=lambda card: (card.text.casefold(), card.id))
    return tuple(
        CardRow(
            card.id,
            card.text,
            "  ·  ".join(
                (
                    *((ONLY_YOU,) if card.psw_only else ()),
                    *([names[theme] for theme in card.themes] or (NO_THEME,)),
                )
            ),
        )
        for card in found
    )


class CardModel(QAbstractListModel):
    """Rows over a plain tuple. Only what is different is told to the view."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[CardRow, ...] = ()

    def show(self, new: Sequence[CardRow]) -> None:
        """Show these: rows that stay keep their place, their choice and the keyboard."""
        old, shown = self.rows, tuple(new)
        if shown == old:
            return
        ids, wanted = [row.id for row in old], [row.id for row in shown]
        if ids == wanted:
            self.rows = shown
            for at, (was, now) in enumerate(zip(old, shown, strict=True)):
                if was != now:
                    self.dataChanged.emit(self.index(at), self.index(at))
            return
        kept = set(wanted)
        for first, last in _runs([at for at, row in enumerate(old) if row.id not in kept]):
            self.beginRemoveRows(NO_PARENT, first, last)
            self.rows = (*self.rows[:first], *self.rows[last + 1 :])
            self.endRemoveRows()
        there = {row.id for row in self.rows}
        if [row.id for row in self.rows] != [row.id for row in shown if row.id in there]:
            self.beginResetModel()
            self.rows = shown
            self.endResetModel()
            return
        for first, last in reversed(_runs([at for at, row in enumerate(shown) if row.id not in there])):
            self.beginInsertRows(NO_PARENT, first, last)
            self.rows = (*self.rows[:first], *shown[first : last + 1], *self.rows[first:])
            self.endInsertRows()
        self.show(shown)

    def row_of(self, card: str) -> int:
        """Where a card stands, or -1."""
        return next((at for at, row in enumerate(self.rows) if row.id == card), -1)

    def rowCount(self, parent: Index = NO_PARENT) -> int:  # noqa: N802 - Qt's own name
        """How many cards are shown."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words; what a screen reader says; the whole row for whoever draws it."""
        if not index.isValid() or not 0 <= index.row() < len(self.rows):
            return None
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.text
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{row.text}, {row.about}"
            case _ if role == _ROW:
                return row
            case _:
                return None


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """First and last of each run of neighbours, the last run first, so that earlier numbers stay true."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found[::-1]


class _Row(QStyledItemDelegate):
    """Draws a card: its words in two rows, and under them its themes in quiet ink."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's own name
        """The same for every card."""
        return QSize(0, (_WORD_ROWS + 1) * QFontMetrics(option.font).lineSpacing() + 2 * body_em(_DOWN_EMS))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground by `draw_row_ground`, words by us."""
        self.initStyleOption(option, index)
        ink, quiet = draw_row_ground(painter, option)
        row = index.data(_ROW)
        across, down = body_em(_ACROSS_EMS), body_em(_DOWN_EMS)
        place = option.rect.adjusted(across, down, -across, -down)
        metrics = QFontMetrics(option.font)
        painter.save()
        painter.setPen(ink)
        _words(painter, place, row.text, metrics)
        painter.setPen(quiet)
        below = QRect(place.left(), place.bottom() - metrics.lineSpacing() + 1, place.width(), metrics.lineSpacing())
        about = metrics.elidedText(row.about, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(below, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), about)
        painter.restore()


def _words(painter: QPainter, place: QRect, text: str, metrics: QFontMetrics) -> None:
    """The words in two rows, the last one cut short."""
    shown = " ".join(text[: 2 * _LONGEST_SHOWN].split())[:_LONGEST_SHOWN]
    layout = QTextLayout(shown, painter.font())
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    ends: list[int] = []
    while len(ends) <= _WORD_ROWS and (line := layout.createLine()).isValid():
        line.setLineWidth(place.width())
        ends.append(line.textStart() + line.textLength())
    layout.endLayout()
    starts = [0, *ends[:-1]]
    for number, (start, end) in enumerate(zip(starts[:_WORD_ROWS], ends[:_WORD_ROWS], strict=True)):
        cut = number == _WORD_ROWS - 1 and (len(ends) > _WORD_ROWS or len(shown) < len(text))
        words = shown[start:] if cut else shown[start:end]
        if cut:
            more = words + ("…" if len(shown) < len(text) else "")
            words = metrics.elidedText(more, Qt.TextElideMode.ElideRight, place.width())
        line_of = QTextLayout(words.rstrip(), painter.font())  # by itself: words from the right stand as they should
        line_of.beginLayout()
        line_of.createLine().setLineWidth(place.width() + metrics.averageCharWidth())
        line_of.endLayout()
        line_of.draw(painter, QPointF(place.left(), place.top() + number * metrics.lineSpacing()))


class CardList(QListView):
    """`moved` when others are chosen. `typed` carries a letter or digit that somebody typed here: it is for a theme.

    `theme_wanted` on Return, `reword_wanted` on F2, `out_wanted` on Delete.
    """

    moved = Signal()
    typed = Signal(str)
    theme_wanted = Signal()
    reword_wanted = Signal()
    out_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards = CardModel(self)
        self.setModel(self.cards)
        self.setItemDelegate(_Row(self))
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._showing = False
        self.selectionModel().selectionChanged.connect(lambda *_: None if self._showing else self.moved.emit())
        list_view(self, "Cards")

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids of the chosen cards, from the top."""
        at = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return tuple(self.cards.rows[row].id for row in at)

    def show_rows(self, new: Sequence[CardRow]) -> None:
        """Show these. Where none of the chosen is left, the one that is now where they began is chosen."""
        if tuple(new) == self.cards.rows:
            return
        before = self.chosen
        first = self.cards.row_of(before[0]) if before else 0
        self._showing = True
        self.cards.show(new)
        there = [row for card in before if (row := self.cards.row_of(card)) >= 0]
        self._choose(there or [min(first, len(self.cards.rows) - 1)])
        self._showing = False
        self.moved.emit()

    def choose(self, card: str) -> None:
        """Make this card the chosen one, if it is shown."""
        row = self.cards.row_of(card)
        if row >= 0:
            self._choose([row])
            self.scrollTo(self.currentIndex())

    def _choose(self, at: Sequence[int]) -> None:
        if not at or at[0] < 0:
            return
        model, flags = self.selectionModel(), QItemSelectionModel.SelectionFlag
        selection = QItemSelection()
        for row in at:
            selection.select(self.cards.index(row), self.cards.index(row))
        if self.currentIndex().row() not in at:
            model.setCurrentIndex(self.cards.index(at[0]), flags.NoUpdate)
        model.select(selection, flags.ClearAndSelect)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """A few cards are always in sight: the page scrolls instead."""
        row = (_WORD_ROWS + 1) * QFontMetrics(self.font()).lineSpacing() + 2 * body_em(_DOWN_EMS)
        return QSize(body_em(12.0), 3 * row)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Letters and digits begin a theme's name; arrows are Qt's own."""
        together = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        text = event.text()
        if together or not self.chosen:
            super().keyPressEvent(event)
        elif event.key() in _ENTER:
            self.theme_wanted.emit()
        elif event.key() == Qt.Key.Key_F2:
            self.reword_wanted.emit()
        elif event.key() in _DELETE:
            self.out_wanted.emit()
        elif text.isalnum():
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        """The chosen card stays in sight when what stands below it becomes longer."""
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's own name
        """Larger type makes higher rows."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.scheduleDelayedItemsLayout()
            self.updateGeometry()
