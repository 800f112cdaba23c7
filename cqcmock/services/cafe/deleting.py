"""Deleting café sessions: they can be taken back for as long as rehearsals can.

With a session goes its release, which others do not see any more; taken back, it is the same again. What was told of
“you said, we did” stays.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from cqcmock import storage
from cqcmock.clock import Clock, system_clock
from cqcmock.domain.audit import Kind
from cqcmock.services.cafe import holding
from cqcmock.services.sittings import AFTER_UNDO_DAYS, AT_ONCE, UNDO_DAYS
from cqcmock.storage.cafe_records import CafeSession

if TYPE_CHECKING:
    from cqcmock.services.library import Library
    from cqcmock.storage.library import UnitOfWork


def delete(library: Library, session_id: str, clock: Clock) -> None:
    """Delete a session that nobody has open; it can be taken back for thirty days. Raises HeldByAnotherError."""
    with library.writing() as work:
        _check_free(work, session_id, clock)
        storage.cafe.put_away(work, session_id, clock.wall())
        work.commit()


def _check_free(work: UnitOfWork, session_id: str, clock: Clock) -> None:
    at = storage.cafe_holds.now(work, clock.wall())
    storage.cafe_holds.check_free(work, session_id, at, holding.program_ended)


def undelete(library: Library, session_id: str) -> None:
    """Take back a deletion. Raises UserError where the session is gone for good."""
    with library.writing() as work:
        storage.cafe.take_back(work, session_id)
        work.commit()


def delete_for_good(library: Library, session_id: str, clock: Clock) -> None:
    """Delete a session at once, leaving nothing readable of it in the library. Raises HeldByAnotherError."""
    with library.writing() as work:
        _check_free(work, session_id, clock)
        storage.cafe.erase(work, session_id)
        storage.audit.tell_gone(work, clock.wall(), Kind.CAFE, [session_id], AT_ONCE)
        work.commit()
    library.empty_log()


def deleted(library: Library, limit: int = 1000) -> tuple[CafeSession, ...]:
    """The sessions that can still be taken back, for the facilitator."""
    with library.reading() as session:
        return storage.cafe.deleted(session, limit)


def purge_all_deleted(library: Library) -> int:
    """Delete for good everything that was deleted, however lately; returns how many sessions that were."""
    return storage.cafe.purge(library, datetime.max.replace(tzinfo=UTC), system_clock().wall(), AT_ONCE)


def purge_deleted(library: Library, clock: Clock) -> int:
    """Delete for good what was deleted so long ago; returns how many sessions that were."""
    now = clock.wall()
    return storage.cafe.purge(library, now - timedelta(days=UNDO_DAYS), now, AFTER_UNDO_DAYS)
