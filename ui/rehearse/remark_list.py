"""What was noticed in an answer, line by line, under headings; with one key a line is overruled, or stands again."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QItemSelection, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QVBoxLayout, QWidget

from cqcmock.domain.hearing import POINT, Hearing
from cqcmock.domain.remarks import NOT_RECOGNISED, Group, Remark, groups
from ui.sizes import spaced
from ui.widgets.buttons import link_button
from ui.widgets.labels import small_label
from ui.widgets.lists import list_view

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()
REMARK = Qt.ItemDataRole.UserRole
RECOGNISED_SIGN, MISSED_SIGN, LOOK_AGAIN_SIGN = "✓", "–", "!"
NONE_RECOGNISED = "None of the points this time. They may be there in other words."
WRONG, STANDS = "That is not right", "Let it stand after all"
NOT_PERFECT = "The program goes by words and misses things. You know what you said."
_KEYS = (Qt.Key.Key_X, Qt.Key.Key_Delete, Qt.Key.Key_Space)


@dataclass(frozen=True, slots=True)
class Row:
    """A heading, a line below one, or a sentence about them all."""

    text: str
    spoken: str
    remark: Remark | None = None
    is_heading: bool = False


def rows_of(hearing: Hearing) -> tuple[Row, ...]:
    """What the list shows of a hearing."""
    rows: list[Row] = []
    if hearing.points and not any(point.counts for point in hearing.points):
        rows.append(Row(NONE_RECOGNISED, NONE_RECOGNISED))
    for group in groups(hearing):
        rows.append(Row(group.title, group.title, is_heading=True))
        rows += [_row(group, remark) for remark in group.remarks]
    return tuple(rows)


def _row(group: Group, remark: Remark) -> Row:
    overruled = " (overruled by you)" if remark.overruled else ""
    spoken = f"{group.title}: {remark.text}.{overruled} {remark.why}"
    aside = f" ({remark.aside})" if remark.aside else ""
    if remark.kind == POINT:
        sign = MISSED_SIGN if group.title == NOT_RECOGNISED else RECOGNISED_SIGN
        return Row(f"{sign}\u2002{remark.text}{aside}", spoken, remark)
    if remark.overruled:
        return Row(f"{RECOGNISED_SIGN}\u2002“{remark.text}”{overruled}", spoken, remark)
    if group.look_again:
        return Row(f"{LOOK_AGAIN_SIGN}\u2002“{remark.text}”: {remark.why}", spoken, remark)
    return Row(f"{RECOGNISED_SIGN}\u2002“{remark.text}”{aside}", spoken, remark)


class RemarkModel(QAbstractListModel):
    """Headings cannot be chosen; every line says its reason on hover and to a screen reader."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()

    def show(self, rows: tuple[Row, ...]) -> None:
        """Show these lines."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = NO_PARENT) -> int:  # noqa: N802 - Qt's own name
        """How many lines there are, headings too."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a line, its reason, and its looks."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.text
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.spoken
            case Qt.ItemDataRole.ToolTipRole:
                return row.remark.why if row.remark else None
            case Qt.ItemDataRole.FontRole:
                font = QFont()
                font.setBold(row.is_heading)
                font.setStrikeOut(row.remark is not None and row.remark.overruled and row.remark.kind != POINT)
                return font
            case Qt.ItemDataRole.UserRole:
                return row.remark
            case _:
                return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Lines can be chosen, headings cannot."""
        if not index.isValid() or self.rows[index.row()].remark is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _Lines(QListView):
    """As high as its lines, so that only the page scrolls."""

    pressed_to_overrule = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "lines")
        self.setWordWrap(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """One key overrules."""
        if event.key() in _KEYS and not event.modifiers():
            self.pressed_to_overrule.emit()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        """Narrower lines are higher."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Take the height of all lines."""
        rows = self.model().rowCount()
        height = sum(self.sizeHintForRow(row) for row in range(rows)) + 2 * self.frameWidth() + rows * self.spacing()
        if height != self.height():
            self.setFixedHeight(height)


class RemarkList(QWidget):
    """`pointed_at` carries the line that somebody is on, `overruled` the one that they overrule."""

    pointed_at = Signal(object)
    overruled = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = spaced(QVBoxLayout(self), gap=0.3)
        self.lines = list_view(_Lines(), "What was noticed")
        self.model = RemarkModel(self)
        self.lines.setModel(self.model)
        self.lines.selectionModel().selectionChanged.connect(self._moved)
        self.lines.pressed_to_overrule.connect(self.overrule)
        self.lines.doubleClicked.connect(lambda _: self.overrule())
        self.wrong = link_button(WRONG, self.overrule)
        self.wrong.setToolTip("X")
        self.notice = small_label(NOT_PERFECT)
        column.addWidget(self.lines)
        column.addWidget(self.wrong, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.notice)
        self._may_overrule = True
        self._moved()

    def show_hearing(self, hearing: Hearing, *, may_overrule: bool) -> None:
        """Show what was noticed; the line that somebody was on stays chosen."""
        at = self.remark
        self._may_overrule = may_overrule
        self.model.show(rows_of(hearing))
        self.lines.fit()
        for row, line in enumerate(self.model.rows):
            if at and line.remark and (line.remark.kind, line.remark.key) == (at.kind, at.key):
                self.lines.setCurrentIndex(self.model.index(row))
                break
        self._moved()

    @property
    def remark(self) -> Remark | None:
        """The line that is chosen."""
        index = self.lines.currentIndex()
        found = index.data(REMARK) if index.isValid() else None
        return found if isinstance(found, Remark) else None

    def overrule(self) -> None:
        """Say that the chosen line is wrong, or let it stand again."""
        if self.remark is not None and self._may_overrule:
            self.overruled.emit(self.remark)

    def can_overrule(self) -> bool:
        """Whether a line is chosen that may be overruled."""
        return self.remark is not None and self._may_overrule

    def _moved(self, _now: QItemSelection | None = None, _before: QItemSelection | None = None) -> None:
        remark = self.remark
        words = STANDS if remark and remark.overruled else WRONG
        self.wrong.setText(words)
        self.wrong.setAccessibleName(f"{words}: {remark.text}" if remark else words)
        self.wrong.setVisible(self.can_overrule())
        self.pointed_at.emit(remark)
