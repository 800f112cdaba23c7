"""A colleague asks on at the laptop, and the room sees the next question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cqcmock.domain.cafe.rounds import RoundKind
from cqcmock.domain.interviewing import Tap
from cqcmock.services.cafe import going_on, questions
from tests.services.cafe.hands import NAMES
from tests.ui.cafe.conftest import InHand, Wait
from tests.ui.conftest import Show
from ui.cafe.asking_page import NOTHING_ASKED, AskingPage
from ui.cafe.hand import Hand
from ui.cafe.room_sight import room_sight
from ui.desk import Desk

if TYPE_CHECKING:
    from cqcmock.services.library import Library

ROLE = "frontline"


@pytest.fixture
def hot_seat(in_hand: InHand, library: Library) -> Hand:
    made = in_hand(1)
    while made.state.round is None or made.state.round.kind is not RoundKind.HOT_SEAT:
        going_on.begin_round(library, made.opened, ROLE, NAMES)
    return made


@pytest.fixture
def page(desk: Desk, hot_seat: Hand, show: Show, settle: Wait) -> AskingPage:
    made = AskingPage(desk, hot_seat, NAMES)
    show(made)
    made.arrived()
    settle()
    return made


def test_a_key_puts_the_probe_on_the_page_and_before_the_room(
    page: AskingPage, hot_seat: Hand, qtbot: QtBot, settle: Wait
) -> None:
    would_ask = page.coming[Tap.NO_EXAMPLE].text()
    qtbot.keyClick(page, Qt.Key.Key_2)
    settle()
    assert page.probe.text() == would_ask
    sight = room_sight(hot_seat.state, hot_seat.now(), title="")
    assert sight.main == would_ask
    assert hot_seat.state.question is not None
    assert hot_seat.state.question.text in sight.in_words


def test_backspace_takes_the_last_tap_back_and_nothing_else(
    page: AskingPage, hot_seat: Hand, qtbot: QtBot, settle: Wait
) -> None:
    qtbot.keyClick(page, Qt.Key.Key_1)
    settle()
    assert hot_seat.state.probe
    qtbot.keyClick(page, Qt.Key.Key_Backspace)
    settle()
    assert not hot_seat.state.probe
    before = hot_seat.state.question
    qtbot.keyClick(page, Qt.Key.Key_Backspace)
    settle()
    assert hot_seat.state.question == before
    assert not page.take_back.isEnabled()


def test_a_question_that_is_over_takes_no_more_taps(
    page: AskingPage, hot_seat: Hand, qtbot: QtBot, settle: Wait
) -> None:
    for _ in range(2):
        qtbot.keyClick(page, Qt.Key.Key_6)
        settle()
    taps = len(hot_seat.opened.run.events)
    qtbot.keyClick(page, Qt.Key.Key_1)
    settle()
    assert len(hot_seat.opened.run.events) == taps
    assert not page.taps[Tap.VAGUE].isEnabled()
    assert "next question" in page.said.text()


def test_the_page_follows_the_session_to_the_next_speaker_and_question(
    page: AskingPage, hot_seat: Hand, library: Library, qtbot: QtBot, settle: Wait
) -> None:
    qtbot.keyClick(page, Qt.Key.Key_1)
    settle()
    hot_seat.do(lambda: going_on.swap(library, hot_seat.opened, ROLE, NAMES))
    settle()
    settle()
    assert page.said.text() == NOTHING_ASKED, "while the room says what it heard"
    assert not page.taps[Tap.VAGUE].isEnabled()
    hot_seat.do(lambda: going_on.swap(library, hot_seat.opened, ROLE, NAMES))
    settle()
    settle()
    assert page.probe.text() == ""
    assert page.taps[Tap.VAGUE].isEnabled()
    hot_seat.do(lambda: questions.draw_next(library, hot_seat.opened, ROLE, NAMES))
    settle()
    settle()
    assert hot_seat.state.question is not None
    assert page.question.text() == hot_seat.state.question.text


def test_each_button_has_a_name_and_says_what_it_would_ask(page: AskingPage) -> None:
    assert [button.accessibleName() for button in page.taps.values()] == [
        "Vague", "No example", "Claim without data", "No voice", "Contradicts", "Good",
    ]  # fmt: skip
    assert all(label.text() for label in page.coming.values())
