"""Sittings, events and banks for tests of the library, and looks into it with raw SQL."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from cqcmock.domain.interview import Event, EventKind, fold
from cqcmock.domain.plan import Plan
from cqcmock.domain.questions import Bank, Question
from cqcmock.domain.reflection import Reflection
from cqcmock.domain.rubric import MarkSheet
from cqcmock.domain.sitting import Sitting
from cqcmock.storage import backups, engine, sittings
from cqcmock.storage.library import Library, open_library
from tests.domain.worlds import NINE_O_CLOCK, event, plan, question

FIRST_WORDS = (
    event(EventKind.QUESTION_SHOWN, 0, 0),
    event(EventKind.ANSWERING_STARTED, 5, 0),
    event(EventKind.TEXT_SAVED, 9, 0, "We ask carers first."),
)


def a_sitting(the_plan: Plan | None = None, person: str = "Ann", sitting_id: str = "") -> Sitting:
    """A sitting in which nothing has happened yet."""
    chosen = the_plan or plan()
    return Sitting(
        id=sitting_id or str(uuid.uuid4()),
        title="Lead member, Hertfordshire",
        person=person,
        started_at=NINE_O_CLOCK,
        plan=chosen,
        events=(),
        state=fold((), chosen),
        sheet=MarkSheet(),
        reflection=Reflection(),
        actions=(),
    )


def a_bank(bank_id: str = "lead-member", texts: Sequence[str] = ("Tell me about {place}.",), version: int = 1) -> Bank:
    """A bank with these questions."""
    return Bank(
        id=bank_id,
        title=f"Bank {bank_id}",
        version=version,
        checked_on=date(2026, 11, 21),
        framework="cqc-la-2023",
        roles=("lead-member", "director"),
        language="en-GB",
        questions=tuple(worded(f"q{number}", text) for number, text in enumerate(texts)),
    )


def worded(question_id: str, text: str, roles: tuple[str, ...] = ()) -> Question:
    """A question with this text."""
    return replace(question(question_id), text=text, roles=roles)


def add(library: Library, sitting: Sitting, events: Sequence[Event] = ()) -> Sitting:
    """Keep a sitting with its events."""
    with library.writing() as work:
        sittings.create(work, sitting)
        for seq, happened in enumerate(events):
            sittings.keep_event(work, sitting.id, seq, happened)
        work.commit()
    return sitting


def keep(library: Library, sitting_id: str, seq: int, happened: Event) -> None:
    """Keep one event, in a unit of work of its own."""
    with library.writing() as work:
        sittings.keep_event(work, sitting_id, seq, happened)
        work.commit()


def load(library: Library, sitting_id: str) -> Sitting:
    """The sitting as it is kept."""
    with library.reading() as session:
        return sittings.load(session, sitting_id)


@contextlib.contextmanager
def raw(path: Path) -> Iterator[Any]:
    """The driver's own connection to a library file, beside the program's."""
    connection = engine.connect(path)
    try:
        yield connection
    finally:
        connection.close()


def facts(place: Path | Library, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """What raw SQL finds in the library, over a connection of the driver's own."""
    path = place.path if isinstance(place, Library) else place
    if path is None:
        assert isinstance(place, Library)
        with on_server(place) as connection:
            return [tuple(row) for row in connection.execute(sql.replace("?", "%s"), values).fetchall()]
    with raw(path) as connection:
        return [tuple(row) for row in connection.execute(sql, values).fetchall()]


def address_of(library: Library) -> str | None:
    """The whole address of a library on a server; None for a file."""
    if library.path is not None:
        return None
    return library.write_engine.url.set(drivername="postgresql").render_as_string(hide_password=False)


@contextlib.contextmanager
def on_server(library: Library) -> Iterator[Any]:
    """The driver's own connection to the library's server, beside the program's; each statement is a transaction."""
    import psycopg

    address = address_of(library)
    assert address is not None
    with psycopg.connect(address, autocommit=True) as connection:
        yield connection


def open_again(library: Library) -> Library:
    """The same library once more, as another program would open it."""
    return open_library(library.folder, address_of(library))


def a_full_library(folder: Path, sittings_kept: int = 60) -> None:
    """A closed library of some hundred kilobytes, with a copy of it in its backups."""
    with open_library(folder) as opened:
        for _ in range(sittings_kept):
            add(opened, a_sitting(), FIRST_WORDS)
        backups.make(opened)


def ruin(path: Path, table: str) -> None:
    """Fill the first page of a table with rubbish."""
    with raw(path) as connection:
        page = connection.execute(f"SELECT rootpage FROM sqlite_master WHERE name = '{table}'").fetchone()[0]
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)
