"""How deep the questions of a café went on which a colleague asked on.

Nobody types what is said, so the depth of a question is how many of its probes were tapped "good" once answered.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cqcmock.domain.cafe.scene import AskedOn, Progress
from cqcmock.domain.depth import Depth, Reply, depth
from cqcmock.domain.hearing import NextProbe
from cqcmock.domain.interviewing import CUE_OF, Interviewing, Tap, as_kept
from cqcmock.domain.questions import Kind, Question, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class DepthReached:
    """How deep one question went in one speaker's turn, counted from 0."""

    question: str
    turn: int
    depth: Depth


def depths(progress: Iterable[Progress]) -> tuple[DepthReached, ...]:
    """How deep each question went on which somebody asked on, in the order in which they were asked."""
    found = []
    for on in progress:
        for turn, number in dict.fromkeys((one.turn, one.question) for one in on.asked_on):
            here = [one for one in on.asked_on if (one.turn, one.question) == (turn, number)]
            question = on.questions[number].text
            now = as_kept(spoken(question), kept(here))
            if now.asked:
                found.append(DepthReached(question=question, turn=turn, depth=_depth(now)))
    return tuple(found)


def _depth(now: Interviewing) -> Depth:
    replies = [Reply(), *(Reply(good=asked.good) for asked in now.asked)]
    return depth(now.question.text, [asked.probe.text for asked in now.asked], replies)


def kept(asked: Iterable[AskedOn]) -> list[tuple[Tap, NextProbe | None]]:
    """The taps with the probes that they brought, as the rules of interviewing read them."""
    return [
        (one.tap, NextProbe(cue=CUE_OF[one.tap], text=one.probe) if one.probe and one.tap in CUE_OF else None)
        for one in asked
    ]


def spoken(text: str) -> Question:
    """A question of which only the words are known: plain probes follow it."""
    return Question(
        id="spoken", text=text, kind=Kind.QUESTION, prepare_seconds=0, target_seconds=0, limit_seconds=0,
        source=Source.COUNCIL,
    )  # fmt: skip
