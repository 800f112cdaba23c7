"""Copies of the library: made whole while it is in use, looked at after writing, and thinned by age."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cqcmock.domain.backups import Why
from cqcmock.errors import UserError
from cqcmock.storage import engine
from cqcmock.storage import folder as data_folder
from cqcmock.storage.errors import START_AGAIN, DamagedLibraryError, told
from cqcmock.storage.records import BackupInfo

if TYPE_CHECKING:
    from cqcmock.storage.library import Library

EVERY: Final = timedelta(minutes=30)
DAILY, WEEKLY, MONTHLY = 12, 10, 9
PAGES_AT_ONCE: Final = 1024
_PREFIX = "library-"
_UNFINISHED = ".unfinished"
_STAMP_LENGTH: Final = len("20261121-090000")
_one_at_a_time = threading.Lock()


@contextmanager
def while_none_is_made() -> Iterator[None]:
    """Time in which this program makes no copy: what is deleted and scrubbed from the copies comes back in none."""
    with _one_at_a_time:
        yield


def files(folder: Path) -> list[Path]:
    """The copies in the backups of a data folder by their names, newest first."""
    return sorted((folder / data_folder.BACKUPS).glob(f"{_PREFIX}*.sqlite"), key=_order, reverse=True)


def _order(path: Path) -> tuple[str, int, str]:
    """By the second, and in it by the number: one that has none was the first."""
    stamp = path.stem.removeprefix(_PREFIX)[:_STAMP_LENGTH]
    return stamp, _number_in_second(path), path.name


def _number_in_second(path: Path) -> int:
    last = path.stem.removeprefix(_PREFIX)[_STAMP_LENGTH:].rpartition("-")[2]
    return int(last) if last.isdecimal() else 1


def made_at(path: Path) -> datetime | None:
    """When a copy was made, as its name says in UTC; None for a file that somebody named otherwise."""
    stamp = path.stem.removeprefix(_PREFIX)[:_STAMP_LENGTH]
    try:
        return datetime.strptime(stamp, data_folder.STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def sound(folder: Path, raw_key: str | None = None) -> tuple[BackupInfo, ...]:
    """The copies that open and are whole, newest first."""
    found = []
    for path in files(folder):
        made = made_at(path)
        sittings = _verified(path, raw_key)
        if made is not None and sittings is not None:
            found.append(BackupInfo(path=path, made_at=made, sittings=sittings))
    return tuple(found)


def backup_if_due(library: Library, now: datetime | None = None) -> BackupInfo | None:
    """Make a copy if something was written since the last one and that is half an hour old; then thin them."""
    if library.path is None:
        return None
    moment = now or datetime.now(UTC)
    times = [made for made in map(made_at, files(library.folder)) if made is not None]
    if times and (moment - max(times) < EVERY or _last_written(library.path) <= max(times)):
        return None
    made = make(library, moment)
    thin(library.folder, moment)
    return made


def why(path: Path) -> Why:
    """Why a copy was made, as its name says."""
    words = path.stem.split("-")
    return next((one for one in Why if one and one.value in words), Why.BY_ITSELF)


def make(
    library: Library,
    now: datetime | None = None,
    report: Callable[[int, int], None] = lambda _done, _total: None,
    why: Why = Why.BY_ITSELF,
) -> BackupInfo:
    """Copy the library by SQLite's backup API, as it is at one moment, and look at the copy. Nobody waits for it.

    Any thread may make copies, one at a time, and the library is written to meanwhile. `report` is told again and
    again how many pages are copied, of how many; what it raises ends the copying, and leaves nothing behind. `why` it
    is made will stand in its name. Raises DamagedLibraryError if the copy is not whole (it is then not kept),
    StorageFullError and others.
    """
    if library.path is None:
        raise UserError("The copies of a database server are made on the server.", "Ask whoever runs it.")
    moment = now or datetime.now(UTC)
    with _one_at_a_time:
        return _make(library, library.path, moment, report, why)


def _make(library: Library, source: Path, moment: datetime, report: Callable[[int, int], None], why: Why) -> BackupInfo:
    path = _free_name(library.folder, moment, why)
    unfinished = path.with_suffix(_UNFINISHED)
    with told(library.folder):
        try:
            unfinished.unlink(missing_ok=True)
            data_folder.make_private_file(unfinished)
            expected = _copy(library, unfinished, report)
            if _verified(unfinished, library.raw_key) != expected:
                data_folder.suspect(source)
                raise DamagedLibraryError(
                    f"The copy of the library in “{library.folder}” is not whole.",
                    "Check the disk, and close the program and start it again.",
                    None,
                    (),
                )
            _finish(unfinished, path)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
    return BackupInfo(path=path, made_at=moment.replace(microsecond=0), sittings=expected)


def _free_name(folder: Path, moment: datetime, why: Why) -> Path:
    copies = folder / data_folder.BACKUPS
    data_folder.make_private(copies)
    begin = _PREFIX + moment.astimezone(UTC).strftime(data_folder.STAMP)
    taken = max(map(_number_in_second, copies.glob(f"{begin}*.sqlite")), default=0)
    return copies / f"{begin}{f'-{why}' if why else ''}{f'-{taken + 1}' if taken else ''}.sqlite"


def _finish(unfinished: Path, path: Path) -> None:
    _flush(unfinished)
    unfinished.replace(path)
    data_folder.flush(path.parent)


def _copy(library: Library, target_path: Path, report: Callable[[int, int], None]) -> int:
    """Copy what a reader sees, to the disk step by step: whoever saves meanwhile waits for one step at the most.

    A reader holds up no writer, and what is written while it reads is not for it. Its connection never checkpoints.
    """
    with library.reading() as session, target_path.open("r+b") as flushed:
        source: Any = session.connection().connection.driver_connection
        with closing(engine.connect(target_path, library.raw_key)) as target:

            def step_done(_status: int, left: int, total: int) -> None:
                os.fsync(flushed.fileno())
                report(total - left, total)

            sittings = source.execute("SELECT count(*) FROM sitting").fetchone()[0]  # from here on all is of one moment
            target.execute("pragma synchronous=off")  # an unfinished file is of no use, and a finished one is flushed
            source.backup(target, pages=PAGES_AT_ONCE, progress=step_done)
            if not _read_whole(source, library.raw_key):
                raise DamagedLibraryError(f"The library in “{library.folder}” is damaged.", START_AGAIN, None, ())
            target.execute("pragma journal_mode=delete").fetchall()  # one file, with nothing beside it
    return int(sittings)


def rescue(folder: Path, raw_key: str | None = None, now: datetime | None = None) -> BackupInfo | None:
    """Keep what a library gives whose log is damaged: the newest copy, of the last moment that is whole.

    Nobody may have it open; its own files are left as they are. None where it gives nothing whole. Raises
    StorageFullError and others.
    """
    moment = now or datetime.now(UTC)
    with told(folder), _one_at_a_time:
        path = _free_name(folder, moment, Why.REPAIR)
        unfinished = path.with_suffix(_UNFINISHED)
        try:
            for beside in ("", "-wal"):  # not the index of the log: it is made anew from what is still whole
                data_folder.make_private_file(copied := Path(f"{unfinished}{beside}"))
                with suppress(FileNotFoundError):
                    shutil.copyfile(folder / f"{data_folder.LIBRARY}{beside}", copied)
            sittings = _brought_together(unfinished, raw_key)
            if sittings is None:
                return None
            _finish(unfinished, path)
        finally:
            for beside in ("", *data_folder.SIDECARS):
                Path(f"{unfinished}{beside}").unlink(missing_ok=True)
    return BackupInfo(path=path, made_at=moment.replace(microsecond=0), sittings=sittings)


def _brought_together(path: Path, raw_key: str | None) -> int | None:
    """Bring what is whole of a log into its library file; the number of sittings in it, or None."""
    try:
        with closing(engine.connect(path, raw_key)) as connection:
            connection.execute("pragma journal_mode=delete").fetchall()
    except _driver_error():
        return None
    return _verified(path, raw_key)


def _verified(path: Path, raw_key: str | None) -> int | None:
    """The number of sittings in a copy, or None if it cannot be relied on."""
    try:
        connection = engine.connect(path, raw_key)
    except _driver_error():
        return None
    try:
        connection.execute("pragma query_only=on")
        if connection.execute("pragma integrity_check(1)").fetchone()[0] != "ok":
            return None
        if not _read_whole(connection, raw_key):
            return None
        return int(connection.execute("SELECT count(*) FROM sitting").fetchone()[0])
    except _driver_error():
        return None
    finally:
        connection.close()


def _read_whole(connection: Any, raw_key: str | None) -> bool:
    """Whether every page that was read was sound: the last one SQLCipher may give empty, and says so here alone."""
    return raw_key is None or connection.execute("pragma cipher_status").fetchone()[0] == "1"


def _driver_error() -> Any:
    return engine.driver().Error


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _last_written(library: Path) -> datetime:
    log = library.with_name(f"{library.name}-wal")
    newest = max(path.stat().st_mtime for path in (library, log) if path.exists())
    return datetime.fromtimestamp(newest, UTC)


def thin(folder: Path, now: datetime | None = None) -> None:
    """Delete the copies that are no longer needed, and what was begun a day ago and never finished."""
    dated = {path: made for path in files(folder) if (made := made_at(path)) is not None}
    moment = now or datetime.now(UTC)
    kept = to_keep(dated.values(), moment)
    with told(folder):
        for path, made in dated.items():
            if made not in kept:
                path.unlink(missing_ok=True)
        for path in (folder / data_folder.BACKUPS).glob(f"{_PREFIX}*{_UNFINISHED}*"):  # left by a kill
            if path.stat().st_mtime < moment.timestamp() - timedelta(days=1).total_seconds():
                path.unlink(missing_ok=True)


def to_keep(made: Iterable[datetime], now: datetime) -> frozenset[datetime]:
    """Which copies to keep: all of yesterday and since, then the newest of each of 12 days, 10 weeks and 9 months.

    Days, weeks and months in which nothing was copied do not count, so a long absence costs no copy.
    """
    yesterday = now.date() - timedelta(days=1)
    left = [DAILY, WEEKLY, MONTHLY]
    kept: set[datetime] = set()
    previous: datetime | None = None
    for moment in sorted(made, reverse=True):
        if moment.date() >= yesterday:
            kept.add(moment)
            continue
        tier = next((tier for tier, number in enumerate(left) if number), None)
        if tier is None:
            break
        period = _PERIODS[tier]
        if previous is None or period(moment) != period(previous):
            kept.add(moment)
            left[tier] -= 1
            previous = moment
    return frozenset(kept)


_PERIODS: Final[tuple[Callable[[datetime], tuple[int, ...]], ...]] = (
    lambda moment: (moment.toordinal(),),
    lambda moment: moment.isocalendar()[:2],
    lambda moment: (moment.year, moment.month),
)


def restore(folder: Path, backup: BackupInfo, raw_key: str | None = None) -> None:
    """Put a copy in the place of the library, which is kept aside. No library may be open in the folder.

    Raises DamagedLibraryError if the copy is not whole; the library is then where it was.
    """
    path = folder / data_folder.LIBRARY
    fresh = folder / f"{data_folder.LIBRARY}.restored"
    with told(folder):
        try:
            fresh.unlink(missing_ok=True)
            data_folder.make_private_file(fresh)
            shutil.copyfile(backup.path, fresh)
            if _verified(fresh, raw_key) is None:
                raise DamagedLibraryError(
                    f"The copy “{backup.path.name}” is damaged.", "Choose another copy.", None, sound(folder, raw_key)
                )
            _flush(fresh)
            data_folder.keep_aside(path, "replaced")
            fresh.replace(path)
            data_folder.flush(folder)
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise
