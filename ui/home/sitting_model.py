"""The sittings as a Qt model over a plain list: quick with hundreds of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from cqcmock.domain.modes import NAMES
from ui.home import wording

if TYPE_CHECKING:
    from cqcmock.domain.sitting import SittingSummary

Index = QModelIndex | QPersistentModelIndex

ABOUT, STATE = int(Qt.ItemDataRole.UserRole) + 1, int(Qt.ItemDataRole.UserRole) + 2
LONGEST_TITLE = 200


class SittingModel(QAbstractListModel):
    """One row a sitting, the latest first. Editing a row is renaming: `renamed` says which, and the new title."""

    renamed = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sittings: list[SittingSummary] = []
        self._today = date.min

    def show(self, sittings: Sequence[SittingSummary], today: date) -> None:
        """Show these sittings; where they are the same ones as before, rows stay where they are."""
        same = [sitting.id for sitting in sittings] == [sitting.id for sitting in self._sittings]
        if not same:
            self.beginResetModel()
        self._sittings = list(sittings)
        self._today = today
        if not same:
            self.endResetModel()
        elif self._sittings:
            self.dataChanged.emit(self.index(0), self.index(len(self._sittings) - 1))

    def sitting(self, index: Index) -> SittingSummary | None:
        """The sitting of a row, if there is one."""
        return self._sittings[index.row()] if 0 <= index.row() < len(self._sittings) else None

    def row_of(self, sitting_id: str) -> int:
        """Where a sitting stands, or -1."""
        return next((row for row, sitting in enumerate(self._sittings) if sitting.id == sitting_id), -1)

    def take(self, sitting_id: str) -> tuple[int, SittingSummary] | None:
        """Remove a sitting, and say where it was so that it can be put back."""
        row = self.row_of(sitting_id)
        if row < 0:
            return None
        self.beginRemoveRows(QModelIndex(), row, row)
        sitting = self._sittings.pop(row)
        self.endRemoveRows()
        return row, sitting

    def put_back(self, row: int, sitting: SittingSummary) -> None:
        """Show a sitting again that was taken out."""
        if self.row_of(sitting.id) >= 0:
            return
        row = min(row, len(self._sittings))
        self.beginInsertRows(QModelIndex(), row, row)
        self._sittings.insert(row, sitting)
        self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's own name and default
        """How many sittings there are."""
        return 0 if parent.isValid() else len(self._sittings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The title; under ABOUT role, mode and when; under STATE where the sitting is."""
        sitting = self.sitting(index) if index.isValid() else None
        if sitting is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return sitting.title
            case _ if role == ABOUT:
                return self._about(sitting)
            case _ if role == STATE:
                return wording.state(sitting.phase, sitting.question, sitting.questions)
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                where = wording.state(sitting.phase, sitting.question, sitting.questions)
                return f"{sitting.title}. {where}. {self._about(sitting)}"
            case _:
                return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802
        """Rename: at once on screen, and `renamed` for the library. An empty title is left as it was."""
        sitting = self.sitting(index) if index.isValid() else None
        title = " ".join(str(value).split())
        if sitting is None or role != Qt.ItemDataRole.EditRole or title in ("", sitting.title):
            return False
        self._sittings[index.row()] = replace(sitting, title=title)
        self.dataChanged.emit(index, index)
        self.renamed.emit(sitting.id, title)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every row can be chosen and renamed."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flag = Qt.ItemFlag
        return flag.ItemIsSelectable | flag.ItemIsEnabled | flag.ItemIsEditable | flag.ItemNeverHasChildren

    def _about(self, sitting: SittingSummary) -> str:
        last = wording.when(sitting.last_saved_at, self._today)
        return f"{sitting.role_name} · {NAMES[sitting.mode]} · {last}"
