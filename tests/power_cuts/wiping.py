"""Things that are deleted for good, and a person who is erased, when the power fails: whole, or gone everywhere."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from cqcmock.clock import system_clock
from cqcmock.domain.audit import Deed as Trail
from cqcmock.domain.audit import Kind
from cqcmock.paths import Location
from cqcmock.services import audit, locking, persons, wiping
from cqcmock.services import library as libraries
from cqcmock.services.recordings import FOLDER as AUDIO
from cqcmock.settings import Settings
from cqcmock.storage import backups
from cqcmock.storage.folder import LIBRARY
from tests.entangled import ANWEN, BEDE, HER_WORDS, entangled
from tests.power_cuts.deed import CorruptError, Deed, HalfDoneError, Heard, LostError, Say
from tests.power_cuts.looks import check_sound, opened
from tests.services.kept_things import RETURNED, WORDS, a_filled_folder, everything, everything_read, found_in
from tests.services.review.hands import HAND

if TYPE_CHECKING:
    from cqcmock.services.library import Library

DATA, ELSEWHERE, KEY = "data", "elsewhere", "key"
CLOCK = system_clock()
AGAIN_EVERY = 3
WHY = "Over and done"
IN_SETTINGS = json.dumps({persons.Where.SETTINGS.name: 1})
"""All that may be left of a person until erasing is finished by another go."""
TURNS = ((Kind.SITTING, Kind.OPENED_PACK), (Kind.CAFE, Kind.RECORDING), (Kind.PACK,))
ERASED = (*HER_WORDS, *{spelt for word in (ANWEN,) for spelt in (word, word.lower(), word.upper())})


def _closed_library(folder: Path) -> Path:
    with libraries.open_library(Location(folder / "new")) as library:
        libraries.sync_shipped_banks(library)
    return folder / "new"


class Wiping(Deed):
    """One of everything, in backups as well, deleted for good in three turns."""

    fault = "The power fails while something is deleted for good, out of the backups too"
    person_sees = "It is there as it was, or gone everywhere once the program has been started again"
    locked: ClassVar[bool] = False

    def prepare(self, folder: Path) -> None:
        made, _shelf = a_filled_folder(folder, _closed_library(folder))
        for path in folder.iterdir():
            if path != made:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        self.place = Location(made)
        self.key = ""
        if self.locked:
            self.key = locking.lock(self.place, locking.new_words(), CLOCK, computer=False).raw_key or ""
        (folder / KEY).write_text(self.key)
        self.looks = 0
        self.backups = len(backups.files(made))

    def do(self, folder: Path, say: Say) -> None:
        place = _place(folder)
        with libraries.open_library(place) as library:
            for kinds in TURNS:
                say.begun("delete", kinds)
                wiping.delete(library, place, everything(library, place, *kinds), WHY, CLOCK)
                say.done("delete", kinds)

    def check(self, folder: Path, said: Heard) -> None:
        place = _place(folder)
        for path in (place.folder / AUDIO).glob("*"):  # a disk keeps the times of files as well
            os.utime(path, (HAND.wall.timestamp(), HAND.wall.timestamp()))
        done = [Kind(kind) for kinds in said.done("delete") for kind in kinds]
        begun = {Kind(kind) for kinds in said.under_way("delete") for kind in kinds}
        _check_gone(place, done, LostError)
        self.looks += 1
        with opened(place.folder, place.raw_key) as library:
            wiping.finish(library, place)
            there = {one.kept.kind for one in everything(library, place)}
            if again := there & {*done}:
                raise LostError(f"deleted, and there again: {sorted(again)}")
            gone = WORDS.keys() - there - {*done}
            if gone not in (set(), begun):
                raise HalfDoneError(f"of {sorted(begun)} are gone: {sorted(gone)}")
            self._check_there(place, there, _check_gone(place, [*done, *gone], HalfDoneError))
            if begun and not gone and self.looks % AGAIN_EVERY == 0:
                wiping.delete(library, place, everything(library, place, *begun), WHY, CLOCK)
                _check_gone(place, begun, HalfDoneError)
            if audit.trail(library).first_wrong is not None:
                raise CorruptError("the trail is not as it was written")
        if len(backups.sound(place.folder, place.raw_key)) != len(backups.files(place.folder)):
            raise CorruptError("a backup is not whole")

    def _check_there(self, place: Location, kinds: Iterable[Kind], content: bytes) -> None:
        """What was not deleted is there with every word."""
        words = {word for kind in kinds for word in WORDS[kind]}
        if Kind.SITTING not in kinds:
            words -= {RETURNED}  # what was written about its answers went with them
        if missing := sorted(word for word in words if word.encode() not in content):
            raise LostError(f"nobody deleted {missing}")
        if len(backups.files(place.folder)) != self.backups:
            raise LostError("a backup is gone")


class WipingLocked(Wiping):
    """The same in a locked library."""

    fault = "The power fails while something is deleted for good, in a locked library and its backups"
    locked = True


def _check_gone(place: Location, kinds: Iterable[Kind], error: type[Exception]) -> bytes:
    """Everything that can be read in the folder, if none of the words of these kinds is in it."""
    words = [word for kind in kinds for word in WORDS[kind]]
    content = everything_read(place)
    if any(word.encode() in content for word in words):
        raise error(f"deleted, and can be read: {found_in(place, words)}")
    return content


def _place(folder: Path) -> Location:
    return Location(folder / DATA, raw_key=(folder / KEY).read_text() or None)


class ErasingAPerson(Deed):
    """Two people whose things are in each other's; one of them is erased."""

    fault = "The power fails while a person is erased"
    person_sees = "Everything of that person is there, or nothing; erasing again finishes it. Others' things are whole"

    def prepare(self, folder: Path) -> None:
        _closed_library(folder).rename(folder / DATA)
        entangled(folder / DATA, folder / ELSEWHERE)
        shutil.rmtree(folder / ELSEWHERE)
        (folder / KEY).write_text("")
        self.shown: dict[bool, tuple[str, str]] = {}
        shutil.copytree(folder / DATA, folder / ELSEWHERE / DATA)
        (folder / ELSEWHERE / KEY).write_text("")
        for where in (folder, folder / ELSEWHERE):
            with libraries.open_library(_place(where)) as library:
                if where != folder:
                    persons.erase(library, _place(where), ANWEN, WHY, CLOCK)
                self.shown[where == folder] = self._shown(library, _place(where))
        shutil.rmtree(folder / ELSEWHERE)
        assert self.shown[True][0], "nobody is erased"
        assert not self.shown[False][0], "she is not erased"

    def do(self, folder: Path, say: Say) -> None:
        place = _place(folder)
        with libraries.open_library(place) as library:
            say.begun("erase")
            persons.erase(library, place, ANWEN, WHY, CLOCK)
            say.done("erase")

    def check(self, folder: Path, said: Heard) -> None:
        place = _place(folder)
        if said.done("erase"):
            self._check_gone(place, LostError)
        with opened(place.folder) as library:
            wiping.at_start(library, place, Settings(), CLOCK)
            shown = self._shown(library, place)
            erased = any(entry.deed == Trail.PERSON_ERASED for entry in audit.trail(library).entries)
            if said.done("erase") and (not erased or shown[0]):
                raise LostError("she was erased, and is there again")
            if erased != self._is_erased(shown):
                raise HalfDoneError(f"erased: {erased}; there is {shown}")
            if not said.done("erase"):
                with suppress(persons.NobodyError):  # it was all done
                    persons.erase(library, place, ANWEN, WHY, CLOCK)
            self._check_gone(place, HalfDoneError)
        check_sound(place.folder / LIBRARY)
        if not backups.sound(place.folder) or len(backups.sound(place.folder)) != len(backups.files(place.folder)):
            raise CorruptError("a backup is not whole")

    def _is_erased(self, shown: tuple[str, str]) -> bool:
        """Raises HalfDoneError where it is neither as before nor as it is to be."""
        (hers, his), (_nothing, left) = shown, self.shown[False]
        if his == left and hers in ("", IN_SETTINGS):
            return True
        if shown != self.shown[True]:
            raise HalfDoneError(f"of her and of him there is {shown}")
        return False

    def _check_gone(self, place: Location, error: type[Exception]) -> None:
        if found := found_in(place, ERASED):
            raise error(f"erased, and can be read: {found}")

    def _shown(self, library: Library, place: Location) -> tuple[str, str]:
        where = {one.name: {at.name: n for at, n in one.where.items()} for one in persons.people(library, place)}
        return tuple(json.dumps(where[name], sort_keys=True) if name in where else "" for name in (ANWEN, BEDE))  # type: ignore[return-value]
