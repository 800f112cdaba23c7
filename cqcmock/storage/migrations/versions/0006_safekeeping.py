"""Safekeeping: the audit trail, and what must not be deleted because somebody has asked for it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the tables of safekeeping."""
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deed", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("why", TEXT, nullable=False),
        sa.Column("details", TEXT, nullable=False),
        sa.Column("hash", TEXT, nullable=False),
        sa.CheckConstraint("length(deed) <= 100", name=op.f("ck_audit_deed_length")),
        sa.CheckConstraint("length(details) <= 2000", name=op.f("ck_audit_details_length")),
        sa.CheckConstraint("length(kind) <= 100", name=op.f("ck_audit_kind_length")),
        sa.CheckConstraint("length(subject) <= 100", name=op.f("ck_audit_subject_length")),
        sa.CheckConstraint("length(why) <= 2000", name=op.f("ck_audit_why_length")),
        sa.CheckConstraint("number > 0", name=op.f("ck_audit_number_counted")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_deed"), "audit", ["deed"])
    op.create_table(
        "hold",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("why", TEXT, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(id) <= 100", name=op.f("ck_hold_id_length")),
        sa.CheckConstraint("length(kind) <= 100", name=op.f("ck_hold_kind_length")),
        sa.CheckConstraint("length(subject) <= 100", name=op.f("ck_hold_subject_length")),
        sa.CheckConstraint("length(why) <= 2000", name=op.f("ck_hold_why_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
    )
