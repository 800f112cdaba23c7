"""One program at a time puts a lock on a data folder, changes it, takes it off, or finishes what was cut short.

The second one would otherwise take the half-written files of the first for what a power cut left behind. The turn ends
with the program that has it, however it ends.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from cqcmock.storage.errors import LibraryBusyError, told

PATIENCE_SECONDS: Final = 5.0
_LOOK_AGAIN_SECONDS: Final = 0.02
_FILE: Final = "keys.turn"


@contextmanager
def alone_with(folder: Path) -> Iterator[None]:
    """Nobody else is in such a block with the same data folder. Raises LibraryBusyError where they do not finish."""
    with told(folder):
        handle = _opened(folder)
    try:
        end = time.monotonic() + PATIENCE_SECONDS
        while not _taken(handle):
            if time.monotonic() > end:
                raise LibraryBusyError(
                    "Another program is at work on the lock of this library.",
                    "Wait until it has finished, then try again.",
                )
            time.sleep(_LOOK_AGAIN_SECONDS)
        yield
    finally:
        os.close(handle)


def _opened(folder: Path) -> int:
    if sys.platform == "win32":  # it has no handle on a folder
        return os.open(folder / _FILE, os.O_CREAT | os.O_RDWR, 0o600)
    return os.open(folder, os.O_RDONLY)


def _taken(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:  # a file system without such locks: there is nobody to wait for
        return True
    return True
