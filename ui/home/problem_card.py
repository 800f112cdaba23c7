"""The library could not be opened: what happened, what can be done, and a button for each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from cqcmock.domain.english import count, day
from cqcmock.errors import UserError
from ui.widgets.buttons import primary_button, secondary_button
from ui.widgets.card import Card
from ui.widgets.labels import lead_label, wrapped_label

COPIES_OFFERED = 3


class ProblemCard(Card):
    """Takes the place of everything else on the first screen."""

    try_again_wanted = Signal()
    restore_wanted = Signal(object)
    start_afresh_wanted = Signal()

    def __init__(self, error: UserError, parent: QWidget | None = None) -> None:
        from cqcmock.services.library import DamagedLibraryError

        super().__init__("Your library could not be opened", parent=parent)
        self.what_happened = lead_label(error.what_happened)
        self.what_to_do = wrapped_label(error.what_to_do)
        if not error.what_to_do:
            self.what_to_do.hide()
        self.body.addWidget(self.what_happened)
        self.body.addWidget(self.what_to_do)
        self.buttons: list[QPushButton] = []

        def offer(title: str, do: Callable[[], object], about: str = "") -> None:
            button = (secondary_button if self.buttons else primary_button)(title, do)
            button.setAccessibleDescription(about)
            self.buttons.append(button)

        if isinstance(error, DamagedLibraryError):
            for copy in error.backups[:COPIES_OFFERED]:
                made = copy.made_at.astimezone()
                offer(
                    f"Go on with the copy of {day(made.date())}, {made:%H:%M}",
                    partial(self.restore_wanted.emit, copy),
                    f"It holds {_holds(copy.sittings)}.",
                )
            if error.backups:
                self.holds = wrapped_label(f"The newest copy holds {_holds(error.backups[0].sittings)}.", quiet=True)
                self.body.addWidget(self.holds)
            offer("Start a new library", self.start_afresh_wanted.emit)
        else:
            offer("Try again", self.try_again_wanted.emit)
        self.add_buttons(*self.buttons)


def _holds(sittings: int) -> str:
    return count(sittings, "rehearsal") if sittings else "no rehearsals"
