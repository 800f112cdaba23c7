"""Every screen of the café with the keyboard alone and by ear."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cqcmock.domain.cafe.cards import CardKind
from cqcmock.services.cafe import judging, opening, you_said
from tests.clocks import HandClock
from tests.services.cafe.hands import begun, people_came, plan, themed
from tests.ui.cafe.conftest import Wait
from tests.ui.conftest import OpenWindow
from tests.ui.keyboard_and_ear import faults
from ui.cafe.run_screen import RunScreen
from ui.cafe.ways import CAFE, CafeWays
from ui.cafe.writing_page import WritingPage
from ui.desk import Desk
from ui.main_window import MainWindow, Room
from ui.screen import Screen
from ui.theme import Theme

if TYPE_CHECKING:
    from cqcmock.services.library import Library


class Cafe:
    """The café's room, and every screen of it in a state worth looking at."""

    def __init__(self, desk: Desk, library: Library, hand: HandClock, open_window: OpenWindow, settle: Wait) -> None:
        self.library, self.hand, self._settle = library, hand, settle
        made: list[MainWindow] = []
        self.ways = CafeWays(desk, lambda: made[0])
        rooms = (Room(id="home", title="Home", make=Screen), Room(id=CAFE, title="Café", make=self.ways.make_first))
        self.window = open_window(*rooms)
        made.append(self.window)

    def _session(self, *, finished: bool = False) -> str:
        cafe = begun(self.library, self.hand, rounds=4)
        people_came(cafe, Discharge=8, Reablement=7)
        themed(cafe, CardKind.WORRY, "Waiting for an occupational therapist", 6)
        for words in ("We asked forty carers.", "We are committed."):
            judging.add_answer(cafe.judging, words)
        if finished:
            cafe.run.finish()
        opening.leave(self.library, cafe)
        return cafe.id

    def _shown(self, way: Callable[[], object]) -> None:
        way()
        self._settle()

    def first(self) -> None:
        self._shown(self.ways.first)

    def full(self) -> None:
        self._session()
        self._session(finished=True)
        plan(self.library, self.hand)
        self.first()

    def plan(self) -> None:
        self._shown(self.ways.plan)

    def _run(self) -> RunScreen:
        session = self._session()
        self._shown(lambda: self.ways.run(session))
        screen = self.window.current
        assert isinstance(screen, RunScreen)
        screen.deeds.carry_on()
        self._settle()
        return screen

    def run(self) -> None:
        self._run()

    def cards(self) -> None:
        self._tab(1)

    def who_came(self) -> None:
        self._tab(2)

    def compare(self) -> None:
        self._tab(3)

    def _tab(self, number: int) -> None:
        screen = self._run()
        self._shown(lambda: screen.tabs.setCurrentIndex(number))

    def writing(self) -> None:
        screen = self._run()
        self._shown(lambda: screen.cover_with(WritingPage(screen.cards.desk, screen.hand)))

    def tally(self) -> None:
        self._shown(self._run().room.hand_to_observer)

    def closing(self) -> None:
        session = self._session(finished=True)
        self._shown(lambda: self.ways.close(session))

    def papers(self) -> None:
        session = self._session()
        self._shown(lambda: self.ways.papers(session))

    def look(self) -> None:
        session = self._session()
        self._shown(lambda: self.ways.look(session))

    def said(self) -> None:
        you_said.add(self.library, "Nobody answers the duty phone", self.hand.clock)
        self._shown(self.ways.said)

    def record(self) -> None:
        self._shown(self.ways.record)


STATES: dict[str, Callable[[Cafe], None]] = {
    "nothing yet": Cafe.first,
    "sessions": Cafe.full,
    "plan": Cafe.plan,
    "running": Cafe.run,
    "cards": Cafe.cards,
    "who came": Cafe.who_came,
    "compare": Cafe.compare,
    "a participant writes": Cafe.writing,
    "the observer": Cafe.tally,
    "closing": Cafe.closing,
    "papers": Cafe.papers,
    "looking": Cafe.look,
    "you said, we did": Cafe.said,
    "record of reflection": Cafe.record,
}


@pytest.fixture
def cafe_room(desk: Desk, library: Library, hand: HandClock, open_window: OpenWindow, settle: Wait) -> Cafe:
    return Cafe(desk, library, hand, open_window, settle)


@pytest.mark.parametrize("percent", [100, pytest.param(200, marks=pytest.mark.slow)])
@pytest.mark.parametrize("state", STATES)
def test_tab_comes_to_every_control_in_reading_order_and_each_has_a_name(
    state: str, percent: int, cafe_room: Cafe, theme: Theme, qtbot: QtBot
) -> None:
    theme.set_percent(percent)
    STATES[state](cafe_room)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    for _ in range(5):  # everything has its place
        QTest.qWait(0)
    window: QWidget = cafe_room.window
    assert faults(window) == []
