"""The test's side of a process: start it, hear what it says, tell it things, end it or kill it."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Self

from cqcmock.storage import engine

CHECKOUT = Path(__file__).parents[2]
SECONDS = 40.0
PAGE = 4096
_DRIVER = ("-m", "tests.e2e.driver")
OF_THE_TEST_PLATFORM = "This plugin does not support "
"""Said by Qt's platform without a screen, of what it lacks itself; no other platform says it."""


def environment(**more: str) -> dict[str, str]:
    """The environment of a program that is looked at off screen."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "QT_", "COV"))}
    return kept | {"QT_QPA_PLATFORM": "offscreen"} | more


def stderr_of(text: str) -> list[str]:
    """The lines that the program itself put out."""
    return [line for line in text.splitlines() if line.strip() and not line.startswith(OF_THE_TEST_PLATFORM)]


class Program:
    """The program with a play in it. Leaving the block kills it where it still runs."""

    def __init__(
        self,
        play: str,
        folder: Path,
        *own: object,
        checkout: Path = CHECKOUT,
        prefix: Sequence[str] = (),
        **more_environment: str,
    ) -> None:
        self.said: list[dict[str, Any]] = []
        self._looked_at = 0
        self._log = folder / "logs" / "crash.log"
        self._rest = b""
        self._stderr = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115 - closed by exit
        self.process = subprocess.Popen(
            [*prefix, sys.executable, *_DRIVER, play, *(f"+{part}" for part in own), "--data-dir", str(folder)],
            cwd=checkout,
            env=environment(**more_environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._stderr,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.kill()
        for stream in (self.process.stdin, self.process.stdout, self._stderr):
            if stream is not None:
                stream.close()

    def do(self, deed: str, *arguments: object) -> Any:
        """Have the play `obey` do one deed of `deeds.py`, and return what came of it."""
        self._tell(deed, *arguments)
        return self.hear("done")

    def _tell(self, *call: object) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(call).encode() + b"\n")
        self.process.stdin.flush()

    def hear(self, name: str, seconds: float = SECONDS) -> Any:
        """Wait until the play says something of this name, and return the value."""
        until = time.monotonic() + seconds
        while True:
            while self._looked_at < len(self.said):
                facts = self.said[self._looked_at]
                self._looked_at += 1
                if "stuck" in facts or "broken" in facts:
                    told = json.dumps(facts, indent=1, ensure_ascii=False)
                    raise AssertionError(f"{facts.get('broken', '')}\n{told}\n{self._logged()}\n{self.stderr()}")
                if name in facts:
                    return facts[name]
            if not self._read(until - time.monotonic()):
                ended = self.process.poll()
                raise AssertionError(f"no “{name}” came ({ended}): {self.said[-3:]}\n{self._logged()}\n{self.stderr()}")

    def _logged(self) -> str:
        return self._log.read_text(encoding="utf-8") if self._log.exists() else ""

    def all(self, name: str) -> list[Any]:
        """Every value of this name so far."""
        return [facts[name] for facts in self.said if name in facts]

    def _read(self, seconds: float) -> bool:
        assert self.process.stdout is not None
        descriptor = self.process.stdout.fileno()
        if seconds <= 0 or not select.select([descriptor], [], [], seconds)[0]:
            return False
        chunk = os.read(descriptor, 1 << 20)
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        self.said += [json.loads(line) for line in lines]
        return bool(chunk)

    def kill(self) -> None:
        """kill -9, and hear what it still managed to say."""
        self.process.kill()
        self.process.wait()
        while self._read(5.0):
            pass

    def gives_way(self) -> bool:
        """Whether it ends because of another window, once that is settled: otherwise its home screen is filled."""
        self._tell("home")
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            self._read(0.05)
            if any("ended" in facts for facts in self.said):
                self.process.wait(SECONDS)
                return True
            if any("done" in facts for facts in self.said):
                self._looked_at = len(self.said)
                return False
        raise AssertionError(f"neither open nor ended: {self.said}, {self.stderr()}")

    def stop(self) -> None:
        """Have the system stop it where it stands."""
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Have the system let it go on."""
        self.process.send_signal(signal.SIGCONT)

    def die(self) -> None:
        """Have it end in native code."""
        self._tell("die")
        self.hear("dying")
        assert self.process.wait(SECONDS) == -signal.SIGABRT

    def end(self, status: int = 0) -> list[str]:
        """Close the window, wait for the end, check the exit status, and return what it put on stderr."""
        self._tell("quit_program")
        self.hear("ended")
        assert self.process.wait(SECONDS) == status, (self.process.returncode, self.stderr())
        return self.stderr()

    def stderr(self) -> list[str]:
        """The lines on stderr so far that are the program's own."""
        self._stderr.seek(0)
        return stderr_of(self._stderr.read())


def command(*arguments: object, checkout: Path = CHECKOUT, **more: str) -> subprocess.CompletedProcess[str]:
    """`cqcmock` with these arguments, as its user runs it."""
    return subprocess.run(
        [sys.executable, "-m", "cqcmock", *map(str, arguments)],
        cwd=checkout,
        env=environment(**more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


def fill(ballast: Path, leave: int = 0) -> None:
    """Fill the disk of this file with it, but for so many bytes."""
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"x" * PAGE)
    with ballast.open("rb+") as file:
        file.truncate(max(0, ballast.stat().st_size - leave))


def facts(library: Path, statement: str) -> list[tuple[Any, ...]]:
    """What the library file says, read with the bare driver."""
    with closing(engine.connect(library)) as connection:
        return [tuple(row) for row in connection.execute(statement).fetchall()]
