"""Keeps in sight what the keyboard was taken to, while the page around it still changes its length."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import Shiboken

from ui.widgets.scroll_page import ScrollPage

SETTLING_MS = 400
"""So long a page may take to learn its length, after a part of it went away or a message came above it."""


class InSight(QObject):
    """Of one page. Afterwards the page is left where the person scrolls it."""

    def __init__(self, page: ScrollPage) -> None:
        super().__init__(page)
        self._page = page
        self._part: QWidget | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLING_MS)
        self._timer.timeout.connect(self._let_go)
        page.verticalScrollBar().rangeChanged.connect(self._again)
        page.verticalScrollBar().actionTriggered.connect(self._let_go)

    def bring(self, part: QWidget) -> None:
        """Scroll to this part, and once more whenever the page has become longer or shorter."""
        self._part = part
        self._timer.start()
        self._page.bring(part)

    def _again(self) -> None:
        if self._part is not None and Shiboken.isValid(self._part):
            self._page.bring(self._part)

    def _let_go(self) -> None:
        self._part = None
