"""What is kept and for how long, and how it goes: out of the library, and out of every file that is a copy of it.

Deleting rows leaves words behind in three places: in the free room of pages that were divided, in the write-ahead log,
and in the backups. So a file in which something was deleted is written anew (VACUUM, with `secure_delete` on), the log
is cut to nothing, and each copy is cleaned beside the old one before it takes its place.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, create_engine, delete, event, func, inspect, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from cqcmock.domain.audit import Kind
from cqcmock.domain.english import day
from cqcmock.domain.retention import Kept
from cqcmock.storage import conversion, engine, packs, persons
from cqcmock.storage import folder as data_folder
from cqcmock.storage.cafe_schema import CafeSessionRow
from cqcmock.storage.errors import DamagedLibraryError, told
from cqcmock.storage.review_schema import PackReturnRow, PackRow, PackSheetRow
from cqcmock.storage.schema import SittingRow

if TYPE_CHECKING:
    from cqcmock.storage.library import Library

Things = Mapping[Kind, Collection[str]]
"""The ids of what is to go, by kind; of a person, whose things have no one id, the name."""

SCRUBBED: Final = ".scrubbed"
"""After the name of the copy that is being cleaned: until it takes the other's place nobody reads it."""

_ROOTS: Final[dict[Kind, Any]] = {Kind.SITTING: SittingRow, Kind.PACK: PackRow, Kind.CAFE: CafeSessionRow}
"""The one row that everything else of such a thing hangs on, and goes with."""

_MOST_AT_ONCE: Final = 500


class CannotScrubError(Exception):
    """A copy is damaged, or has another key: nobody can say what is in it."""


def kept(session: Session) -> tuple[Kept, ...]:
    """Everything in the library that there is a rule for, what was put away too: the longest unused first."""
    sittings = select(
        SittingRow.id, SittingRow.title, SittingRow.started_at, SittingRow.last_saved_at, SittingRow.deleted_at
    )
    cafes = select(
        CafeSessionRow.id,
        CafeSessionRow.title,
        CafeSessionRow.made_at,
        CafeSessionRow.last_saved_at,
        CafeSessionRow.deleted_at,
    )
    merged = func.max(PackReturnRow.merged_at)
    sent = (
        select(PackRow.id, PackRow.reviewer, PackRow.made_at, merged)
        .outerjoin(PackReturnRow, PackReturnRow.pack_id == PackRow.id)
        .group_by(PackRow.id, PackRow.reviewer, PackRow.made_at)
    )
    found = [
        Kept(
            kind=kind,
            id=thing,
            title=title,
            last_used=last.astimezone().date(),
            made=made.astimezone().date(),
            is_put_away=put_away is not None,
        )
        for kind, wanted in ((Kind.SITTING, sittings), (Kind.CAFE, cafes))
        for thing, title, made, last, put_away in session.execute(wanted)
    ]
    found += [
        Kept(
            kind=Kind.PACK,
            id=thing,
            title=f"Pack for {reviewer}, {day(made.astimezone().date())}",
            last_used=max(made, came or made).astimezone().date(),
            made=made.astimezone().date(),
        )
        for thing, reviewer, made, came in session.execute(sent)
    ]
    return tuple(sorted(found, key=lambda one: (one.last_used, one.kind, one.id)))


def there(session: Session, things: Things) -> dict[Kind, frozenset[str]]:
    """Those of these things of which anything is to be found, in a library of any form."""
    tables = _tables(session)
    found = {
        kind: _found(session, root.id, things.get(kind, ()))
        for kind, root in _ROOTS.items()
        if root.__tablename__ in tables
    }
    if PackSheetRow.__tablename__ in tables:
        said = _found(session, PackSheetRow.sitting_id, things.get(Kind.SITTING, ()), PackSheetRow.payload != "")
        found[Kind.SITTING] = found.get(Kind.SITTING, frozenset()) | said
    found[Kind.PERSON] = frozenset(name for name in things.get(Kind.PERSON, ()) if persons.theirs(session, name).counts)
    return {kind: ids for kind, ids in found.items() if ids}


def _found(session: Session, column: Any, ids: Collection[str], *conditions: Any) -> frozenset[str]:
    found: set[str] = set()
    for some in _in_parts(ids):
        found.update(session.scalars(select(column).where(column.in_(some), *conditions)))
    return frozenset(found)


def _in_parts(ids: Collection[str]) -> Iterator[list[str]]:
    every = sorted(ids)
    for start in range(0, len(every), _MOST_AT_ONCE):
        yield every[start : start + _MOST_AT_ONCE]


def remove(session: Session, things: Things) -> None:
    """Delete these things with everything that hangs on them, in a library of any form; what is not there is no matter.

    Of a pack that answers of theirs were sent in, it stays known that they were sent and came back, and no word.
    """
    tables = _tables(session)
    if PackSheetRow.__tablename__ in tables:
        for some in _in_parts(things.get(Kind.SITTING, ())):
            packs.forget_words(session, some)
    for kind, root in _ROOTS.items():
        if root.__tablename__ in tables:
            for some in _in_parts(things.get(kind, ())):
                session.execute(delete(root.__table__).where(root.__table__.c.id.in_(some)))
    for name in things.get(Kind.PERSON, ()):
        persons.erase(session, persons.theirs(session, name))


def _tables(session: Session) -> frozenset[str]:
    return frozenset(inspect(session.connection()).get_table_names())


def write_anew(library: Library) -> bool:
    """Leave nothing in the library file or its log of what was deleted; False where another program keeps its log.

    On a server it is the server's housekeeping that clears its disks. Raises a LibraryError.
    """
    if library.path is None:
        return True
    with library.driver_connection() as connection:
        connection.execute("pragma secure_delete=on").fetchall()
        connection.execute("VACUUM")
    return library.empty_log()


def holds_any(path: Path, raw_key: str | None, things: Things) -> bool:
    """Whether any of these things is in a library file. Raises CannotScrubError or a LibraryError."""
    with session_in(path, raw_key) as session:
        return bool(there(session, things))


@contextmanager
def session_in(path: Path, raw_key: str | None) -> Iterator[Session]:
    """A look into a library file of any form. Raises CannotScrubError or a LibraryError."""
    with _opened(path, raw_key) as connection, _session_on(connection, engine.driver()) as session:
        yield session


def scrub(path: Path, raw_key: str | None, things: Things) -> None:
    """Take these things out of a library file that nobody has open: a kill leaves the old file or the new one.

    Raises CannotScrubError, and a LibraryError where it is the disk that fails: the file is then as it was.
    """
    with told(path.parent):
        _scrub(path, raw_key, things)


def _scrub(path: Path, raw_key: str | None, things: Things) -> None:
    _settle_log(path, raw_key)
    written = path.with_name(path.name + SCRUBBED)
    try:
        written.unlink(missing_ok=True)
        data_folder.make_private_file(written)
        shutil.copyfile(path, written)
        with _opened(written, raw_key) as connection:
            connection.execute("pragma journal_mode=delete").fetchall()
            connection.execute("pragma journal_mode=memory").fetchall()  # nobody is to go back to what was there
            _clean(connection, engine.driver(), things)
        with written.open("rb+") as file:
            os.fsync(file.fileno())
        _put_in_place(written, path)
    except BaseException:
        if written.exists():
            conversion.erase(written)
        raise


def _settle_log(path: Path, raw_key: str | None) -> None:
    """Move what is in the log of a file that was put aside into the file."""
    log = path.with_name(f"{path.name}-wal")
    if not log.exists():
        return
    with _opened(path, raw_key) as connection:
        connection.execute("pragma secure_delete=on").fetchall()
        connection.execute("pragma wal_checkpoint(truncate)").fetchall()
        connection.execute("pragma journal_mode=delete").fetchall()


def _put_in_place(written: Path, path: Path) -> None:
    """Let the clean file take the other's name, and write over the other."""
    old = path.with_name(path.name + conversion.ERASED)
    old.unlink(missing_ok=True)
    with suppress(OSError):  # a stick knows one name for a file: then it is only deleted
        old.hardlink_to(path)
    written.replace(path)
    data_folder.flush(path.parent)
    if old.exists():
        conversion.erase(old)


def sweep(folder: Path) -> None:
    """Clear away what a kill left behind while a copy was being cleaned. Raises OSError."""
    for left in (*folder.glob(f"*{SCRUBBED}"), *folder.glob(f"*{SCRUBBED}-*")):
        conversion.erase(left)
    for left in folder.glob(f"*.sqlite{conversion.ERASED}"):
        path = left.with_name(left.name.removesuffix(conversion.ERASED))
        if not path.exists():
            continue  # a lock was being changed: it is the library itself
        if left.samefile(path):
            left.unlink()  # the same file under two names, which was not replaced yet
        else:
            conversion.erase(left)


def scrubbed_bytes(content: bytes, things: Things) -> bytes:
    """The same plain library without these things, and never a word of it on the disk.

    Raises CannotScrubError. What is not there need not be taken out: the bytes are then those that were given.
    """
    import sqlite3  # it can read from memory, which SQLCipher's driver cannot

    if not content.startswith(engine.PLAIN_HEADER):
        raise CannotScrubError
    in_memory = bytearray(content)
    in_memory[18:20] = b"\x01\x01"  # there is no log in memory
    with _damage_told(Path()), closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.deserialize(bytes(in_memory))
        with _session_on(connection, sqlite3) as session:
            if not there(session, things):
                return content
        _clean(connection, sqlite3, things)
        return bytes(connection.serialize())


def scrubbed_encrypted(content: bytes, beside: Path, raw_key: str, things: Things) -> bytes:
    """The same encrypted library without these things; while it is cleaned it lies beside `beside`, encrypted.

    Raises CannotScrubError, also for one with another key.
    """
    written = beside.with_name(f"{beside.name}{SCRUBBED}")
    with told(beside.parent):
        try:
            data_folder.make_private_file(written)
            written.write_bytes(content)
            if not holds_any(written, raw_key, things):
                return content
            scrub(written, raw_key, things)
            return written.read_bytes()
        finally:
            conversion.erase(written)


def _clean(connection: Any, module: ModuleType, things: Things) -> None:
    for pragma in ("foreign_keys=on", "secure_delete=on", "temp_store=memory", "synchronous=off"):
        connection.execute(f"pragma {pragma}").fetchall()
    with _session_on(connection, module) as session:
        remove(session, things)
        session.commit()
        left = there(session, things)
    connection.execute("VACUUM")
    sound = connection.execute("pragma integrity_check(1)").fetchone()[0] == "ok"
    if left or not sound or connection.execute("pragma foreign_key_check").fetchone():
        raise CannotScrubError


@contextmanager
def _opened(path: Path, raw_key: str | None) -> Iterator[Any]:
    """A driver's connection to a file of any form. Raises CannotScrubError where nobody can say what is in it."""
    with _damage_told(path.parent):
        if (raw_key is None) != conversion.is_plain(path):
            raise CannotScrubError
        with closing(engine.connect(path, raw_key)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            yield connection


@contextmanager
def _session_on(connection: Any, module: ModuleType) -> Iterator[Session]:
    source = create_engine(
        "sqlite://", module=module, creator=lambda: connection, poolclass=StaticPool, hide_parameters=True
    )

    @event.listens_for(source, "begin")
    def begin(begun: Connection) -> None:
        begun.exec_driver_sql("BEGIN")

    with Session(source) as session:
        yield session


@contextmanager
def _damage_told(folder: Path) -> Iterator[None]:
    """What shows that a file is damaged is told as that, and every other trouble as anywhere else."""
    try:
        with told(folder):
            yield
    except DamagedLibraryError as error:
        raise CannotScrubError from error
