"""Stories and data packs in and out of files, and a story deleted: each tells what came of it, or what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from cqcmock.domain.story import Story
from cqcmock.errors import UserError
from ui.story import deeds

if TYPE_CHECKING:
    from cqcmock.services.stories import StoryEdit
    from ui.desk import Desk

STORY_FILES = "Local stories (*.toml)"
PACKS = {".docx": "Word documents (*.docx)", ".pdf": "PDF documents (*.pdf)", ".html": "Web pages (*.html)"}
MOST_LINES = 6


def import_story(desk: Desk, opened: Callable[[str], None]) -> None:
    """Ask for a file, and keep its story as the council's own; `opened` gets its id."""

    def read(path: Path) -> StoryEdit:
        from cqcmock.services import stories, story_files

        story = story_files.import_story(desk.library, path, desk.clock)
        return stories.history(desk.library, story.place.id)[0]

    def chosen(path: Path) -> None:
        def done(edit: StoryEdit) -> None:
            deeds.did(desk, edit, f"The story of “{path.name}” is here.")
            opened(edit.story)

        desk.tasks.database(lambda: read(path), then=done, failed=lambda error: desk.messages.tell(short(error)))

    desk.messages.choose_open_file("Import a local story", STORY_FILES, chosen)


def export_story(desk: Desk, story: Story) -> None:
    """Ask for a file, and write the story to it."""

    def chosen(path: Path) -> None:
        def write() -> None:
            from cqcmock.services import story_files

            story_files.export_story(desk.library, story.place.id, path)

        desk.tasks.database(write, then=lambda _: desk.messages.say(f"The story is saved as {path}."))

    desk.messages.choose_save_file("Export this story", f"{story.place.id}.toml", STORY_FILES, chosen)


def data_pack(desk: Desk, story: Story, ending: str) -> None:
    """Ask for a file, and write the data pack to it."""

    def chosen(path: Path) -> None:
        def write() -> None:
            from cqcmock.services import story_files

            story_files.write_pack(desk.library, story.place.id, path, desk.settings, desk.clock)

        desk.tasks.database(
            write,
            then=lambda _: desk.messages.say(f"The data pack is saved as {path}."),
            doing="Writing the data pack…",
        )

    name = f"{story.place.name} data pack{ending}".replace("/", "-").replace("\\", "-")
    desk.messages.choose_save_file("Save the data pack for staff", name, PACKS[ending], chosen)


def delete_story(desk: Desk, story_id: str, name: str, *, owner: QObject) -> None:
    """Take a council's own story away. Where it was in use, another one is used from now on."""
    used = desk.settings.story

    def remove() -> tuple[StoryEdit, str]:
        from cqcmock.services import stories

        edit = stories.remove(desk.library, story_id, desk.clock)
        left = [summary.id for summary in stories.list_stories(desk.library, desk.clock.today())]
        return edit, used if used != story_id or used in left else next(iter(left), "")

    def done(found: tuple[StoryEdit, str]) -> None:
        edit, instead = found
        if instead != used:
            desk.change_settings(replace(desk.settings, story=instead))
        deeds.did(desk, edit, f"The story of {name} is deleted.", chosen=used if instead != used else "")

    desk.tasks.database(remove, then=done, owner=owner)


def short(error: UserError) -> UserError:
    """The error with the first few of many mistakes."""
    lines = error.what_to_do.splitlines()
    if len(lines) <= MOST_LINES:
        return error
    more = f"And {len(lines) - MOST_LINES:,} more."
    return UserError(error.what_happened, "\n".join([*lines[:MOST_LINES], more]))
