"""Another question for the round that is on: drawn, or picked from a list that can be searched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QListView, QVBoxLayout, QWidget

from ui.cafe.hand import Hand
from ui.cafe.plan_question import FoundQuestions
from ui.desk import Desk
from ui.sizes import sized, spaced
from ui.widgets.buttons import secondary_button
from ui.widgets.card import button_row
from ui.widgets.labels import small_label
from ui.widgets.lists import list_view

if TYPE_CHECKING:
    from cqcmock.domain.choosing import Candidate
    from cqcmock.domain.framework import Role


_AT_ONCE = 20


class RoomQuestion(QWidget):
    """Says whose questions are asked, and lets one be drawn or picked. `drawn` and `picked` say what is wanted."""

    draw_wanted = Signal()
    pick_wanted = Signal(str, str)

    def __init__(self, desk: Desk, hand: Hand, names: Mapping[str, str], roles: Sequence[Role]) -> None:
        super().__init__()
        self._desk = desk
        self._hand = hand
        self._names = names
        self.roles = QComboBox()
        self.roles.setAccessibleName("Whose questions are asked")
        for role in roles:
            self.roles.addItem(f"Questions for: {role.name}", role.id)
        self.roles.setCurrentIndex(max(0, self.roles.findData(desk.settings.cafe_role)))
        self.roles.currentIndexChanged.connect(self._role_chosen)
        sized(self.roles, min_width=10.0)
        self.draw = secondary_button("Draw another", self.draw_wanted.emit)
        self.pick = secondary_button("Pick one…", self.toggle_picking)
        self.pick.setCheckable(True)
        self.words = QLineEdit()
        self.words.setAccessibleName("Words of the question")
        self.words.setPlaceholderText("Words of the question")
        self.model = FoundQuestions(self)
        self.list = list_view(QListView(), "Questions to pick from")
        self.list.setModel(self.model)
        self.list.setWordWrap(True)
        self.list.setLayoutMode(QListView.LayoutMode.Batched)  # the window stays alive while long lists are measured
        self.list.setBatchSize(_AT_ONCE)
        self.list.activated.connect(lambda _: self._picked())
        self.words.textChanged.connect(self._look)
        self.words.returnPressed.connect(self._picked)
        sized(self.list, min_height=9.0, max_height=16.0)
        self.help = small_label("Enter asks the question that is marked. Escape puts the list away.")
        self.picking = QWidget()
        column = spaced(QVBoxLayout(self.picking), gap=0.3)
        for part in (self.words, self.list, self.help):
            column.addWidget(part)
        self.picking.hide()
        whole = spaced(QVBoxLayout(self), gap=0.4)
        whole.addLayout(button_row(self.draw, self.pick))
        whole.addWidget(self.roles)
        whole.addWidget(self.picking)

    @property
    def role(self) -> str:
        """Whose questions are asked."""
        return str(self.roles.currentData() or self._desk.settings.cafe_role)

    def toggle_picking(self) -> None:
        """Open the list of questions that suit the round, or put it away."""
        wanted = self.picking.isHidden()
        self.pick.setChecked(wanted)
        self.picking.setVisible(wanted)
        if wanted:
            self.words.clear()
            self.words.setFocus()
            self._read()
        else:
            self.pick.setFocus()

    def show_possible(self, possible: bool) -> None:
        """Whether a question can be asked now."""
        self.draw.setEnabled(possible)
        self.pick.setEnabled(possible)
        if not possible and not self.picking.isHidden():
            self.toggle_picking()

    def _role_chosen(self) -> None:
        if self.role != self._desk.settings.cafe_role:
            self._desk.change_settings(replace(self._desk.settings, cafe_role=self.role))
        if not self.picking.isHidden():
            self._read()

    def _read(self) -> None:
        state, role, library = self._hand.state, self.role, self._desk.library
        if state.round is None or state.progress is None:
            return
        kind, phase = state.round.kind, state.progress.phase

        def read() -> tuple[Candidate, ...]:
            from cqcmock.services.cafe import questions

            return questions.fitting(library, kind, role, phase)

        self._desk.tasks.database(read, then=self._fill, owner=self)

    def _fill(self, candidates: Sequence[Candidate]) -> None:
        self.model.set_questions(candidates, self._names)
        self._look(self.words.text())

    def _look(self, words: str) -> None:
        self.model.find(words)
        self.list.setCurrentIndex(self.model.index(0, 0))

    def _picked(self) -> None:
        row = self.list.currentIndex().row()
        if row < 0:
            return
        chosen = self.model.at(row)
        self.toggle_picking()
        self.pick_wanted.emit(chosen.bank, chosen.question.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Escape puts the list away; the arrows move in it from the words too."""
        if event.key() == Qt.Key.Key_Escape and not self.picking.isHidden():
            self.toggle_picking()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.words.hasFocus():
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            row = min(max(0, self.list.currentIndex().row() + step), self.model.rowCount() - 1)
            self.list.setCurrentIndex(self.model.index(row, 0))
        else:
            super().keyPressEvent(event)
