"""Interviews that are over, played into the library of a desk: what comes after them is what the tests are about."""

from __future__ import annotations

from collections.abc import Sequence

from cqcmock.domain.modes import Timer
from cqcmock.domain.plan import Plan
from tests import played
from tests.clocks import HandClock
from tests.played import REPLIED as REPLIED
from ui.desk import Desk

SAID = "Hertfordshire is about 1.2 million people. One in six is over sixty-five, and life expectancy differs by ward."


def planned(desk: Desk, *, questions: int = 3, timer: Timer = Timer.SHOWN) -> Plan:
    """A plan of the shipped questions that is the same every time."""
    return played.planned(desk.library, questions=questions, timer=timer)


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
    return played.played(desk.library, hand, plan, answers=answers, takes=takes, over=over)
