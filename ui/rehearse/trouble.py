"""Where a screen could not be filled: what happened, and a way to try again."""

from __future__ import annotations

from collections.abc import Callable

from cqcmock.errors import UserError
from ui.widgets.buttons import secondary_button
from ui.widgets.card import Card
from ui.widgets.labels import problem_label


class Trouble(Card):
    """Hidden until something goes wrong."""

    def __init__(self, again: Callable[[], object]) -> None:
        super().__init__()
        self.words = problem_label()
        self.again = secondary_button("Try again", again)
        self.body.addWidget(self.words)
        self.add_buttons(self.again)
        self.hide()

    def tell(self, error: UserError) -> None:
        """Say what happened, and put the keyboard where it can be tried again."""
        self.words.setText(str(error))
        self.show()
        self.again.setFocus()
