"""Running a window, or anything that needs a fresh process, and reading what it says about itself.

Compiled files go to a folder of the run: an installed program has them, and a checkout may not be allowed to keep any.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
TOO_LONG_SECONDS = 180


@dataclass(frozen=True, slots=True)
class Said:
    """What a process printed, and the wall-clock time at which it was started, in seconds."""

    spawned_at: float
    lines: tuple[dict[str, Any], ...]


def run(
    arguments: Sequence[str], folder: Path, *, stdin: Any = None, environment: Mapping[str, str] | None = None
) -> Said:
    """Run Python with these arguments; each line that it prints is a JSON object. Raises RuntimeError if it fails."""
    settings = {**os.environ, **(environment or {})}
    settings.pop("PYTHONDONTWRITEBYTECODE", None)
    settings.update(
        PYTHONPATH=str(ROOT),
        PYTHONPYCACHEPREFIX=str(folder / "compiled"),
        QT_QPA_PLATFORM="offscreen",
        LC_ALL="C.UTF-8",
    )
    given = None if stdin is None else json.dumps(stdin)
    command = [sys.executable, *arguments]
    spawned_at = time.time()
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=settings,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as child:
        try:
            printed, complaints = child.communicate(given, timeout=TOO_LONG_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            raise
    if child.returncode != 0:
        raise RuntimeError(f"{' '.join(arguments)} ended with {child.returncode}:\n{complaints}\n{printed}")
    return Said(spawned_at, tuple(json.loads(line) for line in printed.splitlines() if line.startswith("{")))


def script(name: str) -> tuple[str, str]:
    """The arguments that run a script of this folder; nothing beside it is importable, as with an installed command."""
    return "-P", str(HERE / name)
