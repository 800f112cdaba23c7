"""A principal social worker who has never seen the program: a café from the plan to what a leader may read.

One laptop, a projector that is a second, virtual screen, and the keyboard. The lid is closed in the middle of a round,
the program is ended and started again, and the session goes on where it was. Only the clock and the file chooser are
stood in for.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from cqcmock.domain.cafe.cards import CardKind
from cqcmock.domain.cafe.scene import Stage
from cqcmock.services.cafe import cards as cards_service
from tests.clocks import HandClock
from tests.ui.conftest import StandIn
from tests.ui.whole_program import Hands, running
from ui.cafe.closing_screen import ClosingScreen
from ui.cafe.papers_screen import PapersScreen
from ui.cafe.run_screen import RunScreen
from ui.cafe.writing_page import WritingPage
from ui.theme import Theme

CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
PLACE = "Training room, Stevenage"
WORRIES = (
    "Nobody rings Mrs Okafor back", "It takes months", "We never see the same worker twice",
    "I do not know who decides", "Forms", "Too many forms",
)  # fmt: skip
ALONE = "I cried in the car park on Tuesday"
THEME, SMALL = "Waiting for a call back", "How we are"
TWO_SCREENS = "configfile" in os.environ.get("QT_QPA_PLATFORM", "")


@pytest.fixture
def clock(theme: Theme, monkeypatch: pytest.MonkeyPatch) -> HandClock:
    made = HandClock()
    monkeypatch.setattr("ui.app.Messages", StandIn)
    monkeypatch.setattr("ui.app.Theme", lambda *_, **__: theme)
    monkeypatch.setattr("ui.app.system_clock", lambda: made.clock)
    return made


def run_screen(hands: Hands) -> RunScreen:
    screen = hands.house.window.current
    assert isinstance(screen, RunScreen)
    return screen


def onward(hands: Hands) -> RunScreen:
    hands.press(Qt.Key.Key_Return, CTRL)
    return run_screen(hands)


def pass_time(hands: Hands, clock: HandClock, seconds: int) -> None:
    for _ in range(seconds):
        clock.pass_seconds(1)
        run_screen(hands).hand._tick()
        hands.settle()


def plan_in_three_deeds(hands: Hands) -> RunScreen:
    """The room, the place, and Start: everything else is sensible already."""
    hands.press(Qt.Key.Key_3, ALT)
    hands.press(Qt.Key.Key_N, CTRL | SHIFT)
    assert hands.sees("45 of 45 minutes")
    hands.type(PLACE)
    return onward(hands)


def write_cards(hands: Hands) -> None:
    """The laptop goes round: six people with a worry that they share, and one who is alone with hers."""
    screen = run_screen(hands)
    screen.tabs.setCurrentWidget(screen.cards)
    hands.settle()
    hands.press_button("Hand the laptop round")
    for words in (*WORRIES, ALONE):
        hands.press_button("I have not written yet")
        page = screen.cover
        assert isinstance(page, WritingPage)
        page.form.kinds[CardKind.WORRY].setFocus()
        hands.press(Qt.Key.Key_Space)
        hands.tab_to("your card")
        hands.type(words)
        hands.press(Qt.Key.Key_Return, CTRL)
        if not hands.sees("Handed in"):
            hands.press_button("Hand it in as it is")
        assert hands.sees("Handed in")
        hands.press_button("I have finished")
    hands.press_button("Back to the session")
    assert screen.cover is None


def group_cards(hands: Hands) -> None:
    """As the facilitator does between two rounds: here through the same deeds, without the list."""
    opened = run_screen(hands).hand.opened
    for name, words in ((THEME, WORRIES), (SMALL, (ALONE,))):
        board = cards_service.make_theme(opened.cards, CardKind.WORRY, name)
        for card in board.cards:
            if card.text in words:
                cards_service.group(opened.cards, card.id, board.themes[-1].id)


def count_people(hands: Hands) -> None:
    screen = run_screen(hands)
    screen.tabs.setCurrentWidget(screen.who_came)
    hands.settle()
    for team, people in (("Hospital discharge", "7"), ("Reablement", "6"), ("Duty", "2")):
        hands.tab_to("Team")
        hands.type(team)
        hands.house.window.activateWindow()  # offscreen, a list of known names that has closed stays the active window
        hands.settle()
        hands.tab_to("How many")
        hands.press(Qt.Key.Key_A, CTRL)
        hands.type(people)
        hands.press(Qt.Key.Key_Return)
    assert screen.hand.opened.attendance.state.came == 15
    screen.tabs.setCurrentWidget(screen.room)
    hands.settle()


def close_session(hands: Hands) -> None:
    onward_to_closing = run_screen(hands)
    assert onward_to_closing.hand.state.stage is Stage.FINISHED
    hands.press(Qt.Key.Key_Return, CTRL)
    closing = hands.house.window.current
    assert isinstance(closing, ClosingScreen)
    closing.question.no.setFocus()
    hands.press(Qt.Key.Key_Space)
    hands.messages.answers = [True]
    hands.press_button("Close the session")
    assert hands.sees(THEME)


def save_leaders_summary(hands: Hands, file: Path) -> str:
    hands.press_button("See, save or print the papers")
    assert isinstance(hands.house.window.current, PapersScreen)
    hands.messages.files = [file]
    hands.press(Qt.Key.Key_S, CTRL)
    assert file.exists()
    with pypdfium2.PdfDocument(file) as pages:
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pages)


@pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)  # of the lists of known names
@pytest.mark.skipif(not TWO_SCREENS, reason="run by the test below, with two virtual screens")
def test_a_newcomer_plans_runs_is_interrupted_finishes_and_prints(
    folder: Path, tmp_path: Path, qtbot: QtBot, clock: HandClock
) -> None:
    with running(folder, qtbot) as house:
        hands = Hands(house, qtbot)
        screen = plan_in_three_deeds(hands)
        onward(hands)
        room = screen.projector.window
        assert room.isFullScreen()
        assert room.screen() is QGuiApplication.screens()[1]
        while room.page.sight.caption.split(" · ")[0] != "Hot seat":
            onward(hands)
        assert room.page.sight.main == screen.hand.state.question.text  # type: ignore[union-attr]
        pass_time(hands, clock, 5)
        write_cards(hands)
        group_cards(hands)
        count_people(hands)
        clock.sleep_like_linux(600)  # the lid
        screen.hand._tick()
        hands.settle()
        assert hands.sees("The clock was stopped")
        hands.press(Qt.Key.Key_P, CTRL)
        used = screen.hand.state.seconds_used(screen.hand.now())
    with running(folder, qtbot) as house:
        hands = Hands(house, qtbot)
        hands.press(Qt.Key.Key_3, ALT)
        hands.press_button("Go on")
        screen = run_screen(hands)
        assert screen.hand.state.round is not None
        assert screen.hand.state.round.title == "Hot seat"
        assert screen.hand.state.seconds_used(screen.hand.now()) == pytest.approx(used, abs=1.0)
        hands.press(Qt.Key.Key_P, CTRL)
        while screen.hand.state.stage is not Stage.FINISHED:
            onward(hands)
        close_session(hands)
        said = save_leaders_summary(hands, tmp_path / "For leaders.pdf")
    for there in ("15", THEME, "Hospital discharge", "Reablement", "Hot seat"):
        assert there in said
    for hidden in ("Okafor", ALONE, SMALL, "Duty", PLACE, *WORRIES):
        assert hidden not in said


def test_with_two_screens_a_newcomer_gets_from_the_plan_to_a_summary_that_names_nobody(tmp_path: Path) -> None:
    screens = [("Laptop", 0, 1280, 800), ("Projector", 1280, 1920, 1080)]
    described = [
        {"name": n, "x": x, "y": 0, "width": w, "height": h, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
        for n, x, w, h in screens
    ]
    config = tmp_path / "screens.json"
    config.write_text(json.dumps({"screens": described}))
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-rs", __file__,
         "-k", "newcomer_plans"],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={config}"},
        capture_output=True,
        text=True,
        check=False,
        timeout=150,
    )  # fmt: skip
    assert "1 passed" in done.stdout, done.stdout
