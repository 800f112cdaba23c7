"""Typed words reach the disk by themselves, soon, and are called saved only once they are.

A keystroke costs one look at the clock. The value is read when typing pauses, at the latest a second after the
first unsaved keystroke; while one save is under way only the newest value waits; one that fails is tried again.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Generic, TypeVar

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal

from cqcmock.errors import UserError
from ui.tasks import Tasks

T = TypeVar("T")

PAUSE_MS = 300
LATEST_MS = 1000
RETRY_MS = 2000


class Autosave(QObject, Generic[T]):
    """Keeps one value on disk: `read` is called on the window's thread, `save` in the database lane.

    `saved`: everything typed so far is on disk. `failed`: a save did not work; the newest value is kept
    and tried again. Whoever throws this away flushes it first.
    """

    saved = Signal()
    failed = Signal(UserError)

    def __init__(
        self, read: Callable[[], T], save: Callable[[T], object], tasks: Tasks, *, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._read = read
        self._save = save
        self._tasks = tasks
        self._touched = False  # the value on screen is newer than the one last read
        self._unsaved: list[T] = []  # the value last read, until it is on disk
        self._in_flight = False
        self._problem = ""
        self._first_touch = 0.0
        self._last_touch = 0.0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._paused)
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.timeout.connect(self._send)

    @property
    def is_saved(self) -> bool:
        """Whether everything that was typed is on disk."""
        return not (self._touched or self._unsaved)

    @property
    def is_failing(self) -> bool:
        """Whether the last save failed."""
        return bool(self._problem)

    def touch(self) -> None:
        """Something was typed. Cheap enough for every keystroke: nothing is copied."""
        self._last_touch = monotonic()
        if not self._touched:
            self._touched = True
            self._first_touch = self._last_touch
            self._pause.start(PAUSE_MS)

    def save_now(self) -> None:
        """Hand in the newest value without waiting for a pause; what is handed in after it will find it on disk."""
        self._pause.stop()
        if self._touched:
            self._take()
        self._send()

    def flush(self, timeout: float = 5.0) -> bool:
        """Wait until everything is on disk, for at most `timeout` seconds or until a save fails; whether it is."""
        self.save_now()
        if self.is_saved:
            return True
        loop = QEventLoop()
        self.saved.connect(loop.quit)
        self._ended_badly.connect(loop.quit)
        timer = QTimer(loop)
        timer.setSingleShot(True)
        timer.timeout.connect(loop.quit)
        timer.start(round(timeout * 1000))
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        timer.stop()
        self.saved.disconnect(loop.quit)
        self._ended_badly.disconnect(loop.quit)
        return self.is_saved

    def stop(self) -> None:
        """Let go of the value: what is not on disk yet will not be written any more."""
        self._pause.stop()
        self._retry.stop()
        self._touched = False
        self._unsaved.clear()

    _ended_badly = Signal()

    def _paused(self) -> None:
        now = monotonic()
        due = min(self._last_touch + PAUSE_MS / 1000, self._first_touch + LATEST_MS / 1000)
        if now < due:
            self._pause.start(max(1, round((due - now) * 1000)))
            return
        self._take()
        self._send()

    def _take(self) -> None:
        self._touched = False
        self._unsaved[:] = [self._read()]

    def _send(self) -> None:
        if self._in_flight or not self._unsaved:
            return
        self._retry.stop()
        self._in_flight = True
        value = self._unsaved[0]
        self._tasks.database(
            lambda: self._save(value), then=lambda _: self._worked(value), failed=self._did_not_work, owner=self
        )

    def _worked(self, value: T) -> None:
        self._in_flight = False
        self._problem = ""
        if self._unsaved and self._unsaved[0] is not value:
            self._send()
            return
        self._unsaved.clear()
        if not self._touched:
            self.saved.emit()

    def _did_not_work(self, error: UserError) -> None:
        self._in_flight = False
        if self._unsaved:
            self._retry.start(RETRY_MS)
        if str(error) != self._problem:
            self._problem = str(error)
            self.failed.emit(error)
        self._ended_badly.emit()
