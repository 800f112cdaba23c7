"""The café: sessions and what happened in them, who runs one, what others may know, and what was done about it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the tables of the café."""
    op.create_table(
        "cafe_session",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("place", TEXT, nullable=False),
        sa.Column("team", TEXT, nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("stage", TEXT, nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(id) <= 100", name=op.f("ck_cafe_session_id_length")),
        sa.CheckConstraint("length(place) <= 200", name=op.f("ck_cafe_session_place_length")),
        sa.CheckConstraint("length(stage) <= 100", name=op.f("ck_cafe_session_stage_length")),
        sa.CheckConstraint("length(team) <= 200", name=op.f("ck_cafe_session_team_length")),
        sa.CheckConstraint("length(title) <= 200", name=op.f("ck_cafe_session_title_length")),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_cafe_session_minutes_counted")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cafe_session")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "cafe_event",
        sa.Column("session_id", TEXT, nullable=False),
        sa.Column("list", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("payload", TEXT, nullable=False),
        sa.CheckConstraint("length(list) <= 100", name=op.f("ck_cafe_event_list_length")),
        sa.CheckConstraint("length(payload) <= 2000000", name=op.f("ck_cafe_event_payload_length")),
        sa.CheckConstraint("position >= 0", name=op.f("ck_cafe_event_position_counted")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["cafe_session.id"], name=op.f("fk_cafe_event_session_id_cafe_session"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", "list", "position", name=op.f("pk_cafe_event")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "cafe_hold",
        sa.Column("session_id", TEXT, nullable=False),
        sa.Column("holder", TEXT, nullable=False),
        sa.Column("who", TEXT, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("beat", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(holder) <= 100", name=op.f("ck_cafe_hold_holder_length")),
        sa.CheckConstraint("length(who) <= 200", name=op.f("ck_cafe_hold_who_length")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["cafe_session.id"], name=op.f("fk_cafe_hold_session_id_cafe_session"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_cafe_hold")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "cafe_release",
        sa.Column("session_id", TEXT, nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("payload", TEXT, nullable=False),
        sa.CheckConstraint("length(payload) <= 2000000", name=op.f("ck_cafe_release_payload_length")),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["cafe_session.id"],
            name=op.f("fk_cafe_release_session_id_cafe_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_cafe_release")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "cafe_template",
        sa.Column("key", TEXT, nullable=False),
        sa.Column("payload", TEXT, nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(key) <= 200", name=op.f("ck_cafe_template_key_length")),
        sa.CheckConstraint("length(payload) <= 2000000", name=op.f("ck_cafe_template_payload_length")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_cafe_template")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "cafe_said",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("session_id", TEXT, nullable=True),
        sa.Column("about", TEXT, nullable=False),
        sa.Column("theme", TEXT, nullable=False),
        sa.Column("said", TEXT, nullable=False),
        sa.Column("owner", TEXT, nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("did", TEXT, nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.CheckConstraint("length(about) <= 100", name=op.f("ck_cafe_said_about_length")),
        sa.CheckConstraint("length(did) <= 2000", name=op.f("ck_cafe_said_did_length")),
        sa.CheckConstraint("length(id) <= 100", name=op.f("ck_cafe_said_id_length")),
        sa.CheckConstraint("length(owner) <= 200", name=op.f("ck_cafe_said_owner_length")),
        sa.CheckConstraint("length(said) <= 2000", name=op.f("ck_cafe_said_said_length")),
        sa.CheckConstraint("length(session_id) <= 100", name=op.f("ck_cafe_said_session_id_length")),
        sa.CheckConstraint("length(theme) <= 200", name=op.f("ck_cafe_said_theme_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cafe_said")),
        sqlite_with_rowid=False,
    )
