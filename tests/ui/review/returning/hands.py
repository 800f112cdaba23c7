"""What a test does to return a pack: sheets submitted, the screen opened, the file written to a stick."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.ui.conftest import StandIn
from tests.ui.review.conftest import Wait
from ui.commands import CommandId
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.review.return_screen import ReturnScreen

WHY = "The train came in."
Submit = Callable[[int], None]
Open = Callable[..., ReturnScreen]


def shown(desk: Desk, window: MainWindow, pack_id: str, qtbot: QtBot) -> ReturnScreen:
    """The screen in the window, once everything on it has come in."""
    screen = ReturnScreen(desk, window.commands, pack_id)
    with qtbot.waitSignal(screen.filled):
        window.open(screen)
    return screen


def returned_to(screen: ReturnScreen, messages: StandIn, settle: Wait, path: Path) -> Path:
    """Return the pack into this file, and wait until it is there."""
    messages.files = [path]
    screen.return_it()
    settle()
    return path


def problem(screen: ReturnScreen) -> str:
    """What stands beside the button, if anything does."""
    return screen.problem.text().replace("\u200b", "") if screen.problem.isVisible() else ""


def can_return(screen: ReturnScreen) -> bool:
    """Whether the command for returning can be given."""
    return screen._commands.is_possible(CommandId.RETURN_PACK)
