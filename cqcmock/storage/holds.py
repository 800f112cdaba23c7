"""What must not be deleted because somebody has asked for it: a thing, all things of a kind, or everything."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from cqcmock.domain import english
from cqcmock.domain.audit import Kind
from cqcmock.domain.retention import Hold
from cqcmock.storage.errors import HeldError, NotThereError
from cqcmock.storage.review_schema import PackSheetRow
from cqcmock.storage.safekeeping_schema import HoldRow
from cqcmock.storage.text import ID_LIMIT, LINE_LIMIT, checked, clean
from cqcmock.storage.turns import Turn, alone


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


def place_again(session: Session, hold: Hold) -> bool:
    """Let a hold stand that stood before an older library took this one's place; False where it stands already."""
    row = session.get(HoldRow, hold.id)
    if row is not None:
        return False
    kind = hold.kind.value if hold.kind else ""
    session.add(HoldRow(id=hold.id, kind=kind, subject=hold.subject, why=hold.why, since=hold.since, released_at=None))
    session.flush()
    return True


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


def keeping(session: Session, kind: Kind, subjects: Collection[str]) -> dict[str, Hold]:
    """Of these things those that must not be deleted, each with a hold that keeps it.

    A rehearsal is kept by a hold on a pack that its answers were sent in, and a pack by one on a rehearsal in it:
    deleting either takes something from the other.
    """
    holds = standing(session)
    if not holds or not subjects:
        return {}
    parts = {subject: [(kind, subject)] for subject in subjects}
    if kind is Kind.SITTING:
        for sitting, pack in _sent(session, PackSheetRow.sitting_id.in_([*subjects])):
            parts[sitting].append((Kind.PACK, pack))
    elif kind is Kind.PACK:
        for sitting, pack in _sent(session, PackSheetRow.pack_id.in_([*subjects])):
            parts[pack].append((Kind.SITTING, sitting))
    found = {}
    for subject, touched in parts.items():
        hold = next((hold for hold in holds for part in touched if hold.covers(*part)), None)
        if hold is not None:
            found[subject] = hold
    return found


def _sent(session: Session, which: ColumnElement[bool]) -> list[tuple[str, str]]:
    """The rehearsals and the packs that still hold words of theirs."""
    pairs = select(PackSheetRow.sitting_id, PackSheetRow.pack_id).where(which, PackSheetRow.payload != "").distinct()
    return [(sitting, pack) for sitting, pack in session.execute(pairs)]


def decide(session: Session) -> None:
    """From here on nobody places a hold until this unit of work ends: what is not held now may be deleted in it."""
    alone(session.connection(), Turn.AUDIT)  # whoever places one needs it too


def refuse(session: Session, kind: Kind, subject: str) -> None:
    """To be asked in the unit of work of every deletion, on purpose or by age. Raises HeldError."""
    decide(session)
    hold = keeping(session, kind, [clean(subject)]).get(clean(subject))
    if hold is not None:
        raise held(hold)


def held(hold: Hold) -> HeldError:
    """To be raised where a hold keeps something from being deleted."""
    since = english.day(hold.since.astimezone().date())
    return HeldError(
        f"This must not be deleted: it is held since {since}, because {hold.why}".rstrip(".") + ".",
        "Release the hold first, once what was asked for has been given. Settings show the holds, and so does "
        "“cqcmock retention list”.",
        hold.id,
    )


def _hold(row: HoldRow) -> Hold:
    return Hold(
        id=row.id,
        kind=Kind(row.kind) if row.kind else None,
        subject=row.subject,
        why=row.why,
        since=row.since,
        released_at=row.released_at,
    )
