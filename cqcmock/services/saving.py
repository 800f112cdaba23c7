"""Files that a person asked for, written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cqcmock.atomic import written_aside
from cqcmock.errors import UserError

SHARED, PRIVATE = 0o644, 0o600
"""Who may read a file: everybody on the computer, or only the person."""


def save(path: Path, content: bytes, what: str, *, mode: int = PRIVATE) -> None:
    """Write a finished file; `what` is its name in a sentence, such as "The report".

    Raises UserError where the folder cannot be written or the disk is full; what was there before then stays.
    """
    with saved_after(path, content, what, mode=mode):
        pass


@contextmanager
def saved_after(path: Path, content: bytes, what: str, *, mode: int = PRIVATE) -> Iterator[None]:
    """As `save`, with something done in the block once the file has its room on the disk, but before it is there."""
    try:
        with written_aside(path, content, mode=mode):
            yield
    except OSError as error:
        raise UserError(
            f"{what} could not be written to {path}: {error.strerror or error}.",
            "Choose another folder, or free some space. Nothing in the library has changed.",
        ) from error
