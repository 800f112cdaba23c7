"""A rehearsal whose answers are there beforehand: the same interview, without the waiting."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cqcmock.banks.reflection_file import WrittenAction, WrittenReflection
from cqcmock.clock import Clock
from cqcmock.domain.interview import EventKind, Phase
from cqcmock.domain.reflection import Action
from cqcmock.domain.rubric import MarkSheet
from cqcmock.domain.sitting import Sitting
from cqcmock.domain.text_limits import LONGEST_ANSWER
from cqcmock.errors import UserError
from cqcmock.services import rehearsing, sittings
from cqcmock.services.live import LiveInterview
from cqcmock.services.rehearsing import SetUp

if TYPE_CHECKING:
    from cqcmock.services.library import Library

Block = Sequence[str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The sitting, and a sentence for each answer that no probe was left for."""

    sitting: Sitting
    left_over: tuple[str, ...]


def rehearse(
    library: Library, set_up: SetUp, blocks: Sequence[Block], written: WrittenReflection | None, clock: Clock
) -> Outcome:
    """Run a whole interview on answers that are given, one block a question, and write everything down.

    Where a block has no answer for the next probe, that probe is kept as asked and not answered, and the
    interview goes on. Raises UserError where there are more blocks than questions.
    """
    plan = rehearsing.make_plan(library, set_up)
    if len(plan.questions) < len(blocks):
        raise UserError(
            f"There are {len(blocks)} answers, but only {len(plan.questions)} questions for this role.",
            "Take some answers out, or add a question bank.",
        )
    for number, part in ((number, part) for number, block in enumerate(blocks, start=1) for part in block):
        if len(part) > LONGEST_ANSWER:
            raise UserError(
                f"Answer {number} is {len(part):,} characters long; at most {LONGEST_ANSWER:,} can be kept.",
                "Make it shorter and start again.",
            )
    sitting = rehearsing.start(library, plan, set_up.person, clock)
    with sittings.recorder(library, sitting.id) as keep:
        live = LiveInterview(plan, (), clock, keep)
        left_over: list[str] = []
        for number, block in enumerate(blocks, start=1):
            left_over += answer_question(live, number, block)
        live.finish()
    if written:
        finish_sitting(library, sitting.id, MarkSheet(submitted=True), written, clock)
    return Outcome(sittings.load(library, sitting.id), tuple(left_over))


def answer_question(live: LiveInterview, number: int, parts: Block) -> list[str]:
    """Put the next question, answer it and its probes; returns what was left over, in sentences."""
    live.show_next()
    if live.can(EventKind.ANSWERING_STARTED):
        live.begin_answer()
    rest = list(parts)
    live.end_answer(rest.pop(0))
    while live.state.phase is Phase.PROBE:
        if rest:
            live.end_answer(rest.pop(0))
        else:
            live.end_answer("", ask_on=False)
    return [f"Question {number} had no probe left for this answer, so it was not used: {part}" for part in rest]


def finish_sitting(
    library: Library, sitting_id: str, sheet: MarkSheet, written: WrittenReflection, clock: Clock
) -> None:
    """Write down the own marks, the reflection and the actions, and with them end the sitting."""
    sittings.submit_marks(library, sitting_id, sheet, clock)
    actions = tuple(as_action(action) for action in written.actions)
    sittings.finish_reflection(library, sitting_id, written.reflection, actions, clock)


def as_action(action: WrittenAction) -> Action:
    """An action of a file, as one of the library."""
    return Action(id=str(uuid.uuid4()), what=action.what, owner=action.owner, due=action.due)
