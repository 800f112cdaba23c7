"""Everything about one person as data: what `data.json` of an export holds, under keys that scripts may rely on.

Other people's words are not in it. What a reviewer wrote about this person's answers is about this person, and is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import msgspec

from cqcmock import storage
from cqcmock.domain.interview import Take, over_seconds
from cqcmock.domain.person import key_of
from cqcmock.domain.review import Sheet, Whole
from cqcmock.domain.rubric import Rubric
from cqcmock.domain.sitting import Sitting
from cqcmock.paths import Location
from cqcmock.services import merging, peers, reviewer_keys, reviewing, sittings
from cqcmock.services.sealed_files import SEALED

if TYPE_CHECKING:
    from cqcmock.domain.peer_review import PeerReview
    from cqcmock.services.library import Library
    from cqcmock.settings import Settings
    from cqcmock.storage.records import SentPack

FORMAT: Final = "cqcmock-person"
VERSION: Final = 1

KEYS: Final[dict[str, str]] = {
    "format": "what this file is",
    "version": "of the format: a whole number",
    "person": "whose export this is, as it was asked for",
    "spellings": "the name as it stands in the library",
    "made_at": "when the export was made; every time is in UTC, every date and time as in ISO 8601",
    "about": "this list: what each key holds",
    "rehearsals": "their rehearsals: every take of every answer, own marks, reflection, actions, what reviewers made "
    "of it, and every event as it was kept; “lenses” names what marks look through, “files” the reports beside this",
    "actions_owned": "actions of which they are the owner, in rehearsals of others",
    "packs_sent": "packs with answers of theirs: to whom they went, when, and how much came back",
    "packs_reviewed": "packs that were sent to them to mark, and the marks that they gave; no answers of others",
    "packs_open_here": "packs that are marked on this computer and name them, with the marks that they gave",
    "sheets_marked": "sheets that they marked in rehearsals of others",
    "reviewer_keys": "the public keys with which they signed",
    "own_key": "the public half of the reviewer’s key on this computer, if its settings name them; or null",
    "settings": "the settings of this computer, if they name them; or null",
    "facts_owned": "facts of local stories of which they are the owner",
    "you_said_we_did": "what they are to do about what people said in cafés",
    "cafe_sessions_open": "café sessions that they have open",
    "audit": "what the audit trail tells of these things",
    "mentioned": "how often words of other people mention them, which are not in this export",
}


def everything(
    library: Library,
    place: Location,
    person: str,
    settings: Settings,
    made_at: datetime,
    mentioned: Mapping[str, int],
) -> dict[str, Any]:
    """Everything about one person; `mentioned` says how often others' words do. Raises UserError."""
    with library.reading() as session:
        found = storage.persons.theirs(session, person)
        packs = storage.packs.packs(session, {*found.sent, *found.reviewed})
        asked = {pack.id for pack in packs if pack.id in found.reviewed}
        sheets = {sheet.answer.sheet: sheet for sheet in storage.packs.sheets(session, {pack.id for pack in packs})}
        returns = storage.packs.returns(session, asked)
        tallies = storage.packs.tallies(session, packs)
        rows = storage.persons.rows(session, found)
        audit = [
            msgspec.to_builtins(entry)
            for entry in storage.audit.entries(session)
            if entry.subject and entry.subject in {*found.sittings, *found.sent, *found.reviewed}
        ]
    is_them = key_of(settings.person) == key_of(person)
    loaded = [sittings.load(library, one) for one in found.sittings]
    loaded.sort(key=lambda sitting: (sitting.started_at, sitting.id))
    data = {
        "format": FORMAT,
        "version": VERSION,
        "person": person,
        "spellings": sorted({name for names in found.spellings.values() for name in names}),
        "made_at": made_at,
        "about": KEYS,
        "rehearsals": [_rehearsal(library, sitting) for sitting in loaded],
        "actions_owned": rows.actions,
        "packs_sent": [
            {
                **_pack(pack),
                "expected": tallies[pack.id].expected,
                "received": tallies[pack.id].received,
                "answers": [
                    {"rehearsal": sheet.sitting, "question": sheet.question + 1, "sent": sheet.answer}
                    for sheet in sheets.values()
                    if sheet.pack == pack.id and sheet.sitting in found.sittings
                ],
            }
            for pack in packs
            if pack.id in found.sent
        ],
        "packs_reviewed": [
            {
                **_pack(pack),
                "expected": tallies[pack.id].expected,
                "received": tallies[pack.id].received,
                "returns": [
                    {
                        "returned_at": one.returned_at,
                        "taken_in_at": one.merged_at,
                        "why_incomplete": one.why_incomplete,
                        "signed_with": one.reviewer_key,
                        "marks": [
                            _marks(sheet, sheets[sheet.id].candidate, sheets[sheet.id].question + 1)
                            for sheet in one.sheets.values()
                            if sheet.id in sheets
                        ],
                        "impressions": [_whole(whole) for whole in one.wholes.values()],
                    }
                    for one in returns
                    if one.pack == pack.id
                ],
            }
            for pack in packs
            if pack.id in found.reviewed
        ],
        "packs_open_here": _open_here(place, person),
        "sheets_marked": rows.sheets,
        "reviewer_keys": [{**key, "words": merging.key_words(key["public_key"])} for key in rows.keys],
        "own_key": own_public_key(place) if is_them else None,
        "settings": settings if is_them else None,
        "facts_owned": rows.facts,
        "you_said_we_did": rows.said,
        "cafe_sessions_open": rows.cafes,
        "audit": audit,
        "mentioned": mentioned,
    }
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(data))
    return plain


def own_public_key(place: Location) -> dict[str, str] | None:
    """What others may know of the reviewer's key on this computer; None where there is none, and none is made."""
    path = place.folder / reviewer_keys.FOLDER / reviewer_keys.FILE
    if not (path.exists() or path.with_name(path.name + SEALED).exists()):
        return None
    key = reviewer_keys.own_key(place)
    return {"public_key": key.public, "address": key.address, "words": merging.key_words(key.public)}


def open_packs_naming(place: Location, person: str) -> tuple[list[tuple[str, bool]], int]:
    """The packs on this computer that name somebody, and whether they are the reviewer; and how many cannot be read.

    Whose name stands in one that cannot be read, nobody knows.
    """
    own, unread = key_of(person), 0
    found = []
    for summary in reviewing.workspaces(place):
        if summary.trouble:
            unread += 1
            continue
        with reviewing.workspace(place, summary.id) as one:
            named = {key_of(name) for name in _named_in(one)}
            if own in named:
                found.append((one.pack.id, key_of(one.pack.reviewer) == own))
    return found, unread


def names_in_open_packs(place: Location) -> list[str]:
    """Every name in the packs on this computer, once for each pack."""
    found: list[str] = []
    for summary in reviewing.workspaces(place):
        if not summary.trouble:
            with reviewing.workspace(place, summary.id) as one:
                found += dict.fromkeys(_named_in(one))
    return found


def _named_in(one: reviewing.Workspace) -> list[str]:
    pack = one.pack
    facts = pack.story.facts if pack.story else ()
    named = [pack.reviewer, pack.made_by, *(candidate.name for candidate in pack.candidates)]
    return [name for name in (*named, *(fact.owner for fact in facts)) if name.strip()]


def _open_here(place: Location, person: str) -> list[dict[str, Any]]:
    found = []
    for pack_id, is_reviewer in open_packs_naming(place, person)[0]:
        with reviewing.workspace(place, pack_id) as one:
            pack = one.pack
            own = [answer for answer in pack.answers if _is_of(one, answer.candidate, person)]
            entry = {
                "id": pack.id,
                "file_name": one.opened.file_name,
                "opened_at": one.opened.opened_at,
                "made_on": pack.made_on,
                "deadline": pack.deadline,
                "they_mark_it": is_reviewer,
                "lenses": _lenses(pack.rubric),
                "their_answers": own,
                "marks": [],
                "impressions": [],
            }
            if is_reviewer:
                answers = one.answers
                entry["note"] = pack.note
                entry["marks"] = [
                    _marks(sheet, answers[sheet.id].candidate, answers[sheet.id].number)
                    for sheet in one.sheets().values()
                    if not sheet.marks.is_empty
                ]
                entry["impressions"] = [_whole(whole) for whole in one.wholes().values() if whole.revision]
            found.append(entry)
    return found


def _is_of(one: reviewing.Workspace, code: str, person: str) -> bool:
    return any(candidate.code == code and key_of(candidate.name) == key_of(person) for candidate in one.pack.candidates)


def _pack(pack: SentPack) -> dict[str, Any]:
    return {
        "id": pack.id,
        "made_at": pack.made_at,
        "to": pack.reviewer,
        "deadline": pack.deadline,
        "note": pack.note,
        "lenses": _lenses(pack.rubric),
    }


def _lenses(rubric: Rubric) -> dict[str, str]:
    return {lens.id: lens.name for lens in rubric.lenses}


def _marks(sheet: Sheet, candidate: str, number: int) -> dict[str, Any]:
    """What a reviewer gave; the words that a comment points at are another's."""
    marks = sheet.marks
    return {
        "candidate": candidate,
        "question": number,
        "state": sheet.state,
        "submitted_at": sheet.submitted_at,
        "levels": marks.levels,
        "overall": marks.overall,
        "comment": marks.comment,
        "comments_on_words": [pin.comment for pin in marks.pins],
        "tags": marks.tags,
    }


def _whole(whole: Whole) -> dict[str, Any]:
    return {
        "candidate": whole.candidate,
        "overall": whole.overall,
        "comment": whole.comment,
        "written_at": whole.written_at,
    }


def _rehearsal(library: Library, sitting: Sitting) -> dict[str, Any]:
    plan, state = sitting.plan, sitting.state
    review = peers.peer_review(library, sitting)
    return {
        "id": sitting.id,
        "title": sitting.title,
        "person": sitting.person,
        "role": plan.role_name,
        "mode": plan.mode,
        "place": plan.place,
        "state": state.phase,
        "lenses": _lenses(plan.rubric),
        "started_at": sitting.started_at,
        "deleted_at": sitting.deleted_at,
        "files": [],
        "questions": [
            {
                "number": number,
                "bank": planned.bank,
                "id": planned.question.id,
                "text": planned.question.text,
                "target_seconds": planned.timing.target,
                "limit_seconds": planned.timing.limit,
                "takes": [_take(take, over_seconds(take, planned.timing)) for take in takes],
            }
            for number, (planned, takes) in enumerate(zip(plan.questions, state.takes, strict=False), 1)
        ],
        "last_words": state.last_words,
        "own_marks": _own_marks(sitting),
        "marks_by_others": [] if review is None else _marks_given(review),
        "keep_and_change": peers.keep_and_change(library, sitting.id),
        "reflection": sitting.reflection,
        "actions": sitting.actions,
        "events": sitting.events,
    }


def _take(take: Take, over: float) -> dict[str, Any]:
    return {
        "text": take.text,
        "prepare_seconds": take.prepare_seconds,
        "answer_seconds": take.answer_seconds,
        "over_seconds": over,
        "probes": [
            {"text": probe.text, "answer": probe.answer, "cue": probe.cue, "seconds": probe.seconds}
            for probe in take.probes
        ],
    }


def _own_marks(sitting: Sitting) -> dict[str, Any]:
    sheet = sitting.sheet
    return {
        "submitted": sheet.submitted,
        "overall": sheet.overall,
        "comment": sheet.comment,
        "answers": [
            {"question": question + 1, "levels": marks.levels, "comment": marks.comment, "tags": marks.tags}
            for question, marks in sorted(sheet.answers.items())
        ],
    }


def _marks_given(review: PeerReview) -> list[dict[str, Any]]:
    """What reviewers made of a rehearsal: their opinions, with the words of this person that they are about."""
    return [
        {
            "by": peer.name,
            "sent": peer.expected,
            "marks": [
                {
                    "question": one.question + 1,
                    "submitted_at": one.sheet.submitted_at,
                    "levels": one.sheet.marks.levels,
                    "overall": one.sheet.marks.overall,
                    "comment": one.sheet.marks.comment,
                    "comments_on_words": [
                        {"words": one.quoted(pin), "comment": pin.comment} for pin in one.sheet.marks.pins
                    ],
                    "tags": one.sheet.marks.tags,
                    "earlier": [{"submitted_at": sheet.submitted_at, "marks": sheet.marks} for sheet in one.earlier],
                }
                for one in peer.sheets
            ],
            "impression": _whole(peer.whole) if peer.whole else None,
            "why_incomplete": peer.why_incomplete,
        }
        for peer in review.peers
    ]
