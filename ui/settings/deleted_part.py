"""Rehearsals that were deleted: taken back for thirty days, or gone for good at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from cqcmock.domain.english import count, day
from ui.app_signals import Subject, change
from ui.desk import Desk
from ui.sizes import sized, spaced
from ui.widgets.buttons import secondary_button
from ui.widgets.card import button_row
from ui.widgets.labels import heading, wrapped_label
from ui.widgets.lists import list_view

if TYPE_CHECKING:
    from cqcmock.domain.sitting import SittingSummary

ABOUT = (
    "What you delete can be taken back for thirty days. Delete it for good if it should be gone now; "
    "backups made earlier still hold it."
)
_ID = Qt.ItemDataRole.UserRole


class DeletedPart(QWidget):
    """A list with one button to take a rehearsal back, and one to delete them all for good."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.list = list_view(QListWidget(), "Deleted rehearsals, the latest first")
        sized(self.list, min_height=4.0, max_height=10.0)
        self.list.itemActivated.connect(lambda _: self._take_back())
        self.take_back = secondary_button("Take this one back", self._take_back)
        self.erase = secondary_button("Delete for good…", self._ask_to_erase)
        self.erase.setAccessibleName("Delete for good what was deleted")
        column = spaced(QVBoxLayout(self), gap=0.4)
        column.addWidget(heading("Deleted rehearsals", 3))
        column.addWidget(wrapped_label(ABOUT))
        column.addWidget(self.list)
        column.addLayout(button_row(self.take_back, self.erase))
        self._fill(())

    def read(self) -> None:
        """Look again what was deleted."""
        desk = self._desk

        def look() -> tuple[tuple[SittingSummary, ...], int]:
            from cqcmock.services import sittings
            from cqcmock.services.cafe import deleting

            return sittings.deleted(desk.library), len(deleting.deleted(desk.library))

        if desk.opened is not None:
            desk.tasks.database(look, then=lambda found: self._fill(*found), owner=self)

    def _fill(self, found: tuple[SittingSummary, ...], cafes: int = 0) -> None:
        self.list.clear()
        for summary in found:
            assert summary.deleted_at is not None
            item = QListWidgetItem(f"{summary.title} · deleted {day(summary.deleted_at.astimezone().date())}")
            item.setData(_ID, summary.id)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setVisible(bool(found))
        self.take_back.setVisible(bool(found))
        self.erase.setEnabled(bool(found or cafes))

    def _take_back(self) -> None:
        if self.list.currentRow() < 0:
            return
        item = self.list.currentItem()
        desk, sitting_id, title = self._desk, str(item.data(_ID)), item.text().rsplit(" · ", 1)[0]

        def undelete() -> None:
            from cqcmock.services import sittings

            sittings.undelete(desk.library, sitting_id)

        def is_back(_: None) -> None:
            desk.signals.changed.emit(change(Subject.SITTINGS, Subject.ACTIONS, ids=(sitting_id,)))
            desk.messages.say(f"“{title}” is back.")
            self.read()

        desk.tasks.database(undelete, then=is_back, owner=self)

    def _ask_to_erase(self) -> None:
        self._desk.messages.ask(
            "Delete for good every rehearsal and café session that was deleted?",
            yes="Delete for good",
            no="Keep them",
            then=lambda yes: self._erase() if yes else None,
            detail="They can then no longer be taken back.",
        )

    def _erase(self) -> None:
        desk = self._desk

        def purge() -> tuple[int, int]:
            from cqcmock.services import sittings
            from cqcmock.services.cafe import deleting

            return sittings.purge_all_deleted(desk.library), deleting.purge_all_deleted(desk.library)

        def erased(gone: tuple[int, int]) -> None:
            desk.signals.changed.emit(change(Subject.SITTINGS))
            desk.messages.say(_gone_words(*gone))
            self.read()

        desk.tasks.database(purge, then=erased, owner=self)


def _gone_words(rehearsals: int, cafes: int) -> str:
    if not cafes:
        return f"{count(rehearsals, 'rehearsal was', 'rehearsals were')} deleted for good."
    sessions = count(cafes, "café session")
    if not rehearsals:
        return f"{sessions} {'was' if cafes == 1 else 'were'} deleted for good."
    return f"{count(rehearsals, 'rehearsal')} and {sessions} were deleted for good."
