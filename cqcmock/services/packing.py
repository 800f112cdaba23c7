"""Making a pack for a reviewer: which answers, under what codes, what could name somebody, and one sealed file."""

from __future__ import annotations

import string
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from cqcmock import storage
from cqcmock.clock import Clock
from cqcmock.domain.english import count
from cqcmock.domain.hearing import Overruling, PersonalData, PersonalKind
from cqcmock.domain.interview import ON_AIR, Take
from cqcmock.domain.review import MOST_SHEETS, Candidate, Pack, PackedAnswer, PackedProbe
from cqcmock.domain.rubric import Rubric
from cqcmock.domain.sitting import Sitting
from cqcmock.domain.story import Story
from cqcmock.errors import UserError
from cqcmock.services import saving, shipped, sittings
from cqcmock.services.privacy import INSTEAD, personal_data_in
from cqcmock.storage.records import SentPack, SentSheet

if TYPE_CHECKING:
    from cqcmock.services.library import Library

LONGEST_REASON = 500
_CONTEXT = 40


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
class Finding:
    """Something in what would be sent that could name somebody; `before` and `after` are the words around it."""

    id: str
    where: str
    kind: PersonalKind
    text: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What becomes of a finding: taken out, or kept for this reason."""

    keep: bool = False
    reason: str = ""


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
    if not wanted.reviewer.strip():
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
        reviewer=" ".join(wanted.reviewer.split()),
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
    found: list[Finding] = []
    _walk(pack, _collector(found), overruled)
    return Draft(
        pack=pack,
        sheets=tuple(replace(sheet, pack=pack.id) for sheet in sheets),
        findings=tuple(found),
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

    used = words.check_passphrase(passphrase) if not address else ""
    pack = decided(ready, decisions)
    secret, public = signing.new_signing_key()
    return_key, return_address = sealing.new_address()
    content = pack_file.PackContent(
        pack=pack, signing_key=secret, return_address=return_address, expected=len(pack.answers)
    )
    told("Sealing the pack. This takes a few seconds, so that nobody can guess the passphrase.")
    written = pack_file.written_pack(content)
    sealed = sealing.seal_to(written, address) if address else sealing.seal_with_passphrase(written, used)
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
        kept=_kept(ready, decisions),
    )
    answers = {answer.sheet: answer for answer in pack.answers}
    told("Writing the file.")
    kept = False
    try:
        with saving.saved_after(path, sealed, "The pack"):
            with library.writing() as work:  # first: a pack whose key is lost could never be merged
                sheets = [replace(sheet, answer=answers[sheet.answer.sheet]) for sheet in ready.sheets]
                storage.packs.keep(work, sent, sheets)
                work.commit()
            kept = True
    except UserError:
        if kept:
            remove(library, pack.id)
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


def remove(library: Library, pack_id: str) -> None:
    """Forget a pack: nothing that comes back for it can be merged any more."""
    with library.writing() as work:
        storage.packs.remove(work, pack_id)
        work.commit()


def decided(ready: Draft, decisions: Mapping[str, Decision]) -> Pack:
    """The pack with what is to be taken out taken out. Raises UserError while anything is undecided."""
    open_ones = [finding for finding in ready.findings if finding.id not in decisions]
    unexplained = [
        finding
        for finding in ready.findings
        if (decision := decisions.get(finding.id)) and decision.keep and not decision.reason.strip()
    ]
    if open_ones or unexplained:
        listed = "\n".join(f"{each.where}: “{each.text}” ({kind_words(each.kind)})" for each in open_ones + unexplained)
        raise UserError(
            f"Somebody could be recognised in {count(len(open_ones + unexplained), 'place')} of what would be sent.",
            f"Take each of them out, or keep it and say why:\n{listed}",
        )
    by_place = {(finding.where, finding.kind, finding.text): decisions[finding.id] for finding in ready.findings}

    def redact(where: str, text: str, overruled: frozenset[Overruling]) -> str:
        for data in reversed(personal_data_in(text, overruled)):
            decision = by_place.get((where, data.kind, data.text))
            if decision is not None and not decision.keep:  # what its writer overruled was never asked about
                start, end = data.span
                text = f"{text[:start]}{INSTEAD[data.kind]}{text[end:]}"
        return text

    return _walk(ready.pack, redact, {})


def kind_words(kind: PersonalKind) -> str:
    """What a kind of personal data is called."""
    return INSTEAD[kind].strip("[]")


def _began(sitting: Sitting) -> tuple[str, str]:
    return sitting.started_at.isoformat(), sitting.id


def _check(sitting: Sitting) -> None:
    if sitting.state.phase in ON_AIR:
        raise UserError(f"“{sitting.title}” is not over yet.", "Finish the interview, then send it.")
    if not sitting.plan.scored:
        raise UserError(f"“{sitting.title}” is a part that was played, which nobody marks.", "Choose another.")


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


Visit = Callable[[str, str, frozenset[Overruling]], str]
"""Given where a text stands, the text, and what its writer has overruled; returns what is to stand there."""


def _walk(pack: Pack, visit: Visit, overruled: Mapping[str, frozenset[Overruling]]) -> Pack:
    """Visit every text of a pack that a person wrote, and return the pack with what comes of it."""
    nothing: frozenset[Overruling] = frozenset()

    def answer_visited(answer: PackedAnswer) -> PackedAnswer:
        where = f"Candidate {answer.candidate}, question {answer.number}"
        allowed = overruled.get(answer.sheet, nothing)
        probes = tuple(
            PackedProbe(
                text=visit(f"{where}, follow-up question {at}", probe.text, nothing),
                answer=visit(f"{where}, answer to follow-up {at}", probe.answer, allowed),
            )
            for at, probe in enumerate(answer.probes, 1)
        )
        return replace(
            answer,
            question=visit(f"{where}, the question itself", answer.question, nothing),
            answer=visit(f"{where}, the answer", answer.answer, allowed),
            probes=probes,
        )

    candidates = tuple(
        replace(one, last_words=visit(f"Candidate {one.code}, last words", one.last_words, nothing))
        for one in pack.candidates
    )
    return replace(
        pack,
        note=visit("The note to the reviewer", pack.note, nothing),
        candidates=candidates,
        answers=tuple(map(answer_visited, pack.answers)),
        story=_story_visited(pack.story, visit) if pack.story else None,
    )


def _story_visited(story: Story, visit: Visit) -> Story:
    """Every text of the story, whatever its field is called."""
    seen = 0

    def deep(value: object) -> object:
        nonlocal seen
        match value:
            case str():
                seen += 1
                return visit(f"The local story, text {seen}", value, frozenset())
            case list():
                return [deep(item) for item in value]
            case dict():
                return {key: deep(item) for key, item in value.items()}
            case _:
                return value

    return msgspec.convert(deep(msgspec.to_builtins(story)), Story)


def _collector(found: list[Finding]) -> Visit:
    """Collects what could name somebody, each wording once for each place."""

    def collect(where: str, text: str, overruled: frozenset[Overruling]) -> str:
        known: set[tuple[PersonalKind, str]] = set()
        for data in personal_data_in(text, overruled):
            if (data.kind, data.text) not in known:
                known.add((data.kind, data.text))
                found.append(_finding(len(found) + 1, where, text, data))
        return text

    return collect


def _finding(number: int, where: str, text: str, data: PersonalData) -> Finding:
    start, end = data.span
    return Finding(
        id=str(number),
        where=where,
        kind=data.kind,
        text=data.text,
        before=text[max(0, start - _CONTEXT) : start],
        after=text[end : end + _CONTEXT],
    )


def _kept(ready: Draft, decisions: Mapping[str, Decision]) -> tuple[str, ...]:
    """Where something was kept, and why, without repeating it."""
    return tuple(
        f"{finding.where}: {kind_words(finding.kind)}, because {decisions[finding.id].reason.strip()[:LONGEST_REASON]}"
        for finding in ready.findings
        if decisions[finding.id].keep
    )
