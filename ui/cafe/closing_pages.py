"""What stands in place of the page: once the session is closed, and where it cannot be closed here and now."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cqcmock.domain.cafe.release import Release
from ui.cafe import closing_words as words
from ui.cafe.closing_released import ReleasedView
from ui.sizes import spaced
from ui.widgets.buttons import link_button, primary_button, secondary_button
from ui.widgets.card import Card, button_row
from ui.widgets.labels import heading, wrapped_label


class AfterClosing(QWidget):
    """What others see now, and the ways on."""

    papers_wanted = Signal()
    said_wanted = Signal()
    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = spaced(QVBoxLayout(self), gap=1.0)
        self.title = heading("The session is closed")
        self.others = Card("What others see")
        self.released = ReleasedView()
        self.others.body.addWidget(self.released)
        self.papers = primary_button("See, save or print the papers", self.papers_wanted.emit)
        self.finish = link_button("Back to the cafés", self.done.emit)
        self.following = Card("Before you print, and before the next session")
        self.following.body.addWidget(wrapped_label(words.NEXT_SESSION))
        self.said = secondary_button("You said, we did", self.said_wanted.emit)
        self.following.add_buttons(self.said)
        column.addWidget(self.title)
        column.addWidget(wrapped_label(words.CLOSED))
        self.gone = wrapped_label(words.WORDS_GONE)
        column.addWidget(self.gone)
        column.addLayout(button_row(self.papers, self.finish))
        column.addWidget(self.others)
        column.addWidget(self.following)

    def show_release(self, release: Release) -> None:
        """Show what others see."""
        self.released.show_release(release)


class Barred(QWidget):
    """Why the session cannot be closed here and now, with what can be done instead."""

    GOES_ON = "This session is not finished. Finish it first, then close it."

    LET_GO = "This session is not open here any more. Open it again to go on."

    again_wanted = Signal()
    back_wanted = Signal()
    look_wanted = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = spaced(QVBoxLayout(self), gap=1.0)
        self.why = wrapped_label()
        self.back = primary_button("Go back into the session", self.back_wanted.emit)
        self.look = secondary_button("Look at it", self.look_wanted.emit)
        self.again = secondary_button("Try again", self.again_wanted.emit)
        self.leave = link_button("Back to the cafés", self.left.emit)
        column.addWidget(heading("This session cannot be closed now"))
        column.addWidget(self.why)
        column.addLayout(button_row(self.back, self.look, self.again, self.leave))

    def show_why(self, why: str, *, look: bool, back: bool, again: bool) -> None:
        """Show this reason, and these ways on."""
        self.why.setText(why)
        for button, there in ((self.back, back), (self.look, look), (self.again, again)):
            button.setVisible(there)

    def begin(self) -> None:
        """Put the keyboard on the first way on."""
        buttons = (self.back, self.look, self.again, self.leave)
        first = next(button for button in buttons if not button.isHidden())
        first.setFocus(Qt.FocusReason.OtherFocusReason)
