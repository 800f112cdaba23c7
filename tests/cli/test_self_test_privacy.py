"""`self-test --privacy` does the main job with the network cut off, and is not content where anything was tried."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cqcmock.services import self_test_privacy as privacy
from tests.cli.conftest import Run

QUIET_JOB = """
import json, sys
sys.audit("cqcmock.part", "making tea")
{attempt}
print(json.dumps({{"part": "making tea", "sentence": "Tea was made."}}))
"""
QUIET_PROGRAM = "print('home filled')"
SWALLOWED = "import socket\ntry:\n    socket.create_connection(('council.example', 443))\nexcept OSError:\n    pass"
ON_WRITING_A_SUMMARY = """
import sys
tried = []
def hear(event, arguments):
    if event == "open" and str(arguments[0]).endswith("leaders.pdf") and not tried:
        tried.append(event)
        {attempt}
sys.addaudithook(hear)
"""
IN_PYTHON = """
        import socket
        try:
            socket.create_connection(("192.0.2.7", 443))
        except OSError:
            pass
"""
IN_NATIVE_CODE = """
        import ctypes, os, socket, struct
        library = ctypes.CDLL(None)
        number = library.socket(2, 1, 0)
        library.connect(number, struct.pack("=HH4s8x", 2, socket.htons(443), socket.inet_aton("192.0.2.7")), 16)
        os.close(number)
"""
SECRET = "Mrs Example of 4 Example Road"


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of modules; `small_job` and `small_program` in it stand for the main job and for the window."""
    folder = tmp_path / "modules"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setattr(privacy, "MAIN_JOB", "small_job")
    monkeypatch.setattr(privacy, "THE_PROGRAM", "small_program")
    (folder / "small_job.py").write_text(QUIET_JOB.format(attempt=""), encoding="utf-8")
    (folder / "small_program.py").write_text(QUIET_PROGRAM, encoding="utf-8")
    return folder


@pytest.mark.usefixtures("small")
def test_each_part_is_told_and_then_how_it_was_watched(cqcmock: Run) -> None:
    outcome = cqcmock("self-test", "--privacy")
    assert (outcome.status, outcome.err) == (0, "")
    lines = outcome.out.splitlines()
    assert lines[0] == "Tea was made. No connection was tried."
    assert lines[1].startswith("The window was opened ")
    assert lines[1].endswith(" No connection was tried.")
    assert lines[-2] == "Everything works, and no connection was tried."
    assert lines[-1].startswith("Python’s audit events were watched")


def test_an_attempt_is_named_with_its_part_and_the_test_fails(cqcmock: Run, small: Path) -> None:
    (small / "small_job.py").write_text(QUIET_JOB.format(attempt=SWALLOWED), encoding="utf-8")
    outcome = cqcmock("self-test", "--privacy")
    assert outcome.status == 1
    assert outcome.err.startswith(
        "While making tea, the look-up of a name (socket.getaddrinfo) was tried (council.example), in "
    )
    assert "Tea was made. No connection" not in outcome.out
    assert "Everything works" not in outcome.out


def test_an_attempt_of_the_window_is_named(cqcmock: Run, small: Path) -> None:
    (small / "small_program.py").write_text(f"{SWALLOWED}\n{QUIET_PROGRAM}", encoding="utf-8")
    outcome = cqcmock("self-test", "--privacy", "--json")
    assert outcome.status == 1
    assert outcome.data["works"] is False
    (tried,) = outcome.data["tried"]
    assert (tried["part"], tried["to"]) == ("opening the window", "council.example")
    assert [part["tried"] for part in outcome.data["parts"]] == [0, 1]
    assert "While opening the window" in outcome.err


@pytest.mark.parametrize(
    ("module", "code", "told"),
    [
        ("small_job", f"raise ValueError({SECRET!r})", "The main job did not come to its end. ValueError"),
        ("small_job", "import os\nos._exit(7)", "status 7, and left no report"),
        ("small_program", "raise SystemExit(1)", "The window did not open. It ended with the status 1."),
        ("small_program", "print('first frame')", "It ended before its first screen was filled."),
    ],
)
def test_what_does_not_work_fails_the_test(cqcmock: Run, small: Path, module: str, code: str, told: str) -> None:
    (small / f"{module}.py").write_text(code, encoding="utf-8")
    outcome = cqcmock("self-test", "--privacy")
    assert outcome.status == 1
    assert told in outcome.err
    assert "Everything works" not in outcome.out
    assert SECRET not in outcome.out + outcome.err


def test_neither_a_library_on_a_server_nor_a_persons_own_is_touched(
    cqcmock: Run, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CQCMOCK_DATABASE_URL", "postgresql://server.example/library")
    (small / "small_program.py").write_text(
        "import os\nassert not [name for name in os.environ if name.startswith('CQCMOCK_')]\n" + QUIET_PROGRAM,
        encoding="utf-8",
    )
    outcome = cqcmock("self-test", "--privacy")
    assert outcome.status == 0, outcome.err
    assert "The library on a database server was left alone" in outcome.out


@pytest.mark.usefixtures("small")
def test_where_qt_is_not_installed_the_window_is_left_out_and_that_is_said(
    cqcmock: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cqcmock.qt_check.qt_version", lambda: None)
    outcome = cqcmock("self-test", "--privacy", "--json")
    assert outcome.status == 0
    assert [part["name"] for part in outcome.data["parts"]] == ["making tea"]
    assert outcome.data["left_out"] == ["The window was not opened: it needs PySide6, which is not installed."]


@pytest.mark.parametrize(
    ("environment", "platform"),
    [
        ({"DISPLAY": "other.example:10"}, "offscreen"),
        ({}, "offscreen"),
        ({"QT_QPA_PLATFORM": "minimal"}, "minimal"),
        ({"DISPLAY": ":0"}, "None"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "None"),
    ],
)
def test_a_screen_that_is_reached_through_the_network_is_not_used(
    tmp_path: Path, small: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], platform: str
) -> None:
    monkeypatch.setattr("cqcmock.services.self_test_privacy.sys.platform", "linux")
    code = f"import os\nassert str(os.environ.get('QT_QPA_PLATFORM')) == {platform!r}\n{QUIET_PROGRAM}"
    (small / "small_program.py").write_text(code, encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")}
    found = privacy._window(tmp_path, kept | environment)
    assert found.failed == ""
    assert found.desktop == (tuple(environment.values()) if platform == "None" else ())


def test_json_without_privacy_is_not_understood(cqcmock: Run) -> None:
    outcome = cqcmock("self-test", "--json")
    assert (outcome.status, outcome.out) == (2, "")


@pytest.mark.slow
def test_the_whole_program_tries_no_connection(cqcmock: Run) -> None:
    outcome = cqcmock("self-test", "--privacy", "--json")
    assert (outcome.status, outcome.err) == (0, "")
    data = outcome.data
    assert (data["works"], data["tried"], data["failed"]) == (True, [], [])
    assert [part["name"] for part in data["parts"]] == [
        "opening a library",
        "holding a rehearsal",
        "listening to answers",
        "writing a report",
        "passing on a question bank",
        "searching the questions",
        "sending round a sealed pack",
        "holding a café session",
        "making a backup",
        "opening the window",
    ]


@pytest.mark.slow
@pytest.mark.parametrize(("attempt", "what"), [(IN_PYTHON, "socket."), (IN_NATIVE_CODE, "code that is not Python")])
def test_one_attempt_in_the_middle_of_the_main_job_is_found(
    cqcmock: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, attempt: str, what: str
) -> None:
    folder = tmp_path / "modules"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(ON_WRITING_A_SUMMARY.format(attempt=attempt), encoding="utf-8")
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setattr("cqcmock.qt_check.qt_version", lambda: None)
    outcome = cqcmock("self-test", "--privacy", "--json")
    if "not Python" in what and not outcome.data["counters"]:
        pytest.skip(outcome.data["watched"])
    assert outcome.status == 1
    (tried,) = outcome.data["tried"]
    assert tried["part"] == "holding a café session"
    assert what in tried["what"]
    assert "While holding a café session" in outcome.err
