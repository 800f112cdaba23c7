"""Bringing a library to the form that this version of the program knows.

A current library is recognised by one query; Alembic, which takes long to import, is only asked when there is
something to do.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final

from sqlalchemy import Column, Connection, Engine, MetaData, PrimaryKeyConstraint, String, Table, inspect, text

from cqcmock.storage import schema, search
from cqcmock.storage.turns import Turn, alone

REVISIONS: Final = ("0001", "0002", "0003", "0004", "0005", "0006")
"""Every form there has been, oldest first."""

HEAD: Final = REVISIONS[-1]
_VERSION: Final = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
"""As Alembic itself makes it."""

SCRIPTS: Final = Path(__file__).with_name("migrations")


def version(connection: Connection) -> str | None:
    """The form of the library, or None where there is none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def create(connection: Connection) -> None:
    """Make the tables of a new library, in the current form."""
    schema.Base.metadata.create_all(connection, checkfirst=False)
    search.create_full_text(connection)
    _VERSION.create(connection)
    connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})


def upgrade(engine: Engine, scripts: Path | None = None) -> None:
    """Take the library step by step to the newest form: all of it in one transaction, or nothing."""
    from alembic import command
    from alembic.config import Config

    config = Config(stdout=io.StringIO())
    config.set_main_option("script_location", str(scripts or SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    with engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:  # tables are made anew and the old ones dropped, which must not take their rows' children along
            _foreign_keys(connection, on=False)
        try:
            with connection.begin():
                alone(connection, Turn.TABLES)
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
                if sqlite:
                    _check_foreign_keys(connection)
        finally:
            if sqlite:
                _foreign_keys(connection, on=True)


def _foreign_keys(connection: Connection, *, on: bool) -> None:
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute(f"pragma foreign_keys={'on' if on else 'off'}")


def _check_foreign_keys(connection: Connection) -> None:
    broken = connection.exec_driver_sql("pragma foreign_key_check").first()
    if broken is not None:
        raise RuntimeError(f"the migration leaves a row of {broken[0]} without its parent")
