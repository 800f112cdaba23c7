"""How long each kind of thing is kept, and what keeps it from being deleted."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from cqcmock.domain.audit import Kind

RULED = (Kind.SITTING, Kind.RECORDING, Kind.PACK, Kind.OPENED_PACK, Kind.CAFE)
"""What has a rule of its own. The cards of a café go with their session."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Somebody has asked for information: nothing that it covers is deleted until it is released.

    Without a subject it covers all of its kind, without a kind everything.
    """

    id: str
    kind: Kind | None
    subject: str
    why: str
    since: datetime
    released_at: datetime | None = None

    def covers(self, kind: Kind, subject: str) -> bool:
        """Whether this keeps that thing from being deleted."""
        return self.released_at is None and self.kind in (None, kind) and self.subject in ("", subject)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Something that there is a rule for: what it is called for its owner, when it was made, and last worked on.

    `is_put_away` is whether it was deleted already, and can still be taken back.
    """

    kind: Kind
    id: str
    title: str
    last_used: date
    made: date | None = None
    is_put_away: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When something is to go, under which rule, and what holds it."""

    kept: Kept
    on: date
    rule: str
    hold: Hold | None = None

    def is_due(self, today: date) -> bool:
        """Whether it is to go today, if nothing holds it."""
        return self.on <= today


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def due_on(kept: Kept, months: int, assessment: date | None) -> tuple[date, str]:
    """When something is to go, and the rule in words.

    It counts from the assessment, or from when the thing was last worked on where that was later or no date is known:
    nobody's practice goes while they may still want it.
    """
    of_thing = f"{months} months after it was last worked on" if months != 1 else "1 month after it was last worked on"
    if assessment is None or kept.last_used > assessment:
        return months_after(kept.last_used, months), of_thing
    return months_after(assessment, months), of_thing.partition(" after")[0] + " after the assessment"


def hold_on(kept: Kept, holds: Iterable[Hold]) -> Hold | None:
    """The first hold that keeps this from being deleted."""
    return next((hold for hold in holds if hold.covers(kept.kind, kept.id)), None)
