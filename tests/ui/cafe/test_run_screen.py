"""The facilitator's window over a running session: what is done in it, what the room sees, and what can go wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cqcmock.domain.cafe.events import EventKind
from cqcmock.domain.cafe.scene import Stage
from cqcmock.services.cafe import holding, opening, you_said
from tests.clocks import HandClock
from tests.faults import Tell
from tests.services.cafe.hands import WHO, files_at_most, plan
from tests.ui.cafe.conftest import Wait
from tests.ui.conftest import OpenWindow, StandIn
from ui.cafe.hand import NOT_KEPT
from ui.cafe.room_sight import PAUSED, STOPPED, THANKS, WELCOME
from ui.cafe.run_screen import RunScreen
from ui.cafe.run_start import run_start
from ui.desk import Desk
from ui.main_window import MainWindow, Room
from ui.screen import Screen

if TYPE_CHECKING:
    from cqcmock.services.library import Library

K = EventKind
CTRL = Qt.KeyboardModifier.ControlModifier


class Cafe:
    """A session in the real window, and the keys of its facilitator."""

    def __init__(self, window: MainWindow, screen: RunScreen, qtbot: QtBot, settle: Wait) -> None:
        self.window, self.screen, self._qtbot, self._settle = window, screen, qtbot, settle

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = CTRL) -> None:
        self._qtbot.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        self._settle()

    def go_to(self, round_title: str) -> None:
        while self.room.caption.split(" · ")[0] != round_title:
            self.press(Qt.Key.Key_Return)

    @property
    def room(self):  # type: ignore[no-untyped-def]
        return self.screen.room.page.sight


@pytest.fixture
def session(library: Library, hand: HandClock) -> str:
    return plan(library, hand)


@pytest.fixture
def cafe(desk: Desk, session: str, open_window: OpenWindow, qtbot: QtBot, settle: Wait, hand: HandClock) -> Cafe:
    window = open_window(Room(id="home", title="Home", make=Screen), Room(id="cafe", title="Café", make=Screen))
    screen = RunScreen(desk, window.commands, run_start(desk, session))
    window.stay(screen, "cafe")
    return Cafe(window, screen, qtbot, settle)


@pytest.fixture
def pass_time(cafe: Cafe, hand: HandClock, settle: Wait) -> Callable[[int], None]:
    def pass_it(seconds: int) -> None:
        for _ in range(seconds):
            hand.pass_seconds(1)
            cafe.screen.hand._tick()
            settle()
        cafe.screen._look()

    return pass_it


def test_a_whole_session_is_run_with_one_key(cafe: Cafe) -> None:
    assert cafe.room.main == WELCOME
    seen = []
    for _ in range(9):
        cafe.press(Qt.Key.Key_Return)
        seen.append(cafe.room.caption)
    assert cafe.screen.hand.state.stage is Stage.FINISHED
    assert cafe.room.main == THANKS
    assert [one.split(" · ")[0] for one in seen[1:7]] == [one.title for one in cafe.screen.hand.state.order.rounds]


def test_starting_opens_the_room_window_and_it_shows_what_the_facilitator_sees_of_it(cafe: Cafe) -> None:
    cafe.press(Qt.Key.Key_Return)
    assert cafe.screen.projector.is_open
    cafe.go_to("Pairs")
    assert cafe.screen.projector.sight == cafe.room
    assert cafe.room.clock is not None


def test_what_is_still_open_opens_the_next_session(
    cafe: Cafe, desk: Desk, library: Library, hand: HandClock, settle: Wait
) -> None:
    entry = you_said.add(library, "Nobody answers the duty phone", hand.clock)
    you_said.tell(library, entry.id)
    cafe.screen.put_by()
    settle()
    again = RunScreen(desk, cafe.window.commands, run_start(desk, cafe.screen.session_id))
    cafe.window.stay(again, "cafe")
    cafe.screen = again
    cafe.press(Qt.Key.Key_Return)
    cafe.press(Qt.Key.Key_Return)
    assert "Nobody answers the duty phone" in cafe.room.in_words


def test_every_deed_of_the_strip_has_a_key_and_undo_takes_each_back(cafe: Cafe) -> None:
    cafe.go_to("Hot seat")
    for key, modifier, kind in (
        (Qt.Key.Key_M, CTRL, K.MINUTE_ADDED),
        (Qt.Key.Key_P, CTRL, K.PAUSED),
        (Qt.Key.Key_P, CTRL, K.RESUMED),
        (Qt.Key.Key_T, CTRL, K.CLOCK_HIDDEN),
        (Qt.Key.Key_T, CTRL, K.CLOCK_SHOWN),
        (Qt.Key.Key_H, CTRL, K.QUESTION_HIDDEN),
        (Qt.Key.Key_H, CTRL, K.QUESTION_SHOWN),
        (Qt.Key.Key_L, CTRL | Qt.KeyboardModifier.ShiftModifier, K.LISTEN_FOR_SHOWN),
        (Qt.Key.Key_L, CTRL | Qt.KeyboardModifier.ShiftModifier, K.LISTEN_FOR_HIDDEN),
        (Qt.Key.Key_D, CTRL, K.QUESTION_DRAWN),
        (Qt.Key.Key_B, CTRL, K.SWAPPED),
        (Qt.Key.Key_F, CTRL | Qt.KeyboardModifier.ShiftModifier, K.LATE),
    ):
        before = cafe.room
        cafe.press(key, modifier)
        assert cafe.screen.hand.state.deeds[-1].kind is kind
        if kind not in (K.PAUSED, K.RESUMED, K.CLOCK_HIDDEN, K.CLOCK_SHOWN, K.QUESTION_HIDDEN, K.LISTEN_FOR_SHOWN):
            cafe.press(Qt.Key.Key_Z)
            assert cafe.room == before or kind in (K.QUESTION_SHOWN, K.LISTEN_FOR_HIDDEN)
    assert cafe.room.clock is not None


def test_a_pause_is_seen_by_the_room(cafe: Cafe) -> None:
    cafe.go_to("Pairs")
    cafe.press(Qt.Key.Key_P)
    assert cafe.room.clock.word == PAUSED


def test_a_question_is_picked_by_keyboard(cafe: Cafe, qtbot: QtBot, settle: Wait) -> None:
    cafe.go_to("Pairs")
    cafe.press(Qt.Key.Key_F)
    picker = cafe.screen.room.questions
    qtbot.keyClicks(picker.words, "hertfordshire")
    qtbot.keyClick(picker.words, Qt.Key.Key_Return)
    settle()
    assert "Hertfordshire" in cafe.room.main
    assert picker.picking.isHidden()


def test_whose_turn_it_is_is_shown_to_the_room(cafe: Cafe, qtbot: QtBot, settle: Wait) -> None:
    cafe.go_to("Hot seat")
    cafe.screen.room.whose.setFocus()
    qtbot.keyClicks(cafe.screen.room.whose, "The blue table")
    qtbot.keyClick(cafe.screen.room.whose, Qt.Key.Key_Return)
    settle()
    assert cafe.room.under.startswith("The blue table")


def test_the_clock_shows_the_session_s_own_time(cafe: Cafe, pass_time: Callable[[int], None]) -> None:
    cafe.go_to("Pairs")
    pass_time(1)
    one = cafe.screen.strip.clock.text()
    pass_time(2)
    assert cafe.screen.strip.clock.text() != one
    assert cafe.room.clock.time in cafe.screen.strip.clock.text()


def test_after_sleep_the_clock_stands_where_it_was_and_goes_on_when_told(
    cafe: Cafe, hand: HandClock, pass_time: Callable[[int], None], settle: Wait
) -> None:
    cafe.go_to("Pairs")
    pass_time(5)
    used = cafe.screen.hand.state.seconds_used(cafe.screen.hand.now())
    hand.sleep_like_linux(600)
    cafe.screen.hand._tick()
    settle()
    assert cafe.screen.strip.carry_on.isVisible()
    assert cafe.room.under == STOPPED
    assert "10 minutes ago" in cafe.screen.strip.stopped.text()
    cafe.press(Qt.Key.Key_P)
    state = cafe.screen.hand.state
    assert not state.interrupted
    assert state.seconds_used(cafe.screen.hand.now()) == pytest.approx(used, abs=0.1)


def test_another_room_can_be_visited_while_the_session_goes_on(cafe: Cafe, pass_time: Callable[[int], None]) -> None:
    cafe.go_to("Pairs")
    cafe.window.go("home")
    pass_time(3)
    assert not cafe.screen.hand.state.interrupted
    assert cafe.screen.projector.is_open
    cafe.window.go("cafe")
    assert cafe.window.current is cafe.screen


def test_leaving_stops_the_clock_and_lets_others_have_the_session(
    cafe: Cafe, library: Library, hand: HandClock, qtbot: QtBot
) -> None:
    cafe.go_to("Pairs")
    with qtbot.waitSignal(cafe.screen.left_for_now):
        cafe.screen.put_by()
    assert not cafe.screen.projector.is_open
    assert holding.who_has(library, cafe.screen.session_id, hand.clock) is None
    taken = opening.open_session(library, cafe.screen.session_id, WHO, hand.clock)
    assert taken.run.state.interrupted
    opening.leave(library, taken)


def test_when_somebody_else_has_taken_over_it_can_only_be_looked_at(
    cafe: Cafe, library: Library, hand: HandClock, qtbot: QtBot, messages: StandIn
) -> None:
    cafe.go_to("Pairs")
    holding.let_go(library, cafe.screen.hand.opened.hold)
    other = opening.open_session(library, cafe.screen.session_id, "Mo", hand.clock)
    with qtbot.waitSignal(cafe.screen.look_wanted):
        cafe.screen.deeds.add_minute()
    assert "Mo has taken over" in " ".join(messages.texts)
    opening.leave(library, other)


def test_what_the_disk_refuses_is_said_and_tried_again(
    cafe: Cafe, folder: object, messages: StandIn, settle: Wait, pass_time: Callable[[int], None], fault: Tell
) -> None:
    cafe.go_to("Pairs")
    with files_at_most(0):
        cafe.screen.deeds.add_minute()
        settle()
        assert cafe.screen.hand.state.progress.added == 0  # type: ignore[union-attr]
        (told,) = [message for message in messages.current if message.key == NOT_KEPT]
    pass_time(1)
    assert cafe.screen.hand.state.progress.added == 60  # type: ignore[union-attr]
    assert all(message.key != NOT_KEPT for message in messages.current)
    fault("The disk refuses a write while a café runs", area="Café", tried=1, lost=0, person_sees=told.text)


def test_the_laptop_is_handed_to_the_observer_and_back(cafe: Cafe, settle: Wait) -> None:
    cafe.go_to("Hot seat")
    cafe.screen.room.observer.click()
    assert cafe.screen.cover is not None
    assert not cafe.screen.strip.isVisible()
    cafe.press(Qt.Key.Key_E, Qt.KeyboardModifier.NoModifier)
    assert len(cafe.screen.hand.state.taps) == 1
    cafe.screen.cover.done.emit()
    assert cafe.screen.cover is None
    assert cafe.screen.strip.isVisible()


def test_a_soft_sound_comes_once_with_each_light_and_only_when_it_is_wanted(
    cafe: Cafe, monkeypatch: pytest.MonkeyPatch, pass_time: Callable[[int], None], hand: HandClock, settle: Wait
) -> None:
    heard: list[object] = []
    monkeypatch.setattr(cafe.screen.sound, "play", heard.append)
    cafe.go_to("You said, we did")

    def let_pass(seconds: int) -> None:
        for _ in range(seconds // 4):
            hand.pass_seconds(4)
            cafe.screen._look()

    let_pass(200)
    assert heard == []
    cafe.press(Qt.Key.Key_Return)
    cafe.screen.toggle_sound()
    settle()
    let_pass(900)
    assert len(heard) == 2


def test_finishing_can_be_undone_until_the_session_is_closed(cafe: Cafe) -> None:
    cafe.go_to("Pairs")
    cafe.screen.finish()
    cafe.press(Qt.Key.Key_Z)
    assert cafe.screen.hand.state.stage is Stage.ROUND


def test_a_key_that_is_pressed_twice_at_once_does_no_harm(
    cafe: Cafe, settle: Wait, crashes: list[BaseException]
) -> None:
    cafe.go_to("Closing")
    cafe.screen.deeds.skip()
    cafe.screen.finish()
    cafe.screen.finish()
    cafe.screen.deeds.swap()
    settle()
    assert cafe.screen.hand.state.stage is Stage.FINISHED
    assert crashes == []


def test_after_an_interruption_the_keyboard_is_on_carry_on_and_the_key_that_leads_on_carries_on(
    cafe: Cafe, hand: HandClock, settle: Wait
) -> None:
    cafe.go_to("Pairs")
    strip = cafe.screen.strip
    assert strip.onward.hasFocus()
    for key, modifier in ((Qt.Key.Key_Return, CTRL), (Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier)):
        hand.sleep_like_linux(600)
        cafe.screen.hand._tick()
        settle()
        assert strip.carry_on.hasFocus()
        cafe.press(key, modifier)
        assert not cafe.screen.hand.state.interrupted
        assert cafe.room.caption.startswith("Pairs")
        assert strip.onward.hasFocus()


def test_the_undo_button_names_the_deed_that_it_takes_back(cafe: Cafe) -> None:
    undo = cafe.screen.strip.undo
    for round_title, swap, named in (
        ("Pride and worry cards", "On to: Worry", "Undo going on"),
        ("Hot seat", "On to: What speaker 1 was heard to say", "Undo going on"),
        ("Pairs", "Swap: B speaks", "Undo the swap"),
    ):
        cafe.go_to(round_title)
        assert undo.text() == "Undo the new round"
        assert cafe.screen.strip.swap.text() == swap
        cafe.press(Qt.Key.Key_B)
        assert undo.text() == named


def test_who_is_late_can_fit_the_rest_in_before_the_first_round(
    cafe: Cafe, pass_time: Callable[[int], None], hand: HandClock, settle: Wait, messages: StandIn
) -> None:
    cafe.press(Qt.Key.Key_Return)
    for _ in range(135):
        hand.pass_seconds(4)
        cafe.screen.hand.opened.run.tick()
    pass_time(1)
    assert "9 minutes late" in cafe.screen.strip.session_time.text()
    assert cafe.screen.strip.late.isVisible()
    cafe.screen.strip.late.click()
    settle()
    assert "in time" in cafe.screen.strip.session_time.text()
    assert any("fits into the time" in text for text in messages.texts)
    cafe.press(Qt.Key.Key_Return)
    assert not any("fits into the time" in text for text in messages.texts)


def test_the_field_for_whose_turn_it_is_says_what_the_room_reads(cafe: Cafe, qtbot: QtBot, settle: Wait) -> None:
    cafe.go_to("Hot seat")
    field = cafe.screen.room.whose

    def show(words: str) -> None:
        field.setFocus()
        field.selectAll()
        qtbot.keyClicks(field, words)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        settle()

    show("The blue table")
    cafe.press(Qt.Key.Key_B)
    cafe.press(Qt.Key.Key_B)
    assert (field.text(), field.hasFocus()) == ("", True)
    show("The red table")
    qtbot.keyClicks(field, " and Mo")
    cafe.screen.hand._tick()
    settle()
    assert field.text() == "The red table and Mo"
    show("The green table")
    cafe.press(Qt.Key.Key_Z)
    assert field.text() == "The red table"
    assert cafe.room.under.startswith("The red table")


def test_the_strip_stays_in_sight_on_a_small_laptop(cafe: Cafe) -> None:
    cafe.go_to("Hot seat")
    cafe.window.resize(1180, 760)
    QApplication.processEvents()
    assert cafe.screen._in_reach.verticalScrollBar().maximum() == 0


def test_a_round_that_is_run_from_another_tab_says_from_which(cafe: Cafe) -> None:
    cafe.go_to("Pride and worry cards")
    assert "“Cards”" in cafe.screen.strip.under.text()
    cafe.go_to("Pairs")
    assert "“" not in cafe.screen.strip.under.text()
