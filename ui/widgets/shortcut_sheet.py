"""The shortcut sheet: every key of the program on one page, drawn from the table of commands."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.commands import COMMANDS, Place, key_text
from ui.sizes import sized_for_screen, spaced
from ui.widgets.buttons import secondary_button
from ui.widgets.labels import TextLabel, heading, wrapped_label
from ui.widgets.scroll_page import ScrollPage

_HERE_TOO = (
    ("0 to 3", "Give that mark, with the focus in a row of marks"),
    ("Tab", "Go to the next control"),
    ("Esc", "Close a dialog"),
)


class ShortcutSheet(QDialog):
    """Closes with Escape, or the button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        outer = spaced(QVBoxLayout(self), gap=0, margins=(0.0, 0.0, 0.0, 1.0))
        page = ScrollPage(gap=1.0)
        page.column.addWidget(heading("Keyboard shortcuts", 1))
        for place in Place:
            keys = [
                (tuple(key_text(key) for key in command.keys), command.title)
                for command in COMMANDS
                if command.place is place and command.keys
            ]
            page.column.addWidget(heading(place.value, 2))
            page.column.addWidget(_grid(keys))
        page.column.addWidget(heading("In every window", 2))
        page.column.addWidget(_grid([((key,), title) for key, title in _HERE_TOO]))
        outer.addWidget(page, 1)
        foot = spaced(QHBoxLayout(), gap=0.5, margins=(2.5, 0.75, 2.5, 0.0))
        foot.addStretch(1)
        self.close_button = secondary_button("Close", self.accept)
        foot.addWidget(self.close_button)
        outer.addLayout(foot)
        sized_for_screen(self, 38.0, 40.0)
        self.close_button.setFocus()

    def text(self) -> str:
        """Everything on the sheet, for whoever looks something up in it."""
        return "\n".join(label.text() for label in self.findChildren(TextLabel))


def _grid(rows: list[tuple[tuple[str, ...], str]]) -> QWidget:
    box = QWidget()
    grid = spaced(QGridLayout(box), gap=0.45)
    grid.setColumnStretch(0, 1)
    for at, (keys, title) in enumerate(rows):
        caps = spaced(QHBoxLayout(), gap=0.3)
        for key in keys:
            cap = TextLabel(key, kind="key", wrap=False)
            caps.addWidget(cap)
        grid.addWidget(wrapped_label(title), at, 0)
        grid.addLayout(caps, at, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return box
