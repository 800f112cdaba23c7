"""What was promised in a library outlives it: an older copy that takes its place holds what is held.

Otherwise restoring a backup would be a way round a hold, and bring back what somebody was told is gone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from cqcmock.domain.audit import Deed, Details, Entry, Kind
from cqcmock.domain.retention import Hold
from cqcmock.storage import audit, holds, retention
from cqcmock.storage.errors import LibraryError
from cqcmock.storage.safekeeping_schema import HoldRow

_IN_ROWS: Final = (Kind.SITTING, Kind.PACK, Kind.CAFE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """What was promised in a library: that this is not deleted, and that that is gone."""

    holds: tuple[Hold, ...] = ()
    gone: tuple[Entry, ...] = ()


def made_in(path: Path, raw_key: str | None) -> Promised:
    """What was promised in a library file that an older one is to take the place of; nothing of one that is unread."""
    try:
        with retention.session_in(path, raw_key) as session:
            if not inspect(session.connection()).has_table(HoldRow.__tablename__):
                return Promised()
            deleted = [entry for entry in audit.entries(session, (Deed.DELETED,)) if entry.kind in _IN_ROWS]
            here = retention.there(session, _by_kind(deleted))
            gone = tuple(one for one in deleted if one.subject not in here.get(Kind(one.kind), ()))
            return Promised(holds=holds.standing(session), gone=gone)
    except (retention.CannotScrubError, LibraryError, OSError):
        return Promised()


def keep(session: Session, promised: Promised, at: datetime) -> None:
    """Let the holds stand in an older library too, and delete from it again what was deleted after it was copied.

    To be done in the unit of work that tells of its being restored, before anybody else sees it. A hold goes before a
    deletion: what is held now stays.
    """
    for hold in promised.holds:
        if holds.place_again(session, hold):
            details: Details = {"hold": hold.id, "carried over": 1}
            kind = hold.kind or Kind.LIBRARY
            audit.add(session, at, Deed.HOLD_PLACED, kind, hold.subject, hold.why, details)
    back = retention.there(session, _by_kind(promised.gone))
    for of_kind, ids in back.items():
        kept_back = holds.keeping(session, of_kind, ids)
        again = {one.subject: one for one in promised.gone if one.kind == of_kind and one.subject in ids}
        going = [one for subject, one in again.items() if subject not in kept_back]
        retention.remove(session, {of_kind: [one.subject for one in going]})
        audit.add_all(session, [replace(one, at=at, details={**one.details, "carried over": 1}) for one in going])


def _by_kind(entries: Iterable[Entry]) -> dict[Kind, set[str]]:
    found: dict[Kind, set[str]] = {}
    for entry in entries:
        found.setdefault(Kind(entry.kind), set()).add(entry.subject)
    return found
