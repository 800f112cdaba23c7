"""What was done to banks, stories and cafés, so that each of it can be taken back: by its message, or with Ctrl+Z.

One list for each of them on a desk, whichever screen did the deed, and only for the library that is open.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.app_signals import Change, Subject
from ui.messages import Action

if TYPE_CHECKING:
    from cqcmock.services.library import Library
    from ui.desk import Desk

MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Done:
    """A deed that was done in `library`: what it altered, and how it is taken back.

    `take_back` runs in the database lane and returns what to say; `then` runs before anybody is told.
    """

    library: Library
    altered: Change
    take_back: Callable[[], str]
    then: Callable[[], None]


def did(
    desk: Desk, altered: Change, said: str, take_back: Callable[[], str], then: Callable[[], None] = lambda: None
) -> None:
    """A deed was done to one subject: tell everybody, and offer to take it back."""
    (subject,) = altered.subjects
    deed = Done(library=desk.library, altered=altered, take_back=take_back, then=then)
    done = _done(desk, subject)
    done.append(deed)
    del done[:-MOST]
    desk.signals.changed.emit(altered)
    desk.messages.say(said, action=Action(title="Undo", do=lambda: _undo(desk, subject, deed)))


def can_undo(desk: Desk, subject: Subject) -> bool:
    """Whether there is anything to take back."""
    return bool(_done(desk, subject))


def undo_last(desk: Desk, subject: Subject) -> None:
    """Take back the latest deed."""
    if done := _done(desk, subject):
        _undo(desk, subject, done[-1])


def _undo(desk: Desk, subject: Subject, deed: Done) -> None:
    """Take this deed back, once."""
    done = _done(desk, subject)
    if deed not in done:
        return
    done.remove(deed)

    def taken_back(said: str) -> None:
        deed.then()
        desk.signals.changed.emit(deed.altered)
        desk.messages.say(said)

    desk.tasks.database(deed.take_back, then=taken_back)


def _done(desk: Desk, subject: Subject) -> list[Done]:
    """The deeds in the library that is open."""
    done = desk.done.setdefault(subject, [])
    done[:] = [deed for deed in done if deed.library is desk.opened]
    return done
