"""What somebody made of a sitting, and the actions that came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from cqcmock.domain.reflection import PROMPTS, Action, Reflection
from cqcmock.domain.sitting import OpenAction
from cqcmock.storage.errors import NotThereError
from cqcmock.storage.schema import ActionRow, ReflectionRow, SittingRow
from cqcmock.storage.text import COMMENT_LIMIT, LINE_LIMIT, NAME_LIMIT, checked
from cqcmock.storage.turns import hold_sitting


def save(session: Session, sitting_id: str, reflection: Reflection, actions: Sequence[Action]) -> None:
    """Keep the reflection and its actions in place of those kept before. Raises NotThereError, TextTooLongError."""
    sitting_id = hold_sitting(session, sitting_id).id
    answers = {
        field: checked(getattr(reflection, field), COMMENT_LIMIT, f"“{prompt}”") for field, prompt in PROMPTS.items()
    }
    session.merge(ReflectionRow(sitting_id=sitting_id, **answers))
    session.execute(delete(ActionRow).where(ActionRow.sitting_id == sitting_id))
    session.add_all(
        ActionRow(
            id=action.id,
            sitting_id=sitting_id,
            position=position,
            what=checked(action.what, LINE_LIMIT, "The action"),
            owner=checked(action.owner, NAME_LIMIT, "The name of the owner"),
            due=action.due,
            done=action.done,
        )
        for position, action in enumerate(actions)
    )
    session.flush()


def load(session: Session, sitting_id: str) -> Reflection:
    """The reflection on a sitting: an empty one if nothing was written yet."""
    row = session.get(ReflectionRow, sitting_id)
    return Reflection(**{field: getattr(row, field) for field in PROMPTS}) if row else Reflection()


def actions(session: Session, sitting_id: str) -> tuple[Action, ...]:
    """The actions of a sitting, in their order."""
    rows = session.execute(select(ActionRow).filter_by(sitting_id=sitting_id).order_by(ActionRow.position)).scalars()
    return tuple(_action(row) for row in rows)


def open_actions(session: Session) -> tuple[OpenAction, ...]:
    """Everything still to be done: what is due first comes first, what has no day comes last."""
    rows = session.execute(
        select(ActionRow, SittingRow.title)
        .join(SittingRow, SittingRow.id == ActionRow.sitting_id)
        .where(ActionRow.done.is_(None), SittingRow.deleted_at.is_(None))
        .order_by(ActionRow.due.is_(None), ActionRow.due, SittingRow.started_at, ActionRow.position)
    )
    return tuple(OpenAction(action=_action(row), sitting=row.sitting_id, sitting_title=title) for row, title in rows)


def mark_done(session: Session, action_id: str, day: date | None) -> None:
    """Note the day on which an action was done, or that it was not after all. Raises NotThereError."""
    row = session.get(ActionRow, action_id)
    if row is None:
        raise NotThereError("This action is no longer in the library.", "Go back and open the list again.")
    row.done = day
    session.flush()


def _action(row: ActionRow) -> Action:
    return Action(id=row.id, what=row.what, owner=row.owner, due=row.due, done=row.done)
