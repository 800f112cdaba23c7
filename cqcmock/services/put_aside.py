"""The libraries that were put aside when a backup took their place: the way back from restoring."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cqcmock import storage
from cqcmock.clock import Clock
from cqcmock.domain.backups import Why, difference
from cqcmock.paths import Location
from cqcmock.services import backups
from cqcmock.services.backups import Backup, BackupInfo, Preview, Thing
from cqcmock.storage.folder import STAMP

if TYPE_CHECKING:
    from cqcmock.storage.library import Library

_BEGINS: Final = "library.replaced-"
_STAMP_LENGTH: Final = len("20261121-090000")


def listed(place: Location) -> tuple[Backup, ...]:
    """Those in a data folder, the one that was put aside last first. `made_at` is when it was put aside."""
    if place.database_url:
        return ()
    found = [one for path in _files(place.folder) if (one := _put_aside(path, place.raw_key))]
    return tuple(sorted(found, key=lambda one: (one.info.made_at, one.name), reverse=True))


def preview(place: Location, aside: BackupInfo, library: Library | None = None) -> Preview | None:
    """What bringing one back would do; `library` is the one of now, where one is open. None where it is gone."""
    seen = _put_aside(aside.path, place.raw_key)
    if seen is None:
        return None
    now = storage.backup_contents.of_library(library) if library is not None else None
    return Preview(backup=seen, difference=difference(now, seen.inside) if now and seen.inside else None)


def restore(place: Location, backup: BackupInfo, clock: Clock | None = None) -> BackupInfo | None:
    """Put a backup, or what was put aside, in the library's place, and return what was there: None for nothing.

    Nobody may have the library open. Raises UserError: then nothing has changed.
    """
    before = set(_files(place.folder))
    backups.restore_backup(place, backup, clock)
    aside = [path for path in _files(place.folder) if path not in before]
    made = _put_aside(aside[0], place.raw_key) if aside else None
    return made.info if made else None


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"{_BEGINS}*.sqlite"))


def _put_aside(path: Path, raw_key: str | None) -> Backup | None:
    try:
        stamp = path.name.removeprefix(_BEGINS)[:_STAMP_LENGTH]
        at = datetime.strptime(stamp, STAMP).replace(tzinfo=UTC)
        size = path.stat().st_size
    except (ValueError, FileNotFoundError):
        return None
    inside = storage.backup_contents.of_file(path, raw_key)
    info = BackupInfo(path=path, made_at=at, sittings=inside.number(Thing.REHEARSAL) if inside else 0)
    return Backup(info=info, why=Why.BY_ITSELF, size=size, inside=inside)
