"""Two answers side by side, and which of them reassures more: by key, by button, by a show of hands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextOption
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.cafe.hand_click import one_click
from ui.sizes import sized, spaced
from ui.tab_order import tab_through
from ui.widgets.buttons import link_button, secondary_button
from ui.widgets.card import Card, button_row
from ui.widgets.flow import SideBySide
from ui.widgets.key_meant import key_meant
from ui.widgets.labels import heading, small_label, wrapped_label
from ui.widgets.scroll_page import ScrollPage

QUESTION: Final = "Which would reassure an assessor more?"
ROOM: Final = "Show the two answers to the room"
ONLY_TWO: Final = "There are no others to show."
_KEYPAD: Final = Qt.KeyboardModifier.KeypadModifier


@dataclass(frozen=True, slots=True, kw_only=True)
class PairShown:
    """The two answers that the room is to see, and nothing of whose they are."""

    left: str
    right: str


class PairView(QWidget):
    """`chosen` carries whether it was the left one, `passed` that nobody can tell, `room` whether the room looks on.

    What is pressed before the next two are there counts for nothing: nobody has read them yet.
    """

    chosen = Signal(bool)
    passed = Signal()
    take_back_wanted = Signal()
    order_wanted = Signal()
    answers_wanted = Signal()
    room = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.pair: PairShown | None = None
        self._ready = False
        self.setAccessibleName(QUESTION)
        self.page = ScrollPage(widest=76.0, gap=0.6, fills=True)
        spaced(QVBoxLayout(self), gap=0).addWidget(self.page)
        self.left_text, self.right_text = _text("Left answer"), _text("Right answer")
        self.left_button = secondary_button("Left reassures more  (1 or ←)", lambda: self.choose(left=True))
        self.right_button = secondary_button("Right reassures more  (2 or →)", lambda: self.choose(left=False))
        self.sides = SideBySide(
            _side(self.left_text, self.left_button), _side(self.right_text, self.right_button), narrowest=16.0
        )
        self.sides.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.show_room = QCheckBox(ROOM)
        self.show_room.toggled.connect(self.room)
        self.pass_button = secondary_button("Cannot tell: two others  (3)", self.pass_by)
        self.back_button = link_button("Take the last one back", self.take_back_wanted.emit)
        self.order_button = link_button("See the order so far", self.order_wanted.emit)
        self.answers_button = link_button("Back to the answers", self.answers_wanted.emit)
        one_click(self.left_button, self.right_button, self.pass_button, self.back_button)
        self.progress = small_label()
        title = heading(QUESTION, 2)
        column = self.page.column
        column.addWidget(title)
        column.addWidget(self.progress)
        column.addWidget(self.show_room)
        column.addWidget(self.sides, 1)
        column.addLayout(button_row(self.pass_button, self.back_button, self.order_button, self.answers_button))
        column.addWidget(
            wrapped_label("Ask for hands, and press what most people chose. Who raised a hand is not kept.", quiet=True)
        )
        tab_through(
            self.show_room, self.left_text, self.left_button, self.right_text, self.right_button,
            self.pass_button, self.back_button, self.order_button, self.answers_button,
        )  # fmt: skip
        for child in self.findChildren(QWidget):
            child.installEventFilter(self)

    def show_pair(self, pair: PairShown | None, *, can_pass: bool, can_take_back: bool, progress: str) -> None:
        """Show these two; they can be judged from now on."""
        if pair != self.pair:
            self.pair = pair
            self.left_text.setPlainText(pair.left if pair else "")
            self.right_text.setPlainText(pair.right if pair else "")
        self._ready = pair is not None
        self.pass_button.setEnabled(can_pass)
        self.pass_button.setToolTip("" if can_pass else ONLY_TWO)
        self.back_button.setEnabled(can_take_back)
        self.progress.setText(progress)
        for button in (self.left_button, self.right_button):
            button.setEnabled(self._ready)

    def choose(self, *, left: bool) -> None:
        """One of the two reassures more."""
        if self._ready:
            self._ready = False
            self.chosen.emit(left)

    def pass_by(self) -> None:
        """Nobody can tell: two others, and nothing is kept."""
        if self._ready and self.pass_button.isEnabled():
            self._ready = False
            self.passed.emit()

    def ready_again(self) -> None:
        """What was chosen could not be kept: choose again."""
        self._ready = self.pair is not None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """The short keys work wherever the keyboard is in this view."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._pressed(event):
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """And where it is on none of its parts."""
        if not self._pressed(event):
            super().keyPressEvent(event)

    def _pressed(self, event: QKeyEvent) -> bool:
        key = key_meant(event)
        plain = not event.modifiers() & ~_KEYPAD
        if (plain and event.key() == Qt.Key.Key_Left) or key == Qt.Key.Key_1:
            deed = 1
        elif (plain and event.key() == Qt.Key.Key_Right) or key == Qt.Key.Key_2:
            deed = 2
        elif key == Qt.Key.Key_3:
            deed = 3
        else:
            return False
        if not event.isAutoRepeat():
            if deed == 3:
                self.pass_by()
            else:
                self.choose(left=deed == 1)
        return True


def _text(name: str) -> QPlainTextEdit:
    edit = sized(QPlainTextEdit(), min_height=6.0)
    edit.setReadOnly(True)
    edit.setTabChangesFocus(True)
    edit.setAccessibleName(name)
    edit.setProperty("kind", "answer")
    edit.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return edit


def _side(text: QPlainTextEdit, button: QPushButton) -> Card:
    card = Card()
    card.body.addWidget(text, 1)
    card.body.addWidget(button)
    return card
