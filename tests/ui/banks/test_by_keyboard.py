"""The questions room with the keyboard alone and by ear, in its states and at both sizes of the type."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.banks.conftest import Wait
from tests.ui.keyboard_and_ear import controls, from_the_top, is_behind, is_reached, name, said, tab_stops
from ui.banks.import_screen import ImportScreen
from ui.banks.question_view import HEARD, VERSIONS
from ui.banks.questions_screen import BANKS, QuestionsScreen
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.theme import Theme


def own_question(screen: QuestionsScreen) -> None:
    screen.see_bank("our-hospital-team")


def filters_shown(screen: QuestionsScreen) -> None:
    if screen.finding.filters.fold.isVisible():
        screen.finding.filters.fold.click()
    screen.finding.view.tabs.setCurrentIndex(HEARD)


def versions(screen: QuestionsScreen) -> None:
    screen.see_bank("our-hospital-team")
    screen.finding.view.tabs.setCurrentIndex(VERSIONS)


def nothing_found(screen: QuestionsScreen) -> None:
    screen.finding.words.setText("zzzz")
    screen.finding.search()
    screen.finding.words.setFocus()


def printing(screen: QuestionsScreen) -> None:
    screen.print_cards()


def banks_shown(screen: QuestionsScreen) -> None:
    screen.tabs.setCurrentIndex(BANKS)
    screen.banks.choose("our-hospital-team")
    screen.banks.list.setFocus()


@pytest.mark.parametrize(
    ("state", "percent"),
    [
        (own_question, 100),
        (filters_shown, 100),
        (filters_shown, 200),
        (versions, 200),
        (nothing_found, 100),
        (printing, 100),
        (printing, 200),
        (banks_shown, 200),
    ],
)
def test_tab_comes_to_everything_in_reading_order_and_each_has_a_name(
    state: Callable[[QuestionsScreen], None],
    percent: int,
    own_bank: str,
    screen: QuestionsScreen,
    window: MainWindow,
    theme: Theme,
    settle: Wait,
) -> None:
    theme.set_percent(percent)
    settle()
    state(screen)
    settle()
    check(window)


@pytest.mark.parametrize(
    ("text", "percent"),
    [("", 100), ("Question\nWho waits?\n", 200), ("Question,Quality statements,Roles\nWho?,QS9x,Mayor\n", 100)],
)
def test_tab_comes_to_everything_on_the_way_in_too(
    text: str, percent: int, window: MainWindow, desk: Desk, theme: Theme, tmp_path: Path, settle: Wait, qtbot: QtBot
) -> None:
    theme.set_percent(percent)
    file = tmp_path / "ours.csv"
    file.write_text(text, encoding="utf-8")
    window.open(ImportScreen(desk, window.commands, file if text else None), room="questions")
    settle()
    check(window)


def check(window: MainWindow) -> None:
    assert QApplication.focusWidget() is not None
    QTest.qWait(0)
    stops = tab_stops()
    assert [said(stop) for stop in stops if not name(stop)] == []
    assert [said(control) for control in controls(window) if not is_reached(control, stops)] == []
    assert [f"{said(a)} before {said(b)}" for a, b in pairwise(from_the_top(stops, window)) if is_behind(b, a)] == []
