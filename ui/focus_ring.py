"""Where the keyboard is, always to be seen: one ring that follows the focus round every control of every window.

A ring outside the control looks the same round a button, a field and a list, and keeps its contrast to the page
whatever the control itself is filled with. Qt's own QFocusFrame is cut off by the control's parent; this one lies
on the window and is cut off only where the control itself is scrolled out of sight.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QMainWindow,
    QMenu,
    QMenuBar,
    QRadioButton,
    QTabBar,
    QWidget,
)
from shiboken6 import Shiboken

from ui.sizes import body_em

THICKNESS_EMS = 0.14
INSIDE = "inside"
"""Value of the property `ring` for what fills its place to the edge; False is for no ring at all."""
_NEEDS_NONE = (QMenu, QMenuBar, QMainWindow, QTabBar)
"""These show where they are themselves: a menu by its selected entry, tabs by an edge in the stylesheet."""
_MOVES = frozenset({QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.ParentChange})


class FocusRing(QObject):
    """Puts the ring round whatever has the focus."""

    def __init__(self, app: QApplication, colour: str) -> None:
        super().__init__(app)
        self._colour = colour
        self._frame: _Frame | None = None
        self._around: QWidget | None = None
        self._watched: list[QWidget] = []
        app.focusChanged.connect(self._follow)
        self._follow(None, app.focusWidget())

    def set_colour(self, colour: str) -> None:
        """Use this colour from now on."""
        self._colour = colour
        if self._frame is not None and Shiboken.isValid(self._frame):
            self._frame.colour = colour
            self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """The control, or something that it lies in, has moved."""
        if event.type() in _MOVES:
            self._place()
        return False

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        for widget in self._watched:
            if Shiboken.isValid(widget):
                widget.removeEventFilter(self)
        self._watched.clear()
        if now is not None and (isinstance(now, _NEEDS_NONE) or now.isWindow() or now.property("ring") is False):
            now = None
        self._around = now
        ancestor = now
        while ancestor is not None and not ancestor.isWindow():
            ancestor.installEventFilter(self)
            self._watched.append(ancestor)
            ancestor = ancestor.parentWidget()
        self._place()

    def _place(self) -> None:
        if self._frame is not None and not Shiboken.isValid(self._frame):
            self._frame = None  # it went away with the window that it was in
        around = self._around
        if around is None or not Shiboken.isValid(around) or not around.isVisible():
            if self._frame is not None:
                self._frame.hide()
            return
        window = around.window()
        if self._frame is None:
            self._frame = _Frame(window, self._colour)
        elif self._frame.parentWidget() is not window:
            self._frame.setParent(window)
        width = max(2, body_em(THICKNESS_EMS))
        out = 0 if around.property("ring") == INSIDE else width
        place = _drawn(around, window).adjusted(-out, -out, out, out)
        self._frame.lay(place, _in_sight(around, window, place), width)


class _Frame(QWidget):
    def __init__(self, window: QWidget, colour: str) -> None:
        super().__init__(window)
        self.colour = colour
        self._width = 0
        self._in_sight = QRect()
        self.setObjectName("focus-ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def lay(self, place: QRect, in_sight: QRect, width: int) -> None:
        self._width = width
        self._in_sight = in_sight.translated(-place.topLeft())
        self.setGeometry(place)
        self.setVisible(not in_sight.isEmpty())
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's own name
        painter = QPainter(self)
        painter.setClipRect(self._in_sight)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self.colour), self._width))
        half = self._width / 2
        radius = body_em(0.6)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), radius, radius)


def _on_window(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def _drawn(widget: QWidget, window: QWidget) -> QRect:
    """Where the control is seen: a box with its words takes the whole line, and fills only the beginning of it."""
    place = _on_window(widget, window)
    if isinstance(widget, QCheckBox | QRadioButton):
        place.setWidth(min(place.width(), widget.sizeHint().width()))
    return place


def _in_sight(widget: QWidget, window: QWidget, place: QRect) -> QRect:
    """The part of `place` that no scrolling page around the widget hides."""
    seen = place
    inside, outside = widget, widget.parentWidget()
    while outside is not None and inside is not window:
        if isinstance(outside, QAbstractScrollArea) and outside.viewport() is inside:
            seen = seen.intersected(_on_window(inside, window))
        inside, outside = outside, outside.parentWidget()
    return seen
