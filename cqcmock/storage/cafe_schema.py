"""The tables of the café: sessions, what happened in them, who is running one, and what others may know of them.

A change here needs a migration, as in `schema`. What others may know stands in `cafe_release` alone, so that nothing
else needs to be read for them.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cqcmock.storage.base import Base, at_most
from cqcmock.storage.text import ID_LIMIT, LINE_LIMIT, NAME_LIMIT, PAYLOAD_LIMIT


class CafeSessionRow(Base):
    """A café session. Everything that the facilitator's list shows stands here. Without a team its door is open."""

    __tablename__ = "cafe_session"
    __table_args__ = (
        at_most("id", ID_LIMIT),
        at_most("title", NAME_LIMIT),
        at_most("place", NAME_LIMIT),
        at_most("team", NAME_LIMIT),
        at_most("stage", ID_LIMIT),
        CheckConstraint("minutes > 0", name="minutes_counted"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    day: Mapped[date]
    place: Mapped[str]
    team: Mapped[str]
    minutes: Mapped[int]
    stage: Mapped[str]
    round: Mapped[int]
    rounds: Mapped[int]
    made_at: Mapped[datetime]
    last_saved_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]


class CafeEventRow(Base):
    """One event of one of a session's lists, as JSON. Cards have no time, and so there is none here."""

    __tablename__ = "cafe_event"
    __table_args__ = (
        at_most("list", ID_LIMIT),
        at_most("payload", PAYLOAD_LIMIT),
        CheckConstraint("position >= 0", name="position_counted"),
        {"sqlite_with_rowid": False},
    )

    session_id: Mapped[str] = mapped_column(ForeignKey("cafe_session.id", ondelete="CASCADE"), primary_key=True)
    list: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    payload: Mapped[str]


class CafeHoldRow(Base):
    """Who is changing a session now: `holder` is one run of a program, `beat` its last sign of life."""

    __tablename__ = "cafe_hold"
    __table_args__ = (at_most("holder", ID_LIMIT), at_most("who", NAME_LIMIT), {"sqlite_with_rowid": False})

    session_id: Mapped[str] = mapped_column(ForeignKey("cafe_session.id", ondelete="CASCADE"), primary_key=True)
    holder: Mapped[str]
    who: Mapped[str]
    since: Mapped[datetime]
    beat: Mapped[datetime]


class CafeReleaseRow(Base):
    """What others than the facilitator may know of a session: written once, when it is closed."""

    __tablename__ = "cafe_release"
    __table_args__ = (at_most("payload", PAYLOAD_LIMIT), {"sqlite_with_rowid": False})

    session_id: Mapped[str] = mapped_column(ForeignKey("cafe_session.id", ondelete="CASCADE"), primary_key=True)
    minutes: Mapped[int]
    made_at: Mapped[datetime]
    payload: Mapped[str]


class CafeTemplateRow(Base):
    """A running order to begin from. `key` is its name in small letters: no two differ in capitals alone."""

    __tablename__ = "cafe_template"
    __table_args__ = (at_most("key", NAME_LIMIT), at_most("payload", PAYLOAD_LIMIT), {"sqlite_with_rowid": False})

    key: Mapped[str] = mapped_column(primary_key=True)
    payload: Mapped[str]
    saved_at: Mapped[datetime]


class CafeSaidRow(Base):
    """What people said and what was done about it; the session that it came from may be gone.

    `theme` is the theme of that session that it is about, and `about` the kind of its cards; both may be empty.
    """

    __tablename__ = "cafe_said"
    __table_args__ = (
        at_most("id", ID_LIMIT),
        at_most("session_id", ID_LIMIT),
        at_most("about", ID_LIMIT),
        at_most("theme", NAME_LIMIT),
        at_most("said", LINE_LIMIT),
        at_most("owner", NAME_LIMIT),
        at_most("did", LINE_LIMIT),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    session_id: Mapped[str | None]
    about: Mapped[str]
    theme: Mapped[str]
    said: Mapped[str]
    owner: Mapped[str]
    due: Mapped[date | None]
    did: Mapped[str]
    done_on: Mapped[date | None]
    opened_at: Mapped[datetime]
    told: Mapped[bool]
