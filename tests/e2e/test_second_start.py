"""One window to a library: a second start shows the first one, and a killed one is in nobody's way."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.program import Program, command, stderr_of
from tests.faults import Tell


def test_a_second_start_brings_the_first_window_back_and_ends_well(folder: Path, fault: Tell) -> None:
    with Program("obey", folder) as first:
        first.do("home")
        first.do("minimise")
        second = command("--data-dir", folder)
        assert (second.returncode, second.stdout, stderr_of(second.stderr)) == (0, "", [])
        first.do("comes_back")
        assert first.end() == []
    fault(
        "The program is started twice",
        area="Starting",
        tried=1,
        person_sees="The window that is open already comes to the front",
    )


def test_after_a_kill_the_next_start_works(folder: Path, fault: Tell) -> None:
    with Program("obey", folder) as first:
        first.do("begin")
        first.kill()
    started = command("--data-dir", folder, "--quit-when-ready", "--json")
    assert (started.returncode, stderr_of(started.stderr)) == (0, [])
    assert "home filled" in started.stdout
    fault("The program is killed with a window open", area="Kill", tried=1, person_sees="The next start works at once")


def test_of_two_starts_at_the_same_moment_one_has_the_window_and_the_other_ends_well(folder: Path, fault: Tell) -> None:
    with Program("obey", folder) as one, Program("obey", folder) as other:
        ended, left = (one, other) if one.gives_way() else (other, one)
        assert ended.process.wait(20) == 0
        assert ended.stderr() == []
        assert "Pick up where you stopped" in left.do("home")["words"]
        assert left.end() == []
    fault(
        "The program is started twice",
        area="Starting",
        tried=1,
        person_sees="The window that is open already comes to the front",
    )
