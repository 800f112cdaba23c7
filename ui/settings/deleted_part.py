"""Rehearsals and café sessions that were deleted: taken back for thirty days, or gone for good at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cqcmock.domain.english import count, day
from ui.app_signals import Subject, change
from ui.desk import Desk
from ui.keeping.reading import place_of
from ui.sizes import spaced
from ui.widgets.buttons import secondary_button
from ui.widgets.card import button_row
from ui.widgets.labels import heading, wrapped_label
from ui.widgets.line_list import Line, LineList

if TYPE_CHECKING:
    from cqcmock.domain.sitting import SittingSummary
    from cqcmock.services.cafe.planning import CafeSession

ABOUT = (
    "What you delete can be taken back for thirty days. Delete it for good if it should be gone now, "
    "from the backups too."
)
_ROWS_IN_SIGHT = 4


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


def _line(one: Deleted) -> Line:
    parts = (one.about, f"deleted on {day(one.at.astimezone().date())}")
    return Line(key=one.id, title=one.title, about=" · ".join(part for part in parts if part))


class DeletedPart(QWidget):
    """A list with one button to take something back, and one to delete it all for good."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._deleted: dict[str, Deleted] = {}
        self.list = LineList("Deleted rehearsals and café sessions, the latest first", rows_in_sight=_ROWS_IN_SIGHT)
        self.list.open_wanted.connect(lambda _: self._take_back())
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
        ordered = sorted(found, key=lambda one: one.at, reverse=True)
        self._deleted = {one.id: one for one in ordered}
        self.list.show_lines([_line(one) for one in ordered])
        self.list.setVisible(bool(found))
        self.take_back.setVisible(bool(found))
        self.erase.setEnabled(bool(found))

    def _take_back(self) -> None:
        desk, one = self._desk, self._deleted.get(self.list.chosen)
        if one is None:
            return

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
            if any(gone):
                desk.messages.say(_gone_words(*gone))
            self.read()
            self._finish()

        desk.tasks.database(purge, then=erased, owner=self)

    def _finish(self) -> None:
        """Take what went out of the backups too; then say why something stayed, if anything did."""
        desk = self._desk
        copying = desk.copying

        def finish() -> None:
            from cqcmock.services import sittings, wiping
            from cqcmock.services.cafe import deleting

            with copying.held_off():
                wiping.finish(desk.library, place_of(desk))
            for rehearsal in sittings.deleted(desk.library, 1):
                sittings.delete_for_good(desk.library, rehearsal.id)  # which says what keeps it
            for session in deleting.deleted(desk.library, 1):
                deleting.delete_for_good(desk.library, session.id, desk.clock)

        desk.tasks.database(finish, doing="Cleaning the backups")


def _gone_words(rehearsals: int, cafes: int) -> str:
    if not cafes:
        return f"{count(rehearsals, 'rehearsal was', 'rehearsals were')} deleted for good."
    sessions = count(cafes, "café session")
    if not rehearsals:
        return f"{sessions} {'was' if cafes == 1 else 'were'} deleted for good."
    return f"{count(rehearsals, 'rehearsal')} and {sessions} were deleted for good."
