"""Tells a screen reader something that the eyes would see by themselves: a message, a light of the clock."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, text: str, *, at_once: bool = False) -> None:
    """Have `text` spoken; `at_once` interrupts what is being read out, for what cannot wait."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # not needed for the first frame

    event = QAccessibleAnnouncementEvent(widget, text)
    if at_once:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)
