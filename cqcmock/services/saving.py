"""Files that a person asked for, written whole or not at all."""

from __future__ import annotations

from pathlib import Path

from cqcmock.atomic import write_atomically
from cqcmock.errors import UserError

SHARED, PRIVATE = 0o644, 0o600
"""Who may read a file: everybody on the computer, or only the person."""


def save(path: Path, content: bytes, what: str, *, mode: int = PRIVATE) -> None:
    """Write a finished file; `what` is its name in a sentence, such as "The report".

    Raises UserError where the folder cannot be written or the disk is full; what was there before then stays.
    """
    try:
        write_atomically(path, content, mode=mode)
    except OSError as error:
        raise UserError(
            f"{what} could not be written to {path}: {error.strerror or error}.",
            "Choose another folder, or free some space. Nothing in the library has changed.",
        ) from error
