"""With an interviewer: two real windows on a real library, by keyboard."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cqcmock.domain.interview import EventKind, Phase
from cqcmock.domain.interviewing import PLAIN, Tap
from cqcmock.domain.text_limits import LONGEST_ANSWER
from cqcmock.services import interviewing, rehearsing, sittings
from cqcmock.settings import Settings
from tests.clocks import HandClock
from tests.ui.rehearse.interviewer_hands import Begin, go_on, interviewers, on_disk, tap, type_key
from ui.commands import CommandId
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.rehearse.interview_screen import InterviewScreen
from ui.rehearse.interview_view import MAY_ASK_ON, NO_MORE
from ui.rehearse.interviewer_side import TOO_LONG
from ui.rehearse.interviewer_window import InterviewerWindow
from ui.rehearse.own_marks_screen import OwnMarksScreen

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)


def test_a_whole_interview_by_keyboard_with_two_windows_is_on_disk(
    begin_two: Begin, qtbot: QtBot, clock: HandClock, window: MainWindow
) -> None:
    screen = begin_two()
    colleague = interviewers(screen)
    assert colleague.isVisible()
    assert colleague.words.text() == screen.words.text() == "Tell me about Hertfordshire."
    finished: list[str] = []
    screen.finished.connect(finished.append)
    go_on(qtbot, screen)
    for which in (Tap.VAGUE, Tap.GOOD, Tap.CLAIM_WITHOUT_DATA, Tap.NO_VOICE):
        clock.pass_seconds(4)
        tap(qtbot, screen, which)
        assert colleague.words.text() == screen.words.text()
    go_on(qtbot, screen)
    assert screen.live.state.question == 1
    clock.pass_seconds(4)
    qtbot.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)  # the one who answers begins
    qtbot.keyClicks(screen.answer, "We ask")
    tap(qtbot, screen, Tap.CONTRADICTS)
    qtbot.keyClicks(screen.answer, "Both are true")
    tap(qtbot, screen, Tap.GOOD)
    tap(qtbot, screen, Tap.GOOD)
    go_on(qtbot, screen)
    assert screen.live.state.phase is Phase.LAST_WORDS
    go_on(qtbot, screen)
    qtbot.waitUntil(lambda: finished == [screen.sitting_id])
    assert not colleague.isVisible()
    kept = on_disk(qtbot, screen)
    assert kept.state == screen.live.state
    assert [text for _, text in kept.state.taps] == [
        "vague", "good", "claim without data", "no voice", "contradicts", "good", "good"
    ]  # fmt: skip
    first, second = kept.state.takes[0][0], kept.state.takes[1][0]
    assert len(first.probes) == 3
    assert (second.text, second.probes[0].answer) == ("We ask", "Both are true")
    assert second.probes[0].text == PLAIN[Tap.CONTRADICTS][0]


def test_the_probe_is_on_both_screens_at_once_while_the_disk_stands_still(
    begin_two: Begin, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = begin_two()
    go_on(qtbot, screen)
    qtbot.keyClicks(screen.answer, "We do well")
    qtbot.waitUntil(lambda: screen.journal.is_saved)
    may_write = threading.Event()
    keep = sittings.keep_events

    def slow(*arguments: object) -> None:
        may_write.wait(20)
        keep(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(sittings, "keep_events", slow)
    expected = interviewers(screen).coming[Tap.NO_EXAMPLE].text()
    interviewers(screen).taps[Tap.NO_EXAMPLE].click()  # and nothing is waited for
    assert f"“{screen.words.text()}”" == f"“{interviewers(screen).words.text()}”" == expected
    assert screen.answer.toPlainText() == ""
    assert not screen.journal.is_saved
    may_write.set()
    take = on_disk(qtbot, screen).state.take
    assert (take.text, take.probes[0].text) == ("We do well", screen.words.text())


def test_what_each_line_says_it_would_ask_is_what_is_asked(begin_two: Begin, qtbot: QtBot) -> None:
    for which in Tap:
        if which is Tap.GOOD:
            continue
        screen = begin_two()
        go_on(qtbot, screen)
        said = interviewers(screen).coming[which].text()
        tap(qtbot, screen, which)
        assert f"“{screen.words.text()}”" == said


def test_killed_in_mid_probe_it_comes_back_to_the_same_probe_in_both_windows(
    begin_two: Begin, qtbot: QtBot, window: MainWindow, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = begin_two()
    go_on(qtbot, screen)
    tap(qtbot, screen, Tap.VAGUE)
    tap(qtbot, screen, Tap.CLAIM_WITHOUT_DATA)
    qtbot.keyClicks(screen.answer, "We count")
    kept = on_disk(qtbot, screen)
    asked, taps, before = screen.words.text(), screen.live.state.taps, interviewing.standing(screen.live)
    with monkeypatch.context() as killed:
        killed.setattr(sittings, "keep_events", lambda *_: None)  # nothing of its going away reaches the disk
        window.go("home")
    clock.pass_seconds(4000)
    again = begin_two(kept)
    assert again.words.text() == "Welcome back"
    assert not any(button.isEnabled() for button in interviewers(again).taps.values())
    go_on(qtbot, again)
    assert again.words.text() == interviewers(again).words.text() == asked
    assert again.answer.toPlainText() == "We count"
    assert again.live.state.taps == taps
    assert interviewing.standing(again.live) == before
    assert again.live.seconds_used() < 10


def test_an_interview_that_was_left_goes_on_with_both_windows(
    begin_two: Begin, qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    screen = begin_two()
    colleague = interviewers(screen)
    go_on(qtbot, screen)
    tap(qtbot, screen, Tap.NO_EXAMPLE)
    tap(qtbot, screen, Tap.GOOD)
    screen.left_for_now.connect(lambda _: window.go("home"))
    closed: list[bool] = []
    colleague.destroyed.connect(lambda: closed.append(True))
    sitting_id = screen.sitting_id
    screen.leave.click()
    qtbot.waitUntil(lambda: closed == [True])
    again = begin_two(sittings.load(desk.library, sitting_id))
    go_on(qtbot, again)
    assert interviewing.standing(again.live).done == {Tap.NO_EXAMPLE}
    assert "Something else may still be missing" not in interviewers(again).coming[Tap.NO_EXAMPLE].text()
    tap(qtbot, again, Tap.GOOD)
    assert interviewing.standing(again.live).over


def test_a_tap_by_mistake_is_taken_back_with_its_probe_and_the_words_are_there_again(
    begin_two: Begin, qtbot: QtBot, clock: HandClock
) -> None:
    screen = begin_two()
    colleague = interviewers(screen)
    go_on(qtbot, screen)
    assert not colleague.take_back.isEnabled()
    qtbot.keyClicks(screen.answer, "Half a sen")
    clock.pass_seconds(4)
    tap(qtbot, screen, Tap.CONTRADICTS)
    assert screen.answer.toPlainText() == ""
    type_key(qtbot, colleague, Qt.Key.Key_Backspace)
    assert screen.words.text() == colleague.words.text() == "Tell me about Hertfordshire."
    assert screen.answer.toPlainText() == "Half a sen"
    qtbot.keyClicks(screen.answer, "tence")
    tap(qtbot, screen, Tap.VAGUE)
    kept = on_disk(qtbot, screen).state
    assert (kept.take.text, len(kept.take.probes), kept.taps) == ("Half a sentence", 1, ((0, "vague"),))


def test_a_probe_that_is_being_answered_is_not_taken_back(begin_two: Begin, qtbot: QtBot) -> None:
    screen = begin_two()
    colleague = interviewers(screen)
    go_on(qtbot, screen)
    tap(qtbot, screen, Tap.VAGUE)
    assert colleague.take_back.isEnabled()
    qtbot.keyClicks(screen.answer, "W")
    assert not colleague.take_back.isEnabled()
    type_key(qtbot, colleague, Qt.Key.Key_Backspace)
    assert screen.live.state.phase is Phase.PROBE
    assert screen.answer.toPlainText() == "W"


def test_what_was_typed_is_heard_and_not_asked_about(begin_two: Begin, qtbot: QtBot) -> None:
    screen = begin_two()
    colleague = interviewers(screen)
    go_on(qtbot, screen)
    vague = colleague.coming[Tap.VAGUE]
    first = vague.text()
    qtbot.keyClicks(screen.answer, "We are 1.2 million people, and one in six of us is over sixty-five. ")
    qtbot.waitUntil(lambda: vague.text() != first, timeout=5000)
    said = vague.text()
    tap(qtbot, screen, Tap.VAGUE)
    assert f"“{screen.words.text()}”" == said


def test_words_that_cannot_be_kept_stay_and_the_interviewer_is_told(begin_two: Begin, qtbot: QtBot) -> None:
    screen = begin_two()
    go_on(qtbot, screen)
    screen.answer.setPlainText("x" * (LONGEST_ANSWER + 5))
    tap(qtbot, screen, Tap.VAGUE)
    assert screen.live.state.phase is Phase.ANSWER
    assert interviewers(screen).said.text() == TOO_LONG
    assert screen.too_long.isVisible()
    screen.answer.setPlainText("Short again.")
    tap(qtbot, screen, Tap.VAGUE)
    assert on_disk(qtbot, screen).state.take.text == "Short again."


def test_the_one_who_answers_may_finish_and_the_interviewer_may_still_ask_on(
    begin_two: Begin, qtbot: QtBot, clock: HandClock
) -> None:
    screen = begin_two()
    go_on(qtbot, screen)
    clock.pass_seconds(4)
    screen.go_on()
    assert screen.live.state.phase is Phase.BETWEEN
    assert screen.advice.text() == MAY_ASK_ON
    tap(qtbot, screen, Tap.NO_VOICE)
    assert screen.live.state.phase is Phase.PROBE
    tap(qtbot, screen, Tap.GOOD)
    tap(qtbot, screen, Tap.GOOD)
    assert screen.advice.text() == NO_MORE
    clock.pass_seconds(4)
    screen.go_on()
    assert screen.advice.text() == "The next question comes when you are ready."


def test_a_pause_from_either_window_stops_both(begin_two: Begin, qtbot: QtBot, window: MainWindow) -> None:
    screen = begin_two()
    colleague = interviewers(screen)
    go_on(qtbot, screen)
    type_key(qtbot, colleague, Qt.Key.Key_P, ctrl=True)
    assert screen.live.state.stopped is EventKind.PAUSED
    assert screen.words.text() == "Paused"
    assert colleague.forward.text() == "Carry on"
    tap(qtbot, screen, Tap.VAGUE)
    assert screen.live.state.taps == ()
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert colleague.taps[Tap.VAGUE].isEnabled()


def test_an_interview_without_an_interviewer_has_no_second_window(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    set_up = replace(rehearsing.default_set_up(desk.library, Settings()), questions=1)
    sitting = rehearsing.start(desk.library, rehearsing.make_plan(desk.library, set_up), "", desk.clock)
    screen = InterviewScreen(desk, window.commands, sitting)
    window.open(screen)
    assert screen.findChild(InterviewerWindow) is None
    assert not screen.interviewers.isVisible()
    assert not window.commands.is_possible(CommandId.INTERVIEWER_WINDOW)
    qtbot.waitUntil(lambda: screen.journal.is_saved)


def test_the_marks_come_with_the_depth_of_each_question(
    begin_two: Begin, qtbot: QtBot, desk: Desk, window: MainWindow, clock: HandClock
) -> None:
    screen = begin_two(questions=1)
    go_on(qtbot, screen)
    clock.pass_seconds(4)
    tap(qtbot, screen, Tap.NO_EXAMPLE)
    tap(qtbot, screen, Tap.GOOD)
    tap(qtbot, screen, Tap.CONTRADICTS)
    go_on(qtbot, screen)
    with qtbot.waitSignal(screen.finished):
        go_on(qtbot, screen)
    marks = OwnMarksScreen(desk, window.commands, screen.sitting_id)
    with qtbot.waitSignal(marks.filled):
        window.open(marks)
    assert marks.answer.time.text() == "You took 5 s; the aim was 2 min."  # spoken, and held against the clock
    assert marks.answer.how_deep.isVisible()
    assert marks.answer.how_deep.text().startswith("Depth 1 of 2 follow-ups: the first follow-up was answered aloud")
