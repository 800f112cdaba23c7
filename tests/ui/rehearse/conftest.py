"""The window, the clock, and the screens that several tests open."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cqcmock.domain.modes import Mode
from cqcmock.domain.sitting import Sitting
from cqcmock.services import rehearsing
from cqcmock.settings import Settings
from tests.clocks import HandClock
from tests.ui.conftest import OpenWindow
from tests.ui.rehearse import interviewer_hands, marks_hands, report_hands
from tests.ui.rehearse.finished_interviews import SAID, interviewed
from ui.desk import Desk
from ui.main_window import MainWindow, Room
from ui.rehearse.interview_screen import InterviewScreen
from ui.rehearse.own_marks_screen import OwnMarksScreen
from ui.rehearse.report_screen import ReportScreen
from ui.screen import Screen


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    """The window, at home."""
    return open_window(Room(id="home", title="Home", make=Screen))


@pytest.fixture
def clock(hand: HandClock) -> HandClock:
    """The clock of the desk, which goes when a test says so."""
    return hand


@pytest.fixture
def open_marks(desk: Desk, window: MainWindow, clock: HandClock, qtbot: QtBot) -> marks_hands.Open:
    def start(sitting: str = "", **choices: object) -> OwnMarksScreen:
        sitting = sitting or interviewed(desk, clock, **choices)  # type: ignore[arg-type]
        screen = OwnMarksScreen(desk, window.commands, sitting)
        with qtbot.waitSignal(screen.filled):
            window.open(screen)
        parts = (screen.answer, screen.marks, screen.whole, screen.forward.parentWidget())
        qtbot.waitUntil(lambda: any(part.isAncestorOf(QApplication.focusWidget() or window) for part in parts))
        return screen

    return start


@pytest.fixture
def open_report(desk: Desk, window: MainWindow, clock: HandClock, qtbot: QtBot) -> report_hands.Open:
    def start(sitting: str = "") -> ReportScreen:
        sitting = sitting or interviewed(desk, clock, answers=(SAID, SAID))
        screen = ReportScreen(desk, window.commands, sitting)
        with qtbot.waitSignal(screen.filled, timeout=20_000):
            window.open(screen)
        qtbot.waitUntil(lambda: not desk.tasks.busy and screen.pages.pages[0].picture is not None, timeout=20_000)
        return screen

    return start


@pytest.fixture
def begin_two(desk: Desk, window: MainWindow, clock: HandClock, qtbot: QtBot) -> interviewer_hands.Begin:
    """Begins or goes on with an interview with an interviewer, and shows both windows."""

    def start(sitting: Sitting | None = None, **choices: object) -> InterviewScreen:
        if sitting is None:
            wanted = {"seed": 1, "questions": 2, "mode": Mode.INTERVIEWER, **choices}
            set_up = replace(rehearsing.default_set_up(desk.library, Settings()), **wanted)  # type: ignore[arg-type]
            sitting = rehearsing.start(desk.library, rehearsing.make_plan(desk.library, set_up), "", desk.clock)
        screen = InterviewScreen(desk, window.commands, sitting)
        window.open(screen)
        interviewer_hands.clocks[screen] = clock
        interviewer_hands.interviewers(screen).resize(1056, 740)
        qtbot.waitUntil(lambda: screen.journal.is_saved and not desk.tasks.busy)
        return screen

    return start
