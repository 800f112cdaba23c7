"""A café session in hand, for the window: deeds go through the database lane, and are shown once they are kept."""

from __future__ import annotations

import platform
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from cqcmock.domain.cafe.events import EventKind
from cqcmock.domain.cafe.scene import State
from cqcmock.errors import UserError
from ui.desk import Desk
from ui.messages import Kind

if TYPE_CHECKING:
    from cqcmock.services.cafe.opening import OpenCafe
    from cqcmock.settings import Settings

T = TypeVar("T")

TICK_MS = 1000
NOT_KEPT = "cafe-not-kept"
LAST_CHANGE = "Your last change is not saved yet, and is tried again every second."
NOTHING = "Nothing can be saved just now. It is tried again every second."

ONE_AT_A_TIME = frozenset({EventKind.ROUND_BEGUN, EventKind.SWAPPED, EventKind.SKIPPED, EventKind.QUESTION_DRAWN})
"""Pressed again before the first press shows, on a slow disk, these are the same press: it was thought to be lost."""


class Hand(QObject):
    """What every part of a running session is given.

    `changed`: something is kept that was not, so look at `opened` again. `interrupted`: the clock was stopped because
    time is unexplained. `lost`: somebody else has the session by now, and nothing can be changed here any more.
    `held_up`: something could not be kept, and is tried again with the next tick.
    """

    changed = Signal()
    held_up = Signal()
    interrupted = Signal()
    lost = Signal(UserError)

    def __init__(self, desk: Desk, opened: OpenCafe, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.opened = opened
        self.is_lost = False
        self._ticking = False
        self._acting: set[EventKind] = set()
        self._ticks = QTimer(self)
        self._ticks.setInterval(TICK_MS)
        self._ticks.timeout.connect(self._tick)
        self._ticks.start()

    @property
    def state(self) -> State:
        """What the events that are kept amount to."""
        return self.opened.run.state

    def now(self) -> float:
        """Seconds of monotonic time since the session's list began: what views are made for."""
        return self.opened.run.now()

    def can(self, kind: EventKind) -> bool:
        """Whether an event of this kind may come next."""
        return not self.is_lost and self.opened.run.can(kind)

    def do(
        self,
        deed: Callable[[], T],
        *,
        then: Callable[[T], None] | None = None,
        failed: Callable[[UserError], None] | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Do a deed in the database lane, then say `changed`. What could not be kept is tried again with every tick.

        `failed` gets what is wrong with what somebody wrote; trouble with the disk is told in the window either way.
        Neither is called for a deed that is held up: what has to follow it until it is kept goes through `Doing`.
        """

        def worked(result: T) -> None:
            self._kept()
            if then is not None:
                then(result)

        self._desk.tasks.database(
            deed, then=worked, failed=lambda error: self._failed(error, failed), owner=owner or self
        )

    def act(self, kind: EventKind, deed: Callable[[], object]) -> None:
        """Do a deed of the session, unless it is no longer possible when its turn comes: a key was pressed twice."""
        if kind in self._acting:
            return
        if kind in ONE_AT_A_TIME:
            self._acting.add(kind)

        def act() -> None:
            try:
                if self.opened.run.can(kind):
                    deed()
            finally:
                self._acting.discard(kind)

        self.do(act)

    def leave(self, then: Callable[[], None]) -> None:
        """Stop the clock, let others have the session, and then go on; where that cannot be kept, stay."""
        desk, opened = self._desk, self.opened

        def left(_: None) -> None:
            self.stop()
            then()

        def failed(error: UserError) -> None:
            self._ticks.start()
            self._failed(error, None)

        def leave_it() -> None:
            from cqcmock.services.cafe import opening

            opening.leave(desk.library, opened)

        self._ticks.stop()  # a sign of life after the last word would find the session let go
        desk.tasks.database(leave_it, then=left, failed=failed, owner=self)

    def let_go(self) -> None:
        """The same for a hand that nobody looks at any more: there is nothing left to tell."""
        from cqcmock.services.cafe import opening

        self.stop()
        desk, opened = self._desk, self.opened
        desk.tasks.database(lambda: opening.leave(desk.library, opened))

    def stop(self) -> None:
        """Give no more signs of life."""
        self._ticks.stop()
        self._desk.messages.clear(NOT_KEPT)

    def _tick(self) -> None:
        if self._ticking:
            return
        self._ticking = True
        desk, opened = self._desk, self.opened

        def tick() -> bool:
            from cqcmock.services.cafe import opening

            return opening.tick(desk.library, opened, desk.clock)

        desk.tasks.database(tick, then=self._ticked, failed=self._tick_failed, owner=self)

    def _ticked(self, interrupted: bool) -> None:
        self._ticking = False
        self._kept()
        if interrupted:
            self.interrupted.emit()

    def _tick_failed(self, error: UserError) -> None:
        self._ticking = False
        self._failed(error, None)

    def _kept(self) -> None:
        if not self._waiting():
            self._desk.messages.clear(NOT_KEPT)
        self.changed.emit()

    def _waiting(self) -> bool:
        opened = self.opened
        lists = (opened.run, opened.cards, opened.attendance, opened.judging, opened.hard)
        return any(one.waiting is not None for one in lists)

    def _failed(self, error: UserError, failed: Callable[[UserError], None] | None) -> None:
        from cqcmock.services.cafe.holding import HoldLostError
        from cqcmock.services.cafe.keeping import LibraryError

        if isinstance(error, HoldLostError):
            if not self.is_lost:
                self.is_lost = True
                self.stop()
                self.lost.emit(error)
        elif self._waiting() and isinstance(error, LibraryError):
            what = LAST_CHANGE if self._deed_waits() else NOTHING
            self._desk.messages.keep(NOT_KEPT, f"{what} {error}", Kind.PROBLEM)
            self.held_up.emit()
        elif failed is not None:
            failed(error)
        else:
            self._desk.messages.tell(error)

    def _deed_waits(self) -> bool:
        opened = self.opened
        beside = (opened.cards, opened.attendance, opened.judging, opened.hard)
        return opened.run.deed_waits or any(one.waiting is not None for one in beside)


def who_am_i(settings: Settings) -> str:
    """What a second facilitator is told: a person's name where the settings have one, else the computer's."""
    return settings.person or f"The computer {platform.node()}".strip()
