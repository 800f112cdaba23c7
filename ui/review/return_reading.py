"""What returning a pack reads and does in the database lane, in the workspaces of the person's own computer."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cqcmock.domain.review import ReturnDraft, SheetState
from cqcmock.errors import UserError

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from cqcmock.services.reviewing import Receipt
    from ui.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetToReturn:
    """One answer and how far it is marked; `number` counts in the order of marking, from 1.

    `changed` is true where it was submitted after the latest return.
    """

    id: str
    number: int
    candidate: str
    question: int
    text: str
    state: SheetState
    levels: int
    lenses: int
    changed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ToReturn:
    """A pack as it would go back now. `unwritten` are the candidates of whom nothing is said as a whole.

    `hint` belongs in the name of the file. `receipts` are those of earlier returns, the latest first; `draft` is what
    is settled about the next one.
    """

    pack: str
    hint: str
    file_name: str
    made_by: str
    reviewer: str
    deadline: date | None
    sheets: tuple[SheetToReturn, ...]
    unwritten: tuple[str, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    draft: ReturnDraft = field(default_factory=ReturnDraft)

    @property
    def missing(self) -> tuple[SheetToReturn, ...]:
        """The sheets that are not submitted, in the order of marking."""
        return tuple(sheet for sheet in self.sheets if sheet.state is not SheetState.SUBMITTED)

    @property
    def changed(self) -> tuple[SheetToReturn, ...]:
        """The sheets that were submitted after the latest return, if there was one."""
        return tuple(sheet for sheet in self.sheets if sheet.changed)


def read_to_return(desk: Desk, pack_id: str) -> ToReturn:
    """Everything that the screen shows. Raises UserError where the pack is not here."""
    from cqcmock.services import reviewer_keys, reviewing

    with reviewing.workspace(desk.place, pack_id) as workspace:
        pack, sheets, receipts = workspace.pack, workspace.sheets(), workspace.receipts()
        wholes = workspace.wholes()
        last = receipts[0].at if receipts else None
        draft = workspace.return_draft()
        signed = draft.signed or reviewer_keys.signs_for(desk.place, pack.made_by)
        return ToReturn(
            pack=pack.id,
            hint=workspace.hint,
            file_name=workspace.opened.file_name,
            made_by=pack.made_by,
            reviewer=pack.reviewer,
            deadline=pack.deadline,
            sheets=tuple(
                SheetToReturn(
                    id=sheet.id,
                    number=number,
                    candidate=workspace.answers[sheet.id].candidate,
                    question=workspace.answers[sheet.id].number,
                    text=workspace.answers[sheet.id].question,
                    state=sheet.state,
                    levels=len(sheet.marks.levels),
                    lenses=len(pack.rubric.lenses),
                    changed=bool(last and sheet.submitted_at and sheet.submitted_at > last),
                )
                for number, sheet in enumerate(sheets.values(), 1)
            ),
            unwritten=tuple(code for code, whole in wholes.items() if whole.overall is None and not whole.comment),
            receipts=receipts,
            draft=replace(draft, signed=signed),
        )


def keep_draft(desk: Desk, pack_id: str, draft: ReturnDraft) -> None:
    """Keep what is settled about the next return. Raises UserError where it cannot be kept.

    That it is signed holds for every other pack from the same council too. Of a pack that was forgotten or is damaged
    there is no next return, and nobody is kept waiting for it.
    """
    from cqcmock.services import reviewer_keys, reviewing

    with (
        suppress(reviewing.NotOpenedError, reviewing.DamagedPackError),
        reviewing.workspace(desk.place, pack_id) as workspace,
    ):
        workspace.save_return_draft(draft, desk.clock)
        reviewer_keys.remember_signing(desk.place, workspace.pack.made_by, draft.signed)


def return_pack(desk: Desk, pack_id: str, path: Path, *, why: str, sign: bool) -> Receipt:
    """Write the return. Raises UserError where sheets are missing without a reason, or the file cannot be written."""
    from cqcmock.services import reviewer_keys, reviewing

    secret = reviewer_keys.own_key(desk.place).signing if sign else ""
    with reviewing.workspace(desk.place, pack_id) as workspace:
        try:
            receipt = workspace.make_return(path, desk.clock, why_incomplete=why, reviewer_secret=secret)
        except UserError as error:
            if path.parent.is_dir():
                raise
            raise UserError(
                f"“{path.parent}” is not there any more.", "Put the stick back in, or choose another folder."
            ) from error
        with suppress(UserError):  # the file is written: what is told of it must not depend on this
            reviewer_keys.remember_signing(desk.place, workspace.pack.made_by, sign)
        return receipt


def own_key_words(desk: Desk) -> str:
    """The reviewer's own key as six words; it is made now, if there is none yet. Raises UserError for a damaged one."""
    from cqcmock.services import merging, reviewer_keys

    try:
        return merging.key_words(reviewer_keys.own_key(desk.place).public)
    except OSError as error:  # it could not be written down
        raise UserError(
            f"Your own key could not be made: {error.strerror or error}.", "Free some space, then tick it again."
        ) from error


def forget_pack(desk: Desk, pack_id: str) -> None:
    """Wipe the pack and what was marked in it. Raises UserError where that cannot be."""
    from cqcmock.services import reviewing

    reviewing.forget(desk.place, pack_id)
