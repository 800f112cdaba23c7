"""The ways through the café's room: what leads where, and who may have a session."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from cqcmock.services.cafe import holding, opening
from tests.clocks import HandClock
from tests.services.cafe.hands import plan
from tests.ui.cafe.conftest import Wait
from tests.ui.conftest import OpenWindow, StandIn
from ui.cafe.cafe_screen import CafeScreen
from ui.cafe.closing_screen import ClosingScreen
from ui.cafe.look_screen import LookScreen
from ui.cafe.papers_screen import PapersScreen
from ui.cafe.plan_screen import PlanScreen
from ui.cafe.record_screen import RecordScreen
from ui.cafe.run_screen import RunScreen
from ui.cafe.said_screen import SaidScreen
from ui.cafe.ways import CAFE, CafeWays
from ui.desk import Desk
from ui.main_window import MainWindow, Room
from ui.screen import Screen

if TYPE_CHECKING:
    from cqcmock.services.library import Library


class House:
    """The café's room in the real window."""

    def __init__(self, desk: Desk, open_window: OpenWindow, settle: Wait) -> None:
        made: list[MainWindow] = []
        self.ways = CafeWays(desk, lambda: made[0])
        self._settle = settle
        window = open_window(
            Room(id="home", title="Home", make=Screen), Room(id=CAFE, title="Café", make=self.ways.make_first)
        )
        made.append(window)
        self.window = window
        window.go(CAFE)
        settle()

    def shown(self, way: Callable[[], object]) -> Screen | None:
        way()
        self._settle()
        return self.window.current


@pytest.fixture
def house(desk: Desk, open_window: OpenWindow, settle: Wait) -> House:
    return House(desk, open_window, settle)


@pytest.fixture
def session(library: Library, hand: HandClock) -> str:
    return plan(library, hand)


def test_every_request_leads_to_its_screen(house: House, session: str) -> None:
    ways = house.ways
    assert isinstance(house.shown(ways.first), CafeScreen)
    for way, screen in (
        (lambda: ways.plan(), PlanScreen),
        (lambda: ways.plan(session), PlanScreen),
        (lambda: ways.papers(session), PapersScreen),
        (ways.said, SaidScreen),
        (ways.record, RecordScreen),
        (lambda: ways.look(session), LookScreen),
        (lambda: ways.run(session), RunScreen),
    ):
        assert isinstance(house.shown(way), screen)


def test_a_session_that_is_finished_leads_to_its_closing_and_back(house: House, session: str, qtbot: QtBot) -> None:
    run = house.shown(lambda: house.ways.run(session))
    assert isinstance(run, RunScreen)
    house.shown(run.go_on)
    house.shown(run.finish)
    closing = house.shown(run.go_on)
    assert isinstance(closing, ClosingScreen)
    closing.go_back()
    qtbot.waitUntil(lambda: isinstance(house.window.current, RunScreen))


def test_the_second_facilitator_is_told_who_has_the_session_and_can_look(
    house: House, session: str, library: Library, hand: HandClock, messages: StandIn
) -> None:
    first = opening.open_session(library, session, "Mo’s laptop", hand.clock)
    look = house.shown(lambda: house.ways.run(session))
    assert isinstance(look, LookScreen)
    assert "Mo’s laptop" in " ".join(label.text() for label in look.findChildren(QLabel))
    assert messages.texts == []
    opening.leave(library, first)
    assert isinstance(house.shown(lambda: house.ways.run(session)), RunScreen)


def test_leaving_a_session_leads_back_to_the_list_and_others_can_have_it(
    house: House, session: str, library: Library, hand: HandClock
) -> None:
    run = house.shown(lambda: house.ways.run(session))
    assert isinstance(run, RunScreen)
    assert isinstance(house.shown(run.put_by), CafeScreen)
    assert holding.who_has(library, session, hand.clock) is None


def test_closing_the_program_leaves_the_session_for_others(
    house: House, session: str, library: Library, hand: HandClock
) -> None:
    house.shown(lambda: house.ways.run(session))
    house.window.go("home")
    assert house.window.close()
    assert holding.who_has(library, session, hand.clock) is None
