"""What the facilitator sees of the cafés: everything. Nothing of this goes to anybody else: see `for_others`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from cqcmock import storage
from cqcmock.domain.cafe import attendance, cards, closing
from cqcmock.domain.cafe import session as rules
from cqcmock.domain.cafe.attendance import Attendance
from cqcmock.domain.cafe.cards import Board
from cqcmock.domain.cafe.events import Event, EventKind
from cqcmock.domain.cafe.rounds import RoundKind
from cqcmock.domain.cafe.scene import Stage, State
from cqcmock.domain.cafe.windows import rounds_held
from cqcmock.services.cafe import hard, judging
from cqcmock.services.cafe.judging import Judging
from cqcmock.storage.cafe_records import CafeList, CafeSession, HardEvent, ReleasedSession, SaidEntry

if TYPE_CHECKING:
    from cqcmock.services.library import Library


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeSession:
    """Everything of one session, for the facilitator alone. `released` is what others see, once it is closed.

    `began` and `ended` are by the clock on the wall, as far as it has; `compared_on` are the questions asked where
    answers were compared.
    """

    details: CafeSession
    state: State
    board: Board
    attendance: Attendance
    judging: Judging
    hard: tuple[HardEvent, ...]
    said: tuple[SaidEntry, ...]
    released: ReleasedSession | None
    began: datetime | None = None
    ended: datetime | None = None
    compared_on: tuple[str, ...] = ()


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
    ran: tuple[Event, ...] = events[CafeList.SESSION]
    state = rules.fold(ran)
    return WholeSession(
        details=details,
        state=state,
        board=cards.fold(events[CafeList.CARDS]),
        attendance=attendance.fold(events[CafeList.ATTENDANCE]),
        judging=judging.fold(events[CafeList.JUDGING]),
        hard=hard.standing(events[CafeList.HARD]),
        said=tuple(entry for entry in said if entry.session == details.id),
        released=released,
        began=_latest(ran, EventKind.STARTED) if state.scene.started_at is not None else None,
        ended=_latest(ran, EventKind.FINISHED) if state.stage is Stage.FINISHED else None,
        compared_on=_compared_on(state, ran),
    )


def _latest(events: Sequence[Event], kind: EventKind) -> datetime | None:
    """When this happened last: where it was undone, only the last one can stand."""
    return next((event.wall for event in reversed(events) if event.kind is kind), None)


def _compared_on(state: State, events: Iterable[Event]) -> tuple[str, ...]:
    kinds = closing.kinds_begun(events)
    rounds = (one for one in rounds_held(state, state.last_at) if kinds[one.round_id] is RoundKind.JUDGEMENT)
    return tuple(dict.fromkeys(question.text for one in rounds for question in one.questions))


def said_for_psw(library: Library) -> tuple[SaidEntry, ...]:
    """Every entry of “you said, we did”, the oldest first."""
    with library.reading() as session:
        return storage.cafe_said.entries(session)


def open_for_psw(library: Library) -> tuple[SaidEntry, ...]:
    """What is still to be done and opens the next session, told to others or not."""
    with library.reading() as session:
        return storage.cafe_said.still_open(session)
