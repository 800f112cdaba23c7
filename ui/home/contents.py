"""Everything that the first screen shows, read in the database lane as one piece of plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.home.wording import Stopped

if TYPE_CHECKING:
    from cqcmock.clock import Clock
    from cqcmock.domain.sitting import SittingSummary
    from cqcmock.services.home import Home
    from cqcmock.services.library import Library
    from cqcmock.settings import Settings

CARDS = 2
"""How many interviews to go on with, and how many to finish off, get a card of their own; all are in the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToResume:
    """An interview to go on with, and why it stands still."""

    sitting: SittingSummary
    stopped: Stopped


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What is on the first screen. `can_be_sent` are the ids of those that a peer reviewer can mark; `on_server` is
    for a library that a council shares."""

    home: Home
    resume: tuple[ToResume, ...]
    sittings: tuple[SittingSummary, ...]
    can_be_sent: frozenset[str]
    on_server: bool

    @property
    def to_finish(self) -> tuple[SittingSummary, ...]:
        """The latest sittings whose interview is over and whose marks or reflection are still to come."""
        from cqcmock.domain.interview import Phase

        waiting = (sitting for sitting in self.sittings if sitting.phase in (Phase.OWN_MARKS, Phase.REFLECTION))
        return tuple(waiting)[:CARDS]


def read_contents(library: Library, settings: Settings, clock: Clock) -> Contents:
    """Read it all. Raises UserError where the library cannot be read."""
    from cqcmock.services.home import home
    from cqcmock.services.pack_choices import can_be_sent
    from cqcmock.services.sittings import recent

    shown = home(library, settings, clock)
    sittings = recent(library)
    return Contents(
        home=shown,
        resume=tuple(
            ToResume(sitting=sitting, stopped=_why_stopped(library, sitting)) for sitting in shown.resume[:CARDS]
        ),
        sittings=sittings,
        can_be_sent=frozenset(sitting.id for sitting in sittings if can_be_sent(sitting)),
        on_server=library.path is None,
    )


def _why_stopped(library: Library, sitting: SittingSummary) -> Stopped:
    from cqcmock.domain.interview import EventKind
    from cqcmock.services.sittings import state

    now = state(library, sitting.id)
    if now.question < 0:
        return Stopped.NOT_BEGUN
    return Stopped.PAUSED if now.stopped is EventKind.PAUSED else Stopped.INTERRUPTED
