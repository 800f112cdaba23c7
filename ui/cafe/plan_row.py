"""One round of the running order: when it begins, what it is, what it asks, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from cqcmock.domain.cafe.rounds import KINDS, MINUTE, Round, RoundKind
from ui.cafe import plan_words
from ui.cafe.plan_fields import plan_field
from ui.sizes import sized, spaced
from ui.widgets.buttons import link_button, literal, secondary_button
from ui.widgets.fields import spin_box
from ui.widgets.flow import FlowLayout, SideBySide
from ui.widgets.labels import TextLabel, heading, problem_label, small_label, wrapped_label

MOST_ROUND_MINUTES = 180


class RoundRow(QFrame):
    """Shows one round; the widgets stay and get another round where the order changes."""

    minutes_wanted = Signal(str, int)
    move_wanted = Signal(str, int)
    remove_wanted = Signal(str)
    change_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.round_id = ""
        self._shown: object = None
        self.setProperty("kind", "plain")
        column = spaced(QVBoxLayout(self), gap=0.2, margins=(0, 0.35, 0, 0.35))
        self.when = TextLabel(kind="quiet", wrap=False)
        sized(self.when, min_width=5.6)
        self.title = heading(level=3)
        self.meaning = small_label()
        self.question = wrapped_label()
        self.problem = problem_label()
        self.minutes = sized(plan_field(spin_box("Minutes", 1, MOST_ROUND_MINUTES, suffix=" min")), max_width=6.2)
        self.up = secondary_button("↑", lambda: self.move_wanted.emit(self.round_id, -1))
        self.down = secondary_button("↓", lambda: self.move_wanted.emit(self.round_id, +1))
        self.change = link_button("Change…", lambda: self.change_wanted.emit(self.round_id))
        self.remove = link_button("Take out", lambda: self.remove_wanted.emit(self.round_id))
        self.minutes.valueChanged.connect(lambda minutes: self.minutes_wanted.emit(self.round_id, minutes))
        self.deeds = self._deeds()
        column.addWidget(SideBySide(self._words(), self.deeds, narrowest=19.0, gap=0.8, shares=(5, 4)))
        column.addWidget(self.problem)
        self.problem.hide()

    def _words(self) -> QWidget:
        when, says = QWidget(), QWidget()
        for part, labels in ((when, (self.when,)), (says, (self.title, self.meaning, self.question))):
            column = spaced(QVBoxLayout(part), gap=0.1)
            for label in labels:
                column.addWidget(label)
            column.addStretch(1)
        return SideBySide(when, says, narrowest=11.5, gap=0.4, shares=(1, 5))

    def _deeds(self) -> QWidget:
        deeds = QWidget()
        row = spaced(FlowLayout(deeds), gap=0.25)
        for widget in (self.minutes, self.up, self.down, self.change, self.remove):
            row.addWidget(widget)
        return deeds

    def show_round(
        self,
        one: Round,
        start: int | None,
        *,
        fixed: str = "",
        look: bool = False,
        first: bool = False,
        last: bool = False,
    ) -> None:
        """Show this round. `fixed` says why it cannot be changed, `first` and `last` that it can go no further.

        Where it is only to `look` at, nothing is offered.
        """
        if self.round_id != one.id:
            self.problem.hide()
        self.round_id = one.id
        shown = (one, start, fixed, look, first, last)
        if shown == self._shown:
            return
        self._shown = shown
        self.deeds.setVisible(not look)
        facts = KINDS[one.kind]
        self.when.setText(plan_words.stretch(start, one.seconds))
        self.when.setAccessibleName(plan_words.stretch_aloud(start, one.seconds))
        self.title.setText(one.title)
        kind = "" if one.title == facts.title else f"{facts.title}. "
        self.meaning.setText(fixed or f"{kind}{facts.to_say}")
        asks = "" if fixed and one.question is None else plan_words.question_line(one)
        self.question.setText(asks)
        self.question.setProperty("kind", "" if one.question else "small")
        self.question.style().unpolish(self.question)
        self.question.style().polish(self.question)
        self.question.setVisible(bool(asks))
        self.minutes.blockSignals(True)
        self.minutes.setValue(max(1, round(one.seconds / MINUTE)))
        self.minutes.blockSignals(False)
        self.change.setText(literal("Question…" if facts.asks else "Title…"))
        for widget, name in (
            (self.minutes, f"Minutes of {one.title}"),
            (self.up, f"Move {one.title} up"),
            (self.down, f"Move {one.title} down"),
            (self.change, f"Change the title{' and question' if facts.asks else ''} of {one.title}"),
            (self.remove, f"Take {one.title} out"),
        ):
            widget.setAccessibleName(name)
            widget.setEnabled(not fixed)
        for button, words in ((self.up, "Earlier"), (self.down, "Later"), (self.remove, "Take this round out")):
            button.setToolTip(words)
        closing = one.kind is RoundKind.CLOSING
        self.up.setEnabled(not fixed and not first and not closing)
        self.down.setEnabled(not fixed and not last and not closing)
        for label in (self.title, self.meaning, self.when, self.question):
            label.setEnabled(not fixed)

    def say(self, problem: str) -> None:
        """Say here what cannot be, and show the round as it is again; no words take them away."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        if problem:
            self._shown = None  # a refused number still stands in its field
