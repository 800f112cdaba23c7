"""Banks and stories that are made in the program: what was edited and retired, and how a question is filed."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the tables of editing, and the labels of every question."""
    _add_labels()
    op.create_table(
        "retired",
        sa.Column("bank_id", TEXT, nullable=False),
        sa.Column("question_id", TEXT, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(bank_id) <= 100", name=op.f("ck_retired_bank_id_length")),
        sa.CheckConstraint("length(question_id) <= 100", name=op.f("ck_retired_question_id_length")),
        sa.PrimaryKeyConstraint("bank_id", "question_id", name=op.f("pk_retired")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "bank_edit",
        sa.Column("number", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("bank_id", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", TEXT, nullable=False),
        sa.Column("head", TEXT, nullable=True),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.CheckConstraint("length(bank_id) <= 100", name=op.f("ck_bank_edit_bank_id_length")),
        sa.CheckConstraint("length(head) <= 2000000", name=op.f("ck_bank_edit_head_length")),
        sa.CheckConstraint("length(what) <= 2000", name=op.f("ck_bank_edit_what_length")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_bank_edit")),
    )
    op.create_index(op.f("ix_bank_edit_bank_id"), "bank_edit", ["bank_id"], unique=False)
    op.create_table(
        "question_before",
        sa.Column("edit", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("question_id", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("payload", TEXT, nullable=True),
        sa.CheckConstraint("length(payload) <= 2000000", name=op.f("ck_question_before_payload_length")),
        sa.CheckConstraint("length(question_id) <= 100", name=op.f("ck_question_before_question_id_length")),
        sa.ForeignKeyConstraint(
            ["edit"], ["bank_edit.number"], name=op.f("fk_question_before_edit_bank_edit"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("edit", "question_id", name=op.f("pk_question_before")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "story",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("council", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("payload", TEXT, nullable=False),
        sa.CheckConstraint("length(council) <= 200", name=op.f("ck_story_council_length")),
        sa.CheckConstraint("length(id) <= 100", name=op.f("ck_story_id_length")),
        sa.CheckConstraint("length(name) <= 200", name=op.f("ck_story_name_length")),
        sa.CheckConstraint("length(payload) <= 2000000", name=op.f("ck_story_payload_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story")),
    )
    op.create_table(
        "story_edit",
        sa.Column("number", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("story_id", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", TEXT, nullable=False),
        sa.Column("before", TEXT, nullable=True),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.CheckConstraint("length(before) <= 2000000", name=op.f("ck_story_edit_before_length")),
        sa.CheckConstraint("length(story_id) <= 100", name=op.f("ck_story_edit_story_id_length")),
        sa.CheckConstraint("length(what) <= 2000", name=op.f("ck_story_edit_what_length")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_story_edit")),
    )
    op.create_index(op.f("ix_story_edit_story_id"), "story_edit", ["story_id"], unique=False)


def _add_labels() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        _make_question_anew()
    else:
        op.add_column("question", sa.Column("labels", TEXT, nullable=False, server_default=" "))
        op.alter_column("question", "labels", server_default=None)
    question = sa.table("question", sa.column("number"), sa.column("kind"), sa.column("payload"), sa.column("labels"))
    for number, kind, payload in connection.execute(
        sa.select(question.c.number, question.c.kind, question.c.payload)
    ).all():
        said = json.loads(payload)
        labels = [f"kind:{kind}", f"source:{said.get('source', '')}"]
        labels += [f"statement:{name}" for name in said.get("statements", ())]
        labels += [f"theme:{name}" for name in said.get("themes", ())]
        connection.execute(
            sa.update(question).where(question.c.number == number).values(labels=f" {' '.join(labels)} ")
        )


def _make_question_anew() -> None:
    """SQLite would write a column that is added later behind the constraints, unlike in a fresh library."""
    op.create_table(
        "question_anew",
        sa.Column("number", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("bank_id", TEXT, nullable=False),
        sa.Column("question_id", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("text_words", TEXT, nullable=False),
        sa.Column("more_words", TEXT, nullable=False),
        sa.Column("payload", TEXT, nullable=False),
        sa.Column("labels", TEXT, nullable=False),
        sa.CheckConstraint("length(payload) <= 2000000", name=op.f("ck_question_payload_length")),
        sa.CheckConstraint("length(question_id) <= 100", name=op.f("ck_question_question_id_length")),
        sa.ForeignKeyConstraint(["bank_id"], ["bank.id"], name=op.f("fk_question_bank_id_bank"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_question")),
        sa.UniqueConstraint("bank_id", "question_id", name=op.f("uq_question_bank_id_question_id")),
    )
    op.execute(
        "INSERT INTO question_anew SELECT number, bank_id, question_id, position, kind, text, text_words, more_words,"
        " payload, ' ' FROM question"
    )
    op.drop_table("question")
    op.rename_table("question_anew", "question")
