"""The interviewer's own window: its keys, its clock, where it is, and what stays in sight."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cqcmock.domain.interview import Phase
from cqcmock.domain.interviewing import Tap
from cqcmock.domain.modes import Mode, Timer
from cqcmock.services import rehearsing
from cqcmock.settings import Settings
from tests.clocks import HandClock
from tests.ui.rehearse.interviewer_hands import Begin, go_on, interviewers, on_disk, tap, type_key
from ui.commands import CommandId
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)


def test_closing_the_window_loses_nothing_and_it_comes_back_as_it_was(
    begin_two: Begin, qtbot: QtBot, window: MainWindow
) -> None:
    screen = begin_two()
    colleague = interviewers(screen)
    go_on(qtbot, screen)
    tap(qtbot, screen, Tap.NO_VOICE)
    colleague.close()
    assert not colleague.isVisible()
    qtbot.keyClicks(screen.answer, "The forum told us")
    assert window.commands.run(CommandId.INTERVIEWER_WINDOW)
    assert colleague.isVisible()
    assert colleague.words.text() == screen.words.text()
    colleague.close()
    screen.interviewers.click()
    assert colleague.isVisible()
    tap(qtbot, screen, Tap.GOOD)
    assert [text for _, text in on_disk(qtbot, screen).state.taps] == ["no voice", "good"]


def test_a_window_whose_screen_was_unplugged_comes_back_into_sight(begin_two: Begin) -> None:
    colleague = interviewers(begin_two())
    colleague.setGeometry(QRect(9000, 9000, 600, 500))
    colleague.come()
    middle = colleague.frameGeometry().center()
    assert any(screen.availableGeometry().contains(middle) for screen in QApplication.screens())
    colleague.move(20, 30)
    where = colleague.pos()
    colleague.close()
    colleague.come()
    assert colleague.pos() == where


def test_a_key_that_is_held_down_taps_once(begin_two: Begin, qtbot: QtBot) -> None:
    screen = begin_two()
    go_on(qtbot, screen)
    colleague = interviewers(screen)
    for repeated in (False, True, True):
        event = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_1, Qt.KeyboardModifier.NoModifier, "1", autorep=repeated
        )  # fmt: skip
        QApplication.sendEvent(colleague, event)
    assert [text for _, text in screen.live.state.taps] == ["vague"]


def test_enter_where_the_taps_are_neither_taps_nor_leaves_the_question(begin_two: Begin, qtbot: QtBot) -> None:
    screen = begin_two()
    colleague = interviewers(screen)
    type_key(qtbot, colleague, Qt.Key.Key_Return)  # the one thing to do next: to start the answer
    assert screen.live.state.phase is Phase.ANSWER
    type_key(qtbot, colleague, Qt.Key.Key_Return)
    assert (screen.live.state.phase, screen.live.state.taps) == (Phase.ANSWER, ())
    type_key(qtbot, colleague, Qt.Key.Key_Space)
    assert screen.live.state.taps == ((0, "vague"),)


def test_both_windows_show_the_same_clock(begin_two: Begin, qtbot: QtBot, clock: HandClock) -> None:
    screen = begin_two()
    go_on(qtbot, screen)
    clock.pass_seconds(4)
    screen._tick()
    assert "0:04 of" in screen.clock.text()
    assert interviewers(screen).clock.text() == screen.clock.text()


def test_a_clock_that_is_off_is_in_neither_window(begin_two: Begin, qtbot: QtBot) -> None:
    screen = begin_two(timer=Timer.OFF)
    go_on(qtbot, screen)
    assert not screen.clock.isVisible()
    assert not interviewers(screen).clock.isVisible()


def test_how_many_probes_are_left_is_said_in_words_and_in_shapes(begin_two: Begin, qtbot: QtBot) -> None:
    screen = begin_two(most_probes=2)
    left = interviewers(screen).left_over
    go_on(qtbot, screen)
    seen = [left.text()]
    for _ in range(3):
        tap(qtbot, screen, Tap.VAGUE)
        seen.append(left.text())
    none = "○ No more follow-up questions here"
    assert seen == ["●● 2 follow-up questions left", "●○ 1 follow-up question left", none, none]
    assert interviewers(screen).said.text().startswith("Nothing more is asked here")


def test_in_a_low_window_every_tap_stays_in_sight(begin_two: Begin, qtbot: QtBot, theme: Theme) -> None:
    screen = begin_two()
    colleague = interviewers(screen)
    go_on(qtbot, screen)
    theme.set_percent(200)
    colleague.resize(1230, 700)
    QApplication.processEvents()
    for button in (*colleague.taps.values(), colleague.forward):
        shown = QRect(button.mapTo(colleague, button.rect().topLeft()), button.size())
        assert colleague.rect().contains(shown)
        assert not colleague.page.isAncestorOf(button)
    assert colleague.coming[Tap.VAGUE].text().startswith("1\u2002Vague: “")
    theme.set_percent(100)
    colleague.resize(1056, 740)
    QApplication.processEvents()
    assert all(colleague.page.isAncestorOf(button) for button in colleague.taps.values())
    assert colleague.coming[Tap.VAGUE].text().startswith("“")
    tap(qtbot, screen, Tap.NO_EXAMPLE)
    assert screen.live.state.phase is Phase.PROBE


def test_a_question_of_many_lines_pushes_no_tap_out_of_sight(begin_two: Begin, qtbot: QtBot, desk: Desk) -> None:
    set_up = replace(rehearsing.default_set_up(desk.library, Settings()), questions=1, mode=Mode.INTERVIEWER, seed=1)
    plan = rehearsing.make_plan(desk.library, set_up)
    planned = plan.questions[0]
    long = replace(planned, question=replace(planned.question, text="What would each of them say to that? " * 15))
    screen = begin_two(rehearsing.start(desk.library, replace(plan, questions=(long,)), "", desk.clock))
    colleague = interviewers(screen)
    QApplication.processEvents()
    for button in colleague.taps.values():
        assert colleague.rect().contains(QRect(button.mapTo(colleague, button.rect().topLeft()), button.size()))
        assert not colleague.page.isAncestorOf(button)
    go_on(qtbot, screen)
    tap(qtbot, screen, Tap.VAGUE)  # and a short probe has room for them beside what they ask
    assert all(colleague.page.isAncestorOf(button) for button in colleague.taps.values())


@pytest.mark.parametrize("size", [(1056, 740), (700, 420)])
def test_tab_comes_to_every_control_from_top_to_bottom_and_each_has_a_name(
    begin_two: Begin, qtbot: QtBot, size: tuple[int, int]
) -> None:
    screen = begin_two()
    colleague = interviewers(screen)
    colleague.resize(*size)
    go_on(qtbot, screen)
    tap(qtbot, screen, Tap.VAGUE)
    QApplication.processEvents()
    wanted = [*colleague.taps.values(), colleague.forward, colleague.take_back, colleague.pause]
    colleague.taps[Tap.VAGUE].setFocus()
    reached: list[QWidget | None] = []
    for _ in range(12):
        if isinstance(colleague.focusWidget(), QPushButton):
            reached.append(colleague.focusWidget())
        type_key(qtbot, colleague, Qt.Key.Key_Tab)
    assert reached[: len(wanted)] == wanted
    assert all(button.accessibleName() for button in wanted)
    assert colleague.taps[Tap.NO_VOICE].accessibleDescription().startswith("“")
