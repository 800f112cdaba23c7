"""A sealed copy of everything on a stick when the power fails: whole or not there, and brought back whole or not."""

from __future__ import annotations

import shutil
from pathlib import Path

from cqcmock.clock import system_clock
from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.services import backups, locking, rehearsing, restoring, sealed_backups, sealed_copies, sittings
from cqcmock.services import library as libraries
from cqcmock.settings import Settings, save_settings
from cqcmock.storage.folder import LIBRARY
from tests.clocks import HandClock
from tests.domain.worlds import plan
from tests.power_cuts.deed import CorruptError, Deed, HalfDoneError, Heard, LostError, Say
from tests.power_cuts.looks import check_sound
from tests.power_cuts.saving import talk

DATA, STICK, WORDS_FILE, OTHER = "data", "stick", "words", "new-laptop"
CLOCK = system_clock()


def _rehearse(library: libraries.Library) -> str:
    hand = HandClock()
    sitting = rehearsing.start(library, plan(1), "Pat Example", hand.clock)
    with sittings.recorder(library, sitting.id) as keep:
        talk(plan(1), hand, keep)
    return sitting.id


class CopyingToAStick(Deed):
    """A locked library whose backups are copied, sealed, to a second place, where one lies already."""

    fault = "The power fails while a sealed copy is written to the second place"
    person_sees = "Every copy there is whole; the next backup is copied"

    def prepare(self, folder: Path) -> None:
        words, place = locking.new_words(), Location(folder / DATA)
        (folder / WORDS_FILE).write_text(words)
        (folder / STICK).mkdir()
        with libraries.open_library(place) as library:
            _rehearse(library)
        locked = locking.lock(place, words, CLOCK, computer=False)
        save_settings(place.folder, Settings(second_place=str(folder / STICK)))
        self.key = locked.raw_key or ""
        (folder / "key").write_text(self.key)
        self._copy(locked)

    def _copy(self, place: Location) -> str:
        with libraries.open_library(place) as library:
            backups.back_up_now(library)
            stick = place.folder.with_name(STICK)
            newest = backups.listed(place)[0].info.path
            return sealed_copies.copy_to(library, stick, newest, CLOCK).path.name

    def do(self, folder: Path, say: Say) -> None:
        place = Location(folder / DATA, raw_key=(folder / "key").read_text())
        with libraries.open_library(place) as library:
            _rehearse(library)
        say.begun("copy")
        say.done("copy", self._copy(place))

    def check(self, folder: Path, said: Heard) -> None:
        place = Location(folder / DATA, raw_key=self.key)
        lying = sealed_copies.listed(folder / STICK, place)
        if missing := {*said.done("copy")} - {one.path.name for one in lying}:
            raise LostError(f"copies that are not there: {missing}")
        if not lying:
            raise LostError("the copy that was there before is gone")
        for one in lying:
            try:
                with sealed_backups.opened(one.path, raw_key=self.key) as backup:
                    backup.check()
            except UserError as error:
                raise CorruptError(f"{one.path.name} is not whole: {error}") from error
        self._copy(place)
        if list((folder / STICK).glob("*.unfinished")):
            raise HalfDoneError("what was begun is left")


class RestoringFromAStick(Deed):
    """A sealed copy that is brought back on a laptop that has a library of its own."""

    fault = "The power fails while a sealed copy is brought back from the second place"
    person_sees = "The library as it was, or everything of the copy; what was there before lies beside it"

    def prepare(self, folder: Path) -> None:
        words = locking.new_words()
        (folder / WORDS_FILE).write_text(words)
        (folder / STICK).mkdir()
        place = Location(folder / OTHER)
        with libraries.open_library(place) as library:
            self.copied = _rehearse(library)
        locked = locking.lock(place, words, CLOCK, computer=False)
        with libraries.open_library(locked) as library:
            made = backups.back_up_now(library)
            sealed_copies.copy_to(library, folder / STICK, made.path, CLOCK)
        shutil.rmtree(place.folder)
        with libraries.open_library(Location(folder / DATA)) as library:
            self.own = _rehearse(library)
        self.key = locked.raw_key or ""

    def do(self, folder: Path, say: Say) -> None:
        (copy,) = (folder / STICK).glob("cqcmock*.age")
        say.begun("restore")
        restoring.restore(Location(folder / DATA), copy, CLOCK, words=(folder / WORDS_FILE).read_text())
        say.done("restore")

    def check(self, folder: Path, said: Heard) -> None:
        place = Location(folder / DATA)
        try:
            locked = locking.is_locked(place)
            if said.done("restore") and not locked:
                raise LostError("what was restored is not there")
            if not locked:
                self._check_holds(place, self.own)
                return
            self._check_holds(Location(place.folder, raw_key=self.key), self.copied)
            (aside,) = place.folder.glob("replaced-*")
            old = Location(aside)
            if not locking.is_locked(old):
                self._check_holds(old, self.own)
            elif not (aside / LIBRARY).exists():  # cut short while it was given its lock: the words see to it
                self._check_holds(locking.unlock(old, (folder / WORDS_FILE).read_text()), self.own)
        except UserError as error:
            raise CorruptError(f"it does not open: {error}") from error

    def _check_holds(self, place: Location, sitting: str) -> None:
        with libraries.open_library(place) as library:
            if [one.id for one in sittings.recent(library)] != [sitting]:
                raise HalfDoneError("another library is there")
        check_sound(place.folder / LIBRARY, place.raw_key)
