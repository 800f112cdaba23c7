"""A small pack with its keys, for tests of what goes into files and comes out of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from cqcmock.domain.review import (
    Candidate,
    Pack,
    PackedAnswer,
    PackedProbe,
    PeerMarks,
    Return,
    Sheet,
    SheetState,
    Whole,
)
from cqcmock.domain.rubric import Lens, Rubric
from cqcmock.review import sealing, signing
from cqcmock.review.pack_file import PackContent

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
LEVELS = ("none", "some", "most", "all")
RUBRIC = Rubric(
    id="two",
    title="Two lenses",
    lenses=tuple(Lens(id=one, name=one.title(), anchors=LEVELS) for one in ("evidence", "clarity")),
    overall=LEVELS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A pack with what its owner keeps back."""

    content: PackContent
    public_key: str
    return_key: str


def a_pack(answers: int = 4, pack_id: str = "pack-1", reviewer: str = "Ann Example") -> Pack:
    """A pack with so many answers of one candidate."""
    return Pack(
        id=pack_id,
        made_on=date(2026, 11, 22),
        made_by="Rutland",
        reviewer=reviewer,
        rubric=RUBRIC,
        tags=("rambling",),
        candidates=(Candidate(code="A", role_name="Lead member", place="Rutland"),),
        answers=tuple(
            PackedAnswer(
                sheet=f"{pack_id}-sheet-{at}",
                candidate="A",
                number=at + 1,
                question=f"Question {at + 1}?",
                answer="We asked forty carers – é 愛.",
                probes=(PackedProbe(text="And then?", answer="They told us."),),
            )
            for at in range(answers)
        ),
    )


def sent(pack: Pack | None = None) -> Sent:
    """The pack with keys of its own."""
    pack = pack or a_pack()
    secret, public = signing.new_signing_key()
    return_key, address = sealing.new_address()
    content = PackContent(pack=pack, signing_key=secret, return_address=address, expected=len(pack.answers))
    return Sent(content=content, public_key=public, return_key=return_key)


def a_sheet(sheet_id: str, level: int = 2, minutes: int = 0, revision: int = 1) -> Sheet:
    """A submitted sheet with one level throughout."""
    return Sheet(
        id=sheet_id,
        marks=PeerMarks(levels={"evidence": level, "clarity": level}, overall=level, comment=f"Level {level}."),
        state=SheetState.SUBMITTED,
        revision=revision,
        submitted_at=NOON + timedelta(minutes=minutes),
    )


def a_return(content: PackContent, *sheets: Sheet, minutes: int = 60) -> Return:
    """A return of these sheets, or of all."""
    return Return(
        pack=content.pack.id,
        answers_digest=content.answers_digest,
        reviewer=content.pack.reviewer,
        returned_at=NOON + timedelta(minutes=minutes),
        sheets=sheets or tuple(a_sheet(answer.sheet) for answer in content.pack.answers),
        wholes=(Whole(candidate="A", overall=2, comment="Plain and kind.", revision=1, written_at=NOON),),
    )
