"""Local stories: those that come with the program and those that councils make, read, changed and chosen.

A story of the library stands before a shipped one with the same id, so that changing a shipped story is making
one's own copy of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from cqcmock import storage
from cqcmock.clock import Clock
from cqcmock.domain.story import Place, Story
from cqcmock.errors import UserError
from cqcmock.services import shipped
from cqcmock.storage.records import StoryEdit as StoryEdit

if TYPE_CHECKING:
    from cqcmock.services.library import Library

OWN, SHIPPED = "own", "shipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class StorySummary:
    """What a list shows of a story. `due` counts the facts that were to be reviewed before today."""

    id: str
    name: str
    council: str
    origin: str
    facts: int
    communities: int
    due: int


def list_stories(library: Library, today: date) -> tuple[StorySummary, ...]:
    """Every story that can be chosen, by the name of its place."""
    with library.reading() as session:
        own = storage.stories.list_stories(session)
    there = {story.place.id for story in own}
    found = [(story, OWN) for story in own]
    found += [(story, SHIPPED) for story in shipped.stories() if story.place.id not in there]
    return tuple(
        StorySummary(
            id=story.place.id,
            name=story.place.name,
            council=story.place.council,
            origin=origin,
            facts=len(story.facts),
            communities=len(story.communities),
            due=len(story.facts_due(today)),
        )
        for story, origin in sorted(found, key=lambda entry: (entry[0].place.name.casefold(), entry[0].place.id))
    )


def all_stories(library: Library) -> tuple[Story, ...]:
    """Every story that can be chosen, whole, by the name of its place."""
    with library.reading() as session:
        own = storage.stories.list_stories(session)
    there = {story.place.id for story in own}
    found = [*own, *(story for story in shipped.stories() if story.place.id not in there)]
    return tuple(sorted(found, key=lambda story: (story.place.name.casefold(), story.place.id)))


def story(library: Library, story_id: str) -> Story:
    """One story. Raises UserError naming those there are."""
    found = _story(library, story_id)
    if found is None:
        known = ", ".join(story.place.id for story in all_stories(library))
        raise UserError(f"There is no story “{story_id}”.", f"The stories are: {known}.")
    return found


def place_of(library: Library, story_id: str) -> Place | None:
    """The names of a story, or None where there is no such story."""
    found = _story(library, story_id)
    return found.place if found else None


def _story(library: Library, story_id: str) -> Story | None:
    with library.reading() as session:
        own = storage.stories.story(session, story_id)
    return own or next((story for story in shipped.stories() if story.place.id == story_id), None)


def version(library: Library, story_id: str) -> int:
    """The version of a story in the library, to be given back when it is saved; 0 for one that is not there."""
    with library.reading() as session:
        return storage.stories.version(session, story_id)


def save(library: Library, changed: Story, what: str, clock: Clock, *, expected: int | None = None) -> StoryEdit:
    """Keep a story as it is now. Raises UserError where somebody else changed it since version `expected`."""
    with library.writing() as work:
        edit = storage.stories.save(work, changed, what, clock.wall(), expected=expected)
        work.commit()
    return edit


def remove(library: Library, story_id: str, clock: Clock) -> StoryEdit:
    """Take a council's own story out of the library; a shipped one with its id is there again."""
    with library.writing() as work:
        edit = storage.stories.remove(work, story_id, "The story deleted", clock.wall())
        work.commit()
    return edit


def undo(library: Library, edit: StoryEdit, clock: Clock) -> StoryEdit:
    """Make a story as it was before an edit. Raises UserError where it has been changed since."""
    with library.writing() as work:
        undone = storage.stories.undo(work, edit.number, clock.wall())
        work.commit()
    return undone


def history(library: Library, story_id: str) -> tuple[StoryEdit, ...]:
    """The changes of a story, the latest first."""
    with library.reading() as session:
        return storage.stories.history(session, story_id)
