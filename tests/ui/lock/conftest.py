"""The whole program on a locked library, a keyring in memory, and a clock that goes by hand."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from cqcmock.clock import system_clock
from cqcmock.paths import Location
from cqcmock.review import passphrases, sealing
from cqcmock.services import library as libraries
from cqcmock.services import locking
from cqcmock.settings import load_settings
from tests.clocks import HandClock
from tests.keyrings import MemoryKeyring, using
from tests.played import played
from tests.ui.conftest import StandIn
from tests.ui.whole_program import Hands
from ui.app import House, StepTimes, compose
from ui.crash import CrashReports
from ui.lock.unlock_screen import UnlockScreen
from ui.rooms import HOME
from ui.theme import Theme

LITTLE = 2
"""Scrypt's work, where it is not what is tried."""

WORDS = "abandon zebra laundry river camera hospital"
SAID = "The duty phone rings out on Fridays"
"""What somebody said, and nobody else may read."""

Start = Callable[[], AbstractContextManager[Hands]]


class Prepared:
    """A locked library in a folder, what the keyring had for it, and the council's secret key."""

    def __init__(self, folder: Path, prepared_library: Path) -> None:
        self.keyring = MemoryKeyring()
        self.folder = Path(shutil.copytree(prepared_library, folder))
        self.council, address = sealing.new_address()
        with libraries.open_library(Location(self.folder)) as opened:
            self.sitting = played(opened, HandClock(), answers=(SAID,))
        with using(self.keyring), pytest.MonkeyPatch.context() as patch:
            patch.setattr(passphrases, "WORK", LITTLE)  # and so it opens whatever a test allows
            locking.lock(Location(self.folder), WORDS, system_clock(), computer=True, escrow=address)
        self.secrets = dict(self.keyring.kept)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory, prepared_library: Path) -> Prepared:
    """Locked once for all tests: it takes a second."""
    return Prepared(tmp_path_factory.mktemp("locked") / "data", prepared_library)


@pytest.fixture
def locked(prepared: Prepared, tmp_path: Path) -> Path:
    """A data folder of this test's own, locked."""
    return Path(shutil.copytree(prepared.folder, tmp_path / "data"))


@pytest.fixture
def memory(prepared: Prepared) -> Iterator[MemoryKeyring]:
    """This computer's keyring, as it was when the library was locked."""
    made = MemoryKeyring()
    made.kept = dict(prepared.secrets)
    with using(made):
        yield made


@pytest.fixture
def by_hand(theme: Theme, monkeypatch: pytest.MonkeyPatch) -> HandClock:
    """The program's clock, and messages that a test answers."""
    made = HandClock()
    monkeypatch.setattr("ui.app.Messages", StandIn)
    monkeypatch.setattr("ui.app.Theme", lambda *_, **__: theme)
    monkeypatch.setattr("ui.app.system_clock", lambda: made.clock)
    return made


class _Crashes(CrashReports):
    """Remembers what was the program's own mistake."""

    def __init__(self, logs: Path) -> None:
        super().__init__(logs)
        self.errors: list[BaseException] = []

    def report(self, error: BaseException) -> None:
        self.errors.append(error)


@contextmanager
def started(folder: Path, qtbot: QtBot, *, may_ask: bool = False) -> Iterator[Hands]:
    """The program as it starts on this folder; what is asked first is not answered."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    settings = load_settings(folder).settings
    crashes = _Crashes(folder / "logs")
    house = compose(app, Location(folder), settings, crashes, StepTimes(None))
    hands = Hands(house, qtbot)
    house.gate.may_ask = may_ask
    house.window.show()
    house.window.activateWindow()
    house.window.go(HOME)
    house.door.open_own()
    hands.settle()
    yield hands
    house.gate.idle.stop()
    house.window.close()
    house.close()
    assert crashes.errors == []
    house.window.deleteLater()
    house.desk.tasks.deleteLater()


@pytest.fixture
def start(locked: Path, memory: MemoryKeyring, by_hand: HandClock, qtbot: QtBot) -> Start:
    """Starts the program on the locked library."""
    return lambda: started(locked, qtbot)


@pytest.fixture
def hands(start: Start) -> Iterator[Hands]:
    """On the keyboard of the program, whose library the keyring has opened."""
    with start() as made:
        assert made.house.desk.opened is not None
        yield made


def unlocking(house: House) -> UnlockScreen:
    """The screen that asks for the words."""
    screen = house.window.current
    assert isinstance(screen, UnlockScreen), type(screen).__name__
    return screen


def unlock(hands: Hands, words: str = WORDS) -> None:
    """Type the words, and press Enter."""
    screen = unlocking(hands.house)
    screen.words.edit.setText(words)
    screen.words.entered.emit()
    hands.settle()


def all_words() -> str:
    """Every word that any widget of the program holds, shown or not."""
    found: list[str] = []
    for widget in QApplication.allWidgets():
        found += [widget.windowTitle(), widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        found += _text_of(widget)
    return "\n".join(found)


def _text_of(widget: QWidget) -> list[str]:
    if isinstance(widget, QLabel | QLineEdit):
        return [widget.text()]
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        return [widget.toPlainText()]
    return []
