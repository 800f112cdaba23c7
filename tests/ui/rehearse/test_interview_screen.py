"""The interview in the real window, on a real library, by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cqcmock.domain.interview import EventKind, Phase
from cqcmock.domain.modes import Mode, Timer
from cqcmock.domain.sitting import Sitting
from cqcmock.domain.text_limits import LONGEST_ANSWER
from cqcmock.services import live as live_module
from cqcmock.services import rehearsing, sittings
from cqcmock.settings import Settings
from cqcmock.storage.errors import StorageFullError
from tests.clocks import HandClock
from tests.faults import Tell
from tests.ui.conftest import StandIn
from ui.commands import CommandId
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.rehearse.interview_screen import InterviewScreen
from ui.rehearse.interview_view import TICK_MS
from ui.rehearse.journal import NOT_SAVED

Begin = Callable[..., InterviewScreen]


@pytest.fixture
def begin(desk: Desk, window: MainWindow, qtbot: QtBot) -> Begin:
    def start(sitting: Sitting | None = None, **choices: object) -> InterviewScreen:
        if sitting is None:
            set_up = replace(rehearsing.default_set_up(desk.library, Settings()), seed=1, questions=3, **choices)  # type: ignore[arg-type]
            plan = rehearsing.make_plan(desk.library, set_up)
            sitting = rehearsing.start(desk.library, plan, "", desk.clock)
        screen = InterviewScreen(desk, window.commands, sitting)
        window.open(screen)
        qtbot.waitUntil(lambda: screen.journal.is_saved)
        return screen

    return start


def saved(qtbot: QtBot, screen: InterviewScreen) -> Sitting:
    """The sitting as it is on disk, once all of it is."""
    qtbot.waitUntil(lambda: screen.journal.is_saved, timeout=5000)
    return sittings.load(screen._desk.library, screen.sitting_id)


def press(qtbot: QtBot, widget: QWidget, key: Qt.Key) -> None:
    qtbot.keyClick(widget, key, Qt.KeyboardModifier.ControlModifier)


def test_a_whole_interview_by_keyboard_is_on_disk_word_for_word(
    begin: Begin, window: MainWindow, qtbot: QtBot, clock: HandClock
) -> None:
    screen = begin()
    assert screen.words.text() == "Tell me about Hertfordshire."
    finished: list[str] = []
    screen.finished.connect(finished.append)
    typed: list[str] = []
    while screen.live.state.phase is not Phase.OWN_MARKS:
        clock.pass_seconds(1)
        if screen.live.state.phase in (Phase.ANSWER, Phase.PROBE, Phase.LAST_WORDS):
            typed.append(f"Words number {len(typed)}")
            qtbot.keyClicks(screen.answer, typed[-1])
        press(qtbot, window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: finished == [screen.sitting_id])
    kept = saved(qtbot, screen)
    said = [text for takes in kept.state.takes for take in takes for text in take.everything_said]
    assert [*said, kept.state.last_words] == typed
    assert kept.state == screen.live.state


def test_the_answer_box_is_empty_for_every_probe_and_question(begin: Begin, qtbot: QtBot) -> None:
    screen = begin()
    screen.go_on()
    qtbot.keyClicks(screen.answer, "Something vague")
    screen.go_on()
    assert screen.live.state.phase is Phase.PROBE
    assert screen.answer.toPlainText() == ""
    assert screen.above.text() == "Tell me about Hertfordshire."
    qtbot.waitUntil(lambda: screen.journal.is_saved)
    assert screen.live.state.take.probes[0].answer == ""


def test_words_are_saved_within_a_second_of_typing_and_said_to_be(begin: Begin, qtbot: QtBot) -> None:
    screen = begin()
    screen.go_on()
    qtbot.waitUntil(lambda: screen.journal.is_saved)
    qtbot.keyClicks(screen.answer, "We hear from carers")
    assert screen.saved.text() == "Saving…"
    qtbot.waitUntil(lambda: screen.saved.text() == "Saved", timeout=1500)
    assert saved(qtbot, screen).state.open_text == "We hear from carers"


def test_preparation_counts_down_and_then_the_answer_begins(begin: Begin, clock: HandClock, qtbot: QtBot) -> None:
    screen = begin()
    assert "0:15 left" in screen.clock.text()
    clock.pass_seconds(4)
    qtbot.waitUntil(lambda: "0:11 left" in screen.clock.text())
    for _ in range(3):
        clock.pass_seconds(4)
        screen._tick()
    qtbot.waitUntil(lambda: screen.live.state.phase is Phase.ANSWER)
    assert screen.answer.isVisible()


@pytest.mark.parametrize(("used", "milliseconds"), [(0.25, TICK_MS), (0.93, 71), (0.9995, 1)])
def test_the_clock_is_looked_at_right_after_its_next_second(
    begin: Begin, clock: HandClock, used: float, milliseconds: int
) -> None:
    screen = begin()
    screen.go_on()
    clock.pass_seconds(used)
    screen._tick()
    assert screen._ticks.interval() == pytest.approx(milliseconds, abs=1)


def test_a_clock_that_stands_still_is_not_looked_at_more_often(begin: Begin, clock: HandClock) -> None:
    screen = begin()
    screen.go_on()
    clock.pass_seconds(0.999)
    screen.pause_or_carry_on()
    screen._tick()
    assert screen._ticks.interval() == TICK_MS


def test_without_a_clock_nothing_counts_down_and_nothing_begins_by_itself(begin: Begin, clock: HandClock) -> None:
    screen = begin(timer=Timer.OFF)
    assert not screen.clock.isVisible()
    for _ in range(20):
        clock.pass_seconds(4)
        screen._tick()
    assert screen.live.state.phase is Phase.PREPARE


def test_a_hidden_clock_is_measured_and_can_be_brought_back(begin: Begin, clock: HandClock, window: MainWindow) -> None:
    screen = begin(timer=Timer.HIDDEN)
    screen.go_on()
    assert not screen.clock.isVisible()
    for _ in range(10):
        clock.pass_seconds(4)
        screen._tick()
    window.commands.run(CommandId.TOGGLE_CLOCK)
    screen._tick()
    assert screen.clock.isVisible()
    assert "0:40 of" in screen.clock.text()


def test_the_lights_are_shape_and_word_and_never_cut_an_answer_off(begin: Begin, clock: HandClock) -> None:
    screen = begin()
    screen.go_on()
    timing = screen.live.timing
    seen = []
    while screen.live.seconds_used() < timing.limit + 20:
        clock.pass_seconds(4)
        screen._tick()
        seen.append(screen.clock.text()[:2] + screen.clock.text().split("\u2003")[0][2:])
    assert [text for position, text in enumerate(seen) if position == 0 or text != seen[position - 1]] == [
        "●\u2002In hand",
        "▲\u2002Wrap up",
        "■\u2002Over",
    ]
    assert not screen.answer.isReadOnly()


def test_practice_pauses_anywhere_and_the_words_come_back(begin: Begin, window: MainWindow, qtbot: QtBot) -> None:
    screen = begin()
    screen.go_on()
    qtbot.keyClicks(screen.answer, "Half a sen")
    press(qtbot, window, Qt.Key.Key_P)
    assert screen.live.state.stopped is EventKind.PAUSED
    assert not screen.answer.isVisible()
    press(qtbot, window, Qt.Key.Key_P)
    assert screen.answer.isVisible()
    qtbot.keyClicks(screen.answer, "tence")
    assert saved(qtbot, screen).state.open_text == "Half a sentence"


def test_a_realistic_run_offers_neither_pause_nor_hint_nor_note(begin: Begin, window: MainWindow) -> None:
    screen = begin(mode=Mode.REALISTIC)
    screen.go_on()
    for button in (screen.pause, screen.hint, screen.take_note, screen.again):
        assert not button.isVisible()
    for command in (CommandId.PAUSE, CommandId.HINT, CommandId.NOTE, CommandId.ANSWER_AGAIN):
        assert not window.commands.is_possible(command)


def test_a_closed_lid_stops_the_clock_and_loses_no_word(begin: Begin, clock: HandClock, qtbot: QtBot) -> None:
    screen = begin()
    screen.go_on()
    qtbot.keyClicks(screen.answer, "Typed just before the lid closed")
    clock.sleep_like_linux(3600)
    screen._tick()
    assert screen.words.text() == "Welcome back"
    assert live_module.TIME_UNEXPLAINED in screen.advice.text()
    assert saved(qtbot, screen).state.open_text == "Typed just before the lid closed"
    screen.go_on()
    assert screen.answer.toPlainText() == "Typed just before the lid closed"
    assert screen.live.seconds_used() < 5


def test_an_interview_that_was_left_goes_on_where_it_was(begin: Begin, qtbot: QtBot, window: MainWindow) -> None:
    screen = begin()
    screen.go_on()
    qtbot.keyClicks(screen.answer, "First half, ")
    assert screen.may_close()
    kept = sittings.load(screen._desk.library, screen.sitting_id)
    window.go("home")
    again = begin(kept)
    assert again.words.text() == "Welcome back"
    again.go_on()
    assert again.answer.toPlainText() == "First half, "
    qtbot.keyClicks(again.answer, "second half")
    assert saved(qtbot, again).state.open_text == "First half, second half"


def test_a_save_that_fails_keeps_the_words_says_so_and_works_once_the_cause_is_gone(
    begin: Begin, qtbot: QtBot, messages: StandIn, monkeypatch: pytest.MonkeyPatch, fault: Tell
) -> None:
    screen = begin()
    screen.go_on()
    qtbot.waitUntil(lambda: screen.journal.is_saved)

    def full(*_: object) -> None:
        raise StorageFullError("The disk is full.", "Free some space.")

    monkeypatch.setattr(sittings, "keep_events", full)
    qtbot.keyClicks(screen.answer, "Words on a full disk")
    qtbot.waitUntil(lambda: screen.saved.text() == "Not saved", timeout=3000)
    told = next(message for message in messages.current if message.key == NOT_SAVED)
    assert "The disk is full." in told.text
    assert screen.answer.toPlainText() == "Words on a full disk"
    assert not screen.may_close()

    monkeypatch.undo()
    assert told.action is not None
    told.action.do()
    qtbot.waitUntil(lambda: screen.journal.is_saved)
    assert not any(message.key == NOT_SAVED for message in messages.current)
    assert sittings.load(screen._desk.library, screen.sitting_id).state.open_text == "Words on a full disk"
    fault(
        "The disk is full while an answer is saved",
        area="Saving",
        tried=1,
        lost=0,
        person_sees="“Not saved” and why; everything is still on the screen, and saved once there is room",
    )


def test_a_note_and_another_take_are_kept_beside_the_answer(begin: Begin, qtbot: QtBot, window: MainWindow) -> None:
    screen = begin(most_probes=0)
    screen.go_on()
    press(qtbot, window, Qt.Key.Key_M)
    assert screen.note.hasFocus()
    qtbot.keyClicks(screen.note, "Slower next time")
    screen.answer.setFocus()
    qtbot.keyClicks(screen.answer, "One")
    screen.go_on()
    press(qtbot, window, Qt.Key.Key_R)
    screen.go_on()
    qtbot.keyClicks(screen.answer, "Two")
    screen.go_on()
    kept = saved(qtbot, screen)
    assert [take.text for take in kept.state.takes[0]] == ["One", "Two"]
    assert kept.state.note(0) == "Slower next time"


def test_an_answer_too_long_to_be_kept_is_said_at_once_and_stays_on_screen(begin: Begin, qtbot: QtBot) -> None:
    screen = begin()
    screen.go_on()
    qtbot.keyClicks(screen.answer, "Kept. ")
    qtbot.waitUntil(lambda: screen.journal.is_saved)
    screen.answer.setPlainText("word " * (LONGEST_ANSWER // 5) + "x" * 5)
    screen.go_on()
    assert screen.too_long.isVisible()
    assert "5 characters too long" in screen.too_long.text()
    assert screen.live.state.phase is Phase.ANSWER
    screen.answer.setPlainText("Short again.")
    screen.go_on()
    assert not screen.too_long.isVisible()
    assert saved(qtbot, screen).state.takes[0][0].text == "Short again."


def test_a_million_characters_are_refused_before_anything_is_taken(begin: Begin, qtbot: QtBot) -> None:
    screen = begin()
    screen.go_on()
    qtbot.keyClicks(screen.answer, "Mine. ")
    pasted = QMimeData()
    pasted.setText("x" * 1_000_000)
    screen.answer.insertFromMimeData(pasted)
    assert "too long to be kept" in screen.too_long.text()
    assert screen.too_long.isVisible()
    assert screen.answer.toPlainText() == "Mine. "
    qtbot.keyClicks(screen.answer, "More.")
    assert not screen.too_long.isVisible()
    assert saved(qtbot, screen).state.open_text == "Mine. More."


@pytest.mark.parametrize(
    "text",
    ["<b>bold</b> & <img src='/etc/passwd'>", "שלום עולם", "👩‍🦽 emoji", "a\u0000b", "w" * 10_000, "line\n\nline"],
)
def test_whatever_is_typed_is_kept_as_it_was_typed(begin: Begin, qtbot: QtBot, text: str) -> None:
    screen = begin(most_probes=0)
    screen.go_on()
    screen.answer.setPlainText(text)
    shown = screen.answer.toPlainText()
    screen.go_on()
    assert saved(qtbot, screen).state.takes[0][0].text == shown.replace("\u0000", "")


def test_ending_early_asks_first_and_keeps_everything(begin: Begin, qtbot: QtBot, messages: StandIn) -> None:
    screen = begin()
    screen.go_on()
    qtbot.keyClicks(screen.answer, "As far as I got")
    messages.answers = [False, True]
    screen.end.click()
    assert screen.live.state.phase is Phase.ANSWER
    with qtbot.waitSignal(screen.finished):
        screen.end.click()
    assert sittings.load(screen._desk.library, screen.sitting_id).state.take.text == "As far as I got"
