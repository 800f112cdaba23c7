"""A sealed copy from a second place brought back, on this computer or on a new one: everything, or nothing.

It is written beside what is there, opened and looked through as a data folder of its own, and only then takes its
place. The library that was there is put aside, and gets the same lock if it had none.
"""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cqcmock import storage
from cqcmock.clock import Clock
from cqcmock.domain.audit import Deed, Kind
from cqcmock.domain.english import count, day, listed
from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.services import library_keys, locking, moving_in, pack_folders, sealed_backups
from cqcmock.services.library_keys import WrongWordsError
from cqcmock.services.sealed_backups import Manifest, Progress, SealedBackup
from cqcmock.storage.errors import told
from cqcmock.storage.folder import LIBRARY

if TYPE_CHECKING:
    from cqcmock.storage.promises import Promised

_SPARE: Final = 10_000_000
"""Bytes that are left free on the disk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """Where everything is, with its key; `put_aside` is the data folder of what was there before, if there was any.

    `left_open` is true where that has no lock, because only the words can put one on it.
    """

    place: Location
    manifest: Manifest
    put_aside: Path | None
    left_open: bool = False


def preview(file: Path, *, words: str = "", secret: str = "") -> Manifest:
    """What a sealed copy holds, by the six words however they were typed, or the council's secret key.

    Raises WrongWordsError, DamagedBackupError, and UserError for a file that cannot be read.
    """
    with _opened(file, words, secret) as backup:
        return backup.manifest


def in_words(manifest: Manifest) -> str:
    """What a sealed copy holds, in a sentence."""
    made = manifest.made_at.astimezone()
    held = [count(number, thing) for thing, number in manifest.holds.items() if number > 0]
    return f"It is of {day(made.date())}, {made:%H:%M}, and holds {listed(held) or 'nothing yet'}."


def restore(
    place: Location, file: Path, clock: Clock, *, words: str = "", secret: str = "", progress: Progress | None = None
) -> Restored:
    """Put everything of a sealed copy in the place of what is in the data folder. Nobody may have the library open.

    `words` are the six words however they were typed; where there are none, `secret` is the council's secret key.
    What is held in the library of now stays held, and what was deleted from it for good is deleted from the copy too,
    as far as it can be read: it was unlocked, or has no lock.
    Raises WrongWordsError, DamagedBackupError, and UserError otherwise: then everything is as it was.
    """
    if place.database_url:
        raise UserError("This library is kept on a database server.", "Give the folder of a library of your own.")
    moving_in.finish(place.folder)
    _check_alone(place)
    with _opened(file, words, secret) as backup:
        unfinished = moving_in.new_folder(place.folder)
        try:
            key = sealed_backups.library_key(backup.small(sealed_backups.KEY))
            _extract(backup, unfinished, progress)
            _check_keys(unfinished, key.key, words, secret)
            promised = storage.promises.made_in(place.folder / LIBRARY, place.raw_key)
            _look_through(Location(unfinished, raw_key=key.key), backup.manifest, promised, clock)
            _check_alone(place)
            aside = moving_in.move_in(place.folder, unfinished, clock.wall())
        except BaseException:
            moving_in.forget(unfinished)
            raise
        manifest = backup.manifest
    restored = Restored(place=replace(place, raw_key=key.key), manifest=manifest, put_aside=aside)
    return _with_a_lock(restored, words, clock)


@contextmanager
def _opened(file: Path, words: str, secret: str) -> Iterator[SealedBackup]:
    understood = library_keys.understood(words) if words or not secret else ""
    with sealed_backups.opened(file, words=understood, secret=secret) as backup:
        if backup.manifest.form not in storage.migrate.REVISIONS:
            raise UserError(
                f"“{file.name}” was made by a newer version of this program.", "Install the newest version first."
            )
        yield backup


def _check_alone(place: Location) -> None:
    """Raises LibraryBusyError where the library of now is open, as far as that can be told without its key."""
    path = place.folder / LIBRARY
    with told(place.folder):
        if path.exists() and storage.conversion.opens(path, place.raw_key):
            storage.conversion.check_alone(path, place.raw_key)


def _extract(backup: SealedBackup, folder: Path, progress: Progress | None) -> None:
    try:
        if shutil.disk_usage(folder).free < backup.size + _SPARE:
            raise OSError(errno.ENOSPC, "There is too little room on the disk")
        backup.extract(folder, progress)
    except OSError as error:
        raise UserError(
            f"The copy could not be written to {folder.parent}: {error.strerror or error}.",
            "Free some space, then try again. Nothing has changed.",
        ) from error


def _check_keys(folder: Path, raw_key: str, words: str, secret: str) -> None:
    """Raises DamagedBackupError where what opened the archive would not unlock the library in it."""
    try:
        key = library_keys.by_words(folder, library_keys.understood(words)) if words else None
        key = key or library_keys.by_escrow(folder, secret)
        library_keys.seal_of(folder, raw_key)
    except (WrongWordsError, UserError) as error:
        raise sealed_backups.DamagedBackupError(
            "The keys in this backup do not belong to it.", "Choose an older one."
        ) from error
    if key.key != raw_key:
        raise sealed_backups.DamagedBackupError("The keys in this backup do not belong to it.", "Choose an older one.")


def _look_through(place: Location, manifest: Manifest, promised: Promised, clock: Clock) -> None:
    """Open everything as it will be opened, and tell it in the trail, with what was promised before.

    Raises UserError for what is not whole.
    """
    library_file = place.folder / LIBRARY
    storage.folder.suspect(library_file)  # so that it is looked through, however large it is
    head = storage.backup_contents.head_of_file(library_file, place.raw_key)
    if (head.count, head.hash) != (manifest.entries, manifest.head):
        raise sealed_backups.DamagedBackupError("The library in this backup is damaged.", "Choose an older one.")
    for folder in pack_folders.folders(place):
        storage.folder.suspect(folder / LIBRARY)
        pack_folders.library_in(folder, place.raw_key).close()
    details: dict[str, str | int] = {
        "made": manifest.made_at.isoformat(),
        "rehearsals": manifest.holds.get("rehearsal", 0),
        "from a second place": 1,
    }
    with (
        closing(storage.library.open_library(place.folder, None, place.raw_key)) as library,
        library.writing() as work,
    ):
        storage.audit.add(work, clock.wall(), Deed.RESTORED, Kind.LIBRARY, details=details)
        storage.promises.keep(work, promised, clock.wall())
        work.commit()


def _with_a_lock(restored: Restored, words: str, clock: Clock) -> Restored:
    """What was put aside gets a lock with the same words, if it had none."""
    aside = restored.put_aside
    if aside is None or not (aside / LIBRARY).exists() or locking.is_locked(Location(aside)):
        return restored
    if not words:
        return replace(restored, left_open=True)
    try:
        locking.lock(Location(aside), words, clock, computer=False)
    except UserError:  # a damaged one cannot be locked
        return replace(restored, left_open=True)
    return restored
