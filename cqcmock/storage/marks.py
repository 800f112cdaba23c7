"""Mark sheets: one for each sitting and marker. The marker `self` is the person who answered."""

from __future__ import annotations

import uuid

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from cqcmock.domain.rubric import AnswerMarks, MarkSheet
from cqcmock.errors import UserError
from cqcmock.storage.schema import SheetAnswerRow, SheetMarkRow, SheetRow
from cqcmock.storage.text import COMMENT_LIMIT, ID_LIMIT, NAME_LIMIT, checked, clean
from cqcmock.storage.turns import hold_sitting

SELF = "self"


class SheetSubmittedError(UserError):
    """Marks that were handed in do not change any more."""


def save(session: Session, sitting_id: str, sheet: MarkSheet, marker: str = SELF) -> None:
    """Keep the whole sheet in place of what was kept before.

    Raises NotThereError, TextTooLongError, and SheetSubmittedError for a change after handing in.
    """
    sitting_id = hold_sitting(session, sitting_id).id
    name = checked(marker, NAME_LIMIT, "The name of the marker")
    kept = _clean(sheet)
    row = session.execute(select(SheetRow).filter_by(sitting_id=sitting_id, marker=name)).scalar_one_or_none()
    if row is None:
        row = SheetRow(id=str(uuid.uuid4()), sitting_id=sitting_id, marker=name)
        session.add(row)
    elif row.submitted:
        if load(session, sitting_id, marker) == kept:
            return
        raise SheetSubmittedError(
            "These marks have been handed in and cannot be changed.", "Write what you think now into the reflection."
        )
    row.overall = kept.overall
    row.comment = kept.comment
    row.submitted = kept.submitted
    session.flush()
    session.execute(delete(SheetAnswerRow).filter_by(sheet_id=row.id))
    session.execute(delete(SheetMarkRow).filter_by(sheet_id=row.id))
    session.add_all(
        SheetAnswerRow(
            sheet_id=row.id,
            question=question,
            comment=answer.comment,
            tags=msgspec.json.encode(answer.tags).decode(),
        )
        for question, answer in kept.answers.items()
    )
    session.add_all(
        SheetMarkRow(sheet_id=row.id, question=question, lens=lens, level=level)
        for question, answer in kept.answers.items()
        for lens, level in answer.levels.items()
    )
    session.flush()


def _clean(sheet: MarkSheet) -> MarkSheet:
    return MarkSheet(
        answers={
            question: AnswerMarks(
                levels={checked(lens, ID_LIMIT, "The id of the lens"): level for lens, level in answer.levels.items()},
                comment=checked(answer.comment, COMMENT_LIMIT, "The comment"),
                tags=tuple(clean(tag) for tag in answer.tags),
            )
            for question, answer in sheet.answers.items()
        },
        overall=sheet.overall,
        comment=checked(sheet.comment, COMMENT_LIMIT, "The comment"),
        submitted=sheet.submitted,
    )


def load(session: Session, sitting_id: str, marker: str = SELF) -> MarkSheet:
    """The sheet of this marker: an empty one if nothing was marked yet."""
    row = session.execute(select(SheetRow).filter_by(sitting_id=sitting_id, marker=clean(marker))).scalar_one_or_none()
    if row is None:
        return MarkSheet()
    levels: dict[int, dict[str, int]] = {}
    for question, lens, level in session.execute(
        select(SheetMarkRow.question, SheetMarkRow.lens, SheetMarkRow.level)
        .filter_by(sheet_id=row.id)
        .order_by(SheetMarkRow.question, SheetMarkRow.lens)
    ):
        levels.setdefault(question, {})[lens] = level
    answers = session.execute(
        select(SheetAnswerRow.question, SheetAnswerRow.comment, SheetAnswerRow.tags)
        .filter_by(sheet_id=row.id)
        .order_by(SheetAnswerRow.question)
    )
    return MarkSheet(
        answers={
            question: AnswerMarks(
                levels=levels.get(question, {}),
                comment=comment,
                tags=msgspec.json.decode(tags, type=tuple[str, ...]),
            )
            for question, comment, tags in answers
        },
        overall=row.overall,
        comment=row.comment,
        submitted=row.submitted,
    )
