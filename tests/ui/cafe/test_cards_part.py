"""The facilitator groups cards into themes, on the real tab, in a real library."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cqcmock.domain.cafe.cards import CardKind, hands_counted
from cqcmock.services.cafe import attendance, cards, for_psw
from tests.faults import Tell
from tests.services.cafe.hands import files_at_most, themed
from tests.ui.cafe.clicks import second_press_of_a_double_click
from tests.ui.cafe.conftest import Wait
from tests.ui.conftest import Show
from ui.cafe import cards_part
from ui.cafe.cards_model import rows
from ui.cafe.cards_part import CardsPart
from ui.cafe.cards_typing import Teller
from ui.cafe.hand import Hand
from ui.cafe.writing_page import WritingPage
from ui.desk import Desk

if TYPE_CHECKING:
    from cqcmock.services.library import Library

KEY = Qt.Key


@pytest.fixture
def part(desk: Desk, cafe: Hand, show: Show) -> CardsPart:
    made = CardsPart(desk, cafe)
    made.resize(1000, 700)
    show(made)
    made.arrived()
    return made


def wrote(cafe: Hand, *texts: str, kind: CardKind = CardKind.PRIDE) -> None:
    """Somebody new wrote each of these."""
    for text in texts:
        cards.next_person(cafe.opened.cards)
        cards.write(cafe.opened.cards, kind, text)
    cafe.changed.emit()


def shown(part: CardsPart) -> list[str]:
    return [row.text for row in part.list.cards.rows]


def choose(part: CardsPart, *texts: str) -> None:
    part.list.clearSelection()
    part.list._choose([at for at, row in enumerate(part.list.cards.rows) if row.text in texts])


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, key, modifier)


def type_(qtbot: QtBot, words: str) -> None:
    for letter in words:
        focus = QApplication.focusWidget()
        assert focus is not None
        qtbot.keyClicks(focus, letter)


def in_theme(cafe: Hand, name: str) -> list[str]:
    board = cafe.opened.cards.state
    theme = next((theme.id for theme in board.themes if theme.name == name), "?")
    return sorted(card.text for card in board.cards if theme in card.themes)


def test_cards_are_grouped_by_keyboard_alone(
    part: CardsPart, cafe: Hand, library: Library, qtbot: QtBot, settle: Wait
) -> None:
    wrote(cafe, "b two", "a one", "d four", "c three")
    part.filter.which.setCurrentIndex(1)
    part.list.setFocus()
    part.list.choose(part.list.cards.rows[0].id)
    press(qtbot, KEY.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    type_(qtbot, "Ringing back")
    press(qtbot, KEY.Key_Return)
    settle()
    assert shown(part) == ["c three", "d four"]
    type_(qtbot, "1")
    press(qtbot, KEY.Key_Return)
    settle()
    type_(qtbot, "ring")
    press(qtbot, KEY.Key_Return)
    settle()
    assert shown(part) == []
    board = for_psw.session_for_psw(library, cafe.opened.id).board
    assert [theme.name for theme in board.themes] == ["Ringing back"]
    assert all(card.themes == (board.themes[0].id,) for card in board.cards)


def test_cards_stand_in_the_order_of_the_alphabet_and_not_of_writing(part: CardsPart, cafe: Hand) -> None:
    wrote(cafe, "b", "c", "a")
    assert shown(part) == ["a", "b", "c"]


def test_a_kind_those_without_a_theme_and_words_narrow_what_is_shown(part: CardsPart, cafe: Hand) -> None:
    themed(cafe.opened, CardKind.PRIDE, "Ringing back", 2)
    wrote(cafe, "Nobody waited", "Everybody was rung")
    wrote(cafe, "Duty is alone", kind=CardKind.WORRY)
    assert len(shown(part)) == 4
    part.filter.which.setCurrentIndex(1)
    assert shown(part) == ["Everybody was rung", "Nobody waited"]
    part.filter.which.setCurrentIndex(2)
    assert shown(part) == ["Ringing back, said 0", "Ringing back, said 1"]
    part.filter.which.setCurrentIndex(0)
    part.filter.words.setText("RUNG every")
    assert shown(part) == ["Everybody was rung"]
    part.filter.words.clear()
    part.filter.show_kind(CardKind.WORRY)
    assert shown(part) == ["Duty is alone"]
    assert part.filter.kinds[CardKind.PRIDE].accessibleName() == "Pride 4"


def test_each_theme_says_in_words_whether_others_will_see_it(part: CardsPart, cafe: Hand, desk: Desk) -> None:
    themed(cafe.opened, CardKind.PRIDE, "Ringing back", 5)
    themed(cafe.opened, CardKind.PRIDE, "Duty team", 5)
    themed(cafe.opened, CardKind.PRIDE, "Carers", 4)
    cards.somebody_again(cafe.opened.cards)
    board = cards.write(cafe.opened.cards, CardKind.PRIDE, "Once more")
    cards.group(cafe.opened.cards, board.cards[-1].id, board.themes[-1].id)
    attendance.came(cafe.opened.attendance, 6, team="Duty team")
    cafe.changed.emit()
    assert [(line.title, line.sign, line.about) for line in part.themes.list.lines.lines] == [
        ("1  Ringing back", "five people or more: others will see it", "5 cards from 5 people"),
        ("2  Duty team", "it names a team: only you see it", "5 cards from 5 people"),
        ("3  Carers", "not yet five: only you see it", "5 cards from 4 people"),
    ]
    desk.settings = replace(desk.settings, cafe_smallest_group=4)
    part.redraw()
    assert part.themes.list.lines.lines[2].sign == "four people or more: others will see it"


def test_a_worry_for_the_facilitator_alone_does_not_count_for_its_theme(
    part: CardsPart, cafe: Hand, settle: Wait
) -> None:
    themed(cafe.opened, CardKind.WORRY, "Duty", 5)
    cafe.changed.emit()
    part.filter.show_kind(CardKind.WORRY)
    choose(part, "Duty, said 0")
    part.chosen.psw_only.click()
    settle()
    assert part.themes.list.lines.lines[0].sign == "not yet five: only you see it"
    assert part.list.cards.rows[0].about.startswith("only for you")
    assert part.undo()
    settle()
    assert part.themes.list.lines.lines[0].sign == "five people or more: others will see it"


def test_one_undo_takes_back_all_that_was_done_in_one_go(part: CardsPart, cafe: Hand, settle: Wait) -> None:
    wrote(cafe, "a", "b", "c")
    choose(part, "a", "b", "c")
    part._group("Ringing back")
    settle()
    assert in_theme(cafe, "Ringing back") == ["a", "b", "c"]
    choose(part, "b")
    part.chosen.ungroup[0].click()
    settle()
    assert in_theme(cafe, "Ringing back") == ["a", "c"]
    part.undo_button.click()
    settle()
    assert in_theme(cafe, "Ringing back") == ["a", "b", "c"]
    assert part.undo()
    settle()
    assert not cafe.opened.cards.state.themes
    assert len(shown(part)) == 3


def test_undo_never_takes_away_what_somebody_wrote_themself(part: CardsPart, cafe: Hand, settle: Wait) -> None:
    wrote(cafe, "a", "b")
    choose(part, "a")
    part._take_out()
    settle()
    assert shown(part) == ["b"]
    assert part.undo()
    settle()
    assert shown(part) == ["a", "b"]
    assert not part.undo()
    settle()
    assert shown(part) == ["a", "b"]
    assert part.said.text() == cards_part.CANNOT_UNDO


def test_what_was_done_before_the_program_ended_can_be_undone_one_by_one(
    part: CardsPart, desk: Desk, cafe: Hand, qtbot: QtBot, settle: Wait
) -> None:
    wrote(cafe, "a", "b")
    choose(part, "a", "b")
    part._group("New")
    settle()
    again = CardsPart(desk, cafe)
    qtbot.addWidget(again)
    again.redraw()
    for left in (["a"], []):
        assert again.undo()
        settle()
        assert in_theme(cafe, "New") == left
    assert again.undo()
    settle()
    assert not again.undo()


def test_themes_are_made_renamed_merged_and_taken_out(part: CardsPart, cafe: Hand, qtbot: QtBot, settle: Wait) -> None:
    themed(cafe.opened, CardKind.PRIDE, "Ringing", 2)
    themed(cafe.opened, CardKind.PRIDE, "Calling", 1)
    cafe.changed.emit()
    themes = part.themes
    themes.list.setFocus()
    themes.list.choose(themes.list.lines.lines[1].key)
    themes.merge.click()
    type_(qtbot, "2")
    press(qtbot, KEY.Key_Return)
    assert themes.problem.isVisible()
    themes.field.clear()
    type_(qtbot, "1")
    press(qtbot, KEY.Key_Return)
    settle()
    assert [line.title for line in themes.list.lines.lines] == ["1  Ringing"]
    assert len(in_theme(cafe, "Ringing")) == 3
    press(qtbot, KEY.Key_Return)
    type_(qtbot, "Ringing back")
    press(qtbot, KEY.Key_Return)
    settle()
    themes.make.click()
    type_(qtbot, "ringing BACK")
    press(qtbot, KEY.Key_Return)
    settle()
    assert "already a theme" in themes.problem.text()
    press(qtbot, KEY.Key_Escape)
    assert not themes.line.isVisible()
    press(qtbot, KEY.Key_Delete)
    settle()
    assert not cafe.opened.cards.state.themes
    assert len(shown(part)) == 3
    assert part.undo()
    settle()
    assert len(in_theme(cafe, "Ringing back")) == 3


def test_a_card_is_reworded_by_keyboard_and_a_mistake_leaves_the_words_in_the_field(
    part: CardsPart, cafe: Hand, qtbot: QtBot, settle: Wait
) -> None:
    wrote(cafe, "Mr Bean rang")
    part.list.setFocus()
    part.list.choose(part.list.cards.rows[0].id)
    press(qtbot, KEY.Key_F2)
    assert not part.may_close()
    part.chosen.edit.put(" ")
    press(qtbot, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert "The card is empty" in part.chosen.edit.problem.text()
    part.chosen.edit.put("Somebody rang")
    press(qtbot, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert shown(part) == ["Somebody rang"]
    assert part.may_close()
    assert part.chosen.text.text() == "Somebody rang"


def test_a_fourth_theme_is_refused_with_a_sentence_and_the_other_cards_are_grouped(
    part: CardsPart, cafe: Hand, settle: Wait
) -> None:
    wrote(cafe, "a", "b")
    for name in ("one", "two", "three"):
        choose(part, "a")
        part._group(name)
        settle()
    choose(part, "b")
    part._group("four")
    settle()
    choose(part, "a", "b")
    part._group("3")
    settle()
    assert in_theme(cafe, "three") == ["a", "b"]
    choose(part, "a", "b")
    part._group("4")
    settle()
    assert "3 themes already" in part.chosen.problem.text()
    part._group("9")
    assert "no theme 9" in part.chosen.problem.text()


def test_a_card_that_somebody_tells_is_typed_by_keyboard_and_counts_as_the_person_says(
    part: CardsPart, cafe: Hand, qtbot: QtBot, settle: Wait
) -> None:
    part.type_one.click()
    for words, teller in (("one", Teller.NEW), ("two", Teller.SAME), ("three", Teller.NEW), ("four", Teller.BEFORE)):
        type_(qtbot, words)
        part.typing.tellers[teller].setChecked(True)
        press(qtbot, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
        settle()
    board = cafe.opened.cards.state
    assert [card.text for card in board.cards] == ["one", "two", "three", "four"]
    assert len(hands_counted(board)) == 2
    assert board.cards[0].hand == board.cards[1].hand
    assert part.undo()
    settle()
    assert part.undo()
    settle()
    assert [card.text for card in cafe.opened.cards.state.cards] == ["one", "two"]
    assert cafe.opened.cards.state.hand == board.cards[0].hand, "also the passing on is taken back"
    assert not part.typing.tellers[Teller.SAME].isEnabled()


def test_a_typed_card_that_may_name_somebody_is_pointed_out_first(
    part: CardsPart, cafe: Hand, qtbot: QtBot, settle: Wait
) -> None:
    part.type_one.click()
    type_(qtbot, "Mrs Brown waited")
    assert not part.may_close()
    press(qtbot, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert "Mrs Brown" in part.typing.pointed_out.words.text()
    assert cafe.opened.cards.events == ()
    part.typing.pointed_out.keep_it.click()
    settle()
    assert shown(part) == ["Mrs Brown waited"]


def test_the_laptop_is_handed_round_on_a_page_for_the_kind_in_sight(part: CardsPart, qtbot: QtBot, cafe: Hand) -> None:
    part.filter.show_kind(CardKind.WORRY)
    part.questions = {CardKind.WORRY: "What keeps you awake?"}
    pages: list[QWidget] = []
    part.cover_wanted.connect(pages.append)
    part.hand_round.click()
    qtbot.waitUntil(lambda: bool(pages))
    (page,) = pages
    qtbot.addWidget(page)
    assert isinstance(page, WritingPage)
    page._turn()
    assert page.form.kind is CardKind.WORRY
    assert page.form.question.text() == "What keeps you awake?"


def test_a_full_disk_loses_no_deed_and_does_none_twice(
    part: CardsPart, cafe: Hand, qtbot: QtBot, settle: Wait, fault: Tell
) -> None:
    wrote(cafe, "a", "b")
    choose(part, "a", "b")
    with files_at_most(1):
        part._group("Ringing back")
        settle()
        assert part.said.text() == cards_part.NOT_SAVED
        part._group("Other")
        settle()
        assert not cafe.opened.cards.state.themes
    qtbot.waitUntil(lambda: in_theme(cafe, "Ringing back") == ["a", "b"], timeout=3000)
    settle()
    assert [theme.name for theme in cafe.opened.cards.state.themes] == ["Ringing back"]
    assert part.undo()
    settle()
    assert not cafe.opened.cards.state.themes
    fault(
        "The disk lets no file grow while cards of a café are put together",
        area="Café",
        tried=1,
        lost=0,
        person_sees=cards_part.NOT_SAVED,
    )


def test_what_stays_the_same_is_not_drawn_again(part: CardsPart, cafe: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    wrote(cafe, *(f"card {number:03}" for number in range(40)))
    told: list[str] = []
    monkeypatch.setattr(cards_part, "rows", lambda *given, **named: (told.append("looked"), rows(*given, **named))[1])
    model: QAbstractItemModel = part.list.cards
    model.modelReset.connect(lambda: told.append("reset"))
    model.dataChanged.connect(lambda *_: told.append("data"))
    model.rowsInserted.connect(lambda *_: told.append("in"))
    for _ in range(3):
        cafe.changed.emit()
    assert told == []
    wrote(cafe, "card 007 again")
    assert told == ["looked", "in"]


def test_looking_changes_nothing_and_an_empty_choice_says_so(part: CardsPart, cafe: Hand) -> None:
    wrote(cafe, "a")
    before = cafe.opened.cards.events
    part.redraw()
    part.filter.show_kind(CardKind.IDEA)
    assert "No card is like that" in part.empty.text()
    assert cafe.opened.cards.events == before


def test_a_double_click_takes_out_one_card_and_not_the_next(
    part: CardsPart, cafe: Hand, qtbot: QtBot, settle: Wait
) -> None:
    wrote(cafe, "a", "b", "c")
    choose(part, "a")
    qtbot.mouseClick(part.chosen.out, Qt.MouseButton.LeftButton)
    settle()
    second_press_of_a_double_click(part.chosen.out)
    settle()
    assert shown(part) == ["b", "c"]
