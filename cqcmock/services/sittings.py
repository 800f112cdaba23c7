"""Rehearsals that are kept: their words, marks, reflections and actions, and what can be done with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from cqcmock import storage
from cqcmock.clock import Clock, system_clock
from cqcmock.domain.audit import Kind
from cqcmock.domain.hearing import Overruling
from cqcmock.domain.interview import Event, EventKind, Phase, State
from cqcmock.domain.reflection import Action, Reflection
from cqcmock.domain.rubric import MarkSheet
from cqcmock.domain.sitting import OpenAction, Sitting, SittingSummary

if TYPE_CHECKING:
    from cqcmock.services.library import Library
    from cqcmock.services.live import Keep

UNDO_DAYS = 30
"""How long a deleted rehearsal can be taken back before it is deleted for good."""

AFTER_UNDO_DAYS = f"{UNDO_DAYS} days after it was deleted by hand"
AT_ONCE = "deleted by hand, at once"
"""Rules as they stand in the deletion log."""


def keep_event(library: Library, sitting_id: str, position: int, event: Event) -> None:
    """Keep one event, flushed to disk when this returns; keeping it again changes nothing."""
    with library.writing() as work:
        storage.sittings.keep_event(work, sitting_id, position, event)
        work.commit()


def keep_events(library: Library, sitting_id: str, events: Sequence[tuple[int, Event]]) -> None:
    """Keep several events in one flush: all of them, or none."""
    with library.writing() as work:
        for position, event in events:
            storage.sittings.keep_event(work, sitting_id, position, event)
        work.commit()


@contextmanager
def recorder(library: Library, sitting_id: str) -> Iterator[Keep]:
    """A place to keep events as they happen, for an interview that runs where the library is open."""
    yield lambda position, event: keep_event(library, sitting_id, position, event)


def load(library: Library, sitting_id: str) -> Sitting:
    """One whole rehearsal. Raises UserError where it is no longer there."""
    with library.reading() as session:
        return storage.sittings.load(session, sitting_id)


def state(library: Library, sitting_id: str) -> State:
    """How far the interview of a rehearsal has come. Raises UserError where it is no longer there."""
    with library.reading() as session:
        return storage.sittings.state(session, sitting_id)


def recent(library: Library, limit: int = 1000) -> tuple[SittingSummary, ...]:
    """The rehearsals, the latest first."""
    with library.reading() as session:
        return storage.sittings.recent(session, limit)


def rename(library: Library, sitting_id: str, title: str) -> None:
    """Give a rehearsal another title; an empty one is left as it was."""
    if not title.strip():
        return
    with library.writing() as work:
        storage.sittings.rename(work, sitting_id, title.strip())
        work.commit()


def delete(library: Library, sitting_id: str, clock: Clock) -> None:
    """Delete a rehearsal; it can be taken back for thirty days."""
    with library.writing() as work:
        storage.sittings.put_away(work, sitting_id, clock.wall())
        work.commit()


def undelete(library: Library, sitting_id: str) -> None:
    """Take back a deletion."""
    with library.writing() as work:
        storage.sittings.take_back(work, sitting_id)
        work.commit()


def delete_for_good(library: Library, sitting_id: str) -> None:
    """Delete one rehearsal at once, leaving nothing readable of it in the library."""
    with library.writing() as work:
        storage.sittings.erase(work, sitting_id)
        storage.audit.tell_gone(work, system_clock().wall(), Kind.SITTING, [sitting_id], AT_ONCE)
        work.commit()
    library.empty_log()


def deleted(library: Library, limit: int = 1000) -> tuple[SittingSummary, ...]:
    """The rehearsals that can still be taken back, the latest first."""
    with library.reading() as session:
        return storage.sittings.deleted(session, limit)


def purge_all_deleted(library: Library) -> int:
    """Delete for good everything that was deleted, however lately; returns how many rehearsals that were."""
    return storage.sittings.purge(library, datetime.max.replace(tzinfo=UTC), system_clock().wall(), AT_ONCE)


def purge_deleted(library: Library, clock: Clock) -> int:
    """Delete for good what was deleted so long ago; returns how many rehearsals that were."""
    now = clock.wall()
    return storage.sittings.purge(library, now - timedelta(days=UNDO_DAYS), now, AFTER_UNDO_DAYS)


def save_marks(library: Library, sitting_id: str, sheet: MarkSheet) -> None:
    """Keep the own marks as they are so far."""
    with library.writing() as work:
        storage.marks.save(work, sitting_id, sheet)
        work.commit()


def submit_marks(library: Library, sitting_id: str, sheet: MarkSheet, clock: Clock) -> None:
    """Hand in the own marks: they are kept as they are, and the reflection comes next."""
    with library.writing() as work:
        if storage.sittings.end_phase(work, sitting_id, EventKind.MARKS_GIVEN, Phase.OWN_MARKS, clock.wall()):
            storage.marks.save(work, sitting_id, replace(sheet, submitted=True))
        work.commit()


def overrule(library: Library, sitting_id: str, question: int, said: Overruling, clock: Clock) -> None:
    """After the interview: say that a finding in the latest take of a question is wrong, or let it stand again."""
    with library.writing() as work:
        storage.sittings.add_event(
            work, sitting_id, EventKind.OVERRULED, clock.wall(), question=question, cue=said.kind, text=said.key
        )
        work.commit()


def save_reflection(library: Library, sitting_id: str, reflection: Reflection, actions: Sequence[Action]) -> None:
    """Keep the reflection and its actions as they are so far."""
    with library.writing() as work:
        storage.reflections.save(work, sitting_id, reflection, actions)
        work.commit()


def finish_reflection(
    library: Library, sitting_id: str, reflection: Reflection, actions: Sequence[Action], clock: Clock
) -> None:
    """Keep the reflection and its actions, and with them end the sitting."""
    with library.writing() as work:
        storage.reflections.save(work, sitting_id, reflection, actions)
        storage.sittings.end_phase(work, sitting_id, EventKind.REFLECTION_WRITTEN, Phase.REFLECTION, clock.wall())
        work.commit()


def open_actions(library: Library) -> tuple[OpenAction, ...]:
    """Everything still to do, what is due first on top."""
    with library.reading() as session:
        return storage.reflections.open_actions(session)


def mark_action_done(library: Library, action_id: str, day: date | None) -> None:
    """Note the day on which an action was done, or None where it is to do after all."""
    with library.writing() as work:
        storage.reflections.mark_done(work, action_id, day)
        work.commit()
