"""Deleted for good: out of the library, its log, its backups and what was put aside, and noted in the trail.

The rows and the entry in the trail go in one unit of work; from then on the thing is gone. What lies in files is wiped
after that, and whatever a kill or a full disk leaves undone is finished at the next start, because the trail says what
has to be gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from cqcmock import storage
from cqcmock.clock import Clock
from cqcmock.domain.audit import Deed, Details, Entry, Head, Kind
from cqcmock.domain.retention import Due, Hold
from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.services import copies, pack_folders, recordings, retention, reviewing
from cqcmock.services.cafe import holding
from cqcmock.services.copies import Cleaned as Cleaned
from cqcmock.services.copies import Gone, Progress
from cqcmock.services.reviewer_keys import FOLDER as REVIEW
from cqcmock.settings import FILE_NAME, Settings
from cqcmock.storage.errors import NotThereError

if TYPE_CHECKING:
    from cqcmock.services.library import Library
    from cqcmock.storage.library import UnitOfWork

IN_ROWS: Final = (Kind.SITTING, Kind.PACK, Kind.CAFE)
"""What stands in the library itself; the others are files of their own."""

BY_ITSELF: Final = "The retention rule, applied by itself because the settings say so"
_FOR_EVER: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiped:
    """What was deleted for good and why; `backups` is how many held any of it, and `head` the trail's afterwards."""

    at: datetime
    things: tuple[Due, ...]
    why: str
    backups: int
    cleaned: Cleaned
    head: Head


def find(library: Library, place: Location, settings: Settings, ids: Sequence[str]) -> tuple[Due, ...]:
    """The things with these ids. Raises NotThereError naming the first that is not there."""
    there = {one.kept.id: one for one in retention.listed(library, place, settings)}
    for one in ids:
        if one not in there:
            raise NotThereError(f"There is nothing with the id “{one}”.", "“cqcmock retention list” shows the ids.")
    return tuple(there[one] for one in dict.fromkeys(ids))


def delete(
    library: Library,
    place: Location,
    chosen: Sequence[Due],
    why: str,
    clock: Clock,
    progress: Progress | None = None,
) -> Wiped:
    """Delete these things for good, all of them or none, and leave nothing readable of them in the data folder.

    Raises HeldError, HeldByAnotherError for a café that somebody has open, and NotThereError, before anything is
    deleted. Any other UserError says what is to be finished at the next start.
    """
    reason = retention.reason_of(why)
    if not chosen:
        raise UserError("There is nothing to delete.", "“cqcmock retention list” shows what there is.")
    rows = _by_kind((one.kept.kind, one.kept.id) for one in chosen if one.kept.kind in IN_ROWS)
    backups = copies.that_hold(place, rows) if rows and not place.database_url else 0
    with library.writing() as work:
        _refuse(work, place, chosen, clock)
        storage.retention.remove(work, rows)
        moment = clock.wall()
        entries = [_entry(one, moment, reason, backups) for one in chosen]
        head = storage.audit.add_all(work, entries)
        work.commit()
    _wipe_files(place, entries, at_once=True)
    cleaned = finish(library, place, progress)
    return Wiped(at=moment, things=tuple(chosen), why=reason, backups=backups, cleaned=cleaned, head=head)


def finish(library: Library, place: Location, progress: Progress | None = None) -> Cleaned:
    """Finish every deletion that was begun: quick where there is nothing to do. Raises UserError."""
    recordings.sweep(place)
    pack_folders.sweep(place.folder / REVIEW)
    _sweep_settings(place)
    entries = [entry for entry in retention.deletions(library) if entry.deed == Deed.DELETED]
    if not entries:
        return Cleaned()
    _wipe_files(place, entries, at_once=False)
    told = _by_kind((Kind(entry.kind), entry.subject) for entry in entries if entry.kind in IN_ROWS and entry.subject)
    with library.reading() as session:
        still = storage.retention.there(session, told)
    gone = {kind: ids - still.get(kind, frozenset()) for kind, ids in told.items()}
    if place.database_url or not any(gone.values()):
        return Cleaned()
    return copies.clean(place, gone, lambda: storage.retention.write_anew(library), progress)


def _sweep_settings(place: Location) -> None:
    """Erase the settings of before, which a kill left while the name of a person was taken out of them."""
    old = place.folder / f"{FILE_NAME}{storage.conversion.ERASED}"
    try:
        storage.conversion.erase_file(old)
    except OSError as error:
        raise UserError(
            f"“{old.name}” could not be deleted: {error.strerror or error}.", "Delete it: somebody erased is in it."
        ) from error


def at_start(library: Library, place: Location, settings: Settings, clock: Clock) -> Wiped | None:
    """What is to be done once a library is open: finish what was begun, and delete what is due if settings say so."""
    retention.note_rules(library, settings, clock)
    finish(library, place)
    if not settings.delete_when_due:
        return None
    due = retention.due_now(library, place, settings, clock)
    return delete(library, place, due, BY_ITSELF, clock) if due else None


def _by_kind(things: Iterable[tuple[Kind, str]]) -> Gone:
    found: dict[Kind, set[str]] = {}
    for kind, one in things:
        found.setdefault(kind, set()).add(one)
    return {kind: frozenset(ids) for kind, ids in found.items()}


def _refuse(work: UnitOfWork, place: Location, chosen: Sequence[Due], clock: Clock) -> None:
    """Raises HeldError, HeldByAnotherError or NotThereError where any of these must not or cannot be deleted."""
    storage.holds.decide(work)
    standing = storage.holds.standing(work)
    at = storage.cafe_holds.now(work, clock.wall())
    for one in chosen:
        kind, subject = one.kept.kind, one.kept.id
        hold = _hold_on(work, place, standing, kind, subject)
        if hold is not None:
            raise storage.holds.held(hold)
        if kind in IN_ROWS and not storage.retention.there(work, {kind: [subject]}):
            raise NotThereError(f"This {retention.CALLED[kind]} is no longer there.", "Look at the list again.")
        if kind is Kind.CAFE:
            storage.cafe_holds.check_free(work, subject, at, holding.program_ended)


def _hold_on(work: UnitOfWork, place: Location, standing: tuple[Hold, ...], kind: Kind, subject: str) -> Hold | None:
    if kind is Kind.OPENED_PACK:
        return reviewing.hold_on_pack(standing, place, retention.opened_pack_folder(place, subject))
    return storage.holds.keeping(work, kind, [subject]).get(subject)


def _entry(one: Due, at: datetime, why: str, backups: int) -> Entry:
    details: Details = {
        "rule": one.rule,
        "made": one.kept.made.isoformat() if one.kept.made else "",
        "last used": one.kept.last_used.isoformat(),
        "due": one.on.isoformat(),
        "for good": 1,
        "backups": backups,
    }
    return Entry(at=at, deed=Deed.DELETED, kind=one.kept.kind, subject=one.kept.id, why=why, details=details)


def _wipe_files(place: Location, entries: Sequence[Entry], *, at_once: bool) -> None:
    """Wipe recordings and opened packs that the trail says are gone, unless they were made or opened anew since."""
    for entry in entries:
        until = _FOR_EVER if at_once else entry.at
        if entry.kind == Kind.RECORDING:
            recordings.wipe(place, entry.subject, until)
        elif entry.kind == Kind.OPENED_PACK:
            folder = retention.opened_pack_folder(place, entry.subject)
            if folder.is_dir() and (at_once or reviewing.opened_at(place, folder) <= until):
                pack_folders.wipe(folder)
