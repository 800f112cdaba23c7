"""What a test does with the report screen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from ui.rehearse.report_screen import ReportScreen

Open = Callable[..., ReportScreen]


def settled(qtbot: QtBot, screen: ReportScreen) -> None:
    """Wait until whatever was begun has come back."""
    qtbot.waitUntil(lambda: screen._work is None and not screen._desk.tasks.busy, timeout=20_000)


def ink(image: QImage) -> int:
    """How many of a grid of dots are not paper."""
    small = image.convertToFormat(QImage.Format.Format_Grayscale8)
    across, down = range(0, small.width(), 3), range(0, small.height(), 3)
    return sum(small.pixelColor(x, y).lightness() < 128 for x in across for y in down)
