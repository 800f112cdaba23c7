"""Picking questions by hand: a list that can be searched, and what has been picked, in the order of the bank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QListView, QVBoxLayout, QWidget

from ui.sizes import sized, spaced
from ui.widgets.labels import small_label
from ui.widgets.lists import list_view

Index = QModelIndex | QPersistentModelIndex
EVERY_THEME = "Every theme"
NO_PARENT = QModelIndex()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A question that can be picked; `themes` are names for people."""

    bank: str
    question: str
    text: str
    themes: tuple[str, ...]

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from every other question."""
        return (self.bank, self.question)


class PickModel(QAbstractListModel):
    """The questions that match, each with a tick. What is picked stays picked while it is filtered away."""

    picked_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Pick, ...] = ()
        self._shown: list[Pick] = []
        self._picked: set[tuple[str, str]] = set()

    def set_questions(self, picks: Sequence[Pick]) -> None:
        """Show these questions, none of them picked."""
        self.beginResetModel()
        self._all = tuple(picks)
        self._shown = list(picks)
        self._picked.clear()
        self.endResetModel()
        self.picked_changed.emit()

    def show_matching(self, words: str, theme: str) -> None:
        """Show those of one theme (or of every one) that have all these words."""
        wanted = words.casefold().split()
        self.beginResetModel()
        self._shown = [
            pick
            for pick in self._all
            if (not theme or theme in pick.themes) and all(word in pick.text.casefold() for word in wanted)
        ]
        self.endResetModel()

    def picked(self) -> tuple[tuple[str, str], ...]:
        """What is picked, in the order of the bank."""
        return tuple(pick.key for pick in self._all if pick.key in self._picked)

    def pick(self, keys: Sequence[tuple[str, str]]) -> None:
        """Tick these, as far as they are here, and no others."""
        self._picked = {pick.key for pick in self._all} & set(keys)
        self._all_changed()

    def pick_none(self) -> None:
        """Take every tick away."""
        self._picked.clear()
        self._all_changed()

    def rowCount(self, parent: Index = NO_PARENT) -> int:  # noqa: N802 - Qt's own name
        """How many questions match."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The question, its themes for the tooltip, and its tick."""
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        pick = self._shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return pick.text
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return ", ".join(pick.themes)
            case Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if pick.key in self._picked else Qt.CheckState.Unchecked
            case _:
                return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802 - Qt's own name
        """Tick or untick a question."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        key = self._shown[index.row()].key
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self._picked.add(key)
        else:
            self._picked.discard(key)
        self.dataChanged.emit(index, index, [role])
        self.picked_changed.emit()
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every question can be ticked with the space bar."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable

    def _all_changed(self) -> None:
        if self._shown:
            self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1))
        self.picked_changed.emit()


class QuestionPicker(QWidget):
    """Type words or choose a theme to find questions; the space bar picks."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = spaced(QVBoxLayout(self), gap=0.4)
        self.words = QLineEdit()
        self.words.setPlaceholderText("Find questions by their words")
        self.words.setAccessibleName("Find questions by their words")
        self.words.setClearButtonEnabled(True)
        self.theme = QComboBox()
        self.theme.setAccessibleName("Theme")
        self.theme.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.theme.setMinimumContentsLength(14)
        column.addWidget(self.words)
        column.addWidget(self.theme)
        self.model = PickModel(self)
        self.list = list_view(QListView(), "Questions; the space bar picks")
        self.list.setModel(self.model)
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        sized(self.list, min_height=16.0)
        column.addWidget(self.list)
        self.told = small_label()
        column.addWidget(self.told)
        self.words.textChanged.connect(self._filter)
        self.theme.currentIndexChanged.connect(self._filter)
        self.list.doubleClicked.connect(self._toggle)
        self.model.picked_changed.connect(self._picked)

    def set_questions(self, picks: Sequence[Pick]) -> None:
        """Offer these questions."""
        self.theme.blockSignals(True)
        self.theme.clear()
        self.theme.addItem(EVERY_THEME, "")
        for theme in dict.fromkeys(theme for pick in picks for theme in pick.themes):
            self.theme.addItem(theme, theme)
        self.theme.blockSignals(False)
        self.words.clear()
        self.model.set_questions(picks)

    def picked(self) -> tuple[tuple[str, str], ...]:
        """What is picked, in the order of the bank."""
        return self.model.picked()

    def pick(self, keys: Sequence[tuple[str, str]]) -> None:
        """Pick these questions, as far as they are offered."""
        self.model.pick(keys)

    def _filter(self) -> None:
        self.model.show_matching(self.words.text(), self.theme.currentData() or "")

    def _toggle(self, index: QModelIndex) -> None:
        checked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        state = Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked
        self.model.setData(index, state, Qt.ItemDataRole.CheckStateRole)

    def _picked(self) -> None:
        number = len(self.picked())
        chosen = f"{number} picked." if number else "None picked: they are drawn for you."
        self.told.setText(chosen)
        self.changed.emit()
