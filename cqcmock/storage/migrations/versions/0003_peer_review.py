"""Peer review: packs that were sent and what came back, and the pack that is marked in a library of its own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the tables of packs, returns and marking."""
    op.create_table(
        "known_reviewer",
        sa.Column("name", TEXT, nullable=False),
        sa.Column("public_key", TEXT, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(name) <= 200", name=op.f("ck_known_reviewer_name_length")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_known_reviewer")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "opened_pack",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file_name", TEXT, nullable=False),
        sa.Column("file_digest", TEXT, nullable=False),
        sa.Column("payload", TEXT, nullable=False),
        sa.CheckConstraint("length(payload) <= 50000000", name=op.f("ck_opened_pack_payload_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opened_pack")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "pack",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reviewer", TEXT, nullable=False),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("note", TEXT, nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("answers_digest", TEXT, nullable=False),
        sa.Column("public_key", TEXT, nullable=False),
        sa.Column("return_key", TEXT, nullable=False),
        sa.Column("rubric", TEXT, nullable=False),
        sa.Column("kept", TEXT, nullable=False),
        sa.CheckConstraint("expected > 0", name=op.f("ck_pack_expected_counted")),
        sa.CheckConstraint("length(rubric) <= 2000000", name=op.f("ck_pack_rubric_length")),
        sa.CheckConstraint("length(kept) <= 2000000", name=op.f("ck_pack_kept_length")),
        sa.CheckConstraint("length(id) <= 100", name=op.f("ck_pack_id_length")),
        sa.CheckConstraint("length(note) <= 2000", name=op.f("ck_pack_note_length")),
        sa.CheckConstraint("length(reviewer) <= 200", name=op.f("ck_pack_reviewer_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack")),
    )
    op.create_index(op.f("ix_pack_reviewer"), "pack", ["reviewer"], unique=False)
    op.create_table(
        "made_return",
        sa.Column("digest", TEXT, nullable=False),
        sa.Column("pack_id", TEXT, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sheets", sa.Integer(), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("why_incomplete", TEXT, nullable=False),
        sa.CheckConstraint("length(why_incomplete) <= 2000", name=op.f("ck_made_return_why_incomplete_length")),
        sa.ForeignKeyConstraint(
            ["pack_id"], ["opened_pack.id"], name=op.f("fk_made_return_pack_id_opened_pack"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_made_return")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "marked_sheet",
        sa.Column("pack_id", TEXT, nullable=False),
        sa.Column("sheet_id", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("payload", TEXT, nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(payload) <= 2000000", name=op.f("ck_marked_sheet_payload_length")),
        sa.CheckConstraint("length(sheet_id) <= 100", name=op.f("ck_marked_sheet_sheet_id_length")),
        sa.ForeignKeyConstraint(
            ["pack_id"], ["opened_pack.id"], name=op.f("fk_marked_sheet_pack_id_opened_pack"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("pack_id", "sheet_id", "kind", name=op.f("pk_marked_sheet")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "pack_return",
        sa.Column("digest", TEXT, nullable=False),
        sa.Column("pack_id", TEXT, nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reviewer_key", TEXT, nullable=False),
        sa.Column("why_incomplete", TEXT, nullable=False),
        sa.CheckConstraint("length(why_incomplete) <= 2000", name=op.f("ck_pack_return_why_incomplete_length")),
        sa.ForeignKeyConstraint(["pack_id"], ["pack.id"], name=op.f("fk_pack_return_pack_id_pack"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_pack_return")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_pack_return_pack_id"), "pack_return", ["pack_id"], unique=False)
    op.create_table(
        "pack_sheet",
        sa.Column("sheet_id", TEXT, nullable=False),
        sa.Column("pack_id", TEXT, nullable=False),
        sa.Column("sitting_id", TEXT, nullable=False),
        sa.Column("candidate", TEXT, nullable=False),
        sa.Column("question", sa.Integer(), nullable=False),
        sa.Column("payload", TEXT, nullable=False),
        sa.CheckConstraint("length(candidate) <= 100", name=op.f("ck_pack_sheet_candidate_length")),
        sa.CheckConstraint("length(payload) <= 2000000", name=op.f("ck_pack_sheet_payload_length")),
        sa.CheckConstraint("length(sheet_id) <= 100", name=op.f("ck_pack_sheet_sheet_id_length")),
        sa.ForeignKeyConstraint(["pack_id"], ["pack.id"], name=op.f("fk_pack_sheet_pack_id_pack"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("sheet_id", name=op.f("pk_pack_sheet")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_pack_sheet_pack_id"), "pack_sheet", ["pack_id"], unique=False)
    op.create_index(op.f("ix_pack_sheet_sitting_id"), "pack_sheet", ["sitting_id"], unique=False)
    op.create_table(
        "returned_sheet",
        sa.Column("return_digest", TEXT, nullable=False),
        sa.Column("sheet_id", TEXT, nullable=False),
        sa.Column("is_whole", sa.Boolean(), nullable=False),
        sa.Column("payload", TEXT, nullable=False),
        sa.CheckConstraint("length(payload) <= 2000000", name=op.f("ck_returned_sheet_payload_length")),
        sa.CheckConstraint("length(sheet_id) <= 100", name=op.f("ck_returned_sheet_sheet_id_length")),
        sa.ForeignKeyConstraint(
            ["return_digest"],
            ["pack_return.digest"],
            name=op.f("fk_returned_sheet_return_digest_pack_return"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("return_digest", "sheet_id", name=op.f("pk_returned_sheet")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "keep_and_change",
        sa.Column("sitting_id", TEXT, nullable=False),
        sa.Column("keep", TEXT, nullable=False),
        sa.Column("change", TEXT, nullable=False),
        sa.CheckConstraint("length(change) <= 2000000", name=op.f("ck_keep_and_change_change_length")),
        sa.CheckConstraint("length(keep) <= 2000000", name=op.f("ck_keep_and_change_keep_length")),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["sitting.id"], name=op.f("fk_keep_and_change_sitting_id_sitting"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sitting_id", name=op.f("pk_keep_and_change")),
        sqlite_with_rowid=False,
    )
