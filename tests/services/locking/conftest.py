"""A data folder with something of everything, open and locked, each a copy of its own; and a keyring in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cqcmock.paths import Location
from cqcmock.review import passphrases
from cqcmock.services import locking
from tests.keyrings import MemoryKeyring, using
from tests.services.locking import worlds
from tests.services.locking.worlds import CLOCK, WORDS, World


@pytest.fixture(scope="package", autouse=True)
def little_work() -> Iterator[None]:
    """scrypt is not what is tried here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passphrases, "WORK", 2)
        yield


@pytest.fixture(scope="package")
def plain(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("plain")
    return worlds.build(folder / "data", folder / "scratch")


@pytest.fixture(scope="package")
def once_locked(plain: World, tmp_path_factory: pytest.TempPathFactory) -> World:
    world = worlds.copy_of(plain, tmp_path_factory.mktemp("locked") / "data")
    locking.lock(Location(world.folder), WORDS, CLOCK, computer=False, escrow=world.escrow[1])
    return world


@pytest.fixture
def world(plain: World, tmp_path: Path) -> World:
    return worlds.copy_of(plain, tmp_path / "data")


@pytest.fixture
def locked(once_locked: World, tmp_path: Path) -> World:
    return worlds.copy_of(once_locked, tmp_path / "locked")


@pytest.fixture
def keyring() -> Iterator[MemoryKeyring]:
    kept = MemoryKeyring()
    with using(kept):
        yield kept
