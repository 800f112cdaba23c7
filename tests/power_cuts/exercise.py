"""Every way in which Python and SQLite alter files, done on purpose, with flushes that are counted."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

from cqcmock.atomic import write_atomically
from tests.power_cuts.deed import CorruptError, Deed, Heard, LostError, Say

PLACE = "place"
CONTENT = bytes(range(256)) * 11
KEPT = ("kept", "replaced", "copied")


class Exercise(Deed):
    """Not a deed of the program: the recorder and the disk are tried by it."""

    fault = "The power fails while a file is written atomically"
    person_sees = "The whole file"

    def prepare(self, folder: Path) -> None:
        (folder / PLACE).mkdir()
        (folder / PLACE / "replaced").write_bytes(b"old")
        (folder / PLACE / "grown").write_bytes(b"begin")

    def do(self, folder: Path, say: Say) -> None:
        place, flushes = folder / PLACE, 0
        for name in ("kept", "replaced"):
            say.begun("whole", name)
            write_atomically(place / name, CONTENT)
            say.done("whole", name)
            flushes += 2
        shutil.copyfile(place / "kept", place / "copied")
        flushes += _flush(place / "copied") + _flush(place)
        say.done("whole", "copied")
        with (place / "grown").open("ab") as file:
            file.write(b"more")
        handle = os.open(place / "grown", os.O_RDWR)
        os.pwrite(handle, b"B", 0)
        os.writev(handle, [b"e", b"g"])
        os.lseek(handle, 100, os.SEEK_SET)
        os.write(handle, b"behind a hole")
        os.ftruncate(handle, 105)
        os.fdatasync(handle)
        os.close(handle)
        (place / "emptied").write_bytes(CONTENT)
        (place / "emptied").write_bytes(b"")
        (place / "second").hardlink_to(place / "grown")
        (place / "deep" / "deeper").mkdir(parents=True)
        (place / "deep" / "deeper" / "file").write_bytes(CONTENT)
        (place / "deep").rename(place / "renamed")
        shutil.copytree(place / "renamed", place / "gone")
        shutil.rmtree(place / "gone")
        (place / "second").unlink()
        beside = threading.Thread(target=lambda: _flush(place / "grown"))
        beside.start()
        beside.join()
        say.done("flushes", flushes + 2)

    def check(self, folder: Path, said: Heard) -> None:
        for name in KEPT:
            file = folder / PLACE / name
            if name in said.done("whole"):
                if not file.exists() or file.read_bytes() != CONTENT:
                    raise LostError(name)
            elif name == "replaced" and file.read_bytes() not in (b"old", CONTENT):
                raise CorruptError(name)


def _flush(path: Path) -> int:
    handle = os.open(path, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)
    return 1
