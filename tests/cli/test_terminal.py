"""The interview in a real terminal: typed at the prompt, interrupted, taken up again."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.faults import Tell

pty = pytest.importorskip("pty", reason="only where there are pseudo-terminals")

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 20.0
PRESSED_AGAIN_SECONDS = 5.0


class Terminal:
    """A pseudo-terminal with the program in it."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        environment = {
            name: value
            for name, value in os.environ.items()
            if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
        }
        self._ours, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "cqcmock", "--data-dir", str(folder), *arguments],
            stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT, env=environment, start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell's background job would ignore it
        )  # fmt: skip
        os.close(theirs)
        self.seen = ""
        self._looked = 0

    def wait_for(self, words: str, interrupting: bool = False) -> None:
        """Read until these words stand in what is new on the screen, pressing Ctrl+C meanwhile where asked to.

        Python loses a Ctrl+C that comes in the instant before it reads a line, and then a person presses again.
        """
        end = time.monotonic() + PATIENCE_SECONDS
        while words not in self.seen[self._looked :]:
            if interrupting:
                os.killpg(self.process.pid, signal.SIGINT)
            left = max(0.0, end - time.monotonic())
            patience = min(left, PRESSED_AGAIN_SECONDS) if interrupting else left
            ready, _, _ = select.select([self._ours], [], [], patience)
            if not ready and interrupting and left:
                continue
            assert ready, f"“{words}” did not come; seen: {self.seen[self._looked :]!r}"
            interrupting = False
            try:
                self.seen += os.read(self._ours, 65536).decode("utf-8", "replace").replace("\r\n", "\n")
            except OSError as closed:
                raise AssertionError(f"it ended before “{words}” came; seen: {self.seen!r}") from closed
        self._looked = self.seen.index(words, self._looked) + len(words)

    def type(self, line: str) -> None:
        """Type a line, and Return."""
        os.write(self._ours, f"{line}\n".encode())

    def ended(self) -> int:
        """The exit status, once it has ended."""
        return self.process.wait(PATIENCE_SECONDS)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._ours)


@pytest.fixture
def terminals() -> Iterator[list[Terminal]]:
    opened: list[Terminal] = []
    yield opened
    for terminal in opened:
        terminal.close()


def test_a_whole_rehearsal_is_asked_probed_marked_and_reflected_on(
    tmp_path: Path, terminals: list[Terminal], cqcmock: Run
) -> None:
    terminal = Terminal(tmp_path / "data", "rehearse", "--role", "lead-member", "--questions", "1")
    terminals.append(terminal)
    terminal.wait_for("Tell me about Hertfordshire.")
    terminal.wait_for("to think")
    terminal.type("")
    terminal.wait_for("Your answer")
    terminal.type("/hint")
    terminal.wait_for("An assessor may listen for")
    terminal.type("We are a county of market towns.")
    terminal.type("And of new ones.")
    terminal.type(".")
    terminal.wait_for("in hand")
    for answer in ("First reply", "Second reply", "Third reply"):
        terminal.wait_for("The assessor asks on")
        terminal.wait_for("Your answer")
        terminal.type(answer)
        terminal.type(".")
    terminal.wait_for("Is there anything you would like to add?")
    terminal.wait_for("Your answer")
    terminal.type("No, thank you.")
    terminal.type(".")
    terminal.wait_for("Mark your own answers now?")
    terminal.type("y")
    for _ in range(6):
        terminal.wait_for("0 to 3")
        terminal.type("2")
    terminal.wait_for("Overall")
    terminal.type("7")
    terminal.wait_for("Please give 0, 1, 2 or 3.")
    terminal.type("3")
    for prompt in ("proud", "know", "difference", "next", "else"):
        terminal.wait_for(prompt)
        terminal.type(f"About {prompt}")
    terminal.wait_for("An action")
    terminal.type("Meet the forum")
    terminal.wait_for("Who does it")
    terminal.type("Me")
    terminal.wait_for("By when")
    terminal.type("soon")
    terminal.wait_for("year-month-day")
    terminal.type("2027-01-31")
    terminal.wait_for("An action")
    terminal.type("")
    terminal.wait_for("Saved as")
    assert terminal.ended() == 0

    (kept,) = cqcmock("sittings", "list", "--json").data
    shown = cqcmock("sittings", "show", kept["id"], "--json").data
    take = shown["questions"][0]["takes"][0]
    assert take["text"] == "We are a county of market towns.\nAnd of new ones."
    assert [probe["answer"] for probe in take["probes"]] == ["First reply", "Second reply", "Third reply"]
    assert shown["last_words"] == "No, thank you."
    assert set(shown["own_marks"]["answers"][0]["levels"].values()) == {2}
    assert shown["own_marks"]["overall"] == 3
    assert shown["reflection"]["difference"] == "About difference"
    assert shown["actions"][0]["due"] == "2027-01-31"
    assert shown["state"] == "done"


@pytest.mark.parametrize("how", ["interrupted", "killed"])
def test_an_interview_that_was_stopped_goes_on_with_every_line(
    tmp_path: Path, terminals: list[Terminal], cqcmock: Run, how: str, fault: Tell
) -> None:
    first = Terminal(tmp_path / "data", "rehearse", "--role", "director", "--questions", "1")
    terminals.append(first)
    first.wait_for("to think")
    first.type("")
    first.wait_for("Your answer")
    first.type("The first line.")
    first.type("/hint")
    first.wait_for("An assessor may listen for")  # whatever was typed before the hint has been read and saved
    if how == "killed":
        first.process.kill()
        first.ended()
    else:
        first.wait_for("Go on with: cqcmock rehearse --resume", interrupting=True)
        assert first.ended() == 0
    (kept,) = cqcmock("sittings", "list", "--json").data

    second = Terminal(tmp_path / "data", "rehearse", "--resume", kept["id"])
    terminals.append(second)
    second.wait_for("You stopped here.")
    second.type("")
    second.wait_for("The first line.")
    second.type("The second line.")
    second.type("/stop")
    second.wait_for("Mark your own answers now?")
    shown = cqcmock("sittings", "show", kept["id"], "--json").data
    assert shown["questions"][0]["takes"][0]["text"] == "The first line.\nThe second line."
    fault(
        "An interview in the terminal is stopped or killed",
        area="Kill",
        tried=1,
        lost=0,
        person_sees="“You stopped here.” and every line that was typed",
    )


def test_the_bare_command_rehearses_where_there_is_a_terminal_and_no_screen(
    tmp_path: Path, terminals: list[Terminal]
) -> None:
    terminal = Terminal(tmp_path / "data")
    terminals.append(terminal)
    terminal.wait_for("Tell me about Hertfordshire.")


def test_a_realistic_interview_has_no_hint_and_no_pause(tmp_path: Path, terminals: list[Terminal]) -> None:
    terminal = Terminal(tmp_path / "data", "rehearse", "--mode", "realistic", "--questions", "1")
    terminals.append(terminal)
    terminal.wait_for("to think")
    assert "/hint" not in terminal.seen
    terminal.type("")
    terminal.wait_for("Your answer")
    terminal.type("/hint")
    terminal.type("/stop")
    terminal.wait_for("Mark your own answers now?")
    assert "An assessor may listen for" not in terminal.seen


def test_answers_can_be_piped_without_a_terminal_of_any_kind(tmp_path: Path) -> None:
    answers = tmp_path / "answers.txt"
    answers.write_text("One answer.")
    command = [sys.executable, "-m", "cqcmock", "--data-dir", str(tmp_path / "data"), "rehearse"]
    run = subprocess.run(
        [*command, "--answers", str(answers), "--json"],
        cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert json.loads(run.stdout)["answers"] == 1
