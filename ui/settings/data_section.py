"""The library as a whole: where it is, its backups, and what was deleted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLayout, QListWidget, QVBoxLayout, QWidget

from cqcmock.domain.english import count, day
from cqcmock.errors import UserError
from cqcmock.paths import Location
from ui.desk import Desk
from ui.settings.deleted_part import DeletedPart
from ui.settings.section import CARD_MARGINS
from ui.sizes import sized, spaced
from ui.widgets.buttons import secondary_button
from ui.widgets.card import Card, button_row
from ui.widgets.labels import TextLabel, heading, wrapped_label
from ui.widgets.lists import list_view

if TYPE_CHECKING:
    from cqcmock.services.library import BackupInfo

LOOKING = "Looking at the backups…"
ON_SERVER = "Your council's library is kept on a server, which makes its own backups."


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryPlace:
    """Where the library is; `backups` of None where its server makes them."""

    folder: Path
    backups: tuple[BackupInfo, ...] | None


def holds(backup: BackupInfo) -> str:
    """When a backup was made and what is in it."""
    made = backup.made_at.astimezone()
    rehearsals = count(backup.sittings, "rehearsal") if backup.sittings else "no rehearsals"
    return f"{day(made.date())}, {made:%H:%M} · {rehearsals}"


class DataSection(Card):
    """Opens nothing and restores nothing itself: it says what the person wants."""

    open_folder_wanted = Signal(object)
    restore_wanted = Signal(object)
    filled = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Your data", parent=parent)
        self._desk = desk
        self._place: LibraryPlace | None = None
        self.folder: TextLabel = wrapped_label("")
        self.folder.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.open_folder = secondary_button("Open the folder", self._open_folder)
        self.newest: TextLabel = wrapped_label(LOOKING)
        self.back_up = secondary_button("Make a backup now", self._back_up)
        self.restore = secondary_button("Restore a backup…", self._choose_backup)
        self.deleted = DeletedPart(desk)
        self.choosing = self._make_choosing()
        self._lay_out()
        self._enable()

    def read(self) -> None:
        """Look again where the library is and which backups there are; beside the window, as each is opened."""
        desk = self._desk
        library = desk.opened
        if library is None:
            self.folder.setText("Your library is not open.")
            self.newest.setText("")
            self.filled.emit()
            return
        self.deleted.read()
        folder, on_server = library.folder, library.path is None
        place = desk.place if folder == desk.place.folder else Location(folder)  # the example has no lock

        def look() -> LibraryPlace:
            from cqcmock.services.backups import listed

            readable = tuple(backup.info for backup in listed(place) if backup.inside is not None)
            return LibraryPlace(folder=folder, backups=None if on_server else readable)

        desk.tasks.background(look, then=self._fill, failed=self._not_read, owner=self)

    def _make_choosing(self) -> QWidget:
        box = QWidget()
        self.backups = list_view(QListWidget(), "Backups, the newest first")
        sized(self.backups, min_height=6.0, max_height=14.0)
        self.backups.itemActivated.connect(lambda _: self._ask_to_restore())
        self.restore_this = secondary_button("Restore this one", self._ask_to_restore)
        self.keep = secondary_button("Keep what I have", self._stop_choosing)
        column = spaced(QVBoxLayout(box), gap=0.5)
        column.addWidget(heading("Which backup?", 3))
        column.addWidget(self.backups)
        column.addLayout(button_row(self.restore_this, self.keep))
        box.hide()
        return box

    def _lay_out(self) -> None:
        spaced(self.body, gap=1.0, margins=CARD_MARGINS)
        self._add_part("Where it is", self.folder, button_row(self.open_folder))
        backups = self._add_part("Backups", self.newest, button_row(self.back_up, self.restore))
        backups.addWidget(self.choosing)
        self.body.addWidget(self.deleted)

    def _add_part(self, title: str, about: QWidget, buttons: QLayout) -> QVBoxLayout:
        part = spaced(QVBoxLayout(), gap=0.4)
        part.addWidget(heading(title, 3))
        part.addWidget(about)
        part.addLayout(buttons)
        self.body.addLayout(part)
        return part

    def _enable(self) -> None:
        place = self._place
        here = place is not None and place.backups is not None
        self.open_folder.setEnabled(place is not None)
        self.back_up.setEnabled(here)
        self.restore.setEnabled(place is not None and bool(place.backups))

    def _fill(self, place: LibraryPlace) -> None:
        self._place = place
        self.folder.setText(str(place.folder))
        if place.backups is None:
            self.newest.setText(ON_SERVER)
        elif place.backups:
            self.newest.setText(f"The newest: {holds(place.backups[0])}.")
        else:
            self.newest.setText("No backup has been made yet.")
        self.backups.clear()
        self.backups.addItems([holds(backup) for backup in place.backups or ()])
        self._enable()
        self.filled.emit()

    def _not_read(self, error: UserError) -> None:
        self.newest.setText(str(error))
        self.filled.emit()

    def _open_folder(self) -> None:
        if self._place is not None:
            self.open_folder_wanted.emit(self._place.folder)

    def _back_up(self) -> None:
        desk = self._desk
        self.back_up.setEnabled(False)

        def make() -> BackupInfo:
            from cqcmock.services.library import back_up_now

            return back_up_now(desk.library)

        def made(backup: BackupInfo) -> None:
            desk.messages.say(f"A backup was made: {holds(backup)}.")
            self.read()

        def failed(error: UserError) -> None:
            desk.messages.tell(error)
            self._enable()

        desk.tasks.database(make, then=made, failed=failed, doing="Making a backup", owner=self)

    def _choose_backup(self) -> None:
        self.choosing.show()
        self.backups.setCurrentRow(0)
        self.backups.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stop_choosing(self) -> None:
        self.choosing.hide()
        self.restore.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_to_restore(self) -> None:
        at = self.backups.currentRow()
        if self._place is None or not self._place.backups or at < 0:
            return
        backup = self._place.backups[at]

        def answered(yes: bool) -> None:
            if yes:
                self._stop_choosing()
                self.restore_wanted.emit(backup)

        self._desk.messages.ask(
            f"Go back to the backup of {holds(backup)}?",
            yes="Restore it",
            no="Keep what I have",
            then=answered,
            detail="Your library of now is put aside in the data folder; it is not deleted.",
        )
