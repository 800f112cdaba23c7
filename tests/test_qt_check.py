from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from cqcmock import qt_check

OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}


@pytest.mark.parametrize("version", ["6.12.0", "6.12.0.1"])
def test_the_pair_that_ends_by_itself_is_refused_with_what_to_install(version: str) -> None:
    problem = qt_check.bad_pair((3, 11), lambda: version)
    assert problem is not None
    assert version in problem.what_happened
    assert "Python 3.11" in problem.what_happened
    assert "pip install 'PySide6-Essentials>=6.11.3,<6.12'" in problem.what_to_do


@pytest.mark.parametrize(
    ("python", "version"), [((3, 11), "6.11.3"), ((3, 11), "6.12.1"), ((3, 12), "6.12.0"), ((3, 14), "6.13.0")]
)
def test_every_other_pair_may_start(python: tuple[int, int], version: str) -> None:
    assert qt_check.bad_pair(python, lambda: version) is None


def test_the_version_is_not_looked_up_where_it_cannot_matter() -> None:
    def never() -> str:
        raise AssertionError

    assert qt_check.bad_pair((3, 12), never) is None


def test_a_missing_qt_is_said_in_words() -> None:
    problem = qt_check.bad_pair((3, 11), lambda: None)
    assert problem is not None
    assert "PySide6" in problem.what_happened


def test_the_version_found_is_the_one_that_is_installed() -> None:
    from importlib import metadata

    try:
        installed = metadata.version("PySide6-Essentials")
    except metadata.PackageNotFoundError:
        assert qt_check.qt_version() is None
    else:
        assert qt_check.qt_version() == installed


def test_looking_does_not_load_qt() -> None:
    script = "import sys; from cqcmock import qt_check; qt_check.qt_version(); print('PySide6' in sys.modules)"
    checkout = Path(__file__).parents[1]
    answer = subprocess.run([sys.executable, "-c", script], cwd=checkout, capture_output=True, text=True, check=True)
    assert answer.stdout == "False\n"


def test_missing_libraries_are_named_as_packages_to_install() -> None:
    gone = {"libEGL.so.1", "libxcb-cursor.so.0", "libxcb-shape.so.0", "libxcb-randr.so.0"}
    problem = qt_check.missing_libraries("linux", {"DISPLAY": ":0"}, lambda library: library not in gone)
    assert problem is not None
    assert "libEGL.so.1" in problem.what_happened
    assert "sudo apt install libegl1 libxcb-cursor0 libxcb-randr0 libxcb-shape0" in problem.what_to_do
    assert "sudo dnf install libglvnd-egl libxcb xcb-util-cursor" in problem.what_to_do


@pytest.mark.parametrize(
    ("environment", "looks"),
    [
        ({"DISPLAY": ":0"}, True),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, False),
        ({"WAYLAND_DISPLAY": "wayland-0"}, False),
        ({"QT_QPA_PLATFORM": "xcb", "WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"QT_QPA_PLATFORM": "xcb:nographics"}, True),
        ({"QT_QPA_PLATFORM": "wayland;xcb", "DISPLAY": ":0"}, False),
        (OFFSCREEN | {"DISPLAY": ":0"}, False),
    ],
)
def test_the_libraries_of_x11_are_looked_for_where_x11_will_be_used(environment: dict[str, str], looks: bool) -> None:
    asked: set[str] = set()
    assert qt_check.missing_libraries("linux", environment, lambda library: not asked.add(library)) is None
    assert ("libxcb-cursor.so.0" in asked) is looks
    assert "libEGL.so.1" in asked


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_other_systems_bring_their_own_libraries(platform: str) -> None:
    assert qt_check.missing_libraries(platform, {}, lambda _: False) is None


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", OFFSCREEN, True),
        ("linux", {"QT_QPA_PLATFORM": "xcb"}, False),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_a_screen_is_found_where_there_is_one(platform: str, environment: dict[str, str], expected: bool) -> None:
    assert qt_check.has_screen(platform, environment) is expected


def test_a_library_that_no_machine_has_cannot_be_loaded() -> None:
    assert not qt_check.can_load("libno-such-library-anywhere.so.99")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux leaves them to the system")
def test_everything_that_qt_is_linked_to_is_looked_for() -> None:
    """Read from the installed Qt itself, so that a new Qt that needs more is noticed."""
    pyside = pytest.importorskip("PySide6")
    folder = Path(pyside.__file__).parent / "Qt"
    loaded = (
        *(folder / "lib" / f"libQt6{name}.so.6" for name in ("Core", "Gui", "Widgets", "DBus", "XcbQpa")),
        folder / "plugins" / "platforms" / "libqxcb.so",
    )
    needed: set[str] = set()
    for library in loaded:
        needed |= _linked_to(library)
    always_there = ("libc.so", "libm.so", "libstdc++.so", "libgcc_s.so", "ld-linux", "libicu", "libQt6", "libz.so")
    from_glib = {"libgthread-2.0.so.0"}  # in the same package as libglib
    needed = {name for name in needed if not name.startswith(always_there)} - from_glib
    assert len(needed) > 20
    assert needed <= set(qt_check.NEEDED) | set(qt_check.NEEDED_FOR_X11)


def _linked_to(library: Path) -> set[str]:
    """The DT_NEEDED entries of a 64-bit little-endian ELF file."""
    import struct

    data = library.read_bytes()
    assert data[:6] == b"\x7fELF\x02\x01"
    sections_at, entry, count = (
        struct.unpack_from("<Q", data, 0x28)[0],
        struct.unpack_from("<H", data, 0x3A)[0],
        struct.unpack_from("<H", data, 0x3C)[0],
    )
    dynamic_kind, needed_tag = 6, 1
    names: set[str] = set()
    for number in range(count):
        at = sections_at + number * entry
        kind, link = struct.unpack_from("<I", data, at + 4)[0], struct.unpack_from("<I", data, at + 40)[0]
        if kind != dynamic_kind:
            continue
        offset, size = struct.unpack_from("<QQ", data, at + 24)
        strings = struct.unpack_from("<Q", data, sections_at + link * entry + 24)[0]
        for place in range(offset, offset + size, 16):
            tag, value = struct.unpack_from("<QQ", data, place)
            if tag == needed_tag:
                start = strings + value
                names.add(data[start : data.index(b"\0", start)].decode())
    return names
