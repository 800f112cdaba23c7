"""The table of everything that there is a rule for: as high as its rows up to a few, ticked with Space or the mouse."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QSizePolicy, QTableView

from ui.keeping.things_model import Column, ThingsModel
from ui.sizes import body_em
from ui.widgets.lists import list_view

_ROWS_IN_SIGHT, _ROWS_IN_SIGHT_NARROW = 7, 4
_NARROW_EMS = 44.0
_PADDING_EMS = 0.5
_WIDTHS_EMS = {Column.WHEN: 10.5, Column.RULE: 14.5, Column.STATE: 7.5}


class ThingsTable(QTableView):
    """Give it its model; the page scrolls where it is higher than the window."""

    def __init__(self, model: ThingsModel) -> None:
        super().__init__()
        self._things = model
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        head.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(Column.WHAT, QHeaderView.ResizeMode.Stretch)
        list_view(self, "Everything that there is a rule for, what is due first. Space ticks a row")
        model.modelReset.connect(self._came_in)
        self._measure()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """All rows, or as many as should be in sight at once."""
        most = _ROWS_IN_SIGHT_NARROW if self.isColumnHidden(Column.WHEN) else _ROWS_IN_SIGHT
        rows = min(self._things.rowCount(), most)
        height = rows * self.verticalHeader().defaultSectionSize() + self.horizontalHeader().sizeHint().height()
        return QSize(super().sizeHint().width(), height + 2 * self.frameWidth())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """Never less than what is to be in sight: the page scrolls instead."""
        return QSize(0, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Space ticks the row, wherever in it the keyboard is; arrows are Qt's own."""
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self._things.toggle(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        """A narrow table says in one column what a wide one says in three."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._measure()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's own name
        """Larger type makes higher rows and wider columns."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()

    def _measure(self) -> None:
        narrow = self.viewport().width() < body_em(_NARROW_EMS)
        self._things.set_narrow(narrow)
        for column, width in _WIDTHS_EMS.items():
            self.setColumnHidden(column, narrow)
            self.setColumnWidth(column, body_em(width))
        lines = 4 if narrow else 2
        self.verticalHeader().setDefaultSectionSize(
            lines * QFontMetrics(self.font()).lineSpacing() + 2 * body_em(_PADDING_EMS)
        )
        self.updateGeometry()

    def _came_in(self) -> None:
        if self._things.rowCount() and not self.currentIndex().isValid():
            self.selectRow(0)
        self.updateGeometry()
