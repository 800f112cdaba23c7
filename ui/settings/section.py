"""A part of the settings: shows them, and says which of them the person wants otherwise."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cqcmock.settings import Settings
from ui.settings.entries import DateEntry, Entry, NumberEntry, TextEntry
from ui.sizes import spaced
from ui.widgets.card import Card

CARD_MARGINS = (1.35, 1.15, 1.35, 1.15)
"""Those of every card; a form has more room between its lines."""


class Section(Card):
    """`wanted` carries the fields of Settings to change, by name."""

    wanted = Signal(dict)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent=parent)
        spaced(self.body, gap=1.0, margins=CARD_MARGINS)

    def add(self, entry: Entry) -> None:
        """One more entry, below the others."""
        self.body.addWidget(entry)

    def show_settings(self, settings: Settings) -> None:
        """Show what is set now."""
        raise NotImplementedError

    def commit(self) -> None:
        """Take what was typed and not finished with Return or Tab."""
        for entry in self.findChildren(Entry):
            if isinstance(entry, TextEntry | NumberEntry | DateEntry) and entry.isVisibleTo(self):
                entry.commit()
