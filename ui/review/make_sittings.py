"""Which rehearsals go into a pack, and which answers of each: by ticking, the whole rehearsal first."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from cqcmock.domain.english import count, questions, shortened
from ui.banks.question_form_fold import Fold
from ui.banks.question_form_ticks import TickField
from ui.desk import Desk
from ui.home.wording import when
from ui.review.make_laying import laid_out_once
from ui.review.make_ticks import Tick
from ui.sizes import spaced
from ui.widgets.buttons import primary_button, secondary_button
from ui.widgets.card import Card, button_row
from ui.widgets.labels import problem_label, small_label, wrapped_label

if TYPE_CHECKING:
    from cqcmock.domain.sitting import SittingSummary
    from cqcmock.services.pack_choices import Offered

AT_ONCE, MORE = 6, 10
NONE_YET = "There is no rehearsal yet whose answers could be sent. Set one up first: fifteen minutes are enough."
NOT_OVER = "No rehearsal is over yet. {} on home: carry on there, and then it can be sent."
LISTED = "Only rehearsals that are over are listed here, and not the parts that nobody marks."
CHOOSE_SOME = "Tick at least one rehearsal."
ONE_BY_ONE = "Choose single answers"
_LONGEST_QUESTION, _LONGEST_ANSWER = 90, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What can be sent of one rehearsal: each answer's position and words, and the positions that nobody answered."""

    there: tuple[tuple[str, str], ...]
    missing: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What a pack begins with: the rehearsals that can be sent, and those who were sent one before."""

    offered: Offered
    reviewers: tuple[str, ...]


def read_beginning(desk: Desk) -> Beginning:
    """In the database lane: what can be sent, and to whom something was sent before."""
    from cqcmock.services import pack_choices, packing

    return Beginning(offered=pack_choices.offered(desk.library), reviewers=packing.reviewers(desk.library))


def read_answers(desk: Desk, sitting_id: str) -> Answers:
    """In the database lane: the answers of one rehearsal. Raises UserError where it has gone."""
    from cqcmock.services import sittings

    sitting = sittings.load(desk.library, sitting_id)
    there, missing = [], []
    for at in sitting.answered:
        said = sitting.state.takes[at][-1].spoken
        if said.strip():
            asked = shortened(sitting.plan.questions[at].question.text, _LONGEST_QUESTION)
            there.append((str(at), f"{at + 1}.  {asked}  “{shortened(said, _LONGEST_ANSWER)}”"))
        else:
            missing.append(at)
    return Answers(there=tuple(there), missing=tuple(missing))


class SittingRow(QWidget):
    """One rehearsal. `answers_wanted` when its answers are to be seen for the first time."""

    changed = Signal()
    answers_wanted = Signal(str)

    def __init__(self, sitting: SittingSummary, today: date) -> None:
        super().__init__()
        self.sitting = sitting
        self._answers: Answers | None = None
        column = spaced(QVBoxLayout(self), gap=0.0, margins=(0.0, 0.0, 0.0, 0.3))
        self.tick = Tick("")
        self.field = TickField("Answers to send")
        self.missing = small_label("Reading the answers…")
        inside = QWidget()
        self._held = held = spaced(QVBoxLayout(inside), gap=0.3)
        held.addWidget(self.field)
        held.addWidget(self.missing)
        self.field.hide()
        self.fold = Fold(ONE_BY_ONE, inside)
        self.fold.button.setAccessibleDescription(sitting.title)
        column.addWidget(self.tick)
        beneath = spaced(QVBoxLayout(), gap=0, margins=(1.85, 0.0, 0.0, 0.0))
        beneath.addWidget(self.fold)
        column.addLayout(beneath)
        self.say(sitting, today)
        self.tick.toggled.connect(self._ticked)
        self.field.changed.connect(self._answer_ticked)
        self.fold.toggled.connect(self._unfolded)

    @property
    def on(self) -> bool:
        """Whether anything of it is to be sent."""
        return self.tick.on

    @property
    def questions(self) -> tuple[int, ...] | None:
        """The positions that were chosen one by one, or None for all of them."""
        if self._answers is None or len(self.field.values) == len(self._answers.there):
            return None
        return tuple(int(at) for at in self.field.values)

    @property
    def answers(self) -> int:
        """How many answers would be sent."""
        if not self.on:
            return 0
        return self.sitting.answers if self._answers is None else len(self.field.values)

    def say(self, sitting: SittingSummary, today: date) -> None:
        """Show what is kept of it now."""
        self.sitting = sitting
        parts = (sitting.person, sitting.role_name, sitting.place, when(sitting.started_at, today))
        about = " · ".join(part for part in (*parts, count(sitting.answers, "answer")) if part)
        self.tick.say(sitting.title, about)

    def show_on(self, on: bool) -> None:
        """Tick it, with all of its answers, or not."""
        self.tick.show_on(on)
        self._tick_all()

    def show_answers(self, answers: Answers, seen: QWidget | None = None) -> None:
        """These can be chosen; `seen` says who can see them already."""
        if seen is not None and self._answers is None:
            self._held.addWidget(seen)
        self._answers = answers
        self.field.offer(answers.there)
        self._tick_all()
        self.field.show()
        none = f"Nothing was answered to {questions(answers.missing)}, so there is nothing to send of it."
        self.missing.setText(none if answers.missing else "")
        self.missing.setVisible(bool(answers.missing))

    def not_read(self, why: str) -> None:
        """They could not be read."""
        self.missing.setText(why)

    def _tick_all(self) -> None:
        if self._answers is not None:
            self.field.show_values([at for at, _ in self._answers.there] if self.tick.on else [])
        self._say_how_many()

    def _ticked(self, _on: bool) -> None:
        self._tick_all()
        self.changed.emit()

    def _answer_ticked(self) -> None:
        self.tick.show_on(bool(self.field.values))
        self._say_how_many()
        self.changed.emit()

    def _say_how_many(self) -> None:
        some = self.on and self.questions is not None
        self.fold.set_title(f"{ONE_BY_ONE}: {self.answers} of {self.sitting.answers} go" if some else ONE_BY_ONE)

    def _unfolded(self, is_open: bool) -> None:
        if is_open and self._answers is None:
            self.answers_wanted.emit(self.sitting.id)


class SittingChoice(Card):
    """`changed` when something else is ticked; `laid_out` when there are other rows than before; `rehearsal_wanted`
    and `home_wanted` where there is nothing to tick."""

    changed = Signal()
    laid_out = Signal()
    answers_wanted = Signal(str)
    rehearsal_wanted = Signal()
    home_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("Which rehearsals?")
        self._sittings: tuple[SittingSummary, ...] = ()
        self._rows: dict[str, SittingRow] = {}
        self._today = date.min
        self._shown: list[SittingRow] = []
        self._most = AT_ONCE
        self.nothing = wrapped_label(NONE_YET)
        self.set_up = primary_button("Set up a rehearsal", self.rehearsal_wanted.emit)
        self.to_home = primary_button("Go to home", self.home_wanted.emit)
        self.finding = QLineEdit()
        self.finding.setPlaceholderText("Find by title, person, role or place")
        self.finding.setAccessibleName("Find a rehearsal")
        self.finding.setClearButtonEnabled(True)
        self.not_found = small_label("No rehearsal has these words.")
        self._holder = QWidget()
        self._list = spaced(QVBoxLayout(self._holder), gap=0.35)
        self.more = secondary_button("Show more rehearsals", self._show_more)
        self.ticked = wrapped_label()
        self.problem = problem_label()
        for part in (self.problem, self.nothing, self.finding, self.not_found, self._holder):
            self.body.addWidget(part)
        self.body.addLayout(button_row(self.set_up, self.to_home, self.more))
        for part in (self.ticked, small_label(LISTED)):
            self.body.addWidget(part)
        beginnings = (self.nothing, self.set_up, self.to_home)
        for part in (*beginnings, self.finding, self.not_found, self.more, self.ticked, self.problem):
            part.hide()
        self.finding.textChanged.connect(self._lay_out)

    def offer(
        self, sittings: Sequence[SittingSummary], today: date, first: Collection[str] = (), *, under_way: int = 0
    ) -> None:
        """These can be ticked; `first` are ticked at the start, and stand on top. Ticks that were there stay.

        `under_way` are those that are not over yet.
        """
        known = {one.id for one in sittings}
        for gone in self._rows.keys() - known:
            row = self._rows.pop(gone)
            self._shown = [one for one in self._shown if one is not row]
            row.hide()
            row.deleteLater()
        places = {one.id: at for at, one in enumerate(self._sittings)}  # what somebody looks at stays where it is
        top = dict.fromkeys(first, -1)
        new = 0 if top else -1
        self._sittings = tuple(sorted(sittings, key=lambda one: top.get(one.id, places.get(one.id, new))))
        self._today = today
        for one in sittings:
            if one.id in self._rows:
                self._rows[one.id].say(one, today)
            elif one.id in first:
                self._row(one).show_on(True)
        if first:
            self._most = max(1, len(top.keys() & known))  # what was chosen elsewhere is to be seen at a glance
        waits = "One waits" if under_way == 1 else f"{under_way:,} wait"
        self.nothing.setText(NOT_OVER.format(waits) if under_way else NONE_YET)
        self.nothing.setVisible(not sittings)
        self.set_up.setVisible(not sittings and not under_way)
        self.to_home.setVisible(not sittings and bool(under_way))
        self.finding.setVisible(len(sittings) > AT_ONCE)
        self._lay_out()
        self._say_ticked()

    def row(self, sitting_id: str) -> SittingRow:
        """The row of a rehearsal that is shown."""
        return self._rows[sitting_id]

    def sitting(self, sitting_id: str) -> SittingSummary | None:
        """A rehearsal that can be ticked."""
        return next((one for one in self._sittings if one.id == sitting_id), None)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The rehearsals that are ticked, as they stand in the list."""
        return tuple(one.id for one in self._sittings if one.id in self._rows and self._rows[one.id].on)

    @property
    def questions(self) -> Mapping[str, tuple[int, ...]]:
        """The positions in each rehearsal whose answers were chosen one by one."""
        chosen = {one: self._rows[one].questions for one in self.chosen}
        return {one: at for one, at in chosen.items() if at is not None}

    def set_problem(self, problem: str) -> None:
        """Say what is wrong with the choice, or that nothing is."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    @property
    def first_stop(self) -> QWidget:
        """Where choosing begins."""
        if not self._sittings:
            return self.set_up if self.to_home.isHidden() else self.to_home
        shown = (self._rows[one.id].tick.box for one in self._matching() if one.id in self._rows)
        return next(shown, self)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tick."""
        return not self.nothing.isHidden()

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What Tab comes to, in the order of reading."""
        rows = (self._rows[one.id] for one in self._sittings if one.id in self._rows)
        return (self.finding, *(row for row in rows if row.parent() is not None), self.set_up, self.to_home, self.more)

    def _row(self, sitting: SittingSummary) -> SittingRow:
        row = self._rows.get(sitting.id)
        if row is None:
            row = self._rows[sitting.id] = SittingRow(sitting, self._today)
            row.changed.connect(self._ticked)
            row.answers_wanted.connect(self.answers_wanted)
        return row

    def _matching(self) -> list[SittingSummary]:
        wanted = self.finding.text().casefold().split()
        return [
            one
            for one in self._sittings
            if all(word in f"{one.title} {one.person} {one.role_name} {one.place}".casefold() for word in wanted)
        ]

    def _show_more(self) -> None:
        before = self._most
        self._most += MORE
        self._lay_out()
        self._row(self._matching()[before]).tick.box.setFocus()

    def _lay_out(self) -> None:
        """The rows that fit, in their order, and no others."""
        matching = self._matching()
        shown = [self._row(one) for one in matching[: self._most]]
        if shown != self._shown:
            with laid_out_once(self._holder):
                for row in self._shown:
                    self._list.removeWidget(row)
                    row.hide()
                for row in shown:
                    self._list.addWidget(row)
                    row.show()
            self._shown = shown
        self.more.setVisible(len(matching) > self._most)
        self.not_found.setVisible(not matching and bool(self._sittings))
        self.laid_out.emit()

    def _ticked(self) -> None:
        self.set_problem("")
        self._say_ticked()
        self.changed.emit()

    def _say_ticked(self) -> None:
        chosen = self.chosen
        answers = sum(self._rows[one].answers for one in chosen)
        self.ticked.setText(f"Ticked: {count(len(chosen), 'rehearsal')}, {count(answers, 'answer')}.")
        self.ticked.setVisible(bool(chosen))
