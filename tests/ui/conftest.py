"""Real widgets, off screen. A test that leaves a window, a timer, a task or a crash behind fails."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.services import library as libraries
from cqcmock.settings import Settings, save_settings
from tests.clocks import HandClock
from ui.app_signals import AppSignals
from ui.desk import Desk
from ui.main_window import MainWindow, Room
from ui.messages import Messages
from ui.tasks import Tasks
from ui.theme import Theme, ThemeChoice, application

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from cqcmock.services.library import Library

RESOURCES = Path(__file__).parents[2] / "resources"

Show = Callable[[QWidget], None]
OpenWindow = Callable[..., MainWindow]


class StandIn(Messages):
    """Answers instead of a person: put answers into `answers`, `files` and `printers`, read what was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[bool] = []
        self.files: list[Path | None] = []
        self.questions: list[str] = []
        self.printers: list[QPrinter | None] = []
        self.pages: list[int] = []
        """How many there were to print, each time that a printer was asked for."""

    @property
    def texts(self) -> list[str]:
        """What is on screen now."""
        return [message.text for message in self.current]

    def ask(self, question: str, *, yes: str, no: str, then: Callable[[bool], None], detail: str = "") -> None:
        self.questions.append(question)
        then(self.answers.pop(0))

    def choose_save_file(self, title: str, suggestion: str, kinds: str, then: Callable[[Path], None]) -> None:
        self._choose(title, then)

    def choose_open_file(self, title: str, kinds: str, then: Callable[[Path], None]) -> None:
        self._choose(title, then)

    def choose_folder(self, title: str, then: Callable[[Path], None]) -> None:
        self._choose(title, then)

    def choose_printer(self, pages: int, then: Callable[[QPrinter], None]) -> None:
        self.pages.append(pages)
        printer = self.printers.pop(0)
        if printer is not None:
            then(printer)

    def _choose(self, title: str, then: Callable[[Path], None]) -> None:
        self.questions.append(title)
        file = self.files.pop(0)
        if file is not None:
            then(file)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, None, None]:
    item.stash[_BEFORE] = {id(widget) for widget in _windows()}
    gc.freeze()  # what is there already need not be looked through for timers again after every test
    return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, None, None]:
    """After every fixture has been taken down, and pytest-qt has closed what it was given."""
    result = yield
    left = _left(item.stash[_BEFORE])
    if left:
        gc.collect()  # screens and their handlers may hold each other
        left = _left(item.stash[_BEFORE])
    timers = [timer for timer in _timers() if timer.isActive()]
    gc.unfreeze()
    for timer in timers:
        timer.stop()
    problems = [f"window left behind: {name}" for name in left] + [f"timer still running: {timer}" for timer in timers]
    if problems:
        pytest.fail("\n".join(problems), pytrace=False)
    return result


_BEFORE = pytest.StashKey[set[int]]()


def _windows() -> list[QWidget]:
    return QApplication.topLevelWidgets() if isinstance(QApplication.instance(), QApplication) else []


def _left(before: set[int]) -> list[str]:
    if QApplication.instance() is None:
        return []
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return [repr(widget) for widget in _windows() if id(widget) not in before]


def _timers() -> Iterator[QTimer]:
    for thing in gc.get_objects():
        if issubclass(type(thing), QTimer) and Shiboken.isValid(thing):
            yield thing


@pytest.fixture(scope="session")
def _one_theme(qapp: QApplication) -> Theme:
    made = Theme(application(), RESOURCES, choice=ThemeChoice.LIGHT)
    made.complete()
    return made


@pytest.fixture
def theme(_one_theme: Theme) -> Iterator[Theme]:
    """The program's look: light, 100 %, put back afterwards."""
    yield _one_theme
    _one_theme.set_percent(100)
    _one_theme.set_choice(ThemeChoice.LIGHT)


@pytest.fixture
def messages(qapp: QApplication) -> StandIn:
    """Messages that a test can read, and whose questions it answers."""
    return StandIn()


@pytest.fixture
def crashes() -> Iterator[list[BaseException]]:
    """What was reported as a mistake of the program. A test that expects one takes it out."""
    seen: list[BaseException] = []
    yield seen
    assert seen == []


@pytest.fixture
def tasks(messages: StandIn, crashes: list[BaseException]) -> Iterator[Tasks]:
    """Real lanes; whatever a test leaves in them is waited for."""
    made = Tasks(tell=messages.tell, crash=crashes.append)
    yield made
    assert made.close(), "a task did not come back"


@pytest.fixture
def told(messages: StandIn) -> Callable[[UserError], bool]:
    """Whether an error is on screen."""
    return lambda error: str(error) in messages.texts


@pytest.fixture
def show(theme: Theme, qtbot: QtBot) -> Show:
    """Shows a widget of its own as the active window, so that the focus goes where it is set."""

    def show_it(widget: QWidget) -> None:
        qtbot.addWidget(widget)
        widget.show()
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)

    return show_it


@pytest.fixture
def open_window(theme: Theme, tasks: Tasks, messages: StandIn, show: Show) -> OpenWindow:
    """The real main window with these rooms, shown at its usual size and in its first room."""

    def open_it(*rooms: Room) -> MainWindow:
        window = MainWindow(theme=theme, tasks=tasks, messages=messages, rooms=rooms)
        show(window)
        window.go(rooms[0].id)
        return window

    return open_it


@pytest.fixture
def folder(tmp_path: Path, prepared_library: Path) -> Path:
    """A data folder with a library in it."""
    return Path(shutil.copytree(prepared_library, tmp_path / "data"))


@pytest.fixture
def library(folder: Path) -> Iterator[Library]:
    """A real library with the shipped banks, and nothing else."""
    with libraries.open_library(Location(folder)) as opened:
        yield opened


@pytest.fixture
def hand() -> HandClock:
    """The clock of the desk."""
    return HandClock()


@pytest.fixture
def desk(library: Library, folder: Path, hand: HandClock, tasks: Tasks, messages: StandIn, theme: Theme) -> Desk:
    """What every screen is given; settings reach a real file."""
    return Desk(
        tasks=tasks,
        messages=messages,
        signals=AppSignals(),
        theme=theme,
        clock=hand.clock,
        settings=Settings(),
        keep_settings=lambda settings: save_settings(folder, settings),
        place=Location(folder),
        opened=library,
    )
