"""The copies of a library in its data folder, cleaned of what was deleted: backups, and files that were put aside.

What was cleaned is noted beside the library, so that the next start need not look again. The note is worth nothing by
itself: where it is lost, or a file has changed since, the file is looked at once more.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import msgspec

from cqcmock import storage
from cqcmock.atomic import write_atomically
from cqcmock.domain.audit import Kind
from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.services import sealed_files
from cqcmock.services.sealed_files import SEALED
from cqcmock.storage.folder import BACKUPS, LIBRARY, SIDECARS

Progress = Callable[[int, int], None]
"""Told how many files of how many have been looked at."""

NOTE: Final = "cleaned.json"
LOG: Final = "the log of the library, which another program keeps open"
HALF_MADE: Final = "a backup that another program is making"
_UNFINISHED: Final = "*.unfinished"
_STILL_MAKING_SECONDS: Final = 600

Gone = dict[Kind, frozenset[str]]
"""What was deleted for good, by kind."""


@dataclass(slots=True)
class Cleaned:
    """How far the cleaning came. Names are of files in the data folder.

    `erased` are backups that could not be cleaned and were deleted instead, `unread` are files that nobody can say
    what is in them of, and `waiting` is what has to be done at the next start.
    """

    backups: int = 0
    put_aside: int = 0
    erased: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)


def that_hold(place: Location, gone: Gone) -> int:
    """How many backups hold any of these things. Raises UserError."""
    return sum(_is_in(path, place.raw_key, gone) for path in storage.backups.files(place.folder))


def _is_in(path: Path, raw_key: str | None, gone: Gone) -> bool:
    try:
        return storage.retention.holds_any(path, raw_key, gone)
    except storage.retention.CannotScrubError:
        return False


def clean(place: Location, gone: Gone, library: Callable[[], bool], progress: Progress | None = None) -> Cleaned:
    """Take what is gone out of everything in the data folder that may still hold it.

    `library` leaves nothing of it in the library's own file, and says whether that could be done. Raises UserError: the
    rest is then done at the next start.
    """
    note = _Note(place.folder, gone)
    done = Cleaned()
    try:
        if not note.says(place.folder / LIBRARY, itself=True):
            if library():
                note.add(place.folder / LIBRARY, itself=True)
            else:
                done.waiting.append(LOG)
        with storage.backups.while_none_is_made():
            _clear_half_made(place.folder, done)
            waiting = [path for path in _every(place.folder) if not note.says(path)]
            for number, path in enumerate(waiting):
                if progress:
                    progress(number, len(waiting))
                _clean_one(place, path, gone, done)
                if path.exists() and path.name not in done.unread:
                    note.add(path)
        if progress and waiting:
            progress(len(waiting), len(waiting))
    except OSError as error:
        raise UserError(
            f"Not every backup could be cleaned of what was deleted: {error.strerror or error}.",
            "Free some space, and start the program again: it goes on where it stopped.",
        ) from error
    finally:
        with suppress(OSError):  # then everything is looked at once more
            note.save()
    return done


def _every(folder: Path) -> Iterator[Path]:
    """Every copy of the library. Raises OSError."""
    for inside in (folder, folder / BACKUPS):
        storage.retention.sweep(inside)
    yield from storage.backups.files(folder)
    yield from sorted(folder.glob("library.*-*.sqlite"))
    yield from sorted(folder.glob(f"library.*-*.sqlite{SEALED}"))
    for end in SIDECARS:
        if end != "-shm":  # it holds no words
            yield from (path for path in folder.glob(f"library.*-*.sqlite{end}") if _stands_alone(path, end))
            yield from folder.glob(f"library.*-*.sqlite{end}{SEALED}")


def _stands_alone(path: Path, end: str) -> bool:
    return path.stat().st_size > 0 and not path.with_name(path.name.removesuffix(end)).exists()


def _clear_half_made(folder: Path, done: Cleaned) -> None:
    for path in (folder / BACKUPS).glob(_UNFINISHED):
        if time.time() - path.stat().st_mtime > _STILL_MAKING_SECONDS:
            storage.conversion.erase(path)
        else:
            done.waiting.append(HALF_MADE)


def _clean_one(place: Location, path: Path, gone: Gone, done: Cleaned) -> None:
    is_backup = path.parent.name == BACKUPS
    try:
        if path.name.endswith(SEALED):
            changed = _clean_sealed(place, path, gone)
        else:
            changed = storage.retention.holds_any(path, place.raw_key, gone)
            if changed:
                storage.retention.scrub(path, place.raw_key, gone)
    except storage.retention.CannotScrubError:
        if is_backup and _is_ours(path, place.raw_key):
            storage.conversion.erase(path)
            done.erased.append(path.name)
        elif path.stat().st_size > 0:
            done.unread.append(path.name)
        return
    if changed and is_backup:
        done.backups += 1
    elif changed:
        done.put_aside += 1


def _is_ours(path: Path, raw_key: str | None) -> bool:
    """Whether a damaged file can be read by whoever has this library, and so has to go."""
    if raw_key is None:
        return path.stat().st_size > 0 and not storage.cipher.seems_locked(path)
    return storage.conversion.is_plain(path) or storage.cipher.has_page_of(path, raw_key)


def _clean_sealed(place: Location, path: Path, gone: Gone) -> bool:
    """Clean a file that was sealed when it was put aside; nothing of it is written to the disk in the clear."""
    plain = path.with_name(path.name.removesuffix(SEALED))
    if place.raw_key is None or not plain.name.endswith(".sqlite"):
        raise storage.retention.CannotScrubError
    try:
        content = sealed_files.opened(path, place.raw_key)
    except UserError as error:
        raise storage.retention.CannotScrubError from error
    if content.startswith(storage.engine.PLAIN_HEADER):
        cleaned = storage.retention.scrubbed_bytes(content, gone)
    else:
        cleaned = storage.retention.scrubbed_encrypted(content, plain, place.raw_key, gone)
    if cleaned == content:
        return False
    sealed_files.write(place.folder, place.raw_key, plain, cleaned)
    return True


class _Note:
    """Which files were cleaned of all that is gone, each as it is now."""

    def __init__(self, folder: Path, gone: Gone) -> None:
        self._path = folder / NOTE
        words = sorted(f"{kind.value} {one}" for kind, ids in gone.items() for one in ids)
        self._token = hashlib.sha256("\n".join(words).encode()).hexdigest()
        self._lines = self._read()
        self._kept: dict[str, str] = {}

    def _read(self) -> dict[str, str]:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=dict[str, str])
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            return {}

    def says(self, path: Path, *, itself: bool = False) -> bool:
        said = self._lines.get(path.name) == self._line(path, itself=itself)
        if said:
            self._kept[path.name] = self._lines[path.name]
        return said

    def add(self, path: Path, *, itself: bool = False) -> None:
        self._kept[path.name] = self._line(path, itself=itself)

    def _line(self, path: Path, *, itself: bool) -> str:
        """The library itself changes all the time, and what is gone does not come back into it."""
        if itself:
            return self._token
        there = path.stat()
        return f"{self._token} {there.st_size} {there.st_mtime_ns}"

    def save(self) -> None:
        if self._kept != self._lines:
            write_atomically(self._path, msgspec.json.encode(self._kept))
