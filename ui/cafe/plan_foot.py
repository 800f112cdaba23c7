"""What can be done with a plan as a whole, and whether it is saved."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.sizes import sized, spaced
from ui.widgets.buttons import link_button, primary_button, secondary_button
from ui.widgets.card import button_row
from ui.widgets.labels import TextLabel, problem_label

START, GO_ON = "Start the session", "Go on with the session"
KEEP, DONE, BACK = "Keep the plan", "Done", "Back"
NOT_YET = "Saved from your first change on."


class PlanFoot(QWidget):
    """One row of buttons that stays in sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        across = spaced(QHBoxLayout(self), gap=0, margins=(2.5, 0.5, 2.5, 1.0))
        inside = sized(QWidget(), max_width=60.0)
        column = spaced(QVBoxLayout(inside), gap=0.2)
        self.problem = problem_label()
        self.problem.hide()
        self.start = primary_button(START)
        self.print = secondary_button("Print the sheet…")
        self.finish = secondary_button(KEEP)
        self.not_now = link_button("Not now")
        self.saved = TextLabel(kind="small", wrap=False)
        column.addWidget(self.problem)
        row = button_row(self.start, self.print, self.finish, self.not_now)
        row.addWidget(self.saved)
        column.addLayout(row)
        across.addWidget(inside, 1)

    def show_state(self, *, kept: bool, words: str, begun: bool, why: str, busy: bool) -> None:
        """`kept` says whether the library has the plan, `why` whether it can only be looked at."""
        _call(self.start, GO_ON if begun else START)
        _call(self.finish, BACK if why else DONE if kept else KEEP)
        self.start.setVisible(not why)
        self.not_now.setVisible(not kept and not why)
        self.saved.setText("" if why else words)
        for button in (self.start, self.print, self.finish, self.not_now):
            button.setEnabled(not busy)

    def say(self, problem: str) -> None:
        """Say here what cannot be."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))


def _call(button: QPushButton, words: str) -> None:
    if button.text() != words:
        button.setText(words)
        button.setAccessibleName(words)
