"""What several checks look at in the folder that a power cut left."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cqcmock.errors import UserError
from cqcmock.storage import engine, library
from cqcmock.storage.folder import LIBRARY
from tests.power_cuts.deed import CorruptError

if TYPE_CHECKING:
    from cqcmock.storage.library import Library


def check_sound(path: Path, raw_key: str | None = None) -> None:
    """Have SQLite look through the whole of a library's file, indexes and full-text search included."""
    with closing(engine.connect(path, raw_key)) as connection:
        found = [row[0] for row in connection.execute("pragma integrity_check")]
        broken = connection.execute("pragma foreign_key_check").fetchall()
    if found != ["ok"] or broken:
        raise CorruptError(f"{path.name}: {found} {broken}")


@contextmanager
def opened(folder: Path, raw_key: str | None = None) -> Iterator[Library]:
    """The library that the cut left, opened as the program opens it, and found sound."""
    try:
        there = library.open_library(folder, raw_key=raw_key)
    except UserError as error:
        raise CorruptError(f"it does not open: {error}") from error
    with there:
        yield there
    check_sound(folder / LIBRARY, raw_key)
