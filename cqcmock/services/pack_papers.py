"""What of a pack goes onto paper: mark sheets, blank or filled in, the reviewer's receipt, and what they are told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cqcmock import storage
from cqcmock.clock import Clock
from cqcmock.domain.audit import Head, Kind
from cqcmock.domain.english import kept_until
from cqcmock.domain.review import Candidate, Pack, Sheet, Whole, in_order, marking_order
from cqcmock.domain.sitting import Sitting
from cqcmock.errors import UserError
from cqcmock.paths import Location, resources_folder
from cqcmock.reports.content import Document
from cqcmock.reports.mark_sheets import PaperPack as PaperPack
from cqcmock.reports.mark_sheets import mark_sheets
from cqcmock.reports.receipt import ReturnedMarks, receipt_document
from cqcmock.reports.reviewer_feedback import ComparedMarks, FileThatCame, ReviewersFeedback, feedback_for_reviewer
from cqcmock.reports.type_sizes import LARGE_PRINT
from cqcmock.services import audit, merging, packing, peers, reviewing, saving, sittings
from cqcmock.services.merging import Incoming
from cqcmock.services.packing import Decision, Draft
from cqcmock.services.reports import PDF, check_target, retention_date
from cqcmock.services.workspace import Receipt, Workspace
from cqcmock.settings import Settings
from cqcmock.storage.records import MergedReturn, SentPack, SentSheet

if TYPE_CHECKING:
    from cqcmock.services.library import Library

MARK_SHEETS, RECEIPT, REVIEWERS_FEEDBACK = "mark sheets", "receipt", "feedback for a reviewer"
"""What the audit trail calls these papers."""


def is_marked_here(place: Location, pack: str) -> bool:
    """Whether what somebody calls a pack, by its file or its id, is for this laptop's reviewer and not its owner."""
    named = Path(pack)
    return named.is_file() or any(pack == one.id or named.name == one.file_name for one in reviewing.workspaces(place))


def paper_of_workspace(workspace: Workspace, *, filled: bool = False) -> PaperPack:
    """The pack that is being marked here, in this reviewer's order; `filled` with the marks given so far."""
    return _paper(workspace.pack, workspace.sheets() if filled else None, workspace.wholes() if filled else {})


def paper_of_draft(ready: Draft, decisions: Mapping[str, Decision]) -> PaperPack:
    """A pack as it would be sent. Raises UserError while it is not decided what becomes of what could name somebody."""
    return _paper(packing.decided(ready, decisions), None, {})


def paper_of_sent(library: Library, pack_id: str, *, filled: bool = False) -> PaperPack:
    """A pack that was sent, as its answers were sent; `filled` with the marks that have come back.

    Raises UserError where it is not there, nothing of it is left, or peers' marks wait for somebody's own.
    """
    pack, sent, returns = _sent(library, pack_id)
    if not sent:
        raise UserError("The answers of this pack have been deleted.", "Nothing of it is left to print.")
    if filled:
        _check_not_waiting(library, sent)
    return _sent_paper(library, pack, sent, returns if filled else None)


def _sent(library: Library, pack_id: str) -> tuple[SentPack, tuple[SentSheet, ...], tuple[MergedReturn, ...]]:
    """A pack, what is left of its answers, and what came back. Raises UserError where it is not there."""
    with library.reading() as session:
        packs = storage.packs.packs(session, [pack_id])
        sent = storage.packs.sheets(session, [pack_id])
        returns = storage.packs.returns(session, [pack_id])
    if not packs:
        raise UserError(
            f"There is no pack “{pack_id}” here.", "“cqcmock pack list” shows those that were sent and those to mark."
        )
    return packs[0], sent, returns


def mark_sheets_bytes(
    paper: PaperPack, ending: str, settings: Settings, clock: Clock, *, large: bool = False, trail: Head | None = None
) -> bytes:
    """The mark sheets as a PDF or, for any other ending, a web page; `large` in large print."""
    content = mark_sheets(
        paper,
        large=large,
        classification=settings.classification,
        retention=kept_until(retention_date(settings, Kind.PACK)),
        made_on=clock.today(),
    )
    return _rendered(replace(content, trail=audit.printed(trail)), ending, LARGE_PRINT if large else 1.0)


def write_mark_sheets(
    library: Library,
    pack_id: str,
    paper: PaperPack,
    path: Path,
    settings: Settings,
    clock: Clock,
    *,
    large: bool = False,
) -> None:
    """Write the mark sheets of a pack as the file's name ends. Raises UserError where that cannot be."""
    check_target(path)
    content = mark_sheets_bytes(paper, path.suffix, settings, clock, large=large, trail=audit.head(library))
    saving.save(path, content, "The file of mark sheets")
    audit.tell_report(library, clock, Kind.PACK, pack_id, MARK_SHEETS, content)


def returned_marks(workspace: Workspace, receipt: Receipt | None = None) -> ReturnedMarks:
    """What a receipt says, or that of the latest return. Raises UserError where nothing was returned."""
    if receipt is None:
        receipts = workspace.receipts()
        if not receipts:
            raise UserError("Nothing of this pack has been returned yet.", "Return it, then ask for the receipt.")
        receipt = receipts[0]
    return ReturnedMarks(
        pack=workspace.pack.id,
        pack_file=workspace.opened.file_name,
        made_by=workspace.pack.made_by,
        reviewer=workspace.pack.reviewer,
        returned_at=receipt.at.astimezone(),
        expected=receipt.expected,
        returned=receipt.returned,
        code=receipt.code,
        file=receipt.path.name if receipt.path else "",
        why_missing=receipt.why_incomplete,
    )


def receipt_bytes(
    given: ReturnedMarks, ending: str, settings: Settings, clock: Clock, *, trail: Head | None = None
) -> bytes:
    """A receipt as a PDF or, for any other ending, a web page."""
    content = receipt_document(
        given,
        classification=settings.classification,
        retention=kept_until(retention_date(settings, Kind.PACK)),
        made_on=clock.today(),
    )
    return _rendered(replace(content, trail=audit.printed(trail)), ending)


def write_receipt(workspace: Workspace, path: Path, settings: Settings, clock: Clock) -> None:
    """Write the receipt of the latest return. Raises UserError where nothing was returned, and where it cannot be."""
    check_target(path)
    given, head = returned_marks(workspace), audit.head(workspace.library)
    content = receipt_bytes(given, path.suffix, settings, clock, trail=head)
    saving.save(path, content, "The receipt")
    audit.tell_report(workspace.library, clock, Kind.OPENED_PACK, workspace.pack.id, RECEIPT, content)


# What a reviewer is told


def codes_of(files: Iterable[Incoming]) -> dict[str, str]:
    """The word codes of files that were looked at, by the digest of what is in each: they stand in no library.

    Raises UserError where one of them is refused.
    """
    codes: dict[str, str] = {}
    for file in files:
        if file.returned is None:
            raise UserError(f"“{file.file.name}”: {file.why_refused}", "Leave it out, or give the file that came back.")
        codes[file.returned.digest] = file.code
    return codes


def feedback_of(
    library: Library, pack_id: str, settings: Settings, codes: Mapping[str, str] | None = None
) -> ReviewersFeedback:
    """What the reviewer of a pack is told, and nobody else. `codes` are word codes as `codes_of` finds them.

    Raises UserError where the pack is not there, and where nothing of it has come back.
    """
    pack, sent, returns = _sent(library, pack_id)
    if not returns:
        raise UserError(
            f"Nothing has come back from {pack.reviewer} yet.", "Take in the file that they send, then try again."
        )
    tally = next(one.tally for one in merging.tallies(library) if one.pack.id == pack.id)
    return ReviewersFeedback(
        reviewer=pack.reviewer,
        made_by=settings.council,
        pack=pack.id,
        sent_on=pack.made_at.astimezone().date(),
        expected=tally.expected,
        received=tally.received,
        files=tuple(
            FileThatCame(
                written_at=one.returned_at.astimezone(),
                taken_in_at=one.merged_at.astimezone(),
                sheets=len(one.sheets),
                code=(codes or {}).get(one.digest, ""),
            )
            for one in reversed(returns)
        ),
        compared=_compared(library, pack, sent, complete=not tally.missing),
        why_missing=returns[-1].why_incomplete,
    )


def feedback_bytes(
    given: ReviewersFeedback, ending: str, settings: Settings, clock: Clock, *, trail: Head | None = None
) -> bytes:
    """What a reviewer is told as a PDF or, for any other ending, a web page."""
    content = feedback_for_reviewer(
        given,
        classification=settings.classification,
        retention=kept_until(retention_date(settings, Kind.PACK)),
        made_on=clock.today(),
    )
    return _rendered(replace(content, trail=audit.printed(trail)), ending)


def write_feedback(
    library: Library, pack_id: str, given: ReviewersFeedback, path: Path, settings: Settings, clock: Clock
) -> None:
    """Write what a reviewer is told as the file's name ends. Raises UserError where that cannot be."""
    check_target(path)
    content = feedback_bytes(given, path.suffix, settings, clock, trail=audit.head(library))
    saving.save(path, content, "The feedback")
    audit.tell_report(library, clock, Kind.PACK, pack_id, REVIEWERS_FEEDBACK, content)


def _compared(library: Library, pack: SentPack, sent: tuple[SentSheet, ...], *, complete: bool) -> ComparedMarks:
    if not complete:
        return ComparedMarks(
            why_not="Nothing is compared yet: it could sway the marks that are still to come. It follows when all of "
            "your answers are back."
        )
    asked: dict[str, list[int]] = {}
    for sheet in sent:
        asked.setdefault(sheet.sitting, []).append(sheet.question)
    there = [(sitting, asked[key]) for key in asked if (sitting := _sitting(library, key)) is not None]
    return peers.compared_marks(library, there, pack.reviewer)


def _rendered(content: Document, ending: str, scale: float = 1.0) -> bytes:
    if ending.lower() == PDF:
        from cqcmock.reports.pdf.report import render as as_pdf

        return as_pdf(content, resources_folder(), scale)
    from cqcmock.reports.html import render as as_page

    return as_page(content, scale).encode()


def _paper(pack: Pack, sheets: Mapping[str, Sheet] | None, wholes: Mapping[str, Whole]) -> PaperPack:
    answers = {answer.sheet: answer for answer in pack.answers}
    return PaperPack(
        reviewer=pack.reviewer,
        made_by=pack.made_by,
        rubric=pack.rubric,
        answers=tuple(answers[sheet] for sheet in marking_order(pack)),
        candidates=pack.candidates,
        tags=pack.tags,
        note=pack.note,
        deadline=pack.deadline,
        sheets=sheets,
        wholes=wholes,
    )


def _sent_paper(
    library: Library, pack: SentPack, sent: tuple[SentSheet, ...], returns: tuple[MergedReturn, ...] | None
) -> PaperPack:
    codes = {sheet.candidate: _sitting(library, sheet.sitting) for sheet in sent}
    submitted: dict[str, list[Sheet]] = {}
    wholes: dict[str, list[Whole]] = {}
    for one in returns or ():
        for sheet_id, sheet in one.sheets.items():
            submitted.setdefault(sheet_id, []).append(sheet)
        for code, whole in one.wholes.items():
            wholes.setdefault(code, []).append(whole)
    as_sent = Pack(
        id=pack.id,
        made_on=pack.made_at.date(),
        made_by="",
        reviewer=pack.reviewer,
        rubric=pack.rubric,
        tags=(),
        candidates=tuple(_candidate(code, sitting) for code, sitting in sorted(codes.items())),
        answers=tuple(sheet.answer for sheet in sent),
        deadline=pack.deadline,
        note=pack.note,
    )
    return _paper(
        as_sent,
        None if returns is None else {key: in_order(several)[-1] for key, several in submitted.items()},
        {code: in_order(several)[-1] for code, several in wholes.items()},
    )


def _candidate(code: str, sitting: Sitting | None) -> Candidate:
    """A candidate without a name; role and place are known while the rehearsal is there."""
    plan = sitting.plan if sitting else None
    return Candidate(code=code, role_name=plan.role_name if plan else "", place=plan.place if plan else "")


def _check_not_waiting(library: Library, sent: tuple[SentSheet, ...]) -> None:
    """Raises UserError where peers' marks would be shown before somebody has handed in their own."""
    for sitting in (_sitting(library, one) for one in dict.fromkeys(sheet.sitting for sheet in sent)):
        if sitting is not None and not sitting.sheet.submitted:
            raise UserError(
                f"What peers marked waits until the own marks of “{sitting.title}” are handed in.",
                "Hand them in first, or print blank sheets.",
            )


def _sitting(library: Library, sitting_id: str) -> Sitting | None:
    try:
        return sittings.load(library, sitting_id)
    except UserError:
        return None
