"""Counting the flushes to the disk and slowing them down, by a small library that is compiled when it is needed."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.children import HERE

NO_COMPILER = "not measured: no C compiler"
NOT_LINUX = "not measured: only Linux lets a library be put before the system's own"


class NotMeasuredError(Exception):
    """This machine cannot do it, and the text says why."""


def preload(folder: Path) -> dict[str, str]:
    """What the environment of a process must hold for `SlowFlush` to work in it. Raises NotMeasuredError."""
    if not sys.platform.startswith("linux"):
        raise NotMeasuredError(NOT_LINUX)
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        raise NotMeasuredError(NO_COMPILER)
    made = folder / "slow_flush.so"
    if not made.exists():
        done = subprocess.run(
            [compiler, "-O1", "-shared", "-fPIC", "-o", made, HERE / "slow_flush.c", "-ldl"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode != 0:
            raise NotMeasuredError(f"not measured: the C compiler failed: {done.stderr.strip()}")
    return {"LD_PRELOAD": str(made)}


class SlowFlush:
    """In a process that was started with `preload`: what the library counts, and what it waits."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(None)
        self._library.flushes_so_far.restype = ctypes.c_long

    @property
    def count(self) -> int:
        """How often this process has flushed a file."""
        return int(self._library.flushes_so_far())

    def delay(self, milliseconds: int) -> None:
        """Make every flush from now on so much slower."""
        self._library.delay_each_flush(ctypes.c_long(milliseconds))
