"""Who can see an answer, in plain sentences made of what is known: the lock, the packs, the reports and the copies.

Nothing here is a promise about files outside the data folder: of those the program knows that it made them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cqcmock import storage
from cqcmock.domain.english import count, day, listed
from cqcmock.domain.modes import Mode
from cqcmock.paths import Location
from cqcmock.services import library_keys
from cqcmock.settings import load_settings

if TYPE_CHECKING:
    from cqcmock.services.library import Library

MOST_NAMED: Final = 3

ONLY_YOU: Final = "Only you, on this computer; it is locked with six words."
NOT_LOCKED: Final = "It is not locked: whoever can use this computer, or copy its files, can see it."
ON_SERVER: Final = "On a database server: whoever runs it can see it, and makes the backups."
BY_COMPUTER: Final = "Whoever is signed in to this computer as you: its keyring unlocks it without the words."
BY_COUNCIL: Final = "Whoever holds your council’s key: it opens this too."
ASKED: Final = "A colleague asked the questions, and heard the answers."


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeing:
    """Who can see something: the answer in one short line, and then fact by fact."""

    short: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingSeen:
    """What is known of one sitting, read once for all of its answers. Days are those of this computer."""

    locked: bool
    on_server: bool
    by_computer: bool
    by_council: bool
    asked_by_somebody: bool
    sent: tuple[tuple[int, str, date], ...]
    reported: tuple[date, ...]
    exported: tuple[date, ...]
    backups: int
    second_place: bool

    def of(self, question: int | None = None, *, is_latest: bool = True) -> Seeing:
        """Who can see the answer to one question, by its position, or something of the sitting at all.

        Of several takes of one answer only the latest is ever sent.
        """
        sent = dict.fromkeys((reviewer, on) for at, reviewer, on in self.sent if is_latest and question in (None, at))
        names = tuple({reviewer.casefold(): reviewer for reviewer, _ in reversed(sent)}.values())[::-1]
        return Seeing(short=self._short(names), lines=tuple(self._lines(tuple(sent))))

    def _short(self, reviewers: tuple[str, ...]) -> str:
        named = listed(reviewers) if len(reviewers) <= MOST_NAMED else count(len(reviewers), "reviewer")
        others = [named] if reviewers else []
        others += ["whoever runs the database server"] if self.on_server else []
        others += ["whoever has the report"] if self.reported else []
        others += ["whoever uses this computer"] if not self.locked and not self.on_server else []
        return f"{listed(['You', *others])}." if others else "Only you."

    def _lines(self, sent: tuple[tuple[str, date], ...]) -> Iterator[str]:
        if self.on_server:
            yield ON_SERVER
        elif self.locked:
            yield ONLY_YOU if not (sent or self.reported) else "On this computer only you; it is locked with six words."
        else:
            yield NOT_LOCKED
        if self.locked:
            ways = ((self.by_computer, BY_COMPUTER), (self.by_council, BY_COUNCIL))
            yield from (line for is_there, line in ways if is_there)
        if self.asked_by_somebody:
            yield ASKED
        for reviewer, on in sent:
            yield f"Sent to {reviewer} in a pack on {day(on)}, to mark."
        for on in dict.fromkeys(self.reported):
            yield f"In a report that you saved or printed on {day(on)}."
        for on in dict.fromkeys(self.exported):
            yield f"Everything about one person was exported on {day(on)}: this is in it if it was theirs."
        if self.backups:
            kept = "also locked" if self.locked else "not locked either"
            yield f"In {count(self.backups, 'backup')} on this computer, {kept}."
        if self.second_place:
            yield "In the backups at your second place, sealed: the six words open them."


def of_sitting(library: Library, place: Location, sitting_id: str) -> SittingSeen:
    """What is known of who can see a sitting. Raises UserError where it is no longer there."""
    with library.reading() as session:
        started, mode = storage.seeing.began(session, sitting_id)
        sent = storage.seeing.sent(session, sitting_id)
        reported = storage.seeing.reported(session, sitting_id)
        exported = storage.seeing.exported_since(session, started)
    locked = library.raw_key is not None
    ways = library_keys.ways_in(library.folder) if locked else None
    on_server = library.path is None
    return SittingSeen(
        locked=locked,
        on_server=on_server,
        by_computer=bool(ways and ways.computer),
        by_council=bool(ways and ways.escrow),
        asked_by_somebody=mode == Mode.INTERVIEWER,
        sent=tuple((question, reviewer, _day(made)) for question, reviewer, made in sent),
        reported=tuple(map(_day, reported)),
        exported=tuple(map(_day, exported)),
        backups=0 if on_server else _backups_since(library.folder, started),
        second_place=library.folder == place.folder and bool(load_settings(place.folder).settings.second_place),
    )


def who_can_see(library: Library, place: Location, sitting_id: str, question: int | None = None) -> Seeing:
    """Who can see the answer to one question, by its position, or something of the sitting at all.

    Raises UserError where it is no longer there.
    """
    return of_sitting(library, place, sitting_id).of(question)


def _backups_since(folder: Path, moment: datetime) -> int:
    """Backups that were made once there was something of the sitting; those without a time may hold it too."""
    times = map(storage.backups.made_at, storage.backups.files(folder))
    return sum(made is None or made >= moment.replace(microsecond=0) for made in times)


def _day(moment: datetime) -> date:
    return moment.astimezone().date()
