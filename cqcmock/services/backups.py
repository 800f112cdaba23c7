"""Backups of the library: made in time and before whatever changes much, looked into, and put in its place.

Why one was made stands in its name and in the audit trail. Nobody opens or checks thirty of them to see a list: what
a list shows is counted, and the one that is chosen is looked through before it takes the library's place.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cqcmock import storage
from cqcmock.clock import Clock, system_clock
from cqcmock.domain.audit import Deed, Kind
from cqcmock.domain.backups import WHY as WHY
from cqcmock.domain.backups import Difference as Difference
from cqcmock.domain.backups import Inside as Inside
from cqcmock.domain.backups import Thing as Thing
from cqcmock.domain.backups import Why as Why
from cqcmock.domain.backups import difference
from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.storage.errors import DamagedLibraryError
from cqcmock.storage.folder import LIBRARY
from cqcmock.storage.records import BackupInfo as BackupInfo

if TYPE_CHECKING:
    from cqcmock.storage.library import Library

Progress = Callable[[int, int], None]
"""Told how many pages of how many are copied; what it raises ends the copying."""

ASIDE: Final = "The library of now is not deleted: it is put aside in the data folder, and is a backup too."


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What a list shows of a backup; `inside` is None for one that cannot be read with the library's key."""

    info: BackupInfo
    why: Why
    size: int
    inside: Inside | None

    @property
    def name(self) -> str:
        """The name of its file."""
        return self.info.path.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What restoring a backup would do; `difference` is None where there is no library of now to compare it with."""

    backup: Backup
    difference: Difference | None

    def in_words(self) -> tuple[str, ...]:
        """What it holds and what would change, in sentences."""
        inside = self.backup.inside
        holds = f"It holds {inside.in_words()}." if inside else "It cannot be read."
        return (holds, *(self.difference.in_words() if self.difference else ()), ASIDE)


def listed(place: Location) -> tuple[Backup, ...]:
    """Every backup of a data folder, the newest first, with what is in it; whether it is whole is not looked at.

    None for a library on a server, which makes its own.
    """
    if place.database_url:
        return ()
    found = [one for path in storage.backups.files(place.folder) if (one := _backup(path, place.raw_key))]
    return tuple(sorted(found, key=lambda one: (one.info.made_at, one.info.path.stat().st_mtime_ns), reverse=True))


def _backup(path: Path, raw_key: str | None) -> Backup | None:
    made_at = storage.backups.made_at(path)
    if made_at is None:
        return None
    try:
        size = path.stat().st_size
    except FileNotFoundError:  # thinned out meanwhile
        return None
    inside = storage.backup_contents.of_file(path, raw_key)
    return Backup(
        info=BackupInfo(path=path, made_at=made_at, sittings=inside.number(Thing.REHEARSAL) if inside else 0),
        why=storage.backups.why(path),
        size=size,
        inside=inside,
    )


def named(place: Location, name: str) -> Backup:
    """The backup with this file name, with or without its folder and its ending. Raises UserError naming the newest."""
    wanted = Path(name).name.removesuffix(".sqlite")
    found = listed(place)
    for one in found:
        if one.info.path.stem == wanted:
            return one
    raise UserError(
        f"There is no backup “{name}”.",
        f"The newest is {found[0].name}." if found else "No backup has been made yet.",
    )


def preview(place: Location, backup: BackupInfo, library: Library | None = None) -> Preview:
    """What restoring a backup would do; `library` is the one of now, where one is open. Raises UserError."""
    seen = _backup(backup.path, place.raw_key)
    if seen is None or seen.inside is None:
        raise DamagedLibraryError(
            f"The backup “{backup.path.name}” cannot be read.", "Choose another backup.", None, ()
        )
    return Preview(backup=seen, difference=_difference(place, seen.inside, library))


def _difference(place: Location, then: Inside, library: Library | None) -> Difference | None:
    if library is not None:
        return difference(storage.backup_contents.of_library(library), then)
    now = storage.backup_contents.of_file(place.folder / LIBRARY, place.raw_key)
    return difference(now, then) if now else None


def backups(place: Location) -> tuple[BackupInfo, ...]:
    """The backups that are whole, the newest first: each is looked through, which takes a while."""
    if place.database_url:
        return ()
    return storage.backups.sound(place.folder, place.raw_key)


def restore_backup(place: Location, backup: BackupInfo, clock: Clock | None = None) -> None:
    """Put a backup in the library's place, which nobody may have open; what was there is put aside.

    It is looked through before. Raises UserError: then nothing has changed.
    """
    _not_on_a_server(place)
    seen = storage.backup_contents.of_file(backup.path, place.raw_key)
    if seen is not None and seen.form not in storage.migrate.REVISIONS:
        raise UserError(
            f"The backup “{backup.path.name}” was made by a newer version of this program.",
            "Install the newest version, then restore it. Nothing has changed.",
        )
    before = storage.backup_contents.head_of_file(place.folder / LIBRARY, place.raw_key)
    promised = storage.promises.made_in(place.folder / LIBRARY, place.raw_key)
    storage.backups.restore(place.folder, backup, place.raw_key)
    details: dict[str, str | int] = {
        "made": backup.made_at.isoformat(),
        "rehearsals": seen.number(Thing.REHEARSAL) if seen else backup.sittings,
        "entries put aside": before.count,
        "head put aside": before.short,
    }
    with (
        closing(storage.library.open_library(place.folder, None, place.raw_key)) as library,
        library.writing() as work,
    ):
        now = (clock or system_clock()).wall()
        storage.audit.add(work, now, Deed.RESTORED, Kind.LIBRARY, details=details)
        storage.promises.keep(work, promised, now)
        work.commit()


def _not_on_a_server(place: Location) -> None:
    if place.database_url:
        raise UserError("This library is kept on a database server.", "Ask whoever runs the server.")


def back_up_if_due(library: Library, clock: Clock | None = None, progress: Progress | None = None) -> BackupInfo | None:
    """Make a backup if something changed since the last one and that is half an hour old; then thin them."""
    clock = clock or system_clock()
    newest = _newest(library)
    fresh = newest is not None and timedelta(0) <= clock.wall() - newest[1] < storage.backups.EVERY
    if library.path is None or fresh or not _changed_since(library, newest):
        return None
    return _made(library, Why.BY_ITSELF, clock, progress)


def back_up_now(library: Library, clock: Clock | None = None, progress: Progress | None = None) -> BackupInfo:
    """Make a backup because somebody asked for it. Raises UserError where that cannot be."""
    return _made(library, Why.ASKED, clock or system_clock(), progress)


def back_up_before(library: Library, why: Why, clock: Clock | None = None) -> BackupInfo | None:
    """Make a backup before something that changes much, unless nothing was written since the last one.

    Raises UserError where it cannot be made: what was to follow is then not to be done. A server makes its own.
    """
    if library.path is None:
        return None
    if not _changed_since(library, _newest(library)):
        return None
    return _made(library, why, clock or system_clock())


def back_up_before_lock(place: Location, clock: Clock) -> None:
    """As `back_up_before`, for a library that nobody has open; the lock is put on this backup as on all others.

    A damaged library has no backup made of it, and is left where it is: the deed that follows says so. The entry in the
    trail is that of the deed.
    """
    path = place.folder / LIBRARY
    if not path.exists():
        return
    engines = storage.engine.write_engine(path, place.raw_key), storage.engine.read_engine(path, place.raw_key)
    library = storage.library.Library(
        folder=place.folder, path=path, url=None, write=engines[0], read=engines[1], raw_key=place.raw_key
    )
    with closing(library), suppress(DamagedLibraryError):
        if _changed_since(library, _newest(library)):
            _copied(library, Why.LOCK, clock)


def _newest(library: Library) -> tuple[Path, datetime] | None:
    dated = ((path, storage.backups.made_at(path)) for path in storage.backups.files(library.folder))
    found = [(path, at) for path, at in dated if at is not None]
    return max(found, key=lambda one: (one[1], one[0].stat().st_mtime_ns), default=None)


def _made(library: Library, why: Why, clock: Clock, progress: Progress | None = None) -> BackupInfo:
    """A backup, told in the trail. It bears the time at which the library was written that it is a copy of.

    The entry in the trail is no change that would call for another backup.
    """
    made, copied = _copied(library, why, clock, progress)
    details: dict[str, str | int] = {"bytes": made.path.stat().st_size, "rehearsals": made.sittings}
    with library.writing() as work:
        unchanged = _state(library) == copied
        storage.audit.add(work, clock.wall(), Deed.BACKED_UP, Kind.LIBRARY, why=WHY[why], details=details)
        work.commit()
    if unchanged:
        _stamp(made, _state(library))
    storage.backups.thin(library.folder, clock.wall())
    return made


def _copied(library: Library, why: Why, clock: Clock, progress: Progress | None = None) -> tuple[BackupInfo, int]:
    """A backup under the name that says why, and when the library was written that it is a copy of."""
    if library.path is None:
        raise UserError("The copies of a database server are made on the server.", "Ask whoever runs it.")
    copied = _state(library)
    made = storage.backups.make(library, clock.wall(), progress or _nobody, why)
    _stamp(made, copied)
    return made, copied


def _nobody(_done: int, _total: int) -> None:
    return


def _stamp(made: BackupInfo, state: int) -> None:
    with suppress(OSError):
        os.utime(made.path, ns=(state, state))


def _changed_since(library: Library, newest: tuple[Path, datetime] | None) -> bool:
    """Whether the library was written to since this backup of it was made."""
    return newest is None or _state(library) != newest[0].stat().st_mtime_ns


def _state(library: Library) -> int:
    """When the file of a library, or its log, was last written, in nanoseconds."""
    path = library.folder / LIBRARY
    return max(one.stat().st_mtime_ns for one in (path, path.with_name(f"{path.name}-wal")) if one.exists())
