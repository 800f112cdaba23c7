"""Do the main job and open the window with the network cut off, and say whether anything was tried: `network_watch`.

Each runs in a process of its own, whose search path and environment are ours but for what names a library.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from cqcmock import qt_check
from cqcmock.domain.english import count
from cqcmock.errors import UserError
from cqcmock.paths import DATA_DIR_VARIABLE, DATABASE_URL_VARIABLE
from cqcmock.services.network_watch import Attempt

MAIN_JOB: Final = "cqcmock.services.main_job"
THE_PROGRAM: Final = "cqcmock"
OPENING_THE_WINDOW: Final = "opening the window"

_WATCH: Final = "cqcmock.services.network_watch"
_SECONDS: Final = 120
_OPENED: Final = "home filled"
_DISPLAYS: Final = ("DISPLAY", "WAYLAND_DISPLAY")


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What came of a module that ran under the watch. `failed` is empty where it ended well, `printed` its lines."""

    failed: str
    printed: tuple[str, ...]
    attempts: tuple[Attempt, ...]
    desktop: tuple[str, ...]
    counted: int
    why_not: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the test and what came of it, in a sentence."""

    name: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the whole test found. `watched` says in words how it was watched, `counted` how many counters were read.

    `failed` are sentences about what did not work, `left_out` about what was not done, and why.
    """

    parts: tuple[Part, ...]
    attempts: tuple[Attempt, ...]
    desktop: tuple[str, ...]
    failed: tuple[str, ...]
    left_out: tuple[str, ...]
    watched: str
    counted: int

    @property
    def works(self) -> bool:
        """Whether everything worked and nothing was tried."""
        return not self.failed and not self.attempts

    def tried_in(self, part: Part) -> tuple[Attempt, ...]:
        """What was tried in one part."""
        return tuple(one for one in self.attempts if one.part == part.name)


def privacy_test(folder: Path, environment: Mapping[str, str] = os.environ) -> Outcome:
    """Do everything once in this folder, which is thrown away afterwards, and tell what was tried."""
    job = watched(MAIN_JOB, folder / "job", folder=folder, environment=environment)
    parts = [Part(name=line["part"], sentence=line["sentence"]) for line in map(json.loads, job.printed)]
    failed = [f"The main job did not come to its end. {job.failed}"] if job.failed else []
    runs = [job]
    left_out = []
    if qt_check.qt_version() is None:
        left_out.append("The window was not opened: it needs PySide6, which is not installed.")
    elif problem := qt_check.qt_problem():
        failed.append(f"The window was not opened. {problem}")
    else:
        window = _window(folder, environment)
        runs.append(window)
        if window.failed:
            failed.append(f"The window did not open. {window.failed}")
        else:
            parts.append(
                Part(name=OPENING_THE_WINDOW, sentence=f"The window was opened {_shown(environment)} and closed.")
            )
    if environment.get(DATABASE_URL_VARIABLE):
        left_out.append("The library on a database server was left alone: it is reached through the network.")
    return Outcome(
        parts=tuple(parts),
        attempts=tuple(attempt for run in runs for attempt in run.attempts),
        desktop=tuple(dict.fromkeys(said for run in runs for said in run.desktop)),
        failed=tuple(failed),
        left_out=tuple(left_out),
        watched=how_watched(runs),
        counted=min(run.counted for run in runs),
    )


def _window(folder: Path, environment: Mapping[str, str]) -> Watched:
    kept = dict(environment)
    if not _local_screen(environment):
        kept = {name: value for name, value in kept.items() if name not in _DISPLAYS} | {"QT_QPA_PLATFORM": "offscreen"}
    arguments = ("--data-dir", folder / "window", "--quit-when-ready")
    run = watched(THE_PROGRAM, *arguments, folder=folder, environment=kept)
    opened = any(_OPENED in line for line in run.printed)
    if not run.failed and not opened:
        run = replace(run, failed="It ended before its first screen was filled.")
    named = [value for name in _DISPLAYS if (value := kept.get(name)) and "QT_QPA_PLATFORM" not in kept]
    return replace(run, attempts=tuple(_of_the_window(run.attempts)), desktop=(*run.desktop, *named[-1:]))


def _of_the_window(attempts: Iterable[Attempt]) -> Iterable[Attempt]:
    """The window says of no part what it does: it is one part."""
    return (replace(one, part=OPENING_THE_WINDOW) for one in attempts)


def _local_screen(environment: Mapping[str, str]) -> bool:
    """Whether there is a screen that is reached without the network: “host:10” is one of another computer."""
    if environment.get("QT_QPA_PLATFORM"):
        return True  # somebody chose
    if not sys.platform.startswith("linux"):
        return True
    return bool(environment.get("WAYLAND_DISPLAY")) or environment.get("DISPLAY", "").startswith((":", "unix:"))


def _shown(environment: Mapping[str, str]) -> str:
    chosen = environment.get("QT_QPA_PLATFORM", "")
    if chosen.startswith(("offscreen", "minimal")) or not _local_screen(environment):
        return "without a screen"
    return "on the screen"


def watched(module: str, *arguments: object, folder: Path, environment: Mapping[str, str] = os.environ) -> Watched:
    """Run a module under the watch, in this folder. Whatever becomes of it is told in the answer."""
    report = folder / f"{module}.json"
    try:
        ran = subprocess.run(  # noqa: S603 - our own interpreter and a module of ours
            [sys.executable, "-m", _WATCH, str(report), module, *map(str, arguments)],
            cwd=folder,
            env=_environment(environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return _lost(f"It did not end within {count(_SECONDS // 60, 'minute')}.")
    try:
        found: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return _lost(f"It ended by itself, with the status {ran.returncode}, and left no report of what it tried.")
    return Watched(
        failed=found["failed"],
        printed=tuple(ran.stdout.splitlines()),
        attempts=tuple(Attempt(**one) for one in found["attempts"]),
        desktop=tuple(found["desktop"]),
        counted=found["counted"],
        why_not=found["why_not"],
    )


def _lost(why: str) -> Watched:
    return Watched(failed=why, printed=(), attempts=(), desktop=(), counted=0, why_not="no report was left")


def _environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Ours, so that the same program is found wherever we were started from, without any library of a person's own."""
    search = os.pathsep.join(part or str(Path.cwd()) for part in sys.path)
    kept = {
        name: value for name, value in environment.items() if name not in (DATABASE_URL_VARIABLE, DATA_DIR_VARIABLE)
    }
    return kept | {"PYTHONPATH": search, "PYTHONIOENCODING": "utf-8"}


def how_watched(runs: Sequence[Watched]) -> str:
    """In words, how these runs were watched."""
    python = (
        "Python’s audit events were watched, and connections, look-ups of names, listening ports and the start of "
        "other programs refused"
    )
    if why_not := next((run.why_not for run in runs if run.why_not), ""):
        return f"{python}. Code that is not Python was not watched, because {why_not}."
    counters = min(run.counted for run in runs)
    return f"{python}; {count(counters, 'counter')} of a network that leads nowhere were read for all other code."


def trouble(outcome: Outcome) -> UserError:
    """Everything that did not work and everything that was tried, by part, for an outcome that does not `work`."""
    return UserError(
        " ".join((*outcome.failed, *map(_told, outcome.attempts))), "Tell whoever looks after the program."
    )


def _told(tried: Attempt) -> str:
    to = f" ({tried.to})" if tried.to else ""
    where = f", in {tried.where}" if tried.where else ""
    return f"While {tried.part}, {tried.what} was tried{to}{where}."
