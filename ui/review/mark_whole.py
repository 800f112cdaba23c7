"""The page about one candidate as a whole, after the last of their answers."""

from __future__ import annotations

from PySide6.QtCore import Signal

from cqcmock.domain.interview import LAST_WORDS_QUESTION
from cqcmock.domain.review import LONGEST_COMMENT, Candidate, Whole
from cqcmock.domain.rubric import Rubric
from ui.rehearse.limited_text import LimitedText
from ui.review.mark_answer import whose
from ui.review.mark_card import ImpressionChoices
from ui.widgets.card import Card
from ui.widgets.labels import TextLabel, heading, small_label, wrapped_label

ABOUT = (
    "What you think of everything that they said. It is kept as you write it, and goes back with the pack. "
    "You may leave it empty."
)
KEYS = "Keys: 0 to 3 give a level, Backspace takes it back, C is for the comment."


class WholeCard(Card):
    """`overall.chosen` carries a level, `commented` the words. `more_keys` are told after those always there."""

    commented = Signal(str)

    def __init__(self, rubric: Rubric, more_keys: str = "") -> None:
        super().__init__(" ")
        self.who = TextLabel(kind="quiet")
        self.body.insertWidget(0, self.who)
        self.body.addWidget(wrapped_label(ABOUT, quiet=True))
        self.states = wrapped_label()
        self.body.addWidget(self.states)
        self.last_asked = heading(LAST_WORDS_QUESTION, 3)
        self.last_words = wrapped_label()
        self.body.addWidget(self.last_asked)
        self.body.addWidget(self.last_words)
        self.body.addWidget(heading("All in all", 3))
        self.overall = ImpressionChoices("All in all", rubric.overall)
        self.body.addWidget(self.overall)
        self.comment = LimitedText("Comment on the whole", "What you would say to them.", longest=LONGEST_COMMENT)
        self.comment.changed.connect(self.commented)
        self.body.addWidget(self.comment)
        self.keys = small_label(f"{KEYS} {more_keys}".rstrip())
        self.body.addWidget(self.keys)
        self.body.addStretch(1)

    def show_whole(self, candidate: Candidate, whole: Whole) -> None:
        """Show what is thought of a candidate so far."""
        self.title.setText(f"Candidate {candidate.code} as a whole")
        self.setAccessibleName(self.title.text())
        self.who.setText(whose(candidate))
        said = candidate.last_words.strip()
        for label in (self.last_asked, self.last_words):
            label.setVisible(bool(said))
        self.last_words.setText(said)
        self.overall.set_value(whole.overall)
        self.comment.show_text(whole.comment)

    def show_states(self, words: str) -> None:
        """Say how far their answers are."""
        self.states.setText(f"Their answers: {words}.")
