"""The settings screen on a desk with a real library, whose settings reach a real file."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.desk import Desk
from ui.settings.settings_screen import SettingsScreen


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
