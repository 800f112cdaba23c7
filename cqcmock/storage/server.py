"""What is particular to a library on a database server: its address, and whether the tables there are ours."""

from __future__ import annotations

from sqlalchemy import URL, Connection, Engine, inspect, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from cqcmock.errors import UserError
from cqcmock.storage import migrate, schema
from cqcmock.storage.errors import NewerLibraryError, NotALibraryError
from cqcmock.storage.turns import Turn, alone


def address(database_url: str) -> URL:
    """The address that somebody gave, for our driver. Raises UserError for what is none."""
    try:
        url = make_url(database_url)
        url.render_as_string()  # raises ValueError where something in it cannot be written
        if url.get_backend_name() in ("postgresql", "postgres"):
            return url.set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError) as error:
        raise UserError("The address of the database cannot be read.", _ADDRESS) from error
    raise UserError(f"A database of the kind “{url.get_backend_name()}” cannot be used.", _ADDRESS)


_ADDRESS = "It looks like this: postgresql://name@server/database"


def try_address(write: Engine) -> None:
    """Raises UserError where the driver cannot make sense of the address."""
    try:
        with write.connect():
            pass
    except OperationalError:
        raise
    except (DBAPIError, ValueError) as error:
        if getattr(getattr(error, "orig", None), "sqlstate", None) is not None:
            raise
        raise UserError("The address of the database cannot be read.", _ADDRESS) from error


def look(connection: Connection) -> str | None:
    """The version of the library on the server, or None where there is none yet; nobody else makes one meanwhile."""
    if connection.exec_driver_sql("SHOW server_encoding").scalar() != "UTF8":
        raise UserError(
            "The database on the server cannot keep every letter.",
            "Ask whoever runs it for one with the encoding UTF8.",
        )
    alone(connection, Turn.TABLES)
    there = set(inspect(connection).get_table_names())
    ours = {table.name for table in schema.Base.metadata.sorted_tables}
    if "alembic_version" not in there and not ours & there:
        return None
    version = migrate.version(connection)
    if version is None or "sitting" not in there:
        raise NotALibraryError(
            "The database on the server has tables of another program.", "Ask whoever runs it for one of its own."
        )
    if version not in migrate.REVISIONS:
        raise NewerLibraryError(
            "The database on the server was written by a newer version of this program.", "Install the newest version."
        )
    return version
