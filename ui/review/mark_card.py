"""The marks of one answer: lenses, an overall impression, a comment, and tags."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from cqcmock.domain.english import shortened
from cqcmock.domain.review import MOST_TAGS, PeerMarks, Sheet, SheetState
from cqcmock.domain.rubric import Rubric
from ui.rehearse.lens_list import LensList, LevelChoices
from ui.review.mark_state import SHAPES, TONES
from ui.review.mark_text import CommentText
from ui.sizes import spaced
from ui.widgets.buttons import link_button, literal
from ui.widgets.card import Card
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import heading, problem_label, small_label, wrapped_label
from ui.widgets.pill import pill, restyle

KEYS = (
    "Keys: 0 to 3 give a level, Backspace takes it back, N and P turn the answers, C is for the comment, "
    "W goes to the words, M comments on those that are selected. Ctrl+Enter submits."
)
SUBMITTED = "This sheet is submitted. You may still change it: it is a draft again then, until you submit it once more."
DRAFT_AGAIN = (
    "You had submitted this sheet and have changed it since. It is a draft again: "
    "submit it once more, so that it counts."
)
TOO_MANY_TAGS = f"An answer has at most {MOST_TAGS} tags. Take another off first."
_LONGEST_TAG = 48


class ImpressionChoices(LevelChoices):
    """The four levels of an overall impression, which can be taken back."""

    taken_back = Signal()

    def take_back(self) -> None:
        """No impression any more."""
        if self.value is not None:
            self.set_value(None)
            self.taken_back.emit()


class SheetCard(Card):
    """`lenses.given` carries levels, `overall.chosen` the impression, `commented` the words, `tagged` the tags."""

    commented = Signal(str)
    tagged = Signal(tuple)

    def __init__(self, rubric: Rubric, tags: Sequence[str]) -> None:
        self.state: QLabel = pill("Untouched")
        super().__init__("Your marks", pill=self.state)
        self.note = wrapped_label(quiet=True)
        self.note.hide()
        self.body.addWidget(self.note)
        self.lenses = LensList(rubric.lenses)
        self.body.addWidget(self.lenses)
        self.body.addWidget(heading("All in all, this answer", 3))
        self.overall = ImpressionChoices("All in all, this answer", rubric.overall)
        self.body.addWidget(self.overall)
        self.body.addWidget(small_label(KEYS))
        self.comment = CommentText("Comment", lowest=2.6, highest=10.0)
        self.comment.edit.setPlaceholderText("What you would say to them. You may leave it empty.")
        self.comment.changed.connect(self.commented)
        self.body.addWidget(self.comment)
        self.more_tags = link_button("", self._toggle_tags)
        self.body.addWidget(self.more_tags)
        self.tag_area = QWidget()
        flow = spaced(FlowLayout(self.tag_area), gap=0.4)
        self.tags: dict[str, QCheckBox] = {}
        for tag in dict.fromkeys(tags):
            box = QCheckBox(literal(shortened(tag, _LONGEST_TAG)))
            box.setAccessibleName(tag)
            box.toggled.connect(lambda on, tag=tag: self._tag_toggled(tag, on))
            self.tags[tag] = box
            flow.addWidget(box)
        self.tag_area.hide()
        self.body.addWidget(self.tag_area)
        self.tag_problem = problem_label(TOO_MANY_TAGS)
        self.tag_problem.hide()
        self.body.addWidget(self.tag_problem)
        self.more_tags.setVisible(bool(self.tags))
        self.body.addStretch(1)
        self._others: tuple[str, ...] = ()
        self._say_tags()

    def show_marks(self, marks: PeerMarks) -> None:
        """Show what an answer was given."""
        self.lenses.show_levels(marks.levels)
        self.overall.set_value(marks.overall)
        self.comment.show_text(marks.comment)
        self._others = tuple(tag for tag in marks.tags if tag not in self.tags)
        for tag, box in self.tags.items():
            _tick(box, tag in marks.tags)
        self.tag_problem.hide()
        self._say_tags()

    def show_state(self, sheet: Sheet, *, is_exemplar: bool) -> None:
        """Say how far the sheet is."""
        tone, word = TONES[sheet.state], sheet.state.value.capitalize()
        self.state.setText(f"{SHAPES[sheet.state]}\u2002{word}")
        self.state.setAccessibleName(word)
        if self.state.property("light") != tone.value:
            self.state.setProperty("light", tone.value)
            restyle(self.state)
        submitted = sheet.state is SheetState.SUBMITTED
        self.note.setText(SUBMITTED if submitted else DRAFT_AGAIN)
        self.note.setVisible((submitted or sheet.revision > 0) and not is_exemplar)

    def _tag_toggled(self, tag: str, on: bool) -> None:
        ticked = tuple(other for other, box in self.tags.items() if box.isChecked())
        too_many = on and len(ticked) + len(self._others) > MOST_TAGS
        self.tag_problem.setVisible(too_many)
        if too_many:
            _tick(self.tags[tag], False)
            return
        self._say_tags()
        self.tagged.emit((*ticked, *self._others))

    def _toggle_tags(self) -> None:
        self.tag_area.setVisible(self.tag_area.isHidden())
        self._say_tags()

    def _say_tags(self) -> None:
        ticked = sum(box.isChecked() for box in self.tags.values())
        words = "Hide the tags" if not self.tag_area.isHidden() else "Tags (optional)"
        if ticked and self.tag_area.isHidden():
            words = f"Tags: {ticked} ticked"
        self.more_tags.setText(words)
        self.more_tags.setAccessibleName(words)


def _tick(box: QCheckBox, on: bool) -> None:
    box.blockSignals(True)
    box.setChecked(on)
    box.blockSignals(False)
