"""One deed of a facilitator in a running café: what makes it possible, what does it, how to tell that it was done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from cqcmock.domain.cafe.events import EventKind
from ui.cafe.part import Part
from ui.cafe.run_screen import RunScreen
from ui.commands import CommandId as C
from ui.main_window import MainWindow

K = EventKind
TOLD = "We rang every carer back on the same day."


def nothing() -> None:
    """No preparation."""


def at_once() -> bool:
    """It is done when it returns."""
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """`ready` makes it possible and is not measured; after `do` it must become `so`."""

    name: str
    do: Callable[[], object]
    so: Callable[[], bool] = at_once
    ready: Callable[[], object] = nothing


class Deeds:
    """How deeds are put, for those who list them."""

    def __init__(self, window: MainWindow, screen: RunScreen, number: Iterator[int] | None = None) -> None:
        self._window = window
        self._screen = screen
        self._number = count(1) if number is None else number

    @property
    def _state(self) -> Any:
        return self._screen.hand.state

    @property
    def _opened(self) -> Any:
        return self._screen.hand.opened

    def _quiet(self) -> bool:
        rows = self._screen.who_came.rows
        return len(rows.in_order) == len(self._opened.attendance.state.groups) or not rows.isVisible()

    def _command(self, name: str, command: C, so: Callable[[], bool], ready: Callable[[], object] = nothing) -> Deed:
        def do() -> None:
            if not self._window.commands.run(command):
                raise AssertionError(f"{name} is not possible now")

        return Deed(name=name, do=do, so=so, ready=ready)

    def _act(self, name: str, command: C, kind: EventKind) -> Deed:
        events = len(self._opened.run.events)
        return self._command(
            name, command, lambda: any(one.kind is kind for one in self._opened.run.events[max(0, events - 1) :])
        )

    def _press(
        self,
        name: str,
        at: Callable[[], QWidget],
        key: Qt.Key,
        so: Callable[[], bool],
        ready: Callable[[], object] = nothing,
    ) -> Deed:
        return Deed(name=name, do=lambda: QTest.keyClick(at(), key), so=so, ready=ready)

    def _next_round(self) -> Deed:
        before = self._state.scene.round
        return self._command("next round", C.NEXT_ROUND, lambda: self._state.scene.round > before)

    def _tick(self) -> None:
        self._screen.hand._tick()

    def _show_tab(self, part: Part) -> None:
        self._screen.tabs.setCurrentWidget(part)
