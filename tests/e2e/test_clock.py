"""Time that nobody was there for is not taken from the person: the clock stops, and the screen says why."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.e2e.program import Program, facts
from tests.faults import Tell

ANSWER = "Your answer"
ASLEEP = "The computer was asleep, or its clock was changed."


def _events(folder: Path, kind: str) -> list[tuple[str, float]]:
    rows = facts(folder / "library.sqlite", f"SELECT text, at FROM event WHERE kind = '{kind}' ORDER BY seq")
    return [(str(text), float(at)) for text, at in rows]


def _stopped_for(folder: Path, seconds: float, fault: Tell) -> None:
    with Program("obey", folder) as program:
        program.do("begin")
        program.do("type_into", ANSWER, "Before the lid was closed.")
        program.do("saved")
        program.stop()
        time.sleep(seconds)
        program.go_on()
        seen = program.do("wait", ASLEEP)
        assert "Welcome back" in seen["words"]
        program.do("saved")
        assert [text for text, _ in _events(folder, "interrupted")] == [ASLEEP]
        program.do("click", "Carry on")
        assert program.do("text_in", ANSWER) == "Before the lid was closed."
        program.do("type_into", ANSWER, " And after.")
        program.do("saved")
        minutes, used = program.do("clock_shown").split(":")
        assert 60 * int(minutes) + int(used) < seconds - 1, "the time away was taken from the person"
        assert program.end() == []
    fault(
        "The computer is asleep while somebody answers",
        area="Clock",
        tried=1,
        lost=0,
        person_sees=f"“{ASLEEP}” Welcome back",
    )


@pytest.mark.slow
def test_a_process_that_was_stopped_for_ten_seconds_says_so_and_takes_no_time(folder: Path, fault: Tell) -> None:
    _stopped_for(folder, 10.0, fault)


JUMPS = {
    "set on by an hour": (0.2, 3600.2),
    "set back by an hour": (0.2, -3599.8),
    "asleep for an hour, where the steady clock stands still": (0.2, 3600.2),
    "asleep for an hour, where the steady clock goes on": (3600.0, 3600.0),
    "away overnight": (0.2, 15 * 3600.0),
}


@pytest.mark.slow
def test_each_jump_of_a_clock_stops_the_interview_at_the_last_tick(folder: Path, fault: Tell) -> None:
    with Program("obey", folder, "clock-by-hand") as program:
        program.do("begin")
        for number, (monotonic, wall) in enumerate(JUMPS.values(), start=1):
            program.do("clocks", 4.0, 4.0)
            program.do("type_into", ANSWER, "x")
            program.do("saved")
            program.do("clocks", monotonic, wall)
            assert "Welcome back" in program.do("wait", ASLEEP)["words"]
            program.do("saved")
            told = _events(folder, "interrupted")
            assert [text for text, _ in told] == [ASLEEP] * number
            program.do("click", "Carry on")
            program.do("clocks", 1.0, 1.0)
            assert program.do("text_in", ANSWER) == "x" * number
            used = program.do("clock_shown")
            assert used == f"0:{5 * number:02}", used
        assert program.end() == []
    fault(
        "The clock of the computer jumps while somebody answers",
        area="Clock",
        tried=number,
        lost=0,
        person_sees=f"“{ASLEEP}” Welcome back",
    )
