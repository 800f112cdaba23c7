"""Having a café session in hand: one facilitator at a time changes it, everybody else can look.

Whoever opens a session on a laptop that was killed in the middle of it goes on at once; from another laptop that is
possible once nothing was heard of the first for half a minute.
"""

from __future__ import annotations

import hashlib
import os
import platform
import sys
import uuid
from typing import TYPE_CHECKING

from cqcmock import storage
from cqcmock.clock import Clock
from cqcmock.storage.cafe_records import CafeHold as CafeHold
from cqcmock.storage.cafe_records import HeldByAnotherError as HeldByAnotherError
from cqcmock.storage.cafe_records import HoldLostError as HoldLostError

if TYPE_CHECKING:
    from cqcmock.services.library import Library

SOMEBODY = "Somebody"


def take(library: Library, session_id: str, who: str, clock: Clock) -> CafeHold:
    """Take a session in hand; `who` is what others are told. Raises HeldByAnotherError, or UserError if it is gone."""
    with library.writing() as work:
        at = storage.cafe_holds.now(work, clock.wall())
        hold = storage.cafe_holds.take(
            work, session_id, new_holder(), storage.text.clean(who).strip() or SOMEBODY, at, program_ended
        )
        work.commit()
    return hold


def keep_hold(library: Library, hold: CafeHold, clock: Clock) -> None:
    """Give a sign of life, for a session in which nothing happens for a while. Raises HoldLostError."""
    with library.writing() as work:
        storage.cafe_holds.beat(work, hold, storage.cafe_holds.now(work, clock.wall()))
        work.commit()


def let_go(library: Library, hold: CafeHold) -> None:
    """Let others have the session."""
    with library.writing() as work:
        storage.cafe_holds.let_go(work, hold)
        work.commit()


def who_has(library: Library, session_id: str, clock: Clock) -> CafeHold | None:
    """Who is changing a session now, if anybody was heard of lately."""
    with library.reading() as session:
        hold = storage.cafe_holds.who_has(session, session_id)
        at = storage.cafe_holds.now(session, clock.wall())
    return None if hold is None or storage.cafe_holds.stale(hold, at) or program_ended(hold) else hold


def new_holder() -> str:
    """An id for one hold: it also says which program on which computer has it."""
    return f"{_computer()}:{os.getpid()}:{uuid.uuid4().hex}"


def program_ended(hold: CafeHold) -> bool:
    """Whether the program that has the session ran on this computer and does not run any more."""
    computer, _, rest = hold.holder.partition(":")
    process, _, _ = rest.partition(":")
    return computer == _computer() and process.isdigit() and not _runs(int(process))


def _computer() -> str:
    """The same for every program on this computer, and telling nothing about it."""
    return hashlib.sha256(f"{platform.node()}\n{uuid.getnode()}".encode()).hexdigest()[:16]


def _runs(process: int) -> bool:
    """Whether there is such a process; where that cannot be told, there is."""
    if sys.platform == "win32":  # there, asking with a signal would end it
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
