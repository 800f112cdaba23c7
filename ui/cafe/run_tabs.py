"""The tabs below the strip: they take the height that is left, so that the strip stays in sight while they scroll."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QTabWidget, QWidget

from ui.cafe.part import Part
from ui.sizes import body_em

_LEAST_EMS = 16.0
"""Below that height a tab is of little use, and the whole window scrolls instead."""


class RunTabs(QTabWidget):
    """One tab for each part of a session; each scrolls by itself."""

    def __init__(self, parts: Iterable[Part], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Parts of the session")
        self.setDocumentMode(True)
        for part in parts:
            self.addTab(part, part.title)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """No higher than it must be, however much stands in a tab."""
        return QSize(super().sizeHint().width(), body_em(_LEAST_EMS))
