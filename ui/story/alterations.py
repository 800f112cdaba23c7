"""How a story changes by what is done in its lists. Each is made here and carried out in the database lane."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from cqcmock.domain.story import Story
from ui.story.reading import Alter


def without(field: str, thing: object) -> Alter:
    """Something taken out of one of the story's lists."""

    def alter(story: Story) -> Story:
        things = list(getattr(story, field))
        if thing in things:
            things.remove(thing)
        left: dict[str, Any] = {field: tuple(things)}
        return replace(story, **left)

    return alter


def to_be_checked(fact_id: str, due: date) -> Alter:
    """A fact that is still right, and is looked at again by that day."""

    def alter(story: Story) -> Story:
        facts = (replace(fact, review_by=due) if fact.id == fact_id else fact for fact in story.facts)
        return replace(story, facts=tuple(facts))

    return alter
