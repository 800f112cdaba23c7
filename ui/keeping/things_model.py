"""Everything that there is a rule for, as a Qt table model over the service's own tuples."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from cqcmock.domain.english import day
from ui.keeping import words
from ui.widgets.pill import SHAPES, Tone

if TYPE_CHECKING:
    from cqcmock.domain.audit import Kind
    from cqcmock.domain.retention import Due

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()


class Column(IntEnum):
    """The columns, in their order."""

    WHAT = 0
    WHEN = 1
    RULE = 2
    STATE = 3


_HEADS = {Column.WHAT: "What", Column.WHEN: "Due to go", Column.RULE: "Rule", Column.STATE: "State"}


class ThingsModel(QAbstractTableModel):
    """One row a thing, in the order of the service, which has what is due first. `ticked` when a tick has changed."""

    ticked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: Sequence[Due] = ()
        self._shown: list[Due] = []
        self._chosen: set[tuple[Kind, str]] = set()
        self._today = date.min
        self._only_due = False
        self._is_narrow = False

    def show(self, things: Sequence[Due], today: date) -> None:
        """Show these; ticks of what is still there stay."""
        there = {_key(one) for one in things}
        self._all, self._today = things, today
        self._chosen &= there
        self._filter()

    def show_only_due(self, only: bool) -> None:
        """Show only what is due, or everything. What is out of sight is not ticked."""
        self._only_due = only
        if only:
            self._chosen &= {_key(one) for one in self._all if one.is_due(self._today)}
        self._filter()

    def set_narrow(self, narrow: bool) -> None:
        """In a narrow table the day and the rule stand under what it is."""
        if self._is_narrow is not narrow:
            self._is_narrow = narrow
            self._redraw()

    @property
    def chosen(self) -> tuple[Due, ...]:
        """What is ticked, in the order of the table."""
        return tuple(one for one in self._all if _key(one) in self._chosen)

    def choose_due(self) -> None:
        """Tick what is due and not held, and nothing else."""
        self._chosen = {_key(one) for one in self._all if one.is_due(self._today) and one.hold is None}
        self._ticks_changed()

    def choose_none(self) -> None:
        """Tick nothing."""
        self._chosen.clear()
        self._ticks_changed()

    def thing(self, index: Index) -> Due | None:
        """The thing of a row, if there is one."""
        return self._shown[index.row()] if index.isValid() and 0 <= index.row() < len(self._shown) else None

    def toggle(self, row: int) -> None:
        """Tick a row, or take its tick away."""
        if 0 <= row < len(self._shown):
            self._chosen ^= {_key(self._shown[row])}
            self._ticks_changed()

    def rowCount(self, parent: Index = NO_PARENT) -> int:  # noqa: N802 - Qt's own name
        """How many things are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = NO_PARENT) -> int:  # noqa: N802 - Qt's own name
        """How many columns there are."""
        return 0 if parent.isValid() else len(Column)

    def headerData(  # noqa: N802 - Qt's own name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The heads of the columns, from the left as the words below them."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return _HEADS[Column(section)] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell; a tick before what it is; the whole row in words for a screen reader."""
        one = self.thing(index)
        if one is None:
            return None
        column = Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(one, column)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(one, column)
            case Qt.ItemDataRole.AccessibleTextRole if column is Column.WHAT:
                ticked = "ticked" if _key(one) in self._chosen else "not ticked"
                state = words.state(one, self._today)
                parts = (one.kept.title, words.about(one), f"due to go {day(one.on)}, {one.rule}", state, ticked)
                return ". ".join(part for part in parts if part)
            case Qt.ItemDataRole.CheckStateRole if column is Column.WHAT:
                return Qt.CheckState.Checked if _key(one) in self._chosen else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            case _:
                return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802
        """Tick, or take the tick away."""
        if role != Qt.ItemDataRole.CheckStateRole or self.thing(index) is None:
            return False
        self.toggle(index.row())
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every row can be ticked."""
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.NoItemFlags
        tick = flag.ItemIsUserCheckable if index.column() == Column.WHAT else flag.NoItemFlags
        return flag.ItemIsSelectable | flag.ItemIsEnabled | flag.ItemNeverHasChildren | tick

    def _text(self, one: Due, column: Column) -> str:
        match column:
            case Column.WHAT:
                lines = [" ".join(one.kept.title.split()), words.about(one)]
                if self._is_narrow:
                    state = self._sign(one)
                    lines += [f"{state}, {day(one.on)}" if state else f"Due to go {day(one.on)}", one.rule]
                return "\n".join(lines)
            case Column.WHEN:
                return day(one.on)
            case Column.RULE:
                return one.rule.replace(" after ", "\nafter ", 1)
            case Column.STATE:
                return self._sign(one)

    def _sign(self, one: Due) -> str:
        """What is to be seen at once: that it is held, or due."""
        state = words.state(one, self._today)
        tone = Tone.WRAP_UP if one.hold is not None else Tone.IN_HAND
        return f"{SHAPES[tone]}\u2002{state}" if state else ""

    def _tip(self, one: Due, column: Column) -> str:
        if column is Column.STATE and one.hold is not None:
            return words.since(one.hold)
        return one.kept.title if column is Column.WHAT else ""

    def _filter(self) -> None:
        self.beginResetModel()
        self._shown = [one for one in self._all if not self._only_due or one.is_due(self._today)]
        self.endResetModel()
        self.ticked.emit()

    def _ticks_changed(self) -> None:
        self._redraw()
        self.ticked.emit()

    def _redraw(self) -> None:
        if self._shown:
            self.dataChanged.emit(self.index(0, Column.WHAT), self.index(len(self._shown) - 1, Column.WHAT))


def _key(one: Due) -> tuple[Kind, str]:
    return one.kept.kind, one.kept.id
