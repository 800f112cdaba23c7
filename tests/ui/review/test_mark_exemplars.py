"""Answers that have been marked already come first, and tell privately how close somebody came: for as long as the
pack is here, and not only until the program is closed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from cqcmock.services import reviewing
from tests.clocks import HandClock
from tests.services.review.hands import marks
from tests.ui.conftest import StandIn
from tests.ui.review.conftest import Send
from tests.ui.review.mark_hands import LENSES, Open, levels, opened, ready, shown, workspace
from tests.ui.whole_program import running
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.review.mark_pack_screen import TITLES, Deed, MarkPackScreen
from ui.theme import Theme


@pytest.fixture
def open_pack(reviewer_desk: Desk, window: MainWindow, qtbot: QtBot) -> Open:
    return lambda which: opened(reviewer_desk, window, which, qtbot)


def test_exemplars_come_first_and_tell_privately_how_close_one_is(
    send: Send, open_pack: Open, qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    sent = send(exemplars_first=True)
    screen = open_pack(sent)
    exemplar = screen.marking.exemplar
    assert screen.marking.name(0) == "Exemplar 1 of 3"
    assert exemplar.standard not in screen.page.answer.who.text()
    assert not screen.page.closeness.isVisible()
    screen.forward.click()
    assert "6 lenses have no level" in screen.problem.text()
    given = [exemplar.levels[lens] for lens in LENSES]
    given[0] = (given[0] + 2) % 4
    levels(qtbot, *given)
    assert not screen.page.closeness.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert screen.page.closeness.isVisible()
    assert not screen.page.card.isVisible()
    assert "The same on 5 of 6, further apart on 1" in screen.page.closeness.told.text()
    shown_words = [label.text() for label in screen.page.closeness.findChildren(type(screen.page.closeness.told))]
    assert all(exemplar.reasons[lens] in shown_words for lens in LENSES)
    qtbot.waitUntil(lambda: screen.autosave.is_saved)
    levels(qtbot, 0)
    assert [screen.marking.marks.levels[lens] for lens in LENSES] == given
    again = shown(screen._desk, window, sent.id, qtbot)
    assert again.marking.at == 1
    with workspace(again) as there:
        for sheet in there.order:
            there.submit(sheet, marks(2), screen._desk.clock)
        there.make_return(tmp_path / "back", screen._desk.clock)
        assert set(there.sheets()) == set(there.order)


def test_in_large_type_the_answer_is_read_first_and_how_close_one_was_comes_into_sight(
    send: Send, open_pack: Open, qtbot: QtBot
) -> None:
    screen = open_pack(send(exemplars_first=True))
    screen._desk.theme.set_percent(200)
    qtbot.waitUntil(lambda: screen.page.both.below)
    screen.turn(1)
    qtbot.waitUntil(screen.page.answer.words.hasFocus)
    words = screen.page.answer.words
    qtbot.waitUntil(lambda: words.visibleRegion().boundingRect().height() > words.height() / 3)
    levels(qtbot, 1, 1, 1, 1, 1, 1, 1)
    screen.go_on()
    told = screen.page.closeness.told
    qtbot.waitUntil(lambda: told.visibleRegion().boundingRect().height() == told.height())


def words_of(screen: MarkPackScreen) -> list[str]:
    """Everything on the card that says how close somebody came, in its order."""
    return [label.text() for label in screen.page.closeness.findChildren(QLabel) if label.isVisible()]


def test_how_close_somebody_came_is_still_there_after_the_program_is_closed_and_opened_again(
    send: Send, theme: Theme, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, hand: HandClock
) -> None:
    monkeypatch.setattr("ui.app.Messages", StandIn)
    monkeypatch.setattr("ui.app.Theme", lambda *_, **__: theme)
    sent = send(exemplars_first=True)
    reviewing.open_pack(sent.laptop, sent.path, hand.clock).close()
    with running(sent.laptop.folder, qtbot) as house:
        house.journeys.mark_pack(sent.id)
        screen = house.window.current
        assert isinstance(screen, MarkPackScreen)
        qtbot.waitUntil(lambda: screen.marking is not None)
        ready(qtbot, screen)
        given = [(screen.marking.exemplar.levels[lens] + 1) % 4 for lens in LENSES]
        levels(qtbot, *given, 3)
        screen.page.card.comment.edit.setPlainText("Plain, and late.")
        screen.go_on()
        before = words_of(screen)
        assert "How close you were" in before
    with running(sent.laptop.folder, qtbot) as house:
        house.journeys.mark_pack(sent.id)
        screen = house.window.current
        assert isinstance(screen, MarkPackScreen)
        qtbot.waitUntil(lambda: screen.marking is not None)
        assert screen.marking.name(screen.marking.at) == "Exemplar 2 of 3"
        assert not screen.page.closeness.isVisible()
        screen.turn(-1)
        assert words_of(screen) == before
        assert not screen.page.card.isVisible()
        assert screen.marking.marks.comment == "Plain, and late."
        assert screen.forward.text() == TITLES[Deed.NEXT]
        qtbot.waitUntil(screen.forward.hasFocus)
        levels(qtbot, 0)
        assert [screen.marking.marks.levels[lens] for lens in LENSES] == given


def test_an_exemplar_that_is_marked_but_not_compared_is_still_open_after_the_program_is_closed(
    send: Send, open_pack: Open, qtbot: QtBot, window: MainWindow
) -> None:
    sent = send(exemplars_first=True)
    screen = open_pack(sent)
    levels(qtbot, *([1] * len(LENSES)))
    qtbot.waitUntil(lambda: screen.autosave.is_saved)
    again = shown(screen._desk, window, sent.id, qtbot)
    assert again.marking.name(again.marking.at) == "Exemplar 1 of 3"
    assert again.page.card.isVisible()
    again.go_on()
    assert again.page.closeness.isVisible()
    qtbot.waitUntil(lambda: again.autosave.is_saved)
    assert shown(screen._desk, window, sent.id, qtbot).marking.at == 1
