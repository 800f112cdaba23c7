"""What a log that a kill left beside the library held, so that a part of it that has gone is noticed.

SQLite takes a log for ended where its bytes stop making sense, and says nothing: right after a power cut, when nobody
was told yet that the rest was kept, and wrong where the disk has spoiled what was. The index beside the log
(https://www.sqlite.org/walformat.html) says how far it went: a step is written there only after it was flushed.

Nobody flushes the index itself: after a power cut it may be older than the log. Where the log was cut to nothing since,
the index would still tell of steps that are in no log. So the library is told first which log that will be.
"""

from __future__ import annotations

import os
import struct
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cqcmock.storage import engine

_HEADER: Final = struct.Struct("=IIIBBHII2I2I2I")
_IN_USE: Final = struct.Struct("=I28xI")
_NO_LOG: Final = (0, 0)
_VERSION: Final = 3007000
_LOG_HEADER: Final = 32
_SALT_AT: Final = 16
_JOURNAL_HEADER: Final = struct.Struct(">8s8xI")
_JOURNAL: Final = bytes.fromhex("d9d505f920a163d7")
_LOGS_TOLD: Final = 1000
"""So many logs before the one that was emptied last may be what an old index tells of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far a log goes: `frames` of the log with this `salt`, and how many of them are in the library file too.

    `begun` is how many were to be brought there when the program was last about it.
    """

    salt: tuple[int, int]
    frames: int
    in_library: int
    begun: int


def reach(library: Path) -> Reach | None:
    """What the index beside the log says; None where there is none that makes sense. Raises OSError."""
    try:
        with library.with_name(f"{library.name}-shm").open("rb") as file:
            data = file.read(2 * _HEADER.size + _IN_USE.size)
    except FileNotFoundError:
        return None
    first, second = data[: _HEADER.size], data[_HEADER.size : 2 * _HEADER.size]
    if len(data) < 2 * _HEADER.size + _IN_USE.size or first != second:
        return None
    version, _, _, is_made, _, _, frames, _, _, _, salt_1, salt_2, *checksum = _HEADER.unpack(first)
    if version != _VERSION or not is_made or checksum != _checksum(first[:-8]):
        return None
    in_library, begun = _IN_USE.unpack_from(data, 2 * _HEADER.size)
    return Reach(salt=(salt_1, salt_2), frames=frames, in_library=in_library, begun=begun)


def empty(connection: Any, library: Path) -> bool:
    """Bring everything from the log into the library file and cut the log to nothing; False where somebody reads.

    Raises the driver's errors.
    """
    if _number_of_log(library) is None:
        return not _is_busy(connection, "truncate")
    if _is_busy(connection, "restart"):
        return False
    with suppress(engine.driver().Error):  # a full disk must not keep what was deleted in the log
        _tell_which(connection, library)
    return not _is_busy(connection, "truncate")


def emptied(connection: Any) -> int:
    """The number of the log that was emptied last, as the library itself says; 0 where none was."""
    return int(connection.execute("pragma user_version").fetchone()[0]) % 2**32


def _tell_which(connection: Any, library: Path) -> None:
    """To be called when all of the log is in the library: what is written then most often begins the next one."""
    told = ((_number_of_log(library) or 0) + 1) % 2**32
    for _ in range(2):
        connection.execute(f"pragma user_version={told - 2**32 if told >= 2**31 else told}")
        if (there := _number_of_log(library)) in (told, None):
            return
        told = there


def _is_busy(connection: Any, how: str) -> bool:
    ((busy, _, _),) = connection.execute(f"pragma wal_checkpoint({how})").fetchall()
    return bool(busy)


def _number_of_log(library: Path) -> int | None:
    """The first salt of the log, which counts the logs; None where there is no log, or nothing in it."""
    try:
        with _log_of(library).open("rb") as file:
            header = file.read(_LOG_HEADER)
    except FileNotFoundError:
        return None
    return int.from_bytes(header[_SALT_AT : _SALT_AT + 4], "big") if len(header) == _LOG_HEADER else None


def was_being_made(library: Path) -> bool:
    """Whether the library was cut short while its very first page was written: its journal then says that it was empty.

    https://www.sqlite.org/fileformat.html#the_rollback_journal
    """
    try:
        with library.with_name(f"{library.name}-journal").open("rb") as file:
            magic, pages = _JOURNAL_HEADER.unpack(file.read(_JOURNAL_HEADER.size))
    except (FileNotFoundError, struct.error):
        return False
    return (magic, pages) == (_JOURNAL, 0)


def flush(library: Path) -> None:
    """Flush a log that was left, so that no index tells of more than is on the disk: a kill may have come before."""
    with suppress(OSError):  # what cannot be written to cannot be flushed either
        handle = os.open(_log_of(library), os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _log_of(library: Path) -> Path:
    return library.with_name(f"{library.name}-wal")


def has_lost(before: Reach | None, now: Reach | None, emptied: int = 0) -> bool:
    """Whether something that was kept in the log before it was opened is not in it any more, nor in the library.

    `emptied` is which log was emptied last.
    """
    if before is None or now is None or before.frames == 0:
        return False
    if now.salt == before.salt:
        return now.frames < before.frames
    if now.salt == _NO_LOG:
        is_emptied = bool(emptied) and (emptied - _number(before.salt[0])) % 2**32 < _LOGS_TOLD
        return before.in_library < before.frames and not is_emptied
    began_anew = (_number(now.salt[0]) - _number(before.salt[0])) % 2**32
    return not 0 < began_anew < 2**31


def is_of_one_moment(before: Reach | None, now: Reach | None) -> bool:
    """Whether what is left is the library as it once was, and not partly older than the file that it belongs to."""
    if before is None or now is None:
        return True
    left = now.frames if now.salt == before.salt else 0
    return left >= max(before.begun, before.in_library)


def _number(salt: int) -> int:
    """The first salt is written as a number of the other end, and counts the logs."""
    return int.from_bytes(salt.to_bytes(4, sys.byteorder), "big")


def _checksum(data: bytes) -> list[int]:
    first = second = 0
    for one, other in struct.iter_unpack("=II", data):
        first = (first + one + second) % 2**32
        second = (second + other + first) % 2**32
    return [first, second]
