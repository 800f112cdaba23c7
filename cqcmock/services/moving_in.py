"""A whole data folder that takes the place of another one, in one deed: all of it, or nothing of it.

It is made inside the other one, looked through, and on the disk before it gets the name that says so. From then on it
counts: whatever a kill or a power cut leaves undone is done when the data folder is looked at the next time. What was
there before lies in a folder of its own, which is a data folder too.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from cqcmock import storage
from cqcmock.errors import UserError
from cqcmock.services.one_at_a_time import alone_with
from cqcmock.storage.folder import BACKUPS, STAMP, make_private

_UNFINISHED, _READY, _MOVING = "restored.unfinished", "restored.ready-", "restored.moving-"
ASIDE: Final = "replaced-"
"""Before the stamp in the name of the folder in which lies what was there before."""

_KEYS: Final = ("keys", "keys.next", "keys.before", "keys.gone")
_OURS: Final = (BACKUPS, "review", "settings.toml", "second-place.json", *_KEYS)
_LIBRARY_KIND: Final = "library."


def new_folder(folder: Path) -> Path:
    """An empty folder inside a data folder, for what is to take its place. Raises a LibraryError."""
    make_private(folder)
    unfinished = folder / _UNFINISHED
    forget(unfinished)
    make_private(unfinished)
    return unfinished


def forget(unfinished: Path) -> None:
    """Delete what did not come to an end."""
    shutil.rmtree(unfinished, ignore_errors=True)


def move_in(folder: Path, unfinished: Path, at: datetime) -> Path | None:
    """Put what was made in `new_folder` in the place of the data folder, and return where that was put aside.

    None where there was nothing. Raises UserError: then everything is as it was.
    """
    stamp = _free_stamp(folder, at)
    try:
        _flush_all(unfinished)
        ready = unfinished.rename(folder / f"{_READY}{stamp}")
        storage.folder.flush(folder)
    except OSError as error:
        raise _refused(folder, error) from error
    _finish(folder, ready)
    aside = folder / f"{ASIDE}{stamp}"
    return aside if aside.exists() else None


def finish(folder: Path) -> None:
    """Finish what was cut short. Costs a look at the names in a folder. Raises UserError where it cannot be yet."""
    with suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder) as there:
        left = [one.name for one in there if one.name.startswith((_READY, _MOVING))]
        for name in sorted(left):
            _finish(folder, folder / name)


def _finish(folder: Path, ready: Path) -> None:
    with alone_with(folder):
        if ready.name.startswith(_READY) and ready.exists():
            aside = folder / ready.name.replace(_READY, ASIDE)
            _put_aside(folder, ready, aside)
            ready = ready.rename(folder / ready.name.replace(_READY, _MOVING))
            storage.folder.flush(folder)
        if ready.exists():
            _take_places(folder, ready)


def _put_aside(folder: Path, ready: Path, aside: Path) -> None:
    """Raises UserError, where something is in use: then everything is where it was."""
    moved: list[Path] = []
    try:
        for path in sorted(folder.iterdir()):
            if path.name in _OURS or path.name.startswith(_LIBRARY_KIND):
                aside.mkdir(mode=0o700, exist_ok=True)
                path.rename(aside / path.name)
                moved.append(path)
        if aside.exists():
            storage.folder.flush(aside)
        storage.folder.flush(folder)
    except OSError as error:
        for path in reversed(moved):
            (aside / path.name).rename(path)
        with suppress(OSError):
            aside.rmdir()
        ready.rename(folder / _UNFINISHED)
        raise _refused(folder, error) from error


def _take_places(folder: Path, moving: Path) -> None:
    try:
        for path in sorted(moving.iterdir()):
            path.rename(folder / path.name)
        storage.folder.flush(folder)
        moving.rmdir()
    except OSError as error:
        raise UserError(
            f"What was restored could not be put in its place in {folder} yet: {error.strerror or error}.",
            "Close other programs and start this one again: it will go on from here.",
        ) from error


def _free_stamp(folder: Path, at: datetime) -> str:
    stamp = free = at.strftime(STAMP)
    number = 2
    while any((folder / f"{begin}{free}").exists() for begin in (_READY, _MOVING, ASIDE)):
        free = f"{stamp}-{number}"
        number += 1
    return free


def _flush_all(folder: Path) -> None:
    for root, _folders, files in os.walk(folder):
        for name in files:
            handle = os.open(Path(root, name), os.O_RDWR)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        storage.folder.flush(Path(root))


def _refused(folder: Path, error: OSError) -> UserError:
    return UserError(
        f"The library in {folder} could not be replaced: {error.strerror or error}.",
        "Close what else may have it open, then try again. Nothing has changed.",
    )
