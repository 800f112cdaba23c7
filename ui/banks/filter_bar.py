"""The filters of the questions: six choices in a row, or folded away where there is little width."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from cqcmock.domain.english import count
from ui.banks.reading import Choices, Filters
from ui.banks.wording import SOURCES
from ui.sizes import body_em, spaced
from ui.widgets.buttons import link_button
from ui.widgets.labels import small_label

IN_USE, ARE_RETIRED, ALL = "in use", "retired", "all"
_RETIRED: dict[str, bool | None] = {IN_USE: False, ARE_RETIRED: True, ALL: None}
_COLUMN_EMS = 8.4


class Choice(QComboBox):
    """Of a name that is too long for it the beginning is shown, and that there is more."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's own name
        """As Qt does it, with the name cut short."""
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        style = QStyle.ComplexControl.CC_ComboBox
        field = self.style().subControlRect(style, option, QStyle.SubControl.SC_ComboBoxEditField, self)
        words = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, field.width())
        option.currentText = words
        painter.drawComplexControl(style, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)


class FilterBar(QWidget):
    """Says `changed` whenever something else is chosen."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.role = _choice("Who is asked")
        self.bank = _choice("Bank")
        self.statement = _choice("Quality statement")
        self.theme = _choice("Theme")
        self.source = _choice("Where it comes from")
        self.show_which = _choice("Show")
        self.combos = (self.role, self.bank, self.statement, self.theme, self.source, self.show_which)
        self._folded = False
        self.fold = link_button("Filters", self._toggle)
        self.fold.hide()
        self._box = QWidget()
        self._grid = spaced(QGridLayout(self._box), gap=0.5)
        self._fields = [_field(combo) for combo in self.combos]
        self._columns = 0
        outer = spaced(QVBoxLayout(self), gap=0.2)
        outer.addWidget(self.fold)
        outer.addWidget(self._box)
        self._place(len(self.combos))
        fill(self.source, {source.value: words for source, words in SOURCES.items()}, "Anywhere")
        for key, words in ((IN_USE, "In use"), (ARE_RETIRED, "Retired"), (ALL, "All")):
            self.show_which.addItem(words, key)
        for combo in self.combos:
            combo.currentIndexChanged.connect(self._changed)

    def offer(self, choices: Choices) -> None:
        """Offer what there is now; what is chosen stays so."""
        fill(self.role, {role: choices.roles.get(role, role) for role in _roles_in(choices)}, "Everybody")
        fill(self.bank, {bank.id: bank.title for bank in choices.banks}, "Any")
        fill(self.statement, choices.statements, "Any")
        fill(self.theme, choices.themes, "Any")
        self._tell()

    def filters(self, words: str) -> Filters:
        """What is chosen, with these words."""
        return Filters(
            words=words,
            role=self.role.currentData() or "",
            bank=self.bank.currentData() or "",
            statement=self.statement.currentData() or "",
            theme=self.theme.currentData() or "",
            source=self.source.currentData() or "",
            retired=_RETIRED[self.show_which.currentData()],
        )

    def clear(self, *, bank: str = "") -> None:
        """Leave nothing out but what is retired, or show one bank alone."""
        self._set(IN_USE, bank)

    def show_all(self, bank: str) -> None:
        """Show a bank with what is retired in it."""
        self._set(ALL, bank)

    def _set(self, which: str, bank: str) -> None:
        blockers = [QSignalBlocker(combo) for combo in self.combos]
        for combo in self.combos:
            combo.setCurrentIndex(0)
        self.show_which.setCurrentIndex(self.show_which.findData(which))
        self.bank.setCurrentIndex(max(0, self.bank.findData(bank)))
        for blocker in blockers:
            blocker.unblock()
        self._changed()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        """As many in a row as there is width for; folded where they do not go into one row."""
        super().resizeEvent(event)
        fitting = max(1, self.width() // body_em(_COLUMN_EMS))
        columns = next(number for number in (6, 3, 2, 1) if number <= fitting)
        if columns != self._columns:
            was_one_row = self._columns == len(self.combos)
            self._place(columns)
            if columns < len(self.combos) and was_one_row:
                self._folded = True
            self._fold()

    def _place(self, columns: int) -> None:
        self._columns = columns
        for at, field in enumerate(self._fields):
            self._grid.addWidget(field, at // columns, at % columns)
        for column in range(len(self._fields)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _toggle(self) -> None:
        self._folded = not self._folded
        self._fold()
        if not self._folded:
            self.combos[0].setFocus()

    def _fold(self) -> None:
        one_row = self._columns == len(self.combos)
        self.fold.setVisible(not one_row)
        self._box.setVisible(one_row or not self._folded)
        self._tell()

    def _changed(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        chosen = sum(combo.currentIndex() > 0 for combo in self.combos)
        held = f" ({count(chosen, 'chosen', 'chosen')})" if chosen else ""
        words = f"{'Filters' if self._folded else 'Hide the filters'}{held}"
        self.fold.setText(words)
        self.fold.setAccessibleName(words)


def fill(combo: QComboBox, names: dict[str, str], none: str) -> None:
    """Offer these names by id, after one that leaves everything in; what is chosen stays so, if it is there."""
    chosen = combo.currentData()
    blocker = QSignalBlocker(combo)
    combo.clear()
    combo.addItem(none, "")
    for key, name in names.items():
        combo.addItem(name, key)
    combo.setCurrentIndex(max(0, combo.findData(chosen)) if chosen else 0)
    blocker.unblock()


def _roles_in(choices: Choices) -> list[str]:
    there = {role for bank in choices.banks for role in bank.roles}
    return [role for role in choices.roles if role in there]


def _choice(name: str) -> QComboBox:
    combo = Choice()
    combo.setAccessibleName(name)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(4)
    combo.setMaxVisibleItems(16)
    return combo


def _field(combo: QComboBox) -> QWidget:
    box = QWidget()
    column = spaced(QVBoxLayout(box), gap=0.1)
    label = small_label(combo.accessibleName())
    label.setWordWrap(False)
    label.setBuddy(combo)
    column.addWidget(label)
    column.addWidget(combo)
    return box
