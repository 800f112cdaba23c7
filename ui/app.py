"""The window's start: the only module that sees everything, and puts it together.

`run` goes through these steps, each with its own function or line:

1.  claim the data folder; a second start brings the first window to the front and ends
2.  take over the hooks for errors that nobody catches, and see whether the last run ended badly
3.  read the settings, put on the theme and the type size
4.  make the lanes, the messages and the desk that every screen is given
5.  show the window and let it paint its first frame: nothing slow has been imported yet
6.  make the home screen, which says that the library is being opened
7.  in the database lane: open the library, bring the shipped banks up to date, and fill the home screen; where it is
    locked and this computer's keyring does not open it, the words are asked for first
8.  keep a log, listen for a second start, and have Python collect what is thrown away: none of it beside step 7
9.  run until the window closes, then let the lanes end, close the library, and give the folder back
"""

from __future__ import annotations

import binascii
import gc
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from cqcmock.clock import system_clock
from cqcmock.errors import UserError
from cqcmock.paths import Location, resources_folder
from cqcmock.settings import LoadedSettings, Settings, load_settings, save_settings
from ui import instance
from ui.app_signals import AppSignals
from ui.crash import CrashReports, show_crashes
from ui.desk import Desk
from ui.library_door import LibraryDoor
from ui.lock.gate import Gate
from ui.main_window import TITLE, MainWindow, Room
from ui.messages import Kind, Messages
from ui.rooms import HOME, Journeys
from ui.tasks import Tasks
from ui.theme import Theme, ThemeChoice, application

_SETTINGS = "settings"
_CRASH = "crash"
_LONG_START_MS = 1000
"""What waits for the home screen waits no longer than this: a second start listens for three seconds."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The program put together: what screens share, the window, the ways through it, the door to the library, and the
    gate before it."""

    desk: Desk
    window: MainWindow
    journeys: Journeys
    door: LibraryDoor
    gate: Gate

    def close(self) -> None:
        """Let everything in the lanes reach the disk, then close the library. The window is closed already."""
        desk, copying = self.desk, self.desk.copying

        def close() -> None:
            with copying.held_off():
                if desk.opened is not None:
                    desk.opened.close()

        desk.tasks.database(close)
        desk.tasks.close()


def compose(
    app: QApplication, location: Location, settings: Settings, crashes: CrashReports, times: StepTimes
) -> House:
    """Put the program together; nothing is shown and nothing is opened yet."""
    desk = _make_desk(app, location, settings, crashes)
    made: list[House] = []
    gate = Gate(desk, lambda: made[0].window, HOME)

    def opened() -> None:
        times.done("library open")
        gate.library_opened()
        journeys.keeping.library_opened()

    door = gate.door = LibraryDoor(desk, lambda: made[0].journeys.home, opened, gate.ask_words)
    journeys = Journeys(desk, lambda: made[0].window, door, gate)
    window = _make_window(desk, journeys.rooms())
    made.append(House(desk=desk, window=window, journeys=journeys, door=door, gate=gate))
    window.closing.connect(lambda: desk.copying.stop_what_nobody_asked_for())
    journeys.handle_commands()
    journeys.keeping.handle_commands()
    gate.handle_commands()
    return made[0]


def run(location: Location, options: Options) -> int:
    """Open the window and run until it closes; returns the exit status."""
    times = StepTimes(options.process_started)
    times.done("imports")
    app = application()
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
        house = compose(app, location, loaded.settings, crashes, times)
        window = house.window
        _tell(house.desk.messages, loaded, crashes)
        window.painted.connect(lambda: times.done("first frame"))
        window.painted.connect(lambda: QTimer.singleShot(0, window, after_first_frame))
        left: list[bool] = []
        start_over = QTimer(window)
        start_over.setSingleShot(True)

        def after_first_frame() -> None:
            from PySide6.QtCore import Qt  # only now: see `ui.first_frame`

            start_over.start(_LONG_START_MS)
            window.go(HOME)
            times.done("home screen made")
            house.journeys.home.filled.connect(filled, Qt.ConnectionType.SingleShotConnection)
            house.gate.asks.connect(filled, Qt.ConnectionType.SingleShotConnection)
            house.gate.may_ask = not options.quit_when_ready
            house.door.open_own()

        def filled() -> None:
            times.done("home filled")
            if start_over.isActive():
                start_over.stop()
                QTimer.singleShot(0, window, afterwards)
            if options.quit_when_ready and not left:
                left.append(True)
                QTimer.singleShot(0, window, leave)

        def afterwards() -> None:
            from cqcmock.logs import logging_to

            logs.enter_context(logging_to(location.folder))
            claimed.listen(window.raise_to_front)
            if not gc.isenabled():  # as `cqcmock.__main__` left it
                gc.freeze()  # what the start made is here to stay: nobody need look through it again
                gc.enable()

        def leave() -> None:
            _print_times(times, as_json=options.as_json)
            window.close()

        start_over.timeout.connect(afterwards)
        window.show()
        status = app.exec()
        house.close()
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
        place=location,
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


def _print_times(times: StepTimes, *, as_json: bool) -> None:
    if as_json:
        import json

        text = json.dumps(times.steps)
    else:
        text = "\n".join(f"{milliseconds:8.1f} ms  {step}" for step, milliseconds in times.steps.items())
    print(text, flush=True)  # noqa: T201 - that is what was asked for
