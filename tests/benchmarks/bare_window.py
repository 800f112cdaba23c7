"""A script, run in a process of its own: the plainest Qt window that somebody might call an application.

Prints when its first frame was painted and how much memory it took. With `--imports` it reads two lists of modules:
it imports the first before its window, the second on the window's thread after the first frame, and prints how long
that kept the window from its own work.
"""

from __future__ import annotations

import json
import sys
import time
from importlib import import_module

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget, QTableWidgetItem


class Window(QMainWindow):
    """A tool bar, a menu and a table."""

    painted_at = 0.0

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("A window")
        bar = self.addToolBar("Tools")
        menu = self.menuBar().addMenu("File")
        for name in ("New", "Open", "Save", "Print", "Quit"):
            action = menu.addAction(name)
            bar.addAction(action)
        table = QTableWidget(30, 4)
        table.setHorizontalHeaderLabels(["One", "Two", "Three", "Four"])
        for row in range(30):
            for column in range(4):
                table.setItem(row, column, QTableWidgetItem(f"Cell {row}, {column}"))
        self.setCentralWidget(table)
        self.statusBar().showMessage("Ready")
        self.resize(1100, 750)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's own name
        """Notes when there was first something to see."""
        super().paintEvent(event)
        if not self.painted_at:
            self.painted_at = time.time()
            QTimer.singleShot(0, after_first_frame)


def after_first_frame() -> None:
    """Do what is left, and end."""
    if stalled:
        for name in stalled["after"]:
            import_if_there_is(name)
    QTimer.singleShot(0, app.quit)


def import_if_there_is(name: str) -> None:
    """Some modules are made by others and cannot be imported by their name."""
    try:
        import_module(name)
    except ImportError:
        return


stalled = json.load(sys.stdin) if "--imports" in sys.argv else None
app = QApplication(sys.argv[:1])
if stalled:
    for module in stalled["before"]:
        import_if_there_is(module)
    from tests.benchmarks.heartbeat import Heartbeat

    heartbeat = Heartbeat(app)
window = Window()
window.show()
app.exec()
if stalled:
    print(json.dumps({"longest_gap_ms": heartbeat.longest_gap_ms(time.perf_counter())}))  # noqa: T201
else:
    from tests.benchmarks.peak_memory import peak_kib

    print(json.dumps({"painted_at": window.painted_at, "peak_kib": peak_kib()}))  # noqa: T201
