"""A card: a frame round something that is separate from the rest, with its title and perhaps a pill."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.sizes import spaced
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import TextLabel, heading


class Card(QFrame):
    """Put what it holds into `body`; buttons go into one row with `add_buttons`."""

    def __init__(self, title: str = "", *, pill: QLabel | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.body = spaced(QVBoxLayout(self), gap=0.5, margins=(1.35, 1.15, 1.35, 1.15))
        self.title: TextLabel = heading(title, 2)
        if not title:
            self.title.hide()
        self.setAccessibleName(title)
        if pill is None:
            self.body.addWidget(self.title)
        else:
            row = spaced(QHBoxLayout(), gap=0.75)
            row.addWidget(self.title, 1)
            row.addWidget(pill)
            self.body.addLayout(row)

    def add_buttons(self, *buttons: QPushButton) -> None:
        """One row of buttons, the primary one first."""
        self.body.addLayout(button_row(*buttons))


def button_row(*buttons: QPushButton) -> FlowLayout:
    """Buttons side by side, from the left, in as many rows as they need."""
    row = spaced(FlowLayout(), gap=0.4)
    for button in buttons:
        row.addWidget(button)
    return row
