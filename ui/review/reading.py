"""What the room of peer review shows, read in the database lane: packs that were sent, and packs to be marked here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from cqcmock.errors import UserError
from ui.desk import Desk

if TYPE_CHECKING:
    from cqcmock.domain.sitting import SittingSummary
    from cqcmock.services.merging import Incoming, Outcome, PackTally
    from cqcmock.services.reviewing import PackSummary

NOT_OPEN = UserError("Your library is not open, and the packs that you sent are in it.", "Home says why.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Both sides of peer review. Where one of them could not be read, the other is shown all the same."""

    sent: tuple[PackTally, ...] = ()
    sent_trouble: UserError | None = None
    to_mark: tuple[PackSummary, ...] = ()
    to_mark_trouble: UserError | None = None
    rehearsals: Mapping[str, tuple[SittingSummary, ...]] = field(default_factory=dict)
    """Of each pack that was sent, the rehearsals in it that are still there."""


def read_shelf(desk: Desk) -> Shelf:
    """In the database lane, after every deed that was handed in before."""
    from cqcmock.services import merging, reviewing

    sent: tuple[PackTally, ...] = ()
    to_mark: tuple[PackSummary, ...] = ()
    rehearsals: Mapping[str, tuple[SittingSummary, ...]] = {}
    sent_trouble = to_mark_trouble = None
    try:
        if desk.opened is None:
            raise NOT_OPEN
        sent = merging.tallies(desk.library)
        rehearsals = merging.rehearsals(desk.library)
    except UserError as error:
        sent_trouble = error
    try:
        to_mark = reviewing.workspaces(desk.place)
    except UserError as error:
        to_mark_trouble = error
    return Shelf(
        sent=sent,
        sent_trouble=sent_trouble,
        to_mark=to_mark,
        to_mark_trouble=to_mark_trouble,
        rehearsals=rehearsals,
    )


def rehearsals_in(desk: Desk, pack_id: str) -> tuple[SittingSummary, ...]:
    """In the database lane: the rehearsals of which answers were sent in a pack, the latest first."""
    from cqcmock.services import merging

    return merging.sittings_of(desk.library, pack_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One file as it was looked at. `anew` is there where it is refused only because the reviewer's key is another
    than before: it is what the file holds if that key is believed."""

    file: Incoming
    anew: Incoming | None = None

    @property
    def path(self) -> Path:
        return self.file.file

    @property
    def believed(self) -> bool:
        """Whether there is something in it to be taken in."""
        return not self.file.why_refused


def look_at(desk: Desk, paths: tuple[Path, ...]) -> tuple[Seen, ...]:
    """In the database lane: open and check these files, changing nothing. Raises UserError where no library is open."""
    from cqcmock.services import merging

    if desk.opened is None:
        raise NOT_OPEN
    found = merging.look(desk.library, paths, desk.clock)
    others = [one for one in found if one.other_key and one.pack]
    new_keys = {one.pack.reviewer for one in others if one.pack}
    anew = {
        one.file: one for one in merging.look(desk.library, [one.file for one in others], desk.clock, new_keys=new_keys)
    }
    return tuple(Seen(file=one, anew=anew.get(one.file)) for one in found)


def take_in(desk: Desk, files: tuple[Incoming, ...]) -> Outcome:
    """In the database lane: keep everything that is not refused, or nothing."""
    from cqcmock.services import merging

    if desk.opened is None:
        raise NOT_OPEN
    return merging.take_in(desk.library, files)
