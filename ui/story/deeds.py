"""What was done to stories, so that each of it can be taken back: by its message, or with Ctrl+Z.

One list for a window, whichever screen did the deed, and only for the library that is open.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from ui.app_signals import AppSignals, Subject, change
from ui.messages import Action

if TYPE_CHECKING:
    from cqcmock.services.library import Library
    from cqcmock.services.stories import StoryEdit
    from ui.desk import Desk

MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryDeed:
    """A change of a story; `chosen` is the story to be chosen again when it is taken back, if another was."""

    edit: StoryEdit
    library: Library
    chosen: str = ""


_DONE: WeakKeyDictionary[AppSignals, list[StoryDeed]] = WeakKeyDictionary()


def did(desk: Desk, edit: StoryEdit, said: str, *, chosen: str = "") -> None:
    """A story was changed: tell everybody, and offer to take it back."""
    deed = StoryDeed(edit=edit, library=desk.library, chosen=chosen)
    done = _done(desk)
    done.append(deed)
    del done[:-MOST]
    desk.messages.say(said, action=Action(title="Undo", do=lambda: undo(desk, deed)))
    desk.signals.changed.emit(change(Subject.STORIES, ids=(edit.story,)))


def can_undo(desk: Desk) -> bool:
    """Whether there is anything to take back."""
    return bool(_done(desk))


def undo_last(desk: Desk) -> None:
    """Take back the latest deed."""
    if done := _done(desk):
        undo(desk, done[-1])


def undo(desk: Desk, deed: StoryDeed) -> None:
    """Take this deed back, once."""
    done = _done(desk)
    if not any(known is deed for known in done):
        return
    done[:] = [known for known in done if known is not deed]

    def take_back() -> None:
        from cqcmock.services import stories

        stories.undo(desk.library, deed.edit, desk.clock)

    def taken_back(_: None) -> None:
        if deed.chosen:
            desk.change_settings(replace(desk.settings, story=deed.chosen))
        desk.signals.changed.emit(change(Subject.STORIES, ids=(deed.edit.story,)))
        desk.messages.say(f"Undone: {deed.edit.what}.")

    desk.tasks.database(take_back, then=taken_back)


def _done(desk: Desk) -> list[StoryDeed]:
    """The deeds in the library that is open."""
    done = _DONE.setdefault(desk.signals, [])
    done[:] = [deed for deed in done if deed.library is desk.opened]
    return done
