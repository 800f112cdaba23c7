"""A desk with a real library on it, and the home screen in the real window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from pytestqt.qtbot import QtBot

from ui.desk import Desk
from ui.home.home_screen import HomeScreen
from ui.main_window import MainWindow, Room
from ui.screen import Screen


@dataclass
class Shown:
    """The home screen in its window."""

    window: MainWindow
    home: HomeScreen


@pytest.fixture
def show_home(desk: Desk, qtbot: QtBot, open_window: Callable[..., MainWindow]) -> Callable[[], Shown]:
    """Shows the home screen and waits until it is filled."""

    def show_it() -> Shown:
        made: list[MainWindow] = []
        window = open_window(
            Room(id="elsewhere", title="Elsewhere", make=Screen),
            Room(id="home", title="Home", make=lambda: HomeScreen(desk, made[0].commands)),
        )
        made.append(window)
        window.go("home")
        home = window.current
        assert isinstance(home, HomeScreen)
        filled: list[bool] = []
        home.filled.connect(lambda: filled.append(True))
        qtbot.waitUntil(lambda: bool(filled))
        return Shown(window, home)

    return show_it
