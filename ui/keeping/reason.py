"""The reason for a deed that stands in the audit trail, and the step that nobody takes by accident."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui.keeping import words
from ui.sizes import sized, spaced
from ui.widgets.labels import TextLabel, problem_label, small_label

_WIDEST_EMS = 40.0


class Reason(QWidget):
    """One line under its label; `entered` on Return, `edited` with every letter."""

    entered = Signal()
    edited = Signal()

    def __init__(self, hint: str = "") -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setMaxLength(words.LONGEST_REASON)
        self.line.setAccessibleName(words.WHY)
        label = TextLabel(words.WHY)
        label.setBuddy(self.line)
        self.hint: TextLabel = small_label(f"{hint} {words.IN_TRAIL}".strip())
        self.problem: TextLabel = problem_label()
        self.problem.hide()
        column = spaced(QVBoxLayout(self), gap=0.2)
        for part in (label, sized(self.line, max_width=_WIDEST_EMS), self.problem, self.hint):
            column.addWidget(part)
        self.line.setAccessibleDescription(self.hint.text())
        self.line.returnPressed.connect(self.entered)
        self.line.textChanged.connect(self._edited)

    @property
    def text(self) -> str:
        """What was typed, without spaces to spare."""
        return " ".join(self.line.text().split())

    def clear(self) -> None:
        """Begin afresh."""
        self.line.clear()
        self.show_problem("")

    def begin(self) -> None:
        """Work begins here."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def is_given(self) -> bool:
        """Whether there is a reason; where there is none, it is asked for."""
        self.show_problem("" if self.text else words.NO_REASON)
        if not self.text:
            self.begin()
        return bool(self.text)

    def show_problem(self, problem: str) -> None:
        """Say what is wrong, or that nothing is."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.line.setAccessibleDescription(" ".join(part for part in (problem, self.hint.text()) if part))

    def _edited(self) -> None:
        self.show_problem("")
        self.edited.emit()
