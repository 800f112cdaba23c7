"""The library could not be opened: what happened, what can be done, and a button for each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from cqcmock.domain.english import count, day
from cqcmock.errors import UserError
from ui.backups import wording
from ui.widgets.buttons import primary_button, secondary_button
from ui.widgets.card import Card
from ui.widgets.labels import lead_label, wrapped_label

if TYPE_CHECKING:
    from cqcmock.services.backups import Preview
    from cqcmock.services.library import BackupInfo

COPIES_OFFERED = 3


class ProblemCard(Card):
    """Takes the place of everything else on the first screen."""

    try_again_wanted = Signal()
    restore_wanted = Signal(object)
    start_afresh_wanted = Signal()
    backups_wanted = Signal()
    bring_wanted = Signal()

    def __init__(self, error: UserError, today: date, parent: QWidget | None = None) -> None:
        from cqcmock.services.library import DamagedLibraryError

        super().__init__("Your library could not be opened", parent=parent)
        self.what_happened = lead_label(error.what_happened)
        self.what_to_do = wrapped_label(error.what_to_do)
        if not error.what_to_do:
            self.what_to_do.hide()
        self.body.addWidget(self.what_happened)
        self.body.addWidget(self.what_to_do)
        self.buttons: list[QPushButton] = []
        self.newest: BackupInfo | None = None

        def offer(title: str, do: Callable[[], object], about: str = "") -> None:
            button = (secondary_button if self.buttons else primary_button)(title, do)
            button.setAccessibleDescription(about)
            self.buttons.append(button)

        if isinstance(error, DamagedLibraryError):
            for copy in error.backups[:COPIES_OFFERED]:
                made = copy.made_at.astimezone()
                offer(
                    f"Go on with the copy of {_short(made.date(), today)}, {made:%H:%M}",
                    partial(self.restore_wanted.emit, copy),
                    f"Of {wording.moment(copy.made_at)}. It holds {_holds(copy.sittings)}.",
                )
            if error.backups:
                self.newest = error.backups[0]
                self.holds = wrapped_label(f"The newest copy holds {_holds(self.newest.sittings)}.")
                self.newest_rehearsal = wrapped_label(quiet=True)
                self.lost = wrapped_label(wording.would_be_lost(self.newest, error.put_aside_as))
                for label in (self.holds, self.newest_rehearsal, self.lost):
                    self.body.addWidget(label)
                    label.setVisible(bool(label.text()))
                offer("See what is in each…", self.backups_wanted.emit)
            offer("Bring everything from a stick…", self.bring_wanted.emit)
            offer("Start a new library", self.start_afresh_wanted.emit)
        else:
            offer("Try again", self.try_again_wanted.emit)
        self.add_buttons(*self.buttons)

    def show_inside(self, seen: Preview) -> None:
        """What is in the newest copy, now that it has been looked into."""
        inside = seen.backup.inside
        if inside is None:
            return
        made = f"Of {wording.moment(seen.backup.info.made_at)}."
        self.holds.setText(f"The newest copy holds {inside.in_words()}.")
        self.buttons[0].setAccessibleDescription(" ".join((made, self.holds.text(), self.lost.text())))
        self.newest_rehearsal.setText(wording.newest_rehearsal(seen.backup))
        self.newest_rehearsal.setVisible(bool(self.newest_rehearsal.text()))


def _short(on: date, today: date) -> str:
    """The day in few letters: the button has to fit beside the rail in large type."""
    number, month, year = day(on).split()
    return f"{number} {month[:3]}" + ("" if on.year == today.year else f" {year}")


def _holds(sittings: int) -> str:
    return count(sittings, "rehearsal") if sittings else "no rehearsals"
