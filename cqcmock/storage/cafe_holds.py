"""One facilitator at a time: who is changing a café session, in one program or on one of several laptops.

The same row is written with every change, in the same unit of work. Somebody whose session was taken over therefore
cannot write into it, whatever their program believes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from cqcmock.storage.cafe_records import STALE_SECONDS, CafeHold, HeldByAnotherError, HoldLostError
from cqcmock.storage.cafe_schema import CafeHoldRow, CafeSessionRow
from cqcmock.storage.engine import is_sqlite
from cqcmock.storage.errors import NotThereError
from cqcmock.storage.text import ID_LIMIT, NAME_LIMIT, checked, clean


def now(session: Session, wall: datetime) -> datetime:
    """The time by which holds are compared: on a server its own, because laptops' clocks differ."""
    if is_sqlite(session.connection()):
        return wall
    on_server: datetime = session.execute(select(func.clock_timestamp(type_=CafeHoldRow.beat.type))).scalar_one()
    return on_server


def who_has(session: Session, session_id: str) -> CafeHold | None:
    """Who has a session, however long ago their last sign of life was."""
    row = session.execute(
        select(CafeHoldRow.session_id, CafeHoldRow.holder, CafeHoldRow.who, CafeHoldRow.since, CafeHoldRow.beat).where(
            CafeHoldRow.session_id == clean(session_id)
        )
    ).one_or_none()
    if row is None:
        return None
    return CafeHold(session=row.session_id, holder=row.holder, who=row.who, since=row.since, beat=row.beat)


def stale(hold: CafeHold, at: datetime) -> bool:
    """Whether nothing was heard of its holder for too long; a beat in the future means that a clock was set back."""
    return abs((at - hold.beat).total_seconds()) > STALE_SECONDS


def take(
    session: Session,
    session_id: str,
    holder: str,
    who: str,
    at: datetime,
    gone: Callable[[CafeHold], bool] = lambda _hold: False,
) -> CafeHold:
    """Take a session in hand; taking it again changes nothing but the sign of life.

    `gone` says of another's hold whether its program is known to have ended. Raises HeldByAnotherError where somebody
    else has it and was heard of lately, and NotThereError.
    """
    session_id = alone(session, session_id)
    there = who_has(session, session_id)
    if there is not None and there.holder == holder:
        beat(session, there, at)
        return there
    if there is not None and not stale(there, at) and not gone(there):
        raise HeldByAnotherError(there)
    session.execute(delete(CafeHoldRow).where(CafeHoldRow.session_id == session_id))
    taken = CafeHold(
        session=session_id,
        holder=checked(holder, ID_LIMIT, "The id of the program"),
        who=checked(who, NAME_LIMIT, "The name"),
        since=at,
        beat=at,
    )
    session.add(CafeHoldRow(session_id=taken.session, holder=taken.holder, who=taken.who, since=at, beat=at))
    session.flush()
    return taken


def alone(session: Session, session_id: str) -> str:
    """See to it that nobody else changes this session until the unit of work ends. Raises NotThereError."""
    found = session.execute(
        select(CafeSessionRow.id).where(CafeSessionRow.id == clean(session_id)).with_for_update()
    ).scalar_one_or_none()
    if found is None:
        raise NotThereError("This café session is no longer in the library.", "Look for it among the deleted ones.")
    return found


def beat(session: Session, hold: CafeHold, at: datetime) -> None:
    """Give a sign of life; nobody can take the session over until this unit of work ends. Raises HoldLostError."""
    given = session.connection().execute(
        update(CafeHoldRow)
        .where(CafeHoldRow.session_id == hold.session, CafeHoldRow.holder == hold.holder)
        .values(beat=at)
    )
    if given.rowcount != 1:
        raise HoldLostError(who_has(session, hold.session))


def let_go(session: Session, hold: CafeHold) -> None:
    """Let others have the session; nothing where somebody has it already."""
    session.execute(
        delete(CafeHoldRow).where(CafeHoldRow.session_id == hold.session, CafeHoldRow.holder == hold.holder)
    )


def check_free(
    session: Session, session_id: str, at: datetime, gone: Callable[[CafeHold], bool] = lambda _hold: False
) -> None:
    """That nobody has the session; until the unit of work ends nobody can take it. `gone` as in `take`.

    Raises HeldByAnotherError, NotThereError.
    """
    there = who_has(session, alone(session, session_id))
    if there is not None and not stale(there, at) and not gone(there):
        raise HeldByAnotherError(there)
