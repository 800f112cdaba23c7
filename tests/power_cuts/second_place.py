"""A sealed copy of everything on a stick when the power fails: whole or not there, and brought back whole or not."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from cqcmock.clock import system_clock
from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.services import (
    backups,
    locking,
    moving_in,
    rehearsing,
    restoring,
    retention,
    sealed_backups,
    sealed_copies,
    second_place,
    sittings,
    wiping,
)
from cqcmock.services import library as libraries
from cqcmock.settings import FILE_NAME, Settings, save_settings
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
        self._check_whole(lying)
        self._copy(place)
        if list((folder / STICK).glob("*.unfinished")):
            raise HalfDoneError("what was begun is left")

    def _check_whole(self, lying: Sequence[sealed_copies.Lying]) -> None:
        for one in lying:
            try:
                with sealed_backups.opened(one.path, raw_key=self.key) as backup:
                    backup.check()
            except UserError as error:
                raise CorruptError(f"{one.path.name} is not whole: {error}") from error


class BringingUpToDate(CopyingToAStick):
    """The same place brought up to date, with older copies removed there: too many, and one that holds what was
    deleted for good since."""

    fault = "The power fails while the second place is brought up to date and old copies are removed there"
    person_sees = "At least one whole copy of the library lies there; the next backup is copied"

    def prepare(self, folder: Path) -> None:
        super().prepare(folder)
        self.recorded = str(folder)
        (self.first,) = (path.name for path in (folder / STICK).glob("cqcmock-backup-*"))

    def do(self, folder: Path, say: Say) -> None:
        second_place.KEPT = 2  # type: ignore[misc]  # enough to see that the others go
        place = Location(folder / DATA, raw_key=(folder / "key").read_text())
        with libraries.open_library(place) as library:
            for turn in range(4):
                sitting = _rehearse(library)
                if turn == 3:
                    due = wiping.find(library, place, Settings(), [sitting])
                    wiping.delete(library, place, due, "Over", CLOCK)
                backups.back_up_now(library)
                say.begun("up to date")
                outcome = second_place.bring_up_to_date(library, CLOCK)
                assert outcome.copied is not None, outcome.say
                say.done("up to date", outcome.copied.path.name)

    def check(self, folder: Path, said: Heard) -> None:
        place = Location(folder / DATA, raw_key=self.key)
        for path in (place.folder / FILE_NAME, place.folder / second_place.STATE):  # the stick is another folder now
            if path.exists():
                path.write_text(path.read_text().replace(self.recorded, str(folder)))
        lying = sealed_copies.listed(folder / STICK, place)
        missing = {*said.done("up to date")[-1:]} - {one.path.name for one in lying}
        if missing and not said.under_way("up to date"):
            raise LostError(f"copies that are not there: {missing}")
        if not lying:
            raise LostError("there is no copy at all")
        self._check_whole(lying)
        with libraries.open_library(place) as library:
            backups.back_up_now(library)
            outcome = second_place.bring_up_to_date(library, CLOCK)
            if outcome.copied is None:
                raise LostError(f"it is not brought up to date: {outcome.say}")
            deleted = len(retention.deletions(library))
        lying = sealed_copies.listed(folder / STICK, place)
        self._check_whole(lying)
        older = {self.first, *said.done("up to date")[:3]}
        if deleted and (holding := older & {one.path.name for one in lying}):
            raise HalfDoneError(f"copies that hold what was deleted: {holding}")
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


class RestoringOnANewLaptop(RestoringFromAStick):
    """The same on a laptop that has nothing yet."""

    fault = "The power fails while a sealed copy is brought back on a new computer"
    person_sees = "Nothing is there yet, and it can be brought back again; or everything of the copy"

    def prepare(self, folder: Path) -> None:
        super().prepare(folder)
        shutil.rmtree(folder / DATA)
        self.looks = 0

    def check(self, folder: Path, said: Heard) -> None:
        place = Location(folder / DATA)
        moving_in.finish(place.folder)
        try:
            if (place.folder / LIBRARY).exists():
                if not locking.is_locked(place):
                    raise HalfDoneError("a library without its lock is there")
                self._check_holds(Location(place.folder, raw_key=self.key), self.copied)
                return
            if said.done("restore"):
                raise LostError("what was restored is not there")
            self.looks += 1
            if self.looks % 10 == 1:
                (copy,) = (folder / STICK).glob("cqcmock*.age")
                restoring.restore(place, copy, CLOCK, words=(folder / WORDS_FILE).read_text())
                self._check_holds(Location(place.folder, raw_key=self.key), self.copied)
        except UserError as error:
            raise CorruptError(f"it does not open: {error}") from error
        if any(path.name.startswith("restored.") for path in place.folder.glob("*")) and self.looks % 10 == 1:
            raise HalfDoneError("what was begun is left")
