"""Kept no longer than needed: under which rules, until when, and what a request for information holds.

Nothing here deletes: `services.wiping` does. A hold stops every deletion wherever it is asked for; the check is made
where the rows go, in the same unit of work.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from cqcmock import storage
from cqcmock.clock import Clock
from cqcmock.domain.audit import Deed, Details, Entry, Kind
from cqcmock.domain.retention import RULED, Due, Hold, Kept, due_on, hold_on
from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.services import recordings, reviewing
from cqcmock.services.pack_folders import folder_of
from cqcmock.services.reviewer_keys import FOLDER as REVIEW
from cqcmock.settings import Settings, months_kept
from cqcmock.storage.errors import HeldError as HeldError

if TYPE_CHECKING:
    from pathlib import Path

    from cqcmock.services.library import Library
    from cqcmock.storage.library import UnitOfWork

BY_NAME: Final[Mapping[str, Kind]] = {
    "sitting": Kind.SITTING,
    "recording": Kind.RECORDING,
    "pack": Kind.PACK,
    "opened-pack": Kind.OPENED_PACK,
    "cafe": Kind.CAFE,
}
"""What scripts call the kinds that have a rule."""

CALLED: Final[Mapping[Kind, str]] = {
    Kind.SITTING: "rehearsal",
    Kind.RECORDING: "recording",
    Kind.PACK: "pack sent to a reviewer",
    Kind.OPENED_PACK: "pack opened for marking",
    Kind.CAFE: "café session with its cards",
}
"""What people call them."""


def rules(settings: Settings) -> dict[Kind, int]:
    """How many months each kind is kept."""
    return months_kept(settings)


def note_rules(library: Library, settings: Settings, clock: Clock) -> bool:
    """Add the rules to the audit trail where they are others than before, however they were changed.

    To be called when settings were saved and when a library was opened; returns whether they had changed.
    """
    now = _as_details(settings)
    with library.reading() as session:  # most often there is nothing to write
        if _rules_before(storage.audit.entries(session, (Deed.RULE_CHANGED,))) == now:
            return False
    with library.writing() as work:
        if _rules_before(storage.audit.entries(work, (Deed.RULE_CHANGED,))) == now:
            return False
        storage.audit.add(work, clock.wall(), Deed.RULE_CHANGED, Kind.LIBRARY, details=now)
        work.commit()
    return True


def _as_details(settings: Settings) -> Details:
    found: dict[str, str | int] = {kind.value: months for kind, months in rules(settings).items()}
    found["assessment"] = settings.practising_for.isoformat() if settings.practising_for else ""
    found["by itself"] = int(settings.delete_when_due)
    return found


def _rules_before(entries: Iterable[Entry]) -> Details:
    told = [entry.details for entry in entries]
    return told[-1] if told else _as_details(Settings())


def listed(library: Library, place: Location, settings: Settings) -> tuple[Due, ...]:
    """Everything that there is a rule for, what is due first on top; each with its rule and what holds it.

    What was deleted and can still be taken back is among it. Raises UserError.
    """
    opened = _opened_packs(place)
    with library.reading() as session:
        kept = storage.retention.kept(session)
        standing = storage.holds.standing(session)
        held: dict[tuple[Kind, str], Hold] = {}
        for kind in (Kind.SITTING, Kind.PACK, Kind.CAFE):
            ids = [one.id for one in kept if one.kind is kind]
            held |= {(kind, one): hold for one, hold in storage.holds.keeping(session, kind, ids).items()}
    found = list(kept)
    for one, folder in opened:
        found.append(one)
        if (hold := reviewing.hold_on_pack(standing, place, folder)) is not None:
            held[one.kind, one.id] = hold
    for one in recordings.kept(place):
        found.append(one)
        if (hold := hold_on(one, standing)) is not None:
            held[one.kind, one.id] = hold
    months = rules(settings)
    due = [_due(one, months[one.kind], settings.practising_for, held.get((one.kind, one.id))) for one in found]
    return tuple(sorted(due, key=lambda one: (one.on, one.kept.kind, one.kept.id)))


def _due(kept: Kept, months: int, assessment: date | None, hold: Hold | None) -> Due:
    on, rule = due_on(kept, months, assessment)
    return Due(kept=kept, on=on, rule=rule, hold=hold)


def _opened_packs(place: Location) -> list[tuple[Kept, Path]]:
    found = []
    for one in reviewing.workspaces(place):
        opened = one.opened_at.astimezone().date()
        used = max(opened, one.last_return.at.astimezone().date()) if one.last_return else opened
        kept = Kept(kind=Kind.OPENED_PACK, id=one.id, title=one.file_name, last_used=used, made=opened)
        found.append((kept, opened_pack_folder(place, one.id)))
    return found


def opened_pack_folder(place: Location, pack: str) -> Path:
    """Where a pack that was opened here lies, by its id or, where it cannot be read, by the name of its folder."""
    by_id = folder_of(place, pack)
    return by_id if by_id.is_dir() else place.folder / REVIEW / pack


def due_now(library: Library, place: Location, settings: Settings, clock: Clock) -> tuple[Due, ...]:
    """What is to go today and is not held: what home tells, and what deleting what is due would delete."""
    today = clock.today()
    return tuple(one for one in listed(library, place, settings) if one.hold is None and one.is_due(today))


def holds(library: Library) -> tuple[Hold, ...]:
    """The holds that stand, the oldest first."""
    with library.reading() as session:
        return storage.holds.standing(session)


def hold(library: Library, kind: Kind | None, subject: str, why: str, clock: Clock) -> Hold:
    """Keep one thing from being deleted, all of a kind (no subject), or everything (no kind), and say why.

    It need not be there: somebody may have asked for what was never made. Raises UserError.
    """
    reason = reason_of(why)
    if kind is not None and kind not in RULED:
        raise UserError(f"There is no rule for a {kind.value}, so it cannot be held.", "Hold everything instead.")
    with library.writing() as work:
        placed = storage.holds.place(work, kind, subject.strip(), reason, clock.wall())
        details: Details = {"hold": placed.id}
        storage.audit.add(
            work, clock.wall(), Deed.HOLD_PLACED, kind or Kind.LIBRARY, placed.subject, reason, details=details
        )
        work.commit()
    return placed


def release(library: Library, hold_id: str, why: str, clock: Clock) -> Hold:
    """Let what was held be deleted again, and say why. Raises NotThereError for a hold that does not stand."""
    reason = reason_of(why)
    with library.writing() as work:
        released = storage.holds.release(work, hold_id.strip(), clock.wall())
        details: Details = {"hold": released.id}
        kind = released.kind or Kind.LIBRARY
        storage.audit.add(work, clock.wall(), Deed.HOLD_RELEASED, kind, released.subject, reason, details=details)
        work.commit()
    return released


def refuse_held(work: UnitOfWork, kind: Kind, subject: str) -> None:
    """To be asked in the unit of work in which something is deleted. Raises HeldError."""
    storage.holds.refuse(work, kind, subject)


def deletions(library: Library) -> tuple[Entry, ...]:
    """The deletion log: what, when, why and under which rule; no word of anything."""
    with library.reading() as session:
        return tuple(storage.audit.entries(session, (Deed.DELETED, Deed.TAKEN_BACK)))


def deleted_since(library: Library, moment: datetime) -> tuple[Entry, ...]:
    """What was deleted after a moment: a copy of the library that was made before it still holds it."""
    return tuple(entry for entry in deletions(library) if entry.deed == Deed.DELETED and entry.at > moment)


def reason_of(why: str) -> str:
    """A reason as it stands in the trail. Raises UserError where there is none."""
    reason = " ".join(why.split())
    if not reason:
        raise UserError("There is no reason yet.", "Say in a few words why: it stands in the audit trail.")
    return reason
