"""The last sittings: a list with its own drawing, and what can be done with the one that is chosen."""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QRect, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui.home.sitting_model import ABOUT, LONGEST_TITLE, STATE, Index, SittingModel
from ui.sizes import body_em, spaced
from ui.widgets.buttons import secondary_button
from ui.widgets.card import button_row
from ui.widgets.labels import heading
from ui.widgets.lists import list_view

if TYPE_CHECKING:
    from cqcmock.domain.sitting import SittingSummary

SEND = "Send to a peer reviewer…"
ROWS_IN_SIGHT = 8
_PADDING_EMS = 0.5
_WIDE_ENOUGH_EMS = 34.0
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_DELETE = (Qt.Key.Key_Delete, *((Qt.Key.Key_Backspace,) if sys.platform == "darwin" else ()))
"""The key that is called delete on a Mac is the one that is called Backspace elsewhere."""


class SittingRow(QStyledItemDelegate):
    """Draws one sitting: its title and where it is, and under them role, mode and when."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's own name
        """Two lines of text and the room around them; three in a list too narrow for the state beside the title."""
        line = QFontMetrics(option.font).height()
        lines = QFontMetrics(_strong(option.font)).height() + line * (2 if self._is_narrow() else 1)
        return QSize(0, lines + 2 * body_em(_PADDING_EMS))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground and edge by the style, words by us."""
        self.initStyleOption(option, index)
        style = option.widget.style() if option.widget is not None else QApplication.style()
        role, colours = QPalette.ColorRole, QApplication.palette()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen and not (option.widget is not None and option.widget.hasFocus()):
            chosen = False  # the buttons are about it still, but it should not outshine the primary button
            option.state &= ~QStyle.StateFlag.State_Selected
            painter.fillRect(option.rect, colours.color(role.AlternateBase))
            bar = QRect(option.rect.topLeft(), QSize(body_em(0.25), option.rect.height()))
            painter.fillRect(bar, colours.color(role.Accent))
        else:
            style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)
        ink = colours.color(role.HighlightedText if chosen else role.Text)
        quiet = ink if chosen else colours.color(role.PlaceholderText)
        title, state, about = _places(option, str(index.data(STATE)), narrow=self._is_narrow())
        painter.save()
        painter.setPen(ink)
        _draw(painter, title, str(index.data()), _strong(option.font))
        _draw(painter, state, str(index.data(STATE)), option.font)
        painter.setPen(quiet)
        _draw(painter, about, str(index.data(ABOUT)), option.font)
        painter.restore()

    def _is_narrow(self) -> bool:
        view = self.parent()
        return isinstance(view, QListView) and view.viewport().width() < body_em(_WIDE_ENOUGH_EMS)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: N802
        """A line to type the new title in."""
        editor = QLineEdit(parent)
        editor.setMaxLength(LONGEST_TITLE)
        editor.setAccessibleName("New title")
        editor.setProperty("ring", False)
        return editor

    def updateEditorGeometry(  # noqa: N802 - Qt's own name
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """The whole row, so that a long title can be seen while it is typed."""
        editor.setGeometry(option.rect)


_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)


def _strong(font: QFont) -> QFont:
    strong = QFont(font)
    strong.setWeight(QFont.Weight.DemiBold)
    return strong


def _places(option: QStyleOptionViewItem, state: str, *, narrow: bool) -> tuple[QRect, QRect, QRect]:
    """Where the title, the state and the rest go."""
    inside = option.rect.adjusted(body_em(0.75), body_em(_PADDING_EMS), -body_em(0.75), -body_em(_PADDING_EMS))
    metrics = QFontMetrics(option.font)
    title = QRect(inside.topLeft(), QSize(inside.width(), QFontMetrics(_strong(option.font)).height()))
    below = QRect(title.bottomLeft() + QPoint(0, 1), QSize(inside.width(), metrics.height()))
    if narrow:
        return title, below, below.translated(0, metrics.height())
    width = min(metrics.horizontalAdvance(state) + 1, title.width() // 2)
    beside = QRect(title)
    beside.setLeft(title.right() - width)
    return title.adjusted(0, 0, -width - body_em(1.0), 0), beside, below


def _draw(painter: QPainter, place: QRect, text: str, font: QFont) -> None:
    painter.setFont(font)
    shown = QFontMetrics(font).elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, _LEFT, shown)


class SittingView(QListView):
    """As high as its rows, up to a few; the rest is scrolled to."""

    go_on_wanted = Signal()
    delete_wanted = Signal()

    def __init__(self, model: SittingModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(SittingRow(self))
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.doubleClicked.connect(lambda _index: self.go_on_wanted.emit())
        for changed in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            changed.connect(self.updateGeometry)
        list_view(self, "Last sittings")

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """All rows, or as many as should be in sight at once."""
        rows = min(self.model().rowCount(), ROWS_IN_SIGHT)
        height = max(self.sizeHintForRow(0), 0) * rows + 2 * self.frameWidth()
        return QSize(super().sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """Never less than what is to be in sight: the page scrolls instead."""
        return QSize(0, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Return goes on with the sitting, F2 renames and Delete deletes it, on every system; arrows are Qt's own."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self.state() is QAbstractItemView.State.EditingState:  # the key ends the renaming and nothing else
            super().keyPressEvent(event)
        elif plain and event.key() in _ENTER and self.currentIndex().isValid():
            self.go_on_wanted.emit()
        elif plain and event.key() in _DELETE and self.currentIndex().isValid():
            self.delete_wanted.emit()
        elif plain and event.key() == Qt.Key.Key_F2 and self.currentIndex().isValid():
            self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        """In a narrower list a row may need another line."""
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


class SittingList(QWidget):
    """The list under its heading, with its buttons. Every signal carries the id of the sitting, except `moved`: what
    can be done is something else now."""

    carry_on_wanted = Signal(str)
    marks_wanted = Signal(str)
    reflection_wanted = Signal(str)
    report_wanted = Signal(str)
    words_wanted = Signal(str)
    pack_wanted = Signal(str)
    delete_wanted = Signal(str)
    renamed = Signal(str, str)
    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._can_be_sent: Collection[str] = ()
        self.model = SittingModel(self)
        self.view = SittingView(self.model)
        self.go_on = secondary_button("Carry on", self._go_on)
        self.report = secondary_button("Open the report", lambda: self._emit(self.report_wanted))
        self.words = secondary_button("See what was said", lambda: self._emit(self.words_wanted))
        self.send = secondary_button(SEND, lambda: self._emit(self.pack_wanted))
        self.rename = secondary_button("Rename", self.rename_chosen)
        self.rename.setToolTip("F2")
        self.delete = secondary_button("Delete", lambda: self._emit(self.delete_wanted))
        self.delete.setToolTip("Del")
        self.buttons = (self.go_on, self.report, self.words, self.send, self.rename, self.delete)
        column = spaced(QVBoxLayout(self), gap=0.5)
        column.addWidget(heading("Last sittings", 2))
        column.addWidget(self.view)
        column.addLayout(button_row(*self.buttons))
        self.model.renamed.connect(self.renamed)
        self.view.go_on_wanted.connect(self._go_on)
        self.view.delete_wanted.connect(lambda: self._emit(self.delete_wanted))
        self.view.selectionModel().currentChanged.connect(self._show_what_can_be_done)
        self.model.dataChanged.connect(self._show_what_can_be_done)

    @property
    def chosen(self) -> SittingSummary | None:
        """The sitting that the buttons are about."""
        return self.model.sitting(self.view.currentIndex())

    @property
    def can_send(self) -> bool:
        """Whether the one that is chosen can be sent to a peer reviewer."""
        sitting = self.chosen
        return sitting is not None and sitting.id in self._can_be_sent

    def show_sittings(self, sittings: Sequence[SittingSummary], today: date, can_be_sent: Collection[str] = ()) -> None:
        """Show these; the one that was chosen stays so if it is still there, otherwise the first is.

        `can_be_sent` are the ids of those that a peer reviewer can mark.
        """
        self._can_be_sent = can_be_sent
        before = self.chosen
        scrolled = self.view.verticalScrollBar().value()
        self.model.show(sittings, today)
        row = self.model.row_of(before.id) if before is not None else 0
        self.choose(max(row, 0))
        self.view.verticalScrollBar().setValue(scrolled)

    def choose(self, row: int) -> None:
        """Make this row the chosen one."""
        index = self.model.index(row)
        if index.isValid():
            flag = QItemSelectionModel.SelectionFlag
            self.view.selectionModel().setCurrentIndex(index, flag.ClearAndSelect)
        self._show_what_can_be_done()

    def rename_chosen(self) -> None:
        """Type a new title in the row itself."""
        if self.chosen is not None:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
            self.view.edit(self.view.currentIndex())

    def _emit(self, signal: SignalInstance) -> None:
        if (sitting := self.chosen) is not None:
            signal.emit(sitting.id)

    def _go_on(self) -> None:
        sitting = self.chosen
        if sitting is not None:
            _, signal = self._next_deed(sitting)
            self._emit(signal)

    def _next_deed(self, sitting: SittingSummary) -> tuple[str, SignalInstance]:
        from cqcmock.domain.interview import Phase

        match sitting.phase:
            case Phase.OWN_MARKS:
                return "Mark your answers", self.marks_wanted
            case Phase.REFLECTION:
                return "Write your reflection", self.reflection_wanted
            case Phase.DONE:
                return "", self.report_wanted
            case _:
                return "Carry on", self.carry_on_wanted

    def _show_what_can_be_done(self, _index: QModelIndex | None = None, _before: QModelIndex | None = None) -> None:
        sitting = self.chosen
        for button in self.buttons:
            button.setEnabled(sitting is not None)
            button.setAccessibleDescription(sitting.title if sitting is not None else "")
        title = self._next_deed(sitting)[0] if sitting is not None else ""
        self.go_on.setVisible(bool(title))
        self.go_on.setText(title)
        self.go_on.setAccessibleName(title)
        self.report.setEnabled(sitting is not None and not sitting.in_progress)
        self.send.setEnabled(self.can_send)
        self.moved.emit()
