"""What the tests of peer review begin with.

- `window`: the real window, at home; open a screen in it with `window.open(screen)`.
- `sitting`: the id of a rehearsal that is over; the first two of its three questions were answered.
- `laptops`: a name -> where the data of that person's own computer are.
- `send`: makes a pack of `sitting` that is sealed to the key of a reviewer (Ann Example, if nobody else is named).
- `sent`: such a pack for Ann Example, and her laptop.
- `reviewer_desk`: the desk as it is on Ann's laptop: the same window, tasks and clock, but her own place.
- `mark`: marks the first sheets of a pack on its reviewer's laptop, and returns it: the file that came back.
- `settle`: waits until nothing is under way any more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest
from PySide6.QtWidgets import QApplication

from cqcmock.paths import Location
from cqcmock.services import packing, reviewer_keys, reviewing
from cqcmock.services.packing import Decision, MadePack, Wanted
from tests.clocks import HandClock
from tests.played import played
from tests.services.review.hands import SAID, marks
from tests.ui.conftest import OpenWindow
from ui.desk import Desk
from ui.main_window import MainWindow, Room
from ui.screen import Screen

if TYPE_CHECKING:
    from cqcmock.services.library import Library

Wait = Callable[[], None]
Laptops = Callable[[str], Location]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A pack that was made, and where its reviewer marks it."""

    made: MadePack
    laptop: Location

    @property
    def id(self) -> str:
        return self.made.pack.id

    @property
    def path(self) -> Path:
        return self.made.path


class Send(Protocol):
    """More choices are those of `packing.Wanted`."""

    def __call__(self, reviewer: str = "Ann Example", **more: object) -> Sent: ...


class Mark(Protocol):
    """The first sheets get these levels; `why` says why others are missing; `signed` with the reviewer's own key."""

    def __call__(self, sent: Sent, *levels: int, why: str = "", signed: bool = False, name: str = "") -> Path: ...


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return open_window(Room(id="home", title="Home", make=Screen))


@pytest.fixture
def sitting(library: Library, hand: HandClock) -> str:
    return played(library, hand, answers=(SAID, "We asked forty carers.", ""))


@pytest.fixture
def laptops(tmp_path: Path) -> Laptops:
    return lambda name: Location(tmp_path / "laptops" / name)


@pytest.fixture
def send(library: Library, sitting: str, laptops: Laptops, hand: HandClock, tmp_path: Path) -> Send:
    def make(reviewer: str = "Ann Example", **more: object) -> Sent:
        wanted = Wanted(sittings=(sitting,), reviewer=reviewer, **more)  # type: ignore[arg-type]
        ready = packing.draft(library, wanted, hand.clock)
        laptop = laptops(reviewer)
        path = tmp_path / f"For {reviewer} {len(list(tmp_path.glob('*.cqcpack')))}.cqcpack"
        made = packing.seal(
            library,
            ready,
            {finding.id: Decision() for finding in ready.findings},
            path,
            hand.clock,
            address=reviewer_keys.own_key(laptop).address,
        )
        hand.pass_seconds(1)
        return Sent(made=made, laptop=laptop)

    return make


@pytest.fixture
def sent(send: Send) -> Sent:
    return send()


@pytest.fixture
def reviewer_desk(desk: Desk, sent: Sent) -> Desk:
    return replace(desk, place=sent.laptop)


@pytest.fixture
def mark(hand: HandClock, tmp_path: Path) -> Mark:
    def mark_it(sent: Sent, *levels: int, why: str = "", signed: bool = False, name: str = "") -> Path:
        out = tmp_path / (name or f"From {sent.made.pack.reviewer} {len(list(tmp_path.glob('*.cqcreturn')))}.cqcreturn")
        secret = reviewer_keys.own_key(sent.laptop).signing if signed else ""
        with reviewing.open_pack(sent.laptop, sent.path, hand.clock) as workspace:
            by_number = sorted(workspace.answers, key=lambda sheet: workspace.answers[sheet].number)
            for sheet, level in zip(by_number, levels, strict=False):
                hand.pass_seconds(60)
                workspace.submit(sheet, marks(level), hand.clock)
            hand.pass_seconds(60)
            workspace.make_return(out, hand.clock, why_incomplete=why, reviewer_secret=secret)
        return out

    return mark_it


@pytest.fixture
def settle(desk: Desk) -> Wait:
    def wait() -> None:
        for _ in range(6):
            assert desk.tasks.wait_all(20)
            QApplication.processEvents()
            if not desk.tasks.busy:
                return

    return wait
