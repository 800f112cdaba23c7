"""The rail of rooms at the left of the window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui.first_frame import never_scroll_sideways, stop_tab_at
from ui.sizes import sized, spaced
from ui.widgets.buttons import literal
from ui.widgets.labels import heading


@dataclass(frozen=True, slots=True, kw_only=True)
class RailEntry:
    """A line of the rail. What stands at the foot is for the program itself, not for the work."""

    id: str
    title: str
    at_the_foot: bool = False
    leads_to_a_room: bool = True


class Rail(QScrollArea):
    """Says `wanted` with the id of the entry; shows with `show_current` which room one is in.

    The buttons are no group: Tab comes to each of them, and the arrows lead nowhere by themselves.
    """

    wanted = Signal(str)

    def __init__(self, title: str, entries: Sequence[RailEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "rail")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        never_scroll_sideways(self)
        stop_tab_at(self, False)
        self.setAccessibleName("Rooms")
        inside = QFrame()
        inside.setProperty("kind", "rail")
        column = spaced(QVBoxLayout(inside), gap=0.2, margins=(0.9, 1.4, 0.9, 1.0))
        name = heading(title, 2)
        name.setWordWrap(False)
        column.addWidget(name)
        column.addSpacing(name.sizeHint().height() // 2)
        self._current = ""
        self._buttons: dict[str, QPushButton] = {}
        for entry in entries:
            if not entry.at_the_foot:
                column.addWidget(self._button(entry))
        column.addStretch(1)
        for entry in entries:
            if entry.at_the_foot:
                column.addWidget(self._button(entry))
        self.setWidget(inside)
        sized(self, min_width=11.8, max_width=11.8)

    def button(self, entry: str) -> QPushButton:
        """The button of an entry."""
        return self._buttons[entry]

    def show_current(self, entry: str) -> None:
        """This is the room in which one is."""
        self._current = entry
        for name, button in self._buttons.items():
            button.setChecked(name == entry)

    def _button(self, entry: RailEntry) -> QPushButton:
        button = QPushButton(literal(entry.title))
        button.setProperty("kind", "rail")
        button.setAutoDefault(True)
        button.setCheckable(entry.leads_to_a_room)
        button.clicked.connect(lambda _checked=False: self._clicked(entry.id))
        self._buttons[entry.id] = button
        return button

    def _clicked(self, entry: str) -> None:
        self.show_current(self._current)  # whoever is asked for a room says whether it is shown
        self.wanted.emit(entry)
