"""Sittings and their events: each event is kept the moment it happens, and lists never have to read them."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final, cast

import msgspec
from sqlalchemy import Insert, Integer, Select, Table, bindparam, case, delete, func, select, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from cqcmock.domain.audit import Kind
from cqcmock.domain.interview import ON_AIR, REPLACEABLE, Event, EventKind, OutOfOrderError, Phase, State, fold, step
from cqcmock.domain.modes import Mode
from cqcmock.domain.plan import Plan
from cqcmock.domain.sitting import Sitting, SittingSummary
from cqcmock.domain.text_limits import LONGEST_ANSWER
from cqcmock.storage import audit, holds, marks, packs, reflections
from cqcmock.storage.errors import NotThereError
from cqcmock.storage.schema import AskedRow, EventRow, PlanRow, SittingRow
from cqcmock.storage.text import LINE_LIMIT, NAME_LIMIT, PAYLOAD_LIMIT, checked, clean, clean_deep
from cqcmock.storage.turns import hold_sitting

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

    from cqcmock.storage.library import Library

PHASE_AFTER: Final = {
    EventKind.QUESTION_SHOWN: Phase.PREPARE,
    EventKind.ANSWERING_STARTED: Phase.ANSWER,
    EventKind.PROBE_ASKED: Phase.PROBE,
    EventKind.ANSWER_ENDED: Phase.BETWEEN,
    EventKind.LAST_WORDS_ASKED: Phase.LAST_WORDS,
    EventKind.FINISHED: Phase.OWN_MARKS,
    EventKind.MARKS_GIVEN: Phase.REFLECTION,
    EventKind.REFLECTION_WRITTEN: Phase.DONE,
}
"""The phase that an event leads to; every other kind leaves it as it was. A test holds this against the fold."""

_GONE = "This rehearsal is no longer in the library."


def create(session: Session, sitting: Sitting) -> None:
    """Write a sitting that has just been planned, with no events yet; writing it again changes nothing.

    Raises TextTooLongError.
    """
    if session.get(SittingRow, sitting.id) is not None:
        return
    plan = sitting.plan
    session.add(
        SittingRow(
            id=sitting.id,
            title=checked(sitting.title, NAME_LIMIT, "The title"),
            person=checked(sitting.person, NAME_LIMIT, "The name"),
            role=clean(plan.role),
            role_name=clean(plan.role_name),
            mode=plan.mode,
            place=checked(plan.place, NAME_LIMIT, "The name of the place"),
            phase=Phase.BETWEEN,
            question=-1,
            questions=len(plan.questions),
            started_at=sitting.started_at,
            last_saved_at=sitting.started_at,
        )
    )
    session.flush()
    payload = msgspec.json.encode(clean_deep(msgspec.to_builtins(plan))).decode()
    session.add(PlanRow(sitting_id=sitting.id, payload=checked(payload, PAYLOAD_LIMIT, "The plan")))
    session.add_all(
        AskedRow(
            sitting_id=sitting.id,
            position=position,
            bank=clean(planned.bank),
            question=clean(planned.question.id),
            themes=msgspec.json.encode(clean_deep(planned.question.themes)).decode(),
            text=checked(planned.question.text, PAYLOAD_LIMIT, "The question"),
        )
        for position, planned in enumerate(plan.questions)
    )
    session.flush()


def keep_event(session: Session, sitting_id: str, seq: int, event: Event) -> None:
    """Keep the event at position `seq` of the sitting, and bring what lists show of it up to date.

    Keeping the same event again changes nothing. A later save of the same answer or note takes the place of the
    last event. Raises TextTooLongError, NotThereError if there is no such sitting, and OutOfOrderError for a
    position that is neither the last nor the next, or is taken by another event.
    """
    what = "The note" if event.kind is EventKind.NOTE_SAVED else "The answer"
    text = checked(event.text, LONGEST_ANSWER, what)
    row = {
        "sitting_id": sitting_id,
        "seq": seq,
        "kind": event.kind.value,
        "at": event.at,
        "wall": event.wall,
        "question": event.question,
        "text": text,
        "cue": checked(event.cue, LINE_LIMIT, "The cue"),
        "point": checked(event.point, LINE_LIMIT, "The point"),
    }
    phase = PHASE_AFTER.get(event.kind)
    summary = {
        "of_sitting": sitting_id,
        "at_seq": seq,
        "saved_at": event.wall,
        "new_phase": phase.value if phase else None,
        "new_question": event.question if event.kind is EventKind.QUESTION_SHOWN else None,
        "typed": int(event.kind is EventKind.TEXT_SAVED and bool(text.strip())),
    }
    connection = session.connection()
    counted = connection.execute(_SUMMARISE, summary).rowcount
    if counted != 1 or connection.execute(_insert_event(connection.dialect.name), row).rowcount != 1:
        _check_kept(session, row)


def _check_kept(session: Session, row: dict[str, Any]) -> None:
    """An event that was not written: fine if it is there already, to the letter."""
    sitting_id, seq = row["sitting_id"], row["seq"]
    if session.execute(select(SittingRow.id).where(SittingRow.id == sitting_id)).first() is None:
        raise NotThereError(_GONE, "Look for it among the deleted ones, or start another.")
    there = session.execute(
        select(*_EVENT.c).where(EventRow.sitting_id == sitting_id, EventRow.seq == seq)
    ).one_or_none()
    if there is None or dict(there._mapping) != row:  # noqa: SLF001 - public in spite of its name
        raise OutOfOrderError(f"event {seq} of sitting {sitting_id} is another, or comes too early")


_EVENT = cast("Table", EventRow.__table__)
_SITTING = cast("Table", SittingRow.__table__)


def _counts() -> Any:
    """Whether this text is the first that is typed on its question."""
    return (
        (bindparam("typed", type_=Integer) == 1)
        & (_SITTING.c.phase == Phase.ANSWER.value)
        & (_SITTING.c.answered_to < _SITTING.c.question)
    )


_SUMMARISE = (
    update(_SITTING)
    .where(
        _SITTING.c.id == bindparam("of_sitting"),
        _SITTING.c.events.between(bindparam("at_seq", type_=Integer), bindparam("at_seq", type_=Integer) + 1),
    )
    .values(
        events=bindparam("at_seq", type_=Integer) + 1,
        last_saved_at=bindparam("saved_at", type_=_SITTING.c.last_saved_at.type),
        phase=func.coalesce(bindparam("new_phase", type_=_SITTING.c.phase.type), _SITTING.c.phase),
        question=func.coalesce(bindparam("new_question", type_=Integer), _SITTING.c.question),
        answers=_SITTING.c.answers + case((_counts(), 1), else_=0),
        answered_to=case((_counts(), _SITTING.c.question), else_=_SITTING.c.answered_to),
    )
)


@cache
def _insert_event(dialect: str) -> Insert:
    """An insert that gives way to what is there, unless this one supersedes it (`domain.interview`)."""
    insert = _insert_into_server() if dialect == "postgresql" else sqlite.insert(_EVENT)
    return insert.on_conflict_do_update(
        index_elements=[_EVENT.c.sitting_id, _EVENT.c.seq],
        set_={name: insert.excluded[name] for name in ("at", "wall", "text", "cue", "point")},
        where=_EVENT.c.kind.in_([kind.value for kind in REPLACEABLE])
        & (insert.excluded.kind == _EVENT.c.kind)
        & insert.excluded.question.is_not_distinct_from(_EVENT.c.question)
        & (insert.excluded.at >= _EVENT.c.at),
    )


def _insert_into_server() -> postgresql.Insert:
    from sqlalchemy.dialects import postgresql  # slow to import, and few libraries are on a server

    return postgresql.insert(_EVENT)


def load(session: Session, sitting_id: str) -> Sitting:
    """The whole sitting, deleted or not. Raises NotThereError."""
    row = _row(session, sitting_id)
    sitting_id = row.id
    plan, events = _interview(session, sitting_id)
    return Sitting(
        id=row.id,
        title=row.title,
        person=row.person,
        started_at=row.started_at,
        plan=plan,
        events=events,
        state=fold(events, plan),
        sheet=marks.load(session, sitting_id),
        reflection=reflections.load(session, sitting_id),
        actions=reflections.actions(session, sitting_id),
        deleted_at=row.deleted_at,
    )


def state(session: Session, sitting_id: str) -> State:
    """How far the interview of a sitting has come. Raises NotThereError."""
    plan, events = _interview(session, _row(session, sitting_id).id)
    return fold(events, plan)


def _interview(session: Session, sitting_id: str) -> tuple[Plan, tuple[Event, ...]]:
    plan = _plan_decoder().decode(
        session.execute(select(PlanRow.payload).filter_by(sitting_id=sitting_id)).scalar_one()
    )
    rows = session.execute(
        select(
            EventRow.kind,
            EventRow.at,
            EventRow.wall,
            EventRow.question,
            EventRow.text,
            EventRow.cue,
            EventRow.point,
        )
        .where(EventRow.sitting_id == sitting_id)
        .order_by(EventRow.seq)
    )
    events = tuple(
        Event(kind=EventKind(kind), at=at, wall=wall, question=question, text=text, cue=cue, point=point)
        for kind, at, wall, question, text, cue, point in rows
    )
    return plan, events


@cache
def _plan_decoder() -> msgspec.json.Decoder[Plan]:
    return msgspec.json.Decoder(Plan)


def _row(session: Session, sitting_id: str) -> SittingRow:
    row = session.get(SittingRow, clean(sitting_id))
    if row is None:
        raise NotThereError(_GONE, "Look for it among the deleted ones, or start another.")
    return row


def recent(session: Session, limit: int) -> tuple[SittingSummary, ...]:
    """The sittings that were last worked on, newest first, deleted ones left out."""
    return _summaries(session, _SUMMARIES.where(SittingRow.deleted_at.is_(None)).limit(limit))


def on_air(session: Session, limit: int) -> tuple[SittingSummary, ...]:
    """The interviews that were begun and not finished, newest first."""
    unfinished = SittingRow.phase.in_([phase.value for phase in ON_AIR])
    return _summaries(session, _SUMMARIES.where(SittingRow.deleted_at.is_(None), unfinished).limit(limit))


def deleted(session: Session, limit: int) -> tuple[SittingSummary, ...]:
    """The sittings that can still be taken back, newest first."""
    return _summaries(session, _SUMMARIES.where(SittingRow.deleted_at.is_not(None)).limit(limit))


_SUMMARIES = (
    select(
        SittingRow.id,
        SittingRow.title,
        SittingRow.person,
        SittingRow.role,
        SittingRow.role_name,
        SittingRow.place,
        SittingRow.mode,
        SittingRow.phase,
        SittingRow.question,
        SittingRow.questions,
        AskedRow.text.label("question_text"),
        SittingRow.answers,
        SittingRow.started_at,
        SittingRow.last_saved_at,
        SittingRow.deleted_at,
    )
    .outerjoin(
        AskedRow,
        (AskedRow.sitting_id == SittingRow.id)
        & (AskedRow.position == case((SittingRow.question < 0, 0), else_=SittingRow.question)),
    )
    .order_by(SittingRow.last_saved_at.desc(), SittingRow.id)
)


def _summaries(session: Session, statement: Select[*tuple[Any, ...]]) -> tuple[SittingSummary, ...]:
    return tuple(
        SittingSummary(
            id=row.id,
            title=row.title,
            person=row.person,
            role=row.role,
            role_name=row.role_name,
            place=row.place,
            mode=Mode(row.mode),
            phase=Phase(row.phase),
            question=max(row.question, 0) + 1,
            questions=row.questions,
            question_text=row.question_text or "",
            answers=row.answers,
            started_at=row.started_at,
            last_saved_at=row.last_saved_at,
            deleted_at=row.deleted_at,
        )
        for row in session.execute(statement)
    )


def rename(session: Session, sitting_id: str, title: str) -> None:
    """Give the sitting another title. Raises NotThereError, TextTooLongError."""
    _row(session, sitting_id).title = checked(title, NAME_LIMIT, "The title")
    session.flush()


def put_away(session: Session, sitting_id: str, at: datetime) -> None:
    """Delete the sitting so that it can be taken back. Raises NotThereError, HeldError."""
    row = _row(session, sitting_id)
    holds.refuse(session, Kind.SITTING, row.id)
    row.deleted_at = at
    session.flush()


def take_back(session: Session, sitting_id: str) -> None:
    """Undo `put_away`. Raises NotThereError once it has been purged."""
    _row(session, sitting_id).deleted_at = None
    session.flush()


def purge(library: Library, deleted_before: datetime, at: datetime, rule: str) -> int:
    """Delete for good, at this moment, what was put away before a time, and return how many sittings that were.

    What a hold keeps stays. Nothing of the others can be read in the library file or its log afterwards, and the trail
    says that they are gone, so that copies made earlier can be cleaned. On a server it is the server's housekeeping
    that clears its disks.
    """
    with library.writing() as session:
        holds.decide(session)
        due = session.execute(select(SittingRow.id).where(SittingRow.deleted_at < deleted_before)).scalars().all()
        kept = holds.keeping(session, Kind.SITTING, due)
        gone = [one for one in due if one not in kept]
        packs.forget_words(session, gone)
        session.connection().execute(delete(_SITTING).where(_SITTING.c.id.in_(gone)))
        audit.tell_gone(session, at, Kind.SITTING, gone, rule)
        session.commit()
    if gone:
        library.empty_log()
    return len(gone)


def end_phase(session: Session, sitting_id: str, kind: EventKind, phase: Phase, wall: datetime) -> bool:
    """Add the event that ends this phase, and say whether it was added: not if the sitting has left the phase.

    Raises NotThereError.
    """
    hold_sitting(session, sitting_id)
    sitting = load(session, sitting_id)
    if sitting.state.phase is not phase:
        return False
    keep_event(session, sitting.id, len(sitting.events), Event(kind=kind, at=sitting.state.last_at, wall=wall))
    return True


def add_event(session: Session, sitting_id: str, kind: EventKind, wall: datetime, **said: Any) -> None:
    """Add an event behind all others, at the moment of the last. Raises NotThereError, OutOfOrderError."""
    hold_sitting(session, sitting_id)
    sitting = load(session, sitting_id)
    happened = Event(kind=kind, at=sitting.state.last_at, wall=wall, **said)
    step(sitting.state, happened, sitting.plan)
    keep_event(session, sitting.id, len(sitting.events), happened)


def erase(session: Session, sitting_id: str) -> None:
    """Delete one sitting for good; `Library.empty_log` then takes it out of the log as well.

    Raises NotThereError, HeldError.
    """
    holds.refuse(session, Kind.SITTING, sitting_id)
    gone = hold_sitting(session, sitting_id).id
    packs.forget_words(session, [gone])
    session.execute(delete(SittingRow).where(SittingRow.id == gone))
