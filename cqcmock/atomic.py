"""Files that are either the old one or the whole new one, whatever happens while they are written."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path


def write_atomically(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Replace the file at `path` by `content`, flushed to disk before and after the rename.

    Raises OSError when the folder cannot be written or the disk is full; the old file is then untouched
    and nothing else is left behind.
    """
    with written_aside(path, content, mode=mode):
        pass


@contextlib.contextmanager
def written_aside(path: Path, content: bytes, *, mode: int = 0o600, ending: str = "") -> Iterator[None]:
    """As `write_atomically`, with something done in between that must not be done unless the file has room.

    Inside the block all of it is on disk, under another name, which begins with a dot and the file's own name and ends
    with `ending`; leaving the block by an error takes it away again.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=ending)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
        yield
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows has no handle on a folder to flush
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
