"""The audit trail in the library: only ever added to, in the unit of work of the deed that it tells of."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from cqcmock.domain.audit import NO_HASH, Deed, Details, Entry, Head, Kind, hash_of
from cqcmock.storage.safekeeping_schema import AuditRow
from cqcmock.storage.text import ID_LIMIT, LINE_LIMIT, checked, clean_json
from cqcmock.storage.turns import Turn, alone

_AT_ONCE: Final = 500


def add(
    session: Session,
    at: datetime,
    deed: Deed,
    kind: Kind,
    subject: str = "",
    why: str = "",
    details: Details | None = None,
) -> Head:
    """Add what was done, within the same unit of work as the deed, and return the new head.

    Raises TextTooLongError for a reason of more than 2,000 characters.
    """
    return add_all(session, [Entry(at=at, deed=deed, kind=kind, subject=subject, why=why, details=details or {})])


def add_all(session: Session, told: Iterable[Entry]) -> Head:
    """Add several deeds in their order, as `add` does."""
    alone(session.connection(), Turn.AUDIT)
    last = head(session)
    rows = []
    for one in told:
        entry = replace(
            one,
            at=one.at.astimezone(UTC),
            number=last.count + 1,
            subject=checked(one.subject, ID_LIMIT, "The id"),
            why=checked(one.why, LINE_LIMIT, "The reason"),
            details=json.loads(clean_json(dict(one.details))),
        )
        last = Head(count=entry.number, hash=hash_of(entry, last.hash))
        rows.append(
            {
                "number": entry.number,
                "at": entry.at,
                "deed": str(entry.deed),
                "kind": str(entry.kind),
                "subject": entry.subject,
                "why": entry.why,
                "details": json.dumps(entry.details, ensure_ascii=False),
                "hash": last.hash,
            }
        )
    if rows:
        session.execute(insert(AuditRow), rows)
    return last


def tell_gone(session: Session, at: datetime, kind: Kind, subjects: Iterable[str], rule: str) -> None:
    """Add that things were deleted for good, under which rule: their copies are cleaned of what stands here."""
    details: Details = {"rule": rule, "for good": 1}
    add_all(session, [Entry(at=at, deed=Deed.DELETED, kind=kind, subject=one, details=details) for one in subjects])


def head(session: Session) -> Head:
    """The last hash and the number of entries."""
    row = session.execute(select(AuditRow.number, AuditRow.hash).order_by(AuditRow.number.desc()).limit(1)).first()
    return Head(count=row.number, hash=row.hash) if row else Head(count=0, hash=NO_HASH)


def entries(session: Session, deeds: tuple[Deed, ...] = ()) -> Iterator[Entry]:
    """The entries from the first to the last, or only those of these deeds."""
    query = select(AuditRow.number).order_by(AuditRow.number)
    if deeds:
        query = query.where(AuditRow.deed.in_([deed.value for deed in deeds]))
    numbers = session.scalars(query).all()
    for at in range(0, len(numbers), _AT_ONCE):
        yield from _read(session, numbers[at : at + _AT_ONCE])


def _read(session: Session, numbers: Sequence[int]) -> Iterator[Entry]:
    try:
        rows = session.scalars(select(AuditRow).where(AuditRow.number.in_(numbers)).order_by(AuditRow.number)).all()
    except (ValueError, TypeError):  # somebody changed one of them into what is no entry: the chain shows where
        if len(numbers) == 1:
            yield Entry(number=numbers[0], at=datetime.min.replace(tzinfo=UTC), deed="", kind="")
            return
        for number in numbers:
            yield from _read(session, [number])
        return
    yield from map(_entry, rows)


def _entry(row: AuditRow) -> Entry:
    try:
        details = json.loads(row.details)
    except (ValueError, TypeError):  # here too
        details = {"": str(row.details)}
    return Entry(
        number=row.number,
        at=row.at,
        deed=str(row.deed),
        kind=str(row.kind),
        subject=str(row.subject),
        why=str(row.why),
        details=details if isinstance(details, dict) else {"": str(row.details)},
        hash=str(row.hash),
    )
