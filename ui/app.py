"""The window's start: the only module that sees everything, and puts it together.

`run` goes through these steps, each with its own function or line:

1.  claim the data folder; a second start brings the first window to the front and ends
2.  take over the hooks for errors that nobody catches, and see whether the last run ended badly
3.  read the settings, put on the theme and the type size
4.  make the lanes, the messages and the desk that every screen is given
5.  show the window and let it paint its first frame: nothing slow has been imported yet
6.  make the home screen, which says that the library is being opened
7.  in the database lane: open the library, bring the shipped banks up to date, and fill the home screen
8.  listen for a second start
9.  run until the window closes, then let the lanes end, close the library, and give the folder back
"""

from __future__ import annotations

import binascii
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from cqcmock.clock import system_clock
from cqcmock.errors import UserError
from cqcmock.logs import logging_to
from cqcmock.paths import Location, example_folder, resources_folder
from cqcmock.settings import LoadedSettings, Settings, load_settings, save_settings
from ui import instance
from ui.app_signals import AppSignals, Subject, change
from ui.crash import CrashReports, show_crashes
from ui.desk import Desk
from ui.main_window import TITLE, MainWindow, Room
from ui.messages import Kind, Messages
from ui.rooms import HOME, Journeys
from ui.tasks import Tasks
from ui.theme import Theme, ThemeChoice

if TYPE_CHECKING:
    from cqcmock.banks.checking import Problem
    from cqcmock.services.library import BackupInfo, Library

_BANKS = "banks"
_SETTINGS = "settings"
_CRASH = "crash"

@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to start. `process_started` is `time.perf_counter()` as early as the process could take it."""

    quit_when_ready: bool = False
    as_json: bool = False
    process_started: float | None = None


class StepTimes:
    """Milliseconds from the start of the process to the end of each step."""

    def __init__(self, started: float | None) -> None:
        self._started = time.perf_counter() if started is None else started
        self.steps: dict[str, float] = {}

    def done(self, step: str) -> None:
        """This step is done now."""
        self.steps[step] = round((time.perf_counter() - self._started) * 1000, 1)


def run(location: Location, options: Options) -> int:
    """Open the window and run until it closes; returns the exit status."""
    times = StepTimes(options.process_started)
    times.done("imports")
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("cqcmock")
    app.setApplicationDisplayName(TITLE)
    times.done("application")

    claimed = instance.claim(location.folder)
    if claimed is None:
        return _second_start(location)
    crashes = CrashReports(location.folder / "logs")
    crashes.install()
    logs = ExitStack()
    try:
        loaded = load_settings(location.folder)
        desk = _make_desk(app, location, loaded.settings, crashes)
        door = _Door(desk, location, times)
        made: list[MainWindow] = []
        door.journeys = journeys = Journeys(desk, lambda: made[0], door)
        window = _make_window(desk, journeys.rooms())
        made.append(window)
        _tell(desk.messages, loaded, crashes)
        window.painted.connect(lambda: times.done("first frame"))
        window.painted.connect(lambda: QTimer.singleShot(0, window, after_first_frame))

        def after_first_frame() -> None:
            window.go(HOME)
            home = journeys.home
            times.done("home screen made")
            home.filled.connect(filled, Qt.ConnectionType.SingleShotConnection)
            door.open_own()
            QTimer.singleShot(0, window, afterwards)

        def filled() -> None:
            times.done("home filled")
            if options.quit_when_ready:
                QTimer.singleShot(0, window, leave)

        def afterwards() -> None:
            from cqcmock.logs import logging_to

            logs.enter_context(logging_to(location.folder))
            claimed.listen(window.raise_to_front)

        def leave() -> None:
            _print_times(times, as_json=options.as_json)
            window.close()

        with logging_to(location.folder):
            window.show()
            status = app.exec()
            _close(desk)
        return status
    finally:
        logs.close()
        crashes.uninstall()
        claimed.release()


def _second_start(location: Location) -> int:
    if instance.raise_the_other(location.folder):
        return 0
    problem = UserError(
        f"Another window already uses {location.folder}, and it does not answer.",
        "Close it, or wait a moment and start again.",
    )
    print(problem, file=sys.stderr)  # noqa: T201 - there is no window to show it in
    return 1


def _make_desk(app: QApplication, location: Location, settings: Settings, crashes: CrashReports) -> Desk:
    theme = Theme(app, resources_folder(), choice=ThemeChoice(settings.theme), percent=settings.text_percent)
    messages = Messages()
    return Desk(
        tasks=Tasks(tell=messages.tell, crash=crashes.report),
        messages=messages,
        signals=AppSignals(),
        theme=theme,
        clock=system_clock(),
        settings=settings,
        keep_settings=lambda changed: save_settings(location.folder, changed),
    )


def _make_window(desk: Desk, rooms: Sequence[Room]) -> MainWindow:
    return MainWindow(
        theme=desk.theme,
        tasks=desk.tasks,
        messages=desk.messages,
        rooms=rooms,
        geometry=_geometry(desk.settings),
        remember=lambda place: desk.change_settings(
            replace(desk.settings, window=binascii.b2a_base64(place, newline=False).decode())
        ),
        remember_text_size=lambda percent: desk.change_settings(replace(desk.settings, text_percent=percent)),
    )


def _geometry(settings: Settings) -> bytes:
    try:
        return binascii.a2b_base64(settings.window, strict_mode=True)
    except ValueError:
        return b""


def _tell(messages: Messages, loaded: LoadedSettings, crashes: CrashReports) -> None:
    show_crashes(crashes, lambda text: messages.keep(_CRASH, text, Kind.PROBLEM))
    if loaded.problems:
        messages.keep(_SETTINGS, " ".join(loaded.problems), Kind.NOTICE)


class _Door:
    """Opens and closes libraries, always in the database lane, and tells the home screen what came of it."""

    def __init__(self, desk: Desk, location: Location, times: StepTimes) -> None:
        self._desk = desk
        self._location = location
        self._times = times
        self._problems: tuple[Problem, ...] = ()
        self.journeys: Journeys

    def open_own(self) -> None:
        """Open the person's own library, or try again."""
        self._open(lambda: self._opened(self._location), example=False)

    def open_example(self) -> None:
        """Put the worked example in its place."""

        def work() -> Library:
            from cqcmock.services import examples

            return examples.open_example(Location(example_folder(self._location.folder)), self._desk.clock)

        self._open(work, example=True)

    def restore(self, backup: BackupInfo) -> None:
        """Put a backup in the library's place, and open it; what was there is put aside."""

        def work() -> Library:
            from cqcmock.services import library

            library.restore_backup(self._location, backup)
            return self._opened(self._location)

        self._open(work, example=False, done="The backup is in place. What was there before has been put aside.")

    def start_afresh(self) -> None:
        """Make a new library beside the damaged one that was put aside, and open it."""

        def work() -> Library:
            from cqcmock.services import library

            library.start_afresh(self._location)
            return self._opened(self._location)

        self._open(work, example=False)

    def _opened(self, location: Location) -> Library:
        from cqcmock.services import library, sittings

        opened = library.open_library(location)
        self._problems = library.sync_shipped_banks(opened)
        sittings.purge_deleted(opened, self._desk.clock)
        return opened

    def _open(self, work: Callable[[], Library], *, example: bool, done: str = "") -> None:
        desk = self._desk
        self._problems = ()
        home = self.journeys.home
        home.show_opening()

        def change_over() -> None:
            if desk.opened is not None:
                desk.opened.close()
                desk.opened = None
            desk.opened = work()

        def is_open(_: None) -> None:
            self._times.done("library open")
            if self._problems:
                told = "Some questions that come with the program could not be read: "
                desk.messages.keep(_BANKS, told + "; ".join(map(str, self._problems)), Kind.NOTICE)
            if done:
                desk.messages.say(done)
            home.set_example(example)
            desk.signals.changed.emit(change(*Subject))

        desk.tasks.database(change_over, then=is_open, failed=home.show_problem, doing="Opening the library")


def _close(desk: Desk) -> None:
    if desk.opened is not None:
        desk.tasks.database(desk.opened.close)
    desk.tasks.close()


def _print_times(times: StepTimes, *, as_json: bool) -> None:
    if as_json:
        import json

        text = json.dumps(times.steps)
    else:
        text = "\n".join(f"{milliseconds:8.1f} ms  {step}" for step, milliseconds in times.steps.items())
    print(text, flush=True)  # noqa: T201 - that is what was asked for
