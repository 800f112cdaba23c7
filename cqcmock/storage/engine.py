"""The two ways into the database: one connection that writes, and a few that can only read.

On SQLite every connection is opened by `_connect` with the same settings. The write engine begins each
transaction with BEGIN IMMEDIATE, so that two writers wait for each other instead of losing what one of them
wrote, and so that a migration that fails half-way is rolled back as a whole.
"""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from cqcmock.storage.errors import UnsafeDriverError

BUSY_SECONDS: Final = 1.5
POOL_SECONDS: Final = 10
READERS: Final = 3
CHECKPOINT_PAGES: Final = 4000

PLAIN_HEADER: Final = b"SQLite format 3\0"
"""How a file begins that is not encrypted."""

_PRAGMAS = (
    "journal_mode=wal",
    "synchronous=full",
    "foreign_keys=on",
    "secure_delete=on",
    "temp_store=memory",
    "trusted_schema=off",
    "cell_size_check=on",
)


_SERVER: Final[dict[str, Any]] = {
    "application_name": "cqcmock",
    "client_encoding": "utf8",
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,  # milliseconds until a cable that was pulled is noticed while saving
}

_SERVER_SETTINGS: Final = (
    f"SET lock_timeout = '{int(BUSY_SECONDS * 1000)}ms'",
    "SET idle_in_transaction_session_timeout = '60s'",  # a laptop that sleeps in a save must not hold up the others
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'",
)
"""A server may be told to answer before a save is on its disk; we do not say "saved" on those terms."""


def wal_reset_safe(version: tuple[int, ...]) -> bool:
    """Whether this SQLite is free of the bug that damages a database when its write-ahead log starts again."""
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51, 0) or (3, 44, 6) <= version < (3, 45, 0)


def driver() -> ModuleType:
    """SQLCipher's driver, or the standard library's where SQLCipher is missing. Raises UnsafeDriverError."""
    try:
        module = import_module("sqlcipher3.dbapi2")
    except ImportError:
        module = import_module("sqlite3.dbapi2")
    if not wal_reset_safe(module.sqlite_version_info):
        raise UnsafeDriverError(
            f"The SQLite on this computer ({module.sqlite_version}) has a fault that can damage a library.",
            "Install the package sqlcipher3, or a newer Python.",
        )
    return module


def can_encrypt() -> bool:
    """Whether the driver is SQLCipher's. Raises UnsafeDriverError."""
    return driver().__name__.startswith("sqlcipher3")


def file_uri(path: Path, *, read_only: bool = False) -> str:
    """The address of an existing SQLite file: whatever its name is made of, and never creating it."""
    name = path.absolute().as_posix()
    return (
        "file://"
        + ("" if name.startswith("/") else "/")
        + quote(os.fsencode(name))
        + f"?mode={'ro' if read_only else 'rw'}"
    )


def connect(path: Path, raw_key: str | None = None, *, read_only: bool = False) -> Any:
    """A bare driver connection to the file, in autocommit; `raw_key` are the 64 hex digits of its key.

    One that is `read_only` leaves the log as it found it, also where it is the last to close. Raises
    UnsafeDriverError where there is a key and a driver that would write everything in the clear.
    """
    module = driver()
    if raw_key is not None and not can_encrypt():
        raise UnsafeDriverError(
            "This copy of the program cannot open a locked library.", "Install the package sqlcipher3."
        )
    connection = module.connect(
        file_uri(path, read_only=read_only),
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        if raw_key is not None:
            connection.execute("pragma cipher_log_level=none")
            connection.execute(f"pragma key=\"x'{bytes.fromhex(raw_key).hex()}'\"")
    except BaseException:
        connection.close()
        raise
    return connection


def write_engine(path: Path, raw_key: str | None = None) -> Engine:
    """The only engine that writes to the SQLite file: one connection, which any thread may use in its turn."""
    engine = _sqlite(path, raw_key, size=1, more=(f"wal_autocheckpoint={CHECKPOINT_PAGES}",))
    _begin_with(engine, "BEGIN IMMEDIATE")
    return engine


def read_engine(path: Path, raw_key: str | None = None) -> Engine:
    """An engine that refuses to write and never checkpoints; each transaction sees one state of the library."""
    engine = _sqlite(path, raw_key, size=READERS, more=("wal_autocheckpoint=0", "query_only=on"))
    _begin_with(engine, "BEGIN")
    return engine


def server_engine(url: URL, *, read_only: bool) -> Engine:
    """An engine on a PostgreSQL server: one connection that writes, or a few that each see one moment of it.

    What the address asks for goes before our own choices.
    """
    engine = create_engine(
        url,
        connect_args={name: value for name, value in _SERVER.items() if name not in url.query},
        isolation_level="REPEATABLE READ" if read_only else "READ COMMITTED",
        execution_options={"postgresql_readonly": True} if read_only else {},
        pool_size=READERS if read_only else 1,
        max_overflow=0,
        pool_timeout=POOL_SECONDS,
        pool_pre_ping=True,  # a server that was started anew is not noticed by the next save
        hide_parameters=True,
    )
    event.listen(engine, "connect", _settle)
    return engine


def _settle(connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:
        for statement in _SERVER_SETTINGS:
            cursor.execute(statement)
    connection.commit()


def is_sqlite(connection: Connection) -> bool:
    """Whether this connection leads to an SQLite file."""
    return connection.dialect.name == "sqlite"


def _sqlite(path: Path, raw_key: str | None, *, size: int, more: tuple[str, ...]) -> Engine:
    def open_one() -> Any:
        connection = connect(path, raw_key)
        try:
            for pragma in (*_PRAGMAS, *more):
                connection.execute(f"pragma {pragma}")
        except BaseException:
            connection.close()
            raise
        return connection

    # SQLCipher's own dialect always gives a key, and SQLCipher refuses an empty one: hence the plain dialect.
    return create_engine(
        URL.create("sqlite"),
        module=driver(),
        creator=open_one,
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0,
        pool_timeout=POOL_SECONDS,
        hide_parameters=True,  # what people write stays out of the log
    )


def _begin_with(engine: Engine, statement: str) -> None:
    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)
