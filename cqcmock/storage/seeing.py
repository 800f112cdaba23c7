"""Who has been given an answer: the packs that it was sent in, and the reports that were made of its sitting."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cqcmock.domain.audit import Deed, Kind
from cqcmock.storage.errors import NotThereError
from cqcmock.storage.review_schema import PackRow, PackSheetRow
from cqcmock.storage.safekeeping_schema import AuditRow
from cqcmock.storage.schema import SittingRow


def began(session: Session, sitting_id: str) -> tuple[datetime, str]:
    """When a sitting began, and in which mode. Raises NotThereError."""
    wanted = select(SittingRow.started_at, SittingRow.mode).where(SittingRow.id == sitting_id)
    row = session.execute(wanted).one_or_none()
    if row is None:
        raise NotThereError("This rehearsal is no longer in the library.", "Look for it among the deleted ones.")
    return row.started_at, row.mode


def sent(session: Session, sitting_id: str) -> tuple[tuple[int, str, datetime], ...]:
    """Which questions of a sitting were sent to whom and when, the first pack first; no words are read for it."""
    rows = session.execute(
        select(PackSheetRow.question, PackRow.reviewer, PackRow.made_at)
        .join(PackRow, PackRow.id == PackSheetRow.pack_id)
        .where(PackSheetRow.sitting_id == sitting_id)
        .order_by(PackRow.made_at, PackRow.id, PackSheetRow.question)
    )
    return tuple((question, reviewer, made_at) for question, reviewer, made_at in rows)


def reported(session: Session, sitting_id: str) -> tuple[datetime, ...]:
    """When reports of a sitting were saved or printed; nobody knows where they are now."""
    told = select(AuditRow.at).where(
        AuditRow.deed == Deed.REPORT_MADE.value,
        AuditRow.kind == Kind.SITTING.value,
        AuditRow.subject == sitting_id,
    )
    return tuple(session.execute(told.order_by(AuditRow.number)).scalars())


def exported_since(session: Session, moment: datetime) -> tuple[datetime, ...]:
    """When everything about one person was exported after a moment; whose it was, the trail does not say."""
    told = select(AuditRow.at).where(AuditRow.deed == Deed.PERSON_EXPORTED.value, AuditRow.at >= moment)
    return tuple(session.execute(told.order_by(AuditRow.number)).scalars())
