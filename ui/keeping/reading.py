"""What the screen about keeping shows and does, in the database lane."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cqcmock.paths import Location
from ui.desk import Desk

if TYPE_CHECKING:
    from cqcmock.domain.audit import Entry, Kind
    from cqcmock.domain.retention import Due, Hold
    from cqcmock.services.wiping import Wiped

LATEST: Final = 200
"""How many lines of the deletion log are shown; the command line shows them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Everything that there is a rule for, the holds that stand, and what was deleted, the latest first."""

    things: tuple[Due, ...]
    holds: tuple[Hold, ...]
    log: tuple[Entry, ...]
    on_server: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What home tells: the kinds of what is due and not held, and the holds."""

    due: tuple[Kind, ...]
    holds: tuple[Hold, ...]


def place_of(desk: Desk) -> Location:
    """Where the files of the open library are: the example has a folder of its own."""
    library = desk.library
    return desk.place if library.folder == desk.place.folder else Location(library.folder)


def read_found(desk: Desk) -> Found | None:
    """Nothing while no library is open. Raises UserError."""
    from cqcmock.services import retention

    if desk.opened is None:
        return None
    library = desk.library
    return Found(
        things=retention.listed(library, place_of(desk), desk.settings),
        holds=retention.holds(library),
        log=tuple(reversed(retention.deletions(library)))[:LATEST],
        on_server=library.path is None,
    )


def read_standing(desk: Desk) -> Standing | None:
    """Nothing while no library is open. Raises UserError."""
    from cqcmock.services import retention

    if desk.opened is None:
        return None
    due = retention.due_now(desk.library, place_of(desk), desk.settings, desk.clock)
    return Standing(due=tuple(one.kept.kind for one in due), holds=retention.holds(desk.library))


def place_holds(desk: Desk, subjects: Sequence[tuple[Kind | None, str]], why: str) -> tuple[Hold, ...]:
    """Put each of these on hold. Raises UserError."""
    from cqcmock.services import retention

    return tuple(retention.hold(desk.library, kind, subject, why, desk.clock) for kind, subject in subjects)


def release_hold(desk: Desk, hold_id: str, why: str) -> Hold:
    """Let what was held be deleted again. Raises UserError."""
    from cqcmock.services import retention

    return retention.release(desk.library, hold_id, why, desk.clock)


def delete_for_good(desk: Desk, chosen: Sequence[Due], why: str, progress: Callable[[int, int], None]) -> Wiped:
    """Delete these for good. Raises HeldError, or another UserError."""
    from cqcmock.services import retention, wiping

    place = place_of(desk)
    retention.note_rules(desk.library, desk.settings, desk.clock)
    return wiping.delete(desk.library, place, chosen, why, desk.clock, progress)


def write_certificate(desk: Desk, wiped: Wiped, path: Path) -> Path:
    """Write the certificate of a deletion, and return its file. Raises UserError."""
    from cqcmock.services import certificates

    certificates.write_certificate(desk.library, wiped, path, desk.settings, desk.clock)
    return path


def note_rules(desk: Desk) -> None:
    """Tell the audit trail where the rules are others than before. Raises UserError."""
    from cqcmock.services import retention

    if desk.opened is not None:
        retention.note_rules(desk.library, desk.settings, desk.clock)
