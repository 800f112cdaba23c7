"""What a log that a kill left beside the library held, so that a part of it that has gone is noticed.

SQLite takes a log for ended where its bytes stop making sense, and says nothing: right after a power cut, when nobody
was told yet that the rest was kept, and wrong where the disk has spoiled what was. The index beside the log
(https://www.sqlite.org/walformat.html) says how far it went: a step is written there only after it was flushed.
"""

from __future__ import annotations

import struct
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_HEADER: Final = struct.Struct("=IIIBBHII2I2I2I")
_IN_USE: Final = struct.Struct("=I28xI")
_NO_LOG: Final = (0, 0)
_VERSION: Final = 3007000


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


def has_lost(before: Reach | None, now: Reach | None) -> bool:
    """Whether something that was kept in the log before it was opened is not in it any more, nor in the library."""
    if before is None or now is None or before.frames == 0:
        return False
    if now.salt == before.salt:
        return now.frames < before.frames
    if now.salt == _NO_LOG:
        return before.in_library < before.frames
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
