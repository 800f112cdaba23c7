"""The audit trail in the library: only ever added to, in the unit of work of the deed that it tells of."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cqcmock.domain.audit import NO_HASH, Deed, Entry, Head, Kind, hash_of
from cqcmock.storage.safekeeping_schema import AuditRow
from cqcmock.storage.text import ID_LIMIT, LINE_LIMIT, checked, clean
from cqcmock.storage.turns import Turn, alone


def add(
    session: Session,
    at: datetime,
    deed: Deed,
    kind: Kind,
    subject: str = "",
    why: str = "",
    details: Mapping[str, str | int] | None = None,
) -> Head:
    """Add what was done, within the same unit of work as the deed, and return the new head.

    Raises TextTooLongError for a reason of more than 2,000 characters.
    """
    alone(session.connection(), Turn.AUDIT)
    before = head(session)
    entry = Entry(
        number=before.count + 1,
        at=at,
        deed=deed.value,
        kind=kind.value,
        subject=checked(subject, ID_LIMIT, "The id"),
        why=checked(why, LINE_LIMIT, "The reason"),
        details=details or {},
    )
    hashed = hash_of(entry, before.hash)
    session.add(
        AuditRow(
            number=entry.number,
            at=entry.at,
            deed=entry.deed,
            kind=entry.kind,
            subject=entry.subject,
            why=entry.why,
            details=clean(json.dumps(dict(entry.details), ensure_ascii=False)),
            hash=hashed,
        )
    )
    session.flush()
    return Head(count=entry.number, hash=hashed)


def head(session: Session) -> Head:
    """The last hash and the number of entries."""
    row = session.execute(select(AuditRow.number, AuditRow.hash).order_by(AuditRow.number.desc()).limit(1)).first()
    return Head(count=row.number, hash=row.hash) if row else Head(count=0, hash=NO_HASH)


def entries(session: Session, deeds: tuple[Deed, ...] = ()) -> Iterator[Entry]:
    """The entries from the first to the last, or only those of these deeds."""
    query = select(AuditRow).order_by(AuditRow.number)
    if deeds:
        query = query.where(AuditRow.deed.in_([deed.value for deed in deeds]))
    return map(_entry, session.scalars(query.execution_options(yield_per=500)))


def _entry(row: AuditRow) -> Entry:
    try:
        details = json.loads(row.details)
    except ValueError:  # somebody changed it: the chain shows where
        details = {"": row.details}
    entry = Entry(
        number=row.number, at=row.at, deed=row.deed, kind=row.kind, subject=row.subject, why=row.why, hash=row.hash
    )
    return replace(entry, details=details if isinstance(details, dict) else {"": row.details})
