"""Asking on in a café: a colleague taps what was missing, and the room sees the next probe at once.

The rules are those of `domain.interviewing`, as in a rehearsal with an interviewer. Nobody types what is said, so the
depth of a question is how many of its probes were tapped "good" after they were answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cqcmock import storage
from cqcmock.domain.cafe.rounds import RoundQuestion
from cqcmock.domain.cafe.scene import AskedOn, Progress, State
from cqcmock.domain.depth import Depth, Reply, depth
from cqcmock.domain.hearing import NextProbe
from cqcmock.domain.interview import OutOfOrderError
from cqcmock.domain.interviewing import CUE_OF, Interviewing, Tap, as_kept, step
from cqcmock.domain.questions import Kind, Question, Source, filled
from cqcmock.errors import UserError
from cqcmock.services.interviewing import coming as coming

if TYPE_CHECKING:
    from cqcmock.services.cafe.opening import OpenCafe
    from cqcmock.services.library import Library


@dataclass(frozen=True, slots=True, kw_only=True)
class DepthReached:
    """How deep one question went in one speaker's turn, counted from 0."""

    question: str
    turn: int
    depth: Depth


def standing(library: Library, state: State, names: Mapping[str, str]) -> Interviewing | None:
    """Where the asking on about the question on screen stands, or None where no question is asked."""
    on, asked = state.progress, state.question
    if on is None or asked is None:
        return None
    return as_kept(_of_bank(library, asked, names), _kept(on.asked_on_now))


def tap(library: Library, opened: OpenCafe, tapped: Tap, names: Mapping[str, str]) -> Interviewing:
    """What was heard, or missed: returns where it stands then, with the probe that the room is asked next, if any."""
    state = opened.run.state
    now = standing(library, state, names)
    if now is None or state.question is None:
        raise OutOfOrderError("no question is asked")
    after = step(now, tapped)
    probe = None
    if after.brought and after.probe is not None:
        asked = state.question
        probe = RoundQuestion(bank=asked.bank, question=asked.question, text=after.probe.text)
    opened.run.ask_on(tapped, probe)
    return after


def depths(progress: Iterable[Progress]) -> tuple[DepthReached, ...]:
    """How deep each question went on which somebody asked on, in the order in which they were asked."""
    found = []
    for on in progress:
        for turn, number in dict.fromkeys((one.turn, one.question) for one in on.asked_on):
            here = [one for one in on.asked_on if (one.turn, one.question) == (turn, number)]
            question = on.questions[number].text
            now = as_kept(_spoken(question), _kept(here))
            if now.asked:
                found.append(DepthReached(question=question, turn=turn, depth=_depth(now)))
    return tuple(found)


def _depth(now: Interviewing) -> Depth:
    replies = [Reply(), *(Reply(good=asked.good) for asked in now.asked)]
    return depth(now.question.text, [asked.probe.text for asked in now.asked], replies)


def _kept(asked: Iterable[AskedOn]) -> list[tuple[Tap, NextProbe | None]]:
    return [
        (one.tap, NextProbe(cue=CUE_OF[one.tap], text=one.probe) if one.probe and one.tap in CUE_OF else None)
        for one in asked
    ]


def _of_bank(library: Library, asked: RoundQuestion, names: Mapping[str, str]) -> Question:
    """The question with its probes; where the bank has it no longer, only its words, and plain probes follow."""
    try:
        with library.reading() as session:
            return filled(storage.banks.question(session, asked.bank, asked.question), names)
    except UserError:
        return _spoken(asked.text)


def _spoken(text: str) -> Question:
    return Question(
        id="spoken", text=text, kind=Kind.QUESTION, prepare_seconds=0, target_seconds=0, limit_seconds=0,
        source=Source.COUNCIL,
    )  # fmt: skip
