"""Something was written here before and left without keeping it: go on with it, or throw it away."""

from __future__ import annotations

from PySide6.QtCore import Signal

from ui.widgets.buttons import secondary_button
from ui.widgets.card import Card
from ui.widgets.labels import wrapped_label

LEFT_BEFORE = "You left this question without keeping what you had written."


class LeftBefore(Card):
    """`wanted` says whether it is wanted back."""

    wanted = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.bring = secondary_button("Go on with it", lambda: self.wanted.emit(True))
        self.throw_away = secondary_button("Throw it away", lambda: self.wanted.emit(False))
        self.body.addWidget(wrapped_label(LEFT_BEFORE))
        self.add_buttons(self.bring, self.throw_away)
