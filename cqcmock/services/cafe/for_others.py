"""What others than the facilitator may know of the cafés: lists, reports and exports for them are made of this alone.

Everything here comes from releases, which were made once when a session was closed, and from entries of “you said,
we did” that the facilitator told. No title, place, planned team, card or count is ever read for it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from cqcmock import storage
from cqcmock.domain.cafe.release import Shown, TableKind, as_data, shown
from cqcmock.errors import UserError
from cqcmock.storage.cafe_records import ReleasedSession as ReleasedSession

if TYPE_CHECKING:
    from cqcmock.services.library import Library


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An entry of “you said, we did” as others see it: without its owner, its session and its theme."""

    said: str
    did: str
    due: date | None
    done_on: date | None


def sessions_for_others(library: Library) -> tuple[ReleasedSession, ...]:
    """The sessions that are closed, the earliest first: the day, the length, k and the release of each."""
    with library.reading() as session:
        return storage.cafe.released(session)


def session_for_others(library: Library, session_id: str) -> ReleasedSession:
    """One session. Raises UserError where there is none that is closed."""
    with library.reading() as session:
        found = storage.cafe.release(session, session_id)
    if found is None:
        raise UserError("There is no closed café session with this id.", "`cafe list` names those there are.")
    return found


def data_for_others(released: ReleasedSession) -> dict[str, Any]:
    """A session as scripts read it."""
    return {**as_data(released.release), "minutes": released.minutes}


def rows_for_others(
    library: Library,
    *,
    sessions: Collection[str] | None = None,
    tables: Collection[TableKind] | None = None,
    names: Collection[str] | None = None,
    since: date | None = None,
    until: date | None = None,
) -> tuple[Shown, ...]:
    """The released rows that pass every filter given. Nothing is added up over sessions."""
    releases = [one.release for one in sessions_for_others(library)]
    return shown(releases, sessions=sessions, tables=tables, names=names, since=since, until=until)


def told_to_others(library: Library) -> tuple[Told, ...]:
    """“You said, we did”, as far as the facilitator told it: the oldest first."""
    with library.reading() as session:
        entries = storage.cafe_said.told(session)
    return tuple(Told(said=entry.said, did=entry.did, due=entry.due, done_on=entry.done_on) for entry in entries)


def open_for_the_room(library: Library) -> tuple[Told, ...]:
    """What opens the next session on the projector: told, and still to be done."""
    return tuple(entry for entry in told_to_others(library) if entry.done_on is None)
