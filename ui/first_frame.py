"""What is on screen first gets along without the name `Qt`.

PySide makes all of its hundred enums when somebody first says `PySide6.QtCore.Qt`, which takes a seventh of the time
to a bare window's first frame. So no module that is imported before that frame says it; what the frame
needs of it is said here in Qt's own words, and whatever happens later imports `Qt` inside a function.
"""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QWidget


def stop_tab_at(widget: QWidget, stop: bool) -> None:
    """Whether Tab comes to it; a click never gives it the keyboard."""
    widget.setProperty("focusPolicy", "TabFocus" if stop else "NoFocus")


def never_scroll_sideways(area: QAbstractScrollArea) -> None:
    """No scroll bar at the foot."""
    area.setProperty("horizontalScrollBarPolicy", "ScrollBarAlwaysOff")


def show_as_plain_text(label: QLabel) -> None:
    """Whatever its words look like, they are no markup."""
    label.setProperty("textFormat", "PlainText")
