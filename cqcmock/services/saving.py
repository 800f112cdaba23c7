"""Files that a person asked for, written whole or not at all."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from cqcmock.atomic import written_aside
from cqcmock.errors import UserError

SHARED, PRIVATE = 0o644, 0o600
"""Who may read a file: everybody on the computer, or only the person."""

UNFINISHED: Final = ".cqcmock"
"""The end of the name of a file that is being written: what a kill leaves behind is known by it as ours."""

_being_written: list[Path] = []


def save(path: Path, content: bytes, what: str, *, mode: int = PRIVATE) -> None:
    """Write a finished file; `what` is its name in a sentence, such as "The report".

    Raises UserError where the folder cannot be written or the disk is full; what was there before then stays.
    """
    with saved_after(path, content, what, mode=mode):
        pass


@contextmanager
def saved_after(path: Path, content: bytes, what: str, *, mode: int = PRIVATE) -> Iterator[None]:
    """As `save`, with something done in the block once the file has its room on the disk, but before it is there."""
    target = path.absolute()
    _check_is_a_file(path, what)
    if target not in _being_written:
        _clear_away(target)
    _being_written.append(target)
    try:
        with written_aside(path, content, mode=mode, ending=UNFINISHED):
            yield
    except OSError as error:
        raise UserError(
            f"{what} could not be written to {path}: {error.strerror or error}.",
            "Choose another folder, or free some space. Nothing in the library has changed.",
        ) from error
    finally:
        _being_written.remove(target)


def _check_is_a_file(path: Path, what: str) -> None:
    """Raises UserError for what a file would take the place of and must not: a folder, or a device of the system."""
    try:
        in_the_way = path.exists() and not path.is_file()
    except OSError:  # it is told when it cannot be written
        return
    if in_the_way:
        kind = "that is a folder" if path.is_dir() else "that is not a file"
        raise UserError(
            f"{what} could not be written to {path}: {kind}.", "Give the name of a file. Nothing has changed."
        )


def _clear_away(target: Path) -> None:
    """Delete what a kill left behind while this file was written, and nothing of anybody else's.

    Names are compared as they are, for they may hold what means something in a pattern. What cannot be deleted stays:
    it is no obstacle.
    """
    ours = re.compile(re.escape(f".{target.name}.") + "[a-z0-9_]{8}" + re.escape(UNFINISHED))
    with suppress(OSError), os.scandir(target.parent) as there:
        for one in there:
            if ours.fullmatch(one.name) and one.is_file(follow_symlinks=False):
                with suppress(OSError):
                    Path(one.path).unlink()
