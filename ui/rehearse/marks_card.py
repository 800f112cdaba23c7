"""What every card of marks has, whoever marks: how far it is, the lenses, a comment, and tags behind a fold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from cqcmock.domain.english import shortened
from cqcmock.domain.rubric import Lens
from ui.rehearse.lens_list import LensList
from ui.rehearse.limited_text import LimitedText
from ui.sizes import spaced
from ui.widgets.buttons import link_button, literal
from ui.widgets.card import Card
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import problem_label, small_label
from ui.widgets.pill import Tone, pill, restyle

_LONGEST_TAG = 48


class MarksCard(Card):
    """`lenses.given` carries levels, `commented` the words, `tagged` the tags that are ticked.

    `tags` are the name of each by its id, `tags_called` what they are together, `most_tags` how many an answer may
    have, if there is a limit. What else is marked belongs before `keys`.
    """

    commented = Signal(str)
    tagged = Signal(tuple)

    def __init__(
        self,
        lenses: Sequence[Lens],
        tags: Mapping[str, str],
        *,
        keys: str,
        longest_comment: int,
        prompt: str,
        tags_called: str,
        most_tags: int | None = None,
    ) -> None:
        self.state: QLabel = pill(" ")
        super().__init__("Your marks", pill=self.state)
        self._tags_called, self._most_tags = tags_called, most_tags
        self._others: tuple[str, ...] = ()
        self.lenses = LensList(lenses)
        self.body.addWidget(self.lenses)
        self.keys = small_label(keys)
        self.body.addWidget(self.keys)
        self.comment = LimitedText("Comment", lowest=2.6, highest=10.0, longest=longest_comment)
        self.comment.edit.setPlaceholderText(prompt)
        self.comment.edit.setAccessibleDescription(prompt)
        self.comment.changed.connect(self.commented)
        self.body.addWidget(self.comment)
        self.more_tags = link_button("", self._toggle_tags)
        self.body.addWidget(self.more_tags)
        self.tag_area = QWidget()
        flow = spaced(FlowLayout(self.tag_area), gap=0.4)
        self.tags: dict[str, QCheckBox] = {}
        for tag, name in tags.items():
            box = self.tags[tag] = QCheckBox(literal(shortened(name, _LONGEST_TAG)))
            box.setAccessibleName(name)
            box.toggled.connect(lambda on, tag=tag: self._tag_toggled(tag, on))
            flow.addWidget(box)
        self.tag_area.hide()
        self.body.addWidget(self.tag_area)
        self.tag_problem = problem_label(f"An answer has at most {most_tags} tags. Take another off first.")
        self.tag_problem.hide()
        self.body.addWidget(self.tag_problem)
        self.more_tags.setVisible(bool(tags))
        self.body.addStretch(1)
        self._say_tags()

    def show_given(self, levels: Mapping[str, int], comment: str, tags: Sequence[str]) -> None:
        """Show what an answer was given."""
        self.lenses.show_levels(levels)
        self.comment.show_text(comment)
        self._others = tuple(tag for tag in tags if tag not in self.tags)
        for tag, box in self.tags.items():
            _tick(box, tag in tags)
        self.tag_problem.hide()
        self._say_tags()

    def say_state(self, tone: Tone, shape: str, word: str) -> None:
        """Say how far the marking of this answer is."""
        self.state.setText(f"{shape}\u2002{word}")
        self.state.setAccessibleName(word)
        if self.state.property("light") != tone.value:
            self.state.setProperty("light", tone.value)
            restyle(self.state)

    def _tag_toggled(self, tag: str, on: bool) -> None:
        ticked = tuple(other for other, box in self.tags.items() if box.isChecked())
        too_many = on and self._most_tags is not None and len(ticked) + len(self._others) > self._most_tags
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
        called = self._tags_called[:1].upper() + self._tags_called[1:]
        if not self.tag_area.isHidden():
            words = f"Hide the {self._tags_called}"
        else:
            words = f"{called}: {ticked} ticked" if ticked else f"{called} (optional)"
        self.more_tags.setText(words)
        self.more_tags.setAccessibleName(words)


def _tick(box: QCheckBox, on: bool) -> None:
    box.blockSignals(True)
    box.setChecked(on)
    box.blockSignals(False)
