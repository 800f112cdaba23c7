"""A form on the page: checked while somebody types, kept with one button, and never emptied before it is kept."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from cqcmock.domain.story import Story
from cqcmock.errors import UserError
from ui.sizes import spaced
from ui.story.fields import Field
from ui.story.reading import Alter
from ui.widgets.buttons import primary_button, secondary_button
from ui.widgets.card import button_row
from ui.widgets.flow import SideBySide
from ui.widgets.labels import heading, problem_label

CHECK_MILLISECONDS = 150
UNKEPT = "Keep or leave what you are writing here first."


class Form(QWidget):
    """`keep_wanted` when what stands in it can be kept, `left` when it is closed without.

    A subclass adds its fields, and says with `problems`, `alter` and `said` what they mean.
    """

    keep_wanted = Signal()
    left = Signal()
    height_changed = Signal()

    def __init__(self, keep: str) -> None:
        super().__init__()
        self.fields: dict[str, Field] = {}
        self._kept: dict[str, str] = {}
        self.story: Story | None = None
        self.column = spaced(QVBoxLayout(self), gap=0.8)
        self.title = heading("", 3)
        self.column.addWidget(self.title)
        self.keep_button = primary_button(keep, self.keep)
        self.leave_button = secondary_button("Leave without keeping", self.leave)
        self.problem = problem_label()
        self.problem.hide()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(CHECK_MILLISECONDS)
        self._soon.timeout.connect(self.check)

    # --- made by a subclass

    def add(self, **fields: Field) -> None:
        """One more row of fields, side by side where there is room."""
        row = list(fields.values())
        for name, field in fields.items():
            self.fields[name] = field
            field.changed.connect(self._soon.start)
            field.control.installEventFilter(self)
        self.column.addWidget(row[0] if len(row) == 1 else SideBySide(*row, narrowest=15.0, gap=1.0))

    def finish(self) -> None:
        """The buttons, below everything else."""
        self.column.addWidget(self.problem)
        self.column.addLayout(button_row(self.keep_button, self.leave_button))

    def problems(self) -> Mapping[str, str]:
        """What is wrong, for each field that is wrong."""
        raise NotImplementedError

    def alter(self) -> Alter:
        """How the story changes when this is kept."""
        raise NotImplementedError

    @property
    def said(self) -> str:
        """What is said once it is kept."""
        raise NotImplementedError

    # --- used by the part that shows it

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What Tab comes to, in the order of reading."""
        return (*self.fields.values(), self.keep_button, self.leave_button)

    @property
    def words(self) -> dict[str, str]:
        """What stands in each field."""
        return {name: field.text for name, field in self.fields.items()}

    @property
    def is_unkept(self) -> bool:
        """Whether there is anything in it that would be lost."""
        return self.words != self._kept

    def begin(self, story: Story, title: str, words: Mapping[str, str]) -> None:
        """Show these words as they are kept, ready to be changed."""
        self.story = story
        self.title.setText(title)
        for name, field in self.fields.items():
            field.show_text(words.get(name, ""))
        self._kept = self.words
        self.problem.hide()
        self._soon.stop()

    def check(self) -> Mapping[str, str]:
        """Look at everything, and say beside each field that somebody wrote in what is wrong with it."""
        wrong = self.problems()
        for name, field in self.fields.items():
            field.set_problem(wrong.get(name, "") if field.touched else "")
        if self.problem.isVisible() and not self.is_unkept:
            self.problem.hide()
        self.height_changed.emit()
        return wrong

    def keep(self) -> None:
        """Ask for it to be kept, or go to the first field that is wrong."""
        for field in self.fields.values():
            field.touched = True
        wrong = self.check()
        first = next((field for name, field in self.fields.items() if name in wrong), None)
        if first is not None:
            first.control.setFocus(Qt.FocusReason.OtherFocusReason)
            self.height_changed.emit()
            return
        self.problem.hide()
        self.keep_wanted.emit()

    def leave(self) -> None:
        """Close it without keeping anything."""
        self.left.emit()

    def say(self, words: str) -> None:
        """Say something about the whole form, above its buttons."""
        self.problem.setText(words)
        self.problem.show()
        self.height_changed.emit()

    def not_kept(self, error: UserError) -> None:
        """It could not be kept: everything is still here."""
        self.setEnabled(True)
        self.say(f"This is not kept yet. {error}")
        self.keep_button.setFocus()

    def focus(self) -> None:
        """Begin at the first field."""
        next(iter(self.fields.values())).control.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """A field that was left is looked at too, though nobody wrote in it."""
        if event.type() == QEvent.Type.FocusOut:
            field = next((field for field in self.fields.values() if field.control is watched), None)
            if field is not None and self.is_unkept and not field.touched:
                field.touched = bool(field.text)
                self._soon.start()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Return in a line keeps the form; Escape leaves it while there is nothing to lose."""
        focus = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focus, QLineEdit):
            self.keep()
        elif event.key() == Qt.Key.Key_Escape and not self.is_unkept:
            self.leave()
        else:
            super().keyPressEvent(event)
