"""The settings screen on a desk with a real library, whose settings reach a real file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cqcmock.paths import Location
from cqcmock.services.library import open_library, sync_shipped_banks
from cqcmock.settings import Settings, save_settings
from tests.clocks import HandClock
from ui.app_signals import AppSignals
from ui.desk import Desk
from ui.messages import Messages
from ui.settings.settings_screen import SettingsScreen
from ui.tasks import Tasks
from ui.theme import Theme

if TYPE_CHECKING:
    from cqcmock.services.library import Library


@pytest.fixture
def hand() -> HandClock:
    """The clock of the desk."""
    return HandClock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The data folder."""
    return tmp_path / "data"


@pytest.fixture
def library(folder: Path) -> Iterator[Library]:
    """A new library with the shipped banks."""
    with open_library(Location(folder)) as opened:
        sync_shipped_banks(opened)
        yield opened


@pytest.fixture
def desk(library: Library, folder: Path, hand: HandClock, tasks: Tasks, messages: Messages, theme: Theme) -> Desk:
    """What every screen is given."""
    return Desk(
        tasks=tasks,
        messages=messages,
        signals=AppSignals(),
        theme=theme,
        clock=hand.clock,
        settings=Settings(),
        keep_settings=lambda settings: save_settings(folder, settings),
        opened=library,
    )


@pytest.fixture
def show_settings(desk: Desk, show: Callable[[QWidget], None], qtbot: QtBot) -> Callable[[], SettingsScreen]:
    """Shows the settings and waits until everything is in."""

    def show_it() -> SettingsScreen:
        screen = SettingsScreen(desk)
        filled: list[bool] = []
        screen.filled.connect(lambda: filled.append(True))
        show(screen)
        screen.arrived()
        qtbot.waitUntil(lambda: bool(filled))
        return screen

    return show_it
