"""What a deed is to the harness: how it is got ready, done in another process, and looked at after a power cut."""

from __future__ import annotations

import json
import os
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any, ClassVar

BEGUN, DONE = "begun", "done"


class CorruptError(Exception):
    """Something cannot be read after the cut, or is not what anybody wrote."""


class LostError(Exception):
    """Something that was announced as done is not there."""


class HalfDoneError(Exception):
    """Something is there in part."""


class Deed(ABC):
    """One deed of the program. `fault` says what goes wrong when, `person_sees` what of it is on the screen then.

    `prepare` is called in the test's process, `do` in another one, whose every write is recorded, and `check` for each
    cut in the test's process again, on the same object that prepared.
    """

    fault: ClassVar[str]
    person_sees: ClassVar[str]

    @abstractmethod
    def prepare(self, folder: Path) -> None:
        """Have an empty folder be as it is before the deed."""

    @abstractmethod
    def do(self, folder: Path, say: Say) -> None:
        """Do it through the program's own code, saying beforehand what is begun, and what is done once it returned."""

    @abstractmethod
    def check(self, folder: Path, said: Heard) -> None:
        """Open what the cut left with the program's own code. Raises one of the three errors above."""


class Say:
    """Announces what was begun and what was done, in order with everything that is written."""

    def __init__(self, file: Path) -> None:
        self._handle = os.open(file, os.O_WRONLY | os.O_APPEND)

    def begun(self, what: str, about: Any = None) -> None:
        """From now on it may have been done."""
        self._write(BEGUN, what, about)

    def done(self, what: str, about: Any = None) -> None:
        """The call returned: from now on it must not be lost."""
        self._write(DONE, what, about)

    def _write(self, *line: Any) -> None:
        os.write(self._handle, json.dumps(line).encode() + b"\n")


class Heard:
    """What had been announced when the power failed."""

    def __init__(self, lines: list[str]) -> None:
        self.lines: list[tuple[str, str, Any]] = [tuple(json.loads(line)) for line in lines]

    def done(self, *whats: str) -> list[Any]:
        """What is said about those that were done, in order."""
        return [about for state, what, about in self.lines if state == DONE and what in whats]

    def under_way(self, *whats: str) -> list[Any]:
        """What is said about the one that was begun last and not done, if it is one of these."""
        if not self.lines or self.lines[-1][0] == DONE or self.lines[-1][1] not in whats:
            return []
        return [self.lines[-1][2]]

    @property
    def is_amid(self) -> bool:
        """Whether something had been begun and was not done."""
        return bool(self.lines) and self.lines[-1][0] == BEGUN
