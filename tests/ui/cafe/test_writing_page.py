"""People pass the laptop on and write a card each, on the real page, into a real library."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cqcmock.domain.cafe.cards import LONGEST_CARD, Card, CardKind, hands_counted
from cqcmock.services.cafe import cards, for_psw
from tests.faults import Tell
from tests.services.cafe.hands import files_at_most
from tests.ui.cafe.conftest import Wait
from tests.ui.cafe.writing_hands import WORRY, begin, in_sight, press, type_, write, written
from tests.ui.conftest import Show, StandIn
from ui.cafe import writing_page
from ui.cafe.hand import Hand
from ui.cafe.writing_page import WritingPage
from ui.desk import Desk

if TYPE_CHECKING:
    from cqcmock.services.library import Library

MakePage = Callable[..., WritingPage]


@pytest.fixture
def page(desk: Desk, cafe: Hand, show: Show, settle: Wait) -> WritingPage:
    made = WritingPage(desk, cafe, CardKind.WORRY, {CardKind.WORRY: "What keeps you awake?"})
    show(made)
    made.arrived()
    settle()
    return made


def test_two_people_write_by_keyboard_alone_and_are_counted_as_two(
    page: WritingPage, cafe: Hand, library: Library, qtbot: QtBot, settle: Wait
) -> None:
    for words in (WORRY, "Duty is often alone."):
        press(qtbot, Qt.Key.Key_Return)
        settle()
        type_(qtbot, words)
        press(qtbot, Qt.Key.Key_Return, ctrl=True)
        settle()
        assert writing_page.HANDED_IN in in_sight(page)
        assert words not in page.form.edit.words
        while QApplication.focusWidget() is not page.form.finish:
            press(qtbot, Qt.Key.Key_Tab)
        press(qtbot, Qt.Key.Key_Return)
        assert page.gate.isVisible()
    stored = for_psw.session_for_psw(library, cafe.opened.id).board
    assert [(card.kind, card.text) for card in stored.cards] == [
        (CardKind.WORRY, WORRY),
        (CardKind.WORRY, "Duty is often alone."),
    ]
    assert len(hands_counted(stored)) == 2


def test_whoever_has_written_before_is_not_counted_again(page: WritingPage, cafe: Hand, settle: Wait) -> None:
    begin(page, settle)
    write(page, settle, WORRY)
    page.form.finish.click()
    begin(page, settle, before=True)
    write(page, settle, "And one more.")
    assert len(written(cafe)) == 2
    assert len(hands_counted(cafe.opened.cards.state)) == 1


def test_nothing_of_the_one_before_is_on_the_page_in_the_field_behind_undo_or_on_the_clipboard(
    page: WritingPage, qtbot: QtBot, settle: Wait
) -> None:
    begin(page, settle)
    page.form.psw_tick.setChecked(True)
    page.form.edit.put(WORRY)
    page.form.edit.edit.selectAll()
    page.form.edit.edit.copy()
    assert QGuiApplication.clipboard().text() == WORRY
    page.hand_in()
    settle()
    page.form.finish.click()
    assert WORRY not in in_sight(page)
    begin(page, settle)
    assert QGuiApplication.clipboard().text() == ""
    assert not page.form.psw_tick.isChecked()
    assert page.form.take_back.isHidden()
    press(qtbot, Qt.Key.Key_Z, ctrl=True)
    assert page.form.edit.words == ""


def test_a_worry_can_be_for_the_psw_only_and_says_what_that_means(page: WritingPage, cafe: Hand, settle: Wait) -> None:
    begin(page, settle)
    assert "What keeps you awake?" in in_sight(page)
    assert "five people or more" in in_sight(page)
    page.form.psw_tick.setChecked(True)
    write(page, settle, WORRY)
    assert cafe.opened.cards.state.cards[0].psw_only
    assert not page.form.psw_tick.isChecked(), "the next card is a card of its own"
    page.form.kinds[CardKind.PRIDE].setChecked(True)
    assert not page.form.psw_tick.isVisible()
    write(page, settle, "We rang back the same day.")
    assert cafe.opened.cards.state.cards[1].kind is CardKind.PRIDE


def test_ones_last_card_can_be_taken_back_and_nobody_can_bring_it_to_light_again(
    page: WritingPage, cafe: Hand, settle: Wait
) -> None:
    begin(page, settle)
    write(page, settle, "The first.")
    write(page, settle, "The second.")
    page.form.take_back.click()
    settle()
    assert written(cafe) == ["The first."]
    assert page.form.edit.words == "The second."
    page.form.finish.click()
    page.form.asked.no.click()
    while cafe.opened.cards.state.cards:
        cards.undo(cafe.opened.cards)
        assert "The second." not in written(cafe)


def test_a_tick_that_somebody_left_behind_is_not_the_next_persons(page: WritingPage, settle: Wait) -> None:
    begin(page, settle)
    page.form.psw_tick.setChecked(True)
    page.form.finish.click()
    begin(page, settle)
    assert not page.form.psw_tick.isChecked()


def test_words_in_the_field_are_asked_about_before_the_laptop_is_passed_on(
    page: WritingPage, cafe: Hand, settle: Wait
) -> None:
    begin(page, settle)
    page.form.edit.put(WORRY)
    page.form.finish.click()
    assert page.form.asked.isVisible()
    assert not page.gate.isVisible()
    page.form.asked.neither.click()
    assert page.form.edit.words == WORRY
    assert not page.may_close()
    page.form.finish.click()
    page.form.asked.yes.click()
    settle()
    assert written(cafe) == [WORRY]
    assert page.gate.isVisible()
    assert page.may_close()


def test_what_is_thrown_away_is_kept_nowhere(page: WritingPage, cafe: Hand, settle: Wait) -> None:
    begin(page, settle)
    page.form.edit.put(WORRY)
    page.form.finish.click()
    page.form.asked.no.click()
    settle()
    assert page.gate.isVisible()
    assert all(event.text == "" for event in cafe.opened.cards.events)


def test_words_that_may_name_somebody_are_pointed_out_and_not_forbidden(
    page: WritingPage, cafe: Hand, settle: Wait
) -> None:
    begin(page, settle)
    words = "Mrs Brown waited for six weeks."
    write(page, settle, words)
    assert written(cafe) == []
    assert "Mrs Brown" in in_sight(page.form.pointed_out)
    page.form.pointed_out.change_it.click()
    assert page.form.edit.words == words
    page.hand_in()
    settle()
    page.form.pointed_out.keep_it.click()
    settle()
    assert written(cafe) == [words]


def test_an_empty_card_and_one_too_long_stay_where_they_are_with_a_sentence(
    page: WritingPage, cafe: Hand, settle: Wait
) -> None:
    begin(page, settle)
    write(page, settle, "  ")
    assert "nothing on the card" in in_sight(page)
    long = "a" * (LONGEST_CARD + 1)
    write(page, settle, long)
    assert page.form.edit.words == long
    assert "501 characters" in in_sight(page)
    assert written(cafe) == []


def test_a_full_disk_leaves_the_words_in_sight_until_the_card_is_kept_once(
    page: WritingPage, cafe: Hand, folder: Path, messages: StandIn, qtbot: QtBot, settle: Wait, fault: Tell
) -> None:
    begin(page, settle)
    with files_at_most(1):
        write(page, settle, WORRY)
        assert writing_page.NOT_SAVED in in_sight(page)
        assert page.form.edit.words == WORRY
        assert page.form.edit.edit.isReadOnly()
        page.form.finish.click()
        assert not page.gate.isVisible()
        page.hand_in()
        assert not page.may_close()
        assert any("not saved yet" in text for text in messages.texts)
    qtbot.waitUntil(lambda: writing_page.HANDED_IN in in_sight(page), timeout=3000)
    assert written(cafe) == [WORRY]
    assert page.form.edit.is_empty
    assert writing_page.NOT_SAVED not in in_sight(page)
    settle()
    assert messages.texts == []
    fault(
        "The disk lets no file grow while a card is written in a café",
        area="Café",
        tried=1,
        lost=0,
        person_sees=writing_page.NOT_SAVED,
    )


def test_what_was_hard_is_ticked_by_each_person_for_themself(page: WritingPage, cafe: Hand, settle: Wait) -> None:
    hard = cafe.opened.hard
    page.form.hard_fold.set_open(True)
    settle()
    evidence = next(one for one in page.form.hard.ticks if one.name == "Evidence")
    safe = next(one for one in page.form.hard.ticks if one.name == "Safeguarding")
    for _ in range(2):
        begin(page, settle)
        assert page.form.hard.chosen == 0
        page.form.hard.ticks[evidence].click()
        page.form.hard.ticks[safe].click()
        page.form.hard.ticks[safe].click()
        settle()
        page.form.finish.click()
    assert sorted((said.name, said.hand) for said in hard.state) == [("Evidence", 2), ("Evidence", 3)]
    for _ in range(2):
        begin(page, settle, before=True)
        page.form.hard.ticks[evidence].click()
        settle()
        page.form.finish.click()
    begin(page, settle, before=True)
    page.form.hard.ticks[evidence].click()
    page.form.hard.ticks[evidence].click()
    settle()
    assert sum(said.hand == 0 for said in hard.state) == 1, "what somebody else said is not taken back"


def test_the_facilitator_has_a_way_back(page: WritingPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.done):
        page.gate.leave.click()


def test_no_card_of_anybody_else_is_ever_on_the_page(page: WritingPage, cafe: Hand, settle: Wait) -> None:
    other: Card = cards.write(cafe.opened.cards, CardKind.WORRY, "What somebody else wrote.").cards[0]
    begin(page, settle)
    write(page, settle, WORRY)
    for state in (in_sight(page), page.form.edit.words):
        assert other.text not in state
    page.form.take_back.click()
    settle()
    assert page.form.take_back.isHidden()
    assert other.text in written(cafe)
