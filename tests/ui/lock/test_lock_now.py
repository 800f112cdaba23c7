"""Ctrl+L: what was typed is saved, the library is closed, and a colleague at the same desk comes to nothing."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cqcmock.domain.interview import EventKind
from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.services import library as libraries
from cqcmock.services import locking, rehearsing, sittings
from tests.clocks import HandClock
from tests.services.cafe.hands import plan
from tests.ui.lock.conftest import SAID, WORDS, Start, all_words, unlock, unlocking
from tests.ui.whole_program import Hands
from ui.banks.question_form_screen import QuestionFormScreen
from ui.cafe.run_screen import RunScreen
from ui.cafe.ways import CAFE
from ui.commands import CommandId
from ui.home.home_screen import HomeScreen
from ui.lock import gate as gate_module
from ui.lock.unlock_screen import LOCKED_NOW, STILL_OPEN
from ui.rehearse.interview_screen import InterviewScreen
from ui.rehearse.set_up_screen import SetUpScreen
from ui.rooms import QUESTIONS, SETTINGS

TYPED = "Nobody has told the carers of Baldock"
CTRL = Qt.KeyboardModifier.ControlModifier


def interview(hands: Hands) -> InterviewScreen:
    """In an interview, with words typed that no pause has saved yet."""
    desk = hands.house.desk
    set_up = rehearsing.default_set_up(desk.library, desk.settings)
    made = rehearsing.make_plan(desk.library, set_up)
    hands.house.journeys.begin(rehearsing.start(desk.library, made, "", desk.clock))
    hands.settle()
    screen = hands.house.window.current
    assert isinstance(screen, InterviewScreen)
    screen.go_on()
    QTest.keyClicks(screen.answer, TYPED)
    return screen


def lock(hands: Hands) -> None:
    hands.press(Qt.Key.Key_L, CTRL)
    QApplication.sendPostedEvents(None, 52)  # what was thrown away goes
    hands.settle()


def test_what_was_typed_is_saved_the_library_closed_and_its_key_forgotten(hands: Hands, locked: Path) -> None:
    sitting = interview(hands).sitting_id
    lock(hands)
    desk = hands.house.desk
    assert (desk.opened, desk.place.raw_key) == (None, None)
    assert unlocking(hands.house).about.text() == LOCKED_NOW
    with closing(libraries.open_library(locking.unlock(Location(locked), WORDS))) as opened:
        state = sittings.state(opened, sitting)
    assert state.open_text == TYPED
    assert state.stopped is EventKind.INTERRUPTED or state.stopped is EventKind.PAUSED


def test_no_widget_holds_a_word_of_anybody_any_more(hands: Hands) -> None:
    interview(hands)
    hands.house.desk.messages.say(f"“{SAID}” was deleted.")
    assert TYPED in all_words()
    lock(hands)
    left = all_words()
    assert TYPED not in left
    assert SAID not in left
    assert hands.house.desk.done == {}
    assert not hands.house.window.commands.is_possible(CommandId.UNDO)
    assert [one for one in QApplication.topLevelWidgets() if one.isVisible()] == [hands.house.window]


@pytest.mark.slow
def test_the_words_are_asked_even_where_the_keyring_would_open_it(hands: Hands) -> None:
    lock(hands)
    hands.house.door.open_own()
    hands.settle()
    assert hands.house.desk.opened is None
    unlock(hands)
    assert hands.house.desk.opened is not None


@pytest.mark.slow
def test_afterwards_the_rehearsal_can_be_gone_on_with(hands: Hands) -> None:
    interview(hands)
    lock(hands)
    unlock(hands)
    home = hands.house.window.current
    assert isinstance(home, HomeScreen)
    assert hands.sees("Pick up where you stopped")
    assert hands.house.window.commands.is_possible(CommandId.LOCK_NOW)


@pytest.mark.slow
def test_whoever_was_in_a_room_is_there_again(hands: Hands) -> None:
    hands.house.window.go(SETTINGS)
    hands.settle()
    lock(hands)
    unlock(hands)
    assert hands.house.window.room_shown == SETTINGS


@pytest.mark.slow
def test_words_that_are_kept_nowhere_wait_out_of_the_window_until_their_person_is_back(hands: Hands) -> None:
    window = hands.house.window
    hands.house.journeys.change_question("council", "")
    hands.settle()
    form = window.current
    assert isinstance(form, QuestionFormScreen)
    form.form.text.control.setPlainText(TYPED)
    lock(hands)
    assert hands.house.desk.opened is None
    assert not window.isAncestorOf(form)
    assert not form.isVisible()
    assert hands.messages.questions == []
    unlock(hands)
    assert window.current is form
    assert form.form.text.text == TYPED
    form._over = True  # nobody wants it


@pytest.mark.slow
def test_what_waits_unseen_asks_a_closed_library_for_nothing(hands: Hands) -> None:
    hands.house.journeys.set_up()
    hands.settle()
    screen = hands.house.window.current
    assert isinstance(screen, SetUpScreen)
    screen.form.person.setFocus()
    hands.type(TYPED)
    lock(hands)
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_0):
        hands.press(key, CTRL)  # which is written into the settings, and told to every screen
    unlock(hands)
    assert hands.house.window.current is screen
    assert screen.form.person.text() == TYPED


@pytest.mark.slow
def test_what_cannot_be_saved_is_seen_by_nobody_and_saved_once_it_can_be(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = interview(hands)
    full = UserError("The disk is full.", "Free some space.")

    def fail(*_: object) -> None:
        raise full

    with monkeypatch.context() as patch:
        patch.setattr(sittings, "keep_events", fail)
        hands.press(Qt.Key.Key_L, CTRL)
        unlock_screen = unlocking(hands.house)
        assert unlock_screen.about.text() == STILL_OPEN
        assert hands.house.desk.opened is not None
        assert not hands.house.window.isAncestorOf(screen)
        unlock(hands)
        assert hands.house.window.current is screen
        assert screen.answer.toPlainText() == TYPED
        hands.press(Qt.Key.Key_L, CTRL)
    hands.house.gate.idle.looked.emit()
    hands.settle()
    assert hands.house.desk.opened is None
    assert unlocking(hands.house).about.text() == LOCKED_NOW


@pytest.mark.slow
def test_a_cafe_session_is_left_and_the_rooms_window_shows_nothing(hands: Hands, by_hand: HandClock) -> None:
    session = plan(hands.house.desk.library, by_hand)
    hands.house.journeys.cafe.run(session)
    hands.settle()
    screen = hands.house.window.current
    assert isinstance(screen, RunScreen)
    screen.projector.open()
    screen.go_on()
    hands.settle()
    lock(hands)
    assert hands.house.desk.opened is None
    assert [one for one in QApplication.topLevelWidgets() if one.isVisible()] == [hands.house.window]
    unlock(hands)
    hands.house.journeys.cafe.run(session)  # nobody else has it
    hands.settle()
    assert isinstance(hands.house.window.current, RunScreen)


def test_a_palette_or_a_question_that_was_open_goes_without_an_answer(hands: Hands) -> None:
    hands.house.window.show_palette()
    hands.house.gate.lock_now()
    hands.settle()
    assert [one for one in QApplication.topLevelWidgets() if one.isVisible()] == [hands.house.window]


class _Clipboard:
    """A clipboard that belongs to this program, or to another one."""

    def __init__(self, *, ours: bool) -> None:
        self.ours = ours
        self.cleared: list[QClipboard.Mode] = []

    def ownsClipboard(self) -> bool:  # noqa: N802 - Qt's own name
        return self.ours

    def supportsSelection(self) -> bool:  # noqa: N802 - Qt's own name
        return True

    def ownsSelection(self) -> bool:  # noqa: N802 - Qt's own name
        return self.ours

    def clear(self, mode: QClipboard.Mode) -> None:
        self.cleared.append(mode)


@pytest.mark.parametrize("ours", [True, False])
def test_what_was_copied_here_can_be_pasted_nowhere_and_what_was_copied_elsewhere_stays(
    hands: Hands, monkeypatch: pytest.MonkeyPatch, ours: bool
) -> None:
    clipboard = _Clipboard(ours=ours)
    monkeypatch.setattr(gate_module.QGuiApplication, "clipboard", lambda: clipboard)
    lock(hands)
    assert bool(clipboard.cleared) is ours
    monkeypatch.undo()


@pytest.mark.slow
def test_closing_the_window_while_it_is_locked_asks_nobody_about_hidden_words(hands: Hands) -> None:
    hands.house.journeys.change_question("council", "")
    hands.settle()
    form = hands.house.window.current
    assert isinstance(form, QuestionFormScreen)
    form.form.text.control.setPlainText(TYPED)
    lock(hands)
    assert not hands.house.window.close()
    assert hands.messages.questions == []
    assert TYPED not in "\n".join(hands.messages.texts)
    form._over = True  # nobody wants it
    unlock(hands)


@pytest.mark.slow
def test_a_library_without_a_lock_has_nothing_to_lock(start: Start, locked: Path) -> None:
    with start() as hands:
        place = hands.house.desk.place
        hands.messages.answers.append(True)
        hands.house.gate.remove_lock()
        hands.settle()
        assert place.raw_key is not None
        assert hands.house.desk.place.raw_key is None
        assert hands.messages.texts == ["Your library has no lock any more."]
        assert not hands.house.window.commands.is_possible(CommandId.LOCK_NOW)
        hands.house.window.go(QUESTIONS)
        hands.press(Qt.Key.Key_L, CTRL)
        assert hands.house.window.room_shown == QUESTIONS
    assert not locking.is_locked(Location(locked))


# --- after a while


def away(hands: Hands, by_hand: HandClock, minutes: float) -> bool:
    """Nobody touches anything for so long; whether it is locked then."""
    hands.settle()
    by_hand.pass_seconds(minutes * 60)
    hands.house.gate.idle.looked.emit()
    hands.settle()
    return hands.house.desk.opened is None


def test_it_locks_itself_once_nobody_has_touched_it_for_ten_minutes(hands: Hands, by_hand: HandClock) -> None:
    assert not away(hands, by_hand, 9.9)
    assert away(hands, by_hand, 0.2)
    unlocking(hands.house)


def test_a_key_a_click_or_the_mouse_begins_the_minutes_anew(hands: Hands, by_hand: HandClock) -> None:
    handle = hands.house.window.windowHandle()
    for touch in (
        lambda: QTest.keyClick(handle, Qt.Key.Key_Shift),
        lambda: QTest.mouseMove(handle),
        lambda: QTest.mouseClick(handle, Qt.MouseButton.RightButton),
    ):
        assert not away(hands, by_hand, 9)
        touch()
    assert not away(hands, by_hand, 9)
    assert away(hands, by_hand, 2)


def test_a_machine_that_slept_counts_its_sleep(hands: Hands, by_hand: HandClock) -> None:
    by_hand.sleep_like_linux(3600)
    assert away(hands, by_hand, 0)


def test_nobody_is_locked_out_while_the_clock_of_an_interview_runs(hands: Hands, by_hand: HandClock) -> None:
    screen = interview(hands)
    hands.settle()
    for _ in range(30):  # the clock is looked at all the while
        by_hand.pass_seconds(60)
        screen.live.tick()
        screen.live.resume() if screen.live.state.stopped else None
        hands.house.gate.idle.looked.emit()
    hands.settle()
    assert hands.house.desk.opened is not None
    screen.pause_or_carry_on()
    assert not screen.on_air
    assert away(hands, by_hand, 11)


@pytest.mark.slow
def test_a_cafe_in_which_a_round_runs_is_not_locked_from_another_room(hands: Hands, by_hand: HandClock) -> None:
    hands.house.journeys.cafe.run(plan(hands.house.desk.library, by_hand))
    hands.settle()
    screen = hands.house.window.current
    assert isinstance(screen, RunScreen)
    for _ in range(2):
        screen.go_on()
        hands.settle()
    screen.projector.toggle()
    assert screen.on_air
    hands.house.window.go(QUESTIONS)
    hands.settle()
    assert hands.house.window.on_air
    assert not away(hands, by_hand, 4 / 60)
    hands.house.window.go(CAFE)
    hands.settle()
    assert hands.house.window.commands.run(CommandId.PAUSE_CAFE)
    hands.settle()
    assert not screen.on_air


def test_nought_minutes_mean_never(hands: Hands, by_hand: HandClock) -> None:
    hands.house.desk.change_settings(replace(hands.house.desk.settings, lock_after_minutes=0))
    assert not away(hands, by_hand, 500)
