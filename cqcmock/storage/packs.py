"""Packs that were sent to reviewers, and the returns that came back: kept as the set that they are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

import msgspec
from sqlalchemy import Row, and_, delete, func, select, update
from sqlalchemy.orm import Session

from cqcmock.domain.audit import Kind
from cqcmock.domain.interview import PARTS_JOINED_BY
from cqcmock.domain.review import KeepAndChange, PackedAnswer, Sheet, Tally, Whole
from cqcmock.domain.rubric import Rubric
from cqcmock.storage import holds
from cqcmock.storage.errors import NotThereError
from cqcmock.storage.records import MergedReturn, SentIn, SentPack, SentSheet
from cqcmock.storage.review_schema import (
    FORGOTTEN,
    KeepAndChangeRow,
    KnownReviewerRow,
    PackReturnRow,
    PackRow,
    PackSheetRow,
    ReturnedSheetRow,
)
from cqcmock.storage.text import ID_LIMIT, LINE_LIMIT, NAME_LIMIT, PAYLOAD_LIMIT, at_most, checked, clean, clean_json
from cqcmock.storage.turns import Turn, alone, hold_sitting

_LATEST_FIRST = select(*PackRow.__table__.columns).order_by(PackRow.made_at.desc(), PackRow.id)

_ANSWERS_AT_ONCE = 100
"""Each is up to a few hundred kilobytes."""


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
    wanted = _LATEST_FIRST if ids is None else _LATEST_FIRST.where(PackRow.id.in_([clean(pack_id) for pack_id in ids]))
    return tuple(_pack(row) for row in session.execute(wanted))


def of_sittings(session: Session, sittings: Collection[str]) -> tuple[SentPack, ...]:
    """Every pack in which an answer of these sittings was sent, the latest first."""
    ids = select(PackSheetRow.pack_id).where(PackSheetRow.sitting_id.in_([*sittings]))
    return tuple(_pack(row) for row in session.execute(_LATEST_FIRST.where(PackRow.id.in_(ids))))


def ids_of_sittings(session: Session, sittings: Collection[str]) -> frozenset[str]:
    """As `of_sittings`, the ids alone."""
    ids = select(PackSheetRow.pack_id).where(PackSheetRow.sitting_id.in_([*sittings])).distinct()
    return frozenset(session.execute(ids).scalars())


def sittings_of(session: Session, pack_ids: Collection[str]) -> dict[str, frozenset[str]]:
    """Of each of these packs the sittings of which there are answers in it; they may be deleted by now."""
    wanted = PackSheetRow.pack_id.in_([clean(pack_id) for pack_id in pack_ids])
    found: dict[str, set[str]] = {}
    for pack, sitting in session.execute(
        select(PackSheetRow.pack_id, PackSheetRow.sitting_id).where(wanted).distinct()
    ):
        found.setdefault(pack, set()).add(sitting)
    return {pack_id: frozenset(found.get(clean(pack_id), ())) for pack_id in pack_ids}


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


def sent_in(session: Session, pack_ids: Collection[str], measured: Collection[str]) -> dict[str, SentIn]:
    """What has to be known of each pack to check its returns; the answers of `measured` sheets are measured."""
    rows = session.execute(
        select(
            PackSheetRow.pack_id,
            PackSheetRow.sheet_id,
            PackSheetRow.sitting_id,
            PackSheetRow.candidate,
            PackSheetRow.payload,
        ).where(PackSheetRow.pack_id.in_([*pack_ids])),
        execution_options={"yield_per": _ANSWERS_AT_ONCE},
    )
    found = {pack_id: SentIn() for pack_id in pack_ids}
    for pack_id, sheet, sitting, candidate, payload in rows:
        one = found[pack_id]
        one.sheets.add(sheet)
        one.codes.add(candidate)
        one.sittings.add(sitting)
        if payload and sheet in measured:
            said = _said().decode(payload)
            one.lengths[sheet] = len(PARTS_JOINED_BY.join((said.answer, *(probe.answer for probe in said.probes))))
    return found


def tallies(session: Session, sent: Collection[SentPack]) -> dict[str, Tally]:
    """How many sheets of each of these packs were sent, and how many of them have come back."""
    rows = session.execute(
        select(PackReturnRow.pack_id, func.count(func.distinct(ReturnedSheetRow.sheet_id)))
        .join(ReturnedSheetRow, ReturnedSheetRow.return_digest == PackReturnRow.digest)
        .where(PackReturnRow.pack_id.in_([pack.id for pack in sent]), ~ReturnedSheetRow.is_whole)
        .group_by(PackReturnRow.pack_id)
    )
    received = {pack_id: sheets for pack_id, sheets in rows}  # noqa: C416 - rows, not tuples
    return {pack.id: Tally(expected=pack.expected, received=received.get(pack.id, 0)) for pack in sent}


def reasons(session: Session, pack_ids: Collection[str]) -> dict[str, str]:
    """Why the latest return of each pack was not complete; packs without a return are not there."""
    rows = session.execute(
        select(PackReturnRow.pack_id, PackReturnRow.why_incomplete)
        .where(PackReturnRow.pack_id.in_([*pack_ids]))
        .order_by(PackReturnRow.returned_at, PackReturnRow.digest)
    )
    return {pack_id: why for pack_id, why in rows}  # noqa: C416 - rows, not tuples; the latest is the last


def known_digests(session: Session) -> frozenset[str]:
    """The returns that are in the library already."""
    return frozenset(session.execute(select(PackReturnRow.digest)).scalars())


def merge(session: Session, returns: Sequence[MergedReturn]) -> frozenset[str]:
    """Add returns to the set; the digests of those that are new. Nothing else changes, so the order never matters.

    Raises NotThereError where a pack is gone, TextTooLongError, and adds nothing then.
    """
    alone(session.connection(), Turn.PACKS)
    known = known_digests(session)  # all of them: a statement takes only so many to look for
    new = {one.digest: one for one in returns if one.digest not in known}
    gone = _forgotten(session, {one.pack for one in new.values()})
    parts = [row for one in new.values() for row in _part_rows(one, gone[one.pack])]
    if new:
        session.execute(PackReturnRow.__table__.insert(), [_return_row(one) for one in new.values()])  # type: ignore[attr-defined]
    if parts:
        session.execute(ReturnedSheetRow.__table__.insert(), parts)  # type: ignore[attr-defined]
    return frozenset(new)


def _return_row(returned: MergedReturn) -> dict[str, object]:
    return {
        "digest": returned.digest,
        "pack_id": returned.pack,
        "returned_at": returned.returned_at,
        "merged_at": returned.merged_at,
        "reviewer_key": returned.reviewer_key,
        "why_incomplete": checked(returned.why_incomplete, LINE_LIMIT, "The reason"),
    }


def _part_rows(returned: MergedReturn, gone: Collection[str]) -> list[dict[str, object]]:
    parts: list[tuple[str, bool, Sheet | Whole]] = [(sheet, False, one) for sheet, one in returned.sheets.items()]
    parts += [(code, True, whole) for code, whole in returned.wholes.items()]
    return [
        {
            "return_digest": returned.digest,
            "sheet_id": checked(part_id, ID_LIMIT, "The id of a sheet"),
            "is_whole": is_whole,
            "payload": "" if part_id in gone else at_most(clean_json(part), PAYLOAD_LIMIT, "The marks of an answer"),
        }
        for part_id, is_whole, part in parts
    ]


def _forgotten(session: Session, pack_ids: Collection[str]) -> dict[str, set[str]]:
    """The sheets and candidates of each pack of which nothing may be kept any more: their sittings are gone for good.

    Raises NotThereError where a pack is.
    """
    rows = session.execute(
        select(PackRow.id, PackSheetRow.sheet_id, PackSheetRow.candidate)
        .join(PackSheetRow, and_(PackSheetRow.pack_id == PackRow.id, FORGOTTEN), isouter=True)
        .where(PackRow.id.in_([*pack_ids]))
    )
    gone: dict[str, set[str]] = {}
    for pack_id, *parts in rows:
        gone.setdefault(pack_id, set()).update(parts)
    if gone.keys() != {*pack_ids}:
        raise NotThereError("The pack that this return is for is no longer there.", "Look whether it was deleted.")
    return gone


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
    """Delete a pack with everything that came back for it. Raises NotThereError, HeldError."""
    holds.refuse(session, Kind.PACK, pack_id)
    undo(session, pack_id)


def undo(session: Session, pack_id: str) -> None:
    """Take a pack out again that never was: its file could not be written. Raises NotThereError."""
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
    return KeepAndChange(keep=_lines().decode(row.keep), change=_lines().decode(row.change))


def save_keep_and_change(session: Session, sitting_id: str, advice: KeepAndChange) -> None:
    """Keep what was chosen in place of what was chosen before. Raises NotThereError, TextTooLongError."""
    sitting_id = hold_sitting(session, sitting_id).id
    keep, change = (
        clean_json([checked(line, LINE_LIMIT, "The line") for line in lines]) for lines in (advice.keep, advice.change)
    )
    session.merge(KeepAndChangeRow(sitting_id=sitting_id, keep=keep, change=change))
    session.flush()


def keys_of_reviewers(session: Session, names: Collection[str]) -> dict[str, str]:
    """The key with which each of these reviewers signed the first time; those who never did are not there."""
    rows = session.execute(select(KnownReviewerRow.name, KnownReviewerRow.public_key))
    keys = {name: key for name, key in rows}  # noqa: C416 - rows, not tuples
    return {name: keys[known] for name in names if (known := clean(name).casefold()) in keys}


def pin_key(session: Session, name: str, public_key: str, at: datetime) -> None:
    """From now on this is the reviewer's key."""
    session.merge(KnownReviewerRow(name=clean(name).casefold(), public_key=public_key, since=at))


class _SaidToProbe(msgspec.Struct):
    answer: str = ""


class _Said(msgspec.Struct):
    """What was said in an answer, and nothing else of it: for measuring many of them."""

    answer: str
    probes: tuple[_SaidToProbe, ...] = ()


@cache
def _said() -> msgspec.json.Decoder[_Said]:
    return msgspec.json.Decoder(_Said)


@cache
def _answers() -> msgspec.json.Decoder[PackedAnswer]:
    return msgspec.json.Decoder(PackedAnswer)


@cache
def _sheets() -> msgspec.json.Decoder[Sheet]:
    return msgspec.json.Decoder(Sheet)


@cache
def _wholes() -> msgspec.json.Decoder[Whole]:
    return msgspec.json.Decoder(Whole)


@cache
def _lines() -> msgspec.json.Decoder[tuple[str, ...]]:
    return msgspec.json.Decoder(tuple[str, ...])


@lru_cache(maxsize=8)
def _rubric(text: str) -> Rubric:
    """Most packs have the same one."""
    return msgspec.json.decode(text, type=Rubric)


def _pack(row: Row[Any]) -> SentPack:
    return SentPack(
        id=row.id,
        made_at=row.made_at,
        reviewer=row.reviewer,
        expected=row.expected,
        answers_digest=row.answers_digest,
        public_key=row.public_key,
        return_key=row.return_key,
        rubric=_rubric(row.rubric),
        deadline=row.deadline,
        note=row.note,
        kept=_lines().decode(row.kept),
    )
