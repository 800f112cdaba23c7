"""Interviews that are over, played into a real library without a window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from cqcmock.domain.interview import Phase
from cqcmock.domain.modes import Timer
from cqcmock.domain.plan import Plan
from cqcmock.services import rehearsing, sittings
from cqcmock.services.live import LiveInterview
from cqcmock.settings import Settings
from tests.clocks import HandClock

if TYPE_CHECKING:
    from cqcmock.services.library import Library

REPLIED = "One carer told us that she waited nine days."


def planned(library: Library, *, questions: int = 3, timer: Timer = Timer.SHOWN) -> Plan:
    """A plan of the shipped questions that is the same every time."""
    set_up = replace(rehearsing.default_set_up(library, Settings()), questions=questions, timer=timer, seed=1)
    return rehearsing.make_plan(library, set_up)


def played(
    library: Library,
    hand: HandClock,
    plan: Plan | None = None,
    *,
    answers: Sequence[str],
    replied: str = REPLIED,
    takes: int = 1,
    over: bool = True,
    person: str = "Pat Example",
) -> str:
    """A sitting whose questions got these answers; each probe after something said is answered too. Returns its id."""
    plan = plan or planned(library, questions=len(answers))
    sitting = rehearsing.start(library, plan, person, hand.clock)
    with sittings.recorder(library, sitting.id) as keep:
        live = LiveInterview(plan, (), hand.clock, keep)
        for answer in answers:
            live.show_next()
            for take in range(takes):
                if take:
                    live.show_again()
                said = answer if take == takes - 1 else f"Take {take + 1}. {answer}"
                _answer(live, hand, said, replied if answer else "")
        if over:
            live.ask_last_words()
            live.finish("Thank you.")
    return sitting.id


def _answer(live: LiveInterview, hand: HandClock, text: str, replied: str) -> None:
    if live.state.phase is Phase.PREPARE:
        live.begin_answer()
    hand.pass_seconds(130)
    live.end_answer(text)
    while live.state.phase is Phase.PROBE:
        hand.pass_seconds(20)
        live.end_answer(replied)
