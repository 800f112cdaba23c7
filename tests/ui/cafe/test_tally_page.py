"""The observer's tally at the laptop, and what the speaker is shown afterwards."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from cqcmock.domain.cafe.events import EventKind, TapKind
from cqcmock.domain.cafe.tally import tally
from tests.clocks import HandClock
from tests.faults import Tell
from tests.services.cafe.hands import files_at_most
from tests.ui.conftest import StandIn
from ui.cafe.hand import Hand
from ui.cafe.tally_page import HELD_UP, NOBODY, STOPPED, TallyPage
from ui.cafe.tally_speaker import NOTHING, STILL_SPEAKING, SpeakerPage
from ui.cafe.tally_words import to_the_speaker
from ui.desk import Desk

Show = Callable[[QWidget], None]
Wait = Callable[[], None]
Key = Qt.Key


@pytest.fixture
def speaking(cafe: Hand) -> Hand:
    """A session in which the first speaker has the word."""
    while not cafe.can(EventKind.TAPPED):
        cafe.opened.run.begin_round()
    return cafe


@pytest.fixture
def page(desk: Desk, speaking: Hand, show: Show) -> TallyPage:
    made = TallyPage(desk, speaking)
    show(made)
    made.arrived()
    return made


def counted(hand: Hand) -> dict[str, int]:
    on = hand.state.progress
    assert on is not None
    return {kind.value: number for kind, number in tally(hand.state, on.id, on.turn).items() if number}


def shown(page: TallyPage) -> dict[str, int]:
    return {kind.value: int(box.figure.text()) for kind, box in page.boxes.items() if box.figure.text() != "0"}


def press(widget: QWidget, key: Qt.Key, *, shift: bool = False, held: bool = False) -> None:
    modifiers = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QKeyEvent(QKeyEvent.Type.KeyPress, key, modifiers, "", held))


def test_a_burst_of_taps_is_all_counted_and_in_order(page: TallyPage, speaking: Hand, settle: Wait) -> None:
    burst = [Key.Key_A, Key.Key_A, Key.Key_J, Key.Key_5, Key.Key_1, Key.Key_N, Key.Key_E, Key.Key_4] * 10
    for key in burst:
        press(page, key)
    settle()
    assert counted(speaking) == shown(page) == {"ah": 30, "jargon": 10, "example": 10, "number": 20, "voice": 10}
    assert [tap.kind for tap in speaking.state.taps][:8] == [
        *(TapKind.AH, TapKind.AH, TapKind.JARGON, TapKind.VOICE, TapKind.AH),
        *(TapKind.NUMBER, TapKind.EXAMPLE, TapKind.NUMBER),
    ]


def test_the_keys_work_wherever_the_keyboard_is_on_the_page_and_a_held_key_counts_once(
    page: TallyPage, speaking: Hand, settle: Wait, qtbot: QtBot
) -> None:
    page.boxes[TapKind.NUMBER].button.setFocus()
    qtbot.keyClick(page.boxes[TapKind.NUMBER].button, Key.Key_V)
    qtbot.keyClick(page.boxes[TapKind.NUMBER].button, Key.Key_Space)
    for _ in range(20):
        press(page, Key.Key_V, held=True)
    press(page, Key.Key_Q)
    settle()
    assert counted(speaking) == {"voice": 1, "number": 1}


def test_one_is_taken_back_with_shift_or_by_its_button_and_never_below_none(
    page: TallyPage, speaking: Hand, settle: Wait, qtbot: QtBot
) -> None:
    for _ in range(3):
        press(page, Key.Key_A)
    settle()
    press(page, Key.Key_A, shift=True)
    qtbot.mouseClick(page.boxes[TapKind.AH].back, Qt.MouseButton.LeftButton)
    for _ in range(4):
        press(page, Key.Key_A, shift=True)
    press(page, Key.Key_J, shift=True)
    press(page, Key.Key_J)
    settle()
    assert counted(speaking) == shown(page) == {"jargon": 1}
    assert not page.boxes[TapKind.AH].back.isEnabled()


def test_a_swap_gives_the_next_speaker_a_tally_of_their_own(page: TallyPage, speaking: Hand, settle: Wait) -> None:
    press(page, Key.Key_E)
    settle()
    first = page.whose.text()
    assert "Speaker 1" in first
    speaking.act(EventKind.SWAPPED, speaking.opened.run.swap)
    press(page, Key.Key_N)
    settle()
    assert page.whose.text() != first
    assert "Speaker 2" in page.whose.text()
    assert shown(page) == counted(speaking) == {"number": 1}


def test_while_nobody_speaks_nothing_is_counted_and_the_page_waits_for_the_next_speaker(
    page: TallyPage, speaking: Hand, settle: Wait
) -> None:
    press(page, Key.Key_A)
    settle()
    run = speaking.opened.run
    page.boxes[TapKind.AH].button.setFocus()
    speaking.act(EventKind.ROUND_BEGUN, run.begin_round)  # the hot seat, and then what was heard
    speaking.act(EventKind.SWAPPED, run.swap)
    settle()
    assert page.whose.text() == NOBODY
    assert not any(box.button.isEnabled() for box in page.boxes.values())
    assert page.hasFocus()
    press(page, Key.Key_A)
    settle()
    assert len(speaking.state.taps) == 1
    speaking.act(EventKind.SWAPPED, run.swap)
    settle()
    press(page, Key.Key_A)
    settle()
    assert shown(page) == {"ah": 1}


def test_the_clock_of_the_turn_is_there_unless_the_room_s_clock_is_hidden(
    page: TallyPage, speaking: Hand, hand: HandClock, settle: Wait
) -> None:
    assert page.clock.text().endswith("2:00 left")
    hand.pass_seconds(130)
    page.redraw()
    assert page.clock.text().endswith("0:10 over")
    speaking.act(EventKind.PAUSED, speaking.opened.run.pause)
    settle()
    assert "Paused" in page.clock.text()
    speaking.act(EventKind.CLOCK_HIDDEN, lambda: speaking.opened.run.show_clock(shown=False))
    settle()
    assert page.clock.isHidden()


def test_an_interrupted_session_takes_no_taps(page: TallyPage, speaking: Hand, settle: Wait) -> None:
    speaking.do(speaking.opened.run.leave)
    settle()
    press(page, Key.Key_A)
    press(page, Key.Key_A, shift=True)
    settle()
    assert page.whose.text() == STOPPED
    assert counted(speaking) == {}


def test_the_laptop_is_handed_back_by_keyboard(page: TallyPage, qtbot: QtBot) -> None:
    page.back.setFocus()
    with qtbot.waitSignal(page.done):
        qtbot.keyClick(page.back, Key.Key_Return)


def test_a_speaker_sees_their_own_figures_and_only_when_they_have_finished(
    desk: Desk, speaking: Hand, show: Show, settle: Wait, qtbot: QtBot
) -> None:
    run = speaking.opened.run
    for kind in (TapKind.AH, TapKind.AH, TapKind.EXAMPLE):
        run.tap(kind)
    page = SpeakerPage(desk, speaking)
    show(page)
    page.arrived()
    assert page.turns == {}
    assert page.note.text() == f"{NOTHING} {STILL_SPEAKING}"
    on = speaking.state.progress
    assert on is not None
    page.choose((on.id, on.turn))
    assert page.stack.currentIndex() == 0
    speaking.act(EventKind.SWAPPED, run.swap)
    speaking.act(EventKind.TAPPED, lambda: run.tap(TapKind.JARGON))
    settle()
    (button,) = page.turns.values()
    page.arrived()
    assert button.hasFocus()
    qtbot.keyClick(button, Key.Key_Return)
    assert {kind.value: label.text() for kind, label in page.figures.items()} == {
        "ah": "2",
        "jargon": "0",
        "example": "1",
        "number": "0",
        "voice": "0",
    }
    said = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert any("heard twice" in words for words in said)
    with qtbot.waitSignal(page.done):
        qtbot.keyClick(page.close_button, Key.Key_Return)


@pytest.mark.parametrize("kind", TapKind)
def test_no_figure_is_said_to_be_good_or_bad(kind: TapKind) -> None:
    for number in (0, 1, 2, 40):
        words = to_the_speaker(kind, number).lower()
        assert not any(mark in words for mark in ("good", "bad", "poor", "too many", "well done", "only"))
        assert number < 3 or str(number) in words


def test_while_the_disk_is_full_every_press_is_remembered_and_the_observer_is_told_so(
    page: TallyPage, speaking: Hand, settle: Wait, messages: StandIn, fault: Tell
) -> None:
    with files_at_most(0):
        for key in (Key.Key_A, Key.Key_A, Key.Key_J, Key.Key_A):
            press(page, key)
        settle()
        assert page.whose.text() == HELD_UP
        assert counted(speaking) == shown(page) == {}
        assert any("not saved yet" in words for words in messages.texts)
    speaking._tick()
    settle()
    assert counted(speaking) == shown(page) == {"ah": 3, "jargon": 1}
    assert page.whose.text() != HELD_UP
    assert not any("not saved yet" in words for words in messages.texts)
    fault(
        "The disk lets no file grow while the observer of a café taps",
        area="Café",
        tried=1,
        lost=0,
        person_sees=HELD_UP,
    )
