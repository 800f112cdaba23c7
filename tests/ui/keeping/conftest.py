"""The screens about keeping on a desk with a real library; one of everything where a test needs it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.clocks import HandClock
from tests.services.kept_things import Shelf, a_filled_folder
from tests.ui.conftest import StandIn
from tests.ui.whole_program import running
from ui.app import House
from ui.desk import Desk
from ui.keeping.person_screen import PersonScreen
from ui.keeping.retention_screen import RetentionScreen
from ui.theme import Theme

if TYPE_CHECKING:
    from ui.screen import Screen

LATER = datetime(2027, 9, 1, 9, 0, tzinfo=UTC)
"""More than six months after everything here was last worked on."""

ShowKept = Callable[..., RetentionScreen]
ShowPerson = Callable[[], PersonScreen]
Settle = Callable[[], None]


@pytest.fixture
def settle(desk: Desk, qtbot: QtBot) -> Settle:
    def wait() -> None:
        qtbot.waitUntil(lambda: not desk.tasks.busy)

    return wait


def _shown(screen: Screen, show: Callable[[QWidget], None], qtbot: QtBot) -> None:
    filled: list[bool] = []
    screen.filled.connect(lambda: filled.append(True))
    screen.resize(1000, 700)
    show(screen)
    screen.arrived()
    qtbot.waitUntil(lambda: bool(filled))


@pytest.fixture
def show_kept(desk: Desk, show: Callable[[QWidget], None], qtbot: QtBot) -> ShowKept:
    """Shows what is kept and waits until everything is in."""

    def show_it(*, hold_all: bool = False, hold_id: str = "") -> RetentionScreen:
        screen = RetentionScreen(desk, hold_all=hold_all, hold_id=hold_id)
        _shown(screen, show, qtbot)
        return screen

    return show_it


@pytest.fixture
def show_person(desk: Desk, show: Callable[[QWidget], None], qtbot: QtBot) -> ShowPerson:
    """Shows whom the library knows and waits until everybody is in."""

    def show_it() -> PersonScreen:
        screen = PersonScreen(desk)
        _shown(screen, show, qtbot)
        return screen

    return show_it


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory, prepared_library: Path) -> tuple[Path, Shelf]:
    """A closed data folder with one of everything, and two backups of it; made once and copied."""
    return a_filled_folder(tmp_path_factory.mktemp("kept"), prepared_library)


@pytest.fixture
def full_folder(ready: tuple[Path, Shelf], tmp_path: Path) -> Path:
    return Path(shutil.copytree(ready[0], tmp_path / "full"))


@pytest.fixture
def later() -> HandClock:
    clock = HandClock()
    clock.wall = LATER
    return clock


@pytest.fixture
def start(
    full_folder: Path, later: HandClock, theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], House]]:
    """Starts the whole program on one of everything, at a time when all of it is due."""
    monkeypatch.setattr("ui.app.Messages", StandIn)
    monkeypatch.setattr("ui.app.Theme", lambda *_, **__: theme)  # two would fight over one program
    monkeypatch.setattr("ui.app.system_clock", lambda: later.clock)
    houses = []

    def start_it() -> House:
        made = running(full_folder, qtbot)
        houses.append(made)
        return made.__enter__()

    yield start_it
    for made in houses:
        made.__exit__(None, None, None)
