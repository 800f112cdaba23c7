"""One part of a story on its card: a list with what can be done, and in its place a form while something is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ui.sizes import spaced
from ui.story.form import Form
from ui.widgets.buttons import secondary_button
from ui.widgets.card import Card, button_row
from ui.widgets.labels import wrapped_label
from ui.widgets.line_list import Line, LineList


class FormCard(Card):
    """Shows either `list_side` or its form; `closed` once it is the list again."""

    closed = Signal()

    def __init__(self, title: str, form: Form) -> None:
        super().__init__(title)
        self.form = form
        self.list_side = QWidget()
        self.list_column = spaced(QVBoxLayout(self.list_side), gap=0.5)
        self.body.addWidget(self.list_side)
        self.body.addWidget(form)
        form.hide()

    @property
    def is_writing(self) -> bool:
        """Whether the form is open."""
        return not self.form.isHidden()

    def open_form(self) -> None:
        """Show the form in place of the list."""
        self.list_side.hide()
        self.form.setEnabled(True)
        self.form.show()
        self.form.focus()

    def close_form(self) -> None:
        """Show the list again, and go on from there."""
        self.form.hide()
        self.list_side.show()
        self.closed.emit()
        if self.isVisible():
            self.focus_list()

    def focus_list(self) -> None:
        """Put the keyboard where the list is."""


class PartCard(FormCard):
    """`add_wanted`, `change_wanted` and `delete_wanted`; the last two carry the key of the line."""

    add_wanted = Signal()
    change_wanted = Signal(str)
    delete_wanted = Signal(str)

    def __init__(self, title: str, form: Form, *, add: str, empty: str, others: Sequence[QPushButton] = ()) -> None:
        super().__init__(title, form)
        self._title = title
        self.empty = wrapped_label(empty, quiet=True)
        self.list = LineList(title)
        self.add = secondary_button(add, self.add_wanted.emit)
        self.change = secondary_button("Change", self._asker(self.change_wanted.emit))
        self.delete = secondary_button("Delete", self._asker(self.delete_wanted.emit))
        for button, key in ((self.change, "Enter"), (self.delete, "Del")):
            button.setToolTip(f"{key} in the list")
        self.list_column.addWidget(self.empty)
        self.list_column.addWidget(self.list)
        self.list_column.addLayout(button_row(self.add, self.change, self.delete, *others))
        self.list.open_wanted.connect(self.change_wanted)
        self.list.delete_wanted.connect(self.delete_wanted)
        self.list.moved.connect(self._describe)
        self.show_lines(())

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these; the form, if it is open, stays as it is."""
        self.list.show_lines(lines)
        self.empty.setVisible(not lines)
        self.list.setVisible(bool(lines))
        for button in (self.change, self.delete):
            button.setVisible(bool(lines))
        self.title.setText(f"{self._title} ({len(lines)})" if lines else self._title)
        self._describe()

    def focus_list(self) -> None:
        """To the list, or to what begins it."""
        (self.add if self.list.isHidden() else self.list).setFocus()

    def _asker(self, emit: Callable[[str], None]) -> Callable[[], None]:
        def ask() -> None:
            if self.list.chosen:
                emit(self.list.chosen)

        return ask

    def _describe(self) -> None:
        chosen = next((line.title for line in self.list.lines.lines if line.key == self.list.chosen), "")
        for button in (self.change, self.delete):
            button.setAccessibleDescription(chosen[:200])


class NamesCard(FormCard):
    """The names of the place: `change_wanted`."""

    change_wanted = Signal()

    def __init__(self, form: Form) -> None:
        super().__init__("Place names", form)
        self.words = wrapped_label()
        self.notes = wrapped_label(quiet=True)
        self.change = secondary_button("Change the names", self.change_wanted.emit)
        for part in (self.words, self.notes):
            self.list_column.addWidget(part)
        self.list_column.addLayout(button_row(self.change))

    def focus_list(self) -> None:
        """To its one button."""
        self.change.setFocus()
