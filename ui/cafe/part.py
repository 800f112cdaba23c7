"""What the facilitator's window asks of its tabs, and of the pages with which the laptop is handed to somebody else."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.cafe.hand import Hand
from ui.desk import Desk


class Part(QWidget):
    """One tab of a session in hand. Call `redraw` where what it shows may have changed; it is drawn only in sight.

    `cover_wanted` carries a `CoveringPage` that is to be shown in place of everything else.
    """

    cover_wanted = Signal(QWidget)
    title = ""

    def __init__(self, desk: Desk, hand: Hand, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.hand = hand
        self._in_sight = False
        hand.changed.connect(self._changed)

    def arrived(self) -> None:
        """The tab is shown now: draw it, and put the focus where work begins."""
        self._in_sight = True
        self.redraw()

    def left(self) -> None:
        """Another tab is shown now."""
        self._in_sight = False

    def may_close(self) -> bool:
        """Asked before the session is left. A tab that says no says why, in sight."""
        return True

    def undo(self) -> bool:
        """Take back the latest deed of this tab; whether there was one."""
        return False

    def redraw(self) -> None:
        """Show what is kept now, quickly: this comes with every tick of the clock. Only draw what is different."""

    def _changed(self) -> None:
        if self._in_sight:
            self.redraw()


class CoveringPage(QWidget):
    """The whole window for somebody who is handed the laptop, with nothing of anybody else on it.

    `done` when they have finished; the facilitator's window is shown again. The keys of the session do nothing
    meanwhile, unless `keys_of_the_session` says that the facilitator stands beside.
    """

    done = Signal()
    keys_of_the_session = False

    def __init__(self, desk: Desk, hand: Hand, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.hand = hand

    def arrived(self) -> None:
        """Shown now: put the focus where work begins."""

    def may_close(self) -> bool:
        """Asked before the session is left."""
        return True
