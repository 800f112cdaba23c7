"""Who can see an answer, in the real window, beside real answers."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cqcmock.domain.audit import Kind
from cqcmock.services import audit, sittings
from tests.clocks import HandClock
from tests.played import played
from tests.ui.conftest import OpenWindow, Show
from ui.app_signals import Subject, change
from ui.desk import Desk
from ui.main_window import MainWindow, Room
from ui.rehearse.own_marks_screen import OwnMarksScreen
from ui.screen import Screen
from ui.widgets.who_can_see import WhoCanSee


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return open_window(Room(id="home", title="Home", make=Screen))


@pytest.fixture
def screen(desk: Desk, window: MainWindow, hand: HandClock, qtbot: QtBot) -> OwnMarksScreen:
    """The own marks of two answers, of which the second was given twice."""
    sitting = played(desk.library, hand, answers=("One carer.", "Two carers."), takes=2)
    screen = OwnMarksScreen(desk, window.commands, sitting)
    with qtbot.waitSignal(screen.filled):
        window.open(screen)
    qtbot.waitUntil(lambda: screen.seen.isVisible() and not desk.tasks.busy)
    return screen


def test_a_short_line_is_always_there_and_the_facts_come_when_they_are_asked_for(
    screen: OwnMarksScreen, qtbot: QtBot
) -> None:
    seen = screen.seen
    assert seen.short.text() == "You and whoever uses this computer."
    assert seen.short.isVisible()
    assert not seen.is_open

    seen.ask.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(seen.ask, Qt.Key.Key_Space)

    assert seen.is_open
    assert seen.lines == ("It is not locked: whoever can use this computer, or copy its files, can see it.",)
    assert all(label.isVisible() for label in seen._labels)
    qtbot.keyClick(seen.ask, Qt.Key.Key_Return)
    assert not seen.is_open


def test_it_says_to_the_ear_what_it_asks_and_answers(screen: OwnMarksScreen) -> None:
    seen = screen.seen
    assert seen.ask.accessibleName() == "Who can see this answer? Folded away"
    assert seen.ask.accessibleDescription() == seen.short.text()
    seen.ask.click()
    assert seen.ask.accessibleName() == "Who can see this answer? Open"


def test_tab_comes_to_it_before_the_words_that_it_is_about(
    screen: OwnMarksScreen, window: MainWindow, qtbot: QtBot
) -> None:
    screen.answer.takes.setFocus(Qt.FocusReason.TabFocusReason)
    reached = []
    for _ in range(2):
        qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    assert reached == [screen.seen.ask, screen.answer.words]


def test_it_is_brought_up_to_date_when_somebody_is_sent_something(
    screen: OwnMarksScreen, desk: Desk, hand: HandClock, qtbot: QtBot
) -> None:
    screen.seen.ask.click()
    audit.tell_report(desk.library, hand.clock, Kind.SITTING, screen.sitting_id, "feedback", b"%PDF")
    desk.signals.changed.emit(change(Subject.SITTINGS, ids=("another",)))
    qtbot.waitUntil(lambda: not desk.tasks.busy)
    assert "report" not in screen.seen.short.text()

    desk.signals.changed.emit(change(Subject.PACKS))

    qtbot.waitUntil(lambda: screen.seen.short.text().startswith("You, whoever has the report"))
    assert any("In a report that you saved or printed" in line for line in screen.seen.lines)


def test_turning_the_answers_reads_nothing_again(
    screen: OwnMarksScreen, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(WhoCanSee, "read_again", lambda self: asked.append("again"))
    screen.turn(1)
    screen.answer.takes.setCurrentIndex(0)
    screen.turn(-1)
    assert asked == []
    assert screen.seen.isVisible()


def test_of_a_rehearsal_that_went_meanwhile_it_says_nothing(screen: OwnMarksScreen, desk: Desk, qtbot: QtBot) -> None:
    sittings.delete_for_good(desk.library, screen.sitting_id)
    desk.signals.changed.emit(change(Subject.SITTINGS))
    qtbot.waitUntil(lambda: screen.seen.isHidden())


def test_in_a_narrow_place_the_answer_goes_below_the_question(
    screen: OwnMarksScreen, desk: Desk, show: Show, qtbot: QtBot
) -> None:
    alone = WhoCanSee(desk)
    alone.resize(600, 100)
    show(alone)
    alone.show_for(screen.sitting_id)
    qtbot.waitUntil(lambda: alone.short.width() > 0 and alone.short.x() > alone.ask.geometry().right())
    alone.resize(200, 200)
    qtbot.waitUntil(lambda: alone.short.y() >= alone.ask.geometry().bottom())


@pytest.mark.parametrize("name", ["Z" * 200, "دانا مثال", "A & B <b>bold</b>"])
def test_a_name_of_any_letters_neither_widens_it_nor_is_read_as_markup(
    screen: OwnMarksScreen, name: str, qtbot: QtBot
) -> None:
    from dataclasses import replace
    from datetime import date

    seen = screen.seen
    assert seen._seen is not None
    width = seen.minimumSizeHint().width()
    named = replace(seen._seen, sent=((0, name, date(2026, 5, 3)),))
    seen._fill((screen.sitting_id, named))
    assert name in (seen.short.accessibleName() or seen.short.text())
    assert seen.minimumSizeHint().width() <= max(width, 400)
