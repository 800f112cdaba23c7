"""What a process did to the files below a folder, as a list of what a disk is told."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.power_cuts.tracing import Call

_SHARED, _WRITABLE = 0x1, 0x2
_CLONE_A_FILE: Final = 0x40049409
VOLATILE: Final = ("-shm",)
"""Ends of the names of files that are mapped into memory: nobody flushes them, and their writes are no calls."""
PAGE: Final = 4096


@dataclass(frozen=True, slots=True)
class Made:
    """A new file, or a new folder."""

    path: str
    node: int
    folder: bool = False


@dataclass(frozen=True, slots=True)
class Linked:
    """Another name for a file."""

    path: str
    node: int


@dataclass(frozen=True, slots=True)
class Renamed:
    """A file or folder has another name, in the place of what had that name before."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Removed:
    """A name is gone."""

    path: str


@dataclass(frozen=True, slots=True)
class Wrote:
    """Bytes at a place of a file."""

    node: int
    at: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Sized:
    """A file was cut short or lengthened."""

    node: int
    size: int


@dataclass(frozen=True, slots=True)
class Mapped:
    """A page of a file that is mapped into memory is another than it was at the last call."""

    node: int
    at: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Flushed:
    """A file or folder was flushed; None for all there are. `data_only`: by fdatasync."""

    node: int | None
    data_only: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """The deed has told the world something."""

    line: str


Record = Made | Linked | Renamed | Removed | Wrote | Sized | Mapped | Flushed | Said


class LostTrackError(Exception):
    """The process did something to a file that the recorder does not understand: nothing it says can be relied on."""


class Recorder:
    """Keeps the records of one folder, which nobody else alters meanwhile; `said` is the file of what is told."""

    def __init__(self, folder: Path, said: Path) -> None:
        self.folder = os.path.realpath(folder)
        self.names: dict[str, int] = {}
        self.records: list[Record] = []
        self._said = _identity(said.stat())
        self._nodes: dict[tuple[int, int], int] = {}
        self._number = 0
        self._mapped: dict[int, bytes] = {}
        for path in (Path(self.folder), *sorted(Path(self.folder).rglob("*"))):
            name = self._inside(str(path)) or "."
            self.names[name] = self._new(path.stat())
            if name.endswith(VOLATILE):
                self._mapped[self.names[name]] = path.read_bytes()

    def see(self, call: Call) -> None:
        """Keep what a call did, and memory before. Raises LostTrackError for what is not understood."""
        self._look_at_memory()
        handler = _HANDLERS.get(call.name)
        if handler is None:
            self._refuse_if_ours(call)
        else:
            handler(self, call)

    def _look_at_memory(self) -> None:
        for name, node in self.names.items():
            if not name.endswith(VOLATILE):
                continue
            before = self._mapped.get(node, b"")
            try:
                now = Path(self.folder, name).read_bytes()
            except FileNotFoundError:  # this very call has removed it
                continue
            if now == before:
                continue
            self._mapped[node] = now
            if len(now) < len(before):
                self.records.append(Sized(node, len(now)))
            for at in range(0, len(now), PAGE):
                if now[at : at + PAGE] != before[at : at + PAGE]:
                    self.records.append(Mapped(node, at, now[at : at + PAGE]))

    def _new(self, stat: os.stat_result) -> int:
        self._number += 1
        self._nodes[_identity(stat)] = self._number
        return self._number

    def _inside(self, path: str) -> str:
        """The path below the folder, or nothing where it is not."""
        return path[len(self.folder) + 1 :] if path.startswith(self.folder + "/") else ""

    def _node(self, call: Call, handle: int) -> int | None:
        node = self._nodes.get(_identity(_stat(call, handle)))
        if node is None and self._inside(_opened(call, handle)):
            raise LostTrackError(f"{call.name} on a file that nobody saw being made: {_opened(call, handle)}")
        return node

    def _opens(self, call: Call) -> None:
        _name, flags = {"openat": (1, 2), "open": (0, 1), "creat": (0, -1)}[call.name]
        how = os.O_CREAT | os.O_TRUNC | os.O_WRONLY if flags < 0 else call.arguments[flags]
        if not how & (os.O_CREAT | os.O_TRUNC):
            return
        opened = _opened(call, call.result)
        path = self._inside(opened)
        if not path:
            return
        if how & os.O_TMPFILE == os.O_TMPFILE:
            raise LostTrackError("a file without a name")
        if path not in self.names:
            node = self._new(_stat(call, call.result))
            self.names[path] = node
            self.records.append(Made(path, node))
        elif how & os.O_TRUNC:
            self.records.append(Sized(self.names[path], 0))

    def _writes(self, call: Call) -> None:
        handle = call.arguments[1] if call.name == "splice" else call.arguments[0]
        offset: int | None = None
        if call.name in ("pwrite64", "pwritev", "pwritev2"):
            offset = call.arguments[3]
        elif call.name == "copy_file_range":
            handle = call.arguments[2]
            if call.arguments[3]:
                raise LostTrackError("a copy to a place of its own")
        elif call.name == "splice":
            handle = call.arguments[2]
        if _identity(_stat(call, handle)) == self._said:
            self.records.append(Said(self._read(call, handle, offset).decode()))
            return
        node = self._node(call, handle)
        if node is None:
            return
        at = _position(call, handle) - call.result if offset is None else offset
        self.records.append(Wrote(node, at, self._read(call, handle, at)))

    @staticmethod
    def _read(call: Call, handle: int, at: int | None) -> bytes:
        """What a call wrote, out of the file itself: its thread stands still."""
        at = _position(call, handle) - call.result if at is None else at
        with Path(f"/proc/{call.thread}/fd/{handle}").open("rb", buffering=0) as file:
            data = os.pread(file.fileno(), call.result, at)
        if len(data) != call.result:
            raise LostTrackError(f"{call.name} of {call.result} bytes, of which {len(data)} are there")
        return data

    def _sizes(self, call: Call) -> None:
        node = self._node(call, call.arguments[0])
        if node is not None:
            self.records.append(Sized(node, call.arguments[1]))

    def _flushes(self, call: Call) -> None:
        node = self._node(call, call.arguments[0])
        if node is not None:
            self.records.append(Flushed(node, call.name == "fdatasync"))

    def _flushes_all(self, _call: Call) -> None:
        self.records.append(Flushed(None))

    def _makes_folder(self, call: Call) -> None:
        full = call.path(0) if call.name == "mkdir" else call.path(1, 0)
        if path := self._inside(full):
            node = self._new(Path(full).stat())
            self.names[path] = node
            self.records.append(Made(path, node, folder=True))

    def _renames(self, call: Call) -> None:
        old, new = (call.path(0), call.path(1)) if call.name == "rename" else (call.path(1, 0), call.path(3, 2))
        if call.name == "renameat2" and call.arguments[4] & ~1:
            raise LostTrackError("two names changed places")
        inside_old, inside_new = self._inside(old), self._inside(new)
        if not inside_old and not inside_new:
            return
        if not (inside_old and inside_new):
            raise LostTrackError(f"{old} went to {new}, out of the folder or into it")
        renamed(self.names, inside_old, inside_new)
        self.records.append(Renamed(inside_old, inside_new))

    def _links(self, call: Call) -> None:
        old, new = (call.path(0), call.path(1)) if call.name == "link" else (call.path(1, 0), call.path(3, 2))
        if path := self._inside(new):
            self.names[path] = self.names[self._inside(old)]
            self.records.append(Linked(path, self.names[path]))

    def _removes(self, call: Call) -> None:
        path = self._inside(call.path(1, 0) if call.name == "unlinkat" else call.path(0))
        if path:
            del self.names[path]
            self.records.append(Removed(path))

    def _maps(self, call: Call) -> None:
        _address, _length, protection, flags, handle, _at = call.arguments
        if not (flags & _SHARED and protection & _WRITABLE) or handle >= 1 << 31:
            return
        path = self._inside(_opened(call, handle))
        if path and not path.endswith(VOLATILE):
            raise LostTrackError(f"{path} is mapped, and written where nobody sees it")

    def _refuse_if_ours(self, call: Call) -> None:
        """A call that alters files in a way that is not recorded must not be about any of ours."""
        if call.name == "io_uring_setup":
            raise LostTrackError("files are written by io_uring, which nobody sees")
        if call.name == "ioctl" and call.arguments[1] != _CLONE_A_FILE:
            return
        if call.name in ("ioctl", "fallocate"):
            ours = self._node(call, call.arguments[0]) is not None
        elif call.name in ("truncate", "mknod"):
            ours = bool(self._inside(call.path(0)))
        elif call.name == "symlink":
            ours = bool(self._inside(call.path(1)))
        elif call.name == "symlinkat":
            ours = bool(self._inside(call.path(2, 1)))
        else:
            ours = bool(self._inside(call.path(1, 0)))
        if ours:
            raise LostTrackError(f"{call.name} is not recorded")


_HANDLERS: Final[dict[str, Callable[[Recorder, Call], None]]] = {
    **dict.fromkeys(("open", "openat", "creat"), Recorder._opens),
    **dict.fromkeys(
        ("write", "writev", "pwrite64", "pwritev", "pwritev2", "sendfile", "copy_file_range", "splice"),
        Recorder._writes,
    ),
    "ftruncate": Recorder._sizes,
    **dict.fromkeys(("fsync", "fdatasync"), Recorder._flushes),
    **dict.fromkeys(("sync", "syncfs"), Recorder._flushes_all),
    **dict.fromkeys(("mkdir", "mkdirat"), Recorder._makes_folder),
    **dict.fromkeys(("rename", "renameat", "renameat2"), Recorder._renames),
    **dict.fromkeys(("link", "linkat"), Recorder._links),
    **dict.fromkeys(("unlink", "unlinkat", "rmdir"), Recorder._removes),
    "mmap": Recorder._maps,
}


def renamed(names: dict[str, int], old: str, new: str) -> None:
    """Move a name, and every name below it."""
    if old == new:
        return
    for path in [one for one in names if one == old or one.startswith(old + "/")]:
        names[new + path[len(old) :]] = names.pop(path)


def _identity(stat: os.stat_result) -> tuple[int, int]:
    return stat.st_dev, stat.st_ino


def _stat(call: Call, handle: int) -> os.stat_result:
    return Path(f"/proc/{call.thread}/fd/{handle}").stat()


def _opened(call: Call, handle: int) -> str:
    return os.readlink(f"/proc/{call.thread}/fd/{handle}")  # noqa: PTH115


def _position(call: Call, handle: int) -> int:
    first = Path(f"/proc/{call.thread}/fdinfo/{handle}").read_text().split("\n", 1)[0]
    return int(first.split()[1])
