"""What each deed of a facilitator costs in a café as large as one gets, counted rather than timed.

Forty people, twelve rounds, three hundred cards in twenty themes. `python -m tests.benchmarks` times the same deeds.
Here what a slow deed is made of is counted, the same on every machine: widgets that are made, rows that are told to be
different or painted, statements and commits.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QEvent, QObject
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.benchmarks import full_cafe
from tests.benchmarks.cafe_deeds import Hour
from tests.clocks import HandClock
from tests.ui.conftest import OpenWindow
from ui.cafe import cards_model
from ui.cafe.run_screen import RunScreen
from ui.cafe.run_start import run_start
from ui.desk import Desk
from ui.main_window import MainWindow, Room
from ui.screen import Screen
from ui.widgets import line_list

if TYPE_CHECKING:
    from cqcmock.services.library import Library

TURNS_OF_THE_LOOP = 40
MOST_STATEMENTS = 10
"""For one event that is kept, with the question that may come with it."""
MOST_PAINTED = 30
"""Rows for one event that is kept: as many as are in sight of all lists, and a few."""
MOST_WIDGETS, MOST_WIDGETS_OF_A_PAGE, MOST_WIDGETS_A_ROW = 10, 90, 7
MOST_TOLD = 20
MOST_WORK = 40
"""So many times as long as both windows take to be painted: nobody could overlook that."""
OF_ONE_CARD = (
    "write a card", "group a card", "undo a grouping", "take a card out", "undo taking a card out",
    "somebody hands a card in",
)  # fmt: skip
MOVES_A_CARD = ("reword a card", "undo a rewording")
"""The order is that of the alphabet, so other words may be in another place: then all rows are told."""


@dataclass(slots=True)
class Cost:
    """What one deed cost. `working` are the seconds that the window's thread worked in one turn of its loop."""

    widgets: int = 0
    told: int = 0
    painted: int = 0
    statements: int = 0
    commits: int = 0
    kept: int = 0
    working: float = 0.0


@dataclass(slots=True)
class Costs:
    """The costs of each deed, each time that it was done."""

    of: dict[str, list[Cost]] = field(default_factory=dict)

    def each(self) -> Iterator[tuple[str, Cost]]:
        """What was done, and what it cost."""
        for name, costs in self.of.items():
            for cost in costs:
                yield name, cost


class Counting(QObject):
    """Counts while a deed is done."""

    def __init__(self, window: MainWindow, screen: RunScreen, desk: Desk) -> None:
        super().__init__()
        self.cost = Cost()
        self.window, self.screen, self._desk = window, screen, desk
        self._watch_rows(screen.cards.list.cards)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """A widget is polished once: when it is first shown."""
        if event.type() == QEvent.Type.Polish and isinstance(watched, QWidget):
            self.cost.widgets += 1
        return False

    def _watch_rows(self, model: QAbstractItemModel) -> None:
        def told(first: int, last: int) -> None:
            self.cost.told += last - first + 1

        model.dataChanged.connect(lambda first, last: told(first.row(), last.row()))
        model.rowsInserted.connect(lambda _, first, last: told(first, last))
        model.rowsRemoved.connect(lambda _, first, last: told(first, last))
        model.modelReset.connect(lambda: told(1, model.rowCount()))

    def statement(self, _connection: Any, _cursor: Any, text: str, *_more: Any) -> None:
        self.cost.statements += 1

    def committed(self, _connection: Any) -> None:
        self.cost.commits += 1

    def do(self, deed: Callable[[], object], so: Callable[[], bool]) -> Cost:
        """Do it, and let everything come back that follows from it."""
        self._settle(lambda: True)
        kept = self._kept()
        self.cost = Cost()
        self._work(deed)
        self._settle(so)
        self.cost.kept = self._kept() - kept
        return self.cost

    def _settle(self, so: Callable[[], bool]) -> None:
        for _ in range(TURNS_OF_THE_LOOP):
            self._work(QApplication.processEvents)
            if so() and not self._desk.tasks.busy:
                break
            if self._desk.tasks.busy:
                assert self._desk.tasks.wait_all(5)
        assert so()
        self._work(QApplication.processEvents)

    def _work(self, do: Callable[[], object]) -> None:
        began = time.thread_time()
        do()
        self.cost.working = max(self.cost.working, time.thread_time() - began)

    def _kept(self) -> int:
        opened = self.screen.hand.opened
        lists = (opened.run, opened.cards, opened.attendance, opened.judging, opened.hard)
        return sum(len(one.events) for one in lists)


@pytest.fixture
def counting(
    desk: Desk, library: Library, hand: HandClock, open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Counting]:
    session = full_cafe.build(library, hand.clock, hand.pass_seconds)
    window = open_window(Room(id="home", title="Home", make=Screen), Room(id="cafe", title="Café", make=Screen))
    screen = RunScreen(desk, window.commands, run_start(desk, session))
    screen.hand._ticks.stop()  # they come when they are asked for, and are counted by themselves
    window.stay(screen, "cafe")
    for _ in range(TURNS_OF_THE_LOOP * 5):  # what is made ahead is there
        QApplication.processEvents()
    made = Counting(window, screen, desk)
    for rows in (cards_model._Row, line_list._Row):
        monkeypatch.setattr(rows, "paint", _counted(rows.paint, made))
    app = QApplication.instance()
    assert app is not None
    app.installEventFilter(made)
    with _listening("before_cursor_execute", made.statement), _listening("commit", made.committed):
        yield made
    app.removeEventFilter(made)


def _counted(paint: Callable[..., None], counting: Counting) -> Callable[..., None]:
    def painted(*given: Any) -> None:
        counting.cost.painted += 1
        paint(*given)

    return painted


@contextmanager
def _listening(what: str, to: Callable[..., None]) -> Iterator[None]:
    event.listen(Engine, what, to)
    try:
        yield
    finally:
        event.remove(Engine, what, to)


def an_hour(counting: Counting, hand: HandClock) -> Costs:
    """Every deed of an hour, one after the other; ticks come often enough for none to be an interruption."""
    costs = Costs()
    for deed in Hour(counting.window, counting.screen).deeds():
        deed.ready()
        hand.pass_seconds(0.05)
        costs.of.setdefault(deed.name, []).append(counting.do(deed.do, deed.so))
    return costs


def test_no_deed_in_a_full_café_makes_redraws_or_asks_for_more_than_it_needs(
    counting: Counting, hand: HandClock
) -> None:
    costs = an_hour(counting, hand)
    assert len(costs.of) > 80
    for name, cost in costs.each():
        assert cost.commits <= max(1, cost.kept), f"{name}: {cost}"
        assert cost.statements <= MOST_STATEMENTS * max(1, cost.commits), f"{name}: {cost}"
        assert cost.painted <= MOST_PAINTED * max(1, cost.kept), f"{name}: {cost}"
        if name == "show tab: who came":
            assert cost.widgets <= full_cafe.TEAMS * full_cafe.ROLES * MOST_WIDGETS_A_ROW, f"{name}: {cost}"
        elif name.startswith("cover"):
            assert cost.widgets <= MOST_WIDGETS_OF_A_PAGE, f"{name}: {cost}"
        else:
            assert cost.widgets <= MOST_WIDGETS, f"{name}: {cost}"
        if name in OF_ONE_CARD:
            assert cost.told <= 1, f"{name}: {cost}"
        elif not name.startswith(("filter", "show tab")) and name not in MOVES_A_CARD:
            assert cost.told <= MOST_TOLD, f"{name}: {cost}"
    assert {name for name, _ in costs.each()} >= {*OF_ONE_CARD, *MOVES_A_CARD}


def test_no_deed_in_a_full_café_works_far_longer_than_painting_both_windows(
    counting: Counting, hand: HandClock
) -> None:
    costs = an_hour(counting, hand)

    def paint() -> None:
        counting.window.repaint()
        counting.screen.projector.window.repaint()

    assert counting.screen.projector.is_open
    painting = median(counting.do(paint, lambda: True).working for _ in range(9))
    slow = {
        name: f"{cost.working / painting:.0f}" for name, cost in costs.each() if cost.working > MOST_WORK * painting
    }
    assert not slow


def test_a_list_that_is_rebuilt_and_rows_that_are_made_anew_are_noticed(counting: Counting) -> None:
    screen = counting.screen
    screen.tabs.setCurrentWidget(screen.cards)

    def rebuild() -> None:
        screen.cards.list.cards.beginResetModel()
        screen.cards.list.cards.endResetModel()

    assert counting.do(rebuild, lambda: True).told == full_cafe.CARDS // 2
    column = screen.who_came.page.column
    screen.tabs.setCurrentWidget(screen.who_came)
    labels: list[QLabel] = []

    def make() -> None:
        for number in range(30):
            labels.append(QLabel(str(number)))
            column.addWidget(labels[-1])

    cost = counting.do(make, lambda: labels[-1].isVisible())
    assert cost.widgets >= len(labels)
