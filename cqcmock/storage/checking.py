"""A database file looked at as it is: nothing is put aside, brought up to date, or written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from cqcmock.domain.audit import Head, first_wrong
from cqcmock.storage import audit, engine
from cqcmock.storage.errors import DamagedLibraryError, told

_MOST_TOLD: Final = 20


def form(path: Path, raw_key: str | None) -> str:
    """The form of a library, as its migrations are numbered; nothing where it has none. Raises a LibraryError."""
    with _opened(path, raw_key) as connection:
        row = (
            connection.execute("SELECT version_num FROM alembic_version").fetchone() if _has_tables(connection) else ()
        )
    return str(row[0]) if row else ""


def head(path: Path, raw_key: str | None) -> Head | None:
    """The head of the audit trail; None for a library from before there was one. Raises a LibraryError."""
    with _opened(path, raw_key) as connection:
        if not _has_trail(connection):
            return None
        with _session(connection) as session:
            return audit.head(session)


def trail(path: Path, raw_key: str | None) -> tuple[Head | None, int | None]:
    """The head of the audit trail, and the number of the first entry that is not as it was written."""
    with _opened(path, raw_key) as connection:
        if not _has_trail(connection):
            return None, None
        with _session(connection) as session:
            return audit.head(session), first_wrong(audit.entries(session))


def pages_wrong(path: Path, raw_key: str | None) -> tuple[str, ...]:
    """What is wrong with any page of a file, or with what its pages say of each other; nothing where it is sound.

    Raises a LibraryError where the disk or another program keeps it from being looked at.
    """
    found: list[str] = []
    try:
        with _opened(path, raw_key) as connection:
            if raw_key is not None:  # each page carries a proof that nobody changed it
                found += _all(connection, "pragma cipher_integrity_check")
            found += [one for one in _all(connection, f"pragma integrity_check({_MOST_TOLD})") if one != "ok"]
    except DamagedLibraryError:
        found.append("it cannot be read to its end")
    return tuple(found[:_MOST_TOLD])


def orphans(path: Path, raw_key: str | None) -> tuple[str, ...]:
    """Rows that belong to something that is not there, by their table and number. Raises a LibraryError."""
    with _opened(path, raw_key) as connection:
        rows = connection.execute("pragma foreign_key_check").fetchmany(_MOST_TOLD)
    return tuple(
        f"row {row} of “{table}” belongs to a row of “{parent}” that is not there" for table, row, parent, _ in rows
    )


def reads(path: Path, raw_key: str | None) -> bool:
    """Whether a copy opens, and its rehearsals can be counted. Raises a LibraryError as above."""
    try:
        with _opened(path, raw_key) as connection:
            return bool(connection.execute("SELECT count(*) FROM sitting").fetchone())
    except DamagedLibraryError:
        return False
    except engine.driver().Error:  # a sound database without what a library has
        return False


@contextmanager
def _opened(path: Path, raw_key: str | None) -> Iterator[Any]:
    with told(path.parent):
        connection = engine.connect(path, raw_key)
        try:
            connection.execute("pragma query_only=on")
            yield connection
        finally:
            connection.close()


@contextmanager
def _session(connection: Any) -> Iterator[Session]:
    one = create_engine(
        "sqlite://", module=engine.driver(), creator=lambda: connection, poolclass=StaticPool, hide_parameters=True
    )
    with Session(one) as session:
        yield session


def _has_tables(connection: Any) -> bool:
    return bool(connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone())


def _has_trail(connection: Any) -> bool:
    return bool(connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'audit'").fetchone())


def _all(connection: Any, pragma: str) -> list[str]:
    return [str(row[0]) for row in connection.execute(pragma).fetchall()]
