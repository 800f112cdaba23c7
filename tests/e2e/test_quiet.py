"""A run in which nothing is wrong leaves no word in a log or on stderr, tells no answer, and asks no network."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.program import CHECKOUT, Program, command, environment, stderr_of

SECRET = "Mrs Example of 4 Example Road"


def test_a_whole_run_leaves_no_word_on_stderr_or_in_the_logs(folder: Path) -> None:
    with Program("obey", folder, PYTHONDEVMODE="1", PYTHONWARNINGS="default") as program:
        program.do("begin")
        program.do("type_into", "Your answer", SECRET)
        titles = program.do("titles")
        program.do("press", "Return", True)
        program.do("saved")
        program.do("click", "Leave for now")
        program.do("screen", "HomeScreen")
        for room in ("Rehearse", "Settings", "Home"):
            program.do("click", room)
            program.do("screen", {"Rehearse": "SetUpScreen", "Settings": "SettingsScreen", "Home": "HomeScreen"}[room])
            titles += program.do("titles")
        assert program.do("see")["banners"] == []
        assert program.end() == []
    assert not any("Mrs" in title for title in titles)
    assert [path.name for path in (folder / "logs").iterdir() if path.stat().st_size] == []
    for path in folder.rglob("*"):
        if path.is_file() and not path.name.startswith("library"):
            assert b"Mrs" not in path.read_bytes(), path


def test_a_start_to_the_filled_home_screen_is_without_a_word(folder: Path) -> None:
    ran = command("--data-dir", folder, "--quit-when-ready", PYTHONDEVMODE="1", PYTHONWARNINGS="default")
    assert (ran.returncode, stderr_of(ran.stderr)) == (0, [])
    assert "home filled" in ran.stdout


def test_no_network_is_asked_for(folder: Path, tmp_path: Path) -> None:
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("there is no strace here")
    trace = tmp_path / "trace"
    prefix = (strace, "-f", "-o", str(trace), "-e", "trace=connect,bind,sendto,socket", "--")
    if subprocess.run([strace, "-o", os.devnull, "true"], capture_output=True, check=False).returncode != 0:
        pytest.skip("strace may not trace here")
    with Program("obey", folder, prefix=prefix) as program:
        program.do("begin")
        program.do("type_into", "Your answer", "Nothing leaves this computer.")
        program.do("saved")
        assert program.end() == []
    calls = [line for line in trace.read_text().splitlines() if re.search(r"\b(connect|bind|sendto|socket)\(", line)]
    assert any("AF_UNIX" in line for line in calls), "the trace saw nothing at all"
    assert [line for line in calls if "AF_UNIX" not in line and re.search(r"AF_[A-Z]", line)] == []


REFUSED = """
import sys
from cqcmock import __main__ as start, qt_check
qt_check.can_load = lambda library: library != "libEGL.so.1"
status = start.main(["--data-dir", sys.argv[1]])
assert not [name for name in sys.modules if name.startswith(("PySide6", "shiboken6"))]
sys.exit(status)
"""


def test_a_missing_system_library_is_told_before_qt_is_loaded(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", REFUSED, str(tmp_path / "data")],
        cwd=CHECKOUT,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (1, "")
    (sentence,) = ran.stderr.splitlines()
    assert "libEGL.so.1" in sentence
    assert "sudo apt install libegl1" in sentence
    assert not (tmp_path / "data").exists()


def test_the_pair_that_ends_by_itself_is_refused_before_qt_is_loaded(tmp_path: Path) -> None:
    """A PySide6 that says it is 6.12.0, and fails where it is imported."""
    fake = tmp_path / "path" / "PySide6"
    fake.mkdir(parents=True)
    (fake / "__init__.py").write_text('raise SystemExit("Qt was loaded")\n__version__ = "6.12.0"\n')
    ran = command("--data-dir", tmp_path / "data", PYTHONPATH=str(fake.parent))
    if sys.version_info >= (3, 12):
        assert "Qt was loaded" in ran.stderr, "this Python may have that PySide6"
        return
    assert (ran.returncode, ran.stdout) == (1, "")
    (sentence,) = ran.stderr.splitlines()
    assert sentence.startswith("PySide6 6.12.0 and Python 3.11 do not work together")
    assert "PySide6-Essentials>=6.11.3,<6.12" in sentence
