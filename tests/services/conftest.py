"""A real library with the shipped banks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cqcmock.paths import Location
from cqcmock.services import library as libraries

if TYPE_CHECKING:
    from cqcmock.services.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = libraries.open_library(Location(tmp_path / "data"))
    libraries.sync_shipped_banks(opened)
    yield opened
    opened.close()
