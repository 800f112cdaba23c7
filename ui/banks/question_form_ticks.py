"""Lists with a tick before each line: one stop for Tab, the arrows inside, and the space bar ticks."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLineEdit,
    QListView,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from ui.banks.question_form_fields import Field, show_on_page
from ui.sizes import body_em, sized
from ui.widgets.labels import TextLabel, small_label
from ui.widgets.lists import list_view
from ui.widgets.refitting import Refitting

ID = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
_HIGHEST = 100_000


class TickField(Field):
    """Some of a few values. What is ticked and no longer known is shown by its id, so that it can be unticked."""

    def __init__(
        self, title: str, hint: str = "", *, scrolls: bool = False, unknown: str = "not known any more"
    ) -> None:
        self.list = TickList(scrolls=scrolls)
        super().__init__(title, self.list, hint)
        list_view(self.list, title)
        self._known: tuple[tuple[str, str], ...] = ()
        self._unknown = unknown
        self.list.itemChanged.connect(lambda _: self.entered())

    @property
    def values(self) -> tuple[str, ...]:
        """What is ticked, in the order of the list."""
        return tuple(str(item.data(ID)) for item in self.list.entries() if item.checkState() == Qt.CheckState.Checked)

    def offer(self, known: Sequence[tuple[str, str]]) -> None:
        """These can be ticked, each an id and its name; what is ticked and still among them stays so."""
        if tuple(known) != self._known:
            there = {value for value, _ in known}
            kept = [value for value in self.values if value in there]
            self._known = tuple(known)
            self.show_values(kept)

    def show_values(self, values: Collection[str]) -> None:
        """Show these as ticked; nobody is told."""
        known = dict(self._known)
        shown = [*self._known, *((value, f"{value} ({self._unknown})") for value in values if value not in known)]
        self._showing = True
        if shown != [(item.data(ID), item.text()) for item in self.list.entries()]:
            self.list.clear()
            for value, words in shown:
                item = QListWidgetItem(words, self.list)
                item.setData(ID, value)
                item.setFlags(
                    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
                )
                item.setCheckState(Qt.CheckState.Unchecked)
        for item in self.list.entries():
            item.setCheckState(Qt.CheckState.Checked if item.data(ID) in values else Qt.CheckState.Unchecked)
        self._showing = False
        self.list.refit()


class FinderField(TickField):
    """The same for many values: typing finds them, and a line says what is ticked."""

    def __init__(self, title: str, finding: str, hint: str = "", *, unknown: str = "not known any more") -> None:
        super().__init__(title, hint, scrolls=True, unknown=unknown)
        self.words = QLineEdit()
        self.words.setPlaceholderText(finding)
        self.words.setAccessibleName(finding)
        self.words.setClearButtonEnabled(True)
        self.ticked: TextLabel = small_label()
        self.nothing: TextLabel = small_label("Nothing here has these words.")
        self.nothing.hide()
        at = self.column.indexOf(self.list)
        for part in (self.nothing, self.words, self.ticked):
            self.column.insertWidget(at, part)
        self.words.textChanged.connect(self._find)
        self.words.returnPressed.connect(self._to_list)
        self.changed.connect(self._say_ticked)
        self._say_ticked()

    def show_values(self, values: Collection[str]) -> None:
        super().show_values(values)
        self._find()
        self._say_ticked()

    def _find(self) -> None:
        wanted = self.words.text().casefold().split()
        shown = 0
        for row, item in enumerate(self.list.entries()):
            fits = all(word in item.text().casefold() for word in wanted)
            self.list.setRowHidden(row, not fits)
            shown += fits
        self.nothing.setVisible(not shown and bool(wanted))

    def _to_list(self) -> None:
        for row in range(self.list.count()):
            if not self.list.isRowHidden(row):
                self.list.setCurrentRow(row)
                self.list.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _say_ticked(self) -> None:
        ticked = [item.text() for item in self.list.entries() if item.checkState() == Qt.CheckState.Checked]
        self.ticked.setText(f"Ticked: {' · '.join(ticked)}" if ticked else "None is ticked.")


class _Line(QStyledItemDelegate):
    """As high as its words: Qt forgets how much room the tick takes, and cuts them short."""

    def __init__(self, view: QListWidget, *, padding: float, beside: float) -> None:
        super().__init__(view)
        self._view = view
        self._padding, self._beside = padding, beside

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's own name
        """The lines that the words take beside their tick."""
        metrics = QFontMetrics(option.font)
        width = max(self._view.viewport().width() - body_em(self._beside), body_em(4.0))
        words = metrics.boundingRect(QRect(0, 0, width, _HIGHEST), int(Qt.TextFlag.TextWordWrap), str(index.data()))
        return QSize(0, max(words.height(), body_em(1.2)) + body_em(self._padding))


class TickList(Refitting, QListWidget):
    """As high as its lines unless it `scrolls`; a click on the words ticks too."""

    def __init__(self, *, scrolls: bool) -> None:
        super().__init__()
        self._scrolls = scrolls
        self._pressed: QListWidgetItem | None = None
        self.setWordWrap(True)
        self.setItemDelegate(_Line(self, padding=1.2 if scrolls else 0.6, beside=3.0 if scrolls else 2.2))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)  # a tick is the only mark
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if scrolls:
            sized(self, min_height=9.5, max_height=9.5)
            self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        else:
            self.setProperty("kind", "lines")
            self.setFrameShape(QFrame.Shape.NoFrame)
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.currentRowChanged.connect(self._follow)

    def entries(self) -> list[QListWidgetItem]:
        """The lines, from the top."""
        return [self.item(row) for row in range(self.count())]

    def refit(self) -> None:
        """Take the height of all lines."""
        if self._scrolls:
            return
        height = max(1, sum(self.sizeHintForRow(row) for row in range(self.count())) + 2 * self.frameWidth())
        if (height, height) != (self.minimumHeight(), self.maximumHeight()):
            self.setFixedHeight(height)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's own name
        """The arrows begin at a line that can be seen."""
        super().focusInEvent(event)
        if self.currentRow() < 0 or self.isRowHidden(self.currentRow()):
            shown = (row for row in range(self.count()) if not self.isRowHidden(row))
            self.setCurrentRow(next(shown, -1))

    def _follow(self) -> None:
        """The page scrolls along while the arrows move down a list that is higher than the window."""
        if self.hasFocus() and self.currentItem() is not None:
            show_on_page(self, self.visualItemRect(self.currentItem()))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's own name
        self._pressed = self.itemAt(event.position().toPoint())
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's own name
        item, pressed = self.itemAt(event.position().toPoint()), self._pressed
        self._pressed = None
        before = item.checkState() if item is not None else None
        super().mouseReleaseEvent(event)
        if item is not None and item is pressed and item.checkState() == before:
            ticked = before == Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked)
