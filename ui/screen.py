"""What the main window asks of everything that it shows."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class Rest(StrEnum):
    """What a screen can be left to while the library is locked."""

    OVER = "over"
    """Everything is saved, and it can be thrown away."""
    AS_IT_IS = "as it is"
    """It would be missed, but it holds nothing that keeps the program from ending."""
    KEPT = "kept"
    """It holds words that are kept nowhere else, and asks nothing of the library meanwhile."""
    AT_WORK = "at work"
    """It still needs the library, to save what is not on disk yet."""


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

    def rest(self) -> Rest:
        """Asked before the library is locked, while nobody sees the screen: save what was typed, and ask nothing."""
        return Rest.OVER if self.may_close() else Rest.AT_WORK

    @property
    def on_air(self) -> bool:
        """Whether time runs for people who think or talk without touching a key: nothing locks itself meanwhile."""
        return False

    def arrived(self) -> None:
        """The screen is now shown: read again what may have changed, put the focus where work begins."""

    def left(self) -> None:
        """Another screen is shown now; this one may come back."""
