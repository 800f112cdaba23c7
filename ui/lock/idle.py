"""How long nobody has touched a key or the mouse, in any window of the program."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

if TYPE_CHECKING:
    from cqcmock.clock import Clock

LOOK_MS = 5000
"""How often it is asked; somebody who comes back to a machine that slept waits no longer than this for the lock."""

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.InputMethod,
    }
)


class Idle(QObject):
    """`looked` with every look, from `start` to `stop`; `seconds` says how long it has been by then.

    Windows are listened to as the system hands them their events: an ear on every event of the program would cost time
    with each of them.
    """

    looked = Signal()

    def __init__(self, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._clock = clock
        self._touched: tuple[float, datetime] = (0.0, clock.wall())
        self._looks = QTimer(self)
        self._looks.setInterval(LOOK_MS)
        self._looks.timeout.connect(self._look)

    @property
    def seconds(self) -> float:
        """Since the last touch, by whichever clock says more: one of them stands still while the machine sleeps."""
        at, on = self._touched
        return max(self._clock.monotonic() - at, (self._clock.wall() - on).total_seconds())

    def start(self) -> None:
        """Begin to count from now."""
        self.touch()
        if not self._looks.isActive():
            _app().focusWindowChanged.connect(self._listen)
            self._listen()
            self._looks.start()

    def stop(self) -> None:
        """Listen no more."""
        if self._looks.isActive():
            self._looks.stop()
            _app().focusWindowChanged.disconnect(self._listen)
            for window in QGuiApplication.topLevelWindows():
                window.removeEventFilter(self)

    def touch(self) -> None:
        """Somebody is here."""
        self._touched = (self._clock.monotonic(), self._clock.wall())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """Takes note of what people do; nothing ends here."""
        if event.type() in _TOUCHES:
            self.touch()
        return False

    def _listen(self, _: QWindow | None = None) -> None:
        """To every window there is by now; one that is listened to already is listened to once."""
        for window in QGuiApplication.topLevelWindows():
            window.installEventFilter(self)

    def _look(self) -> None:
        self._listen()
        self.looked.emit()


def _app() -> QGuiApplication:
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)
    return app
