"""The tables of safekeeping: the audit trail, and what must not be deleted because somebody has asked for it.

A change here needs a migration, as in `schema`.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from cqcmock.storage.base import Base, at_most
from cqcmock.storage.text import ID_LIMIT, LINE_LIMIT


class AuditRow(Base):
    """One deed in the audit trail: what was done to what, and why, without anything that anybody said.

    `hash` is that of this entry and of the one before it, so that no entry can be changed, left out or put in between
    unseen. `why` is the reason that a person gave, or the rule that applied; `details` is JSON of plain figures.
    """

    __tablename__ = "audit"
    __table_args__ = (
        Index(None, "deed"),
        at_most("deed", ID_LIMIT),
        at_most("kind", ID_LIMIT),
        at_most("subject", ID_LIMIT),
        at_most("why", LINE_LIMIT),
        at_most("details", LINE_LIMIT),
        CheckConstraint("number > 0", name="number_counted"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    deed: Mapped[str]
    kind: Mapped[str]
    subject: Mapped[str]
    why: Mapped[str]
    details: Mapped[str]
    hash: Mapped[str]


class HoldRow(Base):
    """Something that is not deleted while information about it is asked for; without a subject, all of its kind.

    Without a kind as well, nothing at all is deleted.
    """

    __tablename__ = "hold"
    __table_args__ = (
        at_most("id", ID_LIMIT),
        at_most("kind", ID_LIMIT),
        at_most("subject", ID_LIMIT),
        at_most("why", LINE_LIMIT),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject: Mapped[str]
    why: Mapped[str]
    since: Mapped[datetime]
    released_at: Mapped[datetime | None]
