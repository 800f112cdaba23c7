"""What the facilitator sees of the cafés: everything. Nothing of this goes to anybody else: see `for_others`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cqcmock import storage
from cqcmock.domain.cafe import attendance, cards
from cqcmock.domain.cafe import session as rules
from cqcmock.domain.cafe.attendance import Attendance
from cqcmock.domain.cafe.cards import Board
from cqcmock.domain.cafe.scene import State
from cqcmock.services.cafe import hard, judging
from cqcmock.services.cafe.judging import Judging
from cqcmock.storage.cafe_records import CafeList, CafeSession, HardEvent, ReleasedSession, SaidEntry

if TYPE_CHECKING:
    from cqcmock.services.library import Library


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeSession:
    """Everything of one session, for the facilitator alone. `released` is what others see, once it is closed."""

    details: CafeSession
    state: State
    board: Board
    attendance: Attendance
    judging: Judging
    hard: tuple[HardEvent, ...]
    said: tuple[SaidEntry, ...]
    released: ReleasedSession | None


def sessions_for_psw(library: Library, limit: int = 1000) -> tuple[CafeSession, ...]:
    """The sessions, the latest day first."""
    with library.reading() as session:
        return storage.cafe.sessions(session, limit)


def session_for_psw(library: Library, session_id: str) -> WholeSession:
    """One whole session, also while somebody else has it open. Raises UserError where it is gone."""
    with library.reading() as session:
        details = storage.cafe.load(session, session_id)
        events = {which: storage.cafe.events(session, session_id, which) for which in CafeList}
        said = storage.cafe_said.entries(session)
        released = storage.cafe.release(session, session_id)
    return WholeSession(
        details=details,
        state=rules.fold(events[CafeList.SESSION]),
        board=cards.fold(events[CafeList.CARDS]),
        attendance=attendance.fold(events[CafeList.ATTENDANCE]),
        judging=judging.fold(events[CafeList.JUDGING]),
        hard=hard.standing(events[CafeList.HARD]),
        said=tuple(entry for entry in said if entry.session == details.id),
        released=released,
    )


def said_for_psw(library: Library) -> tuple[SaidEntry, ...]:
    """Every entry of “you said, we did”, the oldest first."""
    with library.reading() as session:
        return storage.cafe_said.entries(session)


def open_for_psw(library: Library) -> tuple[SaidEntry, ...]:
    """What is still to be done and opens the next session, told to others or not."""
    with library.reading() as session:
        return storage.cafe_said.still_open(session)
