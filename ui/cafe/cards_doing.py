"""One deed after the other on a list of a session, each followed until it is kept.

Where the disk fails, `Hand` says so and tries the same event again with every tick. Whoever did the deed is told here
that it is held up, and at last that it is kept, so that nothing is taken for done before, and nothing is done twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from cqcmock.errors import UserError
from ui.cafe.hand import Hand

if TYPE_CHECKING:
    from cqcmock.services.cafe.keeping import KeptList


@dataclass(slots=True, kw_only=True, eq=False)
class _UnderWay:
    """`event` is what the deed left waiting, where it got so far."""

    on: KeptList[Any, Any]
    deed: Callable[[], object]
    then: Callable[[], None]
    failed: Callable[[UserError], None]
    event: object | None = None
    held_up: bool = False


class Doing(QObject):
    """`changed` tells that `busy` or `held_up` is different."""

    changed = Signal()
    _stuck = Signal(object)

    def __init__(self, hand: Hand, parent: QObject) -> None:
        super().__init__(parent)
        self._hand = hand
        self._under_way: _UnderWay | None = None
        self._queue: list[_UnderWay] = []
        self._stuck.connect(self._is_stuck)
        hand.changed.connect(self._look_again)

    @property
    def busy(self) -> bool:
        """Whether a deed was asked for that is not kept yet."""
        return self._under_way is not None

    @property
    def held_up(self) -> bool:
        """Whether one could not be kept so far, and is tried again."""
        return self._under_way is not None and self._under_way.held_up

    def do(
        self,
        on: KeptList[Any, Any],
        deed: Callable[[], object],
        *,
        then: Callable[[], None] = lambda: None,
        failed: Callable[[UserError], None],
    ) -> None:
        """Do a deed that adds at most one event to `on`, after those that were asked for before.

        `then` once it is kept; `failed` gets what is wrong with what somebody wrote, and nothing was added.
        """
        self._queue.append(_UnderWay(on=on, deed=deed, then=then, failed=failed))
        if self._under_way is None:
            self._next()
            self.changed.emit()

    def _next(self) -> None:
        self._under_way = self._queue.pop(0) if self._queue else None
        if self._under_way is not None:
            self._try(self._under_way)

    def _try(self, one: _UnderWay) -> None:
        one.held_up, one.event = False, None

        def attempt() -> UserError | None:
            from cqcmock.services.cafe.holding import HoldLostError

            free = one.on.waiting is None
            try:
                one.deed()
            except HoldLostError:
                raise
            except UserError as error:
                if one.on.waiting is None:
                    return error  # it is about what somebody wrote, and nothing of it waits
                one.event = one.on.waiting if free else None
                self._stuck.emit(one)
                raise
            return None

        self._hand.do(
            attempt,
            then=lambda error: self._over(one) if error is None else self._failed(one, error),
            failed=lambda error: self._failed(one, error),
            owner=self,
        )

    def _is_stuck(self, one: _UnderWay) -> None:
        if one is self._under_way:
            one.held_up = True
            self.changed.emit()

    def _look_again(self) -> None:
        one = self._under_way
        if one is None or not one.held_up or one.on.waiting is not None:
            return
        if one.event is not None and any(event is one.event for event in one.on.events):
            self._over(one)
        else:
            self._try(one)
            self.changed.emit()

    def _over(self, one: _UnderWay) -> None:
        if one is self._under_way:
            self._under_way = None
            one.then()  # before the next one begins, which may follow from it
            self._go_on()

    def _failed(self, one: _UnderWay, error: UserError) -> None:
        if one is self._under_way:
            self._under_way = None
            one.failed(error)
            self._go_on()

    def _go_on(self) -> None:
        if self._under_way is None:
            self._next()
        self.changed.emit()
