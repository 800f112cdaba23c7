"""Changing question banks in the program: every deed is kept with what was there before, and can be undone.

Banks that come with the program stay as they are, because a newer version brings its own; what somebody changes
in one of them goes into a bank of the council's own, and the shipped question is retired.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cqcmock import storage
from cqcmock.banks.checking import Problem
from cqcmock.clock import Clock
from cqcmock.domain.questions import Bank, Kind, Question, Source
from cqcmock.errors import UserError
from cqcmock.services.library import SHIPPED
from cqcmock.services.shipped import DEFAULT_FRAMEWORK
from cqcmock.storage.records import BankEdit as BankEdit
from cqcmock.storage.records import BankSummary
from cqcmock.storage.records import EarlierQuestion as EarlierQuestion

if TYPE_CHECKING:
    from cqcmock.services.library import Library
    from cqcmock.storage.library import UnitOfWork

OWN = "own"
WHOLE_BANK = ""
LONGEST_ID = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something done to banks, in words, and what undoes it: edits, or what was retired or restored."""

    what: str
    edits: tuple[BankEdit, ...] = ()
    retired: tuple[tuple[str, str], ...] = ()
    restored: tuple[tuple[str, str], ...] = ()
    question: tuple[str, str] | None = None


def problems_of(question: Question, bank: Bank) -> tuple[Problem, ...]:
    """Every mistake of one question of a bank, as a file with it would be told; a new one needs no id yet."""
    from cqcmock.banks.toml import BankErrors, bank_as_toml, parse_bank
    from cqcmock.services.shipped import framework_words

    named = question if question.id else replace(question, id="new")
    try:
        parse_bank(bank_as_toml(replace(bank, questions=(named,))), "", framework_words(bank.framework))
    except BankErrors as refused:
        return refused.problems
    return ()


def new_question(bank: Bank) -> Question:
    """An empty question for a form to begin with."""
    return Question(
        id="",
        text="",
        kind=Kind.QUESTION,
        prepare_seconds=15,
        target_seconds=120,
        limit_seconds=180,
        source=Source.COUNCIL,
        roles=(),
    )


def id_from(text: str, taken: Collection[str]) -> str:
    """A short name for a question or bank out of its words, which no other has or ever had."""
    plain = unicodedata.normalize("NFKD", text.replace("{place}", "").replace("{council}", ""))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().casefold())
    slug = "-".join(words)[:LONGEST_ID].rstrip("-") or "question"
    found, number = slug, 1
    while found in taken:
        number += 1
        found = f"{slug}-{number}"
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBank:
    """A bank of the council's own that is still to be made."""

    title: str
    roles: Sequence[str]


def create_bank(library: Library, title: str, roles: Sequence[str], clock: Clock) -> Deed:
    """Begin a bank of the council's own. Raises UserError for a name or roles that cannot be used."""
    with library.writing() as work:
        edit = _make_bank(work, NewBank(title=title, roles=roles), clock)
        work.commit()
    return Deed(what=edit.what, edits=(edit,), question=(edit.bank, ""))


def _make_bank(work: UnitOfWork, new: NewBank, clock: Clock) -> BankEdit:
    title = new.title.strip()
    if not title:
        raise UserError("The bank has no name yet.", "Give it one, for instance “Our hospital team”.")
    if not new.roles:
        raise UserError("The bank is for nobody yet.", "Choose at least one role.")
    bank = Bank(
        id=id_from(title, storage.banks.hashes(work)),
        title=title,
        version=1,
        checked_on=clock.today(),
        framework=DEFAULT_FRAMEWORK,
        roles=tuple(new.roles),
        language="en-GB",
        questions=(),
    )
    return storage.bank_edits.change(
        work,
        bank.id,
        storage.bank_edits.Change(head=bank, origin=OWN, what=f"The bank “{title}” made"),
        clock.wall(),
    )


def _made_if_new(work: UnitOfWork, bank: str | NewBank, clock: Clock) -> tuple[str, tuple[BankEdit, ...]]:
    """The id of the bank, and the edit that made it if it had to be made."""
    if isinstance(bank, str):
        return bank, ()
    made = _make_bank(work, bank, clock)
    return made.bank, (made,)


def change_bank(library: Library, bank_id: str, title: str, roles: Sequence[str], clock: Clock) -> Deed:
    """Give a bank of the council's own another title, or put it to other roles.

    Raises UserError where one of its questions is for somebody whom the bank would no longer be for.
    """
    with library.writing() as work:
        bank, origin = storage.bank_edits.editable(work, bank_id)
        changed = replace(bank, title=title.strip() or bank.title, roles=tuple(roles) or bank.roles)
        left_out = [
            question
            for question in storage.banks.show(work, bank_id).questions
            if not {*question.roles} <= {*changed.roles}
        ]
        if left_out:
            raise UserError(
                f"The question “{left_out[0].text}” is for somebody whom the bank would no longer be for.",
                "Change who the question is for first.",
            )
        what = f"The bank “{changed.title}” changed"
        edit = storage.bank_edits.change(
            work, bank_id, storage.bank_edits.Change(head=changed, origin=origin, what=what), clock.wall()
        )
        work.commit()
    return Deed(what=what, edits=(edit,))


def delete_bank(library: Library, bank_id: str, clock: Clock) -> Deed:
    """Take a bank of the council's own out of the library; sittings keep the questions that they asked."""
    with library.writing() as work:
        bank, _origin = storage.bank_edits.editable(work, bank_id)
        what = f"The bank “{bank.title}” deleted"
        edit = storage.bank_edits.change(
            work, bank_id, storage.bank_edits.Change(head=None, origin="", what=what), clock.wall()
        )
        work.commit()
    return Deed(what=what, edits=(edit,))


def save_question(
    library: Library, bank: str | NewBank, question: Question, clock: Clock, *, replacing: Question | None = None
) -> Deed:
    """Keep a new or changed question in a bank of the council's own, or in one that is made with it.

    `replacing` is the question as it was when it was opened. Raises UserError with every mistake in it, and where
    somebody else has changed it in the meantime.
    """
    with library.writing() as work:
        bank_id, made = _made_if_new(work, bank, clock)
        head, origin = storage.bank_edits.editable(work, bank_id)
        whole = storage.banks.show(work, bank_id)
        there = {known.id: known for known in whole.questions}
        if replacing and there.get(replacing.id) != replacing:
            raise UserError(
                "Somebody else has changed this question since it was opened.",
                "Open it again and make your change once more.",
            )
        if replacing:
            question = replace(question, id=replacing.id)
        elif not question.id:
            question = replace(question, id=id_from(question.text, storage.bank_edits.used_ids(work, bank_id)))
        elif question.id in storage.bank_edits.used_ids(work, bank_id):
            raise UserError(f"The bank has or had a question “{question.id}” already.", "Choose another id.")
        _refuse_mistakes(question, head)
        what = "The question changed" if replacing else "The question added"
        edit = storage.bank_edits.change(
            work,
            bank_id,
            storage.bank_edits.Change(head=head, origin=origin, put=[(question, None)], what=what),
            clock.wall(),
        )
        work.commit()
    return Deed(what=what, edits=(*made, edit), question=(bank_id, question.id))


def change_shipped_question(
    library: Library, bank_id: str, question: Question, own: str | NewBank, clock: Clock
) -> Deed:
    """Keep a changed copy of a shipped question in a bank of the council's own, and retire the shipped one."""
    with library.writing() as work:
        own_bank, made = _made_if_new(work, own, clock)
        bank, origin = storage.bank_edits.editable(work, own_bank)
        used = storage.bank_edits.used_ids(work, own_bank)
        copy = replace(question, id=id_from(question.id, used))
        copy = replace(copy, roles=tuple(role for role in copy.roles if role in bank.roles))
        _refuse_mistakes(copy, bank)
        what = f"The question changed in “{bank.title}”; the one that came with the program is retired"
        edit = storage.bank_edits.change(
            work,
            own_bank,
            storage.bank_edits.Change(head=bank, origin=origin, put=[(copy, None)], what=what),
            clock.wall(),
        )
        storage.banks.retire(work, bank_id, [question.id], clock.wall())
        work.commit()
    return Deed(what=what, edits=(*made, edit), retired=((bank_id, question.id),), question=(own_bank, copy.id))


def delete_question(library: Library, bank_id: str, question_id: str, clock: Clock) -> Deed:
    """Take a question out of a bank of the council's own."""
    with library.writing() as work:
        bank, origin = storage.bank_edits.editable(work, bank_id)
        what = "The question deleted"
        edit = storage.bank_edits.change(
            work,
            bank_id,
            storage.bank_edits.Change(head=bank, origin=origin, taken_out=[question_id], what=what),
            clock.wall(),
        )
        work.commit()
    return Deed(what=what, edits=(edit,))


def retire(library: Library, keys: Sequence[tuple[str, str]], clock: Clock) -> Deed:
    """Ask these questions no more until they are restored; with the id "" a whole bank."""
    with library.writing() as work:
        for bank_id, question_id in keys:
            storage.banks.retire(work, bank_id, [question_id], clock.wall())
        work.commit()
    return Deed(what=_retired(keys, "retired"), retired=tuple(keys))


def restore(library: Library, keys: Sequence[tuple[str, str]]) -> Deed:
    """Ask these questions again; with the id "" a whole bank."""
    with library.writing() as work:
        for bank_id, question_id in keys:
            storage.banks.restore(work, bank_id, [question_id])
        work.commit()
    return Deed(what=_retired(keys, "restored"), restored=tuple(keys))


def undo(library: Library, deed: Deed, clock: Clock) -> Deed:
    """Take a deed back; what comes of it can be undone in turn. Raises UserError where the bank has changed since."""
    with library.writing() as work:
        edits = tuple(storage.bank_edits.undo(work, edit.number, clock.wall()) for edit in reversed(deed.edits))
        for bank_id, question_id in deed.retired:
            storage.banks.restore(work, bank_id, [question_id])
        for bank_id, question_id in deed.restored:
            storage.banks.retire(work, bank_id, [question_id], clock.wall())
        work.commit()
    return Deed(what=storage.undoing.undone(deed.what), edits=edits, retired=deed.restored, restored=deed.retired)


def history(library: Library, bank_id: str) -> tuple[BankEdit, ...]:
    """The changes of a bank, the latest first."""
    with library.reading() as session:
        return storage.bank_edits.latest(session, bank_id)


def earlier_versions(library: Library, bank_id: str, question_id: str) -> tuple[EarlierQuestion, ...]:
    """A question as it was before each of its changes, the latest first."""
    with library.reading() as session:
        return storage.bank_edits.earlier(session, bank_id, question_id)


def own_banks(library: Library) -> tuple[BankSummary, ...]:
    """The banks that can be changed, by title."""
    with library.reading() as session:
        return tuple(bank for bank in storage.banks.list_banks(session) if bank.origin != SHIPPED)


def _refuse_mistakes(question: Question, bank: Bank) -> None:
    problems = problems_of(question, bank)
    if problems:
        raise UserError(
            "The question cannot be kept yet.",
            "\n".join(
                f"{problem.field}: expected {problem.expected}, but found {problem.found}." for problem in problems
            ),
        )


def _retired(keys: Sequence[tuple[str, str]], done: str) -> str:
    if len(keys) > 1:
        return f"{len(keys)} questions {done}"
    return f"The bank {done}" if keys and keys[0][1] == WHOLE_BANK else f"The question {done}"
