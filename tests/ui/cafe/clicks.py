"""How some people click."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget


def second_press_of_a_double_click(widget: QWidget) -> None:
    """As the window system sends it: in place of a press, and then the release."""
    at = QPointF(widget.rect().center())
    place, left, none = widget.mapToGlobal(at), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QMouseEvent(QEvent.Type.MouseButtonDblClick, at, place, left, left, none))
    released = Qt.MouseButton.NoButton
    QApplication.sendEvent(widget, QMouseEvent(QEvent.Type.MouseButtonRelease, at, place, left, released, none))
