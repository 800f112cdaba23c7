"""What the local story room reads and writes, in the database lane: it imports the services only there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cqcmock.domain.story import Story
from cqcmock.errors import UserError

if TYPE_CHECKING:
    from cqcmock.services.library import Library
    from cqcmock.services.stories import StoryEdit, StorySummary
    from ui.desk import Desk

Alter = Callable[[Story], Story]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Every story there is, and the one that is open, with its version. `statements` are ids with their names."""

    summaries: tuple[StorySummary, ...]
    story: Story
    version: int
    statements: tuple[tuple[str, str], ...]

    @property
    def summary(self) -> StorySummary:
        """What the list says of the open story."""
        return next(summary for summary in self.summaries if summary.id == self.story.place.id)


def read_shelf(desk: Desk, wanted: str) -> Shelf | None:
    """The stories, with the wanted one open, or the one that is used, or the first. None without a library."""
    if desk.opened is None:
        return None
    from cqcmock.services import shipped, stories, story_checks

    story_checks.personal_data_in("")  # the forms ask while somebody types: let it be ready by then
    summaries = stories.list_stories(desk.library, desk.clock.today())
    known = [summary.id for summary in summaries]
    opened = next((story for story in (wanted, desk.settings.story) if story in known), known[0])
    return Shelf(
        summaries=summaries,
        story=stories.story(desk.library, opened),
        version=stories.version(desk.library, opened),
        statements=tuple((statement.id, statement.name) for statement in shipped.framework().statements),
    )


class Keeper:
    """The open story as it is in the library: read and changed in the database lane alone, one deed after another."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._library: Library | None = None
        self._story: Story | None = None
        self._version = 0

    def read(self, wanted: str) -> Shelf | None:
        """Read everything again."""
        shelf = read_shelf(self._desk, wanted)
        if shelf is not None:
            self._library, self._story, self._version = self._desk.library, shelf.story, shelf.version
        return shelf

    def alter(self, story_id: str, alter: Alter, what: str) -> StoryEdit:
        """Change the story and keep it. Raises UserError where somebody else changed it, or it cannot be kept.

        After that it is read again, so that another try is made on what is there now.
        """
        from cqcmock.services import stories

        if self._library is not self._desk.opened or self._story is None or self._story.place.id != story_id:
            self.read(story_id)
        if self._story is None or self._story.place.id != story_id:
            raise UserError("This story is no longer here.", "Copy what you wrote, and open another story.")
        changed = alter(self._story)
        try:
            edit = stories.save(self._desk.library, changed, what, self._desk.clock, expected=self._version)
        except Exception:
            self.read(story_id)
            raise
        self._story, self._version = changed, edit.version
        return edit
