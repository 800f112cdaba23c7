"""What happens in a café is kept first and shown then, one event after the other.

Where something cannot be kept, the person is told, nothing changes on screen, and the same event is tried again before
the next one: it may have been stored although the answer never came, and keeping it twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

from cqcmock.storage.errors import LibraryError, NotThereError

E = TypeVar("E")
S = TypeVar("S")

Keep = Callable[[int, E, S], None]
"""Stores one event under its position in its list; what it leads to comes along for what lists show."""

FoldEvents = Callable[[Iterable[E]], S]


def _never(_event: object, _before: object) -> bool:
    return False


class KeptList(Generic[E, S]):
    """A list of events and what they amount to. One thread at a time adds to it; any may read.

    `after` gives the state after one more event, quicker than folding all of them anew. `supersedes` says whether an
    event takes the place of the one before it, and `same` whether two events are the same deed, tried twice.
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
    ) -> None:
        kept = tuple(events)
        self._fold = fold
        self._keep = keep
        self._after = after or (lambda _state, before, event: fold((*before, event)))
        self._supersedes = supersedes
        self._same = same
        before_last = fold(kept[:-1])
        self._shown = (list(kept), before_last, fold(kept) if kept else before_last)
        self._waiting: E | None = None

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
        """An event that could not be kept yet, and is not shown."""
        return self._waiting

    def add(self, event: E) -> S:
        """Keep one more event, and then show what it leads to.

        Raises what the rules raise for an event that cannot come next, and a UserError where it could not be kept:
        doing the same again, or `settle`, then tries the same event once more.
        """
        if self._waiting is not None:
            tried_before = self._same(event, self._waiting)
            self.settle()
            if tried_before:
                return self.state
        self._waiting = event
        self.settle()
        return self.state

    def settle(self) -> None:
        """Keep what could not be kept before, if anything. Raises UserError where it still cannot be."""
        if self._waiting is None:
            return
        event = self._waiting
        events, before_last, state = self._shown
        try:
            if self._supersedes(event, events[-1] if events else None):
                shown = (events[:-1], before_last, self._after(before_last, events[:-1], event))
            else:
                shown = (events, state, self._after(state, events, event))
            self._keep(len(shown[0]), event, shown[2])
        except NotThereError:
            self._waiting = None
            raise
        except LibraryError:
            raise
        except BaseException:
            self._waiting = None
            raise
        self._shown = ([*shown[0], event], shown[1], shown[2])
        self._waiting = None
