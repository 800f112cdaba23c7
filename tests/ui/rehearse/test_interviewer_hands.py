"""Two people at one laptop, one keyboard and one mouse: what is meant happens, to whom it is meant, and once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cqcmock.domain.interview import Phase
from cqcmock.domain.interviewing import Tap
from cqcmock.domain.modes import Mode
from cqcmock.services import rehearsing
from cqcmock.settings import Settings
from tests.clocks import HandClock
from tests.ui.rehearse.interviewer_hands import A_MOMENT, Begin, go_on, interviewers, on_disk, tap, type_key
from ui.commands import CommandId
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.rehearse.interviewer_side import TOO_SOON_SECONDS
from ui.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)


def type_where_the_keyboard_is(words: str) -> None:
    for letter in words:
        QTest.keyClicks(QApplication.focusWidget() or QApplication.activeWindow(), letter)
        QApplication.processEvents()


@pytest.mark.parametrize("which", [Tap.VAGUE, Tap.GOOD])
def test_a_double_tap_is_one_tap(begin_two: Begin, qtbot: QtBot, clock: HandClock, which: Tap) -> None:
    screen = begin_two()
    go_on(qtbot, screen)
    tap(qtbot, screen, Tap.NO_VOICE)
    clock.pass_seconds(A_MOMENT)
    interviewers(screen).taps[which].click()
    clock.pass_seconds(TOO_SOON_SECONDS / 2)
    interviewers(screen).taps[which].click()
    assert [text for _, text in screen.live.state.taps] == ["no voice", which.value]
    clock.pass_seconds(TOO_SOON_SECONDS)
    interviewers(screen).taps[which].click()
    assert len(screen.live.state.taps) == 3


def test_another_tap_straight_after_good_counts(begin_two: Begin, qtbot: QtBot, clock: HandClock) -> None:
    screen = begin_two()
    go_on(qtbot, screen)
    tap(qtbot, screen, Tap.NO_VOICE)
    tap(qtbot, screen, Tap.GOOD)
    clock.pass_seconds(0.1)
    type_key(qtbot, interviewers(screen), Qt.Key.Key_1)
    assert [text for _, text in screen.live.state.taps] == ["no voice", "good", "vague"]


def test_a_double_click_on_the_way_on_skips_no_preparation(begin_two: Begin, qtbot: QtBot, clock: HandClock) -> None:
    screen = begin_two()
    go_on(qtbot, screen)
    clock.pass_seconds(A_MOMENT)
    interviewers(screen).forward.click()
    interviewers(screen).forward.click()
    assert (screen.live.state.question, screen.live.state.phase) == (1, Phase.PREPARE)


def test_starting_just_as_the_preparation_ends_by_itself_leaves_no_question_out(
    begin_two: Begin, clock: HandClock
) -> None:
    screen = begin_two()
    for _ in range(4):
        clock.pass_seconds(4)
        screen._tick()
    assert screen.live.state.phase is Phase.ANSWER
    interviewers(screen).forward.click()  # it said “Start the answer” a moment ago
    assert (screen.live.state.question, screen.live.state.phase) == (0, Phase.ANSWER)
    clock.pass_seconds(A_MOMENT)
    interviewers(screen).forward.click()
    assert screen.live.state.question == 1


def test_finishing_just_as_the_next_probe_comes_does_not_throw_the_probe_away(
    begin_two: Begin, qtbot: QtBot, clock: HandClock
) -> None:
    screen = begin_two()
    go_on(qtbot, screen)
    tap(qtbot, screen, Tap.VAGUE)
    clock.pass_seconds(TOO_SOON_SECONDS / 2)
    screen.forward.click()  # meant for the answer before
    assert screen.live.state.phase is Phase.PROBE
    clock.pass_seconds(TOO_SOON_SECONDS)
    screen.forward.click()
    assert screen.live.state.phase is Phase.BETWEEN


def test_a_tap_just_as_the_answer_is_finished_still_brings_its_probe(
    begin_two: Begin, qtbot: QtBot, clock: HandClock
) -> None:
    screen = begin_two()
    go_on(qtbot, screen)
    clock.pass_seconds(A_MOMENT)
    screen.forward.click()
    interviewers(screen).taps[Tap.VAGUE].click()
    assert screen.live.state.phase is Phase.PROBE


def test_an_answer_typed_while_the_other_window_has_the_keyboard_taps_nothing_and_is_all_there(
    begin_two: Begin, qtbot: QtBot
) -> None:
    screen = begin_two()
    go_on(qtbot, screen)
    interviewers(screen).activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is interviewers(screen))
    type_where_the_keyboard_is("We have 3 teams ")
    assert screen.answer.toPlainText() == "We have 3 teams "
    assert screen.live.state.taps == ()
    assert screen.live.state.phase is Phase.ANSWER


def test_words_go_on_to_the_answer_until_the_windows_have_really_changed(begin_two: Begin, qtbot: QtBot) -> None:
    screen = begin_two()
    colleague = interviewers(screen)
    go_on(qtbot, screen)
    colleague.taps[Tap.VAGUE].setFocus()
    for key, letters in ((Qt.Key.Key_W, "W"), (Qt.Key.Key_Space, " "), (Qt.Key.Key_1, "1")):  # a slow window manager
        QTest.keyClick(colleague.focusWidget() or colleague, key)
        assert screen.answer.toPlainText().upper().endswith(letters)
        colleague.show_view(colleague._view)  # type: ignore[arg-type]  # it was shown, so there is one
    assert screen.live.state.taps == ()
    QTest.mouseClick(colleague, Qt.MouseButton.LeftButton)  # and here the keyboard is the interviewer's again
    type_key(qtbot, colleague, Qt.Key.Key_1)
    assert [text for _, text in screen.live.state.taps] == ["vague"]


def test_a_tap_by_mouse_leaves_the_keyboard_with_the_one_who_types(
    begin_two: Begin, qtbot: QtBot, window: MainWindow, clock: HandClock
) -> None:
    screen = begin_two()
    colleague = interviewers(screen)
    go_on(qtbot, screen)
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    type_where_the_keyboard_is("We do well. ")
    colleague.activateWindow()  # as every window system does with the window that is clicked
    clock.pass_seconds(A_MOMENT)
    qtbot.mouseClick(colleague.taps[Tap.NO_EXAMPLE], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    type_where_the_keyboard_is("Last week 2 of us ")
    take = on_disk(qtbot, screen).state.take
    assert (take.text, take.probes[0].answer) == ("We do well. ", "Last week 2 of us ")
    assert len(screen.live.state.taps) == 1


def test_where_the_interviewer_uses_the_keys_they_keep_the_keyboard(begin_two: Begin, qtbot: QtBot) -> None:
    screen = begin_two()
    colleague = interviewers(screen)
    go_on(qtbot, screen)
    qtbot.keyClicks(screen.answer, "A note. ")
    colleague.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is colleague)
    tap(qtbot, screen, Tap.VAGUE)
    tap(qtbot, screen, Tap.NO_VOICE)
    QApplication.processEvents()
    assert QApplication.activeWindow() is colleague


def test_a_probe_comes_into_sight_from_under_a_long_question(
    begin_two: Begin, qtbot: QtBot, desk: Desk, window: MainWindow, theme: Theme
) -> None:
    set_up = replace(rehearsing.default_set_up(desk.library, Settings()), questions=1, mode=Mode.INTERVIEWER, seed=1)
    plan = rehearsing.make_plan(desk.library, set_up)
    planned = plan.questions[0]
    long = replace(planned, question=replace(planned.question, text="What would each of them say to that? " * 15))
    theme.set_percent(200)
    screen = begin_two(rehearsing.start(desk.library, replace(plan, questions=(long,)), "", desk.clock))
    window.resize(1180, 760)
    go_on(qtbot, screen)
    tap(qtbot, screen, Tap.CONTRADICTS)
    qtbot.waitUntil(lambda: _in_sight(screen.words, screen.page.viewport()))


def _in_sight(part: QWidget, within: QWidget) -> bool:
    return within.rect().contains(QRect(part.mapTo(within, QPoint()), part.size()))


def test_on_one_screen_the_window_makes_room_for_the_interview_and_comes_back(
    begin_two: Begin, qtbot: QtBot, window: MainWindow
) -> None:
    screen = begin_two()
    colleague = interviewers(screen)
    assert colleague.away.isVisible()
    type_key(qtbot, colleague, Qt.Key.Key_F5)
    assert not colleague.isVisible()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    assert window.commands.run(CommandId.INTERVIEWER_WINDOW)
    assert colleague.isVisible()
    colleague.away.click()
    assert not colleague.isVisible()
    screen.interviewers.click()
    go_on(qtbot, screen)
    assert screen.live.state.phase is Phase.ANSWER
