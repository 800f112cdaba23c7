"""The second place: a stick, or a drive on the network, on which lies a copy of everything, sealed for the six words.

It is brought up to date after each backup, when it is there. A place that is not there is no error: it is told once,
and said wherever the backups are shown. Nothing older is deleted there before something newer was read again and found
whole, and nothing ever that others keep in the same folder.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from cqcmock import storage
from cqcmock.atomic import write_atomically
from cqcmock.clock import Clock
from cqcmock.domain.audit import Deed
from cqcmock.domain.english import day
from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.services import backups, sealed_copies
from cqcmock.services.sealed_backups import Progress
from cqcmock.services.sealed_copies import LOCK_FIRST, Copied, Lying, copy_to, listed, same_disk
from cqcmock.settings import load_settings

if TYPE_CHECKING:
    from cqcmock.storage.library import Library

KEPT: Final = 10
STATE: Final = "second-place.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What is known of the second place. `copied` is the backup that lies there, `files` all that were written there,
    and `deletions` how often something had been deleted for good by then.

    `missing_since` is when it was not reached for the first time; `told` whether that, or another trouble, was said.
    """

    folder: str = ""
    copied: str = ""
    reached_at: datetime | None = None
    missing_since: datetime | None = None
    told: str = ""
    files: tuple[str, ...] = ()
    deletions: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of bringing the second place up to date. `say` is a sentence for the person, said only once."""

    copied: Copied | None = None
    say: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How things stand with the second place: where it is, whether it is there, and what lies in it."""

    folder: Path | None
    there: bool
    missing_since: datetime | None
    copies: tuple[Lying, ...] = field(default=())

    def in_words(self) -> str:
        """The same on one line."""
        if self.folder is None:
            return "There is no second place: if this disk fails, the backups go with the library."
        if not self.there:
            since = f" since {day(self.missing_since.astimezone().date())}" if self.missing_since else ""
            return f"The second place, {self.folder}, has not been reached{since}."
        own = [copy for copy in self.copies if copy.own]
        if not own:
            return f"There is no copy of this library in {self.folder} yet."
        newest = own[0].made_at.astimezone()
        return f"The newest copy in {self.folder} is of {day(newest.date())}, {newest:%H:%M}."


def check_place(place: Location, folder: Path) -> str:
    """What to know about a folder before it is chosen as the second place, or nothing. Raises UserError for none."""
    if place.raw_key is None:
        raise LOCK_FIRST
    inside, data = folder.expanduser().resolve(), place.folder.resolve()
    if not inside.is_dir():
        raise UserError(f"There is no folder {folder}.", "Connect the stick or the drive, or make the folder first.")
    if inside == data or data in inside.parents:
        raise UserError("This folder belongs to the library itself.", "Choose one on a stick or on another drive.")
    if not os.access(inside, os.W_OK):
        raise UserError(f"Nothing can be written in {folder}.", "Choose another folder.")
    return SAME_DISK if same_disk(inside, data) else ""


SAME_DISK: Final = "This folder is on the same disk as the library: if the disk fails or is stolen, both are gone."


def status(place: Location) -> Status:
    """How things stand; looks into the folder, which on a network may take a moment."""
    chosen = load_settings(place.folder).settings.second_place
    if not chosen:
        return Status(folder=None, there=False, missing_since=None)
    folder = Path(chosen)
    there = _is_there(folder)
    return Status(
        folder=folder,
        there=there,
        missing_since=None if there else _state(place.folder, folder).missing_since,
        copies=listed(folder, place) if there else (),
    )


def bring_up_to_date(library: Library, clock: Clock, progress: Progress | None = None) -> Outcome:
    """Copy the newest backup to the second place that was chosen, if it does not lie there yet, and tidy up there.

    Takes as long as the stick does: for the background, and not for the lane in which words are saved. Where something
    was deleted for good since a copy there was made, a fresh one takes the place of all older ones. Never raises what
    an absent or full stick does: that is in the outcome, said once.
    """
    chosen = load_settings(library.folder).settings.second_place
    if not chosen or library.path is None:
        return Outcome()
    folder = Path(chosen)
    state = _state(library.folder, folder)
    if library.raw_key is None:
        return _said_once(library.folder, state, str(LOCK_FIRST))
    if not _is_there(folder):
        return _not_reached(library.folder, state, clock)
    try:
        place, gone = Location(library.folder, raw_key=library.raw_key), _deletions(library)
        stale = _holds_deleted(folder, place, state, gone)
        newest = next(iter(storage.backups.files(library.folder)), None)
        if newest is None or stale:
            newest = backups.back_up_now(library, clock, progress).path
        reached = replace(state, reached_at=clock.wall(), missing_since=None, told="")
        if not stale and newest.name == state.copied and (folder / state.files[-1]).exists():
            _keep(library.folder, reached)
            return Outcome()
        copied = copy_to(library, folder, newest, clock, progress)
        left = _tidied(folder, place, copied.path, state.files, wipe=stale)
        _keep(library.folder, replace(reached, copied=newest.name, files=left, deletions=len(gone)))
        return Outcome(copied=copied)
    except UserError as error:
        if not _is_there(folder):
            return _not_reached(library.folder, state, clock)
        return _said_once(library.folder, state, f"The copy in the second place could not be made. {error}")


def _tidied(folder: Path, place: Location, newest: Path, ours: tuple[str, ...], *, wipe: bool) -> tuple[str, ...]:
    """Delete the copies that are no longer needed, and return the names of those that are there.

    Those that other words open than now go at once: whoever changed the words did not want them to open anything.
    """
    older = [one for one in listed(folder, place) if one.path != newest and (one.own or one.path.name in ours)]
    left = [newest.name]
    current = 1
    for one in older:
        current += one.own
        if not wipe and one.own and current <= KEPT:
            left.append(one.path.name)
            continue
        try:
            if wipe or not one.own:
                sealed_copies.erase(one.path)
            else:
                one.path.unlink()
        except OSError:  # it is tried again the next time
            left.append(one.path.name)
    return tuple(reversed(left))


def _holds_deleted(folder: Path, place: Location, state: State, gone: list[datetime]) -> bool:
    """Whether a copy of this library there holds what was deleted for good since. `gone` are the times of that."""
    own = [one for one in listed(folder, place) if one.own]
    if not own:
        return False
    if state.deletions is not None:
        return len(gone) > state.deletions
    return any(at > own[-1].made_at for at in gone)


def _deletions(library: Library) -> list[datetime]:
    with library.reading() as session:
        entries = storage.audit.entries(session, (Deed.DELETED, Deed.PERSON_ERASED))
        return [entry.at for entry in entries]


def _is_there(folder: Path) -> bool:
    try:
        return folder.is_dir() and os.access(folder, os.R_OK | os.W_OK)
    except OSError:
        return False


def _not_reached(data: Path, state: State, clock: Clock) -> Outcome:
    since = state.missing_since or clock.wall()
    return _said_once(
        data,
        replace(state, missing_since=since),
        f"The second place for your backups, {state.folder}, is not there. The next backup goes there when it is.",
        kind="missing",
    )


def _said_once(data: Path, state: State, sentence: str, kind: str = "") -> Outcome:
    """The sentence, unless it was the last thing that was said."""
    said = kind or sentence
    _keep(data, replace(state, told=said))
    return Outcome(say="" if state.told == said else sentence)


def _state(data: Path, folder: Path) -> State:
    """What is known of this second place; nothing of one that was chosen anew, or where the file cannot be read."""
    try:
        known = msgspec.json.decode((data / STATE).read_bytes(), type=State)
    except (OSError, msgspec.MsgspecError):
        known = State()
    return known if known.folder == str(folder) else State(folder=str(folder))


def _keep(data: Path, state: State) -> None:
    with suppress(OSError):  # without it no more is lost than who was told what
        write_atomically(data / STATE, msgspec.json.encode(asdict(state)))
