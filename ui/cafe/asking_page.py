"""A colleague at the laptop who asks on: six taps, and the room sees the next question at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from cqcmock.domain.cafe.events import EventKind
from cqcmock.domain.cafe.windows import room_view
from cqcmock.domain.english import count
from cqcmock.domain.interviewing import Interviewing, Tap
from ui.announce import announce
from ui.cafe.hand import Hand
from ui.cafe.part import CoveringPage
from ui.cafe.tally_clock import TurnClock
from ui.desk import Desk
from ui.sizes import sized, spaced
from ui.widgets.buttons import secondary_button
from ui.widgets.card import Card, button_row
from ui.widgets.flow import FlowLayout, SideBySide
from ui.widgets.key_meant import key_meant
from ui.widgets.labels import TextLabel, heading, lead_label, question_label, small_label, wrapped_label
from ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from cqcmock.domain.hearing import NextProbe

PAINT_MS: Final = 200
HOW: Final = "Tap what you hear, with the mouse or with the keys 1 to 6. Backspace takes the last tap back."
NOTHING_ASKED: Final = "No question is asked of anybody just now. You can go on with the next speaker."
ASKED: Final = "The room sees this now. If they answer it, tap “good”; then tap what is still missing."
STANDS_STILL: Final = "The session stands still just now."
_KEYS: Final = {int(Qt.Key.Key_1) + number: tap for number, tap in enumerate(Tap)}


@dataclass(frozen=True, slots=True)
class _Read:
    now: Interviewing | None
    coming: Mapping[Tap, NextProbe | None]


class AskingPage(CoveringPage):
    """Follows the session by itself: another speaker, or another question, begins anew."""

    keys_of_the_session = True

    def __init__(self, desk: Desk, hand: Hand, names: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(desk, hand, parent)
        self._names = names
        self._reading = False
        self._again = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", "inside")
        self.setAccessibleName("Asking on")
        self.setAccessibleDescription(HOW)
        self.clock = TurnClock()
        self.question = question_label()
        self.probe = lead_label()
        self.said = wrapped_label()
        self.left = small_label()
        self.strong = wrapped_label()
        self.taps: dict[Tap, QPushButton] = {}
        self.coming: dict[Tap, TextLabel] = {}
        self.take_back = secondary_button("Take the last tap back", self.take_last_back)
        self.take_back.setToolTip("Backspace")
        self.back = secondary_button("Hand the laptop back", self.done.emit)
        self._lay_out()
        self._paints = QTimer(self)
        self._paints.setInterval(PAINT_MS)
        self._paints.timeout.connect(self._paint_clock)
        hand.changed.connect(self.redraw)

    def _lay_out(self) -> None:
        self.page = ScrollPage(widest=78.0, gap=0.6)
        spaced(QVBoxLayout(self), gap=0).addWidget(self.page)
        title = heading("Ask on")
        title.setWordWrap(False)
        head = QWidget()
        across = spaced(FlowLayout(head), gap=1.5)
        across.addWidget(title)
        across.addWidget(self.clock)
        for widget in (head, self.question, self.probe, self.said):
            self.page.column.addWidget(widget)
        self.page.column.addWidget(SideBySide(self._what_to_tap(), self._what_to_hear(), narrowest=22.0, shares=(5, 3)))
        self.page.column.addLayout(button_row(self.take_back, self.back))

    def _what_to_tap(self) -> QWidget:
        part = QWidget()
        column = spaced(QVBoxLayout(part), gap=0.5)
        rows = spaced(QGridLayout(), gap=0.4)
        rows.setColumnStretch(1, 1)
        for number, tap in enumerate(Tap):
            name = tap.value.capitalize()
            button = secondary_button(f"{number + 1}\u2002{name}", partial(self.tap, tap))
            button.setAccessibleName(name)
            button.setAutoDefault(False)
            button.setStyleSheet("text-align: left;")
            self.taps[tap] = sized(button, min_width=12.5, min_height=3.0)
            self.coming[tap] = wrapped_label(quiet=True)
            rows.addWidget(button, number, 0)
            rows.addWidget(self.coming[tap], number, 1, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(rows)
        column.addWidget(self.left)
        column.addWidget(small_label(HOW))
        return part

    def _what_to_hear(self) -> QWidget:
        self._to_hear = Card("What to listen for")
        self._to_hear.body.addWidget(self.strong)
        self._to_hear.body.addStretch(1)
        return self._to_hear

    def arrived(self) -> None:
        """The keys work at once, wherever the keyboard is on the page."""
        self.redraw()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def tap(self, tap: Tap) -> None:
        """Say what was heard, or missed; the room sees what comes of it."""
        library, opened, names = self.desk.library, self.hand.opened, self._names

        def do() -> None:
            from cqcmock.services.cafe import asking_on

            asking_on.tap(library, opened, tap, names)

        self.hand.act(EventKind.ASKED_ON, do)

    def take_last_back(self) -> None:
        """The last tap was a mistake: the room sees what it saw before."""
        run = self.hand.opened.run

        def undo() -> None:
            if run.state.deeds and run.state.deeds[-1].kind is EventKind.ASKED_ON:
                run.undo()

        self.hand.act(EventKind.UNDONE, undo)

    def redraw(self) -> None:
        """Read where the asking stands, and show it; what changes meanwhile is read once more."""
        if self._reading:
            self._again = True
            return
        self._reading, self._again = True, False
        library, state, names = self.desk.library, self.hand.state, self._names

        def read() -> _Read:
            from cqcmock.services.cafe import asking_on

            now = asking_on.standing(library, state, names)
            return _Read(now, asking_on.coming(now) if now is not None else {})

        self.desk.tasks.database(read, then=self._show, failed=self._not_read, owner=self)

    def _not_read(self, error: Exception) -> None:
        self._reading = False
        self.said.setText(str(error))

    def _show(self, read: _Read) -> None:
        self._reading = False
        state, now = self.hand.state, read.now
        possible = self.hand.can(EventKind.ASKED_ON) and now is not None
        self.question.setText(now.question.text if now is not None else "")
        self.question.setVisible(now is not None)
        probe = now.probe.text if now is not None and now.probe is not None else ""
        if probe and probe != self.probe.text():
            announce(self.probe, probe)
        self.probe.setText(probe)
        self.probe.setVisible(bool(probe))
        self.said.setText(_said(now, possible=possible, still=state.interrupted))
        self.left.setText(f"{count(now.left, 'follow-up question')} left." if possible and now is not None else "")
        for tap, button in self.taps.items():
            button.setEnabled(possible and now is not None and not now.over)
            self.coming[tap].setText(_would(tap, read.coming.get(tap)) if possible else "")
        listen_for = state.question.listen_for if state.question else ()
        self.strong.setText("\n".join(f"• {line}" for line in listen_for))
        self._to_hear.setVisible(bool(listen_for))
        undone = bool(state.deeds) and state.deeds[-1].kind is EventKind.ASKED_ON
        self.take_back.setEnabled(undone and self.hand.can(EventKind.UNDONE))
        self._paint_clock()
        if self._again:
            self.redraw()

    def _paint_clock(self) -> None:
        self.clock.show_view(room_view(self.hand.state, self.hand.now()))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """1 to 6 tap, Backspace takes back; a key that is held down counts once."""
        tap = _KEYS.get(key_meant(event) or 0)
        if event.key() == Qt.Key.Key_Backspace and not event.modifiers():
            if not event.isAutoRepeat():
                self.take_last_back()
        elif tap is not None:
            if not event.isAutoRepeat() and self.taps[tap].isEnabled():
                self.tap(tap)
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's own name
        """The clock goes while somebody looks at it."""
        super().showEvent(event)
        self._paints.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's own name
        """And not otherwise."""
        super().hideEvent(event)
        self._paints.stop()


def _said(now: Interviewing | None, *, possible: bool, still: bool) -> str:
    if still:
        return STANDS_STILL
    if now is None or not possible:
        return NOTHING_ASKED
    if not now.asked and now.last is None:
        return "Listen to the answer, then tap what was missing. The room sees what you ask next."
    return ASKED if now.brought else now.words


def _would(tap: Tap, probe: NextProbe | None) -> str:
    if tap is Tap.GOOD:
        return "Nothing more about this; tapped twice, the question is over."
    return probe.text if probe is not None else "Nothing is left to ask about this."
