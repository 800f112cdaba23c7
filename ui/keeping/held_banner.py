"""Says plainly that everything is on hold, wherever somebody might delete something."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from ui.sizes import spaced
from ui.widgets.labels import TextLabel, wrapped_label
from ui.widgets.pill import SHAPES, Tone


class HeldBanner(QFrame):
    """Nothing at all until there is something to say; a button stands after the words."""

    def __init__(self, button: QPushButton | None = None) -> None:
        super().__init__()
        self.setProperty("kind", "banner")
        self.setProperty("light", Tone.WRAP_UP.value)
        row = spaced(QHBoxLayout(self), gap=0.75, margins=(1.0, 0.6, 1.0, 0.6))
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(TextLabel(SHAPES[Tone.WRAP_UP], kind="sign", wrap=False), 0, top)
        self.label: TextLabel = wrapped_label()
        row.addWidget(self.label, 1)
        if button is not None:
            row.addWidget(button, 0, top)
        self.hide()

    def say(self, text: str) -> None:
        """Say this, or nothing."""
        self.label.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
