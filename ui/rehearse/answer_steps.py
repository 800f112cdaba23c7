"""One button for each answer and one for the whole: where somebody is, and how far each is marked."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from ui.rehearse.marking import SHAPES, Marked, Marking
from ui.sizes import spaced
from ui.widgets.buttons import secondary_button
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import TextLabel

LEGEND = "\u2002" + "\u2003".join(f"{SHAPES[state]} {state}" for state in Marked)


class AnswerSteps(QWidget):
    """`wanted` carries the step that somebody wants to go to."""

    wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._flow = spaced(FlowLayout(self), gap=0.2)
        self._legend = TextLabel(LEGEND, kind="small", wrap=False, parent=self)
        self._legend.hide()
        self.buttons: list[QPushButton] = []

    def make(self, steps: int) -> None:
        """Make the buttons, once it is known how many there are."""
        for step in range(steps):
            button = secondary_button("", partial(self.wanted.emit, step))
            button.setCheckable(True)
            self.buttons.append(button)
            self._flow.addWidget(button)
        self._flow.addWidget(self._legend)
        self._legend.show()

    def show_marking(self, marking: Marking) -> None:
        """Show how far each step is marked, and which is on screen."""
        for step, button in enumerate(self.buttons):
            name = "The whole" if step == marking.steps - 1 else str(step + 1)
            button.setText(f"{SHAPES[marking.state(step)]} {name}")
            button.setAccessibleName(marking.step_name(step))
            button.setToolTip(marking.step_name(step))
            button.setChecked(step == marking.at)
