"""The library: opened, kept in step with the shipped banks, backed up, and put right when it is damaged."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from cqcmock import storage
from cqcmock.banks.checking import FileError
from cqcmock.banks.checking import Problem as Problem
from cqcmock.errors import UserError
from cqcmock.paths import Location, question_banks_folder
from cqcmock.services import locking
from cqcmock.services.backups import back_up_if_due as back_up_if_due
from cqcmock.services.backups import back_up_now as back_up_now
from cqcmock.services.backups import backups as backups
from cqcmock.services.backups import restore_backup as restore_backup
from cqcmock.storage.errors import DamagedLibraryError as DamagedLibraryError
from cqcmock.storage.records import BackupInfo as BackupInfo

if TYPE_CHECKING:
    from cqcmock.storage.library import Library as Library


SHIPPED = "shipped"


def open_library(place: Location) -> Library:
    """Open the library, making one where there is none; a damaged file is put aside first.

    One that is locked has to be unlocked before: see `services.locking`. Raises DamagedLibraryError with the good
    backups there are, LockedError, or another UserError with what to do.
    """
    if place.raw_key is None and not place.database_url:
        locking.refuse_locked(place)
    return storage.library.open_library(place.folder, place.database_url, place.raw_key)


def look_through(library: Library) -> None:
    """Look for damage in a library that was too large for it while somebody waited for it to open.

    Raises DamagedLibraryError: open it again, which moves the damaged file aside and names the good backups.
    """
    library.look_through()


def start_afresh(place: Location) -> None:
    """Make an empty library after a damaged one was put aside."""
    if place.database_url:
        raise UserError("This library is kept on a database server.", "Ask whoever runs the server.")
    storage.library.start_afresh(place.folder, place.raw_key)


def sync_shipped_banks(library: Library) -> tuple[Problem, ...]:
    """Read those shipped banks into the library whose files changed; returns the mistakes of files left out.

    A file that is as it was costs one hash and is not parsed.
    """
    return sync_banks(library, question_banks_folder())


def sync_banks(library: Library, folder: Path) -> tuple[Problem, ...]:
    """Read the banks of one folder into the library, as far as they changed."""
    with library.reading() as session:
        known = storage.banks.hashes(session)
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.toml")):
        content = path.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        if known.get(path.stem) == digest:
            continue
        from cqcmock.banks.toml import parse_bank  # at most starts no bank has changed
        from cqcmock.services.shipped import framework_words

        try:
            bank = parse_bank(content.decode("utf-8-sig", "replace"), path.name, framework_words())
        except FileError as error:
            problems.extend(error.problems)
            continue
        with library.writing() as work:
            storage.banks.put_bank(work, bank, digest, SHIPPED)
            work.commit()
    return tuple(problems)
