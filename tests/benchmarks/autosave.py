"""What it costs to bring typed words to the disk: flushes for each save, and time for each save.

Saves are made as the interview's journal makes them. The plainest thing that is as durable is a line added to a file
and flushed; both are measured on a disk that takes 5 ms to flush, in turns, in one process.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks import children
from tests.benchmarks.figures import Bar, Figure, Scale, ratio
from tests.benchmarks.slow_flush import NotMeasuredError, SlowFlush, preload

if TYPE_CHECKING:
    from cqcmock.domain.interview import Event
    from cqcmock.services.library import Library

FLUSHES = Bar(name="flushes", path="flushes per autosave", baseline="counted", at_most=1.01, unit="")
SAVE = Bar(
    name="autosave",
    path="one durable autosave",
    baseline="append + fdatasync, both with 5 ms added to each flush",
    at_most=1.5,
)
LAPTOP_FLUSH_MS = 5
LONGEST = 3200
WORDS = "We asked 212 unpaid carers what would help, and most of them said a break that they can plan. "


def measure(scale: Scale, folder: Path) -> tuple[Figure, ...]:
    """Count the flushes of many saves, and time some on a slow disk."""
    try:
        environment = preload(folder)
    except NotMeasuredError as reason:
        return tuple(Figure(bar=bar, measured=None, note=str(reason)) for bar in (FLUSHES, SAVE))
    given = {"folder": str(folder / "autosave"), "saves": scale.saves, "slow_saves": scale.slow_saves}
    said = children.run(["-m", __name__], folder, stdin=given, environment=environment).lines[0]
    flushed = Figure(
        bar=FLUSHES,
        measured=said["flushes"] / scale.saves,
        samples={"saves": scale.saves, "flushes": said["flushes"], "bytes_typed_up_to": LONGEST},
    )
    return flushed, ratio(SAVE, said["save_ms"], said["append_ms"], "ms")


class Typist:
    """An interview in which an answer grows, as the journal hands it to the library."""

    def __init__(self, library: Library) -> None:
        from cqcmock.clock import system_clock
        from cqcmock.services import rehearsing
        from cqcmock.services.live import LiveInterview
        from cqcmock.settings import Settings

        set_up = replace(rehearsing.default_set_up(library, Settings()), seed=1)
        clock = system_clock()
        sitting = rehearsing.start(library, rehearsing.make_plan(library, set_up), "", clock)
        self._library = library
        self._sitting = sitting.id
        self._waiting: dict[int, Event] = {}
        self._live = LiveInterview(sitting.plan, (), clock, self._waiting.__setitem__)
        self._text = ""
        self._live.show_next()
        self._live.begin_answer()
        self.save()

    @property
    def line(self) -> bytes:
        """The answer as it is now."""
        return self._text.encode()

    def type_on(self) -> None:
        """A few more words; a long answer ends, and the next begins."""
        if len(self._text) > LONGEST:
            self._live.end_answer(self._text, ask_on=False)
            self._text = ""
            self._live.show_again()
            self._live.begin_answer()
            self.save()
        self._text += WORDS[: 5 + len(self._text) % 40]
        self._live.save_text(self._text)

    def save(self) -> None:
        """Bring everything that is new to the disk."""
        from cqcmock.services import sittings

        sittings.keep_events(self._library, self._sitting, tuple(sorted(self._waiting.items())))
        self._waiting.clear()


@contextmanager
def _a_library(folder: Path) -> Iterator[Library]:
    from cqcmock.paths import Location
    from cqcmock.services import library as libraries

    library = libraries.open_library(Location(folder))
    try:
        libraries.sync_shipped_banks(library)
        yield library
    finally:
        library.close()


def _in_the_child(given: dict[str, Any]) -> dict[str, Any]:
    disk = SlowFlush()
    with _a_library(Path(given["folder"])) as library:
        typist = Typist(library)
        flushes = 0
        for _ in range(given["saves"]):
            typist.type_on()
            before = disk.count
            typist.save()
            flushes += disk.count - before
        disk.delay(LAPTOP_FLUSH_MS)
        save_ms, append_ms = [], []
        with (Path(given["folder"]) / "appended").open("ab", buffering=0) as plain:

            def append() -> None:
                plain.write(typist.line)
                os.fdatasync(plain.fileno())

            for _ in range(given["slow_saves"]):
                typist.type_on()
                save_ms.append(_timed(typist.save))
                append_ms.append(_timed(append))
        disk.delay(0)
    return {"flushes": flushes, "save_ms": save_ms, "append_ms": append_ms}


def _timed(deed: Callable[[], None]) -> float:
    began = time.perf_counter()
    deed()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    print(json.dumps(_in_the_child(json.load(sys.stdin))))  # noqa: T201
