"""The foot of the steps of a pack, always in sight: on and back, how things stand, and what is wrong."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.announce import announce
from ui.sizes import sized, spaced
from ui.widgets.buttons import literal, primary_button, secondary_button
from ui.widgets.card import button_row
from ui.widgets.labels import TextLabel, problem_label, wrapped_label
from ui.widgets.scroll_page import COLUMN_EMS

_SCROLL_BAR_EMS = 0.85


class Foot(QWidget):
    """The buttons mean something else in every step: `show_buttons` says what."""

    def __init__(self, widest: float = COLUMN_EMS) -> None:
        super().__init__()
        whole = spaced(QVBoxLayout(self), gap=0)
        rule = QFrame()
        rule.setProperty("kind", "rule")
        whole.addWidget(sized(rule, min_height=0.07, max_height=0.07))
        across = spaced(QHBoxLayout(), gap=0, margins=(2.5, 0.6, 2.5 + _SCROLL_BAR_EMS, 0.9))
        inside = sized(QWidget(), max_width=widest)
        column = spaced(QVBoxLayout(inside), gap=0.35)
        self.problem = problem_label()
        self.state: TextLabel = wrapped_label(quiet=True)
        self.forward = primary_button("Next")
        self.back = secondary_button("Back")
        self.stop = secondary_button("Stop")
        column.addWidget(self.problem)
        column.addWidget(self.state)
        column.addLayout(button_row(self.forward, self.back, self.stop))
        across.addWidget(inside, 1)
        whole.addLayout(across)
        for part in (self.problem, self.state, self.stop):
            part.hide()

    def show_buttons(self, forward: str, back: str) -> None:
        """What they are called now; a button without words is not there."""
        for button, words in ((self.forward, forward), (self.back, back)):
            button.setText(literal(words))
            button.setAccessibleName(words)
            button.setVisible(bool(words))

    def say(self, words: str) -> None:
        """How things stand; nothing is wrong."""
        self.problem.hide()
        self.state.setText(words)
        self.state.setVisible(bool(words))

    def say_problem(self, words: str) -> None:
        """What is wrong, aloud too."""
        self.state.hide()
        self.problem.setText(words)
        self.problem.show()
        announce(self.problem, words, at_once=True)

    def set_busy(self, doing: str, *, stops: bool = False) -> None:
        """Say what is being done, or nothing any more; meanwhile nothing else can be begun."""
        self.say(doing)
        for button in (self.forward, self.back):
            button.setEnabled(not doing)
        self.stop.setVisible(bool(doing) and stops)
        if doing:
            announce(self.state, doing)
