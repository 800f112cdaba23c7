"""The room's window with one screen, and with two."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Show, StandIn
from ui.cafe.room_window import BACK, GONE, NO_SECOND_SCREEN, Projector
from ui.desk import Desk

ROOT = Path(__file__).parents[3]


def screen(name: str, x: int, width: int, height: int) -> dict[str, object]:
    return {
        "name": name, "x": x, "y": 0, "width": width, "height": height,
        "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1,
    }  # fmt: skip


def run_with_two_screens(tmp_path: Path, remembered: str) -> dict[str, object]:
    screens = tmp_path / "screens.json"
    screens.write_text(json.dumps({"screens": [screen("Laptop", 0, 1280, 800), screen("Projector", 1280, 1920, 1080)]}))
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.cafe.two_screens", remembered],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={screens}"},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stderr == ""
    return dict(json.loads(done.stdout))


def test_the_room_window_fills_the_second_screen_and_survives_its_loss(tmp_path: Path) -> None:
    seen = run_with_two_screens(tmp_path, "")
    assert seen["opened"] == ["Projector", True, True]
    assert seen["unplugged"] == ["Laptop", False, True]
    assert "the round goes on" in str(seen["said"])
    assert seen["plugged in again"] == ["Projector", True, True]
    assert seen["closed and opened"] == ["Projector", True, True]
    assert seen["remembered"] == "Projector"


def test_a_remembered_screen_that_is_no_longer_there_is_forgotten(tmp_path: Path) -> None:
    seen = run_with_two_screens(tmp_path, "A projector in another town")
    assert seen["opened"] == ["Projector", True, True]
    assert seen["remembered"] == "Projector"


@pytest.fixture
def projector(desk: Desk, show: Show) -> Iterator[Projector]:
    facilitator = QWidget()
    show(facilitator)
    made = Projector(desk, [], beside=facilitator)
    yield made
    made.close()


def test_with_one_screen_the_room_window_is_an_ordinary_one_and_says_what_to_do(
    projector: Projector, messages: StandIn
) -> None:
    projector.open()
    assert not projector.window.isFullScreen()
    assert NO_SECOND_SCREEN in messages.texts
    projector.toggle()
    assert not projector.is_open
    assert NO_SECOND_SCREEN not in messages.texts


def test_f11_fills_the_screen_and_escape_leaves_it(projector: Projector, qtbot: QtBot) -> None:
    projector.open()
    qtbot.keyClick(projector.window, Qt.Key.Key_F11)
    assert projector.window.isFullScreen()
    qtbot.keyClick(projector.window, Qt.Key.Key_Escape)
    assert not projector.window.isFullScreen()
    assert projector.is_open


def test_closing_the_room_window_by_hand_is_noticed(projector: Projector, qtbot: QtBot) -> None:
    projector.open()
    with qtbot.waitSignal(projector.changed):
        projector.window.close()
    assert "window is closed" in projector.where


def test_that_the_projector_is_back_is_not_said_beside_that_it_is_gone(projector: Projector, messages: StandIn) -> None:
    projector.open()
    (only,) = QGuiApplication.screens()
    projector._screen_came(only)
    assert BACK in messages.texts
    projector._screen_gone(only)
    assert messages.texts == [GONE]
    projector.window.close()
    assert messages.texts == []
