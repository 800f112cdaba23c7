"""What was done to questions and banks, so that each of it can be taken back: by its message, or with Ctrl+Z.

One list for a window, whichever screen did the deed, and only for the library that is open.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from ui.app_signals import AppSignals, Subject, change
from ui.messages import Action

if TYPE_CHECKING:
    from cqcmock.services.bank_editing import Deed
    from cqcmock.services.library import Library
    from ui.desk import Desk

MOST = 50
_DONE: WeakKeyDictionary[AppSignals, list[tuple[Library, Deed]]] = WeakKeyDictionary()


def do(desk: Desk, work: Callable[[], Deed], said: str = "", then: Callable[[Deed], None] | None = None) -> None:
    """Do a deed in the database lane, tell everybody, and offer to take it back. `said` stands for the deed's words."""

    def done(deed: Deed) -> None:
        did(desk, deed, said)
        if then is not None:
            then(deed)

    desk.tasks.database(work, then=done)


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


def did(desk: Desk, deed: Deed, said: str = "") -> None:
    """A deed was done: tell everybody, and offer to take it back."""
    done = _done(desk)
    done.append((desk.library, deed))
    del done[:-MOST]
    desk.signals.changed.emit(change(Subject.BANKS))
    desk.messages.say(said or f"{deed.what}.", action=Action(title="Undo", do=lambda: undo(desk, deed)))


def can_undo(desk: Desk) -> bool:
    """Whether there is anything to take back."""
    return bool(_done(desk))


def undo_last(desk: Desk) -> None:
    """Take back the latest deed."""
    if done := _done(desk):
        undo(desk, done[-1][1])


def undo(desk: Desk, deed: Deed) -> None:
    """Take this deed back, once."""
    done, entry = _done(desk), (desk.opened, deed)
    if not any(library is entry[0] and known is deed for library, known in done):
        return
    done[:] = [(library, known) for library, known in done if known is not deed]

    def take_back() -> Deed:
        from cqcmock.services import bank_editing

        return bank_editing.undo(desk.library, deed, desk.clock)

    def taken_back(undone: Deed) -> None:
        desk.signals.changed.emit(change(Subject.BANKS))
        desk.messages.say(f"{undone.what}.")

    desk.tasks.database(take_back, then=taken_back)


def _done(desk: Desk) -> list[tuple[Library, Deed]]:
    """The deeds in the library that is open."""
    done = _DONE.setdefault(desk.signals, [])
    done[:] = [(library, deed) for library, deed in done if library is desk.opened]
    return done
