"""A pack that is being marked: its sheets, what is kept of them, and the return that is made of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from cqcmock import storage
from cqcmock.clock import Clock
from cqcmock.domain.audit import Deed, Details, Kind
from cqcmock.domain.english import count
from cqcmock.domain.review import (
    LONGEST_WHY,
    PackedAnswer,
    PeerMarks,
    Return,
    ReturnDraft,
    Sheet,
    SheetState,
    Tally,
    Whole,
    marking_order,
    missing_lenses,
    wrong_marks,
)
from cqcmock.errors import UserError
from cqcmock.services import saving
from cqcmock.storage.records import MadeReturn, OpenedPack

if TYPE_CHECKING:
    from cqcmock.review.pack_file import PackContent
    from cqcmock.storage.library import Library

_NEXT = timedelta(microseconds=1)
_LONGEST_SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a return held, and why not everything. `code` are the words by which both sides see that they hold the
    same file."""

    path: Path | None
    at: datetime
    expected: int
    returned: int
    code: str
    why_incomplete: str = ""

    @property
    def missing(self) -> int:
        """Sheets that were not returned."""
        return self.expected - self.returned


@dataclass(frozen=True, slots=True, kw_only=True)
class PackSummary:
    """What a list shows of a pack that is being marked here.

    `returned` is whether everything is submitted, and is in the last file that was returned as it is now. Of a pack
    that cannot be read, `trouble` says why and what to do, and everything else is as much as is known: `id` then names
    it where it is to be forgotten. `damaged` is whether it never will be read again, `put_aside` whether it lies there
    only because the pack was opened anew.
    """

    id: str
    file_name: str
    made_by: str
    reviewer: str
    deadline: date | None
    tally: Tally
    drafts: int
    opened_at: datetime
    last_return: Receipt | None
    returned: bool = False
    trouble: UserError | None = None
    damaged: bool = False
    put_aside: bool = False


class Workspace:
    """A pack that is being marked. Made by `open_pack` or `workspace`; everything it saves is on disk when it returns.

    One thread at a time saves. `begun_anew` is true where what was marked before could not be read and was put aside.
    """

    def __init__(self, library: Library, opened: OpenedPack, content: PackContent, *, begun_anew: bool = False) -> None:
        self.library = library
        self.opened = opened
        self.begun_anew = begun_anew
        self.content = content
        self.pack = content.pack
        self.order = marking_order(content.pack)
        self.answers: dict[str, PackedAnswer] = {answer.sheet: answer for answer in content.pack.answers}

    @property
    def hint(self) -> str:
        """What belongs in the name of a return, so that its owner's program need not try all its keys."""
        from cqcmock.review import return_file

        return return_file.hint(self.pack.id)

    def sheets(self) -> dict[str, Sheet]:
        """Every sheet of the pack in the order of marking, marked or not."""
        with self.library.reading() as session:
            known = storage.workspace.sheets(session)
        return {sheet_id: known.get(sheet_id, Sheet(id=sheet_id)) for sheet_id in self.order}

    def exemplar_sheets(self) -> dict[str, Sheet]:
        """The sheets of the exemplars, in their order."""
        with self.library.reading() as session:
            known = storage.workspace.sheets(session, exemplars=True)
        return {one.id: known.get(one.id, Sheet(id=one.id)) for one in self.pack.exemplars}

    def wholes(self) -> dict[str, Whole]:
        """What is thought of each candidate as a whole."""
        with self.library.reading() as session:
            known = storage.workspace.wholes(session)
        return {one.code: known.get(one.code, Whole(candidate=one.code)) for one in self.pack.candidates}

    def save(self, sheet_id: str, marks: PeerMarks, clock: Clock) -> Sheet:
        """Keep marks as a draft; what was submitted before is a draft again until it is submitted anew.

        Raises UserError for a sheet that is not there and for marks that cannot be.
        """
        sheet = self._checked(sheet_id, marks)
        state = SheetState.UNTOUCHED if marks.is_empty and not sheet.revision else SheetState.DRAFT
        return self._keep(replace(sheet, marks=marks, state=state), clock)

    def submit(self, sheet_id: str, marks: PeerMarks, clock: Clock) -> Sheet:
        """Submit the marks of one answer. Raises UserError naming the lenses that have no level yet."""
        sheet = self._checked(sheet_id, marks)
        if missing := missing_lenses(marks, self.pack.rubric):
            raise UserError(
                f"{count(len(missing), 'lens has', 'lenses have')} no level yet: {', '.join(missing)}.",
                "Give each a level from 0 to 3, then submit.",
            )
        submitted = replace(
            sheet,
            marks=marks,
            state=SheetState.SUBMITTED,
            revision=sheet.revision + 1,
            submitted_at=self._moment(clock, sheet.submitted_at),
        )
        return self._keep(submitted, clock)

    def save_exemplar(self, exemplar_id: str, marks: PeerMarks, clock: Clock, *, compared: bool = False) -> Sheet:
        """Keep marks of an exemplar; they are never sent to anybody. Once they are compared with the reference marks
        they are as good as submitted."""
        exemplar = next((one for one in self.pack.exemplars if one.id == exemplar_id), None)
        if exemplar is None:
            raise no_such_sheet(exemplar_id)
        _refuse(wrong_marks(marks, self.pack.rubric, len(exemplar.answer)))
        sheet = Sheet(id=exemplar_id, marks=marks, state=SheetState.SUBMITTED if compared else SheetState.DRAFT)
        with self.library.writing() as work:
            storage.workspace.save_sheet(work, self.pack.id, sheet, clock.wall(), exemplar=True)
            work.commit()
        return sheet

    def save_whole(self, candidate: str, overall: int | None, comment: str, clock: Clock) -> Whole:
        """Keep what is thought of a candidate as a whole."""
        before = self.wholes().get(candidate)
        if before is None:
            raise UserError(f"There is no candidate “{candidate}” in this pack.", f"There are: {self._codes()}.")
        _refuse(wrong_marks(PeerMarks(overall=overall, comment=comment), self.pack.rubric, 0))
        at = self._moment(clock, before.written_at)
        whole = replace(before, overall=overall, comment=comment, revision=before.revision + 1, written_at=at)
        with self.library.writing() as work:
            storage.workspace.save_whole(work, self.pack.id, whole, clock.wall())
            work.commit()
        return whole

    def return_draft(self) -> ReturnDraft:
        """What is settled about the next return: the reason as far as it is written, and how it is to be signed."""
        with self.library.reading() as session:
            return storage.workspace.return_draft(session)

    def save_return_draft(self, draft: ReturnDraft, clock: Clock) -> None:
        """Keep what is settled about the next return. Raises UserError where it cannot be kept."""
        with self.library.writing() as work:
            storage.workspace.save_return_draft(work, self.pack.id, draft, clock.wall())
            work.commit()

    def make_return(self, path: Path, clock: Clock, *, why_incomplete: str = "", reviewer_secret: str = "") -> Receipt:
        """Write the submitted sheets into one signed and sealed file.

        The reason that was kept is then dropped: the file has it, and what is missing the next time is another matter.
        Raises UserError with a list while sheets are missing and nobody has said why, and where the file cannot be
        written, or would be in the place of the pack itself; nothing that was marked is then lost.
        """
        from cqcmock.review import canonical, return_file, words

        self._check_not_the_pack(path)
        why_incomplete = storage.text.clean(why_incomplete)
        sheets, wholes = self.sheets(), self.wholes()
        submitted = tuple(sheet for sheet in sheets.values() if sheet.state is SheetState.SUBMITTED)
        missing = [sheet for sheet in sheets.values() if sheet.state is not SheetState.SUBMITTED]
        if missing and not why_incomplete.strip():
            raise UserError(
                f"{count(len(missing), 'sheet is', 'sheets are')} not submitted yet.",
                "Submit them, or say why they are missing:\n"
                + "\n".join(f"{self._named(sheet.id)} ({sheet.state})" for sheet in missing),
            )
        if len(why_incomplete) > LONGEST_WHY:
            raise UserError(
                f"The reason is {len(why_incomplete):,} characters long; at most {LONGEST_WHY:,} can be sent.",
                "Make it shorter.",
            )
        times = [*(sheet.submitted_at for sheet in submitted), *(whole.written_at for whole in wholes.values())]
        given = Return(
            pack=self.pack.id,
            answers_digest=self.content.answers_digest,
            reviewer=self.pack.reviewer,
            returned_at=self._moment(clock, *times),
            sheets=tuple(sorted(submitted, key=lambda sheet: sheet.id)),
            wholes=tuple(whole for whole in wholes.values() if whole.revision),
            why_incomplete=" ".join(why_incomplete.split()) if missing else "",
        )
        sealed = return_file.written_return(given, self.content, reviewer_secret)
        digest = canonical.digest(sealed)
        saving.save(path, sealed, "The return")
        made = MadeReturn(
            digest=digest,
            at=given.returned_at,
            sheets=len(submitted),
            missing=len(missing),
            why_incomplete=given.why_incomplete,
        )
        with self.library.writing() as work:
            storage.workspace.keep_return(work, self.pack.id, made)
            draft = ReturnDraft(signed=bool(reviewer_secret))
            storage.workspace.save_return_draft(work, self.pack.id, draft, given.returned_at)
            details: Details = {"sheets": made.sheets, "missing": made.missing, "sha256": digest}
            storage.audit.add(
                work, given.returned_at, Deed.RETURN_MADE, Kind.OPENED_PACK, self.pack.id, details=details
            )
            work.commit()
        return Receipt(
            path=path,
            at=given.returned_at,
            expected=len(sheets),
            returned=len(submitted),
            code=words.word_code(digest),
            why_incomplete=given.why_incomplete,
        )

    def receipts(self) -> tuple[Receipt, ...]:
        """What was returned so far, the latest first."""
        from cqcmock.review import words

        with self.library.reading() as session:
            made = storage.workspace.returns(session)
        return tuple(
            Receipt(
                path=None,
                at=one.at,
                expected=one.sheets + one.missing,
                returned=one.sheets,
                code=words.word_code(one.digest),
                why_incomplete=one.why_incomplete,
            )
            for one in made
        )

    def summary(self) -> PackSummary:
        """How far the marking has come."""
        sheets = self.sheets().values()
        states = [sheet.state for sheet in sheets]
        receipts = self.receipts()
        changed = [*(sheet.submitted_at for sheet in sheets), *(whole.written_at for whole in self.wholes().values())]
        last = receipts[0] if receipts else None
        return PackSummary(
            id=self.pack.id,
            file_name=self.opened.file_name,
            made_by=self.pack.made_by,
            reviewer=self.pack.reviewer,
            deadline=self.pack.deadline,
            tally=Tally(expected=len(states), received=states.count(SheetState.SUBMITTED)),
            drafts=states.count(SheetState.DRAFT),
            opened_at=self.opened.opened_at,
            last_return=last,
            returned=last is not None
            and last.returned == len(states) == states.count(SheetState.SUBMITTED)
            and all(at <= last.at for at in changed if at),
        )

    def close(self) -> None:
        """Nothing more is marked here for now."""
        self.library.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _checked(self, sheet_id: str, marks: PeerMarks) -> Sheet:
        answer = self.answers.get(sheet_id)
        if answer is None:
            raise no_such_sheet(sheet_id)
        _refuse(wrong_marks(marks, self.pack.rubric, len(answer.spoken)))
        with self.library.reading() as session:
            return storage.workspace.sheets(session).get(sheet_id, Sheet(id=sheet_id))

    def _check_not_the_pack(self, path: Path) -> None:
        """Raises UserError where this is the very file that the pack was opened from: nothing else could be opened."""
        from cqcmock.review import canonical, sealing

        try:
            if not path.is_file() or path.stat().st_size > sealing.LARGEST:
                return
            there = canonical.digest(sealing.from_text(path.read_bytes()))
        except (OSError, UserError):  # what cannot be read is told when it cannot be written
            return
        if there == self.opened.file_digest:
            raise UserError(
                f"“{path.name}” is the pack itself, which the return would take the place of.",
                "Give the return another name.",
            )

    def _moment(self, clock: Clock, *before: datetime | None) -> datetime:
        """Now, or just after the last return and what came before, where the computer's clock was put back since.

        What is submitted later counts, and that is told by the times that stand in the files.
        """
        with self.library.reading() as session:
            returned = storage.workspace.returns(session)
        return max([clock.wall(), *(at for at in before if at), *(one.at + _NEXT for one in returned)])

    def _keep(self, sheet: Sheet, clock: Clock) -> Sheet:
        with self.library.writing() as work:
            storage.workspace.save_sheet(work, self.pack.id, sheet, clock.wall())
            work.commit()
        return sheet

    def _named(self, sheet_id: str) -> str:
        answer = self.answers[sheet_id]
        return f"{sheet_id}  candidate {answer.candidate}, question {answer.number}"

    def _codes(self) -> str:
        return ", ".join(one.code for one in self.pack.candidates)


def no_such_sheet(sheet_id: str) -> UserError:
    """To be raised where a sheet is asked for that is not there."""
    return UserError(
        f"There is no sheet “{sheet_id[:_LONGEST_SHOWN]}” in any pack that is open here.", "Open the pack first."
    )


def _refuse(wrong: str) -> None:
    if wrong:
        raise UserError(wrong, "Mark it again.")
