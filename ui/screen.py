"""What the main window asks of everything that it shows."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class Screen(QWidget):
    """One screen. The window makes it, shows it, asks it before it closes it, and throws it away.

    Emit `filled` when everything that the screen shows has come in. Set `whole_width` where nothing should
    stand beside the screen (an interview).
    """

    filled = Signal()
    whole_width = False

    def may_close(self) -> bool:
        """Asked before the screen is thrown away or the program ends. A screen that says no says why, on the screen."""
        return True

    def arrived(self) -> None:
        """The screen is now shown: read again what may have changed, put the focus where work begins."""

    def left(self) -> None:
        """Another screen is shown now; this one may come back."""
