"""Recording a deed once, and cutting the power on it as often as one likes."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.power_cuts.deed import CorruptError, Deed, HalfDoneError, Heard, LostError
from tests.power_cuts.deeds import deed as named
from tests.power_cuts.disk import Disk, lay_out, replay
from tests.power_cuts.hands import CANNOT_BE_TRACED
from tests.power_cuts.recorder import (
    VOLATILE,
    Flushed,
    Linked,
    LostTrackError,
    Made,
    Record,
    Recorder,
    Removed,
    Renamed,
    Said,
    Sized,
)
from tests.power_cuts.tracing import CannotTraceError, follow, why_not

CHECKOUT = Path(__file__).parents[2]
_SHOWN = 5


@dataclass(slots=True, kw_only=True)
class Recording:
    """A deed that was done once: the folder as it was before, and everything that was told to the disk."""

    name: str
    deed: Deed
    before: Path
    numbers: dict[str, int]
    records: list[Record]


@dataclass(slots=True, kw_only=True)
class Result:
    """What came of the cuts: how many there were, and a line for each that did harm. `amid` counts those that came
    while something was under way."""

    fault: str
    person_sees: str
    tried: int = 0
    amid: int = 0
    corrupt: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    half_done: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        lines = [f"{self.fault}: {self.tried} cuts"]
        for harm in ("corrupt", "lost", "half_done"):
            found = getattr(self, harm)
            lines.append(f"  {harm}: {len(found)}")
            lines += [f"    {line}" for line in found[:_SHOWN]]
        return "\n".join(lines)

    @property
    def harmless(self) -> bool:
        """Whether no cut did any harm."""
        return not (self.corrupt or self.lost or self.half_done)


@contextmanager
def quick_folder() -> Iterator[Path]:
    """A folder in memory where there is one: what is flushed here need not outlive anything."""
    memory = Path("/dev/shm")
    where = memory if memory.is_dir() and os.access(memory, os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=where, prefix="power-cuts-") as name:
        yield Path(name).resolve()


def record(name: str, folder: Path, *weakened: str) -> Recording:
    """Do a deed in another process and keep what it tells the disk. Skips the test where nobody may look on.

    What was seen is compared with the files at the end: a write that escaped the recorder fails the test.
    """
    if reason := why_not():
        pytest.skip(reason)
    deed = named(name)
    before, during, said = folder / "before", folder / "during", folder / "said"
    during.mkdir(parents=True)
    said.touch()
    deed.prepare(during)
    shutil.copytree(during, before)
    recorder = Recorder(during, said)
    numbers = dict(recorder.names)
    _do(name, recorder, said, weakened)
    seen = replay(before, numbers, recorder.records).everything()
    _check_nothing_escaped(during, seen)
    return Recording(name=name, deed=deed, before=before, numbers=numbers, records=recorder.records)


def _do(name: str, recorder: Recorder, said: Path, weakened: Sequence[str]) -> None:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST", "COV"))}
    with tempfile.TemporaryFile() as stderr:
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.power_cuts.hands", name, recorder.folder, str(said), *weakened],
            cwd=CHECKOUT,
            env=kept | {"PYTHONDONTWRITEBYTECODE": "1"},
            stderr=stderr,
            process_group=0,
        )
        try:
            status = follow(child.pid, recorder.see)
        except CannotTraceError as error:
            pytest.skip(str(error))
        finally:
            child.kill()
            child.wait()
        stderr.seek(0)
        complaints = stderr.read().decode()
    if status == CANNOT_BE_TRACED:
        pytest.skip("a process may not be followed here, not even by its parent")
    assert not complaints, complaints
    assert status == 0


def _check_nothing_escaped(folder: Path, seen: dict[str, bytes | None]) -> None:
    there: dict[str, bytes | None] = {".": None}
    for file in folder.rglob("*"):
        there[str(file.relative_to(folder))] = None if file.is_dir() else file.read_bytes()
    for files in (there, seen):
        for path in [one for one in files if one.endswith(VOLATILE)]:
            del files[path]
    if there != seen:
        wrong = sorted(path for path in {*there, *seen} if there.get(path, b"-") != seen.get(path, b"-"))
        raise LostTrackError(f"the files are not what was seen to be written: {', '.join(wrong)}")


def cut(recording: Recording, cuts: int, folder: Path, seed: int = 1) -> Result:
    """Cut the power so many times, each at its own moment and with its own luck, and look at what is left."""
    deed = recording.deed
    result = Result(fault=deed.fault, person_sees=deed.person_sees)
    disk, at = Disk(recording.before, recording.numbers), 0
    lines: list[str] = []
    for number, moment in enumerate(_moments(recording.records, cuts, random.Random(seed))):
        for one in recording.records[at:moment]:
            disk.tell(one)
            if isinstance(one, Said):
                lines.append(one.line)
        at = moment
        left = folder / f"cut-{number}"
        left.mkdir()
        lay_out(disk.after_a_cut(random.Random(f"{seed}-{number}")), left)
        where = f"cut {number} of seed {seed}, after record {moment} of {len(recording.records)}"
        heard = Heard(lines)
        _look(deed, left, heard, result, where)
        shutil.rmtree(left)
        result.tried += 1
        result.amid += heard.is_amid
    return result


def _moments(records: Sequence[Record], cuts: int, dice: random.Random) -> list[int]:
    """When to cut, in order, as a number of records: a third of the cuts just before or after a file gets another name
    or something is said, a third beside a flush or a change of names, and a third anywhere."""
    chosen: list[int] = []
    for share, kinds in ((3, (Renamed, Linked, Said)), (2, (Flushed, Made, Removed, Sized)), (1, object)):
        there = [number for number, one in enumerate(records) if isinstance(one, kinds)]
        beside = sorted({*there, *(number + 1 for number in there)})
        if beside:
            rounds, rest = divmod((cuts - len(chosen)) // share, len(beside))
            chosen += beside * rounds + dice.sample(beside, rest)
    return sorted(chosen)


def _look(deed: Deed, left: Path, heard: Heard, result: Result, where: str) -> None:
    try:
        deed.check(left, heard)
    except LostError as error:
        result.lost.append(f"{where}: {error}")
    except HalfDoneError as error:
        result.half_done.append(f"{where}: {error}")
    except CorruptError as error:
        result.corrupt.append(f"{where}: {error}")
    except Exception as error:  # whatever the program cannot cope with
        result.corrupt.append(f"{where}: {type(error).__name__}: {error}")
