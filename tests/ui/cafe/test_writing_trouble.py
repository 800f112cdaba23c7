"""Writing a card where something is in the way: two presses for one, a slow disk, somebody else who took over."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cqcmock.domain.cafe.cards import CardKind
from cqcmock.services.cafe import holding
from tests.clocks import HandClock
from tests.ui.cafe.conftest import Wait
from tests.ui.cafe.writing_hands import WORRY, begin, in_sight, write, written
from tests.ui.conftest import Show
from ui.cafe import writing_card, writing_edit, writing_gate, writing_page
from ui.cafe.hand import Hand
from ui.cafe.writing_page import WritingPage
from ui.desk import Desk

if TYPE_CHECKING:
    from cqcmock.services.library import Library


@pytest.fixture
def page(desk: Desk, cafe: Hand, show: Show, settle: Wait) -> WritingPage:
    made = WritingPage(desk, cafe, CardKind.WORRY, {CardKind.WORRY: "What keeps you awake?"})
    show(made)
    made.arrived()
    settle()
    return made


def test_whoever_presses_twice_has_handed_in_one_card_and_is_told_of_nothing_wrong(
    page: WritingPage, cafe: Hand, settle: Wait
) -> None:
    begin(page, settle)
    write(page, settle, WORRY)
    page.form.button.click()
    settle()
    assert written(cafe) == [WORRY]
    assert page.form.edit.problem.isHidden()
    assert writing_page.HANDED_IN in in_sight(page)
    write(page, settle, " ")
    assert page.form.edit.problem.isVisible(), "who wrote nothing but a blank is told so"


def test_by_ear_whoever_writes_hears_what_is_asked_and_what_became_of_the_card(
    page: WritingPage, settle: Wait, spoken: list[str]
) -> None:
    for button in (page.gate.not_yet, page.gate.before):
        assert "Have you written a card in this session?" in button.accessibleDescription()
        assert "no name" in button.accessibleDescription()
    begin(page, settle)
    about = page.form.edit.edit.accessibleDescription()
    assert "What keeps you awake?" in about
    assert "no names" in about
    assert "500 characters" in about
    page.hand_in()
    assert "Write a few words first." in spoken[-1]
    write(page, settle, "Mrs Jane Smith of SG1 1AA waits.")
    assert "Somebody could be recognised" in spoken[-1]
    page.form.finish.click()
    assert "not handed in" in spoken[-1]
    page.form.asked.no.click()
    assert any(writing_page.THROWN_AWAY in words for words in spoken)
    assert spoken[-1] == "Thank you. Pass the laptop on."


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader was asked to say."""
    said: list[str] = []
    for module in (writing_page, writing_card, writing_edit, writing_gate):
        monkeypatch.setattr(module, "announce", lambda _widget, words: said.append(words))
    return said


def test_once_somebody_else_has_the_session_there_is_a_way_out_whatever_is_pressed(
    page: WritingPage, cafe: Hand, library: Library, hand: HandClock, settle: Wait, qtbot: QtBot
) -> None:
    begin(page, settle)
    page.form.edit.put(WORRY)
    taken_over(library, cafe, hand)
    page.hand_in()
    settle()
    page.hand_in()
    assert writing_page.LOST in in_sight(page)
    assert page.form.edit.words == WORRY
    with qtbot.waitSignal(page.done):
        qtbot.mouseClick(page.form.leave, Qt.MouseButton.LeftButton)


def test_between_two_people_too_it_is_said_that_the_session_is_somebody_else_s(
    page: WritingPage, cafe: Hand, library: Library, hand: HandClock, settle: Wait
) -> None:
    taken_over(library, cafe, hand)
    begin(page, settle)
    assert writing_page.LOST_BETWEEN in in_sight(page)
    begin(page, settle)
    assert page.gate.isVisible()
    assert writing_page.LOST_BETWEEN in in_sight(page)


def taken_over(library: Library, cafe: Hand, hand: HandClock) -> None:
    """Another laptop takes the session after a while in which this one was asleep."""
    hand.pass_seconds(60)
    holding.take(library, cafe.opened.id, "Another laptop", hand.clock)


def test_on_a_slow_disk_whoever_has_finished_is_not_asked_about_a_card_that_is_on_its_way(
    page: WritingPage, cafe: Hand, desk: Desk, settle: Wait
) -> None:
    begin(page, settle)
    disk = Event()
    desk.tasks.database(lambda: disk.wait(5))
    page.form.edit.put(WORRY)
    page.hand_in()
    page.form.finish.click()
    page.hand_in()
    page.form.asked.no.click()
    assert page.form.asked.isHidden()
    assert page.form.edit.words == WORRY
    disk.set()
    settle()
    assert written(cafe) == [WORRY]
    assert page.gate.isVisible()
    assert "1 card handed in" in in_sight(page)


def test_on_a_slow_disk_a_card_and_the_next_person_wait_their_turn_behind_a_tick(
    page: WritingPage, cafe: Hand, desk: Desk, settle: Wait
) -> None:
    begin(page, settle)
    page.form.hard_fold.set_open(True)
    settle()
    disk = Event()
    desk.tasks.database(lambda: disk.wait(5))
    next(iter(page.form.hard.ticks.values())).click()
    page.form.edit.put(WORRY)
    page.hand_in()
    page.form.finish.click()
    disk.set()
    settle()
    assert page.gate.isVisible()
    disk.clear()
    desk.tasks.database(lambda: disk.wait(5))
    for _ in range(2):
        page.gate.not_yet.click()
    disk.set()
    settle()
    assert (written(cafe), len(cafe.opened.hard.state), cafe.opened.cards.state.hand) == ([WORRY], 1, 3)
    page.arrived()
    assert page.form.edit.edit.hasFocus()
