"""Café sessions: lists of events that are only ever added to, and the release that others may read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final, cast

import msgspec
from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.orm import Session

from cqcmock.domain.audit import Kind
from cqcmock.domain.cafe import events as session_events
from cqcmock.domain.cafe.attendance import AttendanceEvent
from cqcmock.domain.cafe.cards import CardEvent
from cqcmock.domain.cafe.events import Event, EventKind
from cqcmock.domain.cafe.release import Release, as_data, from_data
from cqcmock.domain.cafe.scene import Stage, State
from cqcmock.domain.cafe.templates import Template
from cqcmock.domain.interview import OutOfOrderError
from cqcmock.storage import audit, holds
from cqcmock.storage.cafe_records import (
    CafeList,
    CafeSession,
    HardEvent,
    JudgingEvent,
    ReleasedSession,
    SessionClosedError,
)
from cqcmock.storage.cafe_schema import CafeEventRow, CafeReleaseRow, CafeSessionRow, CafeTemplateRow
from cqcmock.storage.errors import NotThereError
from cqcmock.storage.text import ID_LIMIT, NAME_LIMIT, PAYLOAD_LIMIT, at_most, checked, clean, clean_json

if TYPE_CHECKING:
    from cqcmock.storage.library import Library

CafeEvent = Event | CardEvent | AttendanceEvent | JudgingEvent | HardEvent

EVENTS: Final[dict[CafeList, type[Any]]] = {
    CafeList.SESSION: Event,
    CafeList.CARDS: CardEvent,
    CafeList.ATTENDANCE: AttendanceEvent,
    CafeList.JUDGING: JudgingEvent,
    CafeList.HARD: HardEvent,
}
"""What each list consists of."""

_GONE = "This café session is no longer in the library."
_EVENT = cast("Table", CafeEventRow.__table__)


def create(session: Session, made: CafeSession) -> None:
    """Write a session that has just been made, with no events yet; writing it again changes nothing.

    Raises TextTooLongError.
    """
    if session.get(CafeSessionRow, made.id) is not None:
        return
    session.add(
        CafeSessionRow(
            id=checked(made.id, ID_LIMIT, "The id of the session"),
            **_details(made.title, made.place, made.team),
            day=made.day,
            minutes=made.minutes,
            stage=made.stage.value,
            round=made.round,
            rounds=made.rounds,
            made_at=made.made_at,
            last_saved_at=made.last_saved_at,
        )
    )
    session.flush()


def _details(title: str, place: str, team: str) -> dict[str, str]:
    return {
        "title": checked(title, NAME_LIMIT, "The title"),
        "place": checked(place, NAME_LIMIT, "The name of the place"),
        "team": checked(team, NAME_LIMIT, "The name of the team"),
    }


def change_details(session: Session, session_id: str, *, title: str, day: date, place: str, team: str) -> None:
    """What a session is called, when, where and for whom it is. Raises NotThereError, SessionClosedError."""
    row = _open_row(session, session_id)
    for name, value in _details(title, place, team).items():
        setattr(row, name, value)
    row.day = day
    session.flush()


def _row(session: Session, session_id: str) -> CafeSessionRow:
    row = session.get(CafeSessionRow, clean(session_id))
    if row is None:
        raise NotThereError(_GONE, "Look for it among the deleted ones, or plan another.")
    return row


def _open_row(session: Session, session_id: str) -> CafeSessionRow:
    row = _row(session, session_id)
    if row.closed_at is not None:
        raise SessionClosedError
    return row


def keep(session: Session, session_id: str, which: CafeList, position: int, event: CafeEvent) -> None:
    """Keep an event at this position of a list. Keeping the same event again changes nothing.

    A later sign of life, or a later plan, takes the place of the one that stands last. Raises NotThereError,
    SessionClosedError, TextTooLongError, and OutOfOrderError where another event stands there, or one is missing.
    """
    session_id = clean(session_id)
    closed = session.execute(select(CafeSessionRow.closed_at).where(CafeSessionRow.id == session_id)).one_or_none()
    if closed is None:
        raise NotThereError(_GONE, "Look for it among the deleted ones, or plan another.")
    payload = _payload(event)
    here = (_EVENT.c.session_id == session_id) & (_EVENT.c.list == which.value)
    around = select(_EVENT.c.position, _EVENT.c.payload).where(
        here, _EVENT.c.position.between(position - 1, position + 1)
    )
    there: dict[int, str] = dict(session.execute(around).all())
    if there.get(position) == payload:
        return
    if closed[0] is not None:
        raise SessionClosedError
    connection = session.connection()
    if position not in there and (position == 0 or position - 1 in there):
        row = {"session_id": session_id, "list": which.value, "position": position, "payload": payload}
        connection.execute(insert(_EVENT), row)
    elif position in there and position + 1 not in there and _supersedes(event, there[position]):
        connection.execute(update(_EVENT).where(here, _EVENT.c.position == position).values(payload=payload))
    else:
        raise OutOfOrderError(f"event {position} of {which} of session {session_id} is another, or comes too early")


def _payload(event: CafeEvent) -> str:
    return at_most(clean_json(event), PAYLOAD_LIMIT, "What was to be kept")


def _supersedes(event: CafeEvent, stored: str) -> bool:
    if not isinstance(event, Event):
        return False
    before = _decoder(CafeList.SESSION).decode(stored)
    return session_events.supersedes(event, before) and event.at >= before.at


@cache
def _decoder(which: CafeList) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(EVENTS[which])


def stands(session: Session, session_id: str, state: State, event: Event) -> None:
    """Bring what lists show of a session up to date after an event; a sign of life changes nothing there."""
    if event.kind is EventKind.TICKED:
        return
    session.connection().execute(
        update(cast("Table", CafeSessionRow.__table__))
        .where(CafeSessionRow.id == session_id)
        .values(
            minutes=state.order.minutes,
            rounds=len(state.order.rounds),
            stage=state.stage.value,
            round=state.scene.round,
            last_saved_at=event.wall,
        )
    )


def events(session: Session, session_id: str, which: CafeList) -> tuple[Any, ...]:
    """The events of one list, in order: those of the type that `EVENTS` names."""
    payloads = session.execute(
        select(_EVENT.c.payload)
        .where(_EVENT.c.session_id == clean(session_id), _EVENT.c.list == which.value)
        .order_by(_EVENT.c.position)
    ).scalars()
    decode = _decoder(which).decode
    return tuple(decode(payload) for payload in payloads)


def reword(
    session: Session, session_id: str, which: CafeList, reworded: Iterable[CardEvent] | Iterable[JudgingEvent]
) -> None:
    """The same list with words left out that are to be forgotten. Raises OutOfOrderError unless all else is as it was.

    Raises HeldError where there are such words and the session is held. `Library.empty_log` then takes them out of the
    log as well.
    """
    before: tuple[CardEvent | JudgingEvent, ...] = events(session, session_id, which)
    after: tuple[CardEvent | JudgingEvent, ...] = tuple(reworded)
    if tuple(replace(one, text="") for one in before) != tuple(replace(one, text="") for one in after):
        raise OutOfOrderError(f"only words of {which} of session {session_id} can be forgotten")
    if before != after:
        holds.refuse(session, Kind.CAFE, session_id)
    here = (_EVENT.c.session_id == clean(session_id)) & (_EVENT.c.list == which.value)
    for position, (old, new) in enumerate(zip(before, after, strict=True)):
        if old != new:
            at_place = update(_EVENT).where(here, _EVENT.c.position == position)
            session.connection().execute(at_place.values(payload=_payload(new)))


def load(session: Session, session_id: str) -> CafeSession:
    """What the facilitator's list shows of one session, deleted or not. Raises NotThereError."""
    return _session(_row(session, session_id))


def sessions(session: Session, limit: int) -> tuple[CafeSession, ...]:
    """The sessions, for the facilitator: the latest day first, deleted ones left out."""
    return _sessions(session, limit, deleted=False)


def deleted(session: Session, limit: int) -> tuple[CafeSession, ...]:
    """The sessions that can still be taken back, for the facilitator."""
    return _sessions(session, limit, deleted=True)


def _sessions(session: Session, limit: int, *, deleted: bool) -> tuple[CafeSession, ...]:
    there = CafeSessionRow.deleted_at.is_not(None) if deleted else CafeSessionRow.deleted_at.is_(None)
    latest_first = (CafeSessionRow.day.desc(), CafeSessionRow.made_at.desc(), CafeSessionRow.id)
    rows = session.execute(select(CafeSessionRow).where(there).order_by(*latest_first).limit(limit)).scalars()
    return tuple(_session(row) for row in rows)


def _session(row: CafeSessionRow) -> CafeSession:
    return CafeSession(
        id=row.id,
        title=row.title,
        day=row.day,
        place=row.place,
        team=row.team,
        minutes=row.minutes,
        made_at=row.made_at,
        last_saved_at=row.last_saved_at,
        stage=Stage(row.stage),
        round=row.round,
        rounds=row.rounds,
        closed_at=row.closed_at,
        deleted_at=row.deleted_at,
    )


def close(session: Session, session_id: str, release: Release, at: datetime) -> None:
    """Keep the release and let nothing in the session change any more. Raises SessionClosedError, NotThereError."""
    row = _open_row(session, session_id)
    row.closed_at = at
    payload = at_most(clean_json(as_data(release)), PAYLOAD_LIMIT, "The release")
    session.add(CafeReleaseRow(session_id=row.id, minutes=row.minutes, made_at=at, payload=payload))
    session.flush()


def release(session: Session, session_id: str) -> ReleasedSession | None:
    """What others may know of one session, or None as long as it is not closed, or where it is deleted."""
    return next(iter(_released(session, session_id)), None)


def released(session: Session) -> tuple[ReleasedSession, ...]:
    """Everything that others may know of any session: the earliest first. Nothing else is read for them."""
    return _released(session, None)


def _released(session: Session, session_id: str | None) -> tuple[ReleasedSession, ...]:
    wanted = (
        select(CafeReleaseRow.minutes, CafeReleaseRow.payload)
        .join(CafeSessionRow, CafeSessionRow.id == CafeReleaseRow.session_id)
        .where(CafeSessionRow.deleted_at.is_(None))
    )
    if session_id is not None:
        wanted = wanted.where(CafeReleaseRow.session_id == clean(session_id))
    found = [
        ReleasedSession(minutes=minutes, release=from_data(msgspec.json.decode(payload)))
        for minutes, payload in session.execute(wanted)
    ]
    return tuple(sorted(found, key=lambda one: (one.release.on, one.release.session)))


def put_away(session: Session, session_id: str, at: datetime) -> None:
    """Delete the session so that it can be taken back. Raises NotThereError, HeldError."""
    row = _row(session, session_id)
    holds.refuse(session, Kind.CAFE, row.id)
    row.deleted_at = at
    session.flush()


def take_back(session: Session, session_id: str) -> None:
    """Undo `put_away`. Raises NotThereError once it has been purged."""
    _row(session, session_id).deleted_at = None
    session.flush()


def erase(session: Session, session_id: str) -> None:
    """Delete one session for good; `Library.empty_log` then takes it out of the log as well.

    Raises NotThereError, HeldError.
    """
    gone = _row(session, session_id).id
    holds.refuse(session, Kind.CAFE, gone)
    session.execute(delete(CafeSessionRow).where(CafeSessionRow.id == gone))


def purge(library: Library, deleted_before: datetime, at: datetime, rule: str) -> int:
    """Delete for good, at this moment, what was put away before a time, and return how many sessions that were.

    What a hold keeps stays.
    """
    with library.writing() as session:
        holds.decide(session)
        due = (
            session.execute(select(CafeSessionRow.id).where(CafeSessionRow.deleted_at < deleted_before)).scalars().all()
        )
        kept = holds.keeping(session, Kind.CAFE, due)
        gone = [one for one in due if one not in kept]
        session.execute(delete(CafeSessionRow).where(CafeSessionRow.id.in_(gone)))
        audit.tell_gone(session, at, Kind.CAFE, gone, rule)
        session.commit()
    if gone:
        library.empty_log()
    return len(gone)


def save_template(session: Session, template: Template, at: datetime) -> None:
    """Keep a template, in place of one with the same name. Raises TextTooLongError."""
    payload = at_most(clean_json(template), PAYLOAD_LIMIT, "The template")
    session.merge(CafeTemplateRow(key=_key(template.name), payload=payload, saved_at=at))
    session.flush()


def templates(session: Session) -> tuple[Template, ...]:
    """The templates that were saved, by name."""
    payloads = session.execute(select(CafeTemplateRow.payload).order_by(CafeTemplateRow.key)).scalars()
    return tuple(_template_decoder().decode(payload) for payload in payloads)


def delete_template(session: Session, name: str) -> None:
    """Delete a template that was saved; nothing where there is none."""
    session.execute(delete(CafeTemplateRow).where(CafeTemplateRow.key == _key(name)))


def _key(name: str) -> str:
    return checked(name.casefold(), NAME_LIMIT, "The name of the template")


@cache
def _template_decoder() -> msgspec.json.Decoder[Template]:
    return msgspec.json.Decoder(Template)
