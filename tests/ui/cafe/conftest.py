"""What the tests of the café's room begin with.

- `in_hand`: makes a session in hand, with so many rounds begun (0: planned only), for the parts of the window.
- `cafe`: one with its first round on.
- `settle`: waits until nothing is under way any more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot

from tests.clocks import HandClock
from tests.services.cafe.hands import begun, opened
from ui.cafe.hand import Hand
from ui.desk import Desk

if TYPE_CHECKING:
    from cqcmock.services.library import Library

InHand = Callable[..., Hand]
Wait = Callable[[], None]


@pytest.fixture
def settle(desk: Desk, qtbot: QtBot) -> Wait:
    def wait() -> None:
        qtbot.waitUntil(lambda: not desk.tasks.busy)

    return wait


@pytest.fixture
def in_hand(desk: Desk, library: Library, hand: HandClock, settle: Wait) -> Iterator[InHand]:
    made: list[Hand] = []

    def make(rounds: int = 1) -> Hand:
        session = begun(library, hand, rounds) if rounds else opened(library, hand)
        made.append(Hand(desk, session))
        return made[-1]

    yield make
    for one in made:
        one.stop()
    settle()


@pytest.fixture
def cafe(in_hand: InHand) -> Hand:
    return in_hand()
