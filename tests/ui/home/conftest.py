"""A desk with a real library on it, and the home screen in the real window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot

from cqcmock.paths import Location
from cqcmock.services.library import open_library, sync_shipped_banks
from cqcmock.settings import Settings
from tests.clocks import HandClock
from ui.app_signals import AppSignals
from ui.desk import Desk
from ui.home.home_screen import HomeScreen
from ui.main_window import MainWindow, Room
from ui.messages import Messages
from ui.screen import Screen
from ui.tasks import Tasks
from ui.theme import Theme

if TYPE_CHECKING:
    from cqcmock.services.library import Library


@pytest.fixture
def hand() -> HandClock:
    """The clock of the desk."""
    return HandClock()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """A new library with the shipped banks."""
    with open_library(Location(tmp_path / "data")) as opened:
        sync_shipped_banks(opened)
        yield opened


@pytest.fixture
def desk(library: Library, hand: HandClock, tasks: Tasks, messages: Messages, theme: Theme) -> Desk:
    """What every screen is given."""
    return Desk(
        tasks=tasks,
        messages=messages,
        signals=AppSignals(),
        theme=theme,
        clock=hand.clock,
        settings=Settings(),
        keep_settings=lambda _: None,
        opened=library,
    )


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
