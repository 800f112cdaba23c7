"""What the pack tells of the place, looked up while an answer is marked, and nobody's place is lost by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from cqcmock.domain.story import Fact, Place, Story
from tests.ui.review.conftest import Send
from tests.ui.review.mark_hands import Open, go_to_answer, go_to_kind, levels, on_disk, opened, press, ready, with_pack
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.review.mark_card import KEYS
from ui.review.mark_pack_screen import MarkPackScreen
from ui.review.mark_state import StepKind
from ui.review.mark_story import AT_ONCE

A, NO_MODIFIER = Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def open_pack(reviewer_desk: Desk, window: MainWindow, send: Send, qtbot: QtBot) -> Open:
    def open_it(story: Story | None = None) -> MarkPackScreen:
        sent = send(with_story=True)
        if story is not None:
            sent = with_pack(sent, lambda pack: replace(pack, story=story))
        return opened(reviewer_desk, window, sent, qtbot)

    return open_it


def titles(screen: MarkPackScreen) -> list[str]:
    """The names of what is shown of the story."""
    return [row.title.text() for row in screen.keys.story._rows if not row.isHidden()]


def test_a_figure_is_looked_up_and_marking_goes_on_where_it_was(open_pack: Open, qtbot: QtBot) -> None:
    screen = open_pack()
    part = screen.keys.story
    levels(qtbot, 2)
    before, lens = QApplication.focusWidget(), screen.page.card.lenses.current
    assert not part.isVisible()
    press(qtbot, A)
    assert part.isVisible()
    assert part.search.hasFocus()
    assert len(titles(screen)) == len(part._known) > 20
    qtbot.keyClicks(part.search, "seventy-eight")
    assert titles(screen) == ["Overall score of the CQC assessment"]
    (row,) = [row for row in part._rows if row.isVisible()]
    assert row.says.text() == "78 per cent, on 17 May 2024"
    assert "Source: LGA case study “CQC assurance" in row.more.text().replace("\u200b", "")
    assert part.told.text() == f"1 of {len(part._known)} entries"
    press(qtbot, Qt.Key.Key_Escape)
    assert not part.isVisible()
    assert QApplication.focusWidget() is before
    assert screen.page.card.lenses.current == lens
    levels(qtbot, 3)
    assert on_disk(qtbot, screen).levels == {"answered": 2, "evidence": 3}


def test_the_same_key_closes_it_again_from_the_marks_and_from_what_was_found(open_pack: Open, qtbot: QtBot) -> None:
    screen = open_pack()
    part = screen.keys.story
    press(qtbot, A)
    part.pane.setFocus()
    press(qtbot, A)
    assert not part.isVisible()
    lens = QApplication.focusWidget()
    assert screen.page.card.isAncestorOf(lens)
    press(qtbot, A)
    lens.setFocus()
    levels(qtbot, 1)
    on_lens = QApplication.focusWidget()
    press(qtbot, A)
    assert not part.isVisible()
    assert QApplication.focusWidget() is on_lens
    assert on_disk(qtbot, screen).levels == {"answered": 1}


def test_digits_and_letters_of_any_alphabet_typed_there_mark_nothing(open_pack: Open, qtbot: QtBot) -> None:
    screen = open_pack()
    at = screen.marking.at
    press(qtbot, A)
    qtbot.keyClicks(screen.keys.story.search, "a 1.2 npcwm 3")
    assert screen.keys.story.isVisible()
    assert screen.keys.story.told.text() == "Nothing here says “a 1.2 npcwm 3”."
    press(qtbot, Qt.Key.Key_Backspace, Qt.Key.Key_Down, Qt.Key.Key_PageDown)
    screen.keys.story.pane.setFocus()
    QApplication.sendEvent(screen.keys.story.pane, QKeyEvent(QEvent.Type.KeyPress, 0x428, NO_MODIFIER, "ш"))
    levels(qtbot, 2)
    assert (screen.marking.at, screen.marking.unsaved, screen.marking.marks.is_empty) == (at, {}, True)


def test_the_words_that_were_selected_and_the_place_on_the_page_are_the_same_afterwards(
    open_pack: Open, qtbot: QtBot
) -> None:
    screen = open_pack()
    go_to_answer(screen, 1)
    QApplication.processEvents()  # the keyboard is put where the work on this answer begins
    page, words, part = screen.page, screen.page.answer.words, screen.keys.story
    page.card.comment.edit.setFocus()
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 0)
    page.verticalScrollBar().setValue(page.verticalScrollBar().maximum())
    was = page.verticalScrollBar().value()
    words.choose((0, 13))
    qtbot.mouseClick(page.story_link, Qt.MouseButton.LeftButton)
    assert part.search.hasFocus()
    qtbot.waitUntil(lambda: words.visibleRegion().boundingRect().height() > words.fontMetrics().lineSpacing() * 3)
    qtbot.waitUntil(lambda: page.verticalScrollBar().value() != was)
    press(qtbot, Qt.Key.Key_Escape)
    assert page.card.comment.edit.hasFocus()
    qtbot.waitUntil(lambda: page.verticalScrollBar().value() == was)
    assert words.chosen() == (0, 13)
    words.setFocus()
    press(qtbot, Qt.Key.Key_M)
    assert page.answer.pins.spans == ((0, 13),)


def test_the_arrows_move_what_was_found_while_words_are_typed(open_pack: Open, qtbot: QtBot) -> None:
    screen = open_pack()
    press(qtbot, A)
    bar = screen.keys.story.pane.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    press(qtbot, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    qtbot.keyClicks(screen.keys.story.search, "b")
    assert bar.value() == 0


def test_it_can_be_looked_up_on_every_step_and_its_key_is_among_those_that_are_told(
    open_pack: Open, qtbot: QtBot
) -> None:
    screen = open_pack()
    assert screen.page.story_link.text() == "About Hertfordshire"
    assert screen.page.card.keys.text() == f"{KEYS} A opens and closes “About Hertfordshire”."
    go_to_kind(screen, StepKind.WHOLE)
    ready(qtbot, screen)
    assert "A opens and closes" in screen.page.whole.keys.text()
    press(qtbot, A)
    assert screen.keys.story.isVisible()
    press(qtbot, Qt.Key.Key_Escape)
    assert screen.page.whole.overall.isAncestorOf(QApplication.focusWidget())


def test_a_pack_without_a_story_shows_nothing_of_it(
    reviewer_desk: Desk, window: MainWindow, send: Send, qtbot: QtBot
) -> None:
    screen = opened(reviewer_desk, window, send(), qtbot)
    assert screen.marking.pack.story is None
    assert not screen.page.story_link.isVisible()
    assert screen.page.card.keys.text() == KEYS
    press(qtbot, A)
    assert screen.keys.story is None
    assert not any("About " in label.text() for label in screen.findChildren(QLabel) if label.isVisible())


def crowded() -> Story:
    """More than anybody reads, in words that fit nowhere."""
    place = Place(id="x", name="E" * 300, council="", checked_on=date(2026, 1, 2), notes=("<b>x</b> " * 50,))
    facts = tuple(
        Fact(id=f"f{at}", label=f"{at} <img src=x> {'y' * 300}", value="1", as_of=date(2026, 1, 1), source="s" * 400)
        for at in range(AT_ONCE + 40)
    )
    return Story(place=place, facts=facts)


@pytest.mark.parametrize("percent", [100, 200])
def test_however_much_is_known_it_fits_and_the_last_of_it_is_found(open_pack: Open, qtbot: QtBot, percent: int) -> None:
    screen = open_pack(crowded())
    screen._desk.theme.set_percent(percent)
    part = screen.keys.story
    press(qtbot, A)
    qtbot.waitUntil(lambda: screen.page.both.below == (percent == 200))
    assert len(titles(screen)) == AT_ONCE
    assert part.told.text() == f"The first {AT_ONCE} of {AT_ONCE + 40}. Type a word to find the others."
    assert part.pane.horizontalScrollBar().maximum() == 0
    assert part.width() <= screen.width()
    assert part.search.visibleRegion().boundingRect().size() == part.search.size()
    qtbot.keyClicks(part.search, f"{AT_ONCE + 39}")
    assert [title[:6] for title in titles(screen)] == [f"{AT_ONCE + 39} <im"]


def test_however_much_is_known_half_of_the_room_is_left_to_the_answer(open_pack: Open, qtbot: QtBot) -> None:
    screen = open_pack(crowded())
    press(qtbot, A)
    page, part = screen.page, screen.keys.story
    qtbot.waitUntil(lambda: abs(page.height() - part.height()) <= 2)
    qtbot.keyClicks(part.search, "nobody says this")
    QApplication.processEvents()
    assert abs(page.height() - part.height()) <= 2
