"""What is kept of a café beside the rules' own events, and what is said where somebody else has it in hand.

It never imports SQLAlchemy, so that a window can name these things before the library is open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from cqcmock.domain.cafe.cards import CardKind
from cqcmock.domain.cafe.release import Release, TableKind
from cqcmock.domain.cafe.scene import Stage
from cqcmock.errors import UserError

STALE_SECONDS: Final = 30
"""After so long without a sign of life, somebody else may go on with a session."""


class CafeList(StrEnum):
    """The lists of events of which a session consists."""

    SESSION = "session"
    CARDS = "cards"
    ATTENDANCE = "attendance"
    JUDGING = "judging"
    HARD = "hard"


class JudgingKind(StrEnum):
    """Everything that can happen where answers are compared."""

    ANSWER_ADDED = "answer-added"
    ANSWER_TAKEN_AWAY = "answer-taken-away"
    JUDGED = "judged"
    TAKEN_BACK = "taken-back"


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgingEvent:
    """One thing that happened. `answer` is an id made by the program, `text` its words; nobody's name is with it.

    `left`, `right` and `chosen` are ids, `by` says who looked without a name, `at` is in seconds since the session
    began.
    """

    kind: JudgingKind
    answer: str = ""
    text: str = ""
    left: str = ""
    right: str = ""
    chosen: str = ""
    by: str = ""
    at: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class HardEvent:
    """Somebody found a lens or a quality statement hard, or (`back`) took that back. `hand` as with the cards."""

    table: TableKind
    name: str
    hand: int
    back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CafeSession:
    """What the facilitator's list shows of a session. Without a team its door is open; `round` counts from 0."""

    id: str
    title: str
    day: date
    place: str
    team: str
    minutes: int
    made_at: datetime
    last_saved_at: datetime
    stage: Stage = Stage.PLANNING
    round: int = -1
    rounds: int = 0
    closed_at: datetime | None = None
    deleted_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CafeHold:
    """Who is changing a session: `holder` is one run of a program, `who` what the person is told."""

    session: str
    holder: str
    who: str
    since: datetime
    beat: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedSession:
    """All that others may ever know of a session."""

    minutes: int
    release: Release


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidEntry:
    """What people said and what was done about it.

    `session` is the one that it came from, which may be gone; `theme` the theme of that session, of `about` cards.
    `told` is whether others may see the entry.
    """

    id: str
    said: str
    opened_at: datetime
    session: str | None = None
    about: CardKind | None = None
    theme: str = ""
    owner: str = ""
    due: date | None = None
    did: str = ""
    done_on: date | None = None
    told: bool = False


class HeldByAnotherError(UserError):
    """Somebody else is changing the session: it can be looked at. `hold` says who, and since when."""

    def __init__(self, hold: CafeHold) -> None:
        since = f"{hold.since.astimezone():%H:%M on %d %B}"
        super().__init__(
            f"{hold.who} has had this session open since {since}.",
            "You can look at it. To change it, ask them to close it first.",
        )
        self.hold = hold


class HoldLostError(UserError):
    """The session was taken over, or let go, while this program thought that it had it; `hold` is who has it now."""

    def __init__(self, hold: CafeHold | None) -> None:
        taken = f"{hold.who} has taken over this session." if hold else "This session is no longer open for changes."
        super().__init__(taken, "What was done so far is kept. Open it again to look, or to go on.")
        self.hold = hold


class SessionClosedError(UserError):
    """The session was closed: what others see of it was made then, and nothing in it changes any more."""

    def __init__(self) -> None:
        super().__init__("This session is closed.", "What came of it can be read and printed. Plan a new one to go on.")
