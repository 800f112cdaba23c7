"""What happens in a café is kept first and shown then, one event after the other.

Where something cannot be kept, the person is told, nothing changes on screen, and the same event is tried again before
the next one: it may have been stored although the answer never came, and keeping it twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

from cqcmock.domain.interview import OutOfOrderError
from cqcmock.errors import UserError
from cqcmock.storage.errors import LibraryError as LibraryError
from cqcmock.storage.errors import NotThereError

E = TypeVar("E")
S = TypeVar("S")

Keep = Callable[[int, E, S], None]
"""Stores one event under its position in its list; what it leads to comes along for what lists show."""

FoldEvents = Callable[[Iterable[E]], S]


def _never(_event: object, _before: object) -> bool:
    return False


Shown = tuple[list[E], S, S]
"""The events, what all but the last amount to, and what all of them do."""


class KeptList(Generic[E, S]):
    """A list of events and what they amount to. One thread at a time adds to it; any may read.

    `after` gives the state after one more event, quicker than folding all of them anew. `supersedes` says whether an
    event takes the place of the one before it, and `same` whether two events are the same deed, tried twice.
    `can_wait` says whether an event is to wait its turn behind others that could not be kept yet.
    """

    def __init__(
        self,
        events: Iterable[E],
        fold: FoldEvents[E, S],
        keep: Keep[E, S],
        *,
        after: Callable[[S, Sequence[E], E], S] | None = None,
        supersedes: Callable[[E, E | None], bool] = _never,
        same: Callable[[E, E], bool] = lambda one, other: one == other,
        can_wait: Callable[[E, Sequence[E]], bool] = _never,
    ) -> None:
        kept = tuple(events)
        self._fold = fold
        self._keep = keep
        self._after = after or (lambda _state, before, event: fold((*before, event)))
        self._supersedes = supersedes
        self._same = same
        self._can_wait = can_wait
        before_last = fold(kept[:-1])
        self._shown: Shown[E, S] = (list(kept), before_last, fold(kept) if kept else before_last)
        self._waiting: tuple[E, ...] = ()

    @property
    def events(self) -> tuple[E, ...]:
        """Every event that is kept."""
        return tuple(self._shown[0])

    @property
    def state(self) -> S:
        """What they amount to."""
        return self._shown[2]

    @property
    def last(self) -> E | None:
        """The latest event that is kept."""
        return self._shown[0][-1] if self._shown[0] else None

    @property
    def waiting(self) -> E | None:
        """The first event that could not be kept yet, and is not shown."""
        return next(iter(self._waiting), None)

    @property
    def all_waiting(self) -> tuple[E, ...]:
        """Every event that could not be kept yet, in the order in which they will be."""
        return self._waiting

    def add(self, event: E) -> S:
        """Keep one more event, and then show what it leads to.

        Raises what the rules raise for an event that cannot come next, and a UserError where it could not be kept:
        doing the same again, or `settle`, then tries the same event once more.
        """
        if self._waiting:
            tried_before = self._same(event, self._waiting[-1])
            try:
                self.settle()
            except LibraryError:
                if self._waiting and not tried_before and self._can_wait(event, self._waiting):
                    self._with(event)
                    self._waiting = (*self._waiting, event)
                raise
            if tried_before:
                return self.state
        shown = self._with(event)
        self._waiting = (event,)
        self._store(event, shown)
        return self.state

    def settle(self) -> None:
        """Keep what could not be kept before, if anything. Raises UserError where it still cannot be."""
        while self._waiting:
            event = self._waiting[0]
            try:
                shown = self._with(event)
            except (OutOfOrderError, UserError):  # what was kept meanwhile has made it impossible
                self._waiting = self._waiting[1:]
            else:
                self._store(event, shown)

    def _with(self, event: E) -> Shown[E, S]:
        """What stands before this event, and the state after it. Raises what the rules raise."""
        events, before_last, state = self._shown
        if self._supersedes(event, events[-1] if events else None):
            return events[:-1], before_last, self._after(before_last, events[:-1], event)
        return events, state, self._after(state, events, event)

    def _store(self, event: E, shown: Shown[E, S]) -> None:
        """Keep the first of those that wait."""
        before, before_last, state = shown
        try:
            self._keep(len(before), event, state)
        except NotThereError:
            self._waiting = ()
            raise
        except LibraryError:
            raise
        except BaseException:
            self._waiting = self._waiting[1:]
            raise
        self._shown = ([*before, event], before_last, state)
        self._waiting = self._waiting[1:]
