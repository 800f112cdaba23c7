"""Files beside the library that have its lock: sealed where it is locked, in the clear where it is not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from cqcmock import storage
from cqcmock.errors import UserError
from cqcmock.services import library_keys, saving

if TYPE_CHECKING:
    from cqcmock.review.passphrases import Seal

SEALED: Final = ".age"
"""After the name of a file that is sealed."""


def read(raw_key: str | None, path: Path) -> bytes:
    """What stands in a file, sealed or not. Raises FileNotFoundError, OSError, and UserError for a damaged one."""
    if raw_key is not None and (sealed := path.with_name(path.name + SEALED)).exists():
        return opened(sealed, raw_key)
    return path.read_bytes()


def write(folder: Path, raw_key: str | None, path: Path, content: bytes, what: str = "") -> None:
    """Write a file of the data folder `folder` as its lock wants it, and leave none of the other kind behind.

    `what` is its name in a sentence, as for `saving.save`.
    Raises UserError where it cannot be written; what was there before is then there still.
    """
    if raw_key is not None:
        write_sealed(library_keys.seal_of(folder, raw_key), path, content, what)
        return
    saving.save(path, content, what or path.name)
    path.with_name(path.name + SEALED).unlink(missing_ok=True)


def write_sealed(seal: Seal, path: Path, content: bytes, what: str = "") -> None:
    """Write a file with the lock of this seal, and leave no other behind. Raises UserError as `write`."""
    from cqcmock.review import passphrases

    saving.save(path.with_name(path.name + SEALED), passphrases.sealed_with(seal, content), what or path.name)
    if path.exists():
        storage.conversion.erase_file(path)
        storage.folder.flush(path.parent)


def opened(path: Path, raw_key: str) -> bytes:
    """What stands in a sealed file. Raises OSError, and UserError for one that is damaged or has another lock."""
    from cqcmock.review import passphrases

    try:
        return passphrases.opened_with(library_keys.file_key(raw_key), path.read_bytes())
    except passphrases.DamagedError as error:
        raise UserError(f"The file {path} is damaged, or has another lock.", "Put it back from a copy.") from error


def is_sealed_with(path: Path, raw_key: str) -> bool:
    """Whether a sealed file opens with this key. Raises OSError."""
    try:
        opened(path, raw_key)
    except UserError:
        return False
    return True
