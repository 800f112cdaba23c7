"""How many rows each table has."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cqcmock.storage.schema import Base


def rows(session: Session) -> dict[str, int]:
    """The number of rows by the name of the table."""
    return {
        table.name: session.execute(select(func.count()).select_from(table)).scalar_one()
        for table in Base.metadata.sorted_tables
    }
