"""A list of lines of any length, which can be copied."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QSize, QStringListModel, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from ui.sizes import body_em
from ui.widgets.lists import list_view
from ui.widgets.row_ground import draw_row_ground

Index = QModelIndex | QPersistentModelIndex

ROWS_AT_ONCE = 200
_ACROSS_EMS, _PADDING_EMS = 0.75, 0.4


class Line(QStyledItemDelegate):
    """As high as its words at the width that there is: Qt forgets the stylesheet's padding, and cuts them short."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's own name
        """The height of all lines."""
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListView) else option.rect.width()
        lines = _laid(str(index.data()), option.font, width - 2 * body_em(_ACROSS_EMS)).lineCount()
        return QSize(0, lines * QFontMetrics(option.font).lineSpacing() + 2 * body_em(_PADDING_EMS))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground by `draw_row_ground`, words by us."""
        self.initStyleOption(option, index)
        ink, _quiet = draw_row_ground(painter, option)
        across = body_em(_ACROSS_EMS)
        painter.save()
        painter.setPen(ink)
        laid = _laid(str(index.data()), option.font, option.rect.width() - 2 * across)
        laid.draw(painter, QPointF(option.rect.left() + across, option.rect.top() + body_em(_PADDING_EMS)))
        painter.restore()


def _laid(text: str, font: QFont, width: int) -> QTextLayout:
    layout = QTextLayout(text.replace("\n", "\u2028"), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    spacing = QFontMetrics(font).lineSpacing()
    layout.beginLayout()
    number = 0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1, width))
        line.setPosition(QPointF(0, number * spacing))
        number += 1
    layout.endLayout()
    return layout


class CopyableLines(QListView):
    """Lines of any length; Ctrl+C copies those that are chosen."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._model = QStringListModel(self)
        self.setModel(self._model)
        self.setItemDelegate(Line(self))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)  # the window stays alive while long lists are measured
        self.setBatchSize(ROWS_AT_ONCE)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # lines are measured once, at one width
        list_view(self, name)

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show these, from the first."""
        self._model.setStringList(list(lines))
        self.setCurrentIndex(self._model.index(0))

    def lines(self) -> list[str]:
        """Every line."""
        return self._model.stringList()

    def copy_all(self) -> None:
        """Put every line on the clipboard."""
        QGuiApplication.clipboard().setText("\n".join(self.lines()))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Qt would copy the current line alone."""
        if event.matches(QKeySequence.StandardKey.Copy):
            rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
            every = self.lines()
            QGuiApplication.clipboard().setText("\n".join(every[row] for row in rows))
        else:
            super().keyPressEvent(event)
