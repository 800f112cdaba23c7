"""What a test does with packs: who marks what, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from cqcmock.domain.review import PeerMarks
from cqcmock.paths import Location
from cqcmock.review import canonical
from cqcmock.services import library as libraries
from cqcmock.services import merging, peers, reviewing, sittings
from cqcmock.services.packing import Decision, Draft, MadePack
from tests.clocks import HandClock

if TYPE_CHECKING:
    from cqcmock.services.library import Library


LENSES = ("answered", "evidence", "impact", "equity", "honesty", "clarity")
SAID = "Hertfordshire is about 1.2 million people. Mrs Okafor told us that she waited nine days."
HAND = HandClock()
CLOCK = HAND.clock
Send = Callable[..., MadePack]
Laptops = Callable[[str], Location]


def all_out(ready: Draft) -> dict[str, Decision]:
    return {finding.id: Decision() for finding in ready.findings}


def marks(level: int, **more: object) -> PeerMarks:
    return PeerMarks(levels=dict.fromkeys(LENSES, level), overall=level, **more)  # type: ignore[arg-type]


def marked(place: Location, pack: Path, out: Path, *levels: int, why: str = "") -> Path:
    """Mark the first sheets of a pack with these levels, and return it."""
    with reviewing.open_pack(place, pack, CLOCK) as workspace:
        HAND.pass_seconds(60)
        by_number = sorted(workspace.answers, key=lambda sheet: workspace.answers[sheet].number)
        for sheet, level in zip(by_number, levels, strict=False):
            workspace.submit(sheet, marks(level), CLOCK)
        HAND.pass_seconds(60)
        workspace.make_return(out, CLOCK, why_incomplete=why)
    return out


def state_of(library: Library, sitting: str) -> bytes:
    """Every mark of a sitting, byte for byte."""
    review = peers.peer_review(library, sittings.load(library, sitting))
    return canonical.canonical(review)


def merged(library: Library, *files: Path) -> merging.Outcome:
    return merging.take_in(library, merging.look(library, files, CLOCK))


def library_in(folder: object) -> Library:
    return libraries.open_library(Location(Path(str(folder))))
