"""A full café in the real window, with its room window on a projector, for benchmarks in a process of their own."""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cqcmock.clock import system_clock
from cqcmock.paths import Location, resources_folder
from cqcmock.services import library as libraries
from cqcmock.settings import Settings, save_settings
from tests.benchmarks import full_cafe
from tests.benchmarks.cafe_watch import WatchedTasks, wait_until
from ui.app_signals import AppSignals
from ui.cafe.run_screen import RunScreen
from ui.cafe.run_start import run_start
from ui.desk import Desk
from ui.main_window import MainWindow, Room
from ui.messages import Messages
from ui.screen import Screen
from ui.theme import Theme, ThemeChoice, application

SCREENS = (("Laptop", 0, 1366, 768), ("Projector", 1366, 1920, 1080))


@dataclass(frozen=True, slots=True)
class CafeWindow:
    """Both windows of one session."""

    desk: Desk
    tasks: WatchedTasks
    window: MainWindow
    screen: RunScreen


def put_two_screens(folder: Path) -> None:
    """A laptop and a projector, as far as Qt can tell; to be called before there is an application."""
    shape = {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    screens = [
        {"name": name, "x": x, "y": 0, "width": width, "height": height, **shape} for name, x, width, height in SCREENS
    ]
    file = folder / "screens.json"
    file.write_text(json.dumps({"screens": screens}), encoding="utf-8")
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={file}"


@contextmanager
def open_cafe(folder: Path) -> Iterator[CafeWindow]:
    """A full session that is planned and not started, in the library of this folder."""
    app = application()
    library = libraries.open_library(Location(folder))
    crashes: list[BaseException] = []
    messages = Messages()
    tasks = WatchedTasks(tell=messages.tell, crash=crashes.append)
    try:
        libraries.sync_shipped_banks(library)
        clock = system_clock()
        session = full_cafe.build(library, clock)
        desk = Desk(
            tasks=tasks,
            messages=messages,
            signals=AppSignals(),
            theme=Theme(app, resources_folder(), choice=ThemeChoice.LIGHT),
            clock=clock,
            settings=Settings(),
            keep_settings=lambda settings: save_settings(folder, settings),
            place=Location(folder),
            opened=library,
        )
        desk.theme.complete()
        rooms = (Room(id="home", title="Home", make=Screen), Room(id="cafe", title="Café", make=Screen))
        window = MainWindow(theme=desk.theme, tasks=tasks, messages=messages, rooms=rooms)
        window.show()
        window.activateWindow()
        window.go("home")
        gc.collect()
        gc.freeze()  # as the program does once its first room is there
        screen = RunScreen(desk, window.commands, run_start(desk, session))
        window.stay(screen, "cafe")
        wait_until(lambda: not tasks.busy)
        yield CafeWindow(desk, tasks, window, screen)
        if not window.close():
            raise RuntimeError("the session could not be put by")
    finally:
        tasks.close()
        library.close()
    if crashes:
        raise crashes[0]
