"""What somebody has practised already, worked out from their sittings: deleting one takes it out of the count."""

from __future__ import annotations

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cqcmock.domain.choosing import QuestionKey
from cqcmock.storage.records import Practised
from cqcmock.storage.schema import AskedRow, SittingRow
from cqcmock.storage.text import clean


def practised(session: Session, person: str) -> tuple[Practised, ...]:
    """How often this person has answered each question, and when they last began a sitting with it."""
    rows = session.execute(
        select(
            AskedRow.bank,
            AskedRow.question,
            AskedRow.themes,
            func.count().label("times"),
            func.max(SittingRow.started_at, type_=SittingRow.started_at.type).label("last_at"),
        )
        .join(SittingRow, SittingRow.id == AskedRow.sitting_id)
        .where(
            SittingRow.person == clean(person),
            SittingRow.deleted_at.is_(None),
            AskedRow.position <= SittingRow.answered_to,
        )
        .group_by(AskedRow.bank, AskedRow.question, AskedRow.themes)
        .order_by(AskedRow.bank, AskedRow.question, AskedRow.themes)
    )
    decoder = msgspec.json.Decoder(tuple[str, ...])
    return tuple(
        Practised(bank=bank, question=question, themes=decoder.decode(themes), times=times, last_at=last_at)
        for bank, question, themes, times, last_at in rows
    )


def times_by_key(session: Session, person: str) -> dict[QuestionKey, int]:
    """How often this person has answered each question."""
    times: dict[QuestionKey, int] = {}
    for entry in practised(session, person):
        key = (entry.bank, entry.question)
        times[key] = times.get(key, 0) + entry.times
    return times
