"""Somebody else has the laptop: the keys and menus of the session do nothing; and presses on a slow disk count once."""

from __future__ import annotations

from threading import Event as Gate
from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from cqcmock.domain.cafe.cards import CardKind
from cqcmock.domain.cafe.events import EventKind
from cqcmock.services.cafe import cards
from tests.clocks import HandClock
from tests.services.cafe.hands import plan
from tests.ui.cafe.conftest import InHand, Wait
from tests.ui.conftest import OpenWindow
from ui.cafe.hand import Hand
from ui.cafe.run_screen import RunScreen
from ui.cafe.tally_page import TallyPage
from ui.cafe.ways import CAFE, CafeWays
from ui.cafe.writing_page import WritingPage
from ui.commands import COMMANDS, CommandId, Place
from ui.desk import Desk
from ui.main_window import MainWindow, Room
from ui.screen import Screen

if TYPE_CHECKING:
    from cqcmock.services.library import Library

K = EventKind


class Running:
    """A session whose first card is written, in the real window."""

    def __init__(self, desk: Desk, library: Library, hand: HandClock, open_window: OpenWindow, settle: Wait) -> None:
        made: list[MainWindow] = []
        self.ways = CafeWays(desk, lambda: made[0])
        rooms = (Room(id="home", title="Home", make=Screen), Room(id=CAFE, title="Café", make=self.ways.make_first))
        self.window = open_window(*rooms)
        made.append(self.window)
        self.settle = settle
        self.ways.run(plan(library, hand))
        settle()
        screen = self.window.current
        assert isinstance(screen, RunScreen)
        self.screen = screen
        for _ in range(3):
            screen.go_on()
            settle()
        cards.write(screen.hand.opened.cards, CardKind.PRIDE, "The choir")
        screen.tabs.setCurrentWidget(screen.cards)
        settle()

    def menu(self, title: str) -> QMenu:
        """A menu, as it is when somebody has opened it."""
        (menu,) = (one for one in self.window.findChildren(QMenu) if one.title() == title)
        menu.aboutToShow.emit()
        return menu


@pytest.fixture
def running(desk: Desk, library: Library, hand: HandClock, open_window: OpenWindow, settle: Wait) -> Running:
    return Running(desk, library, hand, open_window, settle)


def test_while_a_participant_has_the_laptop_no_menu_and_no_key_does_anything_to_the_session(
    running: Running, qtbot: QtBot
) -> None:
    screen, opened = running.screen, running.screen.hand.opened
    screen.cards.hand_the_laptop_round()
    qtbot.waitUntil(lambda: screen.cover is not None)
    running.settle()
    assert isinstance(screen.cover, WritingPage)
    for menu in ("&Café", "&Edit"):
        assert [action.text() for action in running.menu(menu).actions() if action.isEnabled()] == []
    screen.cover.gate.not_yet.click()
    running.settle()
    before = opened.run.events, opened.cards.events
    for command in COMMANDS:
        if command.place is Place.CAFE or command.id in (CommandId.UNDO, CommandId.TOGGLE_CLOCK):
            assert not running.window.commands.run(command.id)
            action = running.window.commands.action(command.id)
            for keys in action.shortcuts():
                QTest.keySequence(QApplication.focusWidget() or running.window, keys)
    running.settle()
    assert (opened.run.events, opened.cards.events) == before
    assert screen.cover is not None


def test_the_facilitator_beside_the_observer_swaps_by_key_and_undoes_nothing_by_accident(running: Running) -> None:
    screen = running.screen
    while not screen.hand.can(K.TAPPED):
        screen.deeds.begin_round()
        running.settle()
    screen.room.observer.click()
    running.settle()
    assert isinstance(screen.cover, TallyPage)
    running.menu("&Café")
    commands = running.window.commands
    assert commands.action(CommandId.SWAP).isEnabled()
    assert not commands.action(CommandId.UNDO).isEnabled()
    assert not commands.action(CommandId.FINISH_CAFE).isEnabled()
    screen.cover.done.emit()
    running.settle()


def test_a_key_that_is_pressed_again_before_the_disk_has_answered_is_the_same_press(
    desk: Desk, in_hand: InHand, settle: Wait, qtbot: QtBot
) -> None:
    hand: Hand = in_hand(1)
    run, disk = hand.opened.run, Gate()
    desk.tasks.database(lambda: disk.wait(5))
    for _ in range(3):
        hand.act(K.ROUND_BEGUN, run.begin_round)
        hand.act(K.MINUTE_ADDED, run.add_minute)
    disk.set()
    settle()
    assert hand.state.scene.round == 1
    assert hand.state.progress is not None
    assert hand.state.progress.added == 180, "three minutes are three minutes"
    hand.act(K.ROUND_BEGUN, run.begin_round)
    settle()
    assert hand.state.scene.round == 2


def test_whoever_is_handed_the_laptop_stays_on_their_page_and_the_facilitator_comes_back_to_it(
    running: Running, qtbot: QtBot
) -> None:
    screen, window = running.screen, running.window
    screen.cards.hand_the_laptop_round()
    qtbot.waitUntil(lambda: screen.cover is not None)
    running.settle()
    assert isinstance(screen.cover, WritingPage)
    for command in (CommandId.GO_HOME, CommandId.PALETTE, CommandId.SETTINGS, CommandId.QUIT, CommandId.CAFE):
        assert not window.commands.action(command).isEnabled()
        assert not window.commands.run(command)
    assert window.commands.action(CommandId.LARGER_TEXT).isEnabled()
    assert window.current is screen
    screen.cover.gate.not_yet.click()
    running.settle()
    screen.arrived()
    assert screen.cover.form.edit.edit.hasFocus()
    screen.uncover()
    assert window.commands.action(CommandId.QUIT).isEnabled()
