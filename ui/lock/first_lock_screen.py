"""The first run's question: whether the library is to be locked. One key press for whoever only wants to rehearse."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from ui.screen import Screen
from ui.sizes import spaced
from ui.widgets.buttons import link_button, primary_button, secondary_button
from ui.widgets.card import Card, button_row
from ui.widgets.labels import heading, lead_label, small_label
from ui.widgets.scroll_page import ScrollPage

TITLE = "Lock your library?"
SENTENCES = (
    "Your answers can be locked, so that a colleague who borrows this laptop, or a thief, cannot read them.",
    "You get six words, to print and to keep away from the laptop: they open it wherever this computer does not.",
    "If you lose them, and nothing else opens it, nobody can read your library again: not your council, and not us.",
)
NOT_NOW = "“Not now” asks again at the next start, three times at most. It is always in the settings."
NO_LOCK = "Without a lock, whoever can read this computer’s disk can read everything that you say here."
BRING = "I have a new computer: bring everything from the old one…"
_WIDEST_EMS = 46.0


class FirstLockScreen(Screen):
    """Lock it, not now, or never: nothing else is asked."""

    lock_wanted = Signal()
    not_now = Signal()
    no_lock = Signal()
    bring_wanted = Signal()
    whole_width = True

    def __init__(self) -> None:
        super().__init__()
        self.page = ScrollPage(widest=_WIDEST_EMS, top=2.5)
        self.lock_button = primary_button("Lock this library", self.lock_wanted.emit)
        self.not_now_button = secondary_button("Not now", self.not_now.emit)
        self.no_lock_button = link_button("No lock on this computer", self.no_lock.emit)
        self.bring_button = link_button(BRING, self.bring_wanted.emit)
        self.not_now_button.setToolTip("Esc")
        self.not_now_button.setAccessibleDescription(NOT_NOW)
        self.no_lock_button.setAccessibleDescription(NO_LOCK)
        card = Card()
        for sentence in SENTENCES:
            card.body.addWidget(lead_label(sentence))
        card.body.addLayout(button_row(self.lock_button, self.not_now_button, self.no_lock_button))
        card.body.addWidget(small_label(f"{NOT_NOW} {NO_LOCK}"))
        spaced(card.body, gap=0.9, margins=(1.6, 1.4, 1.6, 1.4))
        self.page.column.addWidget(heading(TITLE))
        self.page.column.addWidget(card)
        self.page.column.addWidget(self.bring_button)
        self.page.column.setAlignment(self.bring_button, Qt.AlignmentFlag.AlignLeft)
        spaced(QVBoxLayout(self), gap=0).addWidget(self.page)

    def arrived(self) -> None:
        """Return locks, Escape puts it off."""
        self.lock_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.filled.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Escape means not now."""
        if event.key() == Qt.Key.Key_Escape:
            self.not_now.emit()
        else:
            super().keyPressEvent(event)
