"""A rehearsal that is over, the laptops of two reviewers, and what they send back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from cqcmock.paths import Location
from cqcmock.services import packing, reviewer_keys
from cqcmock.services.packing import MadePack, Wanted
from tests.played import played

if TYPE_CHECKING:
    from cqcmock.services.library import Library
from tests.services.review.hands import CLOCK, HAND, SAID, Laptops, Send, all_out, marked


@pytest.fixture
def sitting(library: Library) -> str:
    return played(library, HAND, answers=(SAID, "We asked forty carers.", ""))


@pytest.fixture
def laptops(tmp_path: Path) -> Laptops:
    return lambda name: Location(tmp_path / "laptops" / name)


@pytest.fixture
def send(library: Library, sitting: str, laptops: Laptops, tmp_path: Path) -> Send:
    """Makes a pack that is sealed to the reviewer's own key, which is quicker than a passphrase."""

    def make(reviewer: str = "Ann Example", **more: object) -> MadePack:
        wanted = Wanted(sittings=(sitting,), reviewer=reviewer, **more)  # type: ignore[arg-type]
        ready = packing.draft(library, wanted, CLOCK)
        address = reviewer_keys.own_key(laptops(reviewer)).address
        out = tmp_path / f"{reviewer}-{len(list(tmp_path.glob('*.pack')))}.pack"
        return packing.seal(library, ready, all_out(ready), out, CLOCK, address=address)

    return make


@pytest.fixture
def five_files(send: Send, laptops: Laptops, tmp_path: Path) -> list[Path]:
    """Two reviewers; one of them marks on two laptops, and submits again later; one is not quite done at first."""
    ann = send()
    HAND.pass_seconds(1)  # reviewers stand in the order of their packs
    bob = send("Bob Example")
    own_key = reviewer_keys.own_key(laptops("Ann Example"))
    other = laptops("Ann's second laptop")
    (other.folder / reviewer_keys.FOLDER).mkdir(parents=True)
    (other.folder / reviewer_keys.FOLDER / reviewer_keys.FILE).write_bytes(msgspec.json.encode(own_key))
    files = [tmp_path / f"return-{number}" for number in range(5)]
    marked(laptops("Ann Example"), ann.path, files[0], 2, why="The train came in.")
    marked(other, ann.path, files[1], 1, 3)
    marked(laptops("Ann Example"), ann.path, files[2], 0, 2)
    marked(laptops("Bob Example"), bob.path, files[3], 3, 3)
    marked(laptops("Bob Example"), bob.path, files[4], 3, 1)
    return files
