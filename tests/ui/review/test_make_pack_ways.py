"""The ways to a new pack, in the whole program: from home, from a report and from peer review, and back again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cqcmock.services import sittings
from tests.clocks import HandClock
from tests.played import played
from tests.ui.conftest import StandIn
from tests.ui.whole_program import Hands, running
from ui.home.home_screen import HomeScreen
from ui.rehearse.report_screen import ReportScreen
from ui.rehearse.set_up_screen import SetUpScreen
from ui.review.make_pack_screen import MakePackScreen
from ui.theme import Theme

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture
def hands(
    tmp_path: Path, prepared_library: Path, qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Hands]:
    """On the keyboard of the whole program, which has a library without rehearsals."""
    monkeypatch.setattr("ui.app.Messages", StandIn)
    monkeypatch.setattr("ui.app.Theme", lambda *_, **__: theme)
    with running(Path(shutil.copytree(prepared_library, tmp_path / "council")), qtbot) as house:
        yield Hands(house, qtbot)


def making(hands: Hands) -> MakePackScreen:
    hands.settle()
    screen = hands.house.window.current
    assert isinstance(screen, MakePackScreen)
    return screen


def play(hands: Hands) -> str:
    sitting = played(hands.house.desk.library, HandClock(), answers=("We asked forty carers.",))
    hands.house.journeys.home.refresh()
    hands.settle()
    return sitting


def test_from_home_and_back(hands: Hands) -> None:
    sitting = play(hands)
    hands.press(Qt.Key.Key_N, CTRL | SHIFT)
    screen = making(hands)
    assert screen.what.sittings.chosen == (sitting,)
    assert screen.what.reviewer.line.hasFocus()
    assert screen.leave.text() == "Back to home"
    hands.press_button("Back to home")
    assert isinstance(hands.house.window.current, HomeScreen)
    hands.press_button("Send to a peer reviewer…")
    assert making(hands).what.sittings.chosen == (sitting,)


def test_from_a_report_and_back(hands: Hands, qtbot: QtBot) -> None:
    sitting = play(hands)
    hands.house.journeys.report(sitting)
    report = hands.house.window.current
    assert isinstance(report, ReportScreen)
    qtbot.waitUntil(lambda: report.report is not None, timeout=20_000)
    hands.settle()
    hands.press_button("Send to a peer reviewer…")
    assert making(hands).what.sittings.chosen == (sitting,)
    hands.press_button("Back to the report")
    hands.settle()
    again = hands.house.window.current
    assert isinstance(again, ReportScreen)
    assert again.sitting_id == sitting
    qtbot.waitUntil(lambda: again.report is not None, timeout=20_000)
    hands.settle()


def test_from_peer_review_somebody_new_is_led_to_a_first_rehearsal(hands: Hands) -> None:
    hands.press(Qt.Key.Key_6, ALT)
    hands.press(Qt.Key.Key_N, CTRL | SHIFT)
    making(hands)
    hands.press(Qt.Key.Key_Return)
    assert isinstance(hands.house.window.current, SetUpScreen)
    assert sittings.recent(hands.house.desk.library) == ()


def test_where_an_interview_is_under_way_home_has_it(hands: Hands) -> None:
    played(hands.house.desk.library, HandClock(), answers=("We ask carers.",), over=False)
    hands.house.journeys.make_pack()
    making(hands)
    hands.press(Qt.Key.Key_Return)
    assert isinstance(hands.house.window.current, HomeScreen)
    assert hands.sees("Pick up where you stopped")
