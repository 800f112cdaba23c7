from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from cqcmock.errors import UserError
from tests.ui.conftest import StandIn
from ui.tasks import Progress, Tasks

FULL = UserError("The disk is full.", "Make room and try again.")


def fail(error: BaseException) -> Callable[[], None]:
    def work() -> None:
        raise error

    return work


def test_the_database_lane_is_one_thread_and_keeps_the_order(tasks: Tasks) -> None:
    threads: list[str] = []
    came_back: list[int] = []
    for number in range(50):
        tasks.database(
            lambda number=number: (threads.append(threading.current_thread().name), number)[1], then=came_back.append
        )
    assert tasks.wait_all(5)
    assert came_back == list(range(50))
    assert set(threads) == {"database"}


def test_results_come_back_on_the_windows_thread(tasks: Tasks) -> None:
    seen: list[bool] = []
    at_home = QApplication.instance().thread()
    tasks.database(lambda: QThread.currentThread() is at_home, then=lambda there: seen.append(there))
    tasks.background(lambda: 1, then=lambda _: seen.append(QThread.currentThread() is at_home))
    assert tasks.wait_all(5)
    assert sorted(seen) == [False, True]


def test_background_work_does_not_wait_for_the_database(tasks: Tasks) -> None:
    gate, order = threading.Event(), list[str]()
    tasks.database(gate.wait, then=lambda _: order.append("database"))
    tasks.background(lambda: None, then=lambda _: (order.append("background"), gate.set()))
    assert tasks.wait_all(5)
    assert order == ["background", "database"]


def test_what_is_handed_in_when_all_is_quiet_is_waited_for_too(tasks: Tasks) -> None:
    came_back: list[str] = []

    def more() -> None:
        tasks.quiet.disconnect(more)
        tasks.database(lambda: "more", then=came_back.append)

    tasks.quiet.connect(more)
    tasks.database(lambda: "first", then=came_back.append)
    assert tasks.wait_all(5)
    assert came_back == ["first", "more"]


def test_what_a_person_can_put_right_is_told_to_the_caller_that_asked(tasks: Tasks, messages: StandIn) -> None:
    told: list[UserError] = []
    tasks.database(fail(FULL), failed=told.append)
    assert tasks.wait_all(5)
    assert told == [FULL]
    assert messages.texts == []


def test_what_a_person_can_put_right_is_shown_when_no_caller_asked(tasks: Tasks, messages: StandIn) -> None:
    tasks.database(fail(FULL))
    assert tasks.wait_all(5)
    assert messages.texts == ["The disk is full. Make room and try again."]


@pytest.mark.parametrize("asked", [True, False])
def test_a_mistake_of_the_program_is_always_reported(
    tasks: Tasks, crashes: list[BaseException], messages: StandIn, asked: bool
) -> None:
    told: list[UserError] = []
    mistake = ZeroDivisionError("1/0")
    tasks.background(fail(mistake), failed=told.append if asked else None)
    assert tasks.wait_all(5)
    assert crashes.pop() is mistake
    assert len(told) == asked
    assert messages.texts == []


def test_even_an_exit_in_a_lane_is_reported_and_the_lane_goes_on(tasks: Tasks, crashes: list[BaseException]) -> None:
    done: list[int] = []
    tasks.database(fail(SystemExit(3)))
    tasks.database(lambda: 5, then=done.append)
    assert tasks.wait_all(5)
    assert isinstance(crashes.pop(), SystemExit)
    assert done == [5]


def test_nothing_is_delivered_to_a_screen_that_is_gone(tasks: Tasks, messages: StandIn) -> None:
    screen, gate, got = QObject(), threading.Event(), list[object]()
    tasks.database(gate.wait)
    tasks.database(lambda: 1, then=got.append, owner=screen)
    tasks.database(fail(FULL), failed=got.append, owner=screen)
    Shiboken.delete(screen)
    gate.set()
    assert tasks.wait_all(5)
    assert got == []
    assert messages.texts == [str(FULL)], "the failure must still be told to somebody"


def test_work_that_is_cancelled_before_it_begins_never_begins(tasks: Tasks) -> None:
    gate, done = threading.Event(), list[int]()
    tasks.database(gate.wait)
    task = tasks.database(lambda: done.append(1), then=lambda _: done.append(2))
    task.cancel()
    gate.set()
    assert tasks.wait_all(5)
    assert done == []


def test_long_work_reports_and_stops_when_asked(tasks: Tasks, qtbot: QtBot) -> None:
    progress, got, began = Progress(), list[object](), threading.Event()

    def work() -> None:
        for step in range(1_000_000_000):
            progress.report(step, 1_000_000_000)
            began.set()

    task = tasks.background(work, then=got.append, failed=got.append, progress=progress)
    with qtbot.waitSignal(progress.changed):
        assert began.wait(5)
    task.cancel()
    assert tasks.wait_all(5)
    assert got == []


def test_what_is_being_done_can_be_shown(tasks: Tasks) -> None:
    said: list[str] = []
    tasks.doing_changed.connect(said.append)
    tasks.database(lambda: None, doing="Opening the library")
    assert tasks.wait_all(5)
    assert said[0] == "Opening the library"
    assert said[-1] == ""


def test_waiting_ends_in_time_when_the_work_does_not(tasks: Tasks) -> None:
    gate = threading.Event()
    tasks.database(gate.wait)
    assert not tasks.wait_all(0.01)
    gate.set()
    assert tasks.wait_all(5)


def test_waiting_includes_what_results_hand_in(tasks: Tasks) -> None:
    done: list[str] = []
    tasks.database(lambda: None, then=lambda _: tasks.database(lambda: done.append("second")))
    assert tasks.wait_all(5)
    assert done == ["second"]


def test_a_mistake_in_a_result_handler_does_not_stop_the_lanes(qtbot: QtBot, messages: StandIn) -> None:
    tasks = Tasks(tell=messages.tell, crash=lambda _: None)
    done: list[int] = []
    with qtbot.captureExceptions() as exceptions:
        tasks.database(lambda: 0, then=lambda zero: 1 // zero)
        tasks.database(lambda: 7, then=done.append)
        assert tasks.wait_all(5)
    assert [kind for kind, _, _ in exceptions] == [ZeroDivisionError]
    assert done == [7]
    assert tasks.close()


def test_a_closed_program_takes_no_more_work(messages: StandIn) -> None:
    tasks = Tasks(tell=messages.tell, crash=lambda _: None)
    tasks.database(lambda: None)
    assert tasks.close()
    with pytest.raises(RuntimeError):
        tasks.database(lambda: None)


def test_the_database_lane_gets_the_newest_of_many_results_without_keeping_them(tasks: Tasks) -> None:
    """Tasks are let go once they are delivered: what they hold would otherwise pile up in a long sitting."""
    for _ in range(100):
        tasks.database(lambda: bytearray(1000))
    assert tasks.wait_all(5)
    assert not tasks.busy
