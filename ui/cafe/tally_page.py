"""The observer at the laptop while somebody speaks: five big buttons, and figures that only the observer sees."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cqcmock.domain.cafe.events import EventKind, TapKind
from cqcmock.domain.cafe.tally import tally
from cqcmock.domain.cafe.windows import room_view
from ui.cafe.hand import Hand
from ui.cafe.part import CoveringPage
from ui.cafe.tally_box import TallyBox
from ui.cafe.tally_clock import TurnClock
from ui.cafe.tally_words import LETTERS, speaking, turn_words
from ui.desk import Desk
from ui.sizes import spaced
from ui.widgets.buttons import secondary_button
from ui.widgets.card import button_row
from ui.widgets.flow import FlowLayout
from ui.widgets.key_meant import key_meant
from ui.widgets.labels import heading, lead_label, wrapped_label
from ui.widgets.scroll_page import ScrollPage

PAINT_MS: Final = 200
HOW: Final = (
    "Press what you hear, with the mouse or by its letter; Shift and the letter take one back. "
    "Nobody else sees the figures now, and the speaker alone is shown them afterwards."
)
NOBODY: Final = "Nobody is speaking just now. The tally goes on by itself with the next speaker."
STOPPED: Final = "The session stands still just now. The tally goes on when it does."
LOST: Final = "This laptop cannot save any more. Please give it back to whoever runs the session."
HELD_UP: Final = "The laptop cannot save just now. Go on: every press counts, and is shown as soon as it is saved."

_KEYS: Final = {
    **{int(getattr(Qt.Key, f"Key_{letter}")): kind for kind, letter in LETTERS.items()},
    **{int(getattr(Qt.Key, f"Key_{number}")): kind for number, kind in enumerate(TapKind, start=1)},
}
_LETTER_KEYS: Final = {int(getattr(Qt.Key, f"Key_{letter}")) for letter in LETTERS.values()}


class TallyPage(CoveringPage):
    """Follows the session by itself: the next speaker has a tally of their own."""

    keys_of_the_session = True

    def __init__(self, desk: Desk, hand: Hand, parent: QWidget | None = None) -> None:
        super().__init__(desk, hand, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", "inside")  # it reaches the window's edge
        self.setAccessibleName("Tally for the observer")
        self.setAccessibleDescription(HOW)
        self.page = ScrollPage(widest=66.0, gap=0.7)
        spaced(QVBoxLayout(self), gap=0).addWidget(self.page)
        self.whose = lead_label()
        self.clock = TurnClock()
        self.boxes = {kind: TallyBox(kind, number) for number, kind in enumerate(TapKind, start=1)}
        row = QWidget()
        flow = spaced(FlowLayout(row), gap=0.5)
        for kind, box in self.boxes.items():
            flow.addWidget(box)
            box.tapped.connect(lambda kind=kind: self.tap(kind))
            box.taken_back.connect(lambda kind=kind: self.take_back(kind))
        self.back = secondary_button("Hand the laptop back", self.done.emit)
        column = self.page.column
        title = heading("What do you hear?")
        title.setWordWrap(False)
        head = QWidget()
        across = spaced(FlowLayout(head), gap=1.5)
        across.addWidget(title)
        across.addWidget(self.clock)
        column.addWidget(head)
        column.addWidget(self.whose)
        column.addWidget(row)
        column.addWidget(wrapped_label(HOW, quiet=True))
        column.addLayout(button_row(self.back))
        self._paints = QTimer(self)
        self._paints.setInterval(PAINT_MS)
        self._paints.timeout.connect(self._paint_clock)
        hand.changed.connect(self._changed)
        hand.held_up.connect(self._changed)
        hand.lost.connect(lambda _error: self._changed())
        self.redraw()

    def arrived(self) -> None:
        """The letters work at once, wherever the keyboard is on the page."""
        self.redraw()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def tap(self, kind: TapKind) -> None:
        """The observer heard something: kept in the order of the taps, however quick they come."""
        self.hand.act(EventKind.TAPPED, lambda: self.hand.opened.run.tap(kind))

    def take_back(self, kind: TapKind) -> None:
        """The observer heard nothing of the kind; nothing where nothing was counted."""
        run = self.hand.opened.run

        def one_less() -> None:
            on = run.state.progress
            if on is not None and tally(run.state, on.id, on.turn)[kind]:
                run.take_tap_back(kind)

        self.hand.act(EventKind.TAP_TAKEN_BACK, one_less)

    def redraw(self) -> None:
        """Show what is kept now."""
        state, possible = self.hand.state, self.hand.can(EventKind.TAPPED)
        on = state.progress
        now = speaking(state) and on is not None
        figures = tally(state, on.id, on.turn) if now and on is not None else dict.fromkeys(TapKind, 0)
        lost = not possible and any(box.isAncestorOf(self._focus()) for box in self.boxes.values() if self._focus())
        for kind, box in self.boxes.items():
            box.show_count(figures[kind], possible=possible)
        if lost:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        words = NOBODY
        if now and on is not None:
            turn = turn_words(state, on.id, on.turn)
            words = STOPPED if not possible else f"{turn} · {on.whose}" if on.whose else turn
            if possible and self.hand.opened.run.deed_waits:
                words = HELD_UP
        self.whose.setText(LOST if self.hand.is_lost else words)
        self._paint_clock()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """The short keys; one that is held down counts once."""
        key = key_meant(event)
        kind = _KEYS.get(int(key)) if key is not None else None
        if kind is None:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if shifted and key in _LETTER_KEYS:
                self.take_back(kind)
            else:
                self.tap(kind)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's own name
        """The clock is painted only in sight."""
        super().showEvent(event)
        self._paints.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's own name
        """And then rests."""
        super().hideEvent(event)
        self._paints.stop()

    def _changed(self) -> None:
        if self.isVisible():
            self.redraw()

    def _focus(self) -> QWidget:
        return self.window().focusWidget() or self

    def _paint_clock(self) -> None:
        self.clock.show_view(room_view(self.hand.state, self.hand.now()))
