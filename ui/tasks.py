"""Work that would keep the window waiting: one lane for the database, a few for everything else.

A task is a function without arguments. Its result comes back on the window's thread, in the order of the lane.
A failure is never silent: a UserError goes to the caller or to the person, anything else is reported as a crash.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal
from shiboken6 import Shiboken

from cqcmock.errors import UserError

T = TypeVar("T")

BACKGROUND_LANES = 2


class StoppedError(Exception):
    """The person stopped the work: nobody's fault, and nothing to report."""


class Progress(QObject):
    """Make one before long work, give it to `background`, and call `report` from the work.

    Work may report as often as it likes: `changed` carries the newest figures, as often as the window can show them.
    Only this object's own connection is touched from the work's thread; those of others may come and go meanwhile.
    """

    changed = Signal(int, int)
    _news = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        from PySide6.QtCore import Qt  # not for the first frame: see `ui.first_frame`

        super().__init__(parent)
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._newest: tuple[int, int] | None = None
        self._news.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def report(self, done: int, total: int) -> None:
        """So much of the whole is done. Raises StoppedError once the person has stopped the work."""
        if self._stopped.is_set():
            raise StoppedError
        with self._lock:
            under_way = self._newest is not None
            self._newest = (done, total)
        if not under_way:
            self._news.emit()

    def stop(self) -> None:
        """Ask the work to end at its next `report`."""
        self._stopped.set()

    def _tell(self) -> None:
        with self._lock:
            newest, self._newest = self._newest, None
        if newest is not None:
            self.changed.emit(*newest)


class Task(Generic[T]):
    """One piece of work that was handed in."""

    def __init__(
        self,
        fn: Callable[[], T],
        then: Callable[[T], None] | None,
        failed: Callable[[UserError], None] | None,
        doing: str,
        owner: QObject | None,
        progress: Progress | None,
    ) -> None:
        self.doing = doing
        self._fn = fn
        self._then = then
        self._failed = failed
        self._owner = owner
        self._progress = progress
        self._cancelled = False
        self._result: list[T] = []
        self.error: BaseException | None = None

    def cancel(self) -> None:
        """Nobody wants the result any more. Work that has not begun never will; long work stops at its next report."""
        self._cancelled = True
        if self._progress is not None:
            self._progress.stop()

    def work(self) -> None:
        """On the lane's thread: do it, and keep what came of it."""
        if self._cancelled:
            return
        try:
            self._result.append(self._fn())
        except BaseException as error:  # noqa: BLE001 - a thread must hand over whatever went wrong
            self.error = error

    def deliver(self, tell: Callable[[UserError], None], crash: Callable[[BaseException], None]) -> None:
        """On the window's thread: hand the result, or what went wrong, to those whom it concerns."""
        gone = self._owner is not None and not Shiboken.isValid(self._owner)
        error, self.error = self.error, None
        if error is None:
            if self._result and self._then is not None and not gone and not self._cancelled:
                self._then(self._result[0])
            return
        if isinstance(error, StoppedError):
            return
        if not isinstance(error, UserError):
            crash(error)
        known = error if isinstance(error, UserError) else broken()
        if self._failed is not None and not gone:
            self._failed(known)
        elif isinstance(error, UserError):
            tell(error)


def broken() -> UserError:
    """What a screen is told where the mistake is the program's own."""
    return UserError("Something went wrong in the program.", "Please try again.")


class Tasks(QObject):
    """The lanes. `tell` shows a UserError that no caller asked for, `crash` reports a mistake of the program.

    `doing_changed` carries what is being done, or nothing when all is quiet.
    """

    doing_changed = Signal(str)
    quiet = Signal()
    _came_back = Signal(object)

    def __init__(
        self,
        *,
        tell: Callable[[UserError], None],
        crash: Callable[[BaseException], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tell = tell
        self._crash = crash
        self._pending: list[Task[Any]] = []
        self._closed = False
        self._database = _Lane("database", self._came_back.emit)
        self._background = [_Lane(f"background {n + 1}", self._came_back.emit) for n in range(BACKGROUND_LANES)]
        self._shared: SimpleQueue[Task[Any] | None] = SimpleQueue()
        for lane in self._background:
            lane.queue = self._shared
        self._listening = False

    def database(
        self,
        fn: Callable[[], T],
        *,
        then: Callable[[T], None] | None = None,
        failed: Callable[[UserError], None] | None = None,
        doing: str = "",
        owner: QObject | None = None,
    ) -> Task[T]:
        """Do `fn` on the one database thread, after everything handed in before.

        `then` gets its result; `failed` gets what went wrong instead of the message that would be shown otherwise.
        Neither is called once `owner` has been destroyed: a failure is then told to the person all the same.
        """
        return self._begin(Task(fn, then, failed, doing, owner, None), (self._database,))

    def background(
        self,
        fn: Callable[[], T],
        *,
        then: Callable[[T], None] | None = None,
        failed: Callable[[UserError], None] | None = None,
        doing: str = "",
        owner: QObject | None = None,
        progress: Progress | None = None,
    ) -> Task[T]:
        """Do `fn` beside the window, in no promised order; otherwise as `database`."""
        return self._begin(Task(fn, then, failed, doing, owner, progress), tuple(self._background))

    @property
    def busy(self) -> bool:
        """Whether anything was handed in whose result has not come back."""
        return bool(self._pending)

    def wait_all(self, timeout: float) -> bool:
        """Let everything that was handed in come back, for at most `timeout` seconds; whether it did.

        Meanwhile the window goes on painting but takes no input. What is handed in meanwhile is waited for too.
        """
        end = time.monotonic() + timeout
        while self._pending and (left := end - time.monotonic()) > 0:
            loop = QEventLoop()
            self.quiet.connect(loop.quit)
            timer = QTimer(loop)
            timer.setSingleShot(True)
            timer.timeout.connect(loop.quit)
            timer.start(max(1, round(left * 1000)))
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
            timer.stop()
            self.quiet.disconnect(loop.quit)
        return not self._pending

    def close(self, timeout: float = 5.0) -> bool:
        """Take nothing more, let the lanes end, and say whether all work had come back in time."""
        done = self.wait_all(timeout)
        self._closed = True
        for task in self._pending:
            task.cancel()
        lanes = (self._database, *self._background)
        for lane in lanes:
            lane.stop()
        for lane in lanes:
            lane.wait(timeout if done else 0.0)
        return done

    def _begin(self, task: Task[T], lanes: tuple[_Lane, ...]) -> Task[T]:
        if self._closed:
            raise RuntimeError("the program is closing and takes no more work")
        if not self._listening:
            self._listen()
        self._pending.append(task)
        for lane in lanes:
            lane.start()
        lanes[0].queue.put(task)
        self._say_what()
        return task

    def _listen(self) -> None:
        """Queued, so that what a lane hands over is delivered on this thread and never inside other work."""
        from PySide6.QtCore import Qt  # not for the first frame: see `ui.first_frame`

        self._came_back.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._listening = True

    def _deliver(self, task: Task[Any]) -> None:
        self._pending.remove(task)
        try:
            task.deliver(self._tell, self._crash)
        finally:
            self._say_what()
            if not self._pending:
                self.quiet.emit()

    def _say_what(self) -> None:
        self.doing_changed.emit(next((task.doing for task in self._pending if task.doing), ""))


class _Lane:
    """A thread that begins with its first task.

    Daemon threads, because a program that is told to end must end; `Tasks.close` sees to it that nothing is lost.
    """

    def __init__(self, name: str, come_back: Callable[[Task[Any]], None]) -> None:
        self.queue: SimpleQueue[Task[Any] | None] = SimpleQueue()
        self._come_back = come_back
        self._name = name
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
            self._thread.start()

    def stop(self) -> None:
        if self._thread is not None:
            self.queue.put(None)

    def wait(self, timeout: float) -> None:
        if self._thread is not None:
            self._thread.join(timeout)

    def _run(self) -> None:
        while (task := self.queue.get()) is not None:
            task.work()
            try:
                self._come_back(task)
            except RuntimeError:
                return  # the window is gone, and with it whoever waited
            del task
