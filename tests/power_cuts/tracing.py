"""The system calls of another process, each seen after it was done and before the process goes on.

Linux's own ptrace, as strace uses it, through ctypes: one mechanism that sees what SQLite does and what Python does,
in one order, and needs neither a compiler nor a library that is loaded beforehand.
"""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_TRACE_ME, _TO_NEXT_CALL, _SET_OPTIONS, _CALL_INFO = 0, 24, 0x4200, 0x420E
_OPTIONS: Final = 0x1 | 0x2 | 0x4 | 0x8 | 0x100000  # mark calls; follow fork, vfork and clone; die with the tracer
_ALL_THREADS: Final = 0x40000000
_A_CALL: Final = signal.SIGTRAP | 0x80
_ENTERED, _LEFT = 1, 2
_INFO: Final = struct.Struct("=B3xI16xq6Q")

_X86_64: Final = {
    "write": 1, "open": 2, "mmap": 9, "ioctl": 16, "pwrite64": 18, "writev": 20, "sendfile": 40, "fsync": 74,
    "fdatasync": 75, "truncate": 76, "ftruncate": 77, "rename": 82, "mkdir": 83, "rmdir": 84, "creat": 85, "link": 86,
    "unlink": 87, "symlink": 88, "mknod": 133, "sync": 162, "openat": 257, "mkdirat": 258, "mknodat": 259,
    "unlinkat": 263, "renameat": 264, "linkat": 265, "symlinkat": 266, "splice": 275, "fallocate": 285,
    "pwritev": 296, "syncfs": 306, "renameat2": 316, "copy_file_range": 326, "pwritev2": 328, "io_uring_setup": 425,
    "openat2": 437,
}  # fmt: skip
_AARCH64: Final = {
    "ioctl": 29, "mknodat": 33, "mkdirat": 34, "unlinkat": 35, "symlinkat": 36, "linkat": 37, "renameat": 38,
    "truncate": 45, "ftruncate": 46, "fallocate": 47, "openat": 56, "write": 64, "writev": 66, "pwrite64": 68,
    "pwritev": 70, "sendfile": 71, "splice": 76, "sync": 81, "fsync": 82, "fdatasync": 83, "mmap": 222,
    "syncfs": 267, "renameat2": 276, "copy_file_range": 285, "pwritev2": 287, "io_uring_setup": 425, "openat2": 437,
}  # fmt: skip
_NUMBERS: Final = {"x86_64": _X86_64, "aarch64": _AARCH64}


class CannotTraceError(Exception):
    """This system does not let one process follow another as it is done here; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A system call that succeeded: its thread, its name, its six arguments and what it returned."""

    thread: int
    name: str
    arguments: tuple[int, ...]
    result: int

    def text(self, address: int) -> str:
        """The name of a file that lies at an address of the process."""
        with Path(f"/proc/{self.thread}/mem").open("rb", buffering=0) as memory:
            found = bytearray()
            while b"\0" not in found:
                to_end_of_page = 4096 - (address + len(found)) % 4096
                found += os.pread(memory.fileno(), to_end_of_page, address + len(found))
        return os.fsdecode(bytes(found.partition(b"\0")[0]))

    def path(self, at: int, folder: int | None = None) -> str:
        """The path in argument `at`, from the folder that is open as argument `folder` where it is a relative one."""
        name = self.text(self.arguments[at])
        if name.startswith("/"):
            return os.path.normpath(name)
        handle = None if folder is None else ctypes.c_int(self.arguments[folder]).value
        of = "cwd" if handle in (None, -100) else f"fd/{handle}"
        base = os.readlink(f"/proc/{self.thread}/{of}")  # noqa: PTH115 - a plain string, as all of it is
        return os.path.normpath(f"{base}/{name}")


def why_not() -> str:
    """Why nothing can be traced on this machine, or nothing where it can."""
    if not sys.platform.startswith("linux"):
        return "only Linux lets a test follow the system calls of another process"
    if platform.machine() not in _NUMBERS:
        return f"the system calls of {platform.machine()} are not known"
    return ""


def _ptrace(request: int, thread: int, address: int = 0, data: int | ctypes.Array[ctypes.c_char] = 0) -> int:
    pointer = ctypes.c_void_p(data) if isinstance(data, int) else ctypes.cast(data, ctypes.c_void_p)
    done = int(_PTRACE(request, thread, ctypes.c_void_p(address), pointer))
    if done == -1:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return done


if sys.platform.startswith("linux"):
    _PTRACE = ctypes.CDLL(None, use_errno=True).ptrace
    _PTRACE.restype = ctypes.c_long
    _PTRACE.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)


def be_traced() -> None:
    """Stop until the parent follows this process. Raises OSError where that is not allowed."""
    _ptrace(_TRACE_ME, 0)
    os.kill(os.getpid(), signal.SIGSTOP)


def follow(child: int, see: Callable[[Call], None]) -> int:
    """Show every call that may alter a file, of a child that leads a process group and calls `be_traced`; returns its
    exit status once it has ended.

    While `see` looks at one, its thread stands still. Must be used on the thread that made the child. Raises
    CannotTraceError.
    """
    names = {number: name for name, number in _NUMBERS[platform.machine()].items()}
    _thread, status = os.waitpid(child, _ALL_THREADS)
    if not os.WIFSTOPPED(status):
        return os.waitstatus_to_exitcode(status)
    _ptrace(_SET_OPTIONS, child, 0, _OPTIONS)
    _go_on(child)
    info = ctypes.create_string_buffer(_INFO.size)
    entered: dict[int, tuple[int, ...]] = {}
    known = {child}
    while True:
        thread, status = os.waitpid(-child, _ALL_THREADS)
        if not os.WIFSTOPPED(status):
            if thread == child:
                return os.waitstatus_to_exitcode(status)
            continue
        stopped_by = os.WSTOPSIG(status)
        if stopped_by != _A_CALL:
            first_stop = thread not in known and stopped_by == signal.SIGSTOP
            known.add(thread)
            _go_on(thread, 0 if first_stop or status >> 16 else stopped_by)
            continue
        try:
            _ptrace(_CALL_INFO, thread, _INFO.size, info)
        except OSError as error:
            raise CannotTraceError(f"this kernel does not say what a call is: {error}") from error
        what, _architecture, first, *arguments = _INFO.unpack(info)
        if what == _ENTERED:
            entered[thread] = (first, *arguments)
        elif what == _LEFT and thread in entered:
            number, *given = entered.pop(thread)
            if number in names and first >= 0:
                see(Call(thread=thread, name=names[number], arguments=tuple(given), result=first))
        _go_on(thread)


def _go_on(thread: int, with_signal: int = 0) -> None:
    try:
        _ptrace(_TO_NEXT_CALL, thread, 0, with_signal)
    except ProcessLookupError:  # it was killed meanwhile
        return
