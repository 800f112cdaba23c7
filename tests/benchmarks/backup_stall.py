"""What a backup of a large library costs whoever is at work meanwhile: how long the window stands still, and a save.

The library is locked and has a hundred megabytes. The backup is made as the window makes one every half an hour;
somebody types on, and each save goes to the database lane and is waited for, as the interview's journal does.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tests.benchmarks import children
from tests.benchmarks.autosave import Typist
from tests.benchmarks.figures import Bar, Figure, Scale, quartiles

if TYPE_CHECKING:
    from cqcmock.paths import Location
    from cqcmock.services.library import Library
    from ui.backups.copying import Copying
    from ui.tasks import Tasks

STALL: Final = Bar(
    name="backup-stall",
    path="longest stall of the window's thread while a library of 100 MB is backed up",
    baseline="the clock",
    at_most=16,
    unit="ms",
)
SAVE: Final = Bar(
    name="backup-save",
    path="longest wait of a save that comes while a library of 100 MB is backed up",
    baseline="the clock",
    at_most=250,
    unit="ms",
)
KEY: Final = "5a" * 32
SECONDS_BETWEEN_SAVES: Final = 0.02


def measure(scale: Scale, folder: Path) -> tuple[Figure, ...]:
    """Make backups, one after the other, and count the worst moment of each."""
    given = {"folder": str(folder / "backup-stall"), "megabytes": scale.backup_megabytes, "backups": scale.backups}
    said = children.run(["-m", __name__], folder, stdin=given).lines[0]
    samples = {
        "backups": len(said["taken_ms"]),
        "library_mb": round(said["bytes"] / 1_000_000),
        "sittings": said["sittings"],
        "a_backup_took_ms": round(statistics.median(said["taken_ms"])),
    }
    return (
        _figure(STALL, said["stall_ms"], {**samples, "without_a_backup_ms": said["quiet_stall_ms"]}),
        _figure(
            SAVE, said["save_ms"], {**samples, "without_a_backup_ms": said["quiet_save_ms"], "saves": said["saves"]}
        ),
    )


def _figure(bar: Bar, worst: list[float], samples: dict[str, Any]) -> Figure:
    samples = {**samples, "worst_of_all_ms": round(max(worst), 1)}
    samples["without_a_backup_ms"] = round(statistics.median(samples["without_a_backup_ms"]), 1)
    return Figure(bar=bar, measured=statistics.median(worst), spread=quartiles(worst), samples=samples)


def _in_the_child(given: dict[str, Any]) -> dict[str, Any]:
    from cqcmock.paths import Location
    from cqcmock.services import library as libraries
    from tests.benchmarks import large_library
    from tests.benchmarks.interview_window import wait, wait_until

    place = Location(Path(given["folder"]), raw_key=KEY)
    said: dict[str, Any] = {name: [] for name in ("stall_ms", "save_ms", "quiet_stall_ms", "quiet_save_ms", "taken_ms")}
    with libraries.open_library(place) as library:
        libraries.sync_shipped_banks(library)
        said["sittings"] = large_library.fill(library, given["megabytes"])
        said["bytes"] = (place.folder / "library.sqlite").stat().st_size
        with _at_work(place, library) as (copying, watch):
            copying.keep_up()
            wait_until(lambda: any(_made(place)) and not copying.under_way)  # the imports, which `stall` measures
            for _ in range(given["backups"]):
                for path in _made(place):
                    path.unlink()  # so that another is due
                watch.begin()
                copying.keep_up()
                wait_until(lambda: any(_made(place)) and not copying.under_way)
                stall, saves, taken = watch.end()
                watch.begin()
                wait(taken / 1000)
                quiet_stall, quiet_saves, _ = watch.end()
                said["stall_ms"].append(stall)
                said["save_ms"].append(max(saves))
                said["quiet_stall_ms"].append(quiet_stall)
                said["quiet_save_ms"].append(max(quiet_saves))
                said["taken_ms"].append(taken)
                said["saves"] = said.get("saves", 0) + len(saves)
    return said


def _made(place: Location) -> list[Path]:
    return list((place.folder / "backups").glob("library-*.sqlite"))


@contextmanager
def _at_work(place: Location, library: Library) -> Iterator[tuple[Copying, Watch]]:
    """The window's own way to a backup, and somebody who types on and is watched."""
    from cqcmock.clock import system_clock
    from cqcmock.paths import resources_folder
    from cqcmock.settings import Settings
    from ui.app_signals import AppSignals
    from ui.desk import Desk
    from ui.messages import Messages
    from ui.tasks import Tasks
    from ui.theme import Theme, application

    app = application()
    failed: list[BaseException] = []
    tasks = Tasks(tell=failed.append, crash=failed.append)
    desk = Desk(
        tasks=tasks,
        messages=Messages(),
        signals=AppSignals(),
        theme=Theme(app, resources_folder()),
        clock=system_clock(),
        settings=Settings(),
        keep_settings=lambda _: None,
        place=place,
        opened=library,
    )
    watch = Watch(tasks, Typist(library))
    yield desk.copying, watch
    watch.stop()
    if not tasks.close():
        raise RuntimeError("the backup did not come to an end")
    if failed:
        raise RuntimeError("something went wrong meanwhile") from failed[0]


class Watch:
    """Types and saves without a pause, and knows how long the window stood still and each save took."""

    def __init__(self, tasks: Tasks, typist: Typist) -> None:
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication

        from tests.benchmarks.heartbeat import Heartbeat

        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._tasks = tasks
        self._typist = typist
        self._saves: list[float] = []
        self._asked_at: float | None = None
        self._heartbeat = Heartbeat(app)
        self._timer = QTimer(app)
        self._timer.timeout.connect(self._save)
        self._timer.start(round(SECONDS_BETWEEN_SAVES * 1000))

    def begin(self) -> None:
        """From now on it counts."""
        from tests.benchmarks.interview_window import wait_until

        wait_until(lambda: self._asked_at is None)
        self._saves.clear()
        self._heartbeat.beats.clear()
        self._heartbeat.first_frame = time.perf_counter()

    def end(self) -> tuple[float, list[float], float]:
        """The longest stall, what each save took, and how long it was watched, in milliseconds."""
        from tests.benchmarks.interview_window import wait_until

        ended = time.perf_counter()
        stall = self._heartbeat.longest_gap_ms(ended)
        wait_until(lambda: self._asked_at is None and bool(self._saves))
        return stall, list(self._saves), (ended - self._heartbeat.first_frame) * 1000

    def stop(self) -> None:
        """No more saves."""
        self._timer.stop()

    def _save(self) -> None:
        if self._asked_at is None:  # one on its way at a time, as the journal has it
            self._asked_at = time.perf_counter()
            self._typist.type_on()
            self._tasks.database(self._typist.save, then=lambda _: self._saved())

    def _saved(self) -> None:
        assert self._asked_at is not None
        self._saves.append((time.perf_counter() - self._asked_at) * 1000)
        self._asked_at = None


if __name__ == "__main__":
    print(json.dumps(_in_the_child(json.load(sys.stdin))))  # noqa: T201
