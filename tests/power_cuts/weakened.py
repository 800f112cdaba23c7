"""The program made worse on purpose, in ways that the harness must notice: one that cannot fail shows nothing."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Final

from cqcmock.services import copies, merging
from cqcmock.storage import engine, folder, left_log


def _with_pragmas(**instead: str) -> None:
    pragmas = dict(pragma.split("=") for pragma in engine._PRAGMAS)
    assert pragmas.keys() >= instead.keys()
    changed = tuple(f"{name}={value}" for name, value in (pragmas | instead).items())
    engine._PRAGMAS = changed  # type: ignore[assignment]


def flushes_now_and_then() -> None:
    """What most advice for SQLite says: the log is flushed only when it is moved into the library."""
    _with_pragmas(synchronous="normal")


def has_no_journal() -> None:
    """Nothing says how a page was before it was written over."""
    _with_pragmas(journal_mode="off", synchronous="off")


def forgets_to_flush() -> None:
    """Python's own files are written and renamed, and never flushed."""
    os.fsync = lambda fd: None


def merges_one_by_one() -> None:
    """Files that are merged together are not kept together."""
    together = merging.take_in
    merging.take_in = lambda library, files: [together(library, [file]) for file in files][-1]


def moves_the_library_away() -> None:
    """Before a copy is brought back, the library goes from its place: for a moment there is none."""
    folder.keep_aside = folder.put_aside


def does_not_tell_which_log_it_empties() -> None:
    """Whoever sees an old index beside an empty log takes what it tells of for lost."""
    left_log._tell_which = lambda connection, library: None


def deletes_in_the_library_alone() -> None:
    """What is deleted for good stays in the backups."""
    copies.clean = lambda *given: copies.Cleaned()


WAYS: Final[dict[str, Callable[[], None]]] = {
    way.__name__: way
    for way in (
        flushes_now_and_then,
        has_no_journal,
        forgets_to_flush,
        merges_one_by_one,
        moves_the_library_away,
        does_not_tell_which_log_it_empties,
        deletes_in_the_library_alone,
    )
}
