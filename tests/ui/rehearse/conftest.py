"""A desk with a real library, in which the shipped banks are."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cqcmock.paths import Location
from cqcmock.services import library as libraries
from cqcmock.settings import Settings
from tests.clocks import HandClock
from tests.ui.conftest import StandIn
from ui.app_signals import AppSignals
from ui.desk import Desk
from ui.tasks import Tasks
from ui.theme import Theme

if TYPE_CHECKING:
    from cqcmock.services.library import Library


@pytest.fixture(scope="session")
def _prepared_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed library with the shipped banks, read once for all tests."""
    folder = tmp_path_factory.mktemp("prepared") / "data"
    opened = libraries.open_library(Location(folder))
    libraries.sync_shipped_banks(opened)
    opened.close()
    return folder


@pytest.fixture
def library(tmp_path: Path, _prepared_library: Path) -> Iterator[Library]:
    folder = tmp_path / "data"
    shutil.copytree(_prepared_library, folder)
    opened = libraries.open_library(Location(folder))
    yield opened
    opened.close()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def desk(library: Library, tasks: Tasks, messages: StandIn, theme: Theme, clock: HandClock) -> Desk:
    return Desk(
        tasks=tasks,
        messages=messages,
        signals=AppSignals(),
        theme=theme,
        clock=clock.clock,
        settings=Settings(),
        keep_settings=lambda _: None,
        opened=library,
    )
