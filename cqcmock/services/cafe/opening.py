"""A café session in hand: everything in it, ready to be changed, and everything kept as it happens."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cqcmock import storage
from cqcmock.clock import Clock
from cqcmock.domain.cafe.attendance import Attendance, AttendanceEvent
from cqcmock.domain.cafe.cards import Board, CardEvent
from cqcmock.errors import UserError
from cqcmock.services.cafe import attendance, cards, hard, holding, judging
from cqcmock.services.cafe.keeping import KeptList
from cqcmock.services.cafe.running import LiveCafe
from cqcmock.storage.cafe_records import (
    CafeHold,
    CafeList,
    CafeSession,
    HardEvent,
    HoldLostError,
    JudgingEvent,
    SessionClosedError,
)

if TYPE_CHECKING:
    from cqcmock.services.library import Library


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCafe:
    """A session that nobody else can change: what runs, and the lists beside it. `details` are those at opening."""

    details: CafeSession
    hold: CafeHold
    run: LiveCafe
    cards: KeptList[CardEvent, Board]
    attendance: KeptList[AttendanceEvent, Attendance]
    judging: KeptList[JudgingEvent, judging.Judging]
    hard: KeptList[HardEvent, tuple[HardEvent, ...]]

    @property
    def id(self) -> str:
        """The id of the session."""
        return self.hold.session

    def settle(self) -> None:
        """Keep what could not be kept before, in any of the lists. Raises UserError where it still cannot be."""
        self.run.settle()
        self.cards.settle()
        self.attendance.settle()
        self.judging.settle()
        self.hard.settle()


def open_session(library: Library, session_id: str, who: str, clock: Clock) -> OpenCafe:
    """Take a session in hand to plan, run or close it. One that was killed in a round stands interrupted then.

    Raises HeldByAnotherError where somebody else has it, SessionClosedError, and UserError where it is gone.
    """
    details = for_look(library, session_id)
    if details.deleted_at is not None:
        raise UserError("This session was deleted.", "Take it back first.")
    if details.closed_at is not None:
        raise SessionClosedError
    hold = holding.take(library, session_id, who, clock)
    try:
        opened = _opened(library, hold, clock)
        opened.run.come_back()
    except BaseException:
        with suppress(UserError):  # what went wrong first is told
            holding.let_go(library, hold)
        raise
    return opened


def for_look(library: Library, session_id: str) -> CafeSession:
    """What the facilitator's list shows of one session. Raises UserError where it is gone."""
    with library.reading() as session:
        return storage.cafe.load(session, session_id)


def _opened(library: Library, hold: CafeHold, clock: Clock) -> OpenCafe:
    with library.reading() as session:
        details = storage.cafe.load(session, hold.session)
        events = {which: storage.cafe.events(session, hold.session, which) for which in CafeList}

    def keep(which: CafeList) -> Callable[[int, Any, Any], None]:
        return recorder(library, hold, which, clock)

    return OpenCafe(
        details=details,
        hold=hold,
        run=LiveCafe(events[CafeList.SESSION], clock, keep(CafeList.SESSION)),
        cards=cards.kept(events[CafeList.CARDS], keep(CafeList.CARDS)),
        attendance=attendance.kept(events[CafeList.ATTENDANCE], keep(CafeList.ATTENDANCE)),
        judging=judging.kept(events[CafeList.JUDGING], keep(CafeList.JUDGING)),
        hard=hard.kept(events[CafeList.HARD], keep(CafeList.HARD)),
    )


def recorder(library: Library, hold: CafeHold, which: CafeList, clock: Clock) -> Callable[[int, Any, Any], None]:
    """A place to keep the events of one list, each flushed to disk when it returns; keeping one again changes nothing.

    Each is a sign of life as well, and is refused with HoldLostError once somebody else has the session.
    """

    def keep(position: int, event: Any, state: Any) -> None:
        with library.writing() as work:
            storage.cafe_holds.beat(work, hold, storage.cafe_holds.now(work, clock.wall()))
            storage.cafe.keep(work, hold.session, which, position, event)
            if which is CafeList.SESSION:
                storage.cafe.stands(work, hold.session, state, event)
            work.commit()

    return keep


def tick(library: Library, opened: OpenCafe, clock: Clock) -> bool:
    """Once a second: keep a sign of life and what could not be kept before. True where the session was interrupted.

    Raises UserError where it still cannot be kept, and HoldLostError where somebody else has the session by now.
    """
    before = opened.run.state.last_at
    interrupted = opened.run.tick()
    opened.settle()
    if opened.run.state.last_at == before:
        holding.keep_hold(library, opened.hold, clock)
    return interrupted


def leave(library: Library, opened: OpenCafe) -> None:
    """Stop the clock and let others have the session; nothing where somebody else has it already.

    Raises UserError where that could not be kept: try it again.
    """
    with suppress(HoldLostError):
        opened.settle()
        opened.run.leave()
        holding.let_go(library, opened.hold)
