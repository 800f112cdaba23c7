"""The command line as scripts use it: arguments in, exit status and two streams out."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cqcmock.__main__ import main


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)


Run = Callable[..., Outcome]


@pytest.fixture
def cqcmock(tmp_path: Path, prepared_library: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on a library of its own, which has the shipped banks already."""
    shutil.copytree(prepared_library, tmp_path / "data")

    def run(*arguments: str | Path) -> Outcome:
        status = main(["--data-dir", str(tmp_path / "data"), *map(str, arguments)])
        out, err = capsys.readouterr()
        return Outcome(status, out, err)

    return run
