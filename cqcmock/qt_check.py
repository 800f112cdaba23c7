"""Whether the window can start on this machine, found out before Qt is loaded, because Qt itself would abort.

Two things are known to end the program without a word: PySide6 6.12.0 on Python 3.11, and Linux machines that
lack a library which Qt's wheels take for granted.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping
from importlib.machinery import PathFinder
from pathlib import Path

from cqcmock.errors import UserError

NEEDED = {
    "libEGL.so.1": ("libegl1", "libglvnd-egl"),
    "libGL.so.1": ("libgl1", "libglvnd-glx"),
    "libX11.so.6": ("libx11-6", "libX11"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig"),
    "libfreetype.so.6": ("libfreetype6", "freetype"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs"),
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libzstd.so.1": ("libzstd1", "libzstd"),
}
"""What QtCore, QtGui, QtWidgets and QtDBus are linked to: library, Debian package, Fedora package."""

NEEDED_FOR_X11 = {
    "libX11-xcb.so.1": ("libx11-xcb1", "libX11-xcb"),
    "libxcb.so.1": ("libxcb1", "libxcb"),
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-randr.so.0": ("libxcb-randr0", "libxcb"),
    "libxcb-render.so.0": ("libxcb-render0", "libxcb"),
    "libxcb-render-util.so.0": ("libxcb-render-util0", "xcb-util-renderutil"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb"),
    "libxcb-shm.so.0": ("libxcb-shm0", "libxcb"),
    "libxcb-sync.so.1": ("libxcb-sync1", "libxcb"),
    "libxcb-util.so.1": ("libxcb-util1", "xcb-util"),
    "libxcb-xfixes.so.0": ("libxcb-xfixes0", "libxcb"),
    "libxcb-xkb.so.1": ("libxcb-xkb1", "libxcb"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
}
"""What Qt's X11 plug-in is linked to besides."""

_VERSION = re.compile(r'^__version__ = "([^"]+)"', re.MULTILINE)
_NO_SCREEN_NEEDED = frozenset({"offscreen", "minimal", "minimalegl", "vnc", "linuxfb", "eglfs", "vkkhrdisplay"})


def has_screen(platform: str = sys.platform, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether there is anything to open a window on."""
    if not platform.startswith(("linux", "freebsd")):
        return True
    if _qt_platform(environment) in _NO_SCREEN_NEEDED:
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def qt_problem() -> UserError | None:
    """What keeps the window from starting on this machine, with what to do, or nothing."""
    return bad_pair(sys.version_info[:2], qt_version) or missing_libraries(sys.platform, os.environ, can_load)


def bad_pair(python: tuple[int, int], version: Callable[[], str | None]) -> UserError | None:
    """Refuse PySide6 6.12.0 on Python 3.11, which loses references until the interpreter aborts; and no Qt at all.

    `version` is asked only where it matters: finding it costs time at every start.
    """
    if python >= (3, 12):
        return None
    found = version()
    if found is None:
        return UserError(
            "The window needs PySide6, and it is not installed.", "Install the program again: pip install cqcmock"
        )
    if found == "6.12.0" or found.startswith("6.12.0."):
        return UserError(
            f"PySide6 {found} and Python {python[0]}.{python[1]} do not work together: the program would end by itself "
            "in the middle of an interview.",
            "Use Python 3.12 or newer, or install the version that works: "
            "pip install 'PySide6-Essentials>=6.11.3,<6.12'",
        )
    return None


def qt_version() -> str | None:
    """The version of PySide6 that would be imported, or nothing; read from its file, without importing it.

    `importlib.metadata` would say the same and takes 20 ms of every start.
    """
    spec = PathFinder.find_spec("PySide6")
    if spec is None or spec.origin is None:
        return None
    found = _VERSION.search(Path(spec.origin).read_text(encoding="utf-8"))
    return found.group(1) if found else ""


def missing_libraries(platform: str, environment: Mapping[str, str], loads: Callable[[str], bool]) -> UserError | None:
    """Name the system libraries that Qt would miss on Linux, as the packages to install."""
    if not platform.startswith("linux"):
        return None
    wanted = dict(NEEDED)
    if _wants_x11(environment):
        wanted |= NEEDED_FOR_X11
    missing = [library for library in wanted if not loads(library)]
    if not missing:
        return None
    debian = " ".join(sorted({wanted[library][0] for library in missing}))
    fedora = " ".join(sorted({wanted[library][1] for library in missing}))
    return UserError(
        f"The window needs system libraries that this machine lacks: {', '.join(missing)}.",
        f"Install them: on Debian and Ubuntu “sudo apt install {debian}”, on Fedora “sudo dnf install {fedora}”. "
        "Until then “cqcmock rehearse” works in the terminal.",
    )


def can_load(library: str) -> bool:
    """Whether the dynamic linker finds the library. Loading it costs nothing: Qt is about to."""
    import ctypes

    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _qt_platform(environment: Mapping[str, str]) -> str:
    return environment.get("QT_QPA_PLATFORM", "").split(";")[0].split(":")[0]


def _wants_x11(environment: Mapping[str, str]) -> bool:
    """Whether Qt will take its X11 plug-in: told to, or there is no Wayland to prefer."""
    named = _qt_platform(environment)
    if named:
        return named == "xcb"
    return bool(environment.get("DISPLAY")) and not environment.get("WAYLAND_DISPLAY")
