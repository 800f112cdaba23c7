from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.faults import Tell
from ui.crash import LARGEST_LOG_BYTES, SENTENCE, STOPPED_LAST_TIME, CrashReports, show_crashes

SECRET = "Mrs Example of 4 Example Road"


@pytest.fixture
def reports(qapp: QApplication, tmp_path: Path) -> Iterator[CrashReports]:
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    made = CrashReports(tmp_path / "logs")
    made.install()
    yield made
    made.uninstall()
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks


def break_down() -> None:
    try:
        int(SECRET)
    except ValueError as error:
        raise KeyError(SECRET) from error


def test_an_error_in_a_slot_is_written_down_and_said(reports: CrashReports, qtbot: QtBot) -> None:
    said: list[str] = []
    show_crashes(reports, said.append)
    with qtbot.waitSignal(reports.happened):
        QTimer.singleShot(0, break_down)
    assert len(said) == 1
    assert said[0].startswith(SENTENCE)
    assert str(reports.path) in said[0]
    log = reports.path.read_text(encoding="utf-8")
    assert "KeyError" in log
    assert "ValueError" in log
    assert "break_down" in log


def test_no_words_of_people_are_in_the_log(reports: CrashReports) -> None:
    with pytest.raises(KeyError) as raised:
        break_down()
    reports.report(raised.value)
    log = reports.path.read_text(encoding="utf-8")
    assert "test_crash.py" in log
    assert SECRET not in log
    assert "Mrs" not in log


def test_an_error_in_a_thread_is_said_on_the_windows_thread(reports: CrashReports, qtbot: QtBot) -> None:
    threads: list[threading.Thread] = []
    reports.happened.connect(lambda: threads.append(threading.current_thread()))
    with qtbot.waitSignal(reports.happened):
        thread = threading.Thread(target=break_down, name="database")
        thread.start()
        thread.join()
    assert threads == [threading.main_thread()]
    assert " in database\n" in reports.path.read_text(encoding="utf-8")


def test_an_error_while_something_is_thrown_away_is_not_lost(reports: CrashReports, qtbot: QtBot) -> None:
    class Thing:
        def __del__(self) -> None:
            break_down()

    with qtbot.waitSignal(reports.happened):
        Thing()


def test_the_same_mistake_is_said_once(reports: CrashReports, qtbot: QtBot) -> None:
    said: list[str] = []
    show_crashes(reports, said.append)
    with pytest.raises(KeyError) as raised:
        break_down()
    for _ in range(100):
        reports.report(raised.value)
    qtbot.waitUntil(lambda: bool(said))
    assert len(said) == 1
    assert reports.path.read_text(encoding="utf-8").count("KeyError") == 1


def test_a_run_that_ended_well_is_not_mentioned(qapp: QApplication, tmp_path: Path) -> None:
    for _ in range(2):
        reports = CrashReports(tmp_path)
        reports.install()
        said: list[str] = []
        show_crashes(reports, said.append)
        reports.uninstall()
        assert said == []


DIES = """
import ctypes, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from ui.crash import CrashReports
app = QCoreApplication([])
reports = CrashReports(Path(sys.argv[1]))
reports.install()
print("ready", flush=True)
if sys.argv[2] == "native":
    ctypes.string_at(0)
sys.stdin.read()
"""


@pytest.mark.parametrize("death", ["native", "killed"])
def test_a_hard_end_is_noticed_at_the_next_start(qapp: QApplication, tmp_path: Path, death: str, fault: Tell) -> None:
    checkout = Path(__file__).parents[2]
    process = subprocess.Popen(
        [sys.executable, "-c", DIES, str(tmp_path), death],
        cwd=checkout,
        env=os.environ | {"PYTHONPATH": str(checkout)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    if death == "killed":
        process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode != 0
    if death == "native":
        assert "Fatal Python error" in (tmp_path / "crash.log").read_text(encoding="utf-8")

    reports = CrashReports(tmp_path)
    reports.install()
    said: list[str] = []
    show_crashes(reports, said.append)
    reports.uninstall()
    assert said == [STOPPED_LAST_TIME]
    fault("The program ends hard", area="The window", tried=1, person_sees=STOPPED_LAST_TIME)


def test_a_log_that_has_grown_long_keeps_its_end(qapp: QApplication, tmp_path: Path) -> None:
    (tmp_path / "crash.log").write_text("old\n" * LARGEST_LOG_BYTES + "newest\n", encoding="utf-8")
    reports = CrashReports(tmp_path)
    reports.install()
    reports.uninstall()
    assert reports.path.stat().st_size <= LARGEST_LOG_BYTES
    assert reports.path.read_text(encoding="utf-8").endswith("newest\n")


def test_a_folder_that_cannot_be_written_does_not_stop_the_program(qapp: QApplication, tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file where the folder should be", encoding="utf-8")
    reports = CrashReports(tmp_path / "logs")
    reports.install()
    reports.report(ValueError())
    reports.uninstall()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no modes")
def test_the_log_is_for_its_owner_only(reports: CrashReports) -> None:
    assert reports.path.stat().st_mode & 0o777 == 0o600
