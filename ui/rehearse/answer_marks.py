"""The marks of one answer of one's own: lenses, a comment, and tags for whoever wants them."""

from __future__ import annotations

from collections.abc import Sequence

from cqcmock.domain.framework import Tag
from cqcmock.domain.rubric import AnswerMarks, Lens
from ui.rehearse.limited_text import LONGEST
from ui.rehearse.marking import Marked
from ui.rehearse.marks_card import MarksCard
from ui.widgets.pill import SHAPES, Tone

KEYS = "Keys: 0 to 3 give a level, Backspace takes it back, N and P turn the answers, C is for the comment."
_TONES = {Marked.NOT: Tone.QUIET, Marked.PARTLY: Tone.WRAP_UP, Marked.WHOLLY: Tone.IN_HAND}


class AnswerMarksCard(MarksCard):
    """Once the marks are in they can be read, and not changed."""

    def __init__(self, lenses: Sequence[Lens], tags: Sequence[Tag]) -> None:
        super().__init__(
            lenses,
            {tag.id: tag.name for tag in tags},
            keys=KEYS,
            longest_comment=LONGEST,
            prompt="Anything worth remembering. You may leave it empty.",
            tags_called="feedback tags",
        )
        self.show_state(Marked.NOT)

    def show_marks(self, marks: AnswerMarks) -> None:
        """Show what an answer was given."""
        self.show_given(marks.levels, marks.comment, marks.tags)

    def show_state(self, state: Marked) -> None:
        """Say how far the answer is marked."""
        tone = _TONES[state]
        self.say_state(tone, SHAPES[tone], state.value.capitalize())

    def set_read_only(self, only: bool) -> None:
        """Show it, and let nobody change it."""
        self.lenses.set_read_only(only)
        self.comment.set_read_only(only)
        self.keys.setVisible(not only)
        for box in self.tags.values():
            box.setEnabled(not only)
