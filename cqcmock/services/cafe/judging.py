"""Which of two anonymous answers reassures more: answers typed in the room or taken from finished rehearsals.

An answer carries no name and no trace of the rehearsal that it was taken from, and what could name somebody is left
out before it is kept.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cqcmock import storage
from cqcmock.domain.cafe import judging as rules
from cqcmock.domain.cafe.judging import Advice, Judgement, Pair, Ranked, Record, Reliability, TakenBack
from cqcmock.domain.hearing import Overruling, PersonalData
from cqcmock.domain.interview import OutOfOrderError, Phase
from cqcmock.domain.text_limits import LONGEST_ANSWER
from cqcmock.errors import UserError
from cqcmock.services import privacy
from cqcmock.services.cafe.keeping import KeptList
from cqcmock.storage.cafe_records import JudgingEvent, JudgingKind

if TYPE_CHECKING:
    from cqcmock.services.library import Library

K = JudgingKind

FINISHED = (Phase.OWN_MARKS, Phase.REFLECTION, Phase.DONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer to compare, and nothing of whose it is."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judging:
    """The answers that are there, and everything that was judged."""

    answers: tuple[Answer, ...] = ()
    record: Record = ()

    def answer(self, answer_id: str) -> Answer | None:
        """The answer with this id, unless it was taken away."""
        return next((answer for answer in self.answers if answer.id == answer_id), None)


JudgingList = KeptList[JudgingEvent, Judging]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedAnswer:
    """An answer of a finished rehearsal that could be compared, as it was given; `found` could name somebody."""

    question: str
    text: str
    found: tuple[PersonalData, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standings:
    """The answers from the most to the least reassuring, how far that can be relied on, and whether it is enough."""

    ranked: tuple[Ranked, ...]
    reliability: Reliability
    advice: Advice


def kept(events: Iterable[JudgingEvent], keep: Callable[[int, JudgingEvent, Judging], None]) -> JudgingList:
    """The comparing of a session, as `opening` makes it."""
    return KeptList(events, fold, keep, after=lambda so_far, _before, event: _step(so_far, event), same=_same)


def fold(events: Iterable[JudgingEvent]) -> Judging:
    """What these events amount to. Raises OutOfOrderError where they cannot have happened."""
    so_far = Judging()
    for event in events:
        so_far = _step(so_far, event)
    return so_far


def _step(so_far: Judging, event: JudgingEvent) -> Judging:
    match event.kind:
        case K.ANSWER_ADDED:
            if so_far.answer(event.answer) is not None:
                raise OutOfOrderError(f"answer {event.answer} is there already")
            return replace(so_far, answers=(*so_far.answers, Answer(id=event.answer, text=event.text)))
        case K.ANSWER_TAKEN_AWAY:
            _must_be_there(so_far, event.answer)
            return replace(so_far, answers=tuple(one for one in so_far.answers if one.id != event.answer))
        case K.JUDGED:
            judgement = Judgement(left=event.left, right=event.right, chosen=event.chosen, by=event.by, at=event.at)
            return replace(so_far, record=rules.judged(so_far.record, judgement))
        case K.TAKEN_BACK:
            if not rules.standing(so_far.record):
                raise OutOfOrderError("there is no judgement to take back")
            return replace(so_far, record=(*so_far.record, TakenBack(at=event.at)))


def _must_be_there(so_far: Judging, answer: str) -> None:
    if so_far.answer(answer) is None:
        raise OutOfOrderError(f"there is no answer {answer}")


def _same(event: JudgingEvent, tried: JudgingEvent) -> bool:
    if event.kind is not tried.kind:
        return False
    made = replace(event, answer=tried.answer) if event.kind is K.ANSWER_ADDED else event
    return replace(made, at=tried.at) == tried


def offered(library: Library, sitting_id: str) -> tuple[OfferedAnswer, ...]:
    """The last take of each answer of a finished rehearsal. Raises UserError where it is not finished, or gone."""
    with library.reading() as session:
        sitting = storage.sittings.load(session, sitting_id)
    if sitting.state.phase not in FINISHED:
        raise UserError("This rehearsal is not finished.", "Choose one that is.")
    answers = []
    for question in sitting.answered:
        take = len(sitting.state.takes[question]) - 1
        text = sitting.state.takes[question][take].text.strip()
        if text:
            overruled = sitting.state.overruled(question, take)
            found = privacy.personal_data_in(text, overruled)
            words = sitting.plan.questions[question].question.text
            answers.append(OfferedAnswer(question=words, text=text, found=found))
    return tuple(answers)


def add_answer(comparing: JudgingList, text: str, let_stand: Collection[Overruling] = ()) -> Judging:
    """One more answer, without what could name somebody; `let_stand` are findings that somebody says name nobody.

    Raises UserError where there are no words, too many, or the same words are there already.
    """
    words = privacy.redacted_text(storage.text.clean(text).strip(), let_stand)
    if not words:
        raise UserError("The answer is empty.", "Write or choose one with a few words.")
    if len(words) > LONGEST_ANSWER:
        raise UserError(f"The answer is longer than {LONGEST_ANSWER:,} characters.", "Shorten it.")
    if any(answer.text == words for answer in comparing.state.answers):
        raise UserError("This answer is there already.", "Choose another.")
    return comparing.add(JudgingEvent(kind=K.ANSWER_ADDED, answer=uuid.uuid4().hex, text=words))


def take_away(comparing: JudgingList, answer: str) -> Judging:
    """Take an answer away, as whoever gave it may ask; its words are gone for good when the session is closed."""
    return comparing.add(JudgingEvent(kind=K.ANSWER_TAKEN_AWAY, answer=answer))


def next_pair(comparing: JudgingList, *, left_out: Collection[str] = ()) -> Pair | None:
    """The two answers to look at next, or None where there are not two; `left_out` are those of the one who looks."""
    there = comparing.state
    return rules.next_pair([answer.id for answer in there.answers], rules.standing(there.record), left_out=left_out)


def judge(comparing: JudgingList, pair: Pair, chosen: str, at: float, *, by: str = "") -> Judging:
    """One of two answers reassures more; `at` in seconds since the session began, `by` never a name."""
    for answer in (pair.left, pair.right):
        _must_be_there(comparing.state, answer)
    if chosen not in (pair.left, pair.right):
        raise OutOfOrderError(f"{chosen} is neither of the two")
    by = " ".join(storage.text.clean(by).split())
    return comparing.add(
        JudgingEvent(kind=K.JUDGED, left=pair.left, right=pair.right, chosen=chosen, by=by, at=_later(comparing, at))
    )


def take_back(comparing: JudgingList, at: float) -> Judging:
    """Take back the latest judgement. Raises UserError where there is none."""
    if comparing.waiting is None:
        rules.take_back(comparing.state.record, _later(comparing, at))
    return comparing.add(JudgingEvent(kind=K.TAKEN_BACK, at=_later(comparing, at)))


def _later(comparing: JudgingList, at: float) -> float:
    record = comparing.state.record
    return max(at, record[-1].at) if record else at


def standings(judging: Judging) -> Standings:
    """How the answers stand to one another. Nothing of it is a mark."""
    answers = [answer.id for answer in judging.answers]
    judgements = rules.standing(judging.record)
    found = rules.scale(answers, judgements)
    return Standings(
        ranked=rules.ranked(found),
        reliability=rules.reliability(found),
        advice=rules.advice(answers, judgements),
    )


def forget(events: Iterable[JudgingEvent]) -> tuple[JudgingEvent, ...]:
    """The same events without the words of answers that were taken away."""
    kept_events = tuple(events)
    there = {answer.id for answer in fold(kept_events).answers}
    return tuple(
        replace(event, text="") if event.kind is K.ANSWER_ADDED and event.answer not in there else event
        for event in kept_events
    )
