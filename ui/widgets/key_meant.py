"""Which of the short keys somebody means, whatever keyboard they have.

Where digits are typed with Shift, as in France, both ways of pressing the key will do. Where letters are not Latin
ones, as in Greece, the key counts that has the Latin letter on other keyboards.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

_DIGITS: Final = {
    11: Qt.Key.Key_0,
    2: Qt.Key.Key_1,
    3: Qt.Key.Key_2,
    4: Qt.Key.Key_3,
    5: Qt.Key.Key_4,
    6: Qt.Key.Key_5,
    7: Qt.Key.Key_6,
}
_LETTERS: Final = {
    17: Qt.Key.Key_W,
    18: Qt.Key.Key_E,
    25: Qt.Key.Key_P,
    30: Qt.Key.Key_A,
    36: Qt.Key.Key_J,
    45: Qt.Key.Key_X,
    46: Qt.Key.Key_C,
    47: Qt.Key.Key_V,
    49: Qt.Key.Key_N,
    50: Qt.Key.Key_M,
}
"""By the number of their place, as Windows and Linux count: only those of the short keys."""

_FIRST_NUMBER: Final = {"windows": 0, "xcb": 8, "wayland": 8}
"""What each system adds to it; one that is not here does not tell the place."""

_SHIFT, _KEYPAD = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier


def key_meant(event: QKeyEvent) -> int | None:
    """The key, or None for one that was pressed together with another, as in Ctrl+C. Shift changes no letter, no digit.

    Caps Lock changes nothing.
    """
    together = event.modifiers() & ~_KEYPAD
    key = event.key()
    if together & ~_SHIFT:
        return None
    if Qt.Key.Key_A <= key <= Qt.Key.Key_Z or Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
        return key
    return None if together else _by_its_place(event)


def _by_its_place(event: QKeyEvent) -> int:
    first = _FIRST_NUMBER.get(QGuiApplication.platformName())
    place = event.nativeScanCode() - (first or 0)
    written = event.text()
    if first is None or not written.isprintable():
        return event.key()
    if place in _DIGITS and written:
        return _DIGITS[place]
    if place in _LETTERS and written.isalpha() and not written.isascii():
        return _LETTERS[place]
    return event.key()
