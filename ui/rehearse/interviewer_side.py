"""The interviewer's side of an interview: their window, their deeds, and what is heard in what is being typed."""

from __future__ import annotations

import math
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

TOO_SOON_SECONDS = 0.5
"""What is new on a screen can be read no faster: a tap by then is the second half of a double click, or was meant for
what stood there before."""

TOO_LONG = "What is typed is too long to be kept. Once it is shorter you can tap again."


class InterviewerSide(QObject):
    """Does what the interviewer wants at once, in both windows; the journal brings it to the disk afterwards.

    `happened` when the interview has moved on, `answer_typed` when words for the answer were typed in the wrong window.
    `typed` gives the words in the open answer, `keepable` whether they can be kept. A tap asks what its line in the
    window says it would: what was heard is worked out beside the window.
    """

    happened = Signal()
    answer_typed = Signal(str)
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
        self._asked: tuple[int, int] | None = None
        self._asked_since = self._forward_since = self._acted_at = -math.inf
        self._forward: tuple[int, str] | None = None
        self._last_deed = ""
        self._keyboard_is_here = True
        self.window = InterviewerWindow(parent)
        self.window.tapped.connect(self.tap)
        self.window.take_back_wanted.connect(self.take_back)
        self.window.go_on_wanted.connect(self.go_on)
        self.window.pause_wanted.connect(self.pause_wanted)
        self.window.typing.connect(self.answer_typed)
        self.window.keyed.connect(self._keyed)

    # --- deeds

    def tap(self, tap: Tap) -> None:
        """What the interviewer noticed: its probe is on both screens when this returns."""
        if self._live.can(EventKind.TAPPED) and self._fits() and self._meant(tap, self._asked_since):
            interviewing.tap(self._live, tap, self._typed(), self._heard)
            self._done()

    def take_back(self) -> None:
        """The last tap was meant otherwise."""
        if interviewing.may_take_back(self._live, self._typed()) and self._meant("take back"):
            interviewing.take_back(self._live)
            self._done()

    def go_on(self) -> None:
        """To whatever comes next."""
        on_air = self._live.state.phase in ON_AIR and (self._live.state.stopped or self._fits())
        if on_air and self._meant("go on", self._forward_since):
            interviewing.go_on(self._live, self._typed())
            self._done()

    def has_just_acted(self) -> bool:
        """Whether what is on screen came from the interviewer in this very moment: nobody has answered it yet."""
        return self._now() - self._acted_at < TOO_SOON_SECONDS

    def _meant(self, deed: str, since: float = -math.inf) -> bool:
        """Whether this is a deed of its own, and about what has been on screen `since` then."""
        again = deed == self._last_deed and self.has_just_acted()
        if again or self._now() - since < TOO_SOON_SECONDS:
            self._give_the_keyboard_back()
            return False
        self._last_deed = deed
        return True

    def _done(self) -> None:
        self._acted_at = self._now()
        self.happened.emit()
        self._give_the_keyboard_back()

    def _give_the_keyboard_back(self) -> None:
        """Where somebody types, a click in this window has taken it from them: the next letter is the answer's."""
        if not self._keyboard_is_here:
            self._home.activateWindow()

    def _now(self) -> float:
        return self._desk.clock.monotonic()

    def _keyed(self) -> None:
        self._keyboard_is_here = True

    @property
    def _home(self) -> QWidget:
        parent = self.parent()
        assert isinstance(parent, QWidget)
        return parent.window()

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
        view = interviewer_view_of(self._live, self._typed(), self._heard)
        self._look_what_is_new(view.forward)
        self.window.show_view(view)
        self.paint_clock()

    def _look_what_is_new(self, forward: str) -> None:
        state = self._live.state
        asked = (state.question, len(state.take.probes))
        if asked != self._asked:
            self._asked_since = self._now() if self._asked else -math.inf
            self._asked = asked
        way_on = (state.question, forward)
        if way_on != self._forward:
            self._forward_since = self._now() if self._forward else -math.inf
            self._forward = way_on

    def paint_clock(self) -> None:
        """The same clock as in the other window."""
        self._paint(self.window.clock)

    def typed(self) -> None:
        """Somebody typed: a probe that is being answered cannot be taken back any more."""
        self._keyboard_is_here = False
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
