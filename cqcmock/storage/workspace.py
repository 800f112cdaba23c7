"""The pack that is marked here, in a library of its own: opened once, marked sheet by sheet, returned."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from cqcmock.domain.review import ReturnDraft, Sheet, Whole
from cqcmock.storage import engine, library
from cqcmock.storage.errors import DamagedLibraryError, NotThereError, user_error
from cqcmock.storage.records import MadeReturn, OpenedPack
from cqcmock.storage.review_schema import MadeReturnRow, MarkedSheetRow, OpenedPackRow
from cqcmock.storage.text import (
    ID_LIMIT,
    LINE_LIMIT,
    NAME_LIMIT,
    PACK_LIMIT,
    PAYLOAD_LIMIT,
    TextTooLongError,
    checked,
    clean,
    clean_json,
)

ANSWER, EXEMPLAR, WHOLE, RETURN = "answer", "exemplar", "whole", "return"
"""What a row of marks is about; the one about the next return has no sheet, and is called as its kind."""


@contextmanager
def _understood() -> Iterator[None]:
    """What makes no sense when it is read is damage, for everything here was written by us: it is told as such.

    Damage to the text of a table's own description, or of a date, passes every check that SQLite makes.
    """
    try:
        yield
    except (SQLAlchemyError, engine.driver().Error, msgspec.MsgspecError, TypeError, ValueError) as error:
        if user_error(error, Path()) is not None:  # a disk that is full, and the like: whoever opened the library knows
            raise
        raise DamagedLibraryError(
            "What was marked here is damaged.", "Open the pack again from its file.", None, ()
        ) from error


@_understood()
def open_library(folder: Path, raw_key: str | None = None) -> library.Library:
    """The library of a pack that was opened here. Raises what `library.open_library` does."""
    return library.open_library(folder, raw_key=raw_key)


def keep_pack(session: Session, pack: OpenedPack) -> None:
    """Keep an opened pack, to the letter: marks are bound to its very words. Opening it again changes nothing."""
    if len(pack.content) > PACK_LIMIT:
        raise TextTooLongError("This pack is larger than any that the program makes.", "Ask for a smaller one.")
    if session.get(OpenedPackRow, pack.id) is None:
        session.add(
            OpenedPackRow(
                id=checked(pack.id, ID_LIMIT, "The id of the pack"),
                opened_at=pack.opened_at,
                file_name=clean(pack.file_name)[-NAME_LIMIT:],
                file_digest=pack.file_digest,
                payload=pack.content,
            )
        )
        session.flush()


@_understood()
def pack(session: Session) -> OpenedPack:
    """The pack that is marked here. Raises NotThereError where there is none."""
    row = session.execute(select(OpenedPackRow).order_by(OpenedPackRow.opened_at)).scalars().first()
    if row is None:
        raise NotThereError("There is no pack to be marked here.", "Open the pack that you were sent.")
    return OpenedPack(
        id=row.id,
        opened_at=row.opened_at,
        file_name=row.file_name,
        file_digest=row.file_digest,
        content=row.payload,
    )


def save_sheet(session: Session, pack_id: str, sheet: Sheet, at: datetime, *, exemplar: bool = False) -> None:
    """Keep how far the marking of one answer has come, in place of what was kept before."""
    _save(session, pack_id, sheet.id, EXEMPLAR if exemplar else ANSWER, sheet, at)


def save_whole(session: Session, pack_id: str, whole: Whole, at: datetime) -> None:
    """Keep what is thought of a candidate as a whole."""
    _save(session, pack_id, whole.candidate, WHOLE, whole, at)


@_understood()
def sheets(session: Session, *, exemplars: bool = False) -> dict[str, Sheet]:
    """Everything that has been marked, by the id of its sheet."""
    kind = EXEMPLAR if exemplars else ANSWER
    rows = session.execute(select(MarkedSheetRow.sheet_id, MarkedSheetRow.payload).filter_by(kind=kind))
    return {sheet_id: _decoder(Sheet).decode(payload) for sheet_id, payload in rows}


@_understood()
def wholes(session: Session) -> dict[str, Whole]:
    """What is thought of each candidate as a whole, by code."""
    rows = session.execute(select(MarkedSheetRow.sheet_id, MarkedSheetRow.payload).filter_by(kind=WHOLE))
    return {code: _decoder(Whole).decode(payload) for code, payload in rows}


def save_return_draft(session: Session, pack_id: str, draft: ReturnDraft, at: datetime) -> None:
    """Keep what is settled about the next return, in place of what was kept before."""
    _save(session, pack_id, RETURN, RETURN, draft, at, "The reason")


@_understood()
def return_draft(session: Session) -> ReturnDraft:
    """What is settled about the next return."""
    payload = session.execute(select(MarkedSheetRow.payload).filter_by(kind=RETURN)).scalars().first()
    if payload is None:
        return ReturnDraft()
    draft: ReturnDraft = _decoder(ReturnDraft).decode(payload)
    return draft


def keep_return(session: Session, pack_id: str, made: MadeReturn) -> None:
    """Keep the receipt of a return that was written."""
    session.merge(
        MadeReturnRow(
            digest=made.digest,
            pack_id=pack_id,
            at=made.at,
            sheets=made.sheets,
            missing=made.missing,
            why_incomplete=checked(made.why_incomplete, LINE_LIMIT, "The reason"),
        )
    )


@_understood()
def returns(session: Session) -> tuple[MadeReturn, ...]:
    """Every return that was written here, the latest first."""
    rows = session.execute(select(MadeReturnRow).order_by(MadeReturnRow.at.desc())).scalars()
    return tuple(
        MadeReturn(
            digest=row.digest, at=row.at, sheets=row.sheets, missing=row.missing, why_incomplete=row.why_incomplete
        )
        for row in rows
    )


def _save(
    session: Session,
    pack_id: str,
    part_id: str,
    kind: str,
    part: Sheet | Whole | ReturnDraft,
    at: datetime,
    what: str = "The marks of an answer",
) -> None:
    session.merge(
        MarkedSheetRow(
            pack_id=pack_id,
            sheet_id=checked(part_id, ID_LIMIT, "The id of the sheet"),
            kind=kind,
            payload=checked(clean_json(part), PAYLOAD_LIMIT, what),
            saved_at=at,
        )
    )
    session.flush()


@cache
def _decoder(kind: type[Any]) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)
