"""A copy of everything in a data folder, sealed into one file in another folder, and those that lie there.

What is written is read again before it gets its name: a file with the name of a copy is a whole one.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from cqcmock import __version__, storage
from cqcmock.clock import Clock
from cqcmock.domain.audit import Deed, Kind
from cqcmock.domain.backups import Thing
from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.services import audit, library_keys, pack_folders, saving, sealed_backups
from cqcmock.services.reviewer_keys import FOLDER as REVIEW
from cqcmock.services.sealed_backups import COUNCIL_KEY, ENDING, Manifest, Progress, Source
from cqcmock.storage.errors import LockedError
from cqcmock.storage.folder import LIBRARY, STAMP

if TYPE_CHECKING:
    from cqcmock.review.passphrases import Seal
    from cqcmock.storage.library import Library

_NAME: Final = re.compile(rf"cqcmock-backup-(\d{{8}}-\d{{6}})(-\d+)?{re.escape(ENDING)}")
_UNFINISHED: Final = ".unfinished"
_SPARE: Final = 1_000_000
"""Bytes that are left free on the other disk."""

LOCK_FIRST: Final = UserError(
    "The second place is used once the library is locked: a copy on a stick has to be sealed.",
    "Lock the library first; its six words then open the copies as well.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """A sealed copy in a second place, read again and found whole; `same_disk` where it would go with the library."""

    path: Path
    size: int
    manifest: Manifest
    same_disk: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lying:
    """A sealed copy that lies in a folder: of when it is, as its name says (UTC), and whether of this library."""

    path: Path
    made_at: datetime
    size: int
    own: bool


def listed(folder: Path, place: Location) -> tuple[Lying, ...]:
    """The sealed copies in a folder, the newest first. Raises UserError where it cannot be read."""
    seal = library_keys.seal_of(place.folder, place.raw_key) if place.raw_key else None
    try:
        found = [(path, match) for path in folder.iterdir() if (match := _NAME.fullmatch(path.name))]
        numbers = {path: _number(match) for path, match in found}
        lying = [
            Lying(
                path=path,
                made_at=datetime.strptime(match[1], STAMP).replace(tzinfo=UTC),
                size=path.stat().st_size,
                own=seal is not None and sealed_backups.is_ours(path, seal),
            )
            for path, match in found
        ]
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "a name in it makes no sense"
        raise UserError(f"The folder {folder} cannot be read: {reason}.", "Check that it is connected.") from error
    return tuple(sorted(lying, key=lambda one: (one.made_at, numbers[one.path]), reverse=True))


def copy_to(library: Library, folder: Path, backup: Path, clock: Clock, progress: Progress | None = None) -> Copied:
    """Seal a backup, and everything beside the library, into one file in a folder, and read it again.

    Raises UserError: then nothing is left of it. Nothing that lies there is deleted.
    """
    if library.raw_key is None:
        raise LOCK_FIRST
    place = Location(library.folder, raw_key=library.raw_key)
    seal = library_keys.seal_of(place.folder, library.raw_key)
    made_at = storage.backups.made_at(backup) or clock.wall()
    with _packs(place) as (packs, left_out):
        sources = {**_sources(place, backup), **packs}
        path = _free_name(folder, made_at)
        about = _about(place, backup, made_at, left_out)
        manifest = _written(path, seal, sources, about, library.raw_key, progress)
    _leave_for_the_council(place, folder)
    size = path.stat().st_size
    details: dict[str, str | int] = {"bytes": size, "rehearsals": manifest.holds[Thing.REHEARSAL]}
    audit.tell(library, clock, Deed.BACKED_UP, Kind.LIBRARY, why="copied to a second place", details=details)
    return Copied(path=path, size=size, manifest=manifest, same_disk=same_disk(folder, place.folder))


def _sources(place: Location, backup: Path) -> dict[str, Source]:
    """Every file of a data folder that goes into the archive but the packs', by its name in there."""
    assert place.raw_key is not None
    key = sealed_backups.key_file(library_keys.id_of(place.folder), place.raw_key)
    sources: dict[str, Source] = {LIBRARY: backup, sealed_backups.KEY: key}
    for name in sealed_backups.SMALL_FILES:
        path = place.folder / name
        if name != sealed_backups.KEY and path.is_file() and path.stat().st_size <= sealed_backups.LARGEST_SMALL:
            sources[name] = path.read_bytes()
    return sources


@contextmanager
def _packs(place: Location) -> Iterator[tuple[dict[str, Source], int]]:
    """A copy of every pack that is marked here, for as long as the block lasts, and how many cannot be read."""
    found: dict[str, Source] = {}
    copies: list[Path] = []
    left_out = 0
    try:
        for folder in pack_folders.folders(place):
            name = f"{REVIEW}/{folder.name}"
            if not sealed_backups.name_is_ours(f"{name}/{LIBRARY}", 1):
                continue
            try:
                with pack_folders.library_in(folder, place.raw_key) as library:
                    copies.append(storage.backups.make(library).path)
            except (pack_folders.DamagedPackError, LockedError):
                left_out += 1
                continue
            found[f"{name}/{LIBRARY}"] = copies[-1]
            if (line := folder / pack_folders.OPENED_FROM).is_file():
                found[f"{name}/{pack_folders.OPENED_FROM}"] = line.read_bytes()
        yield found, left_out
    finally:
        for path in copies:
            with suppress(OSError):
                path.unlink()
                path.parent.rmdir()


def _about(place: Location, backup: Path, made_at: datetime, left_out: int) -> Manifest:
    inside = storage.backup_contents.of_file(backup, place.raw_key)
    if inside is None:
        raise UserError(f"The backup “{backup.name}” cannot be read.", "Make a new one, then try again.")
    head = storage.backup_contents.head_of_file(backup, place.raw_key)
    holds = {thing.value: inside.number(thing) for thing in Thing} | {"answer": inside.answers}
    return Manifest(
        program=__version__,
        made_at=made_at,
        form=inside.form,
        entries=head.count,
        head=head.hash,
        holds=holds,
        left_out=left_out,
    )


def _written(
    target: Path,
    seal: Seal,
    sources: Mapping[str, Source],
    about: Manifest,
    raw_key: str,
    progress: Progress | None,
) -> Manifest:
    """Write a file under a name that nobody takes for a copy, read it again, and only then give it its own."""
    unfinished = _unfinished(target)
    try:
        _sweep(target.parent, seal)
        needed = sum(len(one) if isinstance(one, bytes) else one.stat().st_size for one in sources.values())
        if shutil.disk_usage(target.parent).free < needed + _SPARE:
            raise OSError(errno.ENOSPC, "no room")
        with unfinished.open("xb") as file:
            unfinished.chmod(saving.PRIVATE)
            manifest = sealed_backups.write(file, seal, sources, about, progress)
            _to_the_disk(file)
        with sealed_backups.opened(unfinished, raw_key=raw_key) as again:
            again.check(progress)
            if again.manifest != manifest:
                raise sealed_backups.DamagedBackupError("", "")
        unfinished.rename(target)
        with suppress(OSError):
            storage.folder.flush(target.parent)
    except BaseException as error:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        if isinstance(error, sealed_backups.DamagedBackupError):
            raise UserError(
                f"What was written to {target.parent} was read again, and was not the same.",
                "The stick or the drive may be failing: use another one.",
            ) from error
        if isinstance(error, OSError):
            raise _refused(target.parent, error) from error
        raise
    return manifest


def _to_the_disk(file: BinaryIO) -> None:
    """Flush a file, and have the system forget what it remembers of it: what is read again comes from the stick."""
    file.flush()
    os.fsync(file.fileno())
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _refused(folder: Path, error: OSError) -> UserError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return UserError(f"There is too little room left in {folder}.", "Free some space there, or use another stick.")
    return UserError(
        f"Nothing could be written in {folder}: {error.strerror or error}.",
        "Check that it is connected, and that you may write there.",
    )


def erase(path: Path) -> None:
    """Write over a copy and delete it; before it is not whole, it has no copy's name any more. Raises OSError."""
    gone = path.rename(_unfinished(path))
    with suppress(OSError):
        storage.folder.flush(gone.parent)
    storage.conversion.erase(gone)


def _unfinished(copy: Path) -> Path:
    """A name that nobody takes for that of a copy."""
    return copy.with_name(f".{copy.name}{_UNFINISHED}")


def _sweep(folder: Path, seal: Seal) -> None:
    """Delete what a kill, a power cut, or a stick that was pulled out, left of a copy of this library."""
    for left in folder.glob(f".cqcmock-backup-*{ENDING}{_UNFINISHED}"):
        if sealed_backups.is_ours(left, seal) or not sealed_backups.is_sealed(left):
            left.unlink()


def _free_name(folder: Path, at: datetime) -> Path:
    stamp = at.astimezone(UTC).strftime(STAMP)
    names = (_NAME.fullmatch(path.name) for path in folder.glob(f"*{ENDING}"))
    taken = max((_number(match) for match in names if match and match[1] == stamp), default=0)
    return folder / f"cqcmock-backup-{stamp}{f'-{taken + 1}' if taken else ''}{ENDING}"


def _number(name: re.Match[str]) -> int:
    """Which copy of its second it is."""
    return int((name[2] or "-1")[1:])


def _leave_for_the_council(place: Location, folder: Path) -> None:
    """Put what the council's secret key opens beside the copies, under a name of its own where another's lies there."""
    source = place.folder / library_keys.FOLDER / library_keys.ESCROW
    if not source.exists():
        return
    content = source.read_bytes()
    target = folder / f"{COUNCIL_KEY}{ENDING}"
    with suppress(FileNotFoundError):
        if target.read_bytes() != content:
            target = folder / f"{COUNCIL_KEY}-{library_keys.id_of(place.folder)[:8]}{ENDING}"
    if not target.exists() or target.read_bytes() != content:
        saving.save(target, content, "The key for the council")


def same_disk(folder: Path, data: Path) -> bool:
    try:
        return folder.stat().st_dev == data.stat().st_dev
    except OSError:
        return False
