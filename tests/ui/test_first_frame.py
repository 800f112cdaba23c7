"""What the start leaves for later, looked at in a process of its own: here the tests have imported everything."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from ui.first_frame import never_scroll_sideways, show_as_plain_text, stop_tab_at

CHECKOUT = Path(__file__).parents[2]

START = """
import builtins, enum, gc, json, sys
plain_import, found = builtins.__import__, {}
from cqcmock import __main__ as program
from ui.main_window import MainWindow
from ui import app

def enums_of(kind):
    for one in kind.__subclasses__():
        yield f"{one.__module__}.{one.__qualname__}"
        yield from enums_of(one)

shown = MainWindow.paintEvent
def look(window, event):
    shown(window, event)
    if not found:
        found["collecting"] = gc.isenabled()
        found["enums"] = [name for name in enums_of(enum.Enum) if name.startswith("PySide6.QtCore.Qt.")]
        found["later"] = sorted({"sqlalchemy", "PySide6.QtNetwork", "cqcmock.logs"} & set(sys.modules))
MainWindow.paintEvent = look
leave = app._print_times
def look_again(times, *, as_json):
    found["collecting afterwards"], found["kept"] = gc.isenabled(), gc.get_freeze_count() > 0
    found["import is Python's"] = builtins.__import__ is plain_import
    found["afterwards"] = sorted({"PySide6.QtNetwork", "cqcmock.logs"} & set(sys.modules))
app._print_times = look_again
status = program.main(sys.argv[1:])
print(json.dumps(found | {"status": status, "collecting at the end": gc.isenabled()}))
"""


def _start(arguments: Sequence[object], script: str = START) -> dict[str, Any]:
    ran = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=CHECKOUT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    answer: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return answer


def test_the_first_frame_waits_for_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    found = _start(["--data-dir", tmp_path / "data", "--quit-when-ready"])
    assert found == {
        "status": 0,
        "enums": [],
        "later": [],
        "collecting": False,
        "afterwards": ["PySide6.QtNetwork", "cqcmock.logs"],
        "collecting afterwards": True,
        "kept": True,
        "import is Python's": True,
        "collecting at the end": True,
    }


def test_a_start_that_fails_leaves_python_collecting(tmp_path: Path) -> None:
    script = (
        "import gc, json, sys\nfrom cqcmock import __main__ as program\nfrom ui import app\n"
        "def broken(*_):\n    assert not gc.isenabled()\n    raise ZeroDivisionError\n"
        "app.compose = broken\n"
        "try:\n    program.main(sys.argv[1:])\n"
        "except ZeroDivisionError:\n    print(json.dumps({'on': gc.isenabled()}))\n"
    )
    assert _start(["--data-dir", tmp_path / "data"], script) == {"on": True}


def test_a_library_that_cannot_be_opened_ends_the_start_as_well(tmp_path: Path) -> None:
    place = tmp_path / "data"
    place.mkdir()
    (place / "library.sqlite").write_text("no database\n" * 100)
    found = _start(["--data-dir", place, "--quit-when-ready"])
    assert found["collecting afterwards"]
    assert found["afterwards"] == ["PySide6.QtNetwork", "cqcmock.logs"]


def test_what_is_said_by_name_is_what_qt_means(qtbot: QtBot) -> None:
    label, area = QLabel(), QScrollArea()
    qtbot.addWidget(label)
    qtbot.addWidget(area)
    show_as_plain_text(label)
    never_scroll_sideways(area)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert area.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff


@pytest.mark.parametrize(("stop", "policy"), [(True, Qt.FocusPolicy.TabFocus), (False, Qt.FocusPolicy.NoFocus)])
def test_tab_stops_where_it_is_told_to(qtbot: QtBot, stop: bool, policy: Qt.FocusPolicy) -> None:
    area = QScrollArea()
    qtbot.addWidget(area)
    stop_tab_at(area, not stop)
    stop_tab_at(area, stop)
    assert area.focusPolicy() == policy
