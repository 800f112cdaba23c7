"""Data folders for the program as a process: made once, and copied for each test."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cqcmock.clock import system_clock
from cqcmock.domain.plan import Timing
from cqcmock.paths import Location
from cqcmock.services import library, rehearsing, sittings
from cqcmock.settings import Settings, save_settings

if not sys.platform.startswith("linux"):  # kill, mount, strace: the others have no like of them
    collect_ignore_glob = ["test_*.py"]

MakeFolder = Callable[[], Path]


@pytest.fixture(scope="session")
def _begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with a rehearsal of forty questions that was set up and not begun."""
    folder = tmp_path_factory.mktemp("begun") / "data"
    with library.open_library(Location(folder)) as opened:
        assert library.sync_shipped_banks(opened) == ()
        set_up = replace(
            rehearsing.default_set_up(opened, Settings(), "lead-member"),
            questions=40,
            seed=1,
            timing=Timing(prepare=0, target=120, limit=180),
        )
        sitting = rehearsing.start(opened, rehearsing.make_plan(opened, set_up), "", system_clock())
        sittings.rename(opened, sitting.id, "The rehearsal")
        library.back_up_if_due(opened)
    save_settings(folder, Settings(lock_asked=True))  # somebody has been here before: the first run is over
    return folder


@pytest.fixture
def folder(_begun: Path, tmp_path: Path) -> Path:
    """A data folder of this test's own: the shipped banks, and one rehearsal that can be begun."""
    return Path(shutil.copytree(_begun, tmp_path / "data"))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 24 megabytes, where this machine lets us make one."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if made.returncode != 0:
        pytest.skip("no file system can be mounted here (that needs the rights of root)")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)
