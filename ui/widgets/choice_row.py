"""One choice out of a few, numbered, by mouse or by key: the marks 0 to 3, for example."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QLayout, QRadioButton, QVBoxLayout, QWidget

from ui.sizes import spaced
from ui.widgets.buttons import literal
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import TextLabel, wrapped_label


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of the choices: its number (0 to 9, also its key), its name, and what it means in a sentence."""

    number: int
    name: str
    meaning: str = ""


class ChoiceRow(QWidget):
    """Radio buttons. With the focus in the row, a number key chooses; Backspace or Delete takes the choice back."""

    chosen = Signal(object)  # int | None

    def __init__(
        self, title: str, choices: Sequence[Choice], *, upright: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self._group = QButtonGroup(self)
        self._meanings: dict[int, str] = {}
        outer = spaced(QVBoxLayout(self), gap=0.35)
        row: QLayout = spaced(QVBoxLayout(), gap=0.25) if upright else spaced(FlowLayout(), gap=1.0)
        outer.addLayout(row)
        for choice in choices:
            button = QRadioButton(literal(f"{choice.number}  {choice.name}"))
            button.setAccessibleName(f"{title}: {choice.number}, {choice.name}")
            button.setAccessibleDescription(choice.meaning)
            button.setToolTip(choice.meaning)
            self._group.addButton(button, choice.number)
            self._meanings[choice.number] = choice.meaning
            row.addWidget(button)
        self.meaning: TextLabel = wrapped_label(quiet=True)
        if not any(self._meanings.values()):
            self.meaning.hide()
        outer.addWidget(self.meaning)
        self._group.idToggled.connect(self._toggled)
        if choices:
            self.setFocusProxy(self._group.button(choices[0].number))

    @property
    def value(self) -> int | None:
        """The number that is chosen, if one is."""
        number = self._group.checkedId()
        return number if number >= 0 else None

    def set_value(self, number: int | None) -> None:
        """Show a choice that was made before; nobody is told."""
        self._group.blockSignals(True)
        self._check(number)
        self._group.blockSignals(False)
        self._show_meaning()

    def button(self, number: int) -> QRadioButton:
        """The radio button of a number."""
        button = self._group.button(number)
        assert isinstance(button, QRadioButton)
        return button

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """The numbers choose, Backspace takes back."""
        number = event.key() - Qt.Key.Key_0
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif number in self._meanings:
            self.button(number).setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.button(number).setChecked(True)
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and self.value is not None:
            self._check(None)
            self._show_meaning()
            self.chosen.emit(None)
        else:
            super().keyPressEvent(event)

    def _check(self, number: int | None) -> None:
        if number is not None:
            self.button(number).setChecked(True)
        elif (checked := self._group.checkedButton()) is not None:
            self._group.setExclusive(False)
            checked.setChecked(False)
            self._group.setExclusive(True)

    def _toggled(self, number: int, on: bool) -> None:
        if on:
            self._show_meaning()
            self.chosen.emit(number)

    def _show_meaning(self) -> None:
        self.meaning.setText(self._meanings.get(self.value, "") if self.value is not None else "")
