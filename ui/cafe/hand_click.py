"""Many people click everything twice. Where a second press would do the deed to something else, it does nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractButton


class _OneClick(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """The second press of a double click ends here; its release alone does nothing."""
        return event.type() == QEvent.Type.MouseButtonDblClick


def one_click(*buttons: QAbstractButton) -> None:
    """A double click on one of these is a single press."""
    for button in buttons:
        button.installEventFilter(_OneClick(button))
