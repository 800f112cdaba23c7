"""The lock of a library, put on, changed and taken off when the power fails: there is always a way to every word."""

from __future__ import annotations

from pathlib import Path

from cqcmock.clock import system_clock
from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.review import canonical, sealing
from cqcmock.services import library as libraries
from cqcmock.services import locking, rehearsing, reviewer_keys, reviewing, sittings
from cqcmock.storage import backups
from cqcmock.storage.folder import LIBRARY
from tests.clocks import HandClock
from tests.domain.worlds import plan
from tests.e2e.pack_hands import numbered
from tests.power_cuts.deed import CorruptError, Deed, HalfDoneError, Heard, LostError, Say
from tests.power_cuts.looks import check_sound
from tests.power_cuts.saving import WORDS, talk
from tests.review.packs import a_pack, sent

DATA, PACK, ESCROW = "data", "pack-1", "escrow.txt"
CLOCK = system_clock()
WORDS_EVERY = 60


class Locking(Deed):
    """A library with a copy, and a pack that is being marked, are locked with words and a council's key."""

    fault = "The power fails while the library is locked"
    person_sees = "The library as it was and not locked, or locked, and unlocked by the words that were shown"
    locked_before, locked_after = False, True

    def prepare(self, folder: Path) -> None:
        place, hand = Location(folder / DATA), HandClock()
        self.secret, address = sealing.new_address()
        (folder / ESCROW).write_text(f"{self.secret} {address}")
        own = reviewer_keys.own_key(place)
        sealed = sealing.seal_to(canonical.canonical(sent(a_pack(2, PACK)).content), own.address)
        (folder / PACK).write_bytes(sealed)
        with reviewing.open_pack(place, folder / PACK, CLOCK) as workspace:
            self.sheet = workspace.order[0]
            workspace.save(self.sheet, numbered(7), CLOCK)
        with libraries.open_library(place) as library:
            self.sitting = rehearsing.start(library, plan(1), "Pat Example", hand.clock).id
            with sittings.recorder(library, self.sitting) as keep:
                talk(plan(1), hand, keep)
            libraries.back_up_now(library)
            self.events = sittings.load(library, self.sitting).events
        self.own = own
        self.raw_key = self.words = ""
        self.looks = 0
        if self.locked_before:
            self.words = locking.new_words()
            locked = locking.lock(place, self.words, CLOCK, computer=False, escrow=address)
            assert locked.raw_key
            self.raw_key = locked.raw_key

    def do(self, folder: Path, say: Say) -> None:
        secret, address = (folder / ESCROW).read_text().split()
        place, words = Location(folder / DATA), locking.new_words()
        if self.locked_before:
            place = locking.unlock_by_escrow(place, secret)
        say.begun("lock", words)
        self.turn(place, words, address)
        say.done("lock", words)

    def turn(self, place: Location, words: str, address: str) -> None:
        """What is done to the lock."""
        locking.lock(place, words, CLOCK, computer=False, escrow=address)

    def check(self, folder: Path, said: Heard) -> None:
        place = Location(folder / DATA)
        done = bool(said.done("lock"))
        if done and self.locked_after:
            self._check_unreadable(place.folder)
        try:
            locked = locking.is_locked(place)
            if done and locked != self.locked_after:
                raise LostError(f"locked: {locked}")
            if not locked and self.locked_before and self.locked_after:
                raise LostError("the lock is gone")
            if locked:
                place = locking.unlock_by_escrow(place, self.secret)
                self._check_unreadable(place.folder)
            if done and self.locked_before and place.raw_key == self.raw_key:
                raise LostError("the old key still opens it")
            self._check_whole(place)
            self._check_words(place, [*said.done("lock"), *said.under_way("lock")])
        except UserError as error:
            raise CorruptError(f"it cannot be unlocked and opened: {error}") from error

    def _check_words(self, place: Location, new: list[str]) -> None:
        """Now and then: words are slow to try, on purpose."""
        self.looks += 1
        if place.raw_key and self.looks % WORDS_EVERY == 0:
            words = self.words if place.raw_key == self.raw_key else new[0]
            if locking.unlock(Location(place.folder), words).raw_key != place.raw_key:
                raise LostError("the words unlock something else")

    def _check_whole(self, place: Location) -> None:
        with libraries.open_library(place) as library:
            if sittings.load(library, self.sitting).events != self.events:
                raise LostError("the rehearsal is not as it was")
        check_sound(place.folder / LIBRARY, place.raw_key)
        copies = backups.sound(place.folder, place.raw_key)
        if not copies or len(copies) != len(backups.files(place.folder)) or copies[-1].sittings != 1:
            raise LostError(f"{len(copies)} copies can be read of {len(backups.files(place.folder))}")
        with reviewing.workspace(place, PACK) as workspace:
            if workspace.sheets()[self.sheet].marks != numbered(7):
                raise LostError("the marks in the pack are not as they were")
        if reviewer_keys.own_key(place) != self.own:
            raise LostError("the reviewer's own key is another")

    def _check_unreadable(self, folder: Path) -> None:
        needles = (WORDS.encode(), numbered(7).comment.encode(), self.own.signing.encode())
        for path in folder.rglob("*"):
            if path.is_file() and any(needle in path.read_bytes() for needle in needles):
                raise HalfDoneError(f"{path.relative_to(folder)} can be read without the key")


class ChangingTheKey(Locking):
    """The same, locked before, gets another key."""

    fault = "The power fails while the key of the library is changed"
    person_sees = "The library is unlocked by the old words or by the new ones, and everything is in it"
    locked_before = True

    def turn(self, place: Location, words: str, address: str) -> None:
        locking.change_key(place, words, CLOCK, computer=False, escrow=address)


class RemovingTheLock(Locking):
    """The same, locked before, is not to be locked any more."""

    fault = "The power fails while the lock of the library is taken off"
    person_sees = "The library is locked as it was, or not locked, and everything is in it"
    locked_before, locked_after = True, False

    def turn(self, place: Location, words: str, address: str) -> None:
        locking.remove_lock(place, CLOCK)
