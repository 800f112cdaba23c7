"""Between two people: is whoever has the laptop now counted already?"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cqcmock.errors import UserError
from ui.announce import announce
from ui.sizes import spaced
from ui.widgets.buttons import link_button, primary_button, secondary_button
from ui.widgets.card import Card, button_row
from ui.widgets.labels import heading, lead_label, problem_label, wrapped_label
from ui.widgets.scroll_page import ScrollPage

NOT_YET = "I have not written yet"
BEFORE = "I have written before"
ASKED = "Have you written a card in this session?"
NO_NAMES = "Cards have no name on them, and nobody else's card can be seen here."
WHY = "It is asked only so that each person is counted once. Both lead to an empty card."
BACK = "Back to the session: only for whoever runs it"
HELD_UP = "The laptop could not save that yet, and tries again every second. Please wait a moment."


class Gate(QWidget):
    """`new_here` and `was_here` are what the next person says; `back` is for the facilitator."""

    new_here = Signal()
    was_here = Signal()
    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        page = ScrollPage(widest=40.0, gap=1.0)
        spaced(QVBoxLayout(self), gap=0).addWidget(page)
        self.thanks = lead_label()
        self.thanks.hide()
        self.title = heading("Hand the laptop to the first person")
        card = Card(ASKED)
        card.body.addWidget(wrapped_label(NO_NAMES, quiet=True))
        self.not_yet = primary_button(NOT_YET, self.new_here.emit)
        self.before = secondary_button(BEFORE, self.was_here.emit)
        card.add_buttons(self.not_yet, self.before)
        card.body.addWidget(wrapped_label(WHY, quiet=True))
        for button in (self.not_yet, self.before):  # whoever hears the button has not heard what is asked
            button.setAccessibleDescription(f"{ASKED} {NO_NAMES} {WHY}")
        self.problem = problem_label()
        self.problem.hide()
        card.body.addWidget(self.problem)
        self.leave = link_button(BACK, self.back.emit)
        for widget in (self.thanks, self.title, card):
            page.column.addWidget(widget)
        page.column.addLayout(button_row(self.leave))

    def arrived(self) -> None:
        """The keyboard goes to the first answer."""
        self.problem.hide()
        self.not_yet.setFocus()

    def passed_on(self, thanks: str) -> None:
        """Somebody has finished."""
        self.thanks.setText(thanks)
        self.thanks.show()
        self.title.setText("Pass the laptop on")
        announce(self, f"{thanks} Pass the laptop on.")

    def say_problem(self, error: UserError | str) -> None:
        """Say why it does not go on."""
        self._say(str(error))

    def say_held_up(self, held_up: bool) -> None:
        """Whether something could not be kept so far. The buttons stay: the keyboard would go on to the last one."""
        if held_up:
            self._say(HELD_UP)
        elif self.problem.text() == HELD_UP:
            self.problem.hide()

    def _say(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.show()
        announce(self.problem, problem)
