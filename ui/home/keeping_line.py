"""One quiet line at home when something is due to go or on hold, with the way to it; nothing at all otherwise.

Where everything is on hold a plain banner says so instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.desk import Desk
from ui.keeping.held_banner import HeldBanner
from ui.sizes import spaced
from ui.widgets.buttons import link_button
from ui.widgets.labels import TextLabel, wrapped_label

if TYPE_CHECKING:
    from cqcmock.errors import UserError
    from ui.keeping.reading import Standing

_LOOK = "Look at what is due to go and what is on hold"


class KeepingLine(QWidget):
    """`look_wanted` when somebody wants to see what it is about. Call `read` once home itself is filled.

    `banner` is a part of its own, for the top of the page.
    """

    look_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._wanted = 0
        self.label: TextLabel = wrapped_label(quiet=True)
        self.look = link_button("Look", self.look_wanted.emit)
        self.look.setAccessibleName(_LOOK)
        self.to_holds = link_button("Look", self.look_wanted.emit)
        self.to_holds.setAccessibleName(_LOOK)
        self.banner = HeldBanner(self.to_holds)
        row = spaced(QHBoxLayout(self), gap=0.5)
        row.addWidget(self.label, 1)
        row.addWidget(self.look, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def read(self) -> None:
        """Look again how things stand; what was asked before and has not come yet is not shown any more."""
        desk = self._desk
        self._wanted += 1
        number = self._wanted

        def read() -> Standing | None:
            from ui.keeping.reading import read_standing

            return read_standing(desk)

        def failed(_: UserError) -> None:
            """The screen about keeping says what is wrong; here it would be in the way."""
            if number == self._wanted:
                self._say("", "")

        desk.tasks.database(read, then=lambda found: self._fill(found, number), failed=failed, owner=self)

    def forget(self) -> None:
        """Say nothing: another library is being opened, or none could be."""
        self._wanted += 1
        self._say("", "")

    def _fill(self, found: Standing | None, number: int) -> None:
        if number != self._wanted:
            return
        if found is None:
            self._say("", "")
            return
        from ui.keeping import words

        held = words.everything_held(found.holds)
        self._say("" if held else words.home_line(found.due, found.holds), held)

    def _say(self, line: str, held: str) -> None:
        self.label.setText(line)
        self.look.setAccessibleDescription(line)
        self.setVisible(bool(line))
        self.to_holds.setAccessibleDescription(held)
        self.banner.say(held)
