"""The real interview in the real window on a real library, for benchmarks that run in a process of their own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from cqcmock.clock import system_clock
from cqcmock.domain.modes import Mode
from cqcmock.paths import Location, resources_folder
from cqcmock.services import library as libraries
from cqcmock.services import rehearsing
from cqcmock.settings import Settings
from ui.app_signals import AppSignals
from ui.desk import Desk
from ui.main_window import MainWindow, Room
from ui.messages import Messages
from ui.rehearse.interview_screen import InterviewScreen
from ui.screen import Screen
from ui.tasks import Tasks
from ui.theme import Theme, ThemeChoice, application

LONGEST_WAIT_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class InterviewWindow:
    """Puts interviews on screen, one after the other."""

    desk: Desk
    window: MainWindow

    def begin_answer(self, mode: Mode = Mode.PRACTICE) -> InterviewScreen:
        """A new interview at its first answer, ready to type in, and everything so far on disk."""
        desk = self.desk
        set_up = replace(rehearsing.default_set_up(desk.library, desk.settings), seed=1, questions=3, mode=mode)
        sitting = rehearsing.start(desk.library, rehearsing.make_plan(desk.library, set_up), "", desk.clock)
        screen = InterviewScreen(desk, self.window.commands, sitting)
        self.window.open(screen)
        screen.go_on()
        wait_until(lambda: screen.journal.is_saved)
        return screen


@contextmanager
def open_interviews(folder: Path) -> Iterator[InterviewWindow]:
    """The window on the library of this folder, closed again at the end."""
    app = application()
    library = libraries.open_library(Location(folder))
    crashes: list[BaseException] = []
    messages = Messages()
    tasks = Tasks(tell=messages.tell, crash=crashes.append)
    try:
        libraries.sync_shipped_banks(library)
        desk = Desk(
            tasks=tasks,
            messages=messages,
            signals=AppSignals(),
            theme=Theme(app, resources_folder(), choice=ThemeChoice.LIGHT),
            clock=system_clock(),
            settings=Settings(),
            keep_settings=lambda _: None,
            place=Location(folder),
            opened=library,
        )
        rooms = (Room(id="home", title="Home", make=Screen),)
        window = MainWindow(theme=desk.theme, tasks=tasks, messages=messages, rooms=rooms)
        window.show()
        window.activateWindow()
        window.go("home")
        yield InterviewWindow(desk, window)
        window.close()
    finally:
        tasks.close()
        library.close()
    if crashes:
        raise crashes[0]


def wait_until(done: Callable[[], bool]) -> None:
    """Let the window go on until this is so. Raises TimeoutError."""
    deadline = time.monotonic() + LONGEST_WAIT_SECONDS
    while not done():
        if time.monotonic() > deadline:
            raise TimeoutError("it took too long")
        wait(0.01)


def wait(seconds: float) -> None:
    """Let the window go on for so long."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()
