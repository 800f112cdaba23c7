"""The pack that somebody is marking, held open while its screen is there, so that no mark waits for a file to open."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cqcmock.domain.review import Pack, PeerMarks, Sheet, Whole
from ui.desk import Desk
from ui.review.mark_state import Kept, Step, StepKind

if TYPE_CHECKING:
    from cqcmock.services.reviewing import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """A pack and what has been marked of it, as it is on disk."""

    pack: Pack
    order: tuple[str, ...]
    sheets: Mapping[str, Sheet]
    exemplar_sheets: Mapping[str, Sheet]
    wholes: Mapping[str, Whole]


class AtWork:
    """Everything here but `rest` belongs in the database lane. Whoever throws it away calls `rest` first."""

    def __init__(self, desk: Desk, pack_id: str) -> None:
        self._desk = desk
        self._pack_id = pack_id
        self._workspace: Workspace | None = None
        self._in_use = True

    @property
    def workspace(self) -> Workspace:
        """The pack, opened now if it is not open. Raises UserError where it is not here any more."""
        self._in_use = True
        if self._workspace is None:
            from cqcmock.services import reviewing

            self._workspace = reviewing.workspace(self._desk.place, self._pack_id)
        return self._workspace

    def read(self) -> Material:
        """Everything that the screen shows."""
        there = self.workspace
        return Material(
            pack=there.pack,
            order=there.order,
            sheets=there.sheets(),
            exemplar_sheets=there.exemplar_sheets(),
            wholes=there.wholes(),
        )

    def save(self, batch: Mapping[Step, Kept]) -> None:
        """Keep what was marked; to keep it again does no harm."""
        there, clock = self.workspace, self._desk.clock
        for step, value in batch.items():
            if isinstance(value, Whole):
                on_disk = there.wholes().get(step.id)
                if on_disk is None or (on_disk.overall, on_disk.comment) != (value.overall, value.comment):
                    there.save_whole(step.id, value.overall, value.comment, clock)
            elif step.kind is StepKind.EXEMPLAR:
                compared = isinstance(value, Sheet)
                there.save_exemplar(
                    step.id, value.marks if isinstance(value, Sheet) else value, clock, compared=compared
                )
            elif isinstance(value, PeerMarks):
                there.save(step.id, value, clock)

    def submit(self, sheet_id: str, marks: PeerMarks) -> Sheet:
        """Submit the marks of one answer. Raises UserError naming what is missing."""
        return self.workspace.submit(sheet_id, marks, self._desk.clock)

    def rest(self) -> None:
        """Close the file once everything handed in has been done; whatever is asked for later opens it again."""
        if not self._in_use:
            return
        self._in_use = False
        with suppress(RuntimeError):  # the lanes have ended: so does the program, and the file is closed with it
            self._desk.tasks.database(self._close)

    def _close(self) -> None:
        there, self._workspace = self._workspace, None
        if there is not None:
            there.close()
