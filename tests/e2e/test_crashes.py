"""A mistake of the program is never silent, and never tells anybody's words."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.program import Program
from tests.faults import Tell

SECRET = "Mrs Example of 4 Example Road"
TOLD = "Something went wrong in the program. Every word that was shown as saved is safe."
LAST_TIME = "The program stopped unexpectedly last time. Every word that was shown as saved is still here."


def _logs(folder: Path) -> str:
    return "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in (folder / "logs").iterdir())


def test_an_error_in_a_slot_is_told_and_written_down_without_words(folder: Path, fault: Tell) -> None:
    with Program("obey", folder) as program:
        program.do("begin")
        program.do("type_into", "Your answer", SECRET)
        program.do("saved")
        seen = program.do("err_in_a_slot", SECRET)
        assert any(text.startswith(TOLD) for text in seen["banners"])
        assert seen["screen"] == "InterviewScreen"
        program.do("type_into", "Your answer", " and on")
        program.do("saved")
        assert program.do("text_in", "Your answer") == SECRET + " and on"
        assert program.end() == []
    log = _logs(folder)
    assert "ValueError" in log
    assert "deeds.py" in log
    assert "Mrs" not in log
    fault("A mistake of the program while somebody answers", area="The window", tried=1, lost=0, person_sees=TOLD)


def test_a_hard_crash_is_told_at_the_next_start_and_its_log_has_no_words(folder: Path, fault: Tell) -> None:
    with Program("obey", folder) as program:
        assert not any(LAST_TIME in text for text in program.do("home")["banners"])
        program.do("begin")
        program.do("type_into", "Your answer", SECRET)
        program.do("saved")
        program.die()
    log = _logs(folder)
    assert "Fatal Python error: Aborted" in log
    assert "Mrs" not in log
    with Program("obey", folder) as program:
        assert LAST_TIME in program.do("home")["banners"]
        program.do("begin")
        assert program.do("text_in", "Your answer") == SECRET
        assert program.end() == []
    with Program("obey", folder) as program:
        assert program.do("home")["banners"] == []
        assert program.end() == []
    fault("The program crashes", area="The window", tried=1, lost=0, person_sees=LAST_TIME)
