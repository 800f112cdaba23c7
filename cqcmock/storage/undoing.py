"""Taking edits back: which one can be, and what that is called."""

from __future__ import annotations

from collections.abc import Iterable

UNDONE = "Undone: "


def undone(what: str) -> str:
    """What taking back an edit is called; taking that back has the first name again."""
    return what.removeprefix(UNDONE) if what.startswith(UNDONE) else f"{UNDONE}{what}"


def stands_on_top(number: int, edits: Iterable[tuple[int, int | None]]) -> bool:
    """Whether nothing that still holds came after this edit, so that it can be taken back.

    `edits` are the numbers of edits, the latest first, each with the number of the edit that it takes back, if any.
    """
    gone: set[int] = set()
    for position, (made, undoes) in enumerate(edits):
        if made == number:
            return position == 0 or number not in gone
        if made in gone:
            continue
        if undoes is None:
            return False
        gone.update((made, undoes))
    return False
