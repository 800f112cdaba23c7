"""Two of the six words are typed from the paper: only then is anything locked with them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from ui.lock.words_line import SecretEdit
from ui.sizes import sized, spaced
from ui.widgets.buttons import primary_button, secondary_button
from ui.widgets.card import Card
from ui.widgets.labels import TextLabel, problem_label, small_label, wrapped_label

ABOUT = "Look at the paper, and type these two. It shows that the words are there when you need them."
HINT = "The first four letters are enough."
_WIDTH_EMS = 16.0


class CheckPage(QWidget):
    """`right` once both are right; `back_wanted` to see the words again."""

    right = Signal()
    back_wanted = Signal()

    def __init__(self, words: str, asked: tuple[int, ...], *, change: bool) -> None:
        super().__init__()
        self._words = words.split()
        self.asked = asked
        self.lines = tuple(SecretEdit(f"Word {at + 1}") for at in asked)
        self.problems: tuple[TextLabel, ...] = tuple(problem_label() for _ in asked)
        self.problem: TextLabel = problem_label()
        self.doing: TextLabel = wrapped_label(quiet=True)
        self.bar = sized(QProgressBar(), max_width=16.0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("How much is done")
        self.lock_button = primary_button("Change the words" if change else "Lock this library", self._check)
        self.back_button = secondary_button("Show the words again", self.back_wanted.emit)
        card = Card()
        card.body.addWidget(wrapped_label(ABOUT))
        for at, line, problem in zip(asked, self.lines, self.problems, strict=True):
            label = TextLabel(f"Word {at + 1}")
            label.setBuddy(line)
            line.setAccessibleDescription(HINT)
            line.returnPressed.connect(self._check)
            line.textEdited.connect(lambda _, problem=problem: problem.hide())
            for part in (label, sized(line, max_width=_WIDTH_EMS), problem):
                card.body.addWidget(part)
            problem.hide()
        for widget in (small_label(HINT), self.problem, self.doing, self.bar):
            card.body.addWidget(widget)
        for hidden in (self.problem, self.doing, self.bar):
            hidden.hide()
        card.add_buttons(self.lock_button, self.back_button)
        spaced(QVBoxLayout(self), gap=1.0).addWidget(card)

    def begin(self) -> None:
        """Work begins with the first of them."""
        self.lines[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Keep nothing of what was typed."""
        for line in self.lines:
            line.forget()
        self.problem.hide()

    def show_working(self, doing: str, done: int = 0, total: int = 0) -> None:
        """The library is being written anew; nothing can be pressed meanwhile. Nothing is going on with no words."""
        working = bool(doing)
        for part in (*self.lines, self.lock_button, self.back_button):
            part.setEnabled(not working)
        self.doing.setText(doing)
        self.doing.setVisible(working)
        self.bar.setVisible(working)
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def show_problem(self, problem: str) -> None:
        """It did not work; what can be done about it."""
        self.show_working("")
        self.problem.setText(problem)
        self.problem.show()
        self.lock_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _check(self) -> None:
        from cqcmock.services import recovery_words

        self.problem.hide()
        wrong = None
        for at, line, problem in zip(self.asked, self.lines, self.problems, strict=True):
            right = recovery_words.is_right(line.text(), self._words[at])
            problem.setText("" if right else f"This is not word {at + 1}. Look at the paper, or show the words again.")
            problem.setVisible(not right)
            wrong = wrong or (None if right else line)
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            wrong.selectAll()
            return
        self.right.emit()
