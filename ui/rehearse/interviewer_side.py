"""The interviewer's side of an interview: their window, their deeds, and what is heard in what is being typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from cqcmock.domain.interview import ON_AIR, EventKind
from cqcmock.domain.interviewing import Tap
from cqcmock.services import interviewing
from cqcmock.services.live import LiveInterview
from ui.desk import Desk
from ui.rehearse.interviewer_view import interviewer_view_of
from ui.rehearse.interviewer_window import InterviewerWindow
from ui.widgets.clock_face import ClockFace

TOO_LONG = "What is typed is too long to be kept. Once it is shorter you can tap again."


class InterviewerSide(QObject):
    """Does what the interviewer wants at once, in both windows; the journal brings it to the disk afterwards.

    `happened` when the interview has moved on. `typed` gives the words in the open answer, `keepable` whether they can
    be kept. A tap asks what its line in the window says it would: what was heard is worked out beside the window.
    """

    happened = Signal()
    pause_wanted = Signal()

    def __init__(
        self,
        desk: Desk,
        live: LiveInterview,
        *,
        typed: Callable[[], str],
        keepable: Callable[[], bool],
        paint: Callable[[ClockFace], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._live = live
        self._typed = typed
        self._keepable = keepable
        self._paint = paint
        self._heard = interviewing.NOTHING
        self._heard_in = (-1, "")
        self.window = InterviewerWindow(parent)
        self.window.tapped.connect(self.tap)
        self.window.take_back_wanted.connect(self.take_back)
        self.window.go_on_wanted.connect(self.go_on)
        self.window.pause_wanted.connect(self.pause_wanted)

    # --- deeds

    def tap(self, tap: Tap) -> None:
        """What the interviewer noticed: its probe is on both screens when this returns."""
        if self._live.can(EventKind.TAPPED) and self._fits():
            interviewing.tap(self._live, tap, self._typed(), self._heard)
            self.happened.emit()

    def take_back(self) -> None:
        """The last tap was meant otherwise."""
        if interviewing.may_take_back(self._live, self._typed()):
            interviewing.take_back(self._live)
            self.happened.emit()

    def go_on(self) -> None:
        """To whatever comes next."""
        if self._live.state.phase in ON_AIR and (self._live.state.stopped or self._fits()):
            interviewing.go_on(self._live, self._typed())
            self.happened.emit()

    def _fits(self) -> bool:
        fits = self._keepable()
        if not fits:
            self.window.say(TOO_LONG)
        return fits

    # --- what is on the window

    def show(self) -> None:
        """Show what the interview is now."""
        if self._live.state.question != self._heard_in[0]:
            self._heard, self._heard_in = interviewing.NOTHING, (self._live.state.question, "")
        self.window.show_view(interviewer_view_of(self._live, self._typed(), self._heard))
        self.paint_clock()

    def paint_clock(self) -> None:
        """The same clock as in the other window."""
        self._paint(self.window.clock)

    def typed(self) -> None:
        """Somebody typed: a probe that is being answered cannot be taken back any more."""
        if self.window.take_back.isEnabled():
            self.show()

    def listen(self) -> None:
        """Find out, beside the window, which points were heard in the words that are kept by now."""
        live, state = self._live, self._live.state
        if state.phase not in ON_AIR or state.question < 0:
            return
        words = (state.question, state.take.spoken)
        if words == self._heard_in or not words[1].strip():
            return
        today = self._desk.clock.today()

        def heard(points: frozenset[str]) -> None:
            if live.state.question == words[0] and live.state.phase in ON_AIR:
                self._heard = points
                self.show()

        self._heard_in = words
        self._desk.tasks.background(lambda: interviewing.points_heard(live.plan, state, today), then=heard, owner=self)
