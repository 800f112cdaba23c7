"""Changes of banks by people: each is kept with what was there before, so that it can be looked up and undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import cast

import msgspec
from sqlalchemy import Table, delete, func, select
from sqlalchemy.orm import Session

from cqcmock.domain.questions import Bank, Question
from cqcmock.errors import UserError
from cqcmock.storage import banks
from cqcmock.storage.errors import NotThereError
from cqcmock.storage.records import BankEdit, EarlierQuestion
from cqcmock.storage.schema import BankEditRow, BankRow, QuestionBeforeRow, QuestionRoleRow, QuestionRow
from cqcmock.storage.text import ID_LIMIT, LINE_LIMIT, checked, clean
from cqcmock.storage.turns import Turn, alone
from cqcmock.storage.undoing import stands_on_top, undone

EDITED = ""
"""The hash of a bank that is like no file any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What becomes of a bank. `head` is the bank without questions, or None where it goes as a whole.

    `put` are questions that are new or changed, each with its position, or None to stay or come last; `taken_out`
    are ids.
    """

    head: Bank | None
    origin: str
    hash: str = EDITED
    put: Sequence[tuple[Question, int | None]] = ()
    taken_out: Sequence[str] = ()
    what: str = field(default="")


_BEFORE = cast("Table", QuestionBeforeRow.__table__)

SHIPPED = "shipped"


class _Head(msgspec.Struct):
    bank: Bank
    hash: str
    origin: str


def editable(session: Session, bank_id: str) -> tuple[Bank, str]:
    """A bank that people may change, without its questions, and its origin. Raises UserError for a shipped one."""
    head, origin = banks.head_of(session, bank_id)
    if origin == SHIPPED:
        raise UserError(
            f"“{head.title}” comes with the program and stays as it is.",
            "Change the question in a bank of your own: the one that came with the program is then retired.",
        )
    return head, origin


def change(
    session: Session,
    bank_id: str,
    wanted: Change,
    at: datetime,
    *,
    progress: banks.Progress | None = None,
    undoes: int | None = None,
) -> BankEdit:
    """Make the change and keep what was there before. The bank's version rises, unless it is new.

    Raises TextTooLongError.
    """
    alone(session.connection(), Turn.BANKS)
    bank_id = checked(bank_id, ID_LIMIT, "The id of the bank")
    row = session.get(BankRow, bank_id)
    before = _head(row) if row else None
    version = row.version + 1 if row else (wanted.head.version if wanted.head else 0)
    if wanted.head and before:
        version = max(version, wanted.head.version)
    edit = BankEditRow(
        bank_id=bank_id,
        version=version,
        at=at,
        what=checked(wanted.what, LINE_LIMIT, "The name of the change"),
        head=msgspec.json.encode(before).decode() if before else None,
        undoes=undoes,
    )
    session.add(edit)
    session.flush()
    if wanted.head is None:
        there = session.execute(select(QuestionRow.question_id).where(QuestionRow.bank_id == bank_id)).scalars().all()
        _keep_before(session, edit.number, bank_id, there)
        banks.remove(session, bank_id)
        return _edit(edit)
    head = replace(wanted.head, version=version, questions=())
    gone = [clean(question_id) for question_id in wanted.taken_out]
    touched = [clean(question.id) for question, _position in wanted.put]
    places = _keep_before(session, edit.number, bank_id, [*dict.fromkeys([*gone, *touched])])
    banks.put_head(session, head, wanted.hash, wanted.origin)
    banks.remove_questions(session, bank_id, [*gone, *touched])
    last = session.execute(select(func.max(QuestionRow.position)).where(QuestionRow.bank_id == bank_id)).scalar()
    following = max([-1 if last is None else last, *places.values()]) + 1
    placed: list[tuple[int, Question]] = []
    for question, wished in wanted.put:
        position = places.get(clean(question.id)) if wished is None else wished
        if position is None:
            position, following = following, following + 1
        placed.append((position, question))
    banks.put_questions(session, head, placed, progress)
    if before and before.bank.roles != head.roles:
        _put_roles_anew(session, head)
    return _edit(edit)


def _put_roles_anew(session: Session, head: Bank) -> None:
    rows = session.execute(select(QuestionRow.number, QuestionRow.payload).where(QuestionRow.bank_id == head.id)).all()
    session.execute(
        delete(QuestionRoleRow).where(
            QuestionRoleRow.question_number.in_(select(QuestionRow.number).where(QuestionRow.bank_id == head.id))
        )
    )
    banks.put_roles(session, head, [(number, banks.from_payload(payload)) for number, payload in rows])


def undo(session: Session, number: int, at: datetime) -> BankEdit:
    """Make everything as it was before this edit, which is an edit itself.

    Raises UserError where the bank has been changed since.
    """
    edit = session.get(BankEditRow, number)
    if edit is None:
        raise NotThereError("This change is no longer known.", "Change the question by hand.")
    made = session.execute(
        select(BankEditRow.number, BankEditRow.undoes)
        .where(BankEditRow.bank_id == edit.bank_id, BankEditRow.number >= number)
        .order_by(BankEditRow.number.desc())
    )
    if not stands_on_top(number, made.all()):
        raise UserError("The bank has been changed since.", "Undo the latest change first.")
    rows = session.execute(select(QuestionBeforeRow).where(QuestionBeforeRow.edit == number)).scalars().all()
    what = undone(edit.what)
    if edit.head is None:
        return change(session, edit.bank_id, Change(head=None, origin="", what=what), at, undoes=number)
    head = msgspec.json.decode(edit.head, type=_Head)
    return change(
        session,
        edit.bank_id,
        Change(
            head=head.bank,
            origin=head.origin,
            hash=head.hash,
            put=[(banks.from_payload(row.payload), row.position) for row in rows if row.payload is not None],
            taken_out=[row.question_id for row in rows if row.payload is None],
            what=what,
        ),
        at,
        undoes=number,
    )


def latest(session: Session, bank_id: str, limit: int = 50) -> tuple[BankEdit, ...]:
    """The changes of a bank, the latest first."""
    rows = session.execute(
        select(BankEditRow)
        .where(BankEditRow.bank_id == clean(bank_id))
        .order_by(BankEditRow.number.desc())
        .limit(limit)
    ).scalars()
    return tuple(_edit(row) for row in rows)


def earlier(session: Session, bank_id: str, question_id: str) -> tuple[EarlierQuestion, ...]:
    """A question as it was before each of its changes, the latest first."""
    rows = session.execute(
        select(BankEditRow, QuestionBeforeRow.payload)
        .join(QuestionBeforeRow, QuestionBeforeRow.edit == BankEditRow.number)
        .where(BankEditRow.bank_id == clean(bank_id), QuestionBeforeRow.question_id == clean(question_id))
        .order_by(BankEditRow.number.desc())
    )
    return tuple(
        EarlierQuestion(edit=_edit(edit), question=banks.from_payload(payload) if payload is not None else None)
        for edit, payload in rows
    )


def used_ids(session: Session, bank_id: str) -> frozenset[str]:
    """Every id that a question of this bank has ever had: none of them may be given to another."""
    now = session.execute(select(QuestionRow.question_id).where(QuestionRow.bank_id == clean(bank_id))).scalars()
    before = session.execute(
        select(QuestionBeforeRow.question_id)
        .join(BankEditRow, BankEditRow.number == QuestionBeforeRow.edit)
        .where(BankEditRow.bank_id == clean(bank_id))
    ).scalars()
    return frozenset((*now, *before))


def _keep_before(session: Session, edit: int, bank_id: str, question_ids: Sequence[str]) -> dict[str, int]:
    """Keep the questions as they are; returns the positions of those that are there."""
    there = {
        question_id: (position, payload)
        for question_id, position, payload in session.execute(
            select(QuestionRow.question_id, QuestionRow.position, QuestionRow.payload).where(
                QuestionRow.bank_id == bank_id
            )
        )
    }
    nothing: tuple[int, str | None] = (-1, None)
    kept = [
        {"edit": edit, "question_id": question_id, "position": position, "payload": payload}
        for question_id in question_ids
        for position, payload in (there.get(question_id, nothing),)
    ]
    if kept:
        session.connection().execute(_BEFORE.insert(), kept)
    return {question_id: there[question_id][0] for question_id in question_ids if question_id in there}


def _head(row: BankRow) -> _Head:
    return _Head(bank=banks.head(row), hash=row.hash, origin=row.origin)


def _edit(row: BankEditRow) -> BankEdit:
    return BankEdit(number=row.number, bank=row.bank_id, version=row.version, at=row.at, what=row.what)
