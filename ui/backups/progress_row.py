"""How far a copy has come, and the button that stops it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from ui.sizes import sized, spaced
from ui.widgets.buttons import secondary_button
from ui.widgets.card import button_row
from ui.widgets.labels import TextLabel, wrapped_label

STOPPING = "Stopping…"


class ProgressRow(QWidget):
    """Out of sight while nothing is going on."""

    def __init__(self, stop: Callable[[], object]) -> None:
        super().__init__()
        self._stop = stop
        self.doing: TextLabel = wrapped_label()
        self.bar = sized(QProgressBar(), max_width=20.0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("How much is done")
        self.stop_button = secondary_button("Stop", self._stop_it)
        column = spaced(QVBoxLayout(self), gap=0.4)
        column.addWidget(self.doing)
        column.addWidget(self.bar)
        column.addLayout(button_row(self.stop_button))
        self.hide()

    def begin(self, doing: str) -> None:
        """Something is going on."""
        self.doing.setText(doing)
        self.stop_button.setEnabled(True)
        self.bar.setRange(0, 1)
        self.bar.setValue(0)
        self.show()

    def show_progress(self, done: int, total: int) -> None:
        """So much of the whole is done."""
        if total:
            self.bar.setRange(0, total)
            self.bar.setValue(done)

    def end(self) -> None:
        """Nothing is going on any more."""
        self.hide()

    def _stop_it(self) -> None:
        self.doing.setText(STOPPING)
        self.stop_button.setEnabled(False)
        self._stop()
