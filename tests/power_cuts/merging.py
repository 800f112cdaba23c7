"""Marks that come back when the power fails: a handful of files is merged, or none of them is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cqcmock import storage
from cqcmock.clock import system_clock
from cqcmock.paths import Location
from cqcmock.review import return_file
from cqcmock.services import library as libraries
from cqcmock.services import merging
from cqcmock.storage.records import MergedReturn
from tests.e2e.pack_hands import numbered
from tests.e2e.test_pack_kills import keep
from tests.power_cuts.deed import Deed, HalfDoneError, Heard, LostError, Say
from tests.power_cuts.looks import opened
from tests.review.packs import NOON, a_pack, a_return, a_sheet, sent

DATA, RETURNS = "data", "returns"
HANDFULS = ((0, 1, 2), (3,), (2, 4, 5), (6, 7), (8, 9, 10, 11))
PACKS = ("pack-0", "pack-1")
CLOCK = system_clock()


class Merging(Deed):
    """Twelve returns of two packs, merged by the handful, one of them twice."""

    fault = "The power fails while returned marks are merged"
    person_sees = "All marks of the files that were merged together, or none of them: they can be merged again"

    def prepare(self, folder: Path) -> None:
        self.expected: dict[str, MergedReturn] = {}
        packs = [sent(a_pack(4, name)) for name in PACKS]
        (folder / RETURNS).mkdir()
        with libraries.open_library(Location(folder / DATA)) as library:
            for one in packs:
                keep(library, one)
            for number in range(12):
                path = folder / RETURNS / f"return-{number:02}"
                one = packs[number % 2]
                sheets = [
                    replace(a_sheet(answer.sheet, number % 4), marks=numbered(number * 10 + at))
                    for at, answer in enumerate(one.content.pack.answers)
                ]
                given = a_return(one.content, *sheets, minutes=number)
                path.write_bytes(return_file.written_return(given, one.content))
                (seen,) = merging.look(library, [path], CLOCK)
                assert seen.returned is not None
                self.expected[path.name] = replace(seen.returned, merged_at=NOON)

    def do(self, folder: Path, say: Say) -> None:
        files = sorted((folder / RETURNS).iterdir())
        with libraries.open_library(Location(folder / DATA)) as library:
            for handful in HANDFULS:
                chosen = [files[number] for number in handful]
                names = [path.name for path in chosen]
                say.begun("merge", names)
                merging.take_in(library, merging.look(library, chosen, CLOCK))
                say.done("merge", names)

    def check(self, folder: Path, said: Heard) -> None:
        announced = {name for names in said.done("merge") for name in names}
        begun = {name for names in said.under_way("merge") for name in names}
        with opened(folder / DATA) as library:
            there = self._whole_returns(library)
            if announced - there:
                raise LostError(f"{sorted(announced - there)} are not there")
            if there - announced not in (set(), begun - announced):
                raise HalfDoneError(f"of {sorted(begun)} there is {sorted(there - announced)}")
            files = sorted((folder / RETURNS).iterdir())
            merging.take_in(library, merging.look(library, files, CLOCK))
            if self._whole_returns(library) != self.expected.keys():
                raise LostError("merging them once more does not bring everything")

    def _whole_returns(self, library: libraries.Library) -> set[str]:
        with library.reading() as session:
            there = {one.digest: one for one in storage.packs.returns(session, PACKS)}
        names = {one.digest: name for name, one in self.expected.items()}
        for digest, one in there.items():
            if replace(one, merged_at=NOON) != self.expected[names[digest]]:
                raise HalfDoneError(f"{names[digest]} is not as it was written")
        return {names[digest] for digest in there}
