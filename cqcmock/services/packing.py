"""Making a pack for a reviewer: which answers, under what codes, what could name somebody, and one sealed file."""

from __future__ import annotations

import string
import unicodedata
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cqcmock import storage
from cqcmock.clock import Clock, system_clock
from cqcmock.domain.audit import Deed, Details, Kind
from cqcmock.domain.hearing import Overruling
from cqcmock.domain.interview import ON_AIR, Take
from cqcmock.domain.review import MOST_SHEETS, Candidate, Pack, PackedAnswer, PackedProbe
from cqcmock.domain.rubric import Rubric
from cqcmock.domain.sitting import Sitting
from cqcmock.domain.story import Story
from cqcmock.errors import UserError
from cqcmock.services import audit, saving, shipped, sittings
from cqcmock.services.pack_findings import LONGEST_REASON as LONGEST_REASON
from cqcmock.services.pack_findings import Decision as Decision
from cqcmock.services.pack_findings import Finding as Finding
from cqcmock.services.pack_findings import found_in, kept_although, taken_out
from cqcmock.services.pack_findings import kind_words as kind_words
from cqcmock.storage.errors import NotThereError
from cqcmock.storage.records import SentPack, SentSheet

if TYPE_CHECKING:
    from cqcmock.services.library import Library

_JOINERS = "\u200c\u200d"
"""They are nowhere seen either, but Persian and Indian names are written with them."""

_PRIVATE = "AGE-SECRET-KEY-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody chose to send. `questions` are positions in a sitting; all of them where it is not there.

    `names_shown` sends names beside the codes; `with_story` sends what the place says of itself.
    """

    sittings: tuple[str, ...]
    reviewer: str
    questions: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    made_by: str = ""
    deadline: date | None = None
    note: str = ""
    names_shown: bool = False
    with_story: bool = False
    exemplars_first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Everything that would be sent, word for word, and what in it somebody still has to decide about."""

    pack: Pack
    sheets: tuple[SentSheet, ...]
    findings: tuple[Finding, ...]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePack:
    """A pack that was written: `code` are the words by which two people see that they hold the same file."""

    pack: SentPack
    path: Path
    sheets: int
    candidates: tuple[str, ...]
    code: str


def draft(library: Library, wanted: Wanted, clock: Clock) -> Draft:
    """Put together what would be sent, and look through all of it for what could name somebody.

    Raises UserError where there is nothing to send, or an interview is not over yet.
    """
    if not _name(wanted.reviewer):
        raise UserError("The pack is for nobody yet.", "Give the name of the reviewer.")
    chosen = sorted((sittings.load(library, one) for one in dict.fromkeys(wanted.sittings)), key=_began)
    if not chosen:
        raise UserError("There is nothing to send yet.", "Choose at least one rehearsal.")
    for sitting in chosen:
        _check(sitting)
    if len(chosen) > len(_codes()):
        raise _too_much()
    codes = dict(zip((sitting.id for sitting in chosen), _codes(), strict=False))
    overruled: dict[str, frozenset[Overruling]] = {}
    sheets: list[SentSheet] = []
    left_out: list[str] = []
    for sitting in chosen:
        for question in wanted.questions.get(sitting.id, sitting.answered):
            take = sitting.state.takes[question][-1]
            if not any(said.strip() for said in take.everything_said):
                left_out.append(f"Question {question + 1} of candidate {codes[sitting.id]} was not answered.")
                continue
            sheet = _sheet(sitting, codes[sitting.id], question, take)
            overruled[sheet.answer.sheet] = sitting.state.overruled(question, len(sitting.state.takes[question]) - 1)
            sheets.append(sheet)
    if not sheets:
        raise UserError("None of these questions was answered, so there is nothing to mark.", "Choose others.")
    if len(sheets) > MOST_SHEETS:
        raise _too_much()
    pack = Pack(
        id=str(uuid.uuid4()),
        made_on=clock.today(),
        made_by=wanted.made_by.strip(),
        reviewer=_name(wanted.reviewer),
        rubric=_rubric(chosen),
        tags=tuple(tag.name for tag in shipped.framework().tags),
        candidates=tuple(_candidate(sitting, codes[sitting.id], wanted) for sitting in chosen),
        answers=tuple(sheet.answer for sheet in sheets),
        deadline=wanted.deadline,
        note=wanted.note.strip(),
        exemplars=shipped.exemplars({sitting.plan.role for sitting in chosen}) if wanted.exemplars_first else (),
        exemplars_first=wanted.exemplars_first,
        story=_story(chosen) if wanted.with_story else None,
        names_shown=wanted.names_shown,
    )
    return Draft(
        pack=pack,
        sheets=tuple(replace(sheet, pack=pack.id) for sheet in sheets),
        findings=found_in(pack, overruled),
        left_out=tuple(left_out),
    )


def seal(
    library: Library,
    ready: Draft,
    decisions: Mapping[str, Decision],
    path: Path,
    clock: Clock,
    *,
    passphrase: str = "",
    address: str = "",
    told: Callable[[str], None] = lambda _: None,
) -> MadePack:
    """Write the pack, sealed with a passphrase or to a reviewer's public key, and keep what opens its return.

    Takes seconds; `told` hears what is being done. Raises UserError, before anything is written, where a finding has
    no decision, a reason is missing, or the passphrase could be guessed.
    """
    from cqcmock.review import canonical, pack_file, sealing, signing, words

    used = check_address(address) if address else check_passphrase(passphrase)
    pack = decided(ready, decisions)
    secret, public = signing.new_signing_key()
    return_key, return_address = sealing.new_address()
    trail = audit.head(library)
    content = pack_file.PackContent(
        pack=pack,
        signing_key=secret,
        return_address=return_address,
        expected=len(pack.answers),
        audit_entries=trail.count,
        audit_head=trail.hash,
    )
    told("Sealing the pack. This takes a moment, so that nobody can guess the passphrase.")
    written = pack_file.written_pack(content)
    sealed = sealing.seal_to(written, used) if address else sealing.seal_with_passphrase(written, used)
    if len(sealed) > sealing.LARGEST:
        raise _too_much()
    sent = SentPack(
        id=pack.id,
        made_at=clock.wall(),
        reviewer=pack.reviewer,
        expected=len(pack.answers),
        answers_digest=content.answers_digest,
        public_key=public,
        return_key=return_key,
        rubric=pack.rubric,
        deadline=pack.deadline,
        note=pack.note,
        kept=kept_although(ready.findings, decisions),
    )
    answers = {answer.sheet: answer for answer in pack.answers}
    told("Writing the file.")
    kept = False
    try:
        with saving.saved_after(path, sealed, "The pack"):
            with library.writing() as work:  # first: a pack whose key is lost could never be merged
                chosen = dict.fromkeys(sheet.sitting for sheet in ready.sheets)
                _check_still_there(storage.sittings.load(work, one) for one in chosen)
                sheets = [replace(sheet, answer=answers[sheet.answer.sheet]) for sheet in ready.sheets]
                storage.packs.keep(work, sent, sheets)
                details: Details = {"sheets": len(sheets), "sha256": canonical.digest(sealed)}
                storage.audit.add(work, sent.made_at, Deed.PACK_MADE, Kind.PACK, pack.id, details=details)
                work.commit()
            kept = True
    except UserError:
        if kept:
            _undo(library, pack.id)
        raise
    return MadePack(
        pack=sent,
        path=path,
        sheets=len(pack.answers),
        candidates=tuple(candidate.code for candidate in pack.candidates),
        code=words.word_code(canonical.digest(sealed)),
    )


def offered_passphrase() -> str:
    """Six words to seal a pack with, to be said over the telephone."""
    from cqcmock.review import words

    return words.offered_passphrase()


def _undo(library: Library, pack_id: str) -> None:
    with library.writing() as work:
        storage.packs.undo(work, pack_id)
        work.commit()


def remove(library: Library, pack_id: str) -> None:
    """Forget a pack: nothing that comes back for it can be merged any more. Raises HeldError."""
    with library.writing() as work:
        storage.packs.remove(work, pack_id)
        storage.audit.tell_gone(work, system_clock().wall(), Kind.PACK, [pack_id], sittings.AT_ONCE)
        work.commit()


def decided(ready: Draft, decisions: Mapping[str, Decision]) -> Pack:
    """The pack with what is to be taken out taken out. Raises UserError while anything is undecided."""
    return taken_out(ready.pack, ready.findings, decisions)


def check_passphrase(passphrase: str) -> str:
    """The passphrase as it is used, however it was typed: may take some 50 ms.

    Raises UserError for one that could be guessed.
    """
    from cqcmock.review import words

    return words.check_passphrase(passphrase)


def _name(text: str) -> str:
    """A name without what nobody sees: a mark of direction or of no width makes nobody somebody else."""
    seen = "".join(one for one in text if unicodedata.category(one) != "Cf" or one in _JOINERS)
    return " ".join(seen.split())


def check_address(address: str) -> str:
    """A reviewer's public key as it is used, however it was pasted. Raises UserError for what is none."""
    from cqcmock.review import sealing

    used = "".join(address.split())
    if not used:
        raise UserError("There is no key yet.", "Paste the reviewer's public key. It begins with “age1”.")
    if used.upper().startswith(_PRIVATE):
        raise UserError(
            "This is a secret key, which nobody but its owner may have.",
            "Ask the reviewer for the public key. It begins with “age1”.",
        )
    sealing.seal_to(b"", used)
    return used


def reviewers(library: Library) -> tuple[str, ...]:
    """Those who were sent a pack before, each as they were first written; capitals make nobody somebody else."""
    with library.reading() as session:
        names = [pack.reviewer for pack in storage.packs.packs(session)]
    return tuple({name.casefold(): name for name in names}.values())


def _began(sitting: Sitting) -> tuple[str, str]:
    return sitting.started_at.isoformat(), sitting.id


def _check(sitting: Sitting) -> None:
    if sitting.deleted_at is not None:
        raise UserError(f"“{sitting.title}” has been deleted.", "Take it back first, or choose another.")
    if sitting.state.phase in ON_AIR:
        raise UserError(f"“{sitting.title}” is not over yet.", "Finish the interview, then send it.")
    if not sitting.plan.scored:
        raise UserError(f"“{sitting.title}” is a part that was played, which nobody marks.", "Choose another.")


def _check_still_there(found: Iterable[Sitting]) -> None:
    """Nothing is sent, or kept as sent, of what somebody deleted since it was looked through."""
    try:
        gone = any(sitting.deleted_at is not None for sitting in found)
    except NotThereError:
        gone = True
    if gone:
        raise UserError("A rehearsal in this pack was deleted while the pack was made.", "Go back, and choose again.")


def _too_much() -> UserError:
    return UserError("This is more than one pack can hold.", "Send some of the rehearsals in a second pack.")


def _codes() -> Sequence[str]:
    """A to Z, then AA, AB and so on."""
    letters = string.ascii_uppercase
    return (*letters, *(first + second for first in letters for second in letters))


def _rubric(chosen: Sequence[Sitting]) -> Rubric:
    """The one rubric of all of them."""
    first = chosen[0].plan.rubric
    if any(sitting.plan.rubric != first for sitting in chosen):
        raise UserError(
            "These rehearsals were marked with different rubrics.", "Send a pack for each of them by itself."
        )
    return first


def _story(chosen: Sequence[Sitting]) -> Story | None:
    return next((sitting.plan.story for sitting in chosen if sitting.plan.story), None)


def _candidate(sitting: Sitting, code: str, wanted: Wanted) -> Candidate:
    return Candidate(
        code=code,
        role_name=sitting.plan.role_name,
        place=sitting.plan.place,
        name=sitting.person if wanted.names_shown else "",
        last_words=sitting.state.last_words,
    )


def _sheet(sitting: Sitting, code: str, question: int, take: Take) -> SentSheet:
    planned = sitting.plan.questions[question]
    answer = PackedAnswer(
        sheet=str(uuid.uuid4()),
        candidate=code,
        number=question + 1,
        question=planned.question.text,
        answer=take.text,
        probes=tuple(PackedProbe(text=probe.text, answer=probe.answer) for probe in take.probes),
        strong=planned.question.strong,
        avoid=planned.question.avoid,
        statements=tuple(sitting.plan.statement_names.get(one, one) for one in planned.question.statements),
        answer_seconds=round(take.answer_seconds, 1),
        target_seconds=planned.timing.target,
        limit_seconds=planned.timing.limit,
    )
    return SentSheet(pack="", sitting=sitting.id, candidate=code, question=question, answer=answer)
