"""The foot of the page on which a session is closed: what is missing or went wrong, the one deed, and the ways away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.announce import announce
from ui.cafe import closing_words as words
from ui.sizes import spaced
from ui.widgets.buttons import link_button, primary_button
from ui.widgets.card import button_row
from ui.widgets.labels import problem_label, wrapped_label


class ClosingFoot(QWidget):
    """Hands on what somebody presses."""

    def __init__(self, close: Callable[[], None], back: Callable[[], None], later: Callable[[], None]) -> None:
        super().__init__()
        self.problem = problem_label()
        self.problem.hide()
        self.reason = wrapped_label(words.NOT_ANSWERED)
        self.close_button = primary_button("Close the session", close)
        self.back = link_button("Go back into the session", back)
        self.later = link_button("Close it another day", later)
        column = spaced(QVBoxLayout(self), gap=1.0)
        column.addWidget(self.problem)
        column.addWidget(self.reason)
        column.addLayout(button_row(self.close_button, self.back, self.later))

    def ready(self, why: str, *, possible: bool) -> None:
        """Say what is missing before it can be closed, and whether it is `possible` otherwise."""
        self.reason.setText(why)
        self.reason.setVisible(bool(why))
        self.close_button.setEnabled(not why and possible)
        self.close_button.setAccessibleDescription(why)

    def say_problem(self, text: str) -> None:
        """Say what went wrong."""
        self.problem.setText(text)
        self.problem.show()
        announce(self.problem, text)

    def only_clean_up(self) -> None:
        """It is closed: there is nothing to go back into or to close another day any more."""
        self.back.hide()
        self.close_button.setText(words.CLEAN_UP)
        self.later.setText("Back to the cafés")
