"""The counts by team and role, each with a big “+1” and a number that can be put right where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from cqcmock.domain.cafe.attendance import MOST_PEOPLE, Group
from ui.cafe.who_came_undo import group_words
from ui.sizes import body_em, sized, spaced
from ui.widgets.buttons import secondary_button
from ui.widgets.labels import heading, small_label

Key = tuple[str, str]

AT_ONCE: Final = 3
"""Rows that are made at a time: more would hold the window up."""


class CountField(QSpinBox):
    """A number of people. The wheel scrolls the page and never changes a number."""

    def __init__(self, name: str, lowest: int, highest: int) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setRange(lowest, highest)
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lineEdit().setTextMargins(body_em(0.5), 0, 0, 0)
        sized(self, min_width=5.5)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's own name
        """Nothing: it is easily turned by accident."""
        event.ignore()


class GroupRow(QWidget):
    """One team in one role. `one_more` for “+1”, `corrected` when another number was put in."""

    one_more = Signal()
    corrected = Signal(int)

    def __init__(self, group: Group) -> None:
        super().__init__()
        self.group = group
        words = group_words(group.team, group.role)
        self.setAccessibleName(words)
        row = spaced(QHBoxLayout(self), gap=0.75)
        names = spaced(QVBoxLayout(), gap=0.0)
        names.addWidget(heading(group.team or "Team not said", 3))
        names.addWidget(small_label(group.role or "Role not said"))
        self.number = CountField(f"How many came in all: {words}", 0, MOST_PEOPLE)
        self.number.setValue(group.people)
        self.number.valueChanged.connect(self._number)
        self.more = sized(secondary_button("+1", self.one_more.emit), min_width=5.0)
        self.more.setAccessibleName(f"One more: {words}")
        row.addWidget(self.number)
        row.addWidget(self.more)
        row.addLayout(names, 1)

    def show_group(self, group: Group) -> None:
        """Show what is kept, unless somebody is writing another number just now."""
        if group == self.group and self.number.value() == group.people:
            return
        self.group = group
        self.number.blockSignals(True)
        self.number.setValue(group.people)
        self.number.blockSignals(False)

    def _number(self, number: int) -> None:
        if number != self.group.people:
            self.corrected.emit(number)


class GroupRows(QWidget):
    """All of them, by team and then by role. Only rows that are different are touched; new ones come a few at a time.

    `one_more` and `corrected` name the team and the role; `drawn` when every row is there.
    """

    one_more = Signal(str, str)
    corrected = Signal(str, str, int)
    drawn = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("How many came, by team and role")
        self.rows: dict[Key, GroupRow] = {}
        self._wanted: tuple[Group, ...] = ()
        self._column = spaced(QVBoxLayout(self), gap=0.35)
        self._more = QTimer(self)
        self._more.setSingleShot(True)
        self._more.setInterval(0)
        self._more.timeout.connect(self._make_some)

    @property
    def in_order(self) -> list[GroupRow]:
        """The rows from the top."""
        return [self.rows[_key(group)] for group in self._wanted if _key(group) in self.rows]

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Show these."""
        wanted = tuple(sorted(groups, key=_place))
        if wanted == self._wanted:
            return
        self._wanted = wanted
        there = {_key(group): group for group in wanted}
        for key in [key for key in self.rows if key not in there]:
            row = self.rows.pop(key)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        for key, row in self.rows.items():
            row.show_group(there[key])
        self._make_some()

    def put_back(self) -> None:
        """Show what is kept in every row: what was put in could not be."""
        for group in self._wanted:
            if (row := self.rows.get(_key(group))) is not None:
                row.show_group(group)

    def _make_some(self) -> None:
        missing = [(at, group) for at, group in enumerate(self._wanted) if _key(group) not in self.rows]
        for made, (at, group) in enumerate(missing):
            if made == AT_ONCE:
                self._more.start()
                return
            row = GroupRow(group)
            team, role = key = _key(group)
            row.one_more.connect(lambda team=team, role=role: self.one_more.emit(team, role))
            row.corrected.connect(lambda number, team=team, role=role: self.corrected.emit(team, role, number))
            self.rows[key] = row
            self._column.insertWidget(at, row)
        self.drawn.emit()


def _key(group: Group) -> Key:
    return group.team, group.role


def _place(group: Group) -> tuple[bool, str, bool, str]:
    """By name; where nobody said, last."""
    return not group.team, group.team.casefold(), not group.role, group.role.casefold()
