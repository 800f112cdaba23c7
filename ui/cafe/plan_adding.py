"""Adding a round: the kinds that there are, what each is, and how long it could be."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from cqcmock.domain.cafe.rounds import KINDS, RoundKind
from cqcmock.domain.cafe.running_order import RunningOrder
from ui.cafe import plan_words
from ui.sizes import spaced
from ui.widgets.buttons import link_button, secondary_button
from ui.widgets.labels import TextLabel, heading, problem_label, small_label, wrapped_label


class AddingPart(QWidget):
    """Every kind of round with its own button. `add_wanted` carries the kind and the minutes."""

    add_wanted = Signal(str, int)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = spaced(QVBoxLayout(self), gap=0.5, margins=(0, 0.5, 0, 0))
        column.addWidget(heading("Which kind of round? The others give it their time.", 3))
        self.problem = problem_label()
        self.problem.hide()
        column.addWidget(self.problem)
        self._minutes: dict[RoundKind, int] = {}
        self._rooms: dict[RoundKind, TextLabel] = {}
        self.buttons: Mapping[RoundKind, QPushButton] = {kind: self._button(kind) for kind in KINDS}
        for kind in KINDS:
            column.addLayout(self._line(kind))
        self.close_it = link_button("Add none", self.closed.emit)
        row = QHBoxLayout()
        row.addWidget(self.close_it)
        row.addStretch(1)
        column.addLayout(row)

    def _button(self, kind: RoundKind) -> QPushButton:
        button = secondary_button("Add", lambda: self.add_wanted.emit(kind.value, self._minutes[kind]))
        button.setAccessibleName(f"Add {KINDS[kind].title}")
        return button

    def _line(self, kind: RoundKind) -> QHBoxLayout:
        facts = KINDS[kind]
        across = spaced(QHBoxLayout(), gap=0.8)
        words = spaced(QVBoxLayout(), gap=0.1)
        words.addWidget(wrapped_label(facts.title))
        words.addWidget(small_label(facts.to_say))
        self._rooms[kind] = small_label()
        words.addWidget(self._rooms[kind])
        beside = QVBoxLayout()
        beside.addWidget(self.buttons[kind])
        beside.addStretch(1)
        across.addLayout(beside)
        across.addLayout(words, 1)
        return across

    def show_order(self, order: RunningOrder) -> None:
        """Say how much room there is now."""
        for kind, button in self.buttons.items():
            most, words = plan_words.room_for(order, kind)
            self._minutes[kind] = min(most, KINDS[kind].usual_minutes)
            self._rooms[kind].setText(words)
            button.setEnabled(most > 0)
            button.setAccessibleDescription(f"{KINDS[kind].to_say} {words}")

    def arrived(self) -> None:
        """The focus to the first kind that there is room for."""
        first = next((button for button in self.buttons.values() if button.isEnabled()), self.close_it)
        first.setFocus()

    def say(self, problem: str) -> None:
        """Say here what cannot be."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
