"""Kill -9 while packs are marked, returned and merged: what was done stays done, and nothing is done by half."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from cqcmock import storage
from cqcmock.domain.review import ReturnDraft, SheetState
from cqcmock.paths import Location
from cqcmock.review import canonical, return_file, sealing, words
from cqcmock.services import library as libraries
from cqcmock.services import merging, reviewer_keys, reviewing
from cqcmock.storage.records import MergedReturn, SentPack, SentSheet
from tests.e2e.pack_hands import BEGUN, CLOCK, DONE, numbered, reason
from tests.e2e.program import CHECKOUT, environment, facts
from tests.faults import Tell
from tests.review.packs import NOON, Sent, a_pack, a_return, a_sheet, sent

RETURNS = 24
LANES = 2
LONGEST_SECONDS = 0.35


def killed(moment: float, *arguments: object) -> list[list[Any]]:
    """Have the other process work, kill it so many seconds after it began, and return what it said."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.pack_hands", *map(str, arguments)],
        cwd=CHECKOUT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stderr is not None
    with child.stdout, child.stderr:
        said = [child.stdout.readline()]
        time.sleep(moment)
        child.kill()
        said += child.stdout.readlines()
        complaints = child.stderr.read()
    assert child.wait() == -9, complaints
    assert not complaints
    return [json.loads(line) for line in said if line.endswith("\n")]


@dataclass(slots=True)
class Seen:
    """What the kills have met: a test in which they met nothing would show nothing."""

    kills: int = 0
    done: int = 0
    interrupted: dict[str, int] = field(default_factory=dict)

    def note(self, said: list[list[Any]]) -> None:
        self.kills += 1
        self.done += sum(line[0] == DONE for line in said)
        if said and said[-1][0] == BEGUN:
            self.interrupted[said[-1][1]] = self.interrupted.get(said[-1][1], 0) + 1


@dataclass(slots=True)
class Marked:
    """The latest number of each sheet that was announced as saved, and those that may have been saved since."""

    sheets: dict[str, int] = field(default_factory=dict)
    submitted: dict[str, int] = field(default_factory=dict)
    whole: int = 0
    reason: int = 0
    in_a_return: dict[str, int] | None = None
    has_receipt: bool = False
    spare: bool = False

    def follow(self, said: list[list[Any]]) -> None:
        for what, *about in said:
            if what != DONE:
                continue
            deed, sheet, number = about
            match deed:
                case "save" | "submit":
                    self.sheets[sheet] = number
                    self.submitted.pop(sheet, None)
                    if deed == "submit":
                        self.submitted[sheet] = number
                case "whole":
                    self.whole = number
                case "reason":
                    self.reason = number
                case "return":
                    self.in_a_return = dict(self.submitted)
                    self.has_receipt = True
                    self.reason = 0
                case _:
                    self.spare = deed == "open"


def number_in(comment: str) -> int:
    number = int(comment.split()[-1]) if comment else 0
    assert comment == (numbered(number).comment if number else "")
    return number


def returned_whole(path: Path, ours: Sent) -> dict[str, int]:
    """What stands in a returned file, which is believed: the number of each sheet."""
    signed = return_file.read_return(sealing.open_with_keys(path.read_bytes(), [ours.return_key]))
    return_file.check_return(signed, ours.public_key, ours.content.answers_digest)
    return {sheet.id: number_in(sheet.marks.comment) for sheet in signed.given.sheets}


class Reviewing:
    """A reviewer's laptop with a stick in it."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.place = Location(folder / "laptop")
        self.stick = folder / "stick"
        self.stick.mkdir(parents=True)
        address = reviewer_keys.own_key(self.place).address
        self.ours, self.spare = sent(a_pack(8, "pack-1")), sent(a_pack(2, "pack-2"))
        for name, one in (("pack", self.ours), ("spare", self.spare)):
            sealed = sealing.seal_to(canonical.canonical(one.content), address)
            (self.stick / name).write_bytes(sealed)
        self.file = self.stick / "return"
        self.marked = Marked()
        self.dice = random.Random(seed)
        self.seed = seed

    def round(self, number: int) -> list[list[Any]]:
        files = (self.stick / "pack", self.stick / "spare", self.file)
        moment = self.dice.uniform(0, LONGEST_SECONDS)
        said = killed(moment, "reviewer", self.place.folder, *files, self.seed * 1000 + number)
        self.marked.follow(said)
        cut_off = said[-1][1:] if said[-1][0] == BEGUN else [None, None, None]
        self._nothing_is_lost(*cut_off)
        return said

    def _nothing_is_lost(self, deed: str | None, at: str | None, number: int | None) -> None:
        """`deed` is what was begun and not announced: it was done, or it was not."""
        for library in self.place.folder.glob("review/*/library.sqlite"):
            assert facts(library, "pragma integrity_check") == [("ok",)]
        with reviewing.workspace(self.place, "pack-1") as workspace:
            sheets, receipts = workspace.sheets(), workspace.receipts()
            whole = number_in(workspace.wholes()["A"].comment)
            draft = workspace.return_draft()
        for sheet in sheets.values():
            there, announced = number_in(sheet.marks.comment), self.marked.sheets.get(sheet.id, 0)
            may_be = {announced} | ({number} if deed in ("save", "submit") and sheet.id == at else set())
            assert there in may_be, (sheet.id, deed)
            if there == announced:
                assert (sheet.state is SheetState.SUBMITTED) == (sheet.id in self.marked.submitted)
            else:
                self.marked.follow([[DONE, deed, at, number]])
        assert whole in {self.marked.whole} | ({number} if deed == "whole" else set())
        self.marked.whole = whole
        self._the_reason_is_whole(draft, deed, number)
        self._the_file_is_whole(deed, {receipt.code for receipt in receipts})
        self._others_are_there(deed)

    def _the_reason_is_whole(self, draft: ReturnDraft, deed: str | None, number: int | None) -> None:
        """As far as it was announced, or the one that was begun; none any more once a return has it."""
        there = int(draft.why_incomplete.split()[-1]) if draft.why_incomplete else 0
        assert draft.why_incomplete == (reason(there) if there else "")
        assert draft.signed == bool(there % 2)
        begun = {"reason": number, "return": 0}.get(deed or "", self.marked.reason)
        assert there in (self.marked.reason, begun), deed
        self.marked.reason = there

    def _the_file_is_whole(self, deed: str | None, receipts: set[str]) -> None:
        if self.marked.in_a_return is None and not self.file.exists():
            return
        there = returned_whole(self.file, self.ours)
        if there != self.marked.in_a_return:
            assert deed == "return", "the returned file is neither the last one nor the one before"
            assert there == self.marked.submitted
        known = words.word_code(canonical.digest(self.file.read_bytes())) in receipts
        assert known or deed == "return" or not self.marked.has_receipt
        self.marked.in_a_return, self.marked.has_receipt = there, known

    def _others_are_there(self, deed: str | None) -> None:
        """The other pack is there or not, and can be opened and forgotten."""
        ids = {summary.id for summary in reviewing.workspaces(self.place)}
        assert ids - {"pack-2"} == {"pack-1"}
        if deed not in ("open", "forget"):
            assert ("pack-2" in ids) == self.marked.spare
        self.marked.spare = "pack-2" in ids


class Merging:
    """An owner's laptop with a folder of returned files: a fresh copy of it for each round."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.clean, self.place = folder / "clean", Location(folder / "laptop")
        self.returns = folder / "returns"
        self.returns.mkdir(parents=True)
        self.expected: dict[str, MergedReturn] = {}
        packs = [sent(a_pack(8, f"pack-{number}")) for number in range(2)]
        with libraries.open_library(Location(self.clean)) as library:
            for one in packs:
                keep(library, one)
            for number in range(RETURNS):
                path = self.returns / f"return-{number:02}"
                one = packs[number % 2]
                sheets = [
                    replace(a_sheet(answer.sheet, number % 4), marks=numbered(number * 10 + at))
                    for at, answer in enumerate(one.content.pack.answers)
                ]
                given = a_return(one.content, *sheets, minutes=number)
                path.write_bytes(return_file.written_return(given, one.content))
                (seen,) = merging.look(library, [path], CLOCK)
                assert seen.returned is not None
                self.expected[path.name] = seen.returned
        self.dice = random.Random(seed)
        self.seed = seed

    def round(self, number: int) -> list[list[Any]]:
        shutil.rmtree(self.place.folder, ignore_errors=True)
        shutil.copytree(self.clean, self.place.folder)
        moment = self.dice.uniform(0, LONGEST_SECONDS)
        said = killed(moment, "owner", self.place.folder, self.returns, self.seed * 1000 + number)
        announced = {name for what, *names in said if what == DONE for name in names}
        begun = {*said[-1][1:]} if said[-1][0] == BEGUN else set()
        with libraries.open_library(self.place) as library:
            assert facts(self.place.folder / "library.sqlite", "pragma integrity_check") == [("ok",)]
            there = self._whole_returns(library)
            assert announced <= there <= announced | begun
            assert there - announced in (set(), begun - announced), "a handful was merged by half"
            files = sorted(self.returns.iterdir())
            merging.take_in(library, merging.look(library, files, CLOCK))
            assert self._whole_returns(library) == {file.name for file in files}
        return said

    def _whole_returns(self, library: libraries.Library) -> set[str]:
        """The names of the returns that are there, each of them as it was written, to the last comment."""
        with library.reading() as session:
            there = {one.digest: one for one in storage.packs.returns(session, ["pack-0", "pack-1"])}
        names = {one.digest: name for name, one in self.expected.items()}
        for digest, one in there.items():
            assert replace(one, merged_at=NOON) == replace(self.expected[names[digest]], merged_at=NOON)
        return {names[digest] for digest in there}


def keep(library: libraries.Library, one: Sent) -> None:
    """Have the library know a pack."""
    pack = one.content.pack
    known = SentPack(
        id=pack.id,
        made_at=NOON - timedelta(days=1),
        reviewer=pack.reviewer,
        expected=len(pack.answers),
        answers_digest=one.content.answers_digest,
        public_key=one.public_key,
        return_key=one.return_key,
        rubric=pack.rubric,
    )
    sheets = [
        SentSheet(pack=pack.id, sitting="s", candidate="A", question=at, answer=answer)
        for at, answer in enumerate(pack.answers)
    ]
    with library.writing() as work:
        storage.packs.keep(work, known, sheets)
        work.commit()


Laptop = Callable[[Path, int], Reviewing | Merging]


def in_lanes(folder: Path, laptop: Laptop, rounds: int) -> Seen:
    """Kill on two laptops at the same time: half the waiting."""

    def lane(number: int) -> Iterator[list[list[Any]]]:
        one = laptop(folder / f"lane-{number}", number + 1)
        for at in range(rounds // LANES):
            yield one.round(at)

    seen = Seen()
    with ThreadPoolExecutor(LANES) as lanes:
        for said in lanes.map(lambda number: list(lane(number)), range(LANES)):
            for one in said:
                seen.note(one)
    return seen


def test_a_kill_while_marking_and_returning_loses_no_mark_that_was_kept(tmp_path: Path, fault: Tell) -> None:
    seen = in_lanes(tmp_path, Reviewing, 6)
    assert seen.done
    fault(
        "The program is killed while a reviewer marks and returns a pack",
        area="Kill",
        tried=seen.kills,
        lost=0,
        corrupt=0,
        half_done=0,
        person_sees="Every mark that was shown as kept; the returned file is the one before or the new one, whole",
    )


def test_a_kill_while_merging_leaves_nothing_half_merged(tmp_path: Path, fault: Tell) -> None:
    seen = in_lanes(tmp_path, Merging, 6)
    assert seen.done
    fault(
        "The program is killed while returns are merged",
        area="Kill",
        tried=seen.kills,
        lost=0,
        corrupt=0,
        half_done=0,
        person_sees="Each choice of files is merged whole or not at all, and can be merged again",
    )


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_two_hundred_kills_while_marking_and_returning_lose_no_mark_that_was_kept(tmp_path: Path, fault: Tell) -> None:
    seen = in_lanes(tmp_path, Reviewing, 200)
    assert seen.done > 200, "a machine that has much else to do does less between two kills"
    assert {*seen.interrupted} >= {"save", "submit", "reason", "return", "open"}, seen
    assert sum(seen.interrupted.values()) > 100
    fault(
        "The program is killed while a reviewer marks and returns a pack",
        area="Kill",
        tried=seen.kills,
        lost=0,
        corrupt=0,
        half_done=0,
        person_sees="Every mark that was shown as kept; the returned file is the one before or the new one, whole",
    )


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_two_hundred_kills_while_merging_leave_nothing_half_merged(tmp_path: Path, fault: Tell) -> None:
    seen = in_lanes(tmp_path, Merging, 200)
    assert seen.done > 200, "a machine that has much else to do does less between two kills"
    assert sum(seen.interrupted.values()) > 100
    fault(
        "The program is killed while returns are merged",
        area="Kill",
        tried=seen.kills,
        lost=0,
        corrupt=0,
        half_done=0,
        person_sees="Each choice of files is merged whole or not at all, and can be merged again",
    )
