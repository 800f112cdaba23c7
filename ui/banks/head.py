"""The head of a screen: its heading, and beside it what can be done at any time."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QPushButton, QSizePolicy, QWidget

from ui.sizes import body_em, spaced
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import heading
from ui.widgets.refitting import Refitting

_NARROWEST_EMS = 40.0


class Head(Refitting, QWidget):
    """The buttons go below the heading where there is little width."""

    def __init__(self, title: str, *buttons: QPushButton) -> None:
        super().__init__()
        self._row = spaced(QBoxLayout(QBoxLayout.Direction.LeftToRight, self), gap=0.5)
        self._row.addWidget(heading(title), 1)
        deeds = QWidget()
        flow = spaced(FlowLayout(deeds), gap=0.4)
        for button in buttons:
            flow.addWidget(button)
        self._row.addWidget(deeds)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def refit(self) -> None:
        below = self.width() < body_em(_NARROWEST_EMS)
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight)
