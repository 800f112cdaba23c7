"""What must not be deleted because somebody has asked for it: a thing, all things of a kind, or everything."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from cqcmock.domain.audit import Kind
from cqcmock.domain.retention import Hold
from cqcmock.storage.errors import NotThereError
from cqcmock.storage.safekeeping_schema import HoldRow
from cqcmock.storage.text import ID_LIMIT, LINE_LIMIT, checked, clean


def place(session: Session, kind: Kind | None, subject: str, why: str, at: datetime) -> Hold:
    """Keep something from being deleted. Without a subject all of a kind, without a kind everything."""
    row = HoldRow(
        id=str(uuid.uuid4()),
        kind=kind.value if kind else "",
        subject=checked(subject, ID_LIMIT, "The id") if kind else "",
        why=checked(why, LINE_LIMIT, "The reason"),
        since=at,
        released_at=None,
    )
    session.add(row)
    session.flush()
    return _hold(row)


def release(session: Session, hold_id: str, at: datetime) -> Hold:
    """Let what was held be deleted again. Raises NotThereError for a hold that is not there or was released before."""
    row = session.get(HoldRow, clean(hold_id))
    if row is None or row.released_at is not None:
        raise NotThereError("There is no such hold.", "“cqcmock retention list” shows those there are.")
    row.released_at = at
    session.flush()
    return _hold(row)


def standing(session: Session) -> tuple[Hold, ...]:
    """The holds that have not been released, the oldest first."""
    rows = session.scalars(select(HoldRow).where(HoldRow.released_at.is_(None)).order_by(HoldRow.since, HoldRow.id))
    return tuple(map(_hold, rows))


def on(session: Session, kind: Kind, subject: str) -> Hold | None:
    """The first standing hold that keeps this from being deleted."""
    row = session.scalars(
        select(HoldRow)
        .where(HoldRow.released_at.is_(None))
        .where(
            or_(
                HoldRow.kind == "",
                (HoldRow.kind == kind.value) & HoldRow.subject.in_(("", clean(subject))),
            )
        )
        .order_by(HoldRow.since, HoldRow.id)
        .limit(1)
    ).first()
    return _hold(row) if row else None


def _hold(row: HoldRow) -> Hold:
    return Hold(
        id=row.id,
        kind=Kind(row.kind) if row.kind else None,
        subject=row.subject,
        why=row.why,
        since=row.since,
        released_at=row.released_at,
    )
