"""Interviews that are over, played into a real library: what comes after them is what the tests are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cqcmock.domain.interview import Phase
from cqcmock.domain.modes import Timer
from cqcmock.domain.plan import Plan
from cqcmock.services import rehearsing, sittings
from cqcmock.services.live import LiveInterview
from cqcmock.settings import Settings
from tests.clocks import HandClock
from ui.desk import Desk

SAID = "Hertfordshire is about 1.2 million people. One in six is over sixty-five, and life expectancy differs by ward."
REPLIED = "One carer told us that she waited nine days."


def planned(desk: Desk, *, questions: int = 3, timer: Timer = Timer.SHOWN) -> Plan:
    """A plan of the shipped questions that is the same every time."""
    set_up = replace(rehearsing.default_set_up(desk.library, Settings()), questions=questions, timer=timer, seed=1)
    return rehearsing.make_plan(desk.library, set_up)


def interviewed(
    desk: Desk,
    hand: HandClock,
    plan: Plan | None = None,
    *,
    answers: Sequence[str] = (SAID, SAID, SAID),
    takes: int = 1,
    over: bool = True,
) -> str:
    """A sitting whose questions got these answers, each probe answered too; returns its id."""
    plan = plan or planned(desk, questions=len(answers))
    sitting = rehearsing.start(desk.library, plan, "Pat Example", hand.clock)
    with sittings.recorder(desk.library, sitting.id) as keep:
        live = LiveInterview(plan, (), hand.clock, keep)
        for answer in answers:
            live.show_next()
            for take in range(takes):
                if take:
                    live.show_again()
                _answer(live, hand, answer if take == takes - 1 else f"Take {take + 1}. {answer}")
        if over:
            live.ask_last_words()
            live.finish("Thank you.")
    return sitting.id


def _answer(live: LiveInterview, hand: HandClock, text: str) -> None:
    if live.state.phase is Phase.PREPARE:
        live.begin_answer()
    hand.pass_seconds(130)
    live.end_answer(text)
    while live.state.phase is Phase.PROBE:
        hand.pass_seconds(20)
        live.end_answer(REPLIED)
