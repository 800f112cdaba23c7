"""The window that the room sees, and the screen that it is on.

A projector is a second screen: the room window fills it. Where there is none, or it is unplugged in the middle of a
round, the window comes back beside the facilitator's as an ordinary one, and nothing of the round is lost: all that it
shows comes from the session.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from time import monotonic

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QGuiApplication, QKeyEvent, QMouseEvent, QScreen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.cafe.room_page import RoomPage
from ui.cafe.room_sight import RoomSight
from ui.desk import Desk
from ui.messages import Kind
from ui.sizes import spaced

TITLE = "The room"
WHERE = "cafe-room-window"
PASSING = "cafe-in-passing"
"""What is said of a deed, and is history with the next one: there is no place for it to stay."""

NO_SECOND_SCREEN = (
    "No second screen was found, so the room window is an ordinary one. Plug in the projector and choose “extend” in "
    "the system’s display settings, or press F11 in the room window to fill this screen: its keys work there too."
)
GONE = "The projector is gone, and the round goes on. The room window came back here; it may lie behind this one."
BACK = "The room window is on the projector now."
_SHARE = 0.55
_JUST_SHOWN_SECONDS = 1.0


class RoomWindow(QWidget):
    """Shows one picture of what the room sees. F11 fills the screen or not, Escape leaves the full screen."""

    closed = Signal()
    screen_filled = Signal()
    activated = Signal()

    def __init__(self, desk: Desk, actions: Sequence[QAction] = ()) -> None:
        super().__init__()
        self.setWindowTitle(TITLE)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)  # the keys stay with the facilitator
        self.page = RoomPage(desk.theme, name="What the room sees")
        column = spaced(QVBoxLayout(self), gap=0)
        column.addWidget(self.page)
        self.setMinimumSize(self.page.sizeHint())
        self.addActions(list(actions))

    def fill(self, *, full: bool) -> None:
        """Fill the screen that the window is on, or be an ordinary window."""
        if full:
            self.showFullScreen()
            self.screen_filled.emit()
        else:
            self.showNormal()

    def event(self, event: QEvent) -> bool:
        """Says when the keyboard comes to it."""
        if event.type() == QEvent.Type.WindowActivate:
            self.activated.emit()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """F11 and Escape, as everywhere."""
        if event.key() == Qt.Key.Key_F11:
            self.fill(full=not self.isFullScreen())
        elif event.key() == Qt.Key.Key_Escape and self.isFullScreen():
            self.fill(full=False)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's own name
        """The same as F11."""
        self.fill(full=not self.isFullScreen())
        event.accept()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's own name
        """It is only out of sight: it can be opened again at once."""
        event.accept()
        self.setWindowState(Qt.WindowState.WindowNoState)  # so that it can be opened on another screen
        self.closed.emit()


class Projector(QObject):
    """Keeps the room window on the right screen. `changed`: it was opened, closed, or is on another screen."""

    changed = Signal()

    def __init__(self, desk: Desk, actions: Sequence[QAction], beside: QWidget) -> None:
        super().__init__(beside)
        self._desk = desk
        self._beside = beside
        self._taken_away = False
        self.window = RoomWindow(desk, actions)
        self.window.closed.connect(self._closed)
        self.window.screen_filled.connect(self._remember)
        self.window.activated.connect(self._activated)
        self._shown_at = 0.0
        self._coming = RoomSight()
        self._show_soon = QTimer(self)
        self._show_soon.setSingleShot(True)
        self._show_soon.timeout.connect(self._show)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.screenRemoved.connect(self._screen_gone)
        app.screenAdded.connect(self._screen_came)

    @property
    def is_open(self) -> bool:
        """Whether the room window is in sight."""
        return self.window.isVisible()

    @property
    def where(self) -> str:
        """Where the room window is, in words."""
        if not self.is_open:
            return "The room sees nothing yet: its window is closed."
        if self.window.screen() is self._beside.screen():
            return "This is what the room sees. Its window is on this screen."
        return "This is what the room sees, on the second screen."

    @property
    def sight(self) -> RoomSight:
        """What the room sees, or will in the next turn."""
        return self._coming if self._show_soon.isActive() else self.window.page.sight

    def show_sight(self, sight: RoomSight) -> None:
        """Show this to the room, in a turn of its own: the picture is large, and painted beside the facilitator's."""
        if self.is_open:
            self._coming = sight
            self._show_soon.start(0)

    def _show(self) -> None:
        self.window.page.show_sight(self._coming)

    def toggle(self) -> None:
        """Open the room window, or close it."""
        if self.is_open:
            self.window.close()
        else:
            self.open()

    def open(self) -> None:
        """Open it on the screen where it was last, or on another than the facilitator's, or as an ordinary window."""
        screen = self._wanted()
        if screen is None:
            self._put_beside()
            self._desk.messages.keep(WHERE, NO_SECOND_SCREEN, Kind.NOTICE)
        else:
            self._put_on(screen)
        self.changed.emit()

    def close(self) -> None:
        """Take it away for good."""
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.screenRemoved.disconnect(self._screen_gone)
        app.screenAdded.disconnect(self._screen_came)
        for key in (WHERE, PASSING):
            self._desk.messages.clear(key)
        self._show_soon.stop()
        self.window.hide()
        self.window.deleteLater()

    def _wanted(self) -> QScreen | None:
        others = [screen for screen in QGuiApplication.screens() if screen is not self._beside.screen()]
        remembered = self._desk.settings.cafe_screen
        found = next((screen for screen in others if screen_name(screen) == remembered), None)
        if remembered and remembered not in map(screen_name, QGuiApplication.screens()):
            self._desk.change_settings(replace(self._desk.settings, cafe_screen=""))
        return found or (others[0] if others else None)

    def _put_on(self, screen: QScreen) -> None:
        self._taken_away = False
        self._desk.messages.clear(WHERE)
        self.window.hide()  # a window that is full screen does not take another screen everywhere
        self.window.setWindowState(Qt.WindowState.WindowNoState)
        self.window.setScreen(screen)
        self.window.setGeometry(screen.geometry())
        self._shown_at = monotonic()
        self.window.fill(full=True)
        self._beside.activateWindow()

    def _put_beside(self) -> None:
        room = self._beside.screen().availableGeometry()
        size = room.size() * _SHARE
        place = QRect(room.right() - size.width(), room.bottom() - size.height(), size.width(), size.height())
        self.window.showNormal()
        self.window.setGeometry(place)
        self._beside.activateWindow()

    def _activated(self) -> None:
        """Some systems hand the keyboard to whatever has just filled a screen: it goes back to the facilitator."""
        if monotonic() - self._shown_at < _JUST_SHOWN_SECONDS:
            QTimer.singleShot(0, self._beside, self._beside.activateWindow)

    def _remember(self) -> None:
        """The screen that somebody filled with the room window is the one to begin with next time."""
        screen = self.window.screen()
        name = screen_name(screen)
        if screen is not self._beside.screen() and name != self._desk.settings.cafe_screen:
            self._desk.change_settings(replace(self._desk.settings, cafe_screen=name))

    def _screen_gone(self, screen: QScreen) -> None:
        if not self.is_open or screen not in (self.window.screen(), self._beside.screen()):
            return
        self._taken_away = True
        self._desk.messages.clear(PASSING)
        self._desk.messages.keep(WHERE, GONE, Kind.NOTICE)
        QTimer.singleShot(0, self, self._come_back)  # once Qt has done with the screen

    def _come_back(self) -> None:
        if self.is_open:
            self._put_beside()
            self.changed.emit()

    def _screen_came(self, screen: QScreen) -> None:
        if self.is_open and (self._taken_away or self.window.screen() is self._beside.screen()):
            self._put_on(screen)
            self._desk.messages.keep(PASSING, BACK, Kind.DONE)
            self.changed.emit()

    def _closed(self) -> None:
        self._taken_away = False
        for key in (WHERE, PASSING):
            self._desk.messages.clear(key)
        QTimer.singleShot(0, self, self.changed.emit)  # while it is being closed it is still in sight


def screen_name(screen: QScreen) -> str:
    """What tells a screen from others, as far as the system says."""
    return " ".join(part for part in (screen.manufacturer(), screen.model(), screen.name()) if part)
