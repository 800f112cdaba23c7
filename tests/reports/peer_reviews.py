"""What peers made of the worked sitting, and reports of it: compared as the program compares it."""

from __future__ import annotations

from cqcmock.domain.peer_review import Peer, PeerReview, PeerSheet
from cqcmock.domain.review import KeepAndChange, PackedAnswer, PackedProbe, PeerMarks, Pin, Sheet, SheetState, Whole
from cqcmock.domain.sitting import Sitting
from cqcmock.reports.content import Document
from cqcmock.reports.feedback import feedback_document
from cqcmock.services import peers
from tests.reports.documents import MADE_ON
from tests.reports.sittings import RUBRIC, hearings_of, worked_sitting

LENSES = tuple(lens.id for lens in RUBRIC.lenses)
LONG = (
    "You came to it in the end, and what you came to was worth hearing: the two sisters in Bishop’s Stortford who "
    "could not get past the switchboard. An assessor would have wanted it first. The figure for the waiting list has a "
    "month but nothing beside it, so nobody can tell whether it is good; say what it was a year ago, or what the next "
    "county has."
)
CHOSEN = KeepAndChange(
    keep=("The sisters in Bishop’s Stortford, told first", "Saying “I do not know yet”, with a date", "Plain words"),
    change=("Begin with the answer", "Put last year’s figure beside each figure"),
)


def answer_of(sitting: Sitting, question: int, text: str | None = None) -> PackedAnswer:
    take = sitting.state.takes[question][-1]
    return PackedAnswer(
        sheet=f"sheet-{question}",
        candidate="A",
        number=question + 1,
        question=sitting.plan.questions[question].question.text,
        answer=take.text if text is None else text,
        probes=tuple(PackedProbe(text=probe.text, answer=probe.answer) for probe in take.probes),
    )


def peer_sheet(sitting: Sitting, question: int, marks: PeerMarks, **more: str) -> PeerSheet:
    sheet = Sheet(id=f"sheet-{question}", marks=marks, state=SheetState.SUBMITTED, revision=1)
    return PeerSheet(question=question, sheet=sheet, answer=answer_of(sitting, question, **more))


def levels_of(*levels: int) -> dict[str, int]:
    return dict(zip(LENSES, levels, strict=True))


def pin_on(answer: PackedAnswer, words: str, comment: str) -> Pin:
    start = answer.spoken.index(words)
    return Pin(start=start, end=start + len(words), comment=comment)


def review_of(sitting: Sitting, *of_peers: Peer, hidden: bool = False) -> PeerReview:
    """Compared as the program compares it."""
    review = PeerReview(sitting=sitting.id, hidden=hidden, peers=of_peers)
    return review if hidden else peers.compared(review, sitting)


def two_peers(sitting: Sitting) -> PeerReview:
    """Ann has marked everything, Bob all but the last two."""
    ann, bob = [], []
    for question in sitting.answered:
        answer = answer_of(sitting, question)
        words = " ".join(answer.answer.split()[4:12])
        start = answer.answer.find(words)
        pins = (Pin(start=start, end=start + len(words), comment="This is the sentence I will remember."),)
        marks = PeerMarks(
            levels=levels_of(*((question + lens) % 4 for lens in range(6))),
            overall=question % 4,
            comment=LONG if question % 3 == 0 else "Good to hear a figure with its month.",
            pins=pins if start >= 0 else (),
            tags=("broad-assurance",) if question == 1 else (),
        )
        ann.append(peer_sheet(sitting, question, marks))
        if question < len(sitting.answered) - 2:
            other = levels_of(*((question + lens + (lens == 4) * 2) % 4 for lens in range(6)))
            bob.append(peer_sheet(sitting, question, PeerMarks(levels=other, overall=2)))
    whole = Whole(candidate="A", overall=2, comment=LONG, revision=1)
    return review_of(
        sitting,
        Peer(name="Ann Example", expected=len(ann), sheets=tuple(ann), whole=whole),
        Peer(name="Bob Example", expected=len(ann), sheets=tuple(bob), why_incomplete="The train came in."),
    )


def report(review: PeerReview | None, sitting: Sitting | None = None, chosen: KeepAndChange | None = None) -> Document:
    sitting = sitting or worked_sitting()
    return feedback_document(
        sitting,
        hearings_of(sitting),
        made_on=MADE_ON,
        peer_review=review,
        chosen=chosen,
        tag_names={"broad-assurance": "broad assurance without detail"},
    )
