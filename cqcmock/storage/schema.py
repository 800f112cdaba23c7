"""The tables. A change here needs a migration: a test compares a fresh library with a migrated one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    Integer,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from cqcmock.domain.text_limits import LONGEST_ANSWER
from cqcmock.storage import cafe_schema, review_schema, safekeeping_schema  # noqa: F401 - their tables are the library's too
from cqcmock.storage.base import Base as Base
from cqcmock.storage.base import UtcDateTime as UtcDateTime
from cqcmock.storage.base import at_most
from cqcmock.storage.text import COMMENT_LIMIT, ID_LIMIT, LINE_LIMIT, NAME_LIMIT, PAYLOAD_LIMIT


class BankRow(Base):
    """A question bank; `hash` is that of the file it was read from."""

    __tablename__ = "bank"
    __table_args__ = (at_most("id", ID_LIMIT), at_most("title", LINE_LIMIT))

    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    version: Mapped[int]
    checked_on: Mapped[date]
    framework: Mapped[str]
    language: Mapped[str]
    roles: Mapped[str]
    hash: Mapped[str]
    origin: Mapped[str]


class QuestionRow(Base):
    """A question of a bank as JSON. `words` are the words it is found by, with a space on either side of each.

    `labels` are what it is filed under, such as `statement:QS7` or `theme:waiting`, spaced alike.
    """

    __tablename__ = "question"
    __table_args__ = (
        UniqueConstraint("bank_id", "question_id"),
        at_most("question_id", ID_LIMIT),
        at_most("payload", PAYLOAD_LIMIT),
    )

    number: Mapped[int] = mapped_column(Integer, Identity(), primary_key=True)
    bank_id: Mapped[str] = mapped_column(ForeignKey("bank.id", ondelete="CASCADE"))
    question_id: Mapped[str]
    position: Mapped[int]
    kind: Mapped[str]
    text: Mapped[str]
    text_words: Mapped[str]
    more_words: Mapped[str]
    payload: Mapped[str]
    labels: Mapped[str]


class QuestionRoleRow(Base):
    """A role that a question is put to."""

    __tablename__ = "question_role"
    __table_args__ = (Index(None, "role"), at_most("role", ID_LIMIT), {"sqlite_with_rowid": False})

    question_number: Mapped[int] = mapped_column(
        ForeignKey("question.number", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    role: Mapped[str] = mapped_column(primary_key=True)


class RetiredRow(Base):
    """A question, or with an empty `question_id` a whole bank, that is not to be asked for the time being.

    It stands apart from its bank, which is put in anew whenever its file changes.
    """

    __tablename__ = "retired"
    __table_args__ = (at_most("bank_id", ID_LIMIT), at_most("question_id", ID_LIMIT), {"sqlite_with_rowid": False})

    bank_id: Mapped[str] = mapped_column(primary_key=True)
    question_id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class BankEditRow(Base):
    """One change of a bank by a person; `head` is the bank as it was, without questions, or nothing if it is new.

    `version` is that of the bank after the change; `undoes` is the number of the edit that it takes back.
    """

    __tablename__ = "bank_edit"
    __table_args__ = (
        Index(None, "bank_id"),
        at_most("bank_id", ID_LIMIT),
        at_most("what", LINE_LIMIT),
        at_most("head", PAYLOAD_LIMIT),
    )

    number: Mapped[int] = mapped_column(Integer, Identity(), primary_key=True)
    bank_id: Mapped[str]
    version: Mapped[int]
    at: Mapped[datetime]
    what: Mapped[str]
    head: Mapped[str | None]
    undoes: Mapped[int | None]


class QuestionBeforeRow(Base):
    """A question as it was before an edit; without a payload it was not there."""

    __tablename__ = "question_before"
    __table_args__ = (
        at_most("question_id", ID_LIMIT),
        at_most("payload", PAYLOAD_LIMIT),
        {"sqlite_with_rowid": False},
    )

    edit: Mapped[int] = mapped_column(
        ForeignKey("bank_edit.number", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    question_id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    payload: Mapped[str | None]


class StoryRow(Base):
    """A council's own story as JSON."""

    __tablename__ = "story"
    __table_args__ = (
        at_most("id", ID_LIMIT),
        at_most("name", NAME_LIMIT),
        at_most("council", NAME_LIMIT),
        at_most("payload", PAYLOAD_LIMIT),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    council: Mapped[str]
    version: Mapped[int]
    changed_at: Mapped[datetime]
    payload: Mapped[str]


class StoryEditRow(Base):
    """One change of a story; `before` is the whole story as it was, or nothing if it is new.

    `undoes` is the number of the edit that it takes back.
    """

    __tablename__ = "story_edit"
    __table_args__ = (
        Index(None, "story_id"),
        at_most("story_id", ID_LIMIT),
        at_most("what", LINE_LIMIT),
        at_most("before", PAYLOAD_LIMIT),
    )

    number: Mapped[int] = mapped_column(Integer, Identity(), primary_key=True)
    story_id: Mapped[str]
    version: Mapped[int]
    at: Mapped[datetime]
    what: Mapped[str]
    before: Mapped[str | None]
    undoes: Mapped[int | None]


class SittingRow(Base):
    """A sitting. Everything that a list shows stands here, brought up to date with each event."""

    __tablename__ = "sitting"
    __table_args__ = (
        at_most("id", ID_LIMIT),
        at_most("title", NAME_LIMIT),
        at_most("person", NAME_LIMIT),
        at_most("place", NAME_LIMIT),
        CheckConstraint("events >= 0", name="events_counted"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    person: Mapped[str]
    role: Mapped[str]
    role_name: Mapped[str]
    mode: Mapped[str]
    place: Mapped[str]
    phase: Mapped[str]
    question: Mapped[int]
    questions: Mapped[int]
    answers: Mapped[int] = mapped_column(default=0)
    answered_to: Mapped[int] = mapped_column(default=-1)
    events: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime]
    last_saved_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
    version_id: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version_id}  # noqa: RUF012 - SQLAlchemy's own shape


def _of_sitting() -> Any:
    return mapped_column(ForeignKey("sitting.id", ondelete="CASCADE"), primary_key=True)


class PlanRow(Base):
    """The plan of a sitting as JSON: apart from the sitting, so that saving an answer does not rewrite it."""

    __tablename__ = "plan"
    __table_args__ = (at_most("payload", PAYLOAD_LIMIT),)

    sitting_id: Mapped[str] = _of_sitting()
    payload: Mapped[str]


class AskedRow(Base):
    """A question of a plan, for lists and for what somebody has practised."""

    __tablename__ = "asked"
    __table_args__ = (at_most("text", PAYLOAD_LIMIT), {"sqlite_with_rowid": False})

    sitting_id: Mapped[str] = _of_sitting()
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    bank: Mapped[str]
    question: Mapped[str]
    themes: Mapped[str]
    text: Mapped[str]


class EventRow(Base):
    """One event of a sitting; `at` in seconds since the sitting began."""

    __tablename__ = "event"
    __table_args__ = (
        at_most("kind", ID_LIMIT),
        at_most("text", LONGEST_ANSWER),
        at_most("cue", LINE_LIMIT),
        at_most("point", LINE_LIMIT),
        CheckConstraint("seq >= 0", name="seq_counted"),
        {"sqlite_with_rowid": False},
    )

    sitting_id: Mapped[str] = _of_sitting()
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str]
    at: Mapped[float]
    wall: Mapped[datetime]
    question: Mapped[int | None]
    text: Mapped[str]
    cue: Mapped[str]
    point: Mapped[str]


class SheetRow(Base):
    """One marker's sheet of one sitting; the marker `self` is the person who answered."""

    __tablename__ = "sheet"
    __table_args__ = (
        UniqueConstraint("sitting_id", "marker"),
        at_most("marker", NAME_LIMIT),
        at_most("comment", COMMENT_LIMIT),
        CheckConstraint("overall between 0 and 3", name="overall_range"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    sitting_id: Mapped[str] = mapped_column(ForeignKey("sitting.id", ondelete="CASCADE"))
    marker: Mapped[str]
    overall: Mapped[int | None]
    comment: Mapped[str]
    submitted: Mapped[bool]


class SheetAnswerRow(Base):
    """What the marker wrote about one answer."""

    __tablename__ = "sheet_answer"
    __table_args__ = (
        at_most("comment", COMMENT_LIMIT),
        at_most("tags", COMMENT_LIMIT),
        {"sqlite_with_rowid": False},
    )

    sheet_id: Mapped[str] = mapped_column(ForeignKey("sheet.id", ondelete="CASCADE"), primary_key=True)
    question: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    comment: Mapped[str]
    tags: Mapped[str]


class SheetMarkRow(Base):
    """One level, for one answer through one lens."""

    __tablename__ = "sheet_mark"
    __table_args__ = (
        at_most("lens", ID_LIMIT),
        CheckConstraint("level between 0 and 3", name="level_range"),
        {"sqlite_with_rowid": False},
    )

    sheet_id: Mapped[str] = mapped_column(ForeignKey("sheet.id", ondelete="CASCADE"), primary_key=True)
    question: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    lens: Mapped[str] = mapped_column(primary_key=True)
    level: Mapped[int]


class ReflectionRow(Base):
    """What somebody made of their sitting."""

    __tablename__ = "reflection"
    __table_args__ = tuple(at_most(name, COMMENT_LIMIT) for name in ("proud", "know", "difference", "next", "notes"))

    sitting_id: Mapped[str] = _of_sitting()
    proud: Mapped[str]
    know: Mapped[str]
    difference: Mapped[str]
    next: Mapped[str]
    notes: Mapped[str]


class ActionRow(Base):
    """Something to do before the next practice."""

    __tablename__ = "action"
    __table_args__ = (
        Index(None, "sitting_id"),
        at_most("id", ID_LIMIT),
        at_most("what", LINE_LIMIT),
        at_most("owner", NAME_LIMIT),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    sitting_id: Mapped[str] = mapped_column(ForeignKey("sitting.id", ondelete="CASCADE"))
    position: Mapped[int]
    what: Mapped[str]
    owner: Mapped[str]
    due: Mapped[date | None]
    done: Mapped[date | None]
