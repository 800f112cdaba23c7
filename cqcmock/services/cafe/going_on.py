"""Going on from round to round and from speaker to speaker: what needs a question brings one with it, drawn at once.

A question that came with a deed goes with it when the deed is undone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cqcmock.domain.cafe.events import DEEDS, Event, EventKind
from cqcmock.domain.cafe.rounds import KINDS, RoundKind
from cqcmock.domain.cafe.scene import State
from cqcmock.services.cafe import questions

if TYPE_CHECKING:
    from cqcmock.services.cafe.opening import OpenCafe
    from cqcmock.services.library import Library


def begin_round(library: Library, opened: OpenCafe, role: str, names: Mapping[str, str]) -> None:
    """Begin the next round, with a question where it asks one. Raises UserError where the banks have none for it."""
    opened.run.begin_round()
    _bring_question(library, opened, role, names)


def skip(library: Library, opened: OpenCafe, role: str, names: Mapping[str, str]) -> None:
    """Leave the round for the next one. Raises UserError where the banks have no question for that."""
    opened.run.skip()
    _bring_question(library, opened, role, names)


def swap(library: Library, opened: OpenCafe, role: str, names: Mapping[str, str]) -> None:
    """The next speaker or part; another question where the one before is answered. Raises UserError if there is none.

    A pair, and three people, answer the same question in turn.
    """
    before = opened.run.state
    opened.run.swap()
    if _another_is_due(before, opened.run.state):
        questions.draw_next(library, opened, role, names, at_once=True)


def takes_back(opened: OpenCafe) -> EventKind | None:
    """The deed that an undo would take back, whatever came with it; None where there is nothing to undo."""
    standing = _standing(opened.run.events)
    if not standing:
        return None
    return standing[-2 if _came_with_a_deed(standing) else -1].kind


def undo(opened: OpenCafe) -> None:
    """Take back the facilitator's latest deed, and a question that was drawn only because of it."""
    came_with_it = _came_with_a_deed(_standing(opened.run.events))
    opened.run.undo()
    if came_with_it:
        opened.run.undo()


def _bring_question(library: Library, opened: OpenCafe, role: str, names: Mapping[str, str]) -> None:
    state = opened.run.state
    if state.round is not None and KINDS[state.round.kind].asks and state.question is None:
        questions.draw_next(library, opened, role, names, at_once=True)


def _another_is_due(before: State, after: State) -> bool:
    if after.round is None or before.progress is None or after.progress is None:
        return False
    match after.round.kind:
        case RoundKind.HOT_SEAT:
            return after.progress.turn != before.progress.turn
        case RoundKind.CARDS:
            return after.progress.phase != before.progress.phase
        case _:
            return False


def _standing(events: tuple[Event, ...]) -> list[Event]:
    """The facilitator's deeds that were not taken back."""
    standing: list[Event] = []
    for event in events:
        if event.kind is EventKind.UNDONE:
            standing.pop()
        elif event.kind in DEEDS:
            standing.append(event)
    return standing


def _came_with_a_deed(standing: list[Event]) -> bool:
    """Whether the latest of these deeds is a question that another deed brought."""
    latest = standing[-1]
    return latest.kind is EventKind.QUESTION_DRAWN and latest.text.endswith(questions.AT_ONCE)
