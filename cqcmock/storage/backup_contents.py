"""What is in a library or a copy of it, counted quickly, whatever form it has: no copy is brought up to date for that.

Read with the bare driver, because the tables of an old copy are not those of `schema`.
"""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cqcmock.domain.audit import NO_HASH, Head
from cqcmock.domain.backups import Inside, One, Thing
from cqcmock.storage import engine
from cqcmock.storage.errors import told

if TYPE_CHECKING:
    from cqcmock.storage.library import Library

_READ: Final = {
    Thing.REHEARSAL: ("sitting", "SELECT id, title, last_saved_at FROM sitting WHERE deleted_at IS NULL"),
    Thing.CAFE: ("cafe_session", "SELECT id, title, last_saved_at FROM cafe_session WHERE deleted_at IS NULL"),
    Thing.PACK: ("pack", "SELECT id, reviewer, made_at FROM pack"),
    Thing.RETURN: (
        "pack_return",
        "SELECT digest, reviewer, merged_at FROM pack_return JOIN pack ON pack.id = pack_return.pack_id",
    ),
    Thing.STORY: ("story", "SELECT id, name, changed_at FROM story"),
    Thing.BANK: (
        "bank",
        "SELECT id, title, (SELECT max(at) FROM bank_edit WHERE bank_id = bank.id) FROM bank WHERE origin <> 'shipped'",
    ),
}
_BANKS_WITHOUT_EDITS: Final = "SELECT id, title, NULL FROM bank WHERE origin <> 'shipped'"
_NEVER: Final = datetime.min.replace(tzinfo=UTC)


def of_file(path: Path, raw_key: str | None = None) -> Inside | None:
    """What is in a copy, or None for what is none, has another lock, or is damaged where it was read."""
    if not path.is_file():
        return None
    try:
        with closing(engine.connect(path, raw_key)) as connection:
            connection.execute("pragma query_only=on")
            return _inside(connection)
    except engine.driver().Error:
        return None


def of_library(library: Library) -> Inside:
    """What is in an open library. Raises a LibraryError."""
    with told(library.folder), library.reading() as session:
        return _inside(session.connection().connection.driver_connection)


def head_of_file(path: Path, raw_key: str | None = None) -> Head:
    """The end of the audit trail in a library file that nobody has open; an empty trail where it cannot be read."""
    try:
        with closing(engine.connect(path, raw_key)) as connection:
            connection.execute("pragma query_only=on")
            row = connection.execute("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1").fetchone()
    except engine.driver().Error:
        row = None
    return Head(count=int(row[0]), hash=str(row[1])) if row else Head(count=0, hash=NO_HASH)


def _inside(connection: Any) -> Inside:
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    things = {}
    for thing, (table, query) in _READ.items():
        if table in tables:
            rows = connection.execute(_BANKS_WITHOUT_EDITS if table == "bank" and "bank_edit" not in tables else query)
            things[thing] = {str(key): One(title=str(title), changed_at=_time(at)) for key, title, at in rows}
    answers = connection.execute("SELECT coalesce(sum(answers), 0) FROM sitting WHERE deleted_at IS NULL").fetchone()[0]
    form = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return Inside(form=str(form[0]) if form else "", things=things, answers=int(answers))


def _time(written: Any) -> datetime:
    """A time as it stands in the file, in UTC; the least there is for one that is missing or cannot be read."""
    try:
        return datetime.fromisoformat(str(written)).replace(tzinfo=UTC)
    except ValueError:
        return _NEVER
