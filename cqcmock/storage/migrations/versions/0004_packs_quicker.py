"""Peer review: which packs hold answers of a rehearsal, and what was forgotten, is found without reading answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Put indexes in which the whole of an answer to a question about packs stands."""
    op.drop_index(op.f("ix_pack_sheet_sitting_id"), table_name="pack_sheet")
    op.create_index(op.f("ix_pack_sheet_sitting_id_pack_id"), "pack_sheet", ["sitting_id", "pack_id"], unique=False)
    op.create_index(
        op.f("ix_pack_sheet_forgotten"),
        "pack_sheet",
        ["pack_id", "candidate"],
        unique=False,
        sqlite_where=sa.text("payload = ''"),
    )
