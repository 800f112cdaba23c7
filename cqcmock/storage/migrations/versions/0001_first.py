"""The first form of the library."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "bank",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("framework", TEXT, nullable=False),
        sa.Column("language", TEXT, nullable=False),
        sa.Column("roles", TEXT, nullable=False),
        sa.Column("hash", TEXT, nullable=False),
        sa.Column("origin", TEXT, nullable=False),
        sa.CheckConstraint("length(id) <= 100", name=op.f("ck_bank_id_length")),
        sa.CheckConstraint("length(title) <= 2000", name=op.f("ck_bank_title_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank")),
    )
    op.create_table(
        "sitting",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("role_name", TEXT, nullable=False),
        sa.Column("mode", TEXT, nullable=False),
        sa.Column("place", TEXT, nullable=False),
        sa.Column("phase", TEXT, nullable=False),
        sa.Column("question", sa.Integer(), nullable=False),
        sa.Column("questions", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("answered_to", sa.Integer(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("events >= 0", name=op.f("ck_sitting_events_counted")),
        sa.CheckConstraint("length(id) <= 100", name=op.f("ck_sitting_id_length")),
        sa.CheckConstraint("length(person) <= 200", name=op.f("ck_sitting_person_length")),
        sa.CheckConstraint("length(place) <= 200", name=op.f("ck_sitting_place_length")),
        sa.CheckConstraint("length(title) <= 200", name=op.f("ck_sitting_title_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitting")),
    )
    op.create_table(
        "action",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("sitting_id", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("what", TEXT, nullable=False),
        sa.Column("owner", TEXT, nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("done", sa.Date(), nullable=True),
        sa.CheckConstraint("length(id) <= 100", name=op.f("ck_action_id_length")),
        sa.CheckConstraint("length(owner) <= 200", name=op.f("ck_action_owner_length")),
        sa.CheckConstraint("length(what) <= 2000", name=op.f("ck_action_what_length")),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["sitting.id"], name=op.f("fk_action_sitting_id_sitting"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
    )
    op.create_index(op.f("ix_action_sitting_id"), "action", ["sitting_id"], unique=False)
    op.create_table(
        "asked",
        sa.Column("sitting_id", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("bank", TEXT, nullable=False),
        sa.Column("question", TEXT, nullable=False),
        sa.Column("themes", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.CheckConstraint("length(text) <= 2000000", name=op.f("ck_asked_text_length")),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["sitting.id"], name=op.f("fk_asked_sitting_id_sitting"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sitting_id", "position", name=op.f("pk_asked")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "event",
        sa.Column("sitting_id", TEXT, nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("wall", sa.DateTime(timezone=True), nullable=False),
        sa.Column("question", sa.Integer(), nullable=True),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("cue", TEXT, nullable=False),
        sa.Column("point", TEXT, nullable=False),
        sa.CheckConstraint("length(cue) <= 2000", name=op.f("ck_event_cue_length")),
        sa.CheckConstraint("length(kind) <= 100", name=op.f("ck_event_kind_length")),
        sa.CheckConstraint("length(point) <= 2000", name=op.f("ck_event_point_length")),
        sa.CheckConstraint("length(text) <= 200000", name=op.f("ck_event_text_length")),
        sa.CheckConstraint("seq >= 0", name=op.f("ck_event_seq_counted")),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["sitting.id"], name=op.f("fk_event_sitting_id_sitting"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sitting_id", "seq", name=op.f("pk_event")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "plan",
        sa.Column("sitting_id", TEXT, nullable=False),
        sa.Column("payload", TEXT, nullable=False),
        sa.CheckConstraint("length(payload) <= 2000000", name=op.f("ck_plan_payload_length")),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["sitting.id"], name=op.f("fk_plan_sitting_id_sitting"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sitting_id", name=op.f("pk_plan")),
    )
    op.create_table(
        "question",
        sa.Column("number", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("bank_id", TEXT, nullable=False),
        sa.Column("question_id", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("text_words", TEXT, nullable=False),
        sa.Column("more_words", TEXT, nullable=False),
        sa.Column("payload", TEXT, nullable=False),
        sa.CheckConstraint("length(payload) <= 2000000", name=op.f("ck_question_payload_length")),
        sa.CheckConstraint("length(question_id) <= 100", name=op.f("ck_question_question_id_length")),
        sa.ForeignKeyConstraint(["bank_id"], ["bank.id"], name=op.f("fk_question_bank_id_bank"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_question")),
        sa.UniqueConstraint("bank_id", "question_id", name=op.f("uq_question_bank_id_question_id")),
    )
    op.create_table(
        "reflection",
        sa.Column("sitting_id", TEXT, nullable=False),
        sa.Column("proud", TEXT, nullable=False),
        sa.Column("know", TEXT, nullable=False),
        sa.Column("difference", TEXT, nullable=False),
        sa.Column("next", TEXT, nullable=False),
        sa.Column("notes", TEXT, nullable=False),
        sa.CheckConstraint("length(difference) <= 100000", name=op.f("ck_reflection_difference_length")),
        sa.CheckConstraint("length(know) <= 100000", name=op.f("ck_reflection_know_length")),
        sa.CheckConstraint("length(next) <= 100000", name=op.f("ck_reflection_next_length")),
        sa.CheckConstraint("length(notes) <= 100000", name=op.f("ck_reflection_notes_length")),
        sa.CheckConstraint("length(proud) <= 100000", name=op.f("ck_reflection_proud_length")),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["sitting.id"], name=op.f("fk_reflection_sitting_id_sitting"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sitting_id", name=op.f("pk_reflection")),
    )
    op.create_table(
        "sheet",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("sitting_id", TEXT, nullable=False),
        sa.Column("marker", TEXT, nullable=False),
        sa.Column("overall", sa.Integer(), nullable=True),
        sa.Column("comment", TEXT, nullable=False),
        sa.Column("submitted", sa.Boolean(), nullable=False),
        sa.CheckConstraint("length(comment) <= 100000", name=op.f("ck_sheet_comment_length")),
        sa.CheckConstraint("length(marker) <= 200", name=op.f("ck_sheet_marker_length")),
        sa.CheckConstraint("overall between 0 and 3", name=op.f("ck_sheet_overall_range")),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["sitting.id"], name=op.f("fk_sheet_sitting_id_sitting"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet")),
        sa.UniqueConstraint("sitting_id", "marker", name=op.f("uq_sheet_sitting_id_marker")),
    )
    op.create_table(
        "question_role",
        sa.Column("question_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.CheckConstraint("length(role) <= 100", name=op.f("ck_question_role_role_length")),
        sa.ForeignKeyConstraint(
            ["question_number"],
            ["question.number"],
            name=op.f("fk_question_role_question_number_question"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("question_number", "role", name=op.f("pk_question_role")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_question_role_role"), "question_role", ["role"], unique=False)
    op.create_table(
        "sheet_answer",
        sa.Column("sheet_id", TEXT, nullable=False),
        sa.Column("question", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("comment", TEXT, nullable=False),
        sa.Column("tags", TEXT, nullable=False),
        sa.CheckConstraint("length(comment) <= 100000", name=op.f("ck_sheet_answer_comment_length")),
        sa.CheckConstraint("length(tags) <= 100000", name=op.f("ck_sheet_answer_tags_length")),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["sheet.id"], name=op.f("fk_sheet_answer_sheet_id_sheet"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sheet_id", "question", name=op.f("pk_sheet_answer")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sheet_mark",
        sa.Column("sheet_id", TEXT, nullable=False),
        sa.Column("question", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("lens", TEXT, nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(lens) <= 100", name=op.f("ck_sheet_mark_lens_length")),
        sa.CheckConstraint("level between 0 and 3", name=op.f("ck_sheet_mark_level_range")),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["sheet.id"], name=op.f("fk_sheet_mark_sheet_id_sheet"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sheet_id", "question", "lens", name=op.f("pk_sheet_mark")),
        sqlite_with_rowid=False,
    )
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        modules = connection.exec_driver_sql("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'")
        if modules.first() is not None:
            op.execute(
                "CREATE VIRTUAL TABLE question_search USING fts5("
                "text_words, more_words, prefix='2 3', tokenize='unicode61')"
            )
            op.execute("INSERT INTO question_search(question_search, rank) VALUES('secure-delete', 1)")
