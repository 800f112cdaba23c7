"""The backups on a desk with a real library, and the whole program on a locked one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cqcmock.paths import Location
from cqcmock.review import passphrases
from cqcmock.services import library as libraries
from cqcmock.services import locking
from tests.keyrings import MemoryKeyring
from tests.ui.lock.conftest import LITTLE, Prepared, by_hand, hands, locked, memory, prepared, start  # noqa: F401 - fixtures
from ui.backups.backups_screen import BackupsScreen
from ui.desk import Desk

ShowBackups = Callable[[], BackupsScreen]


@pytest.fixture(autouse=True)
def little_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """scrypt is not what is tried here."""
    monkeypatch.setattr(passphrases, "WORK", LITTLE)


@pytest.fixture
def show_backups(desk: Desk, show: Callable[[QWidget], None], qtbot: QtBot) -> ShowBackups:
    """Shows the backups and waits until everything is in."""

    def show_it() -> BackupsScreen:
        screen = BackupsScreen(desk, "Back to home")
        show(screen)
        with qtbot.waitSignal(screen.filled):
            screen.arrived()
        return screen

    return show_it


@pytest.fixture
def locked_desk(desk: Desk, prepared: Prepared, memory: MemoryKeyring, tmp_path: Path) -> Iterator[Desk]:  # noqa: F811
    """The desk on a locked library of its own."""
    before = desk.opened, desk.place
    folder = Path(shutil.copytree(prepared.folder, tmp_path / "locked"))
    unlocked = locking.unlock_by_computer(Location(folder))
    assert unlocked is not None
    desk.place = unlocked
    desk.opened = libraries.open_library(unlocked)
    yield desk
    assert desk.tasks.wait_all(10)
    desk.opened.close()
    desk.opened, desk.place = before


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A stick that is connected."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder
