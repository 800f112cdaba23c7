"""One café session while it runs: the facilitator's deeds, the observer's taps, and the clock that nothing cuts short.

Each event is kept before it is shown (`keeping`). The rules of what may come next are those of `domain.cafe`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from cqcmock.clock import Clock
from cqcmock.domain.cafe import session as rules
from cqcmock.domain.cafe.events import Event, EventKind, TapKind, supersedes
from cqcmock.domain.cafe.rounds import MINUTE, RoundQuestion
from cqcmock.domain.cafe.running_order import Fitted, RunningOrder
from cqcmock.domain.cafe.scene import Stage, State
from cqcmock.domain.interview import unexplained_gap
from cqcmock.domain.interviewing import Tap
from cqcmock.services.cafe.keeping import Keep, KeptList

PROGRAM_STOPPED: Final = "The program stopped."
TIME_UNEXPLAINED: Final = "The computer was asleep, or its clock was changed."
LEFT: Final = "You left the session."

TICK_SECONDS: Final = 1.0
"""How often a sign of life is kept: so much of the time used can be lost in a kill."""

_RUNNING: Final = (Stage.WELCOME, Stage.ROUND)

_TAPS: Final = (EventKind.TAPPED, EventKind.TAP_TAKEN_BACK)


class LiveCafe:
    """A session's events so far, and the deeds that add to them.

    Deeds that cannot be done now raise `domain.interview.OutOfOrderError`; `can` says so beforehand. Every deed can
    raise a UserError where it could not be kept; then nothing has changed, and the next tick tries it again.
    """

    def __init__(self, events: Iterable[Event], clock: Clock, keep: Keep[Event, State]) -> None:
        self._list = KeptList(
            events, rules.fold, keep, after=lambda state, _before, event: rules.step(state, event),
            supersedes=supersedes, same=_same_deed, can_wait=_can_wait,
        )  # fmt: skip
        self._clock = clock
        self._offset = self.state.last_at
        self._started = clock.monotonic()
        self._looked = (self._started, clock.wall())

    @property
    def state(self) -> State:
        """What the events that are kept amount to."""
        return self._list.state

    @property
    def events(self) -> tuple[Event, ...]:
        """Every event that is kept."""
        return self._list.events

    @property
    def waiting(self) -> Event | None:
        """What was done and could not be kept yet."""
        return self._list.waiting

    @property
    def deed_waits(self) -> bool:
        """Whether somebody did something that could not be kept yet: a sign of life is nobody's deed."""
        return any(event.kind is not EventKind.TICKED for event in self._list.all_waiting)

    def settle(self) -> None:
        """Keep what could not be kept before. Raises UserError where it still cannot be."""
        self._list.settle()

    def now(self) -> float:
        """Seconds of monotonic time since the list began: what the views of both windows are made for."""
        return max(self.state.last_at, self._offset + self._clock.monotonic() - self._started)

    def can(self, kind: EventKind) -> bool:
        """Whether an event of this kind may come next."""
        return kind in rules.allowed(self.state)

    def come_back(self) -> bool:
        """After the program was stopped in a session: interrupt it at the last sign of life. True where it was."""
        if self.state.stage not in _RUNNING or self.state.interrupted:
            return False
        self._add(EventKind.INTERRUPTED, at=self.state.last_at, text=PROGRAM_STOPPED)
        return True

    def tick(self) -> bool:
        """Keep a sign of life, about once a second; where time is unexplained, interrupt at the last look: True.

        Also keeps what could not be kept before. Raises UserError where that still cannot be.
        """
        monotonic, wall = self._clock.monotonic(), self._clock.wall()
        before_monotonic, before_wall = self._looked
        self._looked = (monotonic, wall)
        running = self.state.stage in _RUNNING and not self.state.interrupted
        gap = unexplained_gap(monotonic - before_monotonic, (wall - before_wall).total_seconds())
        if running and gap:
            self._list.settle()
            at = max(self.state.last_at, self._offset + before_monotonic - self._started)
            self._add(EventKind.INTERRUPTED, at=at, text=TIME_UNEXPLAINED, wall=before_wall)
            return True
        self._list.settle()
        if running and self.now() - self.state.last_at >= TICK_SECONDS:
            self._add(EventKind.TICKED)
        return False

    def leave(self) -> None:
        """Stop the clock because the window goes away; nothing where it stands still already."""
        if self.state.stage in _RUNNING and not self.state.interrupted:
            self._add(EventKind.INTERRUPTED, text=LEFT)

    def seconds_away(self) -> int:
        """How long nobody was there, as far as it does not show on the session's own clock."""
        last = next((event for event in reversed(self.events) if event.kind is not EventKind.INTERRUPTED), None)
        if last is None:
            return 0
        gone = (self._clock.wall() - last.wall).total_seconds() - (self.now() - last.at)
        return max(0, round(gone))

    def carry_on(self, seconds_away: int | None = None) -> None:
        """Go on after an interruption, in the same round with the time that had been used."""
        away = self.seconds_away() if seconds_away is None else seconds_away
        self._looked = (self._clock.monotonic(), self._clock.wall())
        self._add(EventKind.CARRIED_ON, seconds=away)

    def plan(self, order: RunningOrder) -> None:
        """Another running order, before the session starts."""
        self._add(EventKind.PLANNED, at=self.state.last_at, order=order)

    def start(self) -> None:
        """Open the door: from now on the session's time counts."""
        self._looked = (self._clock.monotonic(), self._clock.wall())
        self._add(EventKind.STARTED)

    def begin_round(self) -> None:
        """Begin the next round."""
        self._add(EventKind.ROUND_BEGUN, round=self.state.scene.round + 1)

    def swap(self) -> None:
        """The next speaker, or the next part of the round."""
        self._add(EventKind.SWAPPED)

    def pause(self) -> None:
        """Stop the clock of the round."""
        self._add(EventKind.PAUSED)

    def resume(self) -> None:
        """Let it run on."""
        self._add(EventKind.RESUMED)

    def add_minute(self, seconds: int = MINUTE) -> None:
        """Give the round that is on a minute more."""
        self._add(EventKind.MINUTE_ADDED, seconds=seconds)

    def skip(self) -> None:
        """Leave the round and begin the next."""
        self._add(EventKind.SKIPPED)

    def go_back(self) -> None:
        """Go back to the round before, which goes on where it was."""
        self._add(EventKind.WENT_BACK)

    def show_clock(self, *, shown: bool) -> None:
        """Show or hide the room's clock."""
        self._add(EventKind.CLOCK_SHOWN if shown else EventKind.CLOCK_HIDDEN)

    def draw_question(self, question: RoundQuestion, how: str) -> None:
        """Ask a question that was drawn; how it was drawn is kept with it."""
        self._add(EventKind.QUESTION_DRAWN, question=question, text=how)

    def pick_question(self, question: RoundQuestion) -> None:
        """Ask a question that somebody chose."""
        self._add(EventKind.QUESTION_PICKED, question=question)

    def ask_on(self, tapped: Tap, probe: RoundQuestion | None) -> None:
        """Somebody asks on: what they tapped, and the probe that it brought, if any."""
        self._add(EventKind.ASKED_ON, text=tapped.value, question=probe)

    def show_question(self, *, shown: bool) -> None:
        """Show the question to the room, or hide it."""
        self._add(EventKind.QUESTION_SHOWN if shown else EventKind.QUESTION_HIDDEN)

    def show_listen_for(self, *, shown: bool) -> None:
        """Show the room what to listen for, or hide it."""
        self._add(EventKind.LISTEN_FOR_SHOWN if shown else EventKind.LISTEN_FOR_HIDDEN)

    def whose_turn(self, text: str) -> None:
        """Say whose turn it is. Raises UserError where that is too long."""
        self._add(EventKind.WHOSE_TURN, text=rules.turn_label(text))

    def tap(self, kind: TapKind) -> None:
        """The observer heard something."""
        self._add(EventKind.TAPPED, text=kind.value)

    def take_tap_back(self, kind: TapKind) -> None:
        """The observer heard nothing of the kind."""
        self._add(EventKind.TAP_TAKEN_BACK, text=kind.value)

    def late(self) -> Fitted:
        """Fit what remains into the time that is left. Raises UserError where not even the closing fits."""
        at = self.now()
        fitted = rules.replanned(self.state, at)
        self._add(EventKind.LATE, at=at, order=fitted.order)
        return fitted

    def change_order(self, order: RunningOrder) -> None:
        """Another running order for what is still to come, while the session runs."""
        self._add(EventKind.LATE, order=order)

    def undo(self) -> None:
        """Take back the facilitator's latest deed."""
        self._add(EventKind.UNDONE)

    def finish(self) -> None:
        """End the session; it can be undone until it is closed."""
        self._add(EventKind.FINISHED)

    def _add(self, kind: EventKind, *, at: float | None = None, wall: datetime | None = None, **more: Any) -> None:
        happened = Event(
            kind=kind, at=self.now() if at is None else at, wall=self._clock.wall() if wall is None else wall, **more
        )
        self._list.add(happened)


def _same_deed(event: Event, tried: Event) -> bool:
    """Whether it was tried before. Of the observer's taps each is one more, however quickly they come."""
    return event.kind not in _TAPS and replace(event, at=tried.at, wall=tried.wall) == tried


def _can_wait(event: Event, waiting: Sequence[Event]) -> bool:
    """A tap is never lost. Any other deed can wait for taps and signs of life, but not for a deed that is not shown."""
    return event.kind in _TAPS or all(one.kind in (*_TAPS, EventKind.TICKED) for one in waiting)
