"""Councils' own stories, each kept whole, with what it was before every change."""

from __future__ import annotations

from datetime import datetime
from functools import cache

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from cqcmock.domain.story import Story
from cqcmock.errors import UserError
from cqcmock.storage.errors import NotThereError
from cqcmock.storage.records import StoryEdit
from cqcmock.storage.schema import StoryEditRow, StoryRow
from cqcmock.storage.text import ID_LIMIT, LINE_LIMIT, NAME_LIMIT, PAYLOAD_LIMIT, checked, clean, clean_json
from cqcmock.storage.turns import Turn, alone
from cqcmock.storage.undoing import stands_on_top, undone


def list_stories(session: Session) -> tuple[Story, ...]:
    """Every story of the library, by the name of its place."""
    payloads = session.execute(select(StoryRow.payload).order_by(StoryRow.name, StoryRow.id)).scalars()
    return tuple(_decoder().decode(payload) for payload in payloads)


def story(session: Session, story_id: str) -> Story | None:
    """One story of the library, or None."""
    payload = session.execute(select(StoryRow.payload).where(StoryRow.id == clean(story_id))).scalar()
    return _decoder().decode(payload) if payload is not None else None


def version(session: Session, story_id: str) -> int:
    """The version of a story; 0 where it is not in the library."""
    found = session.execute(select(StoryRow.version).where(StoryRow.id == clean(story_id))).scalar()
    return found or 0


def save(session: Session, story: Story, what: str, at: datetime, *, expected: int | None = None) -> StoryEdit:
    """Keep the story and what was there before. Raises TextTooLongError.

    Raises UserError where `expected`, the version that was changed, is no longer the one in the library.
    """
    return _put(session, story.place.id, story, what, at, expected)


def remove(session: Session, story_id: str, what: str, at: datetime) -> StoryEdit:
    """Take a story out of the library. Raises NotThereError."""
    if not version(session, story_id):
        raise NotThereError(f"There is no story “{story_id}” in the library.", "Choose another story.")
    return _put(session, story_id, None, what, at, None)


def undo(session: Session, number: int, at: datetime) -> StoryEdit:
    """Make the story as it was before this edit. Raises UserError where it has been changed since."""
    edit = session.get(StoryEditRow, number)
    if edit is None:
        raise NotThereError("This change is no longer known.", "Change the story by hand.")
    made = session.execute(
        select(StoryEditRow.number, StoryEditRow.undoes)
        .where(StoryEditRow.story_id == edit.story_id, StoryEditRow.number >= number)
        .order_by(StoryEditRow.number.desc())
    )
    if not stands_on_top(number, made.all()):
        raise UserError("The story has been changed since.", "Undo the latest change first.")
    before = _decoder().decode(edit.before) if edit.before is not None else None
    return _put(session, edit.story_id, before, undone(edit.what), at, None, undoes=number)


def history(session: Session, story_id: str, limit: int = 50) -> tuple[StoryEdit, ...]:
    """The changes of a story, the latest first."""
    rows = session.execute(
        select(StoryEditRow)
        .where(StoryEditRow.story_id == clean(story_id))
        .order_by(StoryEditRow.number.desc())
        .limit(limit)
    ).scalars()
    return tuple(_edit(row) for row in rows)


def _put(
    session: Session,
    story_id: str,
    story: Story | None,
    what: str,
    at: datetime,
    expected: int | None,
    *,
    undoes: int | None = None,
) -> StoryEdit:
    alone(session.connection(), Turn.BANKS)
    story_id = checked(story_id, ID_LIMIT, "The id of the story")
    row = session.get(StoryRow, story_id)
    there = row.version if row else 0
    if expected is not None and expected != there:
        raise UserError(
            "Somebody else has changed this story since it was opened.", "Open it again and make your change once more."
        )
    edit = StoryEditRow(
        story_id=story_id,
        version=there + 1,
        at=at,
        what=checked(what, LINE_LIMIT, "The name of the change"),
        before=row.payload if row else None,
        undoes=undoes,
    )
    session.add(edit)
    if story is None:
        if row:
            session.delete(row)
    else:
        session.merge(
            StoryRow(
                id=story_id,
                name=checked(story.place.name, NAME_LIMIT, "The name of the place"),
                council=checked(story.place.council, NAME_LIMIT, "The name of the council"),
                version=there + 1,
                changed_at=at,
                payload=checked(clean_json(story), PAYLOAD_LIMIT, "The story"),
            )
        )
    session.flush()
    return _edit(edit)


@cache
def _decoder() -> msgspec.json.Decoder[Story]:
    return msgspec.json.Decoder(Story)


def _edit(row: StoryEditRow) -> StoryEdit:
    return StoryEdit(number=row.number, story=row.story_id, version=row.version, at=row.at, what=row.what)
