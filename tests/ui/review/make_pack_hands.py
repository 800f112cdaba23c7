"""The screen on which packs are made, in the real window, and what a test does with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cqcmock.domain.review import Pack
from cqcmock.paths import Location
from cqcmock.review import pack_file, sealing
from cqcmock.services import reviewer_keys
from tests.ui.conftest import StandIn
from tests.ui.review.conftest import Wait
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.review.make_pack_screen import MakePackScreen

if TYPE_CHECKING:
    from cqcmock.services.library import Library


@dataclass
class Making:
    """The screen in its window, Ann's laptop, and a folder for files."""

    window: MainWindow
    screen: MakePackScreen
    desk: Desk
    messages: StandIn
    library: Library
    laptop: Location
    stick: Path
    qtbot: QtBot
    settle: Callable[[], None]

    @property
    def address(self) -> str:
        return reviewer_keys.own_key(self.laptop).address

    def fill(self, reviewer: str = "Ann Example", *, key: bool = True) -> None:
        what = self.screen.what
        what.reviewer.show_text(reviewer)
        if key:
            what.by_key.click()
            what.key.show_text(self.address)

    def on(self) -> None:
        self.screen.foot.forward.click()
        self.settle()

    def back(self) -> None:
        self.screen.foot.back.click()
        self.settle()

    def save(self, path: Path | None) -> None:
        self.messages.files.append(path)
        self.on()
        self.qtbot.waitUntil(lambda: not self.screen.saving.is_sealing, timeout=20_000)
        self.settle()

    def press(self, key: Qt.Key, times: int = 1) -> None:
        for _ in range(times):
            QTest.keyClick(self.window.focusWidget() or self.window, key)
            self.settle()

    def write(self, text: str) -> None:
        QTest.keyClicks(self.window.focusWidget(), text)

    def pack_in(self, path: Path) -> Pack:
        secret = reviewer_keys.own_key(self.laptop).secret
        return pack_file.read_pack(sealing.open_with_keys(path.read_bytes(), [secret])).pack


Open = Callable[..., Making]


def opener(window: MainWindow, desk: Desk, messages: StandIn, tmp_path: Path, qtbot: QtBot, settle: Wait) -> Open:
    """Opens the screen, with these rehearsals ticked; whoever ends a test with work undone leaves it."""
    messages.answers = [True]
    stick = tmp_path / "stick"
    stick.mkdir()

    def open_it(*chosen: str) -> Making:
        screen = MakePackScreen(desk, window.commands, chosen)
        window.open(screen)
        settle()
        laptop = Location(tmp_path / "Ann's laptop")
        return Making(window, screen, desk, messages, desk.library, laptop, stick, qtbot, settle)

    return open_it
