"""The library as a whole: where it is, and what was deleted."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.desk import Desk
from ui.settings.deleted_part import DeletedPart
from ui.settings.section import CARD_MARGINS
from ui.sizes import spaced
from ui.widgets.buttons import secondary_button
from ui.widgets.card import Card, button_row
from ui.widgets.labels import TextLabel, heading, wrapped_label

NOT_OPEN = "Your library is not open."


class DataSection(Card):
    """Opens nothing itself: it says what the person wants."""

    open_folder_wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Your data", parent=parent)
        self._desk = desk
        self._folder: Path | None = None
        self.folder: TextLabel = wrapped_label("")
        self.folder.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.open_folder = secondary_button("Open the folder", self._open_folder)
        self.deleted = DeletedPart(desk)
        spaced(self.body, gap=1.0, margins=CARD_MARGINS)
        part = spaced(QVBoxLayout(), gap=0.4)
        part.addWidget(heading("Where it is", 3))
        part.addWidget(self.folder)
        part.addLayout(button_row(self.open_folder))
        self.body.addLayout(part)
        self.body.addWidget(self.deleted)
        self.open_folder.setEnabled(False)

    def read(self) -> None:
        """Look again where the library is."""
        library = self._desk.opened
        self._folder = None if library is None else library.folder
        self.folder.setText(NOT_OPEN if library is None else str(library.folder))
        self.open_folder.setEnabled(library is not None)
        if library is not None:
            self.deleted.read()

    def _open_folder(self) -> None:
        if self._folder is not None:
            self.open_folder_wanted.emit(self._folder)
