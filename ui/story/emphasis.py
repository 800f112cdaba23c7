"""One primary button a screen: here which one it is changes with what there is to do next."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton


def make_primary(button: QPushButton, primary: bool) -> None:
    """Let a button be the one thing to do next, or one of the others."""
    kind = "primary" if primary else "secondary"
    if button.property("kind") == kind:
        return
    button.setProperty("kind", kind)
    style = button.style()
    style.unpolish(button)
    style.polish(button)
