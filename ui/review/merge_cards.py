"""The two faces of taking in what came back: the files before, and the outcome after."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from cqcmock.domain.english import count
from ui.review import merge_words
from ui.review.papers_card import PapersCard
from ui.review.reading import Seen
from ui.sizes import sized, spaced
from ui.widgets.buttons import literal, make_primary, secondary_button
from ui.widgets.card import Card
from ui.widgets.labels import TextLabel, heading, lead_label, problem_label, wrapped_label
from ui.widgets.line_list import LineList

if TYPE_CHECKING:
    from cqcmock.services.merging import Incoming, Outcome, PackTally
    from ui.desk import Desk

_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse
_NAME_EMS = 6.0


class FilesCard(Card):
    """What was added so far; `believe_wanted` and `leave_out_wanted` carry the path of a file."""

    add_wanted = Signal()
    leave_out_wanted = Signal(str)
    believe_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__("The files")
        self._files: dict[str, Seen] = {}
        self.told: TextLabel = wrapped_label(merge_words.NO_FILES)
        self.list = LineList("Files that came back, and what each one holds", rows_in_sight=4, about_rows=3)
        self.details = QWidget()
        self.refusal, self.holds = problem_label(), wrapped_label()
        self.code, self.compare = lead_label(), wrapped_label(quiet=True)
        self.key, self.ring = lead_label(), wrapped_label(quiet=True)
        self.believe = secondary_button("Believe this key", self._believe)
        column = spaced(QVBoxLayout(self.details), gap=0.4, margins=(0.0, 0.4, 0.0, 0.4))
        for label in self.labels:
            label.setTextInteractionFlags(_SELECTABLE)
            column.addWidget(label)
        column.addWidget(self.believe, 0, Qt.AlignmentFlag.AlignLeft)
        self.add = secondary_button("Add a file…", self.add_wanted.emit)
        self.leave_out = secondary_button("Leave this one out", self._leave_out)
        for part in (self.told, self.list, self.details):
            self.body.addWidget(part)
        self.add_buttons(self.add, self.leave_out)
        self.list.moved.connect(self._describe)
        self.list.delete_wanted.connect(self.leave_out_wanted)
        self.show_files(())

    @property
    def labels(self) -> tuple[TextLabel, ...]:
        """What is said about the chosen file, from the top."""
        return (self.refusal, self.holds, self.code, self.compare, self.key, self.ring)

    def show_files(self, files: Sequence[Seen], looking: int = 0) -> None:
        """Show these, while so many more are looked at."""
        self._files = {str(one.path): one for one in files}
        told = merge_words.summary(tuple(files)) if files else merge_words.NO_FILES
        self.told.setText(f"Looking at {count(looking, 'file')}…" if looking else told)
        self.list.show_lines([merge_words.looked_line(one) for one in files])
        self.list.setVisible(bool(files))
        self.add.setText("Add another file…" if files else "Add a file…")
        self.add.setAccessibleName(self.add.text())
        make_primary(self.add, not any(one.believed for one in files))
        self._describe()

    def say_listed(self, path: str) -> None:
        """Somebody chose a file that is there already: show which, and say so."""
        self.list.choose(path)
        self.told.setText(f"{merge_words.LISTED} {merge_words.summary(tuple(self._files.values()))}")

    def _describe(self) -> None:
        seen = self._files.get(self.list.chosen)
        self.leave_out.setVisible(seen is not None)
        self.details.setVisible(seen is not None)
        if seen is None:
            return
        told = merge_words.details(seen)
        texts = (told.refusal, told.about, told.code, told.compare, told.key, told.ring)
        for label, text in zip(self.labels, texts, strict=True):
            label.setText(text)
            label.setVisible(bool(text))
        self.believe.setVisible(seen.anew is not None)
        words = "Believe this file" if seen.anew is not None and not seen.anew.key_words else "Believe this key"
        self.believe.setText(words)
        self.believe.setAccessibleName(words)
        for button in (self.believe, self.leave_out):
            button.setAccessibleDescription(seen.path.name)

    def _believe(self) -> None:
        self.believe_wanted.emit(self.list.chosen)

    def _leave_out(self) -> None:
        self.leave_out_wanted.emit(self.list.chosen)


class OutcomeCards(QWidget):
    """What was expected, what is here, what is missing and why, and the word code of each file.

    `feedback_wanted` carries the id of a pack.
    """

    feedback_wanted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._tallies: dict[str, PackTally] = {}
        column = spaced(QVBoxLayout(self), gap=1.0)
        self.figures = Card("What is in your library now")
        self.grid = spaced(QGridLayout(), gap=0.4)
        self.grid.setColumnStretch(1, 1)
        self.said: dict[str, TextLabel] = {}
        for row, name in enumerate(("Expected", "Received", "Missing", "Altered")):
            label, said = sized(heading(name, 3), min_width=_NAME_EMS), wrapped_label()
            self.said[name] = said
            self.grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            self.grid.addWidget(said, row, 1)
        self.figures.body.addLayout(self.grid)
        self.packs_card = Card("By reviewer")
        self.packs = LineList("What came back from each reviewer", about_rows=3)
        self.packs_card.body.addWidget(self.packs)
        self.feedback = secondary_button("Feedback…", lambda: self.feedback_wanted.emit(self.packs.chosen))
        self.packs_card.add_buttons(self.feedback)
        self.papers = PapersCard(desk)
        self.files_card = Card("By file")
        self.files_card.body.addWidget(wrapped_label(merge_words.READ_OUT, quiet=True))
        self.files = LineList("What became of each file", about_rows=3)
        self.files_card.body.addWidget(self.files)
        self._taken: dict[str, Incoming] = {}
        self.code, self.whose = lead_label(), wrapped_label(quiet=True)
        for label in (self.whose, self.code):
            label.setTextInteractionFlags(_SELECTABLE)
            self.files_card.body.addWidget(label)
        self.files.moved.connect(self._show_code)
        for card in (self.figures, self.packs_card, self.papers, self.files_card):
            column.addWidget(card)
        self.packs.moved.connect(self._describe)

    def show_outcome(self, outcome: Outcome) -> None:
        """Show what came of it."""
        for name, said in merge_words.outcome_words(outcome):
            self.said[name].setText(said)
        self._tallies = {one.pack.id: one for one in outcome.packs}
        self.papers.put_away()
        self.packs.show_lines([merge_words.pack_line(one) for one in outcome.packs])
        self._describe()
        self._taken = {str(one.file): one for one in outcome.files}
        self.files.show_lines([merge_words.taken_line(one) for one in outcome.files])
        self.files.choose(next((key for key, one in self._taken.items() if not one.why_refused), self.files.chosen))
        self._show_code()

    def pack(self, pack_id: str) -> PackTally | None:
        """How far a pack that is shown has come back."""
        return self._tallies.get(pack_id)

    def _show_code(self) -> None:
        """The word code of the chosen file, large enough to be read out."""
        one = self._taken.get(self.files.chosen)
        taken = one is not None and not one.why_refused
        for label in (self.whose, self.code):
            label.setVisible(taken)
        if one is not None and taken:
            self.whose.setText(f"Word code of the file from {merge_words.reviewer_of(one)}:")
            self.code.setText(one.code)

    def _describe(self) -> None:
        """What the chosen reviewer can be told, once something of theirs is here."""
        one = self._tallies.get(self.packs.chosen)
        self.feedback.setVisible(one is not None)
        if one is not None:
            words = merge_words.feedback_for(one)
            self.feedback.setText(literal(words))
            self.feedback.setAccessibleName(words)
            self.feedback.setEnabled(bool(one.tally.received))
