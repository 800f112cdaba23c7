from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.faults import Tell
from ui import instance

HOLDS = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from ui import instance
app = QCoreApplication([])
claimed = instance.claim(Path(sys.argv[1]))
print(claimed is not None, flush=True)
sys.stdin.read()
"""

ASKS = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from ui import instance
app = QCoreApplication([])
print(instance.claim(Path(sys.argv[1])) is None, instance.raise_the_other(Path(sys.argv[1])), flush=True)
"""


def start(script: str, folder: Path) -> subprocess.Popen[str]:
    checkout = Path(__file__).parents[2]
    return subprocess.Popen(
        [sys.executable, "-c", script, str(folder)],
        cwd=checkout,
        env=os.environ | {"PYTHONPATH": str(checkout)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_second_start_brings_the_first_window_to_the_front(qapp: QApplication, tmp_path: Path, qtbot: QtBot) -> None:
    claimed = instance.claim(tmp_path / "data")
    assert claimed is not None
    came: list[int] = []
    assert claimed.listen(lambda: came.append(1))
    second = start(ASKS, tmp_path / "data")
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=10_000)
    assert second.communicate()[0] == "True True\n"
    qtbot.waitUntil(lambda: came == [1])
    claimed.release()


def test_another_folder_is_another_library(qapp: QApplication, tmp_path: Path) -> None:
    first, second = instance.claim(tmp_path / "one"), instance.claim(tmp_path / "two")
    assert first is not None
    assert second is not None
    first.release()
    second.release()


def test_a_window_that_does_not_answer_is_not_taken_for_one_that_does(qapp: QApplication, tmp_path: Path) -> None:
    claimed = instance.claim(tmp_path)
    assert claimed is not None
    assert not instance.raise_the_other(tmp_path)
    claimed.release()


def test_a_folder_is_free_again_after_the_window_is_closed(qapp: QApplication, tmp_path: Path) -> None:
    for _ in range(2):
        claimed = instance.claim(tmp_path)
        assert claimed is not None
        assert claimed.listen(lambda: None)
        claimed.release()


def test_a_folder_is_free_again_after_the_window_was_killed(qapp: QApplication, tmp_path: Path, fault: Tell) -> None:
    first = start(HOLDS, tmp_path)
    assert first.stdout is not None
    assert first.stdout.readline() == "True\n"
    assert instance.claim(tmp_path) is None
    first.kill()
    first.communicate()
    claimed = instance.claim(tmp_path)
    assert claimed is not None
    assert claimed.listen(lambda: None)
    claimed.release()
    fault("The program is killed with a window open", area="Kill", tried=1, person_sees="The next start works at once")


def test_a_long_or_foreign_folder_name_makes_a_short_socket_name(tmp_path: Path) -> None:
    name = instance._socket_name(tmp_path / ("Müller & Söhne " * 20))
    assert len(name) < 40
    assert name.isascii()
