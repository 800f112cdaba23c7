"""Comments pinned to words of an answer, and tags: in the real window, on a real pack."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cqcmock.domain.review import MOST_PINS, MOST_TAGS, Pin, SheetState
from tests.ui.conftest import StandIn
from tests.ui.review.conftest import Sent
from tests.ui.review.mark_hands import Open, go_to_answer, levels, on_disk, opened, press, sheets, submit
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.review.mark_answer import AnswerPart
from ui.review.mark_pack_screen import PIN_DELETED
from ui.review.mark_pins import HOW, SELECT_FIRST, TOO_MANY


@pytest.fixture
def open_pack(reviewer_desk: Desk, window: MainWindow, sent: Sent, qtbot: QtBot) -> Open:
    return lambda: opened(reviewer_desk, window, sent, qtbot)


def select(part: AnswerPart, words: str) -> None:
    at = part.pins._spoken.index(words)
    part.words.choose((at, at + len(words)))


def test_a_comment_is_pinned_to_words_changed_deleted_and_put_back(
    open_pack: Open, qtbot: QtBot, messages: StandIn
) -> None:
    screen = open_pack()
    go_to_answer(screen, 1)
    part = screen.page.answer
    select(part, "1.2 million people")
    part.pins.add_button.click()
    assert part.pins.comment.title.text() == "Comment on “1.2 million people”"
    assert on_disk(qtbot, screen).pins == ()
    qtbot.keyClicks(part.pins.comment.edit, "As of when?")
    start = screen.marking.answer.spoken.index("1.2 million people")
    pin = Pin(start=start, end=start + len("1.2 million people"), comment="As of when?")
    assert on_disk(qtbot, screen).pins == (pin,)
    assert [(line.title, line.about) for line in part.pins.list.lines.lines] == [
        ("“1.2 million people”", "As of when?")
    ]
    marked = [mark.cursor.selectedText() for mark in part.words.extraSelections()]
    assert marked == ["1.2 million people"]
    qtbot.keyClicks(part.pins.comment.edit, " Say it.")
    assert on_disk(qtbot, screen).pins[0].comment == "As of when? Say it."
    part.pins.list.setFocus()
    press(qtbot, Qt.Key.Key_Delete)
    assert on_disk(qtbot, screen).pins == ()
    assert part.words.extraSelections() == []
    screen.turn(1)
    next(message for message in messages.current if message.key == PIN_DELETED).action.do()
    go_to_answer(screen, 1)
    assert part.pins.spans == ((pin.start, pin.end),)
    assert on_disk(qtbot, screen).pins[0].comment == "As of when? Say it."


def test_the_words_of_a_pin_are_those_that_were_said_beyond_emoji_follow_ups_and_line_breaks(
    open_pack: Open, qtbot: QtBot
) -> None:
    screen = open_pack()
    go_to_answer(screen, 1)
    part = screen.page.answer
    replied = screen.marking.answer.probes[0].answer
    select(part, replied)
    assert part.words.textCursor().selectedText() == replied
    everything = part.words.textCursor()
    part.words.selectAll()
    assert part.words.chosen() == (0, len(screen.marking.answer.spoken))
    everything.setPosition(part.words.toPlainText().index("Then they were asked"))
    everything.setPosition(everything.position() + 9, everything.MoveMode.KeepAnchor)
    part.words.setTextCursor(everything)
    part.comment_on_words()
    assert part.pins.hint.text() == SELECT_FIRST
    assert part.pins.spans == ()


def test_without_any_words_selected_it_is_said_how_to_select_some(open_pack: Open, qtbot: QtBot) -> None:
    screen = open_pack()
    assert screen.page.answer.pins.hint.text() == HOW
    press(qtbot, Qt.Key.Key_M)
    assert screen.page.answer.pins.hint.text() == SELECT_FIRST
    assert screen.page.answer.words.hasFocus()


def test_a_comment_on_words_that_says_nothing_is_not_kept(open_pack: Open, qtbot: QtBot) -> None:
    screen = open_pack()
    go_to_answer(screen, 1)
    part = screen.page.answer
    select(part, "Hertfordshire")
    part.comment_on_words()
    press(qtbot, Qt.Key.Key_Escape)
    assert part.pins.spans == ()
    assert part.words.extraSelections() == []
    assert part.words.hasFocus()
    assert sheets(qtbot, screen)[screen.marking.step.id].state is SheetState.UNTOUCHED


def test_the_same_words_have_one_comment_and_an_answer_only_so_many(open_pack: Open, qtbot: QtBot) -> None:
    screen = open_pack()
    go_to_answer(screen, 1)
    part = screen.page.answer
    for at in range(MOST_PINS):
        part.pins.add((at, at + 1))
        part.pins.comment.edit.setPlainText(f"Number {at}")
    part.pins.add((3, 4))
    assert part.pins.comment.edit.toPlainText() == "Number 3"
    part.pins.add((3, 9))
    assert part.pins.hint.text() == TOO_MANY
    assert len(on_disk(qtbot, screen).pins) == MOST_PINS


def test_tags_are_ticked_and_one_too_many_is_refused_beside_them(open_pack: Open, qtbot: QtBot) -> None:
    screen = open_pack()
    card = screen.page.card
    card.more_tags.click()
    first = next(iter(card.tags))
    card.tags[first].click()
    assert on_disk(qtbot, screen).tags == (first,)
    card._others = tuple(f"other {number}" for number in range(MOST_TAGS - 1))
    second = list(card.tags)[1]
    card.tags[second].click()
    assert not card.tags[second].isChecked()
    assert card.tag_problem.isVisible()
    assert on_disk(qtbot, screen).tags == (first,)


def test_the_short_keys_of_marking_hold_in_the_list_of_comments_too(open_pack: Open, qtbot: QtBot) -> None:
    screen = open_pack()
    go_to_answer(screen, 1)
    part = screen.page.answer
    select(part, "1.2 million people")
    press(qtbot, Qt.Key.Key_M)
    qtbot.keyClicks(part.pins.comment.edit, "As of when?")
    part.pins.list.setFocus()
    qtbot.keyClicks(part.pins.list, "2")
    assert screen.marking.marks.levels == {"answered": 2}
    part.pins.list.setFocus()
    qtbot.keyClicks(part.pins.list, "c")
    assert screen.page.card.comment.edit.hasFocus()
    part.pins.list.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    assert part.pins.comment.edit.hasFocus()


def test_a_deletion_is_not_offered_back_once_its_sheet_is_submitted(
    open_pack: Open, window: MainWindow, qtbot: QtBot, messages: StandIn
) -> None:
    screen = open_pack()
    go_to_answer(screen, 1)
    part = screen.page.answer
    select(part, "1.2 million people")
    part.pins.add_button.click()
    qtbot.keyClicks(part.pins.comment.edit, "As of when?")
    part.pins.delete_button.click()
    assert PIN_DELETED in {message.key for message in messages.current}
    screen.page.card.lenses.focus()
    levels(qtbot, 2, 2, 2, 2, 2, 2)
    submit(qtbot, screen, window)
    assert PIN_DELETED not in {message.key for message in messages.current}


def test_whoever_hears_the_words_of_an_answer_hears_what_was_asked(open_pack: Open) -> None:
    screen = open_pack()
    asked = set()
    for number in (1, 2):
        go_to_answer(screen, number)
        assert screen.page.answer.words.accessibleDescription().endswith(screen.marking.answer.question)
        asked.add(screen.page.answer.words.accessibleDescription())
    assert len(asked) == 2
