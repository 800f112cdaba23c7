"""Run a module of ours with the network cut off, and note whatever it tries.

`python -m cqcmock.services.network_watch REPORT MODULE [ARGUMENT]...` runs MODULE as its main program and writes to the
file REPORT, as JSON, what was tried. Two watches stand beside each other:

* Python's own audit events (https://docs.python.org/3/library/audit_events.html) tell of every connection, look-up of a
  name, listening port and started program that Python code asks for. Each is noted and refused.
* On Linux, where the system allows it, the process first moves into a network of its own that leads nowhere but back
  to itself. Its counters tell of whatever code that is not Python tried as well.

A module tells what it is doing with `sys.audit(PART, "words")`, and what is noted carries these words. Nothing but the
standard library is imported here, so that the watch stands before anything else of ours is loaded. What the watches
cannot see: a name that native code asks another program of this computer to look up, through a socket of this computer.
"""

from __future__ import annotations

import atexit
import ctypes
import errno
import inspect
import json
import os
import runpy
import socket
import struct
import sys
import traceback
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

PART: Final = "cqcmock.part"
"""The audit event by which a module that is watched says what it does next."""

NATIVE: Final = "a connection by code that is not Python"

_SOCKETS: Final = {
    "socket.connect": "a connection",
    "socket.bind": "a listening port",
    "socket.sendto": "a message",
    "socket.sendmsg": "a message",
}
_NAMES: Final = {
    "socket.getaddrinfo": "the look-up of a name",
    "socket.gethostbyname": "the look-up of a name",
    "socket.gethostbyaddr": "the look-up of a name",
    "socket.getnameinfo": "the look-up of a name",
}
_LAUNCHES: Final = frozenset({
    "subprocess.Popen", "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.startfile",
    "os.startfile/2", "pty.spawn", "_winapi.CreateProcess",
})  # fmt: skip
_PROTOCOLS: Final = (
    "urllib.", "http.client.", "ftplib.", "smtplib.", "imaplib.", "poplib.", "nntplib.", "telnetlib.", "webbrowser.",
)  # fmt: skip
_CLONE_NEWUSER: Final = 0x10000000
_CLONE_NEWNET: Final = 0x40000000
_SIOCSIFFLAGS: Final = 0x8914
_IFF_UP: Final = 0x1
_LONGEST: Final = 200
_NOWHERE_4: Final = ("192.0.2.1", 9)  # an address for documentation: nobody has it
_NOWHERE_6: Final = ("2001:db8::1", 9)
_TABLES: Final = ("tcp", "tcp6", "udp", "udp6", "udplite", "udplite6", "raw", "raw6", "packet")
_ROOT: Final = Path(__file__).resolve().parents[2]


class CutOffError(PermissionError):
    """Something was asked for that is refused in a watched run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One thing that was tried: during which part, what, towards where, and which line of Python asked for it."""

    part: str
    what: str
    to: str
    where: str


@dataclass(slots=True, kw_only=True)
class Report:
    """What a watched run left. `failed` is empty where the module ended well.

    `counted` are the system's counters that were read, none where the module had no network of its own; `why_not` then
    says why. `desktop` are the sockets of this computer that Python code spoke to.
    """

    status: int = 3
    failed: str = "It ended by itself."
    counted: int = 0
    why_not: str = ""
    attempts: list[Attempt] = field(default_factory=list)
    desktop: list[str] = field(default_factory=list)


class Watch:
    """Hears every audit event of a process, and compares the counters of its network."""

    def __init__(self, *, counting: bool) -> None:
        self.report = Report()
        self._part = "the start"
        self._counters = counters() if counting else {}
        self.report.counted = len(self._counters)

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Note an event that has to do with the network, and refuse it with CutOffError; for `sys.addaudithook`."""
        if event in _SOCKETS:
            if arguments[0].family == getattr(socket, "AF_UNIX", None):
                self._note_desktop(arguments[1])
                return
            self._refuse(f"{_SOCKETS[event]} ({event})", _words(arguments[1:2]))
        elif event in _NAMES:
            self._refuse(f"{_NAMES[event]} ({event})", _words(arguments[:1]))
        elif event in _LAUNCHES:
            self._refuse(f"the start of another program ({event})", _words(arguments[:2]))
        elif event.startswith(_PROTOCOLS):
            self._refuse(f"a connection ({event})", _words(_addresses(event, arguments)))
        elif event == PART:
            self.look()
            self._part = str(arguments[0])

    def look(self) -> None:
        """Note what the counters tell since the last look. What Python asked for was refused and is not in them."""
        if not self._counters:
            return
        now = counters()
        risen = {name: now[name] - self._counters.get(name, 0) for name in now}
        if told := ", ".join(f"{name} +{by}" for name, by in risen.items() if by > 0):
            self.report.attempts.append(Attempt(part=self._part, what=NATIVE, to=told, where=""))
        self._counters = now

    def _refuse(self, what: str, to: str) -> None:
        self.report.attempts.append(Attempt(part=self._part, what=what, to=to, where=_asked_for_by()))
        raise CutOffError(errno.EACCES, f"{what} is refused: the network is cut off in this run")

    def _note_desktop(self, address: object) -> None:
        named = address.decode("utf-8", "replace").replace("\0", "@") if isinstance(address, bytes) else str(address)
        if named not in self.report.desktop:
            self.report.desktop.append(named)


def counters() -> dict[str, int]:
    """What the system counts of the network of this process, and how many network sockets are open in it."""
    net = Path("/proc/self/net")
    found: dict[str, int] = {}
    for name in ("snmp", "netstat"):
        lines = _lines(net / name)
        for names, values in zip(lines[::2], lines[1::2], strict=False):
            group, *columns = names.split()
            found |= {f"{group[:-1]}{one}": int(n) for one, n in zip(columns, values.split()[1:], strict=False)}
    found |= {name: int(n) for name, n in (line.split() for line in _lines(net / "snmp6"))}
    for line in _lines(net / "dev")[2:]:
        card, _, figures = line.partition(":")
        found |= {f"{card.strip()} figure {number}": int(n) for number, n in enumerate(figures.split(), 1)}
    for name in _TABLES:
        found[f"open {name} sockets"] = max(0, len(_lines(net / name)) - 1)
    return found


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="ascii").splitlines()
    except OSError:  # not every kernel has every table
        return []


def enter_own_network() -> str:
    """Move this process, which may have one thread only, into a network that leads nowhere.

    Returns why that cannot be, in words that follow “because”, or nothing where it is done and the counters count.
    """
    if not sys.platform.startswith("linux"):
        return "only Linux has such networks"
    user, group = os.geteuid(), os.getegid()
    try:
        before = Path("/proc/self/ns/net").readlink()
        _unshare(_CLONE_NEWUSER | _CLONE_NEWNET)
        with suppress(OSError):  # without it files still belong to whom they did
            _map_to_ourselves(user, group)
        _bring_up_loopback()
        if Path("/proc/self/ns/net").readlink() == before:
            return "this system only said that it did it"
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EUSERS)  # what Linux says where none, or no more, is allowed
        return f"this system does not allow it ({'none is left' if full else error.strerror or error})"
    if silent := [name for name, told in _probes() if not told]:
        return f"this system does not count what is tried there ({', '.join(silent)})"
    return ""


def _unshare(flags: int) -> None:
    own = getattr(os, "unshare", None)  # from Python 3.12 on
    if own is not None:
        own(flags)
        return
    library = ctypes.CDLL(None, use_errno=True)
    if library.unshare(flags) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def _map_to_ourselves(user: int, group: int) -> None:
    """Have us be ourselves in there too: a desktop lets in only the person whose it is."""
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
    Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")


def _bring_up_loopback() -> None:
    """Give the network its one card, to itself: without any, Linux refuses IPv6 before it counts."""
    import fcntl  # not on Windows

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        fcntl.ioctl(asking, _SIOCSIFFLAGS, struct.pack("16sh", b"lo", _IFF_UP))


def _probes() -> Iterable[tuple[str, bool]]:
    """Try to reach nobody in each way, before anything is watched; tells whether the counters noticed."""
    for family, address in ((socket.AF_INET, _NOWHERE_4), (socket.AF_INET6, _NOWHERE_6)):
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
            before = counters()
            try:
                probe = socket.socket(family, kind)
            except OSError:  # no IPv6 here: nobody else can use it either
                continue
            with closing(probe):
                probe.setblocking(False)
                with suppress(OSError):
                    probe.connect(address)
            now = counters()
            yield f"{family.name} {kind.name}", any(now[name] > before.get(name, 0) for name in now)


def _addresses(event: str, arguments: Sequence[object]) -> Sequence[object]:
    """Where to, as far as the event of a protocol tells; whatever else it tells may be content."""
    if event in ("urllib.Request", "webbrowser.open"):
        return arguments[:1]
    return arguments[1:3] if event.endswith((".connect", ".open")) else ()


def _words(arguments: Sequence[object]) -> str:
    return " ".join(str(one)[:_LONGEST] for one in arguments)


def _asked_for_by() -> str:
    """The line that asked, and the line of ours that led to it."""
    frame = inspect.currentframe()
    while frame is not None and frame.f_code.co_filename == __file__:
        frame = frame.f_back
    if frame is None:
        return ""
    asked = _line(frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name)
    while frame is not None and not _is_ours(frame.f_code.co_filename):
        frame = frame.f_back
    if frame is None or (ours := _line(frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name)) == asked:
        return asked
    return f"{asked}, asked for by {ours}"


def _is_ours(file_name: str) -> bool:
    return file_name != __file__ and any(Path(file_name).is_relative_to(_ROOT / part) for part in ("cqcmock", "ui"))


def _line(file_name: str, number: int, function: str) -> str:
    path = Path(file_name)
    shown = path.relative_to(_ROOT) if _is_ours(file_name) else Path(path.parent.name, path.name)
    return f"{shown.as_posix()}, line {number} ({function})"


def _run(module: str, report: Report) -> None:
    """Run the module as the main program, and note how it ended."""
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
        report.status, report.failed = 0, ""
    except SystemExit as leave:
        report.status = leave.code if isinstance(leave.code, int) else int(leave.code is not None)
        report.failed = f"It ended with the status {report.status}." if report.status else ""
    except BaseException as error:  # noqa: BLE001 - whatever it is, it is told
        report.status = 1
        report.failed = _why(error)


def _why(error: BaseException) -> str:
    """A sentence of ours as it is; of any other error where and what kind, because its text may quote an answer."""
    if hasattr(error, "what_happened"):
        return str(error)
    places = [place for place in traceback.extract_tb(error.__traceback__) if place.filename != __file__]
    ours = [place for place in places if _is_ours(place.filename)] or places
    where = f" in {_line(ours[-1].filename, ours[-1].lineno or 0, ours[-1].name)}" if ours else ""
    return f"{type(error).__name__}{where}."


def _write(watch: Watch, path: Path) -> None:
    watch.look()
    path.write_text(json.dumps(asdict(watch.report)), encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    """Cut this process off, run a module in it, and leave the report; returns the module's exit status."""
    report, module, *rest = arguments
    why_not = enter_own_network()
    watch = Watch(counting=not why_not)
    watch.report.why_not = why_not
    atexit.register(_write, watch, Path(report).absolute())  # the first to be registered is the last to run
    sys.addaudithook(watch.hear)
    sys.argv = [module, *rest]
    _run(module, watch.report)
    return watch.report.status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
