"""Closing a café session: once, and with it what others may ever know of it.

The release is made and kept in the same unit of work that closes the session, from what is in the library at that
moment. Words that people took back are gone from then on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cqcmock import storage
from cqcmock.clock import Clock
from cqcmock.domain.audit import Deed, Kind
from cqcmock.domain.cafe import attendance, cards
from cqcmock.domain.cafe import closing as rules
from cqcmock.domain.cafe import session as sessions
from cqcmock.domain.cafe.closing import Doubt as Doubt
from cqcmock.domain.cafe.release import Release, SessionData, checked_k, release_once
from cqcmock.domain.cafe.scene import Stage
from cqcmock.domain.cafe.smallest_group import USUAL_K
from cqcmock.errors import UserError
from cqcmock.services.cafe import hard, judging
from cqcmock.services.cafe.opening import OpenCafe
from cqcmock.storage.cafe_records import CafeList, ReleasedSession

if TYPE_CHECKING:
    from cqcmock.services.library import Library
    from cqcmock.storage.library import UnitOfWork


def doubts(library: Library, opened: OpenCafe, *, same_people: bool, k: int = USUAL_K) -> tuple[Doubt, ...]:
    """What the facilitator should look at before closing, for their eyes only. Raises UserError for a low k."""
    with library.reading() as session:
        data = _data(session, opened.id, same_people=same_people)
        earlier = [
            rules.session_data(one.id, one.day, cards.Board(), _came(session, one.id))
            for one in (*storage.cafe.sessions(session, 1000), *storage.cafe.deleted(session, 1000))
            if one.closed_at is not None  # others may have its summary, deleted or not
        ]
    return rules.doubts(data, k, earlier)


def preview(library: Library, opened: OpenCafe, *, same_people: bool, k: int = USUAL_K) -> Release:
    """What `close` would make now, or has made; nothing of it is kept. Raises UserError wherever closing would."""
    checked_k(k)
    opened.settle()
    with library.reading() as session:
        earlier = storage.cafe.release(session, opened.id)
        return earlier.release if earlier else _made(session, opened, same_people=same_people, k=k)


def close(library: Library, opened: OpenCafe, clock: Clock, *, same_people: bool, k: int = USUAL_K) -> Release:
    """Close a session that is finished, and make what others may know of it: once, whatever is asked for later.

    `same_people`: mostly those of an earlier session. `k` is the smallest number of people who may stand behind
    anything that others see. Raises UserError where the session is not finished or k is too low, and where the disk
    refuses: closing it again then gives the same, and takes out of the log what was taken back.
    """
    checked_k(k)
    opened.settle()
    with library.writing() as work:
        earlier = storage.cafe.release(work, opened.id)
        release = earlier.release if earlier else _close(work, opened, clock, same_people=same_people, k=k)
        if earlier is None:
            storage.audit.add(work, clock.wall(), Deed.CAFE_CLOSED, Kind.CAFE, opened.id, details={"smallest_group": k})
        work.commit()
    library.empty_log()
    return release


def _close(work: UnitOfWork, opened: OpenCafe, clock: Clock, *, same_people: bool, k: int) -> Release:
    storage.cafe_holds.beat(work, opened.hold, storage.cafe_holds.now(work, clock.wall()))
    release = _made(work, opened, same_people=same_people, k=k)
    for which, forget in ((CafeList.CARDS, cards.forget), (CafeList.JUDGING, judging.forget)):
        storage.cafe.reword(work, opened.id, which, forget(storage.cafe.events(work, opened.id, which)))
    storage.cafe.close(work, opened.id, release, clock.wall())
    storage.cafe_holds.let_go(work, opened.hold)
    return release


def _made(session: UnitOfWork, opened: OpenCafe, *, same_people: bool, k: int) -> Release:
    if sessions.fold(storage.cafe.events(session, opened.id, CafeList.SESSION)).stage is not Stage.FINISHED:
        raise UserError("The session is not finished.", "Finish it first, then close it.")
    return release_once(None, _data(session, opened.id, same_people=same_people), k)


def released(library: Library, session_id: str) -> ReleasedSession | None:
    """What others may know of one session; None until it is closed."""
    with library.reading() as session:
        return storage.cafe.release(session, session_id)


def _data(session: UnitOfWork, session_id: str, *, same_people: bool) -> SessionData:
    return rules.session_data(
        session_id,
        storage.cafe.load(session, session_id).day,
        cards.fold(storage.cafe.events(session, session_id, CafeList.CARDS)),
        _came(session, session_id),
        hard=hard.voiced(hard.standing(storage.cafe.events(session, session_id, CafeList.HARD))),
        team_names=team_names(session),
        same_people=same_people,
        practised=rules.practised(storage.cafe.events(session, session_id, CafeList.SESSION)),
    )


def _came(session: UnitOfWork, session_id: str) -> attendance.Attendance:
    return attendance.fold(storage.cafe.events(session, session_id, CafeList.ATTENDANCE))


def team_names(session: UnitOfWork) -> frozenset[str]:
    """Every team that the library knows of any café, deleted ones among them."""
    names: set[str] = set()
    for one in (*storage.cafe.sessions(session, 100_000), *storage.cafe.deleted(session, 100_000)):
        names.add(one.team)
        names |= {event.team for event in storage.cafe.events(session, one.id, CafeList.ATTENDANCE)}
    return frozenset(names - {""})
