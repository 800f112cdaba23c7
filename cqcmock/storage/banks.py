"""Question banks in the library, so that no file is parsed again unless it changed."""

from __future__ import annotations

from functools import cache

import msgspec
from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from cqcmock.domain.choosing import Candidate
from cqcmock.domain.questions import Bank, Question
from cqcmock.storage import search as full_text
from cqcmock.storage.errors import NotThereError
from cqcmock.storage.records import BankSummary
from cqcmock.storage.schema import BankRow, QuestionRoleRow, QuestionRow
from cqcmock.storage.text import ID_LIMIT, LINE_LIMIT, PAYLOAD_LIMIT, checked, clean, clean_deep, tokens
from cqcmock.storage.turns import Turn, alone


def put_bank(session: Session, bank: Bank, content_hash: str, origin: str) -> None:
    """Keep the bank in place of an earlier version of it. Raises TextTooLongError."""
    remove(session, clean(bank.id))
    session.add(
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
    if not bank.questions:
        return
    session.execute(insert(QuestionRow), [_row(bank, position) for position in range(len(bank.questions))])
    bank_id = clean(bank.id)
    statement = select(QuestionRow.question_id, QuestionRow.number).where(QuestionRow.bank_id == bank_id)
    numbers = dict(session.execute(statement).all())
    roles = [
        {"question_number": numbers[clean(question.id)], "role": checked(role, ID_LIMIT, "The id of the role")}
        for question in bank.questions
        for role in dict.fromkeys(question.roles or bank.roles)
    ]
    if roles:
        session.execute(insert(QuestionRoleRow), roles)
    full_text.learn_bank(session, bank_id)


def _row(bank: Bank, position: int) -> dict[str, object]:
    question = bank.questions[position]
    payload = msgspec.json.encode(clean_deep(msgspec.to_builtins(question))).decode()
    more = [point.label for point in question.points]
    more += [phrase for point in question.points for phrase in point.phrases]
    more += [*question.themes, *question.statements, *question.strong]
    return {
        "bank_id": clean(bank.id),
        "question_id": checked(question.id, ID_LIMIT, "The id of the question"),
        "position": position,
        "kind": question.kind.value,
        "text": checked(question.text, PAYLOAD_LIMIT, "The question"),
        "text_words": full_text.as_words(tokens(question.text)),
        "more_words": full_text.as_words([word for text in more for word in tokens(text)]),
        "payload": checked(payload, PAYLOAD_LIMIT, "The question"),
    }


def remove(session: Session, bank_id: str) -> None:
    """Take a bank out of the library; sittings keep the questions that they asked."""
    alone(session.connection(), Turn.BANKS)
    full_text.forget_bank(session, bank_id)
    session.execute(delete(BankRow).where(BankRow.id == bank_id))


def hashes(session: Session) -> dict[str, str]:
    """The hash of the file that each bank was read from, by the id of the bank."""
    return dict(session.execute(select(BankRow.id, BankRow.hash)).all())


def list_banks(session: Session) -> tuple[BankSummary, ...]:
    """Every bank, by its title."""
    rows = session.execute(
        select(
            BankRow.id, BankRow.title, BankRow.version, BankRow.roles, BankRow.origin, func.count(QuestionRow.number)
        )
        .outerjoin(QuestionRow, QuestionRow.bank_id == BankRow.id)
        .group_by(BankRow.id, BankRow.title, BankRow.version, BankRow.roles, BankRow.origin)
        .order_by(BankRow.title, BankRow.id)
    )
    return tuple(
        BankSummary(id=bank, title=title, version=version, roles=_roles(roles), questions=questions, origin=origin)
        for bank, title, version, roles, origin, questions in rows
    )


def show(session: Session, bank_id: str) -> Bank:
    """The whole bank. Raises NotThereError naming the banks that there are."""
    row = session.get(BankRow, clean(bank_id))
    if row is None:
        known = ", ".join(sorted(hashes(session))) or "none yet"
        raise NotThereError(f"There is no question bank “{bank_id}”.", f"The banks are: {known}.")
    payloads = session.execute(
        select(QuestionRow.payload).where(QuestionRow.bank_id == row.id).order_by(QuestionRow.position)
    ).scalars()
    return Bank(
        id=row.id,
        title=row.title,
        version=row.version,
        checked_on=row.checked_on,
        framework=row.framework,
        roles=_roles(row.roles),
        language=row.language,
        questions=tuple(_decoder().decode(payload) for payload in payloads),
    )


def candidates(session: Session, role: str) -> tuple[Candidate, ...]:
    """The questions that are put to this role, in the order of their banks."""
    rows = session.execute(
        select(QuestionRow.bank_id, BankRow.version, QuestionRow.payload)
        .join(BankRow, BankRow.id == QuestionRow.bank_id)
        .join(QuestionRoleRow, QuestionRoleRow.question_number == QuestionRow.number)
        .where(QuestionRoleRow.role == role)
        .order_by(QuestionRow.bank_id, QuestionRow.position)
    )
    return tuple(
        Candidate(bank=bank, bank_version=version, question=_decoder().decode(payload))
        for bank, version, payload in rows
    )


def roles_with_questions(session: Session) -> frozenset[str]:
    """The ids of the roles that at least one question is put to."""
    return frozenset(session.execute(select(QuestionRoleRow.role).distinct()).scalars())


@cache
def _decoder() -> msgspec.json.Decoder[Question]:
    return msgspec.json.Decoder(Question)


def _roles(stored: str) -> tuple[str, ...]:
    return msgspec.json.decode(stored, type=tuple[str, ...])
