"""The answers to compare: typed, pasted or taken from a rehearsal, with no names, and what they will take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cqcmock.domain.english import count, shortened
from cqcmock.domain.text_limits import LONGEST_ANSWER
from ui.announce import announce
from ui.cafe.compare_struck import StruckText
from ui.cafe.compare_words import ASK_FIRST, estimate, times
from ui.cafe.hand_click import one_click
from ui.cafe.hand_in import HandInEdit
from ui.sizes import sized, spaced
from ui.tab_order import tab_through
from ui.widgets.buttons import secondary_button
from ui.widgets.card import Card, button_row
from ui.widgets.labels import heading, lead_label, problem_label, wrapped_label
from ui.widgets.line_list import Line, LineList
from ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from cqcmock.domain.hearing import PersonalData
    from cqcmock.services.cafe.judging import Judging, Standings

LEAD: Final = (
    "Two answers at a time, with nobody’s name on either. The room says which would reassure an assessor more."
)
ADD, ADD_STRUCK = "Add this answer", "Add it without what is struck out"


class AnswersView(QWidget):
    """`written` carries an answer to be looked through, `add_wanted` one that was, with what is let stand in it."""

    written = Signal(str)
    add_wanted = Signal(str, tuple)
    take_away_wanted = Signal(str)
    compare_wanted = Signal()
    order_wanted = Signal()
    rehearsals_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._looked_through = ""
        self.page = ScrollPage(gap=0.7)
        spaced(QVBoxLayout(self), gap=0).addWidget(self.page)
        self.estimate = lead_label()
        self.compare_button = secondary_button("Start comparing", self.compare_wanted.emit)
        self.order_button = secondary_button("See the order so far", self.order_wanted.emit)
        self.list = LineList("Answers to compare", rows_in_sight=4)
        self.list.delete_wanted.connect(self.take_away_wanted)
        self.take_away_button = secondary_button("Take this answer away", self._take_away)
        one_click(self.take_away_button)
        column = self.page.column
        column.addWidget(wrapped_label(LEAD))
        column.addWidget(self.estimate)
        column.addLayout(button_row(self.compare_button, self.order_button))
        form = self._form()
        column.addWidget(form)
        self.list_title = heading("Answers", 2)
        column.addWidget(self.list_title)
        column.addWidget(self.list)
        column.addLayout(button_row(self.take_away_button))
        tab_through(self.compare_button, self.order_button, form, self.list, self.take_away_button)
        self.edit.textChanged.connect(self._edited)
        self.edit.refused.connect(lambda over: self.say(f"That is {count(over, 'character')} too long. Shorten it."))

    def arrived(self) -> None:
        """The next answer is typed at once, while there are too few."""
        at = self.compare_button if self.compare_button.isEnabled() else self.edit
        at.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def words(self) -> str:
        """What was typed and not added yet."""
        return self.edit.toPlainText()

    def show_answers(self, judging: Judging, standings: Standings) -> None:
        """Show what is there, and what it will take."""
        advice, number = standings.advice, len(judging.answers)
        self.estimate.setText(estimate(number, advice.to_go, advice.done))
        self.compare_button.setEnabled(number > 1)
        self.compare_button.setText("Go on comparing" if advice.done else "Start comparing")
        self.compare_button.setAccessibleName(self.compare_button.text())
        self.order_button.setVisible(advice.done > 0 and number > 1)
        looks = {one.answer: one.looks for one in standings.ranked}
        self.list.show_lines(
            [
                Line(
                    key=one.id,
                    title=shortened(one.text, 300),
                    about=f"Compared {times(looks[one.id])} so far." if advice.done else "",
                )
                for one in judging.answers
            ]
        )
        for part in (self.list_title, self.list, self.take_away_button):
            part.setVisible(number > 0)

    def show_found(self, text: str, found: tuple[PersonalData, ...]) -> None:
        """Show what in the words could name somebody, before they are kept."""
        if text != self.words:
            return
        self._looked_through = text
        self.struck.show_text(text, found)
        self.struck.show()
        self.add_button.setText(ADD_STRUCK)
        self.add_button.setAccessibleName(ADD_STRUCK)
        self.page.bring(self.add_button)
        announce(self.struck, self.struck.about.text())

    def added(self) -> None:
        """It is kept: room for the next one."""
        self.edit.clear()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, problem: str) -> None:
        """What is wrong with the answer, or nothing."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        if problem:
            announce(self.problem, problem)

    def _form(self) -> Card:
        form = Card("Add an answer")
        form.body.addWidget(wrapped_label(ASK_FIRST, quiet=True))
        self.edit = sized(HandInEdit(LONGEST_ANSWER), min_height=4.0, max_height=6.5)
        self.edit.setAccessibleName("The answer")
        self.edit.setPlaceholderText("Type an answer, or paste one")
        self.struck = StruckText()
        self.struck.hide()
        self.problem = problem_label()
        self.problem.hide()
        for part in (self.edit, self.struck, self.problem):
            form.body.addWidget(part)
        self.add_button = secondary_button(ADD, self._add)
        self.edit.enter.connect(self.add_button.click)
        one_click(self.add_button)
        self.rehearsals_button = secondary_button("From a finished rehearsal…", self.rehearsals_wanted.emit)
        form.add_buttons(self.add_button, self.rehearsals_button)
        return form

    def _edited(self) -> None:
        self.say("")
        if self._looked_through:
            self._looked_through = ""
            self.struck.hide()
            self.add_button.setText(ADD)
            self.add_button.setAccessibleName(ADD)

    def _add(self) -> None:
        if self._looked_through:
            self.add_wanted.emit(self.words, self.struck.let_stand)
        else:
            self.written.emit(self.words)

    def _take_away(self) -> None:
        if key := self.list.chosen:
            self.take_away_wanted.emit(key)
