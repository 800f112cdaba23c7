"""Putting things on hold, and letting them go again: a choice, a reason, one button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from cqcmock.domain.audit import Kind
from cqcmock.domain.english import shortened
from cqcmock.domain.retention import RULED, Due, Hold
from ui.keeping import words
from ui.keeping.reason import Reason
from ui.settings.entries import ChoiceEntry
from ui.sizes import spaced
from ui.widgets.buttons import primary_button, secondary_button
from ui.widgets.card import Card
from ui.widgets.labels import TextLabel, problem_label, wrapped_label

HOLD = "Put on hold"
RELEASE = "Release a hold"
EVERYTHING = "Everything"
OF_KIND = "All of one kind"
ABOUT = "What is on hold cannot be deleted in any way, not even by age, until somebody releases it."
RELEASE_ABOUT = (
    "From then on it can be deleted again, unless another hold keeps it. Nothing is deleted by releasing it."
)

Subject = tuple[Kind | None, str]


class HoldPage(QWidget):
    """`given` carries the subjects and the reason."""

    given = Signal(list, str)
    back_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._things: Sequence[Due] = ()
        self.everything = QRadioButton(EVERYTHING)
        self.of_kind = QRadioButton(OF_KIND)
        self.ticked = QRadioButton("")
        self._group = QButtonGroup(self)
        self.kinds = ChoiceEntry("Which kind", [(kind, words.sentence(words.NAMES[kind][1])) for kind in RULED])
        self.kinds.show_value(Kind.SITTING)
        self.reason = Reason(words.HOLD_HINT)
        self.problem: TextLabel = problem_label()
        self.hold_button = primary_button(HOLD, self._give)
        self.back_button = secondary_button("Not now", self.back_wanted.emit)
        card = Card()
        card.body.addWidget(wrapped_label(ABOUT))
        for choice in (self.everything, self.of_kind, self.ticked):
            self._group.addButton(choice)
        for part in (self.everything, self.ticked, self.of_kind, self.kinds, self.reason, self.problem):
            card.body.addWidget(part)
        card.add_buttons(self.hold_button, self.back_button)
        spaced(QVBoxLayout(self), gap=1.0).addWidget(card)
        self.of_kind.toggled.connect(self.kinds.setVisible)
        self.reason.entered.connect(self._give)
        self.kinds.hide()
        self.problem.hide()

    def begin(self, things: Sequence[Due], *, everything: bool) -> None:
        """Ask about these things, which may be none, or about everything; the reason is typed first."""
        self._things = things
        self.reason.clear()
        self.show_problem("")
        self.ticked.setVisible(bool(things))
        if len(things) == 1:
            title = shortened(things[0].kept.title, words.LONGEST_TITLE)
            self.ticked.setText(f"Only “{title}”".replace("&", "&&"))
        else:
            self.ticked.setText(f"Only what I ticked: {words.counted(one.kept.kind for one in things)}")
        (self.everything if everything or not things else self.ticked).setChecked(True)
        self.reason.begin()

    def show_problem(self, problem: str) -> None:
        """It did not work, and why."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.hold_button.setEnabled(True)

    def _give(self) -> None:
        if not self.hold_button.isEnabled() or not self.reason.is_given():
            return
        self.hold_button.setEnabled(False)
        self.given.emit(self._subjects(), self.reason.text)

    def _subjects(self) -> list[Subject]:
        if self.everything.isChecked():
            return [(None, "")]
        if self.of_kind.isChecked():
            kind = self.kinds.value
            assert isinstance(kind, Kind)
            return [(kind, "")]
        return [(one.kept.kind, one.kept.id) for one in self._things]


class ReleasePage(QWidget):
    """`given` carries the id of the hold and the reason."""

    given = Signal(str, str)
    back_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._hold_id = ""
        self.what: TextLabel = wrapped_label()
        self.since: TextLabel = wrapped_label(quiet=True)
        self.reason = Reason(words.RELEASE_HINT)
        self.problem: TextLabel = problem_label()
        self.release_button = primary_button("Release it", self._give)
        self.back_button = secondary_button("Keep it on hold", self.back_wanted.emit)
        card = Card()
        for part in (self.what, self.since, wrapped_label(RELEASE_ABOUT), self.reason, self.problem):
            card.body.addWidget(part)
        card.add_buttons(self.release_button, self.back_button)
        spaced(QVBoxLayout(self), gap=1.0).addWidget(card)
        self.reason.entered.connect(self._give)
        self.problem.hide()

    def begin(self, hold: Hold, covered: str) -> None:
        """Ask about this hold."""
        self._hold_id = hold.id
        self.what.setText(f"On hold: {covered}")
        self.since.setText(words.since(hold))
        self.reason.clear()
        self.show_problem("")
        self.reason.begin()

    def show_problem(self, problem: str) -> None:
        """It did not work, and why."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.release_button.setEnabled(True)

    def _give(self) -> None:
        if not self.release_button.isEnabled() or not self.reason.is_given():
            return
        self.release_button.setEnabled(False)
        self.given.emit(self._hold_id, self.reason.text)
