"""The shortcut sheet: every key of the program on one page, drawn from the table of commands."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.commands import COMMANDS, Place, key_text
from ui.sizes import sized_for_screen, spaced
from ui.widgets.buttons import secondary_button
from ui.widgets.labels import TextLabel, heading, wrapped_label
from ui.widgets.scroll_page import ScrollPage

_MARKING = (
    ("0 to 3", "Give this level, and go on to the next"),
    ("Backspace", "Take the last level back"),
    ("N", "Next answer"),
    ("P", "Previous answer"),
    ("C", "Write a comment"),
    ("X", "Overrule what was recognised, in its list"),
    ("Esc", "Back from the comment to the levels"),
)
_PACK = (
    ("W", "Go to the words of the answer"),
    ("M", "Comment on the words that are selected"),
    ("A", "Open or close what the pack tells about the place"),
    ("Esc", "Back to the levels, or close what is open"),
)
_INTERVIEWER = (
    ("1 to 6", "Say what you heard: the next follow-up question comes up"),
    ("Backspace", "Take the last tap back"),
    ("Ctrl+Enter", "Go on"),
    ("F5", "To the interview, and back"),
)
_OBSERVER = (
    ("A, J, E, N, V", "Count an “ah”, jargon, an example, a number, somebody’s voice"),
    ("Shift and the letter", "Take one back"),
)
_SITTINGS = (
    ("Enter", "Open the sitting, where it stands"),
    ("F2", "Rename it"),
    ("Del", "Delete it; it can be taken back"),
)
_STORY = (
    ("Enter", "Change what is chosen"),
    ("Del", "Delete it; it can be taken back"),
)
_HERE_TOO = (
    ("Tab", "Go to the next control"),
    ("Shift+Tab", "Go back to the one before"),
    ("Space", "Press a button, tick a box"),
    ("Esc", "Close a dialog"),
)
_OF_SCREENS = (
    ("While you mark your answers", _MARKING),
    ("While you mark a pack, also", _PACK),
    ("In the interviewer’s window", _INTERVIEWER),
    ("For the observer in a café", _OBSERVER),
    ("In the list of last sittings", _SITTINGS),
    ("In the lists of the local story", _STORY),
    ("In every window", _HERE_TOO),
)
"""Keys that a screen or Qt answers to, and no command."""


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
                (tuple(dict.fromkeys(key_text(key) for key in command.keys)), command.title)
                for command in COMMANDS
                if command.place is place and command.keys
            ]
            page.column.addWidget(heading(place.value, 2))
            page.column.addWidget(_grid(keys))
        for title, others in _OF_SCREENS:
            page.column.addWidget(heading(title, 2))
            page.column.addWidget(_grid([((key_text(key) or key,), deed) for key, deed in others]))
        outer.addWidget(page, 1)
        foot = spaced(QHBoxLayout(), gap=0.5, margins=(2.5, 0.75, 2.5, 0.0))
        foot.addStretch(1)
        self.close_button = secondary_button("Close", self.accept)
        foot.addWidget(self.close_button)
        outer.addLayout(foot)
        sized_for_screen(self, 38.0, 40.0)
        self.close_button.setDefault(True)
        page.setFocus()  # so that the arrows and Page Down show the rest

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
