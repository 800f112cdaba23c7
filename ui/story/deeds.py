"""What is done to stories; each of it can be taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ui import undo
from ui.app_signals import Subject, change

if TYPE_CHECKING:
    from cqcmock.services.stories import StoryEdit
    from ui.desk import Desk


def did(desk: Desk, edit: StoryEdit, said: str, *, chosen: str = "") -> None:
    """A story was changed: tell everybody, and offer to take it back; the story `chosen` is then chosen again."""

    def take_back() -> str:
        from cqcmock.services import stories

        return f"{stories.undo(desk.library, edit, desk.clock).what}."

    def choose_again() -> None:
        if chosen:
            desk.change_settings(replace(desk.settings, story=chosen))

    undo.did(desk, change(Subject.STORIES, ids=(edit.story,)), said, take_back, choose_again)
