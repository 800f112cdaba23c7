"""Kill -9 of the real window while somebody types: what it called saved is there, and the way back into it."""

from __future__ import annotations

import random
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from cqcmock.domain.interview import SPEAKING
from cqcmock.domain.sitting import Sitting
from cqcmock.paths import Location
from cqcmock.services import library, sittings
from tests.e2e.letters import letters
from tests.e2e.program import Program, facts
from tests.faults import Tell

MOST_TYPING_LOST_SECONDS = 1.2


def _as_it_lies(folder: Path, aside: Path) -> Sitting:
    """The sitting as the kill left it, read from a copy so that the next start finds everything untouched."""
    shutil.rmtree(aside, ignore_errors=True)
    shutil.copytree(folder, aside)
    assert facts(aside / "library.sqlite", "pragma integrity_check") == [("ok",)]
    with library.open_library(Location(aside)) as opened:
        (only,) = sittings.recent(opened)
        return sittings.load(opened, only.id)


def _everything_typed(sitting: Sitting) -> str:
    said = (text for takes in sitting.state.takes for take in takes for text in take.everything_said)
    return "".join((*said, sitting.state.last_words))


@dataclass(slots=True)
class _Seen:
    """What the rounds have met: a check that met neither would show nothing."""

    kills: int = 0
    called_saved: int = 0
    not_yet_saved: int = 0


def _kill_again_and_again(folder: Path, rounds: int, seed: int) -> _Seen:
    dice = random.Random(seed)
    seen = _Seen()
    before = _as_it_lies(folder, folder.with_name(f"{folder.name}-aside"))
    for number in range(rounds + 1):
        begin = len(_everything_typed(before))
        with Program("type_on", folder, begin, seed * 1000 + number) as program:
            shown = program.hear("shown")
            assert program.all("button") == ["Carry on" if before.events else "Begin"]
            assert program.all("phase") == [before.state.phase.value] or not before.events
            if before.state.phase in SPEAKING:
                assert shown == before.state.open_text
            if number == rounds:
                return seen
            program.hear("typing")
            time.sleep(dice.uniform(0.02, 1.6))
            program.kill()
        seen.kills += 1
        before = _as_it_lies(folder, folder.with_name(f"{folder.name}-aside"))
        there = _everything_typed(before)
        typed = {facts["typed"]: facts["when"] for facts in program.said if "typed" in facts}
        assert there == letters(len(there)), "letters are missing in the middle, or stand twice"
        assert len(there) <= max(typed, default=begin - 1) + 1
        assert len(there) >= max(program.all("saved"), default=begin), "what was called saved is lost"
        seen.called_saved += max(program.all("saved"), default=begin) > begin
        if len(there) in typed:
            seen.not_yet_saved += 1
            assert max(typed.values()) - typed[len(there)] <= MOST_TYPING_LOST_SECONDS
    raise AssertionError("the last start is looked at as well")


def _kill_in_two_lanes(folder: Path, rounds: int, fault: Tell) -> None:
    """Two windows on two libraries at the same time: half the waiting."""
    other = Path(shutil.copytree(folder, folder.with_name("other")))
    with ThreadPoolExecutor(2) as lanes:
        seen = list(lanes.map(_kill_again_and_again, (folder, other), (rounds // 2, rounds // 2), (1, 2)))
    assert sum(one.called_saved for one in seen) >= rounds // 4
    assert sum(one.not_yet_saved for one in seen) >= max(1, rounds // 10)
    fault(
        "The program is killed while somebody types an answer",
        area="Kill",
        tried=sum(one.kills for one in seen),
        lost=0,
        corrupt=0,
        half_done=0,
        person_sees="The button “Carry on” and every word that was called saved; of what was typed last at most"
        f" {MOST_TYPING_LOST_SECONDS} seconds are missing",
    )


def test_a_kill_while_typing_loses_nothing_that_was_called_saved(folder: Path, fault: Tell) -> None:
    _kill_in_two_lanes(folder, 6, fault)


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_two_hundred_kills_while_typing_lose_nothing_that_was_called_saved(folder: Path, fault: Tell) -> None:
    _kill_in_two_lanes(folder, 200, fault)
