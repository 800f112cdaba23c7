"""Packs that were sent to reviewers, and the returns that came back: kept as the set that they are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import cache

import msgspec
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from cqcmock.domain.review import KeepAndChange, PackedAnswer, Sheet, Tally, Whole
from cqcmock.domain.rubric import Rubric
from cqcmock.storage.errors import NotThereError
from cqcmock.storage.records import MergedReturn, SentPack, SentSheet
from cqcmock.storage.review_schema import (
    KeepAndChangeRow,
    KnownReviewerRow,
    PackReturnRow,
    PackRow,
    PackSheetRow,
    ReturnedSheetRow,
)
from cqcmock.storage.text import ID_LIMIT, LINE_LIMIT, NAME_LIMIT, PAYLOAD_LIMIT, checked, clean, clean_json
from cqcmock.storage.turns import Turn, alone, hold_sitting


def keep(session: Session, pack: SentPack, sheets: Iterable[SentSheet]) -> None:
    """Keep a pack that is about to be written. Raises TextTooLongError."""
    session.add(
        PackRow(
            id=checked(pack.id, ID_LIMIT, "The id of the pack"),
            made_at=pack.made_at,
            reviewer=checked(pack.reviewer, NAME_LIMIT, "The name of the reviewer"),
            deadline=pack.deadline,
            note=checked(pack.note, LINE_LIMIT, "The note to the reviewer"),
            expected=pack.expected,
            answers_digest=pack.answers_digest,
            public_key=pack.public_key,
            return_key=pack.return_key,
            rubric=checked(msgspec.json.encode(pack.rubric).decode(), PAYLOAD_LIMIT, "The rubric"),
            kept=checked(msgspec.json.encode(pack.kept).decode(), PAYLOAD_LIMIT, "The list of what was kept"),
        )
    )
    session.flush()
    rows = [
        {
            "sheet_id": checked(sheet.answer.sheet, ID_LIMIT, "The id of the sheet"),
            "pack_id": pack.id,
            "sitting_id": sheet.sitting,
            "candidate": checked(sheet.candidate, ID_LIMIT, "The code of the candidate"),
            "question": sheet.question,
            "payload": checked(msgspec.json.encode(sheet.answer).decode(), PAYLOAD_LIMIT, "An answer"),
        }
        for sheet in sheets
    ]
    session.execute(PackSheetRow.__table__.insert(), rows)  # type: ignore[attr-defined]


def packs(session: Session, ids: Collection[str] | None = None) -> tuple[SentPack, ...]:
    """The packs of the library, or some of them, the latest first."""
    wanted = select(PackRow).order_by(PackRow.made_at.desc(), PackRow.id)
    if ids is not None:
        wanted = wanted.where(PackRow.id.in_([clean(pack_id) for pack_id in ids]))
    return tuple(_pack(row) for row in session.execute(wanted).scalars())


def of_sittings(session: Session, sittings: Collection[str]) -> tuple[SentPack, ...]:
    """Every pack in which an answer of these sittings was sent, the latest first."""
    ids = session.execute(select(PackSheetRow.pack_id).where(PackSheetRow.sitting_id.in_([*sittings])).distinct())
    return packs(session, ids.scalars().all())


def sheets(session: Session, pack_ids: Collection[str]) -> tuple[SentSheet, ...]:
    """Every sheet of these packs whose sitting has not been deleted for good, in the order of the questions."""
    rows = session.execute(
        select(PackSheetRow)
        .where(PackSheetRow.pack_id.in_([*pack_ids]), PackSheetRow.payload != "")
        .order_by(PackSheetRow.pack_id, PackSheetRow.candidate, PackSheetRow.question, PackSheetRow.sheet_id)
    ).scalars()
    return tuple(
        SentSheet(
            pack=row.pack_id,
            sitting=row.sitting_id,
            candidate=row.candidate,
            question=row.question,
            answer=_answers().decode(row.payload),
        )
        for row in rows
    )


def sheet_places(session: Session, pack_id: str) -> dict[str, tuple[str, str]]:
    """For every sheet that was sent in a pack, the sitting that it is of, and the candidate's code."""
    rows = session.execute(
        select(PackSheetRow.sheet_id, PackSheetRow.sitting_id, PackSheetRow.candidate).where(
            PackSheetRow.pack_id == clean(pack_id)
        )
    )
    return {sheet: (sitting, candidate) for sheet, sitting, candidate in rows}


def tallies(session: Session, pack_ids: Collection[str]) -> dict[str, Tally]:
    """How many sheets of each pack were sent, and how many of them have come back."""
    rows = session.execute(
        select(PackReturnRow.pack_id, func.count(func.distinct(ReturnedSheetRow.sheet_id)))
        .join(ReturnedSheetRow, ReturnedSheetRow.return_digest == PackReturnRow.digest)
        .where(PackReturnRow.pack_id.in_([*pack_ids]), ~ReturnedSheetRow.is_whole)
        .group_by(PackReturnRow.pack_id)
    )
    received = {pack_id: sheets for pack_id, sheets in rows}  # noqa: C416 - rows, not tuples
    return {
        pack.id: Tally(expected=pack.expected, received=received.get(pack.id, 0)) for pack in packs(session, pack_ids)
    }


def known_digests(session: Session) -> frozenset[str]:
    """The returns that are in the library already."""
    return frozenset(session.execute(select(PackReturnRow.digest)).scalars())


def merge(session: Session, returned: MergedReturn) -> bool:
    """Add a return to the set; whether it was new. Nothing else changes, so that the order never matters."""
    alone(session.connection(), Turn.PACKS)
    if session.get(PackReturnRow, returned.digest) is not None:
        return False
    if session.get(PackRow, returned.pack) is None:
        raise NotThereError("The pack that this return is for is no longer there.", "Look whether it was deleted.")
    session.add(
        PackReturnRow(
            digest=returned.digest,
            pack_id=returned.pack,
            returned_at=returned.returned_at,
            merged_at=returned.merged_at,
            reviewer_key=returned.reviewer_key,
            why_incomplete=checked(returned.why_incomplete, LINE_LIMIT, "The reason"),
        )
    )
    session.flush()
    parts: list[tuple[str, bool, Sheet | Whole]] = [(sheet, False, one) for sheet, one in returned.sheets.items()]
    parts += [(code, True, whole) for code, whole in returned.wholes.items()]
    gone = _forgotten(session, returned.pack)
    rows = [
        {
            "return_digest": returned.digest,
            "sheet_id": checked(part_id, ID_LIMIT, "The id of a sheet"),
            "is_whole": is_whole,
            "payload": ""
            if part_id in gone
            else checked(msgspec.json.encode(part).decode(), PAYLOAD_LIMIT, "The marks of an answer"),
        }
        for part_id, is_whole, part in parts
    ]
    if rows:
        session.execute(ReturnedSheetRow.__table__.insert(), rows)  # type: ignore[attr-defined]
    return True


def _forgotten(session: Session, pack_id: str) -> frozenset[str]:
    """The sheets and candidates of a pack of which nothing may be kept any more: their sittings are gone for good."""
    rows = session.execute(select(PackSheetRow.sheet_id, PackSheetRow.candidate).filter_by(pack_id=pack_id, payload=""))
    return frozenset(part_id for row in rows for part_id in row)


def returns(session: Session, pack_ids: Collection[str]) -> tuple[MergedReturn, ...]:
    """Every return for these packs, in the order in which they were written, not in which they came."""
    rows = session.execute(
        select(PackReturnRow)
        .where(PackReturnRow.pack_id.in_([*pack_ids]))
        .order_by(PackReturnRow.returned_at, PackReturnRow.digest)
    ).scalars()
    parts = _parts(session, pack_ids)
    return tuple(
        MergedReturn(
            digest=row.digest,
            pack=row.pack_id,
            returned_at=row.returned_at,
            merged_at=row.merged_at,
            sheets={key: _sheets().decode(text) for key, is_whole, text in parts.get(row.digest, ()) if not is_whole},
            wholes={key: _wholes().decode(text) for key, is_whole, text in parts.get(row.digest, ()) if is_whole},
            reviewer_key=row.reviewer_key,
            why_incomplete=row.why_incomplete,
        )
        for row in rows
    )


def _parts(session: Session, pack_ids: Collection[str]) -> dict[str, list[tuple[str, bool, str]]]:
    parts: dict[str, list[tuple[str, bool, str]]] = {}
    for returned, sheet_id, is_whole, payload in session.execute(
        select(
            ReturnedSheetRow.return_digest,
            ReturnedSheetRow.sheet_id,
            ReturnedSheetRow.is_whole,
            ReturnedSheetRow.payload,
        )
        .join(PackReturnRow, PackReturnRow.digest == ReturnedSheetRow.return_digest)
        .where(PackReturnRow.pack_id.in_([*pack_ids]), ReturnedSheetRow.payload != "")
        .order_by(ReturnedSheetRow.sheet_id)
    ):
        parts.setdefault(returned, []).append((sheet_id, is_whole, payload))
    return parts


def remove(session: Session, pack_id: str) -> None:
    """Delete a pack with everything that came back for it. Raises NotThereError."""
    if not session.execute(delete(PackRow).where(PackRow.id == clean(pack_id)).returning(PackRow.id)).all():
        raise NotThereError("This pack is no longer there.", "Look at the list of packs again.")


def forget_words(session: Session, sittings: Sequence[str]) -> None:
    """Of sittings that are deleted for good, nothing that was said or marked stays, but that it was sent and came back.

    What was thought of a candidate as a whole goes with them.
    """
    sent = select(PackSheetRow.sheet_id).where(PackSheetRow.sitting_id.in_([*sittings]))
    codes = (
        select(ReturnedSheetRow.return_digest, ReturnedSheetRow.sheet_id)
        .join(PackReturnRow, PackReturnRow.digest == ReturnedSheetRow.return_digest)
        .join(
            PackSheetRow,
            (PackSheetRow.pack_id == PackReturnRow.pack_id) & (PackSheetRow.candidate == ReturnedSheetRow.sheet_id),
        )
        .where(ReturnedSheetRow.is_whole, PackSheetRow.sitting_id.in_([*sittings]))
        .distinct()
    )
    for returned, code in session.execute(codes).all():
        session.execute(
            update(ReturnedSheetRow)
            .where(ReturnedSheetRow.return_digest == returned, ReturnedSheetRow.sheet_id == code)
            .values(payload="")
        )
    session.execute(update(ReturnedSheetRow).where(ReturnedSheetRow.sheet_id.in_(sent)).values(payload=""))
    session.execute(update(PackSheetRow).where(PackSheetRow.sitting_id.in_([*sittings])).values(payload=""))


def keep_and_change(session: Session, sitting_id: str) -> KeepAndChange:
    """What the person is told to keep and to change after a review; empty lists where nothing was chosen."""
    row = session.get(KeepAndChangeRow, sitting_id)
    if row is None:
        return KeepAndChange()
    lines = msgspec.json.Decoder(tuple[str, ...])
    return KeepAndChange(keep=lines.decode(row.keep), change=lines.decode(row.change))


def save_keep_and_change(session: Session, sitting_id: str, advice: KeepAndChange) -> None:
    """Keep what was chosen in place of what was chosen before. Raises NotThereError, TextTooLongError."""
    sitting_id = hold_sitting(session, sitting_id).id
    keep, change = (
        clean_json([checked(line, LINE_LIMIT, "The line") for line in lines]) for lines in (advice.keep, advice.change)
    )
    session.merge(KeepAndChangeRow(sitting_id=sitting_id, keep=keep, change=change))
    session.flush()


def key_of_reviewer(session: Session, name: str) -> str:
    """The key with which this reviewer signed the first time, or an empty string."""
    row = session.get(KnownReviewerRow, clean(name).casefold())
    return row.public_key if row else ""


def pin_key(session: Session, name: str, public_key: str, at: datetime) -> None:
    """From now on this is the reviewer's key."""
    session.merge(KnownReviewerRow(name=clean(name).casefold(), public_key=public_key, since=at))


@cache
def _answers() -> msgspec.json.Decoder[PackedAnswer]:
    return msgspec.json.Decoder(PackedAnswer)


@cache
def _sheets() -> msgspec.json.Decoder[Sheet]:
    return msgspec.json.Decoder(Sheet)


@cache
def _wholes() -> msgspec.json.Decoder[Whole]:
    return msgspec.json.Decoder(Whole)


def _pack(row: PackRow) -> SentPack:
    return SentPack(
        id=row.id,
        made_at=row.made_at,
        reviewer=row.reviewer,
        expected=row.expected,
        answers_digest=row.answers_digest,
        public_key=row.public_key,
        return_key=row.return_key,
        rubric=msgspec.json.decode(row.rubric, type=Rubric),
        deadline=row.deadline,
        note=row.note,
        kept=msgspec.json.decode(row.kept, type=tuple[str, ...]),
    )
