"""A question for a round: drawn from the banks, or picked, and not asked before in the same session."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from zlib import crc32

from cqcmock import storage
from cqcmock.domain.cafe.events import Event
from cqcmock.domain.cafe.rounds import RoundKind, RoundQuestion
from cqcmock.domain.choosing import Candidate, QuestionKey, draw
from cqcmock.domain.interview import OutOfOrderError
from cqcmock.domain.questions import Kind, filled
from cqcmock.errors import UserError

if TYPE_CHECKING:
    from cqcmock.services.cafe.opening import OpenCafe
    from cqcmock.services.library import Library

PRIDE, WORRIES, FEEDBACK = "pride", "worries", "feedback"

CARDS_OF: Final[Mapping[RoundKind, tuple[str, ...]]] = {
    RoundKind.OPENING: (FEEDBACK,),
    RoundKind.PRIDE: (PRIDE,),
    RoundKind.CARDS: (PRIDE, WORRIES),
    RoundKind.CLOSING: (FEEDBACK,),
}
"""Rounds that ask the questions of the café's cards, and the theme in each of their phases; others are interviews."""

AT_ONCE: Final = "at once"
"""Kept with a question that was drawn because of another deed, and that is undone with it."""

_INTERVIEW: Final = (Kind.OPENER, Kind.QUESTION)


def fitting(library: Library, kind: RoundKind, role: str, phase: int = 0) -> tuple[Candidate, ...]:
    """The questions of the banks that suit a round of this kind with people of this role, in the order of the banks."""
    with library.reading() as session:
        candidates = storage.banks.candidates(session, role)
    themes = CARDS_OF.get(kind)
    if themes is None:
        return tuple(one for one in candidates if one.question.kind in _INTERVIEW)
    theme = themes[min(phase, len(themes) - 1)]
    cards = tuple(one for one in candidates if one.question.kind is Kind.CARD)
    return tuple(one for one in cards if theme in one.question.themes) or cards


def as_asked(candidate: Candidate, names: Mapping[str, str]) -> RoundQuestion:
    """The question as the room sees it; `names` stand for `{place}` and `{council}`."""
    question = filled(candidate.question, names)
    listen_for = question.strong or tuple(point.label for point in question.points)
    return RoundQuestion(bank=candidate.bank, question=question.id, text=question.text, listen_for=listen_for)


def drawn(
    candidates: Iterable[Candidate], asked: Mapping[QuestionKey, int], names: Mapping[str, str], seed: int
) -> RoundQuestion:
    """One of these questions, asked least so far; the same arguments always give the same.

    Raises UserError where there are none.
    """
    there = tuple(candidates)
    if not there:
        raise UserError("The banks have no question for this round.", "Pick one from another bank, or write one.")
    fewest = min(asked.get(one.key, 0) for one in there)
    fresh = [one for one in there if asked.get(one.key, 0) == fewest]
    alike = [replace(one, question=replace(one.question, kind=Kind.QUESTION)) for one in fresh]
    (chosen,) = draw(alike, 1, seed, {})
    return as_asked(chosen, names)


def asked_in(events: Iterable[Event]) -> Counter[QuestionKey]:
    """How often each question was asked in a session or is planned for it, what was undone among them."""
    asked: Counter[QuestionKey] = Counter()
    planned: set[QuestionKey] = set()
    for event in events:
        if event.question is not None:
            asked[event.question.bank, event.question.question] += 1
        if event.order is not None:
            planned |= {(one.question.bank, one.question.question) for one in event.order.rounds if one.question}
    asked.update(planned)
    return asked


def draw_next(
    library: Library,
    opened: OpenCafe,
    role: str,
    names: Mapping[str, str],
    *,
    seed: int | None = None,
    at_once: bool = False,
) -> RoundQuestion:
    """Draw another question for the round that is on and ask it; the seed is kept with it.

    Without a seed one is made of the session and of how much has happened in it. `at_once`: another
    deed brought it. Raises UserError where the banks have none.
    """
    state = opened.run.state
    if state.round is None or state.progress is None:
        raise OutOfOrderError("no round is on")
    events = opened.run.events
    number = crc32(f"{opened.id}:{len(events)}".encode()) if seed is None else seed
    candidates = fitting(library, state.round.kind, role, state.progress.phase)
    question = drawn(candidates, asked_in(events), names, number)
    opened.run.draw_question(question, f"{number} {AT_ONCE}" if at_once else str(number))
    return question


def pick(library: Library, opened: OpenCafe, bank: str, question: str, names: Mapping[str, str]) -> RoundQuestion:
    """Ask this question of a bank in the round that is on. Raises UserError where it is not there."""
    chosen = from_bank(library, bank, question, names)
    opened.run.pick_question(chosen)
    return chosen


def from_bank(library: Library, bank: str, question: str, names: Mapping[str, str]) -> RoundQuestion:
    """A question of a bank as a round asks it, for a running order. Raises UserError where it is not there."""
    with library.reading() as session:
        found = storage.banks.question(session, bank, question)
    return as_asked(Candidate(bank=bank, bank_version=0, question=found), names)
