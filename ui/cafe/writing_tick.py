"""A tick whose words wrap: Qt's own check box is as wide as its words, whatever room there is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from ui.sizes import spaced
from ui.widgets.labels import TextLabel, small_label, wrapped_label


class WrappedTick(QWidget):
    """`box` is the tick; `words` stand beside it and may be clicked too, what they mean below them in small print."""

    def __init__(self, words: str, means: str = "") -> None:
        super().__init__()
        self.box = QCheckBox()
        self.box.setAccessibleName(words)
        self.box.setAccessibleDescription(means)
        self.words: TextLabel = wrapped_label(words)
        row = spaced(QHBoxLayout(self), gap=0.3)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        column = spaced(QVBoxLayout(), gap=0.1, margins=(0.0, 0.22, 0.0, 0.0))
        column.addWidget(self.words)
        if means:
            column.addWidget(small_label(means))
        row.addLayout(column, 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's own name
        """A click on the words ticks as well."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.box.click()
        super().mouseReleaseEvent(event)
