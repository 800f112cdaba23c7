"""A real library in a folder of its own."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cqcmock.storage.library import Library, open_library

NOBODY = 65534


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder whose name has everything that an address would trip over."""
    return tmp_path / "Zoë's data ?#%41 & so on"


@pytest.fixture
def library(folder: Path) -> Iterator[Library]:
    """An open library with nothing in it."""
    with open_library(folder) as opened:
        yield opened


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that another user can reach, for tests that give up the rights of the superuser."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def read_only(open_to_all: Path) -> Iterator[Callable[[Path], None]]:
    """Makes a folder below `open_to_all` read-only, for the superuser as well: the test goes on as another user."""
    assert open_to_all.is_dir()
    closed: list[Path] = []

    def close(folder: Path) -> None:
        if os.geteuid() == 0:
            for path in (folder, *folder.rglob("*")):
                os.chown(path, NOBODY, NOBODY)
        folder.chmod(0o500)
        closed.append(folder)
        if os.geteuid() == 0:
            os.seteuid(NOBODY)

    yield close
    if os.getuid() == 0:
        os.seteuid(0)
    for folder in closed:
        folder.chmod(0o700)
