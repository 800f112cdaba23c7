"""The foot of a form, always in sight: the button that keeps it, and what is to be mended before it can be kept."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from cqcmock.domain.english import count
from ui.announce import announce
from ui.banks.question_form_mistakes import Mistake
from ui.sizes import body_em, sized, spaced
from ui.widgets.buttons import link_button, literal, primary_button
from ui.widgets.labels import problem_label, wrapped_label
from ui.widgets.refitting import Refitting

_BESIDE_EMS = 30.0
_SCROLL_BAR_EMS = 0.85
READY = "Everything that is needed is here."
KEPT = "Nothing has been changed yet."
KEEPING = "Keeping it…"


class Foot(Refitting, QWidget):
    """`to_first` wants the keyboard taken to the first thing to mend."""

    keep_wanted = Signal()
    to_first = Signal()

    def __init__(self, words: str, widest: float) -> None:
        super().__init__()
        whole = spaced(QVBoxLayout(self), gap=0)
        rule = QFrame()
        rule.setProperty("kind", "rule")
        whole.addWidget(sized(rule, min_height=0.07, max_height=0.07))
        across = spaced(QHBoxLayout(), gap=0, margins=(2.5, 0.5, 2.5 + _SCROLL_BAR_EMS, 0.8))
        inside = sized(QWidget(), max_width=widest)
        column = spaced(QVBoxLayout(inside), gap=0.3)
        self.problem = problem_label()
        self.problem.hide()
        column.addWidget(self.problem)
        row = spaced(QHBoxLayout(), gap=0.8)
        self.keep = primary_button(words, self.keep_wanted.emit)
        self.mend = link_button("Things to mend", self.to_first.emit)
        self.mend.setAccessibleDescription("Goes to the first of them")
        self.state = wrapped_label(KEPT, quiet=True)
        for button in (self.keep, self.mend):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row.addWidget(self.keep)
        row.addWidget(self.mend)
        row.addWidget(self.state, 1)
        row.addStretch(0)
        column.addLayout(row)
        across.addWidget(inside, 1)
        whole.addLayout(across)
        self.mend.hide()

    def show_state(self, mistakes: Sequence[Mistake], *, changed: bool) -> None:
        """Say what is to be mended, or that nothing is."""
        words = ""
        if mistakes:
            doing = "to fill in" if all(mistake.missing for mistake in mistakes) else "to mend"
            words = f"{count(len(mistakes), 'thing')} {doing}"
        if words and words != self.mend.accessibleName():
            self.mend.setText(literal(words))
            self.mend.setAccessibleName(words)
        had_focus = self.mend.hasFocus()
        self.mend.setVisible(bool(words))
        if had_focus and not words:
            self.keep.setFocus()
        self.state.setText(f"First: {mistakes[0].sentence}" if mistakes else READY if changed else KEPT)
        self.refit()

    def show_keeping(self) -> None:
        """It is on its way to the library."""
        self.problem.hide()
        self.state.setText(KEEPING)

    def show_problem(self, problem: str) -> None:
        """Say why it could not be kept."""
        self.problem.setText(problem)
        self.problem.show()
        announce(self.problem, problem, at_once=True)

    def refit(self) -> None:
        """Where there is little width for the type, the way to the first mistake says enough."""
        narrow = self.width() < body_em(_BESIDE_EMS)
        self.state.setVisible(not (narrow and self.mend.isVisibleTo(self)))
