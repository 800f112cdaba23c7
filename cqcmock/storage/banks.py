"""Question banks in the library, so that no file is parsed again unless it changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import cast

import msgspec
from sqlalchemy import Table, and_, delete, func, or_, select
from sqlalchemy.orm import Session

from cqcmock.domain.choosing import Candidate, QuestionKey
from cqcmock.domain.questions import Bank, Question
from cqcmock.storage import search as full_text
from cqcmock.storage.errors import NotThereError
from cqcmock.storage.records import BankSummary
from cqcmock.storage.schema import BankRow, QuestionRoleRow, QuestionRow, RetiredRow
from cqcmock.storage.text import ID_LIMIT, LINE_LIMIT, PAYLOAD_LIMIT, checked, clean, clean_deep, clean_json, tokens
from cqcmock.storage.turns import Turn, alone


def put_bank(session: Session, bank: Bank, content_hash: str, origin: str) -> None:
    """Keep the bank in place of an earlier version of it. Raises TextTooLongError."""
    remove(session, clean(bank.id))
    put_head(session, bank, content_hash, origin)
    put_questions(session, bank, tuple(enumerate(bank.questions)))


def put_head(session: Session, bank: Bank, content_hash: str, origin: str) -> None:
    """Keep what is said of the bank as a whole; its questions stay as they are. Raises TextTooLongError."""
    session.merge(
        BankRow(
            id=checked(bank.id, ID_LIMIT, "The id of the bank"),
            title=checked(bank.title, LINE_LIMIT, "The title of the bank"),
            version=bank.version,
            checked_on=bank.checked_on,
            framework=clean(bank.framework),
            language=clean(bank.language),
            roles=msgspec.json.encode(clean_deep(bank.roles)).decode(),
            hash=clean(content_hash),
            origin=clean(origin),
        )
    )
    session.flush()


Progress = Callable[[int, int], None]
"""Told how many questions of how many are written."""

_QUESTIONS = cast("Table", QuestionRow.__table__)
_ROLES = cast("Table", QuestionRoleRow.__table__)

WRITTEN_AT_ONCE = 500


def put_questions(
    session: Session, bank: Bank, placed: Sequence[tuple[int, Question]], progress: Progress | None = None
) -> None:
    """Add questions to a bank, each at its position; none of them may be there. Raises TextTooLongError."""
    if not placed:
        return
    for start in range(0, len(placed), WRITTEN_AT_ONCE):
        part = placed[start : start + WRITTEN_AT_ONCE]
        session.connection().execute(
            _QUESTIONS.insert(), [_row(bank.id, position, question) for position, question in part]
        )
        if progress:
            progress(start + len(part), len(placed))
    bank_id = clean(bank.id)
    statement = select(QuestionRow.question_id, QuestionRow.number).where(QuestionRow.bank_id == bank_id)
    numbers = dict(session.execute(statement).all())
    put_roles(session, bank, [(numbers[clean(question.id)], question) for _position, question in placed])
    full_text.learn_questions(session, bank_id, [numbers[clean(question.id)] for _position, question in placed])


def put_roles(session: Session, bank: Bank, numbered: Sequence[tuple[int, Question]]) -> None:
    """Say whom questions are put to: their own roles, or those of their bank."""
    roles = [
        {"question_number": number, "role": checked(role, ID_LIMIT, "The id of the role")}
        for number, question in numbered
        for role in dict.fromkeys(question.roles or bank.roles)
    ]
    if roles:
        session.connection().execute(_ROLES.insert(), roles)


def _row(bank_id: str, position: int, question: Question) -> dict[str, object]:
    payload = as_payload(question)
    more = [point.label for point in question.points]
    more += [point.probe for point in question.points]
    more += [probe.text for probe in question.probes]
    more += [*question.themes, *question.statements, *question.strong]
    return {
        "bank_id": clean(bank_id),
        "question_id": checked(question.id, ID_LIMIT, "The id of the question"),
        "position": position,
        "kind": question.kind.value,
        "text": checked(question.text, PAYLOAD_LIMIT, "The question"),
        "text_words": full_text.as_words(tokens(question.text)),
        "more_words": full_text.as_words(tokens("\n".join(more))),
        "payload": payload,
        "labels": _labels(question),
    }


def as_payload(question: Question) -> str:
    """The question as it is kept. Raises TextTooLongError."""
    payload = clean_json(question)
    return payload if len(payload) <= PAYLOAD_LIMIT else checked(payload, PAYLOAD_LIMIT, "The question")


def from_payload(payload: str) -> Question:
    """The question that was kept so."""
    return _decoder().decode(payload)


def _labels(question: Question) -> str:
    labels = [f"kind:{question.kind.value}", f"source:{question.source.value}"]
    labels += [f"statement:{clean(name)}" for name in question.statements]
    labels += [f"theme:{clean(name)}" for name in question.themes]
    return f" {' '.join(labels)} "


def remove(session: Session, bank_id: str) -> None:
    """Take a bank out of the library; sittings keep the questions that they asked."""
    alone(session.connection(), Turn.BANKS)
    numbers = session.execute(select(QuestionRow.number).where(QuestionRow.bank_id == bank_id)).scalars().all()
    full_text.forget_questions(session, numbers)
    session.execute(delete(BankRow).where(BankRow.id == bank_id))
    session.expire_all()


def remove_questions(session: Session, bank_id: str, question_ids: Sequence[str]) -> None:
    """Take questions out of a bank; the others keep their positions."""
    statement = select(QuestionRow.question_id, QuestionRow.number).where(QuestionRow.bank_id == bank_id)
    there = dict(session.execute(statement).all())
    numbers = [there[question_id] for question_id in map(clean, question_ids) if question_id in there]
    full_text.forget_questions(session, numbers)
    for number in numbers:
        session.execute(delete(QuestionRow).where(QuestionRow.number == number))


def hashes(session: Session) -> dict[str, str]:
    """The hash of the file that each bank was read from, by the id of the bank."""
    return dict(session.execute(select(BankRow.id, BankRow.hash)).all())


def list_banks(session: Session) -> tuple[BankSummary, ...]:
    """Every bank, by its title."""
    set_aside = select(RetiredRow.bank_id, RetiredRow.question_id).subquery()
    rows = session.execute(
        select(
            BankRow.id,
            BankRow.title,
            BankRow.version,
            BankRow.roles,
            BankRow.origin,
            func.count(QuestionRow.number),
            func.count(set_aside.c.question_id),
        )
        .outerjoin(QuestionRow, QuestionRow.bank_id == BankRow.id)
        .outerjoin(
            set_aside,
            and_(set_aside.c.bank_id == QuestionRow.bank_id, set_aside.c.question_id == QuestionRow.question_id),
        )
        .group_by(BankRow.id, BankRow.title, BankRow.version, BankRow.roles, BankRow.origin)
        .order_by(BankRow.title, BankRow.id)
    )
    retired_banks = set(session.execute(select(RetiredRow.bank_id).where(RetiredRow.question_id == "")).scalars())
    return tuple(
        BankSummary(
            id=bank,
            title=title,
            version=version,
            roles=_roles(roles),
            questions=questions,
            origin=origin,
            retired=bank in retired_banks,
            retired_questions=retired,
        )
        for bank, title, version, roles, origin, questions, retired in rows
    )


def show(session: Session, bank_id: str) -> Bank:
    """The whole bank. Raises NotThereError naming the banks that there are."""
    row = _bank(session, bank_id)
    payloads = session.execute(
        select(QuestionRow.payload).where(QuestionRow.bank_id == row.id).order_by(QuestionRow.position)
    ).scalars()
    return replace(head(row), questions=tuple(from_payload(payload) for payload in payloads))


def question(session: Session, bank_id: str, question_id: str) -> Question:
    """One question of a bank. Raises NotThereError."""
    payload = session.execute(
        select(QuestionRow.payload).where(
            QuestionRow.bank_id == clean(bank_id), QuestionRow.question_id == clean(question_id)
        )
    ).scalar()
    if payload is None:
        raise NotThereError(
            f"The bank “{bank_id}” has no question “{question_id}”.", f"“cqcmock banks show {bank_id}” lists them."
        )
    return from_payload(payload)


def head_of(session: Session, bank_id: str) -> tuple[Bank, str]:
    """The bank without its questions, and its origin. Raises NotThereError naming the banks that there are."""
    row = _bank(session, bank_id)
    return head(row), row.origin


def _bank(session: Session, bank_id: str) -> BankRow:
    row = session.get(BankRow, clean(bank_id))
    if row is None:
        known = ", ".join(sorted(hashes(session))) or "none yet"
        raise NotThereError(f"There is no question bank “{bank_id}”.", f"The banks are: {known}.")
    return row


def head(row: BankRow) -> Bank:
    """What is said of the bank as a whole, without its questions."""
    return Bank(
        id=row.id,
        title=row.title,
        version=row.version,
        checked_on=row.checked_on,
        framework=row.framework,
        roles=_roles(row.roles),
        language=row.language,
        questions=(),
    )


def candidates(session: Session, role: str) -> tuple[Candidate, ...]:
    """The questions in use that are put to this role, in the order of their banks."""
    rows = session.execute(
        select(QuestionRow.bank_id, BankRow.version, QuestionRow.payload)
        .join(BankRow, BankRow.id == QuestionRow.bank_id)
        .join(QuestionRoleRow, QuestionRoleRow.question_number == QuestionRow.number)
        .where(QuestionRoleRow.role == role, full_text.in_use())
        .order_by(QuestionRow.bank_id, QuestionRow.position)
    )
    return tuple(
        Candidate(bank=bank, bank_version=version, question=from_payload(payload)) for bank, version, payload in rows
    )


def roles_with_questions(session: Session) -> frozenset[str]:
    """The ids of the roles that at least one question in use is put to."""
    statement = select(QuestionRoleRow.role).distinct()
    if session.execute(select(select(RetiredRow.at).exists())).scalar():
        in_use = select(QuestionRow.number).where(full_text.in_use())
        statement = statement.where(QuestionRoleRow.question_number.in_(in_use))
    return frozenset(session.execute(statement).scalars())


def roles_of(session: Session, keys: Sequence[QuestionKey]) -> dict[str, int]:
    """How many of these questions are put to each role."""
    wanted = [
        and_(QuestionRow.bank_id == clean(bank), QuestionRow.question_id == clean(question)) for bank, question in keys
    ]
    if not wanted:
        return {}
    rows = session.execute(
        select(QuestionRoleRow.role, func.count())
        .join(QuestionRow, QuestionRow.number == QuestionRoleRow.question_number)
        .where(or_(*wanted))
        .group_by(QuestionRoleRow.role)
    )
    return dict(rows.all())


def retire(session: Session, bank_id: str, question_ids: Sequence[str], at: datetime) -> None:
    """Ask these questions no more, or with the id "" the whole bank, until they are restored."""
    for question_id in question_ids:
        session.merge(RetiredRow(bank_id=clean(bank_id), question_id=clean(question_id), at=at))


def restore(session: Session, bank_id: str, question_ids: Sequence[str]) -> None:
    """Ask these questions again, or with the id "" the bank."""
    for question_id in question_ids:
        session.execute(
            delete(RetiredRow).where(RetiredRow.bank_id == clean(bank_id), RetiredRow.question_id == clean(question_id))
        )


@cache
def _decoder() -> msgspec.json.Decoder[Question]:
    return msgspec.json.Decoder(Question)


def _roles(stored: str) -> tuple[str, ...]:
    return msgspec.json.decode(stored, type=tuple[str, ...])
