"""What is done to questions and banks; each of it can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ui import undo
from ui.app_signals import Subject, change

if TYPE_CHECKING:
    from cqcmock.services.bank_editing import Deed
    from ui.desk import Desk


def do(desk: Desk, work: Callable[[], Deed], said: str) -> None:
    """Do a deed in the database lane, tell everybody, and offer to take it back."""
    desk.tasks.database(work, then=lambda deed: did(desk, deed, said))


def did(desk: Desk, deed: Deed, said: str) -> None:
    """A deed was done: tell everybody, and offer to take it back."""

    def take_back() -> str:
        from cqcmock.services import bank_editing

        return f"{bank_editing.undo(desk.library, deed, desk.clock).what}."

    undo.did(desk, change(Subject.BANKS), said, take_back)


def retiring(desk: Desk, keys: Sequence[tuple[str, str]]) -> Callable[[], Deed]:
    """The work of asking these questions no more; with the id "" a whole bank."""

    def retire() -> Deed:
        from cqcmock.services import bank_editing

        return bank_editing.retire(desk.library, keys, desk.clock)

    return retire


def restoring(desk: Desk, keys: Sequence[tuple[str, str]]) -> Callable[[], Deed]:
    """The work of asking these questions again; with the id "" a whole bank."""

    def restore() -> Deed:
        from cqcmock.services import bank_editing

        return bank_editing.restore(desk.library, keys)

    return restore
