"""The last step of marking: the interview as a whole, what is still open, and handing in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.rehearse.lens_list import LevelChoices
from ui.rehearse.limited_text import LimitedText
from ui.sizes import spaced
from ui.widgets.card import Card
from ui.widgets.labels import heading, wrapped_label

HANDING_IN = (
    "Once you hand your marks in they cannot be changed: they stay your own first view. "
    "What you think later goes into the reflection."
)
HANDED_IN = "You have handed these marks in. They can be read, and they do not change any more."


class WholeMarks(QWidget):
    """`overall` carries a level, `commented` the words."""

    overall = Signal(int)
    commented = Signal(str)

    def __init__(self, levels: Sequence[str]) -> None:
        super().__init__()
        column = spaced(QVBoxLayout(self), gap=0.9)
        card = Card("How did it go, all in all?")
        self.choices = LevelChoices("All in all", levels)
        self.choices.chosen.connect(self.overall)
        card.body.addWidget(self.choices)
        self.comment = LimitedText("Comment on the whole", "What you would tell a colleague. You may leave it empty.")
        self.comment.changed.connect(self.commented)
        card.body.addWidget(self.comment)
        column.addWidget(card)
        last = Card("Before you hand in")
        self.told = wrapped_label()
        self.open_heading = heading("Still open", 3)
        self.still_open = wrapped_label(quiet=True)
        for label in (self.open_heading, self.still_open, self.told):
            last.body.addWidget(label)
        self.last = last
        column.addWidget(last)
        column.addStretch(1)

    def show_marks(self, level: int | None, comment: str) -> None:
        """Show what was given before."""
        self.choices.set_value(level)
        self.comment.show_text(comment)

    def show_open(self, sentences: Sequence[str], *, submitted: bool) -> None:
        """Say what has no mark yet, and what handing in means."""
        listed = bool(sentences) and not submitted
        self.open_heading.setVisible(listed)
        self.still_open.setVisible(listed)
        kindly = "You may leave things out: whatever has no mark is left out of the averages."
        self.still_open.setText("\n".join((*sentences, kindly)))
        self.told.setText(HANDED_IN if submitted else HANDING_IN)
        self.last.title.setText("Handed in" if submitted else "Before you hand in")

    def set_read_only(self, only: bool) -> None:
        """Show it, and let nobody change it."""
        self.choices.set_read_only(only)
        self.comment.set_read_only(only)
