"""Widgets get their looks from the stylesheet when they are first shown: many at once hold the window up.

So those of a part that is not in sight yet get them before, a few in each turn of the event loop.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import Shiboken

_AT_ONCE = 10


def polish_ahead(part: QWidget, owner: QObject, then: Callable[[], None] = lambda: None) -> None:
    """Give everything in this part its looks, and then go on; nothing more once `owner` is gone."""
    waiting = [part, *part.findChildren(QWidget)]

    def some() -> None:
        for widget in waiting[:_AT_ONCE]:
            if Shiboken.isValid(widget):
                widget.ensurePolished()
        del waiting[:_AT_ONCE]
        if waiting:
            QTimer.singleShot(0, owner, some)
        else:
            then()

    QTimer.singleShot(0, owner, some)
