"""The screens about keeping with the keyboard alone and by ear: Tab comes to everything, in the order of reading."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from cqcmock.services import rehearsing, retention
from cqcmock.settings import Settings
from tests.clocks import HandClock
from tests.ui.conftest import OpenWindow
from tests.ui.keeping.conftest import LATER, Settle
from tests.ui.keyboard_and_ear import faults
from ui.desk import Desk
from ui.keeping.person_screen import PersonScreen
from ui.keeping.retention_screen import RetentionScreen
from ui.main_window import Room
from ui.screen import Screen

if TYPE_CHECKING:
    from cqcmock.services.library import Library


@pytest.fixture
def things(library: Library, hand: HandClock, desk: Desk) -> None:
    """Two rehearsals of people who are called nearly the same, both due, one hold, and a look at them later."""
    for person in ("Anwen Quillfeather", "Anwen Quilfeather"):
        plan = rehearsing.make_plan(library, rehearsing.default_set_up(library, Settings()))
        rehearsing.start(library, plan, person, hand.clock)
    retention.hold(library, None, "", "FOI request 2026-114", hand.clock)
    hand.wall = LATER


def _release(desk: Desk) -> None:
    for hold in retention.holds(desk.library):
        retention.release(desk.library, hold.id, "answered", desk.clock)


KEPT: dict[str, Callable[[RetentionScreen], object]] = {
    "list": lambda screen: screen.things.model.toggle(0),
    "hold": lambda screen: (screen.things.hold_all.click(), screen.hold.of_kind.setChecked(True)),
    "release": lambda screen: screen.things.release.click(),
    "held": lambda screen: (screen.things.model.toggle(0), screen.things.delete.click()),
}


@pytest.mark.usefixtures("things")
@pytest.mark.parametrize("page", KEPT)
def test_every_page_of_what_is_kept_can_be_worked_with_the_keyboard(
    desk: Desk, open_window: OpenWindow, settle: Settle, page: str
) -> None:
    window = open_window(Room(id="elsewhere", title="Elsewhere", make=Screen))
    screen = RetentionScreen(desk)
    window.open(screen)
    settle()
    KEPT[page](screen)
    settle()
    QApplication.processEvents()
    assert faults(window) == []


@pytest.mark.usefixtures("things")
def test_the_last_step_of_deleting_can_be_worked_with_the_keyboard(
    desk: Desk, open_window: OpenWindow, settle: Settle
) -> None:
    _release(desk)
    window = open_window(Room(id="elsewhere", title="Elsewhere", make=Screen))
    screen = RetentionScreen(desk)
    window.open(screen)
    settle()
    screen.things.choose_due.click()
    screen.things.delete.click()
    screen.delete.step.reason.line.setText("due")
    screen.delete.step.sure.setChecked(True)
    QApplication.processEvents()
    assert faults(window) == []
    screen.delete.step.delete_button.click()
    settle()
    assert faults(window) == []


@pytest.mark.usefixtures("things")
@pytest.mark.parametrize("page", ["names", "held", "erase"])
def test_every_page_about_a_person_can_be_worked_with_the_keyboard(
    desk: Desk, open_window: OpenWindow, settle: Settle, page: str
) -> None:
    if page == "erase":
        _release(desk)
    window = open_window(Room(id="elsewhere", title="Elsewhere", make=Screen))
    screen = PersonScreen(desk)
    window.open(screen)
    settle()
    screen.people.choose("Anwen Quillfeather")
    if page != "names":
        screen.people.erase.click()
        settle()
    if page == "erase":
        screen.erase.step.reason.line.setText("asked for")
        screen.erase.step.sure.setChecked(True)
    QApplication.processEvents()
    assert faults(window) == []
