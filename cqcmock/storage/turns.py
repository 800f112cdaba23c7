"""Writers take turns: a file's have to, and on a server they do where two of them would otherwise collide.

Each hold lasts until the unit of work ends. On SQLite there is nothing to do, because a unit of work that writes
is alone from its beginning.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from sqlalchemy import Connection, select, text
from sqlalchemy.orm import Session

from cqcmock.storage.engine import is_sqlite
from cqcmock.storage.errors import NotThereError
from cqcmock.storage.schema import SittingRow
from cqcmock.storage.text import clean

PATIENCE_SECONDS: Final = 30
"""How long to wait for the others where the turn before may take a while."""


class Turn(IntEnum):
    """What only one program at a time does on a server. The values only have to differ from those of others."""

    TABLES = 0x63716301
    BANKS = 0x63716302
    PACKS = 0x63716303
    AUDIT = 0x63716304


def alone(connection: Connection, turn: Turn) -> None:
    """Wait until no other program is at this. Raises the driver's error after `PATIENCE_SECONDS`."""
    if is_sqlite(connection):
        return
    connection.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE_SECONDS}s'"))
    connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": int(turn)})


def hold_sitting(session: Session, sitting_id: str) -> SittingRow:
    """The sitting, which nobody else changes until this unit of work ends. Raises NotThereError."""
    row = session.execute(
        select(SittingRow).where(SittingRow.id == clean(sitting_id)).with_for_update()
    ).scalar_one_or_none()
    if row is None:
        raise NotThereError(
            "This rehearsal is no longer in the library.", "Look for it among the deleted ones, or start another."
        )
    return row
