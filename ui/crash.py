"""A mistake of the program is never silent: it is written down and the person is told, and the program goes on.

The log holds where it happened and what kind of error it was, never what anybody said: error texts and values
stay out of it. A program that was killed, or that died in native code, is noticed at its next start.
"""

from __future__ import annotations

import faulthandler
import os
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from cqcmock.errors import without_words

LOG = "crash.log"
RUNNING = "running"
LARGEST_LOG_BYTES = 256_000
SENTENCE = "Something went wrong in the program. Every word that was shown as saved is safe."
STOPPED_LAST_TIME = "The program stopped unexpectedly last time. Every word that was shown as saved is still here."


class CrashReports(QObject):
    """Takes over the interpreter's hooks from `install` to `uninstall`.

    `happened` says, on the window's thread, that there is something new in the log; the same mistake says so once.
    """

    happened = Signal()
    _reported = Signal()

    def __init__(self, logs: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path = logs / LOG
        self._mark = logs / RUNNING
        self._lock = threading.Lock()
        self._seen: set[str] = set()
        self._log: int | None = None
        self._others_watched = False
        self.ended_badly = False
        """Whether the run before this one was killed or died."""
        self._heard = False

    def install(self) -> None:
        """Open the log and take over every way in which Python tells of an error that nobody caught."""
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _shorten(self.path)
            self.ended_badly = self._mark.exists()
            self._log = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            self._others_watched = faulthandler.is_enabled()
            faulthandler.enable(self._log)
            os.close(os.open(self._mark, os.O_WRONLY | os.O_CREAT, 0o600))
        sys.excepthook = self._uncaught
        threading.excepthook = self._uncaught_in_thread
        sys.unraisablehook = self._unraisable

    def uninstall(self) -> None:
        """Hand the hooks back, and note that the program ended as it should."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        sys.unraisablehook = sys.__unraisablehook__
        with suppress(OSError):
            self._mark.unlink(missing_ok=True)
            if self._log is not None:
                faulthandler.disable()
                if self._others_watched:
                    faulthandler.enable()
                os.close(self._log)
                self._log = None

    def report(self, error: BaseException) -> None:
        """Write down an error that is the program's own, from any thread."""
        place = f"{threading.current_thread().name}\n{without_words(error)}"
        with self._lock:
            known = place in self._seen
            self._seen.add(place)
            if not known:
                self._write(f"{time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime())} in {place}\n")
        if not known:
            with suppress(RuntimeError):  # the window may be gone already; the log is written all the same
                self._say_so()

    def _say_so(self) -> None:
        from PySide6.QtCore import Qt  # not for the first frame: see `ui.first_frame`

        if not self._heard:
            self._heard = True
            self._reported.connect(self.happened, Qt.ConnectionType.QueuedConnection)
        self._reported.emit()

    def _write(self, text: str) -> None:
        if self._log is None:
            return
        with suppress(OSError):
            os.write(self._log, text.encode())

    def _uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.report(error.with_traceback(trace))

    def _uncaught_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not issubclass(args.exc_type, SystemExit):
            self.report(args.exc_value.with_traceback(args.exc_traceback))

    def _unraisable(self, args: sys.UnraisableHookArgs) -> None:
        if args.exc_value is not None:
            self.report(args.exc_value.with_traceback(args.exc_traceback))


def show_crashes(reports: CrashReports, show: Callable[[str], None]) -> None:
    """Have the person told of each crash, and now of the one that ended the last run."""
    reports.happened.connect(lambda: show(f"{SENTENCE} What happened is noted in {reports.path}."))
    if reports.ended_badly:
        show(STOPPED_LAST_TIME)


def _shorten(path: Path) -> None:
    """Keep the end of a log that has grown long."""
    with suppress(FileNotFoundError):
        if path.stat().st_size > LARGEST_LOG_BYTES:
            path.write_bytes(path.read_bytes()[-LARGEST_LOG_BYTES // 2 :])
