"""Copies of the library when the power fails: each that is there is whole, and bringing one back is all or nothing."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar

from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.services import library as libraries
from cqcmock.services import rehearsing, sittings
from cqcmock.storage import backups
from cqcmock.storage.errors import DamagedLibraryError
from cqcmock.storage.folder import LIBRARY
from tests.clocks import HandClock
from tests.domain.worlds import plan
from tests.power_cuts.deed import CorruptError, Deed, HalfDoneError, Heard, LostError, Say
from tests.power_cuts.looks import check_sound, opened
from tests.power_cuts.saving import WORDS, talk

DATA = "data"
OLD_COPIES = 24


def _rehearse(library: libraries.Library, title: str) -> str:
    hand = HandClock()
    sitting = rehearsing.start(library, plan(1), title, hand.clock)
    with sittings.recorder(library, sitting.id) as keep:
        talk(plan(1), hand, keep)
    return sitting.id


def _old_copies(library: libraries.Library) -> None:
    """Copies of every eighth day of half a year, some of which are to be thinned out."""
    now = datetime.now(UTC)
    first = backups.make(library, now - timedelta(days=3)).path
    for number in range(1, OLD_COPIES):
        at = now - timedelta(days=3 + 8 * number)
        shutil.copyfile(first, first.with_name(f"library-{at:%Y%m%d-%H%M%S}.sqlite"))


class BackingUp(Deed):
    """Copies that are made while rehearsals go on; old ones are thinned out on the way."""

    fault = "The power fails while a copy of the library is made"
    person_sees = "Every copy in the list is whole, and so is the library"

    raw_key: ClassVar[str | None] = None

    def prepare(self, folder: Path) -> None:
        with libraries.open_library(Location(folder / DATA, raw_key=self.raw_key)) as library:
            _rehearse(library, "First")
            _old_copies(library)
            old = {path.name: at for path in backups.files(folder / DATA) if (at := backups.made_at(path))}
        kept = backups.to_keep([*old.values(), datetime.now(UTC)], datetime.now(UTC))
        self.kept = {name for name, at in old.items() if at in kept}
        assert len(self.kept) < len(old), "nothing is thinned out"

    def do(self, folder: Path, say: Say) -> None:
        with libraries.open_library(Location(folder / DATA, raw_key=self.raw_key)) as library:
            for number in range(3):
                say.done("sitting", _rehearse(library, f"Number {number}"))
                say.begun("copy")
                if number:
                    say.done("copy", libraries.back_up_now(library).path.name)
                else:
                    libraries.back_up_if_due(library)
                    say.done("copy", backups.files(folder / DATA)[0].name)

    def check(self, folder: Path, said: Heard) -> None:
        data = folder / DATA
        there = {path.name for path in backups.files(data)}
        sound = {copy.path.name for copy in backups.sound(data, self.raw_key)}
        if there != sound:
            raise CorruptError(f"copies that are not whole: {sorted(there - sound)}")
        if missing := {*said.done("copy"), *self.kept} - there:
            raise LostError(f"copies that are not there: {sorted(missing)}")
        with opened(data, self.raw_key) as library:
            if missing := {*said.done("sitting")} - {one.id for one in sittings.recent(library)}:
                raise LostError(f"rehearsals that are not there: {missing}")
            made = libraries.back_up_now(library)
        check_sound(made.path, self.raw_key)


class BackingUpLocked(BackingUp):
    """The same of a library with a key."""

    fault = "The power fails while a copy of an encrypted library is made"
    raw_key = "5a" * 32


class Restoring(Deed):
    """An older copy that is put in the place of the library, and then a newer one."""

    fault = "The power fails while a copy of the library is brought back"
    person_sees = "The library as it was, or as it is in the copy; what was there before lies beside it"

    def prepare(self, folder: Path) -> None:
        place = Location(folder / DATA)
        with libraries.open_library(place) as library:
            for number in range(2):
                _rehearse(library, f"Number {number}" + WORDS)
                libraries.back_up_now(library)
            _rehearse(library, "The last")
        assert self._sittings(place) == 3

    def do(self, folder: Path, say: Say) -> None:
        place = Location(folder / DATA)
        for copy in sorted(libraries.backups(place), key=lambda copy: copy.sittings):
            say.begun("restore", copy.sittings)
            libraries.restore_backup(place, copy)
            say.done("restore", copy.sittings)

    def check(self, folder: Path, said: Heard) -> None:
        place = Location(folder / DATA)
        announced = [3, *said.done("restore")][-1]
        there = self._sittings(place)
        if there not in (announced, *said.under_way("restore")):
            harm = LostError if not said.under_way("restore") else HalfDoneError
            raise harm(f"{there} rehearsals are there, before the deed were {announced}")
        copies = libraries.backups(place)
        if sorted(copy.sittings for copy in copies) != [1, 2]:
            raise LostError("a copy is gone")
        if not any(self._sittings_of(path) == 3 for path in (folder / DATA).glob("library*.sqlite")):
            raise LostError("the library that was there before is gone")
        libraries.restore_backup(place, copies[0])
        if self._sittings(place) != copies[0].sittings:
            raise HalfDoneError("bringing it back again does not bring it")
        check_sound(folder / DATA / LIBRARY)

    def _sittings(self, place: Location) -> int:
        try:
            with libraries.open_library(place) as library:
                return len(sittings.recent(library))
        except UserError as error:
            raise CorruptError(f"it does not open: {error}") from error

    def _sittings_of(self, path: Path) -> int:
        return backups._verified(path, None) or 0


class RestoringAfterDamage(Deed):
    """The library was damaged and put aside, and a copy is brought back in its place."""

    fault = "The power fails while a copy is brought back in the place of a damaged library"
    person_sees = "The copies are offered once more, or the library is as it is in the copy"

    def prepare(self, folder: Path) -> None:
        place = Location(folder / DATA)
        with libraries.open_library(place) as library:
            self.sitting = _rehearse(library, "First" + WORDS)
            libraries.back_up_now(library)
        (place.folder / LIBRARY).write_bytes(b"damaged" * 10_000)
        assert self._offered(place), "nobody noticed"

    def do(self, folder: Path, say: Say) -> None:
        place = Location(folder / DATA)
        say.begun("restore")
        libraries.restore_backup(place, libraries.backups(place)[0])
        say.done("restore")
        with libraries.open_library(place) as library:
            say.begun("more")
            say.done("more", _rehearse(library, "Afterwards"))

    def check(self, folder: Path, said: Heard) -> None:
        place = Location(folder / DATA)
        if not list(place.folder.glob("library.damaged-*.sqlite")):
            raise LostError("the damaged library, which somebody may look at, is gone")
        if offered := self._offered(place):
            if said.done("restore"):
                raise LostError("the copy that was brought back is not there")
            libraries.restore_backup(place, offered[0])
        with opened(place.folder) as library:
            there = {one.id for one in sittings.recent(library)}
        if missing := {self.sitting, *said.done("more")} - there:
            raise LostError(f"rehearsals that are not there: {missing}")

    def _offered(self, place: Location) -> tuple[libraries.BackupInfo, ...]:
        """The copies that the person may choose from, where the library does not open."""
        try:
            libraries.open_library(place).close()
        except DamagedLibraryError as error:
            return error.backups
        return ()
