"""Which edit can be taken back: the latest, or the latest of those that were not taken back themselves."""

from __future__ import annotations

from collections.abc import Iterable


def stands_on_top(number: int, edits: Iterable[tuple[int, int | None]]) -> bool:
    """Whether nothing that still holds came after this edit.

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
