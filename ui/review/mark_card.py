"""The marks of one answer by a reviewer: beside what every card of marks has, an overall impression of the answer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from cqcmock.domain.review import LONGEST_COMMENT, MOST_TAGS, PeerMarks, Sheet, SheetState
from cqcmock.domain.rubric import Rubric
from ui.rehearse.lens_list import LevelChoices
from ui.rehearse.marks_card import MarksCard
from ui.review.mark_state import SHAPES, TONES
from ui.widgets.labels import heading, wrapped_label

KEYS = (
    "Keys: 0 to 3 give a level, Backspace takes it back, N and P turn the answers, C is for the comment, "
    "W goes to the words, M comments on those that are selected. Ctrl+Enter submits."
)
SUBMITTED = "This sheet is submitted. You may still change it: it is a draft again then, until you submit it once more."
DRAFT_AGAIN = (
    "You had submitted this sheet and have changed it since. It is a draft again: "
    "submit it once more, so that it counts."
)


class ImpressionChoices(LevelChoices):
    """The four levels of an overall impression, which can be taken back."""

    taken_back = Signal()

    def take_back(self) -> None:
        """No impression any more."""
        if self.value is not None:
            self.set_value(None)
            self.taken_back.emit()


class SheetCard(MarksCard):
    """`overall.chosen` carries the impression. `more_keys` are told after those that are always there."""

    def __init__(self, rubric: Rubric, tags: Sequence[str], more_keys: str = "") -> None:
        super().__init__(
            rubric.lenses,
            {tag: tag for tag in tags},
            keys=f"{KEYS} {more_keys}".rstrip(),
            longest_comment=LONGEST_COMMENT,
            prompt="What you would say to them. You may leave it empty.",
            tags_called="tags",
            most_tags=MOST_TAGS,
        )
        self.note = wrapped_label(quiet=True)
        self.note.hide()
        self.body.insertWidget(self.body.indexOf(self.lenses), self.note)
        self.overall = ImpressionChoices("All in all, this answer", rubric.overall)
        for part in (heading("All in all, this answer", 3), self.overall):
            self.body.insertWidget(self.body.indexOf(self.keys), part)

    def show_marks(self, marks: PeerMarks) -> None:
        """Show what an answer was given."""
        self.show_given(marks.levels, marks.comment, marks.tags)
        self.overall.set_value(marks.overall)

    def show_state(self, sheet: Sheet, *, is_exemplar: bool) -> None:
        """Say how far the sheet is."""
        self.say_state(TONES[sheet.state], SHAPES[sheet.state], sheet.state.value.capitalize())
        submitted = sheet.state is SheetState.SUBMITTED
        self.note.setText(SUBMITTED if submitted else DRAFT_AGAIN)
        self.note.setVisible((submitted or sheet.revision > 0) and not is_exemplar)
