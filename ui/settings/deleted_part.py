"""Rehearsals and café sessions that were deleted: taken back for thirty days, or gone for good at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
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
    from cqcmock.services.cafe.planning import CafeSession

ABOUT = (
    "What you delete can be taken back for thirty days. Delete it for good if it should be gone now; "
    "backups made earlier still hold it."
)
_WHAT = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Deleted:
    """Something that can be taken back: a rehearsal, or a café session."""

    id: str
    title: str
    about: str
    at: datetime
    is_cafe: bool


def _rehearsal(summary: SittingSummary) -> Deleted:
    assert summary.deleted_at is not None
    return Deleted(id=summary.id, title=summary.title, about="", at=summary.deleted_at, is_cafe=False)


def _cafe(session: CafeSession) -> Deleted:
    assert session.deleted_at is not None
    on = day(session.day)
    about = "café session" if on in session.title else f"café session of {on}"
    return Deleted(id=session.id, title=session.title, about=about, at=session.deleted_at, is_cafe=True)


class DeletedPart(QWidget):
    """A list with one button to take something back, and one to delete it all for good."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.list = list_view(QListWidget(), "Deleted rehearsals and café sessions, the latest first")
        sized(self.list, min_height=4.0, max_height=10.0)
        self.list.itemActivated.connect(lambda _: self._take_back())
        self.take_back = secondary_button("Take this one back", self._take_back)
        self.erase = secondary_button("Delete for good…", self._ask_to_erase)
        self.erase.setAccessibleName("Delete for good what was deleted")
        column = spaced(QVBoxLayout(self), gap=0.4)
        column.addWidget(heading("Deleted rehearsals and café sessions", 3))
        column.addWidget(wrapped_label(ABOUT))
        column.addWidget(self.list)
        column.addLayout(button_row(self.take_back, self.erase))
        self._fill(())

    def read(self) -> None:
        """Look again what was deleted."""
        desk = self._desk

        def look() -> tuple[Deleted, ...]:
            from cqcmock.services import sittings
            from cqcmock.services.cafe import deleting

            return (
                *map(_rehearsal, sittings.deleted(desk.library)),
                *map(_cafe, deleting.deleted(desk.library)),
            )

        if desk.opened is not None:
            desk.tasks.database(look, then=self._fill, owner=self)

    def _fill(self, found: Sequence[Deleted]) -> None:
        self.list.clear()
        for one in sorted(found, key=lambda one: one.at, reverse=True):
            parts = (one.title, one.about, f"deleted {day(one.at.astimezone().date())}")
            item = QListWidgetItem(" · ".join(part for part in parts if part))
            item.setData(_WHAT, one)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setVisible(bool(found))
        self.take_back.setVisible(bool(found))
        self.erase.setEnabled(bool(found))

    def _take_back(self) -> None:
        if self.list.currentRow() < 0:
            return
        desk, one = self._desk, self.list.currentItem().data(_WHAT)

        def undelete() -> None:
            from cqcmock.services import sittings
            from cqcmock.services.cafe import deleting

            if one.is_cafe:
                deleting.undelete(desk.library, one.id)
            else:
                sittings.undelete(desk.library, one.id)

        def is_back(_: None) -> None:
            subjects = (Subject.CAFES,) if one.is_cafe else (Subject.SITTINGS, Subject.ACTIONS)
            desk.signals.changed.emit(change(*subjects, ids=(one.id,)))
            desk.messages.say(f"“{one.title}” is back.")
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
            desk.signals.changed.emit(change(Subject.SITTINGS, Subject.CAFES))
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
