"""Buttons, by what they mean. One primary button a screen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton


def primary_button(text: str, do: Callable[[], object] | None = None) -> QPushButton:
    """The one thing to do next."""
    return _button(text, do, "primary")


def secondary_button(text: str, do: Callable[[], object] | None = None) -> QPushButton:
    """Anything else that can be done."""
    return _button(text, do, "secondary")


def danger_button(text: str, do: Callable[[], object] | None = None) -> QPushButton:
    """A deed that takes something away."""
    return _button(text, do, "danger")


def link_button(text: str, do: Callable[[], object] | None = None) -> QPushButton:
    """A way to somewhere else, in the run of a text; it takes the keyboard like every other button."""
    from PySide6.QtCore import Qt  # not for the first frame: see `ui.first_frame`

    button = _button(text, do, "link")
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button


def make_primary(button: QPushButton, primary: bool) -> None:
    """Let a button be the one thing to do next, or one of the others, where this changes."""
    kind = "primary" if primary else "secondary"
    if button.property("kind") == kind:
        return
    button.setProperty("kind", kind)
    style = button.style()
    style.unpolish(button)
    style.polish(button)


def literal(text: str) -> str:
    """Words for a button or a menu that may contain an ampersand, which Qt would take for an access key."""
    return text.replace("&", "&&")


def _button(text: str, do: Callable[[], object] | None, kind: str) -> QPushButton:
    button = QPushButton(literal(text))
    button.setAccessibleName(text)
    button.setProperty("kind", kind)
    button.setAutoDefault(True)  # Return presses the focused button too, not only Space
    if do is not None:
        button.clicked.connect(lambda _checked=False: do())
    return button
