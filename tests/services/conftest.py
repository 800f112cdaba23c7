"""A real library with the shipped banks."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cqcmock.paths import Location
from cqcmock.services import library as libraries

if TYPE_CHECKING:
    from cqcmock.services.library import Library


@pytest.fixture
def library(tmp_path: Path, prepared_library: Path) -> Iterator[Library]:
    with libraries.open_library(Location(Path(shutil.copytree(prepared_library, tmp_path / "data")))) as opened:
        yield opened
