"""A tick or a choice with words that wrap and a line about them: Qt's own push the page wider than it is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.sizes import spaced
from ui.widgets.labels import small_label, wrapped_label


class Tick(QWidget):
    """`toggled` when somebody ticks it, never when `show_on` does. A click on the words ticks too. `box` is what is
    ticked, where it is no check box."""

    toggled = Signal(bool)

    def __init__(self, words: str, about: str = "", *, box: QAbstractButton | None = None) -> None:
        super().__init__()
        self.box = box or QCheckBox()
        self.box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.words = wrapped_label()
        self.about = small_label()
        row = spaced(QHBoxLayout(self), gap=0.35)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        beside = spaced(QVBoxLayout(), gap=0.1, margins=(0.0, 0.12, 0.0, 0.0))
        beside.addWidget(self.words)
        beside.addWidget(self.about)
        row.addLayout(beside, 1)
        self.say(words, about)
        self.box.clicked.connect(self.toggled)

    @property
    def on(self) -> bool:
        """Whether it is ticked."""
        return self.box.isChecked()

    def show_on(self, on: bool) -> None:
        """Tick it or not; nobody is told."""
        self.box.setChecked(on)

    def say(self, words: str, about: str) -> None:
        """Show these words, and these about them."""
        self.words.setText(words)
        self.about.setText(about)
        self.about.setVisible(bool(about))
        self.box.setAccessibleName(words)
        self.box.setAccessibleDescription(about)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's own name
        """Taken, so that the release comes here too."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's own name
        """The words belong to the tick."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.box.setFocus(Qt.FocusReason.MouseFocusReason)
            self.box.click()
