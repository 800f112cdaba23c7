"""Peer review from the first pack to the last mark, for the pictures: one reviewer has answered, another marks here."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from unittest.mock import patch

from PySide6.QtWidgets import QLabel

from cqcmock.clock import Clock
from cqcmock.domain.review import PeerMarks, Pin
from cqcmock.domain.rubric import LEVELS
from cqcmock.paths import Location
from cqcmock.services import merging, packing, peers, rehearsing, reviewer_keys, reviewing, scripted, sittings
from cqcmock.services.packing import Decision, MadePack, Wanted
from cqcmock.services.workspace import Workspace
from ui.app import House
from ui.review.make_pack_screen import MakePackScreen
from ui.review.mark_pack_screen import MarkPackScreen
from ui.review.merge_screen import MergeScreen
from ui.review.return_screen import ReturnScreen
from ui.review.review_screen import ReviewScreen
from ui.rooms import REVIEW

if TYPE_CHECKING:
    from cqcmock.services.library import Library

COUNCIL = "Hertfordshire County Council"
SAID = (
    ("Hertfordshire is ten districts. Mrs Okafor of Ware told us that she waited nine days for a carer.", "Nine days."),
    ("We rang forty carers in March. One of them, on 01632 960 111, said that nobody had ever rung before.", "March."),
)
STICK = "USB STICK"
"""What stands in the pictures for the folder of the machine on which they are taken."""

Picture = tuple[str, Callable[[], object]]
S = TypeVar("S")


def bob_has_answered(library: Library, sitting: str, clock: Clock) -> None:
    """A pack of the rehearsal has come back with everything marked."""
    with tempfile.TemporaryDirectory(prefix="cqcmock-docs-") as elsewhere:
        place, returned = Location(Path(elsewhere) / "bob"), Path(elsewhere) / "from-bob.cqcreturn"
        bob = _send(library, sitting, "Bob Example", place, Path(elsewhere) / "for-bob.cqcpack", clock)
        with reviewing.open_pack(place, bob.path, clock) as workspace:
            for at, sheet in enumerate(workspace.order):
                workspace.submit(sheet, _marks(workspace, sheet, at), clock)
            workspace.save_whole("A", 2, "Warm and honest. Bring the date of every figure.", clock)
            workspace.make_return(returned, clock)
        merging.take_in(library, merging.look(library, [returned], clock))
    peers.choose_keep_and_change(library, sitting, ["The figure first, then what it means."], ["Say who told you."])


class Review:
    """One walk through the room, which leaves nothing behind."""

    def __init__(self, house: House, sitting: str, settle: Callable[[], None]) -> None:
        self._house, self._sitting, self._settle = house, sitting, settle
        self._stick = Path(tempfile.mkdtemp(prefix="cqcmock-docs-"))
        desk = house.desk
        self._ann = _send(
            desk.library, sitting, "Ann Example", desk.place, self._stick / "for-ann.cqcpack", desk.clock, story=True
        )
        set_up = replace(rehearsing.default_set_up(desk.library, desk.settings), questions=2, person="Jo Example")
        self._named = scripted.rehearse(desk.library, set_up, SAID, None, desk.clock).sitting.id
        with reviewing.open_pack(desk.place, self._ann.path, desk.clock) as workspace:
            first, second, *_ = workspace.order
            workspace.submit(first, _marks(workspace, first, 1), desk.clock)
            workspace.save(second, PeerMarks(levels={"answered": 2, "evidence": 1}), desk.clock)

    def pictures(self) -> list[Picture]:
        """The pictures by name, in their order, and what is done before each is taken."""
        journeys, pack = self._house.journeys, self._ann.pack.id
        return [
            ("peer-review", lambda: self._house.window.go(REVIEW)),
            ("on-paper", self._on_paper),
            ("new-pack", self._begin_a_pack),
            ("new-pack-names", lambda: self._screen(MakePackScreen).go_on()),
            ("new-pack-seal", self._decide),
            ("new-pack-saved", self._seal),
            ("open-pack", self._open),
            ("mark-pack", lambda: journeys.mark_pack(pack)),
            ("mark-pack-story", self._look_up),
            ("return-pack", lambda: journeys.return_pack(pack)),
            ("return-pack-receipt", self._return),
            ("take-in", journeys.merge_returns),
            ("take-in-looked", self._look),
            ("take-in-outcome", lambda: self._screen(MergeScreen).take_these_in()),
            ("peers", lambda: journeys.peers(self._sitting)),
        ]

    def end(self) -> None:
        """Take everything away again but what Bob marked."""
        desk = self._house.desk
        self._house.window.go(REVIEW)
        self._settle()
        self._screen(ReviewScreen).sent_papers.put_away()
        for one in merging.tallies(desk.library):
            if one.pack.reviewer != "Bob Example":
                packing.remove(desk.library, one.pack.id)
        reviewing.forget(desk.place, self._ann.pack.id)
        sittings.delete_for_good(desk.library, self._named)
        shutil.rmtree(self._stick)

    def hide_the_machine(self) -> None:
        """Let no picture show where on this machine it was taken."""
        for label in self._house.window.findChildren(QLabel):
            if str(self._stick) in label.text():
                label.setText(label.text().replace(str(self._stick), STICK))

    def _screen(self, kind: type[S]) -> S:
        screen = self._house.window.current
        assert isinstance(screen, kind)
        return screen

    def _save_as(self, path: Path, deed: Callable[[], None]) -> None:
        """Do something that asks for a file, in the system's own dialogue, which no picture shows."""
        with patch.object(
            self._house.desk.messages, "choose_save_file", lambda _title, _name, _kinds, then: then(path)
        ):
            deed()

    def _on_paper(self) -> None:
        screen = self._screen(ReviewScreen)
        bob = next(one for one in merging.tallies(self._house.desk.library) if one.pack.reviewer == "Bob Example")
        screen.offer_papers_of_sent(bob.pack.id)

    def _begin_a_pack(self) -> None:
        self._house.journeys.make_pack(self._named)
        self._settle()
        self._screen(MakePackScreen).what.reviewer.show_text("Cara Example")

    def _decide(self) -> None:
        screen = self._screen(MakePackScreen)
        self._settle()
        screen.findings.take_all.click()
        screen.go_on()

    def _seal(self) -> None:
        pack, screen = self._stick / "for-cara.cqcpack", self._screen(MakePackScreen)
        self._save_as(pack, screen.go_on)
        while not pack.exists() or screen.saving.is_sealing:
            self._settle()

    def _open(self) -> None:
        screen = self._screen(MakePackScreen)
        with patch.object(self._house.desk.messages, "ask", lambda _question, *, then, **_: then(True)):
            screen.go_on()
        self._settle()
        self._house.journeys.open_pack()

    def _look_up(self) -> None:
        self._screen(MarkPackScreen).page.story_link.click()

    def _return(self) -> None:
        screen = self._screen(ReturnScreen)
        screen.why.edit.setPlainText("The train came in. The rest follows on Friday.")
        self._save_as(self._stick / "from-ann.cqcreturn", screen.return_it)

    def _look(self) -> None:
        returned = self._stick / "from-ann.cqcreturn"
        damaged = self._stick / "from-dan.cqcreturn"
        damaged.write_bytes(returned.read_bytes()[:-200])
        self._screen(MergeScreen).look([returned, damaged])


def _send(
    library: Library, sitting: str, reviewer: str, place: Location, path: Path, clock: Clock, *, story: bool = False
) -> MadePack:
    wanted = Wanted(sittings=(sitting,), reviewer=reviewer, made_by=COUNCIL, with_story=story)
    ready = packing.draft(library, wanted, clock)
    decisions = {finding.id: Decision() for finding in ready.findings}
    return packing.seal(library, ready, decisions, path, clock, address=reviewer_keys.own_key(place).address)


def _marks(workspace: Workspace, sheet: str, at: int) -> PeerMarks:
    lenses = [lens.id for lens in workspace.pack.rubric.lenses]
    words = workspace.answers[sheet].spoken.split(".")[0]
    marks = PeerMarks(
        levels={lens: LEVELS[(at + number) % len(LEVELS)] for number, lens in enumerate(lenses)},
        overall=2,
        comment="An assessor would ask for the date.",
    )
    return replace(marks, pins=(Pin(start=0, end=len(words), comment="A good way in."),))
