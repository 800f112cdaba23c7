"""One window to a library: a second start brings the first one to the front and ends.

A lock file in the data folder decides; a local socket (never the network) carries the wish to be seen.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QCryptographicHash, QDeadlineTimer, QLockFile, QObject, QThread

LOCK = "window.lock"
WAIT_MS = 3000
_AGAIN_MS = 50


class Instance(QObject):
    """Holds the data folder's lock for as long as it lives."""

    def __init__(self, folder: Path, lock: QLockFile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._lock = lock
        self._server: QObject | None = None

    def listen(self, on_second_start: Callable[[], None]) -> bool:
        """Call this after the first frame: it loads Qt's network library. Whether a second start can be heard."""
        from PySide6.QtNetwork import QLocalServer

        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        name = _socket_name(self._folder)
        QLocalServer.removeServer(name)  # ours to remove: we hold the lock

        def come() -> None:
            while (connection := server.nextPendingConnection()) is not None:
                connection.deleteLater()
                on_second_start()

        server.newConnection.connect(come)
        self._server = server
        return server.listen(name)

    def release(self) -> None:
        """Let another start have the folder."""
        if self._server is not None:
            self._server.deleteLater()
            self._server = None
        self._lock.unlock()


def claim(folder: Path) -> Instance | None:
    """Take the data folder for this window, or nothing if another one has it. A lock left by a crash does not count.

    Where no lock can be made (the folder is read-only, full, or no folder) the window opens without one: whoever
    opens the library says what is wrong.
    """
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = QLockFile(str(folder / LOCK))
    lock.setStaleLockTime(0)
    if lock.tryLock(0) or lock.error() is not QLockFile.LockError.LockFailedError:
        return Instance(folder, lock)
    if not os.access(folder, os.W_OK) and not raise_the_other(folder, wait_ms=0):
        return Instance(folder, lock)  # left by a crash, and cannot be cleared away
    return None


def raise_the_other(folder: Path, *, wait_ms: int = WAIT_MS) -> bool:
    """Ask the window that has this folder to come to the front; whether it heard.

    It may just be starting, and not listening yet: somebody has clicked twice. It is asked again for a while.
    """
    from PySide6.QtNetwork import QLocalSocket

    until = QDeadlineTimer(wait_ms)
    while True:
        socket = QLocalSocket()
        socket.connectToServer(_socket_name(folder))
        heard = socket.waitForConnected(wait_ms)
        socket.abort()
        if heard or until.hasExpired():
            return heard
        QThread.msleep(_AGAIN_MS)


def _socket_name(folder: Path) -> str:
    """Short, because a socket's path may only have about a hundred bytes, and the same for one folder only."""
    digest = QCryptographicHash.hash(str(folder.resolve()).encode(), QCryptographicHash.Algorithm.Sha256)
    return "cqcmock-" + bytes(digest.toHex().data()).decode()[:24]
