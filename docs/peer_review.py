"""A review under way, for the pictures: one reviewer's marks are in, and another pack is being marked here."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from cqcmock.clock import Clock
from cqcmock.domain.review import PeerMarks, Pin
from cqcmock.domain.rubric import LEVELS
from cqcmock.paths import Location
from cqcmock.services import merging, packing, peers, reviewer_keys, reviewing
from cqcmock.services.packing import Decision, MadePack, Wanted
from cqcmock.services.workspace import Workspace

if TYPE_CHECKING:
    from cqcmock.services.library import Library

COUNCIL = "Hertfordshire County Council"


def under_way(library: Library, place: Location, sitting: str, clock: Clock) -> str:
    """Two packs of a rehearsal: Bob's has come back, Ann's is open here, whose id is returned."""
    with tempfile.TemporaryDirectory(prefix="cqcmock-docs-") as elsewhere:
        bobs = Location(Path(elsewhere) / "bob")
        bob = _send(library, sitting, "Bob Example", bobs, Path(elsewhere) / "for-bob.cqcpack", clock)
        with reviewing.open_pack(bobs, bob.path, clock) as workspace:
            for at, sheet in enumerate(workspace.order):
                workspace.submit(sheet, _marks(workspace, sheet, at), clock)
            workspace.save_whole("A", 2, "Warm and honest. Bring the date of every figure.", clock)
            workspace.make_return(Path(elsewhere) / "from-bob.cqcreturn", clock)
        merging.take_in(library, merging.look(library, [Path(elsewhere) / "from-bob.cqcreturn"], clock))
        ann = _send(library, sitting, "Ann Example", place, Path(elsewhere) / "for-ann.cqcpack", clock)
        with reviewing.open_pack(place, ann.path, clock) as workspace:
            first, second, *_ = workspace.order
            workspace.submit(first, _marks(workspace, first, 1), clock)
            workspace.save(second, PeerMarks(levels={"answered": 2, "evidence": 1}), clock)
    peers.choose_keep_and_change(library, sitting, ["The figure first, then what it means."], ["Say who told you."])
    return ann.pack.id


def _send(library: Library, sitting: str, reviewer: str, place: Location, path: Path, clock: Clock) -> MadePack:
    wanted = Wanted(sittings=(sitting,), reviewer=reviewer, made_by=COUNCIL)
    ready = packing.draft(library, wanted, clock)
    decisions = {finding.id: Decision() for finding in ready.findings}
    return packing.seal(library, ready, decisions, path, clock, address=reviewer_keys.own_key(place).address)


def _marks(workspace: Workspace, sheet: str, at: int) -> PeerMarks:
    lenses = [lens.id for lens in workspace.pack.rubric.lenses]
    words = workspace.answers[sheet].spoken.split(".")[0]
    return PeerMarks(
        levels={lens: LEVELS[(at + number) % len(LEVELS)] for number, lens in enumerate(lenses)},
        overall=2,
        comment="An assessor would ask for the date.",
        pins=(Pin(start=0, end=len(words), comment="A good way in."),),
    )
