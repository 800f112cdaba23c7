"""Everything that the first screen shows of the library, read at one moment."""

from __future__ import annotations

from sqlalchemy.orm import Session

from cqcmock.storage import practice, reflections, sittings, stories
from cqcmock.storage.records import HomeRows


def read_home(session: Session, person: str, story_id: str, limit: int = 8) -> HomeRows:
    """The interviews to go on with, the latest sittings (at most `limit` of each), open actions, and practice."""
    return HomeRows(
        resume=sittings.on_air(session, limit),
        recent=sittings.recent(session, limit),
        open_actions=reflections.open_actions(session),
        practised=practice.practised(session, person),
        place=chosen.place if (chosen := stories.story(session, story_id)) else None,
    )
