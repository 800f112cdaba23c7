"""How things stand with a library, and whether all of it is as it was written: looked at, and nothing changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from cqcmock import storage
from cqcmock.domain.audit import Head
from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.services import library_keys, locked_files, locking, sealed_files
from cqcmock.services.locking import LockStatus
from cqcmock.storage.errors import told
from cqcmock.storage.folder import BACKUPS, LIBRARY, warnings

PUT_ASIDE: Final = "There are damaged libraries in the folder that were put aside: {}."
HALF_DONE: Final = "The lock was changed and something kept it from being finished: unlocking the library finishes it."


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryStatus:
    """How things stand with a library. `form` and `head` are there only where it can be read without asking anybody.

    `size` is in bytes, with the log beside the file; `backup` is the newest one, whether it is sound or not.
    """

    folder: Path
    server: bool
    lock: LockStatus
    escrow_address: str
    size: int
    form: str
    head: Head | None
    backup: Path | None
    backup_made_at: datetime | None
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedAt:
    """One thing that was looked at, and what is wrong with it: nothing where it is as it was written."""

    what: str
    wrong: tuple[str, ...] = ()


def status(place: Location) -> LibraryStatus:
    """How things stand with a library, unlocked or not. Nothing is made, moved or brought up to date.

    Raises UserError where it cannot be read.
    """
    lock, own = locking.status(place), place.folder / LIBRARY
    is_file = not place.database_url and own.is_file() and own.stat().st_size > 0
    readable = is_file and (place.raw_key is not None or not lock.locked)
    copies = storage.backups.files(place.folder)
    return LibraryStatus(
        folder=place.folder,
        server=bool(place.database_url),
        lock=lock,
        escrow_address=library_keys.escrow_address(place.folder),
        size=sum(one.stat().st_size for one in (own, own.with_name(f"{LIBRARY}-wal")) if is_file and one.exists()),
        form=storage.checking.form(own, place.raw_key) if readable else "",
        head=storage.checking.head(own, place.raw_key) if readable else None,
        backup=copies[0] if copies else None,
        backup_made_at=storage.backups.made_at(copies[0]) if copies else None,
        notices=tuple(_notices(place, lock)),
    )


def check(
    place: Location, *, deep: bool = False, report: Callable[[str], None] = lambda _: None
) -> tuple[LookedAt, ...]:
    """Look at all of an unlocked library, and say what is wrong; `deep` at every page of each backup and pack too.

    `report` is told what is looked at next. Raises LockedError, and UserError where there is nothing to look at.
    """
    if place.database_url:
        raise UserError("This library is kept on a database server.", "Ask whoever runs it to check it.")
    if place.raw_key is None:
        locking.refuse_locked(place)
    own = place.folder / LIBRARY
    if not own.is_file():
        raise UserError(f"There is no library in {place.folder}.", "Check the folder, or start the program once.")
    looked = []
    with told(place.folder):
        for what, wrong in _checks(place, own, deep):
            report(what)
            looked.append(LookedAt(what=what, wrong=wrong()))
    return tuple(looked)


Check = tuple[str, Callable[[], tuple[str, ...]]]


def _checks(place: Location, own: Path, deep: bool) -> Iterator[Check]:
    key = place.raw_key
    yield "Every page of the library", lambda: _has_lock(own, key) or storage.checking.pages_wrong(own, key)
    yield "What belongs together in the library", lambda: _read(lambda: storage.checking.orphans(own, key))
    yield "The audit trail", lambda: _read(lambda: _trail_wrong(own, key))
    if key is not None:
        yield "The keys", lambda: _keys_wrong(place.folder, key)
        for path in locked_files.sealed(place.folder):
            name = path.relative_to(place.folder).as_posix()
            yield f"The sealed file {name}", partial(_sealed_wrong, path, key)
    for path in locked_files.databases(place.folder):
        if path != own and path.exists():
            name = path.relative_to(place.folder).as_posix()
            kind = "backup" if path.parent.name == BACKUPS else "pack"
            yield f"The {kind} {name}", partial(_copy_wrong, path, key, deep)


def _has_lock(path: Path, key: str | None) -> tuple[str, ...]:
    return () if storage.conversion.opens(path, key) else ("it does not open with the key of the library",)


def _read(look: Callable[[], tuple[str, ...]]) -> tuple[str, ...]:
    try:
        return look()
    except storage.errors.DamagedLibraryError:
        return ("it cannot be read",)


def _trail_wrong(own: Path, key: str | None) -> tuple[str, ...]:
    wrong = storage.checking.trail(own, key)[1]
    return () if wrong is None else (f"entry {wrong} is not as it was written, or is missing",)


def _keys_wrong(folder: Path, key: str) -> tuple[str, ...]:
    try:
        library_keys.seal_of(folder, key)
        library_keys.id_of(folder)
    except UserError as error:
        return (error.what_happened,)
    return () if library_keys.ways_in(folder).words else ("the recovery words are no way in",)


def _copy_wrong(path: Path, key: str | None, deep: bool) -> tuple[str, ...]:
    if not storage.conversion.opens(path, key):
        return ("it does not open",)
    if path.parent.name == BACKUPS and not storage.checking.reads(path, key):
        return ("its rehearsals cannot be read",)
    if not deep:
        return ()
    return storage.checking.pages_wrong(path, key) or _read(lambda: _trail_wrong(path, key))


def _sealed_wrong(path: Path, key: str) -> tuple[str, ...]:
    return () if sealed_files.is_sealed_with(path, key) else ("it is damaged, or has another lock",)


def _notices(place: Location, lock: LockStatus) -> Iterator[str]:
    own = place.folder / LIBRARY
    yield from warnings(place.folder)
    if place.database_url:
        yield storage.library.ON_SERVER
        return
    if not lock.locked:
        yield storage.library.NOT_ENCRYPTED
    elif own.is_file() and own.stat().st_size and storage.conversion.is_plain(own):
        yield HALF_DONE
    if aside := storage.folder.damaged_files(place.folder):
        yield PUT_ASIDE.format(", ".join(path.name for path in aside))
