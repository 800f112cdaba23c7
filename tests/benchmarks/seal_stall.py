"""How long the window is kept from its own work while a pack of forty rehearsals is made beside it, sealed with words.

Against it: the same pack, made on the window's thread.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from tests.benchmarks import children
from tests.benchmarks.figures import Bar, Figure, Scale, ratio

SEAL_STALL = Bar(
    name="seal-stall",
    path="longest stall of the window's thread while a pack of 40 sittings is made beside it",
    baseline="the same pack made on the window's thread",
    at_most=0.05,
)


def measure(scale: Scale, folder: Path) -> tuple[Figure, ...]:
    """Make packs both ways in turns."""
    given = {"folder": str(folder / "seal-stall"), "sittings": scale.packed_sittings, "packs": scale.packs}
    said = children.run(["-m", __name__], folder, stdin=given).lines[0]
    figure = ratio(SEAL_STALL, said["beside_ms"], said["on_the_window_ms"], "ms")
    figure.samples["making_beside_it_took_ms"] = [round(taken) for taken in said["taken_ms"]]
    return (figure,)


def _in_the_child(given: dict[str, Any]) -> dict[str, list[float]]:
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QApplication

    from cqcmock.clock import system_clock
    from cqcmock.services import packing
    from tests.benchmarks.heartbeat import Heartbeat
    from tests.benchmarks.packs import a_library, rehearsed
    from ui.tasks import Tasks

    app = QApplication(sys.argv[:1])
    failed: list[BaseException] = []
    tasks = Tasks(tell=failed.append, crash=failed.append)
    clock, folder = system_clock(), Path(given["folder"])
    said: dict[str, list[float]] = {"beside_ms": [], "on_the_window_ms": [], "taken_ms": []}
    with a_library(folder) as library:
        wanted = packing.Wanted(sittings=rehearsed(library, given["sittings"]), reviewer="Ann Example")

        def make() -> None:
            ready = packing.draft(library, wanted, clock)
            decisions = {finding.id: packing.Decision() for finding in ready.findings}
            words = packing.offered_passphrase()
            packing.seal(library, ready, decisions, folder / "pack", clock, passphrase=words)
            packing.remove(library, ready.pack.id)

        make()  # the imports, which `stall` measures
        heartbeat = Heartbeat(app)
        for _ in range(given["packs"]):
            loop = QEventLoop()
            heartbeat.first_frame = began = time.perf_counter()
            tasks.background(make, then=lambda _, loop=loop: loop.quit(), failed=lambda _, loop=loop: loop.quit())  # type: ignore[misc]
            loop.exec()
            ended = time.perf_counter()
            said["beside_ms"].append(heartbeat.longest_gap_ms(ended))
            said["taken_ms"].append((ended - began) * 1000)
            began = time.perf_counter()
            make()
            said["on_the_window_ms"].append((time.perf_counter() - began) * 1000)
            app.processEvents()
    tasks.close()
    if failed:
        raise RuntimeError("no pack was made") from failed[0]
    return said


if __name__ == "__main__":
    print(json.dumps(_in_the_child(json.load(sys.stdin))))  # noqa: T201
