"""Whatever a watched module tries to reach is noted, named and refused, whether Python asks for it or not."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from cqcmock.services import network_watch
from cqcmock.services.network_watch import NATIVE, CutOffError, Watch, counters, enter_own_network
from cqcmock.services.self_test_privacy import Watched, watched
from tests.some_quickly import some_quickly

ROOT = Path(__file__).parents[2]
PYTHON_ATTEMPTS = {
    "socket.connect": "socket.socket().connect(('192.0.2.7', 443))",
    "socket.getaddrinfo": "socket.create_connection(('council.example', 443), 1)",
    "socket.gethostbyname": "socket.gethostbyname('council.example')",
    "socket.gethostbyaddr": "socket.gethostbyaddr('192.0.2.7')",
    "socket.getnameinfo": "socket.getnameinfo(('192.0.2.7', 443), 0)",
    "socket.bind": "socket.socket().bind(('127.0.0.1', 0))",
    "socket.sendto": "socket.socket(type=socket.SOCK_DGRAM).sendto(b'words', ('192.0.2.7', 53))",
    "socket.sendmsg": "socket.socket(type=socket.SOCK_DGRAM).sendmsg([b'words'], [], 0, ('192.0.2.7', 53))",
    "urllib.Request": "__import__('urllib.request').request.urlopen('http://192.0.2.7/')",
    "http.client.connect": "__import__('http.client').client.HTTPConnection('192.0.2.7').request('GET', '/')",
    "ftplib.connect": "__import__('ftplib').FTP('192.0.2.7')",
    "smtplib.connect": "__import__('smtplib').SMTP('192.0.2.7', local_hostname='here')",
    "imaplib.open": "__import__('imaplib').IMAP4('192.0.2.7')",
    "poplib.connect": "__import__('poplib').POP3('192.0.2.7')",
    "subprocess.Popen": "__import__('subprocess').run(['curl', 'http://192.0.2.7/'])",
    "os.system": "__import__('os').system('true')",
    "os.posix_spawn": "__import__('os').posix_spawn('/bin/true', ['true'], {})",
    "os.fork": "__import__('os').fork()",
    "os.exec": "__import__('os').execv('/bin/true', ['true'])",
}
NATIVE_SOCKET = """
import ctypes, os, socket, struct, sys
library = ctypes.CDLL(None)
def address(family, host, port):
    if family == socket.AF_INET:
        return struct.pack("=HH4s8x", family, socket.htons(port), socket.inet_pton(family, host))
    return struct.pack("=HHI16sI", family, socket.htons(port), 0, socket.inet_pton(family, host), 0)
def attempt(family, kind, host, port=443):
    number = library.socket(family, kind, 0)
    whole = address(family, host, port)
    assert number >= 0
    library.connect(number, whole, len(whole))
    library.send(number, b"words", 5, socket.MSG_NOSIGNAL)
    os.close(number)
"""
NATIVE_ATTEMPTS = {
    "TCP": "attempt(socket.AF_INET, socket.SOCK_STREAM, '192.0.2.7')",
    "UDP": "attempt(socket.AF_INET, socket.SOCK_DGRAM, '192.0.2.7', 53)",
    "TCP over IPv6": "attempt(socket.AF_INET6, socket.SOCK_STREAM, '2001:db8::7')",
    "UDP over IPv6": "attempt(socket.AF_INET6, socket.SOCK_DGRAM, '2001:db8::7', 53)",
    "TCP to this computer": "attempt(socket.AF_INET, socket.SOCK_STREAM, '127.0.0.1')",
    "UDP to this computer": "attempt(socket.AF_INET, socket.SOCK_DGRAM, '127.0.0.1', 53)",
    "TCP to this computer over IPv6": "attempt(socket.AF_INET6, socket.SOCK_STREAM, '::1')",
    "a listening port": "assert library.listen(library.socket(socket.AF_INET, socket.SOCK_STREAM, 0), 1) == 0",
}


def run(folder: Path, code: str, *arguments: object) -> Watched:
    """What the watch tells of a module of this code."""
    (folder / "watched_module.py").write_text(code, encoding="utf-8")
    return watched("watched_module", *arguments, folder=folder)


@pytest.fixture
def own_network(tmp_path: Path) -> None:
    """Skips where this system lets nobody have a network of their own."""
    if why_not := run(tmp_path, "").why_not:
        pytest.skip(why_not)


def test_a_module_that_tries_nothing_is_found_to_have_tried_nothing(tmp_path: Path) -> None:
    found = run(tmp_path, "import sys\nprint('done', *sys.argv[1:])\nopen('file', 'w').close()", "with", 2)
    assert (found.failed, found.attempts, found.desktop) == ("", (), ())
    assert found.printed == ("done with 2",)


@pytest.mark.parametrize("event", some_quickly(PYTHON_ATTEMPTS, every=4))
def test_what_python_asks_for_is_noted_named_and_refused(tmp_path: Path, event: str) -> None:
    code = f"import socket, sys\nsys.audit('cqcmock.part', 'trying')\n{PYTHON_ATTEMPTS[event]}\nprint('went on')"
    found = run(tmp_path, code)
    named = [one for one in found.attempts if f"({event})" in one.what]
    assert named, found
    assert named[0].part == "trying"
    assert named[0].where
    assert "192.0.2.7" in named[0].to or "192.0.2.7" not in PYTHON_ATTEMPTS[event]
    assert all("words" not in one.to for one in found.attempts)
    assert "went on" not in found.printed
    assert "CutOffError" in found.failed


def test_an_attempt_is_noted_even_where_the_module_goes_on_as_if_nothing_were(tmp_path: Path) -> None:
    found = run(
        tmp_path,
        "import socket\ntry:\n    socket.create_connection(('192.0.2.7', 1))\nexcept OSError:\n    print('went on')",
    )
    assert found.printed == ("went on",)
    assert found.failed == ""
    assert len(found.attempts) == 1


@pytest.mark.parametrize("late", ["atexit.register(try_it)", "threading.Thread(target=try_it).start()"])
def test_what_is_tried_in_a_thread_or_on_leaving_is_noted(tmp_path: Path, late: str) -> None:
    code = f"""
import atexit, socket, threading
def try_it():
    threading.main_thread().join() if threading.current_thread() is not threading.main_thread() else None
    try:
        socket.gethostbyname('council.example')
    except OSError:
        pass
{late}
"""
    assert [one.to for one in run(tmp_path, code).attempts] == ["council.example"]


def test_the_line_that_asked_is_named(tmp_path: Path) -> None:
    (one,) = run(tmp_path, "import socket\ndef ask():\n    socket.gethostbyname('a.example')\nask()").attempts
    assert one.where.endswith("watched_module.py, line 3 (ask)")


def test_the_line_of_ours_that_led_to_it_is_named_too(tmp_path: Path) -> None:
    code = "import socket\nfrom cqcmock import atomic\nimport os\n"
    code += "os.fsync = lambda number: socket.gethostbyname('a.example')\n"
    code += "from pathlib import Path\natomic.write_atomically(Path('file'), b'')\n"
    (one, *_) = run(tmp_path, code).attempts
    assert "watched_module.py, line 4 (<lambda>), asked for by cqcmock/atomic.py, line " in one.where


@pytest.mark.parametrize("attempt", NATIVE_ATTEMPTS)
@pytest.mark.usefixtures("own_network")
def test_what_is_tried_around_python_is_noted_with_the_part(tmp_path: Path, attempt: str) -> None:
    if "IPv6" in attempt and not socket.has_ipv6:
        pytest.skip("there is no IPv6 here")
    code = (
        f"{NATIVE_SOCKET}\nsys.audit('cqcmock.part', 'the first part')\nsys.audit('cqcmock.part', 'trying')\n"
        f"{NATIVE_ATTEMPTS[attempt]}\nsys.audit('cqcmock.part', 'the last part')"
    )
    found = run(tmp_path, code)
    assert found.failed == ""
    assert [one.part for one in found.attempts][:1] == ["trying"], found
    assert found.attempts[0].what == NATIVE
    assert "+" in found.attempts[0].to
    assert found.counted > 100


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such sockets")
def test_a_socket_of_this_computer_is_listed_and_not_refused(tmp_path: Path) -> None:
    code = """
import socket
server = socket.socket(socket.AF_UNIX)
server.bind("desktop")
server.listen()
socket.socket(socket.AF_UNIX).connect("desktop")
"""
    found = run(tmp_path, code)
    assert (found.failed, found.attempts, found.desktop) == ("", (), ("desktop",))


def test_the_watch_stands_before_anything_of_ours_is_loaded(tmp_path: Path) -> None:
    found = run(tmp_path, "import sys\nprint(*sorted(n for n in sys.modules if n.split('.')[0] in ('cqcmock', 'ui')))")
    assert found.printed == ("cqcmock cqcmock.services",)
    for package in ("cqcmock", "cqcmock/services"):
        code = (ROOT / package / "__init__.py").read_text(encoding="utf-8")
        assert [line for line in code.splitlines() if "import" in line] == ["from __future__ import annotations"]


@pytest.mark.parametrize(
    ("code", "failed"),
    [
        ("raise SystemExit(0)", ""),
        ("raise SystemExit(4)", "It ended with the status 4."),
        ("raise SystemExit('no')", "It ended with the status 1."),
        ("raise ValueError('what somebody said')", "ValueError in "),
        (
            "from cqcmock.errors import UserError\nraise UserError('The disk is full.', 'Make room.')",
            "The disk is full.",
        ),
        ("import os\nos._exit(5)", "It ended by itself, with the status 5, and left no report"),
    ],
)
def test_how_a_module_ended_is_told_and_never_what_somebody_said(tmp_path: Path, code: str, failed: str) -> None:
    found = run(tmp_path, code)
    assert found.failed.startswith(failed)
    assert bool(found.failed) == bool(failed)
    assert "somebody" not in found.failed


def test_a_system_that_refuses_is_told_of(tmp_path: Path) -> None:
    """The real refusal, of a system that allows nobody a network of their own."""
    inside = 'echo 0 > /proc/sys/user/max_user_namespaces; exec "$@"'
    unshare = shutil.which("unshare")
    allowed = [str(unshare), "-Ur", "sh", "-c", inside, "sh"]
    if unshare is None or subprocess.run([*allowed, "true"], capture_output=True, check=False).returncode:
        pytest.skip("nothing can be forbidden here")
    (tmp_path / "watched_module.py").write_text("import socket\nsocket.gethostbyname('a.example')", encoding="utf-8")
    code = (
        "import sys\nfrom pathlib import Path\nfrom cqcmock.services.self_test_privacy import how_watched, watched\n"
        f"found = watched('watched_module', folder=Path({str(tmp_path)!r}))\n"
        "print(len(found.attempts), found.counted, how_watched([found]))"
    )
    ran = subprocess.run([*allowed, sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.stdout.startswith("1 0 "), ran.stderr
    assert "was not watched, because this system does not allow it (none is left)." in ran.stdout


def test_elsewhere_than_on_linux_only_python_is_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    assert enter_own_network() == "only Linux has such networks"


def test_counters_that_do_not_count_are_not_relied_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_watch, "counters", lambda: {"TcpActiveOpens": 0})
    told = dict(network_watch._probes())
    assert told
    assert not any(told.values())


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has such counters")
def test_the_counters_are_those_of_the_system() -> None:
    with socket.socket() as listening:
        before = counters()
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        now = counters()
    assert now["open tcp sockets"] - before["open tcp sockets"] >= 1
    assert {"TcpActiveOpens", "IpOutNoRoutes", "UdpOutDatagrams"} <= now.keys()


def test_an_event_that_has_nothing_to_do_with_the_network_passes() -> None:
    watch = Watch(counting=False)
    for event in ("open", "import", "socket.gethostname", "socket.__new__", "sqlite3.connect", "os.listdir"):
        watch.hear(event, ("anything",))
    assert watch.report.attempts == []
    with pytest.raises(CutOffError):
        watch.hear("http.client.send", (object(), b"what somebody said"))
    assert "somebody" not in str(watch.report)
    with pytest.raises(CutOffError):
        watch.hear("webbrowser.open", ("http://a.example/",))
    assert watch.report.attempts[-1].to == "http://a.example/"
