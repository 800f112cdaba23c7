"""Settings that are saved, and a café that runs, when the power fails: what was shown as kept is there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from cqcmock.domain.cafe.cards import CardKind
from cqcmock.paths import Location
from cqcmock.services import library as libraries
from cqcmock.services.cafe import attendance, cards, closing
from cqcmock.settings import FILE_NAME, PUT_ASIDE, Settings, load_settings, save_settings
from cqcmock.storage import cafe as kept_cafes
from cqcmock.storage.cafe_records import CafeList
from tests.clocks import HandClock
from tests.power_cuts.deed import CorruptError, Deed, HalfDoneError, Heard, LostError, Say
from tests.power_cuts.looks import opened
from tests.services.cafe.hands import begun, pass_time, people_came
from tests.services.cafe.hands import opened as in_hand

if TYPE_CHECKING:
    from cqcmock.services.cafe.opening import OpenCafe
    from cqcmock.services.library import Library

DATA = "data"
TAKEN_OUT, STAYS = "Quibblefrost", "Zanderwick"


class Cafe(Deed):
    """A café from its beginning to its closing: rounds, cards, people, taking back."""

    fault = "The power fails while a café runs"
    person_sees = "The café goes on where it stood, with every card and every round that was shown"
    raw_key: ClassVar[str | None] = None

    def prepare(self, folder: Path) -> None:
        libraries.open_library(Location(folder / DATA, raw_key=self.raw_key)).close()

    def do(self, folder: Path, say: Say) -> None:
        hand = HandClock()
        with libraries.open_library(Location(folder / DATA, raw_key=self.raw_key)) as library:
            say.begun("cafe")
            cafe = begun(library, hand)
            say.done("cafe", cafe.id)
            say.done("deed", _on_screen(cafe))
            for number in range(12):
                for deed in (
                    lambda: pass_time(library, cafe, hand, 1),
                    lambda: cards.next_person(cafe.cards),
                    lambda number=number: cards.write(cafe.cards, CardKind.WORRY, f"{STAYS} {number} " + "word " * 40),
                    lambda: people_came(cafe, North=2),
                    lambda: cards.write(cafe.cards, CardKind.WORRY, f"{TAKEN_OUT} " + "word " * 40),
                    lambda: cards.take_out(cafe.cards, cafe.cards.state.cards[-1].id),
                    cafe.run.add_minute,
                    lambda: attendance.came(cafe.attendance, 1, team="South"),
                    cafe.run.undo,
                ):
                    say.begun("deed")
                    deed()
                    say.done("deed", _on_screen(cafe))
            say.begun("deed")
            cafe.run.finish()
            say.done("deed", _on_screen(cafe))
            say.begun("close")
            closing.close(library, cafe, hand.clock, same_people=False)
            say.done("close")

    def check(self, folder: Path, said: Heard) -> None:
        if said.done("close") and self.raw_key is None:
            left = [path.name for path in (folder / DATA).iterdir() if path.is_file()]
            if any(TAKEN_OUT.encode() in (folder / DATA / name).read_bytes() for name in left):
                raise LostError("what was taken out can be read")
        with opened(folder / DATA, self.raw_key) as library:
            for cafe in said.done("cafe") if said.done("deed") else ():
                self._check(library, cafe, said)

    def _check(self, library: Library, cafe: str, said: Heard) -> None:
        released = closing.released(library, cafe)
        if said.done("close") and released is None:
            raise LostError("it was closed, and is not")
        there = _in_library(library, cafe)
        (*_, announced) = said.done("deed")
        for name, events in announced.items():
            found = there[name]
            if released is not None:  # the words that were taken out are gone
                same = len(found) == len(events)
            else:
                same = found == events or (bool(said.under_way("deed")) and _goes_on(found, events))
            if not same:
                harm = LostError if len(found) < len(events) else HalfDoneError
                raise harm(f"{name}: {len(found)} events are there, {len(events)} were announced")
        if released is None:
            hand = HandClock()
            hand.pass_seconds(100_000)
            in_hand(library, hand, cafe).cards.settle()


def _goes_on(found: list[str], announced: list[str]) -> bool:
    """The latest event may be another by now, and a few may have been added."""
    return len(found) >= len(announced) and found[: len(announced) - 1] == announced[:-1]


def _on_screen(cafe: OpenCafe) -> dict[str, list[str]]:
    lists: dict[str, Any] = {CafeList.SESSION: cafe.run, CafeList.CARDS: cafe.cards}
    lists[CafeList.ATTENDANCE] = cafe.attendance
    return {name: [repr(event) for event in one.events] for name, one in lists.items()}


def _in_library(library: Library, cafe: str) -> dict[str, list[str]]:
    with library.reading() as session:
        return {which.value: [repr(one) for one in kept_cafes.events(session, cafe, which)] for which in CafeList}


class CafeLocked(Cafe):
    """The same in a library with a key."""

    fault = "The power fails while a café runs in an encrypted library"
    raw_key = "5a" * 32


class SavingSettings(Deed):
    """Settings that are saved again and again, the first time over a file that was not understood."""

    fault = "The power fails while settings are saved"
    person_sees = "The settings as they were before, or as they were saved"

    def prepare(self, folder: Path) -> None:
        self.first = replace(Settings(), person="Pat", second_place="/stick")
        save_settings(folder, self.first)
        with (folder / FILE_NAME).open("a") as file:
            file.write("of_a_later_version = 1\n")

    def do(self, folder: Path, say: Say) -> None:
        for number in range(20):
            say.begun("save", number)
            save_settings(folder, self._saved(number))
            say.done("save", number)

    def check(self, folder: Path, said: Heard) -> None:
        loaded = load_settings(folder)
        expected = [self._saved(number) for number in (*said.done("save")[-1:], *said.under_way("save"))]
        if not said.done("save"):
            expected.append(self.first)
        elif loaded.problems:
            raise CorruptError(str(loaded.problems))
        if loaded.settings not in expected:
            raise LostError(f"they are {loaded.settings}")
        lines = [path.read_text() for path in (folder / FILE_NAME, folder / PUT_ASIDE) if path.exists()]
        if not any("of_a_later_version" in line for line in lines):
            raise LostError("what was not understood is gone")
        save_settings(folder, self._saved(99))
        if load_settings(folder).settings != self._saved(99):
            raise HalfDoneError("saving them again does not save them")

    def _saved(self, number: int) -> Settings:
        return replace(Settings(), person=f"Pat {number}", council="Council " * number, second_place="/stick")
