"""The library itself: opened with care, written in units of work, and closed clean."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any, Final, Self
from weakref import WeakSet

from sqlalchemy import URL, Connection, Engine
from sqlalchemy.orm import Session

from cqcmock.domain.audit import Deed, Kind
from cqcmock.domain.backups import Why
from cqcmock.errors import UserError
from cqcmock.storage import audit, backups, cipher, conversion, engine, left_log, migrate, server
from cqcmock.storage import folder as data_folder
from cqcmock.storage.errors import (
    START_AGAIN,
    CannotOpenError,
    DamagedLibraryError,
    DiskFailedError,
    LockedError,
    NewerLibraryError,
    NotALibraryError,
    ReadOnlyFolderError,
    StorageFullError,
    told,
)

UnitOfWork = Session
"""What `Library.writing` gives, under the name by which services hand it on."""

NOT_ENCRYPTED = "The library on this computer is not locked: whoever can read the folder can read your answers."
BACKED_UP = "The library was brought up to date for this version; a copy of the old one is in “{}”."
COPIES_LEFT = "There was no library in “{}”, so a new one was made. Copies of an earlier one are in its backups folder."

ON_SERVER = "The library is on a database server: whoever runs it makes the backups, and can read your answers."

QUICK_CHECK_BYTES: Final = 8 * 1024 * 1024
"""A library up to this size is looked through whenever it is opened. A larger one, and one that is locked, then only
where the last run did not end well, because somebody waits, and otherwise once it is open (`Library.look_through`)."""

LOG_TRIES: Final = 4

_NEEDS_A_FRESH_CONNECTION = (
    CannotOpenError,
    DamagedLibraryError,
    DiskFailedError,
    ReadOnlyFolderError,
    StorageFullError,
)


class Library:
    """An open library. `path` is its file, or `url` its server, without a password; `notices` are for the person.

    Made by `open_library`. One thread at a time writes; any thread may read.
    """

    def __init__(
        self,
        *,
        folder: Path,
        path: Path | None,
        url: str | None,
        write: Engine,
        read: Engine,
        notices: tuple[str, ...] = (),
        raw_key: str | None = None,
    ) -> None:
        self.folder = folder
        self.path = path
        self.url = url
        self.notices = notices
        self.raw_key = raw_key
        self._write = write
        self._read = read
        with _OPENING:
            _OPEN.add(self)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A unit of work: what is not committed when the block is left is rolled back.

        Raises a LibraryError when the disk is full, busy, read-only or damaged; the next unit starts afresh.
        """
        with self._session(self._write) as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A look at one state of the library, in which nothing can be written."""
        with self._session(self._read) as session:
            yield session

    @contextmanager
    def _session(self, source: Engine) -> Iterator[Session]:
        try:
            with self._told(), Session(source, expire_on_commit=False) as session:
                try:
                    yield session
                except UserError:
                    raise
                except Exception as error:
                    self._check_pages(session, error)
                    raise
                self._check_pages(session, None)
        except _NEEDS_A_FRESH_CONNECTION:
            source.dispose()
            raise

    def _check_pages(self, session: Session, error: Exception | None) -> None:
        """Of a damaged page SQLCipher may give empty bytes; that it has done so is said here alone.

        It then refuses to write as if there were no memory. Raises DamagedLibraryError, before anybody is shown what
        was read.
        """
        if self.raw_key is None or not (session.in_transaction() or isinstance(error, MemoryError)):
            return
        if session.connection().exec_driver_sql("pragma cipher_status").scalar() != "1":
            raise DamagedLibraryError(f"The library in “{self.folder}” is damaged.", START_AGAIN, None, ()) from error

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            with told(self.folder if self.path else None, files=False):
                yield
        except DamagedLibraryError:
            if self.path is not None:
                data_folder.suspect(self.path)
            raise

    @property
    def write_engine(self) -> Engine:
        """The engine that writes: for migrations and backups."""
        return self._write

    def look_through(self) -> None:
        """Look through a file that was too large for it when it was opened; any other library is left alone.

        Raises DamagedLibraryError: close the library and open it again, which moves the file aside.
        """
        if self.path is None:
            return
        with told(self.folder), self._told():
            if _is_checked_at_once(self.path, self.raw_key):
                return
            connection = self._read.raw_connection()
            try:
                _check(self.folder, connection.driver_connection)
            finally:
                connection.close()

    @contextmanager
    def driver_connection(self) -> Iterator[Any]:
        """The writing connection of the driver itself, outside any transaction: for copies and the log."""
        with self._told():
            connection = self._write.raw_connection()
            try:
                yield connection.driver_connection
            finally:
                connection.close()

    def empty_log(self) -> bool:
        """Move everything from the write-ahead log into the library file and cut the log to nothing.

        Returns whether that could be done: not while something is read for seconds, such as a copy that is being made.
        The log then goes when the library is closed.
        """
        if self.path is None:
            return True
        self._read.dispose()  # a reader would keep the log alive
        with self.driver_connection() as connection:
            for _ in range(LOG_TRIES):  # each waits for `engine.BUSY_SECONDS`
                if left_log.empty(connection, self.path):
                    return True
        return False

    def close(self) -> None:
        """Close the readers, then the writer, which leaves one file without side files."""
        self._read.dispose()
        self._write.dispose()
        with _OPENING:
            _OPEN.discard(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


_OPEN: Final[WeakSet[Library]] = WeakSet()
_OPENING: Final = Lock()


def _is_open_here(path: Path) -> bool:
    """Whether this program has the file open. It must then never read it, or its index, as any other file.

    Closing a file gives up every lock that the program has on it, wherever POSIX says what a lock is: the next program
    to close the library would take its log away, and with it whatever is saved here from then on.
    """
    with _OPENING:
        paths = [one.path for one in _OPEN if one.path is not None]
    return any(one.exists() and one.samefile(path) for one in paths)


def open_library(folder: Path, database_url: str | None = None, raw_key: str | None = None) -> Library:
    """Open the library of a data folder, making it if there is none; or the one on a database server.

    `raw_key` are the 64 hex digits of an encrypted library's key. Raises DamagedLibraryError after moving a
    damaged file aside, LockedError and NewerLibraryError without touching anything, and the other errors of
    `storage.errors`.
    """
    data_folder.make_private(folder)
    if database_url is not None:
        return _open_server(folder, server.address(database_url))
    path = folder / data_folder.LIBRARY
    with told(folder):
        return _open_file(folder, path, raw_key)


def start_afresh(folder: Path, raw_key: str | None = None) -> None:
    """Make a new, empty library beside a damaged one that was put aside, so that it can be opened."""
    path = folder / data_folder.LIBRARY
    with told(folder):
        if not path.exists():
            _new_file(path)
            _create(path, raw_key)


def _open_file(folder: Path, path: Path, raw_key: str | None) -> Library:
    notices = [*data_folder.warnings(folder)]
    if raw_key is None:
        notices.append(NOT_ENCRYPTED)
    conversion.tidy_up(path, raw_key)
    if not path.exists():
        aside = data_folder.damaged_files(folder)
        if aside:
            raise _damaged(folder, aside[0], raw_key)
        if backups.files(folder):
            notices.append(COPIES_LEFT.format(folder))
        _new_file(path)
        version = None
    elif _is_open_here(path) and not data_folder.is_suspect(path):  # it was looked at then
        version = _version(path, raw_key)
    else:
        version = _look_or_put_aside(folder, path, raw_key)
    if version is None:
        _create(path, raw_key)
    elif version not in migrate.REVISIONS:
        raise NewerLibraryError(
            f"The library in “{folder}” was written by a newer version of this program.",
            "Install the newest version, or choose another folder. The library has not been touched.",
        )
    library = Library(
        folder=folder,
        path=path,
        url=None,
        write=engine.write_engine(path, raw_key),
        read=engine.read_engine(path, raw_key),
        notices=tuple(notices),
        raw_key=raw_key,
    )
    try:
        if version is not None and version != migrate.HEAD:
            copy = backups.make(library, why=Why.MIGRATION)
            migrate.upgrade(library.write_engine)
            library.notices = (*library.notices, BACKED_UP.format(copy.path))
        with library.reading() as session:  # so that the first screen does not wait for a connection
            session.connection()
    except BaseException:
        library.close()
        raise
    return library


def _look_or_put_aside(folder: Path, path: Path, raw_key: str | None) -> str | None:
    try:
        return _look(folder, path, raw_key)
    except DamagedLibraryError as error:
        if raw_key is None and cipher.seems_locked(path):
            raise LockedError(
                f"The library in “{folder}” is locked, and what unlocks it is not beside it.",
                "Put the folder “keys” back from a copy of the data folder, or restore a backup from your second "
                "place with the recovery words. The library has not been touched.",
            ) from error
        if raw_key is not None and not (cipher.has_page_of(path, raw_key) or backups.sound(folder, raw_key)):
            raise LockedError(
                f"The library in “{folder}” is not the one that this key belongs to, or it is damaged beyond telling.",
                "Put back the folder “keys” that belongs to it, or restore a backup from your second place. "
                "The library has not been touched.",
            ) from error
        raise _damaged(folder, data_folder.put_aside(path, "damaged"), raw_key) from error


def _new_file(path: Path) -> None:
    data_folder.put_aside(path, "stray")  # side files left without their library would be taken for the new one's
    data_folder.make_private_file(path)


def _create(path: Path, raw_key: str | None) -> None:
    writer = engine.write_engine(path, raw_key)
    try:
        with writer.begin() as connection:
            _make(connection)
    finally:
        writer.dispose()


def _make(connection: Connection) -> None:
    """The tables, and the first entry of the audit trail."""
    migrate.create(connection)
    with Session(connection, join_transaction_mode="rollback_only") as session:
        audit.add(session, datetime.now(UTC), Deed.LIBRARY_MADE, Kind.LIBRARY)


def _look(folder: Path, path: Path, raw_key: str | None) -> str | None:
    """The version of the library file, or None for an empty one; checks it first where it may be damaged.

    A file that was closed clean has no log beside it; one in which damage was met is marked. Raises
    DamagedLibraryError, NotALibraryError.
    """
    log = path.with_name(f"{path.name}-wal")
    reached = left_log.reach(path)
    log_left = (log.exists() and log.stat().st_size > 0) or (reached is not None and reached.frames > 0)
    with path.open("rb") as file:
        header = file.read(len(engine.PLAIN_HEADER))
    if not header and not log_left and not backups.files(folder):
        return None
    if raw_key is None and header != engine.PLAIN_HEADER and left_log.was_being_made(path):
        return None  # SQLite goes back to the empty file
    if (raw_key is None) != (
        header == engine.PLAIN_HEADER
    ):  # before SQLite does away with the log of what it takes for no database
        if raw_key is not None and header == engine.PLAIN_HEADER:
            raise LockedError(
                f"The library in “{folder}” is not locked, though there are keys for it.",
                "Close the program and start it again: it will lock the library.",
            )
        raise _damaged(folder, None, raw_key)
    if not header and not log_left:
        raise _damaged(folder, None, raw_key)  # there was a library, for there are copies of it
    with told(folder):
        if log_left:
            left_log.flush(path)
        connection = engine.connect(path, raw_key, read_only=log_left)  # a log that is damaged is put aside as it is
        try:
            connection.execute("pragma query_only=on")
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if log_left or data_folder.is_suspect(path) or _is_checked_at_once(path, raw_key):
                _check(folder, connection)
                if left_log.has_lost(reached, now := left_log.reach(path), left_log.emptied(connection)):
                    if left_log.is_of_one_moment(reached, now):
                        backups.rescue(folder, raw_key)
                    raise _damaged(folder, None, raw_key)
                data_folder.clear_suspicion(path)
            if not tables:
                return None
            row = (
                connection.execute("SELECT version_num FROM alembic_version").fetchone()
                if {"alembic_version", "sitting"} <= tables
                else None
            )
        finally:
            connection.close()
    if row is None:
        raise NotALibraryError(
            f"“{path}” is a database of another program.", "Move it somewhere else, or choose another folder."
        )
    return str(row[0])


def _version(path: Path, raw_key: str | None) -> str:
    with told(path.parent), closing(engine.connect(path, raw_key)) as connection:
        connection.execute("pragma query_only=on")
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def _is_checked_at_once(path: Path, raw_key: str | None) -> bool:
    """Whether a library is looked through while it is opened. A locked one shows damage whenever it is read."""
    return raw_key is None and path.stat().st_size <= QUICK_CHECK_BYTES


def _check(folder: Path, connection: Any) -> None:
    first = connection.execute("pragma quick_check(1)").fetchone()
    if first is None or first[0] != "ok":
        raise DamagedLibraryError(f"The library in “{folder}” is damaged.", START_AGAIN, None, ())


def _damaged(folder: Path, aside: Path | None, raw_key: str | None) -> DamagedLibraryError:
    copies = backups.sound(folder, raw_key)
    moved = f" It has been moved to “{aside.name}”; nothing was deleted." if aside else ""
    return DamagedLibraryError(
        f"The library in “{folder}” is damaged.{moved}",
        f"Go on with the copy of {copies[0].made_at.astimezone():%d %B %Y, %H:%M}, or start a new library."
        if copies
        else "Start a new library, and keep the damaged file for somebody who can look at it.",
        aside,
        copies,
    )


def _open_server(folder: Path, url: URL) -> Library:
    try:
        write = engine.server_engine(url, read_only=False)
        read = engine.server_engine(url, read_only=True)
    except ImportError as error:
        raise UserError(
            "The part that talks to PostgreSQL is not installed.", "Install it with: pip install cqcmock[postgresql]"
        ) from error
    library = Library(
        folder=folder,
        path=None,
        url=url.set(query={}).render_as_string(),  # a query can hold a password as well
        write=write,
        read=read,
        notices=(ON_SERVER,),
    )
    try:
        with told(None):
            server.try_address(write)
            with write.begin() as connection:
                version = server.look(connection)
                if version is None:
                    _make(connection)
            if version is not None and version != migrate.HEAD:
                migrate.upgrade(write)
            with read.connect():  # so that the first screen does not wait for a connection
                pass
    except BaseException:
        library.close()
        raise
    return library
