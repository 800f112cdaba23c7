"""The tables of peer review: packs that were sent, returns that came back, and the pack that is marked here.

A change here needs a migration, as in `schema`.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from cqcmock.storage.base import Base, at_most
from cqcmock.storage.text import ID_LIMIT, LINE_LIMIT, NAME_LIMIT, PACK_LIMIT, PAYLOAD_LIMIT

FORGOTTEN: Final = text("payload = ''")
"""True of a sheet whose sitting was deleted for good. In an index, and so written out: an index with a condition is
used only where the same words ask for it."""


class PackRow(Base):
    """A pack that was sent to a reviewer, with the keys by which its return is opened and believed."""

    __tablename__ = "pack"
    __table_args__ = (
        Index(None, "reviewer"),
        at_most("id", ID_LIMIT),
        at_most("reviewer", NAME_LIMIT),
        at_most("note", LINE_LIMIT),
        at_most("rubric", PAYLOAD_LIMIT),
        at_most("kept", PAYLOAD_LIMIT),
        CheckConstraint("expected > 0", name="expected_counted"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    made_at: Mapped[datetime]
    reviewer: Mapped[str]
    deadline: Mapped[date | None]
    note: Mapped[str]
    expected: Mapped[int]
    answers_digest: Mapped[str]
    public_key: Mapped[str]
    return_key: Mapped[str]
    rubric: Mapped[str]
    kept: Mapped[str]


class PackSheetRow(Base):
    """One answer of a pack, and where it came from; the sitting may be gone. `payload` is the answer as it was sent."""

    __tablename__ = "pack_sheet"
    __table_args__ = (
        Index(None, "pack_id"),
        Index(None, "sitting_id", "pack_id"),
        Index("ix_pack_sheet_forgotten", "pack_id", "candidate", sqlite_where=FORGOTTEN),
        at_most("sheet_id", ID_LIMIT),
        at_most("candidate", ID_LIMIT),
        at_most("payload", PAYLOAD_LIMIT),
        {"sqlite_with_rowid": False},
    )

    sheet_id: Mapped[str] = mapped_column(primary_key=True)
    pack_id: Mapped[str] = mapped_column(ForeignKey("pack.id", ondelete="CASCADE"))
    sitting_id: Mapped[str]
    candidate: Mapped[str]
    question: Mapped[int]
    payload: Mapped[str]


class PackReturnRow(Base):
    """A return that was merged. `digest` is that of what was signed: the same return is taken in once."""

    __tablename__ = "pack_return"
    __table_args__ = (
        Index(None, "pack_id"),
        at_most("why_incomplete", LINE_LIMIT),
        {"sqlite_with_rowid": False},
    )

    digest: Mapped[str] = mapped_column(primary_key=True)
    pack_id: Mapped[str] = mapped_column(ForeignKey("pack.id", ondelete="CASCADE"))
    returned_at: Mapped[datetime]
    merged_at: Mapped[datetime]
    reviewer_key: Mapped[str]
    why_incomplete: Mapped[str]


class ReturnedSheetRow(Base):
    """A submitted sheet in a return, or what was thought of a candidate as a whole."""

    __tablename__ = "returned_sheet"
    __table_args__ = (
        at_most("sheet_id", ID_LIMIT),
        at_most("payload", PAYLOAD_LIMIT),
        {"sqlite_with_rowid": False},
    )

    return_digest: Mapped[str] = mapped_column(ForeignKey("pack_return.digest", ondelete="CASCADE"), primary_key=True)
    sheet_id: Mapped[str] = mapped_column(primary_key=True)
    is_whole: Mapped[bool]
    payload: Mapped[str]


class KeepAndChangeRow(Base):
    """What somebody is told to keep and to change after a review, each as a list in JSON."""

    __tablename__ = "keep_and_change"
    __table_args__ = (
        at_most("keep", PAYLOAD_LIMIT),
        at_most("change", PAYLOAD_LIMIT),
        {"sqlite_with_rowid": False},
    )

    sitting_id: Mapped[str] = mapped_column(ForeignKey("sitting.id", ondelete="CASCADE"), primary_key=True)
    keep: Mapped[str]
    change: Mapped[str]


class KnownReviewerRow(Base):
    """The key with which a reviewer signed the first time."""

    __tablename__ = "known_reviewer"
    __table_args__ = (at_most("name", NAME_LIMIT), {"sqlite_with_rowid": False})

    name: Mapped[str] = mapped_column(primary_key=True)
    public_key: Mapped[str]
    since: Mapped[datetime]


class OpenedPackRow(Base):
    """A pack that is being marked here: it stands alone in a library of its own, apart from the reviewer's."""

    __tablename__ = "opened_pack"
    __table_args__ = (at_most("payload", PACK_LIMIT), {"sqlite_with_rowid": False})

    id: Mapped[str] = mapped_column(primary_key=True)
    opened_at: Mapped[datetime]
    file_name: Mapped[str]
    file_digest: Mapped[str]
    payload: Mapped[str]


class MarkedSheetRow(Base):
    """How far the marking of one answer has come, or of an exemplar, or what is thought of a candidate as a whole."""

    __tablename__ = "marked_sheet"
    __table_args__ = (
        at_most("sheet_id", ID_LIMIT),
        at_most("payload", PAYLOAD_LIMIT),
        {"sqlite_with_rowid": False},
    )

    pack_id: Mapped[str] = mapped_column(ForeignKey("opened_pack.id", ondelete="CASCADE"), primary_key=True)
    sheet_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    payload: Mapped[str]
    saved_at: Mapped[datetime]


class MadeReturnRow(Base):
    """A return that was written here: its receipt can be shown again."""

    __tablename__ = "made_return"
    __table_args__ = (at_most("why_incomplete", LINE_LIMIT), {"sqlite_with_rowid": False})

    digest: Mapped[str] = mapped_column(primary_key=True)
    pack_id: Mapped[str] = mapped_column(ForeignKey("opened_pack.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    sheets: Mapped[int]
    missing: Mapped[int]
    why_incomplete: Mapped[str]
