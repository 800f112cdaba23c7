"""The marks of one answer: lenses, a comment, and tags for whoever wants them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from cqcmock.domain.framework import Tag
from cqcmock.domain.rubric import AnswerMarks, Lens
from ui.rehearse.lens_list import LensList
from ui.rehearse.limited_text import LimitedText
from ui.rehearse.marking import Marked
from ui.sizes import spaced
from ui.widgets.buttons import link_button, literal
from ui.widgets.card import Card
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import small_label
from ui.widgets.pill import SHAPES, Tone, pill, restyle

KEYS = "Keys: 0 to 3 give a level, Backspace takes it back, N and P turn the answers, C is for the comment."
_TONES = {Marked.NOT: Tone.QUIET, Marked.PARTLY: Tone.WRAP_UP, Marked.WHOLLY: Tone.IN_HAND}


class AnswerMarksCard(Card):
    """`lenses.given` carries levels, `commented` the words, `tagged` the tags that are ticked."""

    commented = Signal(str)
    tagged = Signal(tuple)

    def __init__(self, lenses: Sequence[Lens], tags: Sequence[Tag]) -> None:
        self.state: QLabel = pill("Not marked")
        super().__init__("Your marks", pill=self.state)
        self.lenses = LensList(lenses)
        self.body.addWidget(self.lenses)
        self.keys = small_label(KEYS)
        self.body.addWidget(self.keys)
        self.comment = LimitedText("Comment", lowest=2.6, highest=10.0)
        self.comment.edit.setPlaceholderText("Anything worth remembering. You may leave it empty.")
        self.comment.changed.connect(self.commented)
        self.body.addWidget(self.comment)
        self.more_tags = link_button("", self._toggle_tags)
        self.body.addWidget(self.more_tags)
        self.tag_area = QWidget()
        flow = spaced(FlowLayout(self.tag_area), gap=0.4)
        self.tags: dict[str, QCheckBox] = {}
        for tag in tags:
            box = QCheckBox(literal(tag.name))
            box.toggled.connect(self._tag_toggled)
            self.tags[tag.id] = box
            flow.addWidget(box)
        self.tag_area.hide()
        self.body.addWidget(self.tag_area)
        self.more_tags.setVisible(bool(tags))
        self.body.addStretch(1)
        self._others: tuple[str, ...] = ()
        self._say_tags()

    def show_marks(self, marks: AnswerMarks) -> None:
        """Show what an answer was given."""
        self.lenses.show_levels(marks.levels)
        self.comment.show_text(marks.comment)
        self._others = tuple(tag for tag in marks.tags if tag not in self.tags)
        for tag, box in self.tags.items():
            box.blockSignals(True)
            box.setChecked(tag in marks.tags)
            box.blockSignals(False)
        self._say_tags()

    def show_state(self, state: Marked) -> None:
        """Say how far the answer is marked."""
        tone, word = _TONES[state], state.value.capitalize()
        self.state.setText(f"{SHAPES[tone]}\u2002{word}")
        self.state.setAccessibleName(word)
        if self.state.property("light") != tone.value:
            self.state.setProperty("light", tone.value)
            restyle(self.state)

    def set_read_only(self, only: bool) -> None:
        """Show it, and let nobody change it."""
        self.lenses.set_read_only(only)
        self.comment.set_read_only(only)
        self.keys.setVisible(not only)
        for box in self.tags.values():
            box.setEnabled(not only)

    def _tag_toggled(self) -> None:
        ticked = tuple(tag for tag, box in self.tags.items() if box.isChecked())
        self._say_tags()
        self.tagged.emit((*ticked, *self._others))

    def _toggle_tags(self) -> None:
        self.tag_area.setVisible(self.tag_area.isHidden())
        self._say_tags()

    def _say_tags(self) -> None:
        ticked = sum(box.isChecked() for box in self.tags.values())
        words = "Hide the feedback tags" if not self.tag_area.isHidden() else "Feedback tags (optional)"
        if ticked and self.tag_area.isHidden():
            words = f"Feedback tags: {ticked} ticked"
        self.more_tags.setText(words)
        self.more_tags.setAccessibleName(words)
