"""A session that somebody else has open, or that is over, can be looked at and not changed."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cqcmock.domain.cafe.cards import CardKind
from cqcmock.domain.cafe.release import TableKind
from cqcmock.services.cafe import cards, closing, hard, judging, opening
from tests.clocks import HandClock
from tests.services.cafe.hands import begun, pass_time, people_came, plan, themed
from tests.ui.cafe.conftest import Wait
from tests.ui.conftest import OpenWindow, StandIn
from ui.app_signals import Subject, change
from ui.cafe.look_reading import look
from ui.cafe.look_screen import LookScreen
from ui.desk import Desk
from ui.main_window import MainWindow, Room
from ui.screen import Screen
from ui.widgets.line_list import LineList

if TYPE_CHECKING:
    from cqcmock.services.cafe.opening import OpenCafe
    from cqcmock.services.library import Library

T = TypeVar("T")

Look = Callable[[str], LookScreen]


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return open_window(Room(id="cafe", title="Café", make=Screen))


@pytest.fixture
def looking(window: MainWindow, desk: Desk, settle: Wait) -> Look:
    def open_it(session_id: str) -> LookScreen:
        screen = LookScreen(desk, window.commands, session_id)
        screen._timer.setInterval(20)
        window.open(screen)
        settle()
        return screen

    return open_it


@pytest.fixture
def theirs(library: Library, hand: HandClock) -> OpenCafe:
    """On another laptop: the second round is on, and seven people said something."""
    session = begun(library, hand, 2)
    people_came(session, North=5, South=2)
    themed(session, CardKind.WORRY, "Forms", 5)
    cards.write(session.cards, CardKind.PRIDE, "The choir")
    cards.write(session.cards, CardKind.WORRY, "For one pair of eyes", psw_only=True)
    hard.say(session.hard, session.cards.state, TableKind.HARD_LENSES, "Evidence")
    for text in ("We asked people", "We have a strategy"):
        judging.add_answer(session.judging, text)
    pair = judging.next_pair(session.judging)
    assert pair is not None
    judging.judge(session.judging, pair, pair.left, 1.0)
    pass_time(library, session, hand, 30)
    return session


def lines(of: LineList) -> dict[str, str]:
    return {line.title: " · ".join(part for part in (line.sign, line.about) if part) for line in of.lines.lines}


def test_it_says_who_has_it_open_since_when_and_that_nothing_can_be_changed(
    looking: Look, theirs: OpenCafe, qtbot: QtBot
) -> None:
    screen = looking(theirs.id)
    since = theirs.hold.since.astimezone()
    assert screen.who.text() == (
        f"Laptop of the library has had this session open since {since:%H:%M} on 21 November 2026."
        " You can look, not change."
    )
    beat = theirs.run.events[-1].wall.astimezone()
    assert screen.heard.text() == f"Last sign of life at {beat:%H:%M:%S}."
    assert screen.open_button.isVisible()
    assert not screen.open_button.isEnabled()
    with qtbot.assertNotEmitted(screen.run_wanted):
        screen.open_button.click()


def test_the_whole_session_is_there_to_read(looking: Look, theirs: OpenCafe) -> None:
    screen = looking(theirs.id)
    assert [line.sign for line in screen.rounds.list.lines.lines] == ["held", "on now", *["to come"] * 4]
    assert lines(screen.rounds.list)["1. You said, we did"] == "held · 4 min planned · took 1 min"
    assert lines(screen.rounds.list)["2. Pride and worry cards"] == "on now · 7 min planned · so far 30 s"
    assert screen.where.text() == "“Pride and worry cards”: 6 min 30 s left."
    assert screen.came.about.text() == "7 people came in all."
    assert lines(screen.came.list) == {"North · Social worker": "5 people", "South · Social worker": "2 people"}
    assert lines(screen.themes.list) == {"Forms": "Worry · 5 cards from 5 people", "In no theme": "2 cards"}
    assert set(lines(screen.cards)) == {f"Forms, said {number}" for number in range(5)}
    screen.themes.list.choose("in-no-theme")
    assert lines(screen.cards) == {"For one pair of eyes": "for the PSW alone · Worry", "The choir": "Pride"}
    assert lines(screen.hard.list) == {"Evidence": "Lens · said 1 time"}
    assert set(lines(screen.compared.list)) == {"We asked people", "We have a strategy"}
    assert "Only 2 answers to compare" in screen.compared.about.text()
    assert screen.others.isHidden()


def test_a_long_card_can_be_read_to_its_end(looking: Look, theirs: OpenCafe) -> None:
    words = "It takes three weeks to get an answer, and by then " * 9
    cards.write(theirs.cards, CardKind.IDEA, words)
    screen = looking(theirs.id)
    assert screen.card_in_full.isHidden()
    screen.themes.list.choose("in-no-theme")
    screen.cards.choose(screen.cards.lines.lines[1].key)
    assert screen.card_in_full.isVisible()
    assert screen.card_in_full.text() == words.strip()


def test_what_is_done_on_the_other_laptop_arrives_by_itself_and_nothing_else_moves(
    looking: Look, theirs: OpenCafe, library: Library, hand: HandClock, qtbot: QtBot
) -> None:
    screen = looking(theirs.id)
    screen.themes.list.choose("in-no-theme")
    people_came(theirs, West=3)
    theirs.run.begin_round()
    pass_time(library, theirs, hand, 5)
    qtbot.waitUntil(lambda: "10 people" in screen.came.about.text())
    qtbot.waitUntil(lambda: screen.where.text() == "“Two minutes of pride”: 5 min 55 s left.")
    assert screen.themes.list.chosen == "in-no-theme"
    theirs.run.pause()
    qtbot.waitUntil(lambda: "The clock stands still." in screen.where.text())


def test_once_it_is_free_it_can_be_opened_by_keyboard_and_nobody_asks_for_it_any_more(
    looking: Look, theirs: OpenCafe, library: Library, qtbot: QtBot, settle: Wait
) -> None:
    screen = looking(theirs.id)
    assert screen._timer.isActive()
    opening.leave(library, theirs)
    qtbot.waitUntil(screen.open_button.isEnabled)
    settle()
    assert screen.who.text() == "Nobody has this session open. To change anything, open it."
    assert not screen._timer.isActive()
    screen.arrived()
    assert screen.open_button.hasFocus()
    with qtbot.waitSignal(screen.run_wanted) as wanted:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert wanted.args == [theirs.id]


def test_nothing_is_read_while_nobody_looks(
    looking: Look, theirs: OpenCafe, window: MainWindow, desk: Desk, settle: Wait
) -> None:
    screen = looking(theirs.id)
    assert screen._timer.isActive()
    screen.left()
    assert not screen._timer.isActive()
    settle()
    desk.signals.changed.emit(change(Subject.CAFES))
    assert not desk.tasks.busy
    screen.arrived()
    settle()
    assert screen._timer.isActive()
    assert window.back()
    settle()


def test_a_session_that_is_over_shows_what_others_see_of_it_and_cannot_be_opened(
    looking: Look, theirs: OpenCafe, library: Library, hand: HandClock, qtbot: QtBot
) -> None:
    theirs.run.finish()
    release = closing.close(library, theirs, hand.clock, same_people=False)
    screen = looking(theirs.id)
    assert screen.who.text() == "This session is closed. You can look, not change."
    assert not screen.open_button.isVisible()
    assert not screen.heard.isVisible()
    assert not screen._timer.isActive()
    assert screen.released.release == release
    assert screen.others.isVisible()
    assert lines(screen.themes.list)["Forms"].startswith("others are told")
    assert screen.papers.hasFocus()
    with qtbot.waitSignal(screen.papers_wanted) as wanted:
        screen.papers.click()
    assert wanted.args == [theirs.id]
    with qtbot.waitSignal(screen.left_for_now):
        screen.leave.click()


def test_a_session_that_is_only_planned_says_what_there_is_not_yet(
    looking: Look, library: Library, hand: HandClock
) -> None:
    screen = looking(plan(library, hand))
    assert screen.open_button.isEnabled()
    assert screen.where.text() == "It has not started yet."
    assert {line.sign for line in screen.rounds.list.lines.lines} == {"to come"}
    assert screen.came.about.text() == "Nobody has been counted yet."
    assert screen.themes.about.text() == "There are no cards yet."
    assert not screen.side.isVisible()


def test_a_session_that_is_gone_is_said_to_be_gone_and_there_is_a_way_back(
    looking: Look, messages: StandIn, qtbot: QtBot
) -> None:
    screen = looking("no-such-session")
    assert "no longer in the library" in screen.problem.text()
    assert messages.texts == []
    assert screen.leave.hasFocus()
    with qtbot.waitSignal(screen.left_for_now):
        screen.leave.click()


def test_with_three_hundred_cards_and_forty_people_nobody_waits(
    looking: Look, library: Library, hand: HandClock, desk: Desk, settle: Wait
) -> None:
    """Measured in the threads' own time, whatever else the machine is doing."""
    session = begun(library, hand)
    people_came(session, **{f"Team {number}": 4 for number in range(10)})
    for number in range(300):
        cards.write(session.cards, CardKind.IDEA, f"{number} could we meet when the other site can come too? " * 6)
    screen = looking(session.id)
    screen.left()
    settle()
    assert len(screen.cards.lines.lines) == 300
    reading, showing = [], []
    for number in range(1, 4):
        cards.write(session.cards, CardKind.IDEA, f"One more, {number}")
        people_came(session, Another=1)
        read, looked = measured(lambda: look(desk.library, session.id, desk.clock))
        shown, _ = measured(partial(screen._show, looked), QApplication.processEvents)
        assert len(screen.cards.lines.lines) == 300 + number
        reading.append(read)
        showing.append(shown)
    assert min(reading) < 0.05
    assert min(showing) < 0.016


def measured(deed: Callable[[], T], after: Callable[[], object] = lambda: None) -> tuple[float, T]:
    """Seconds that this thread was at work, and what came of it."""
    before = time.thread_time()
    result = deed()
    after()
    return time.thread_time() - before, result
