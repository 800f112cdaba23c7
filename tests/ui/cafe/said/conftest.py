"""What the tests of “you said, we did” begin with: the screen in its window, and a café that is closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from cqcmock.domain.cafe.cards import CardKind
from cqcmock.services.cafe import closing
from tests.clocks import HandClock
from tests.services.cafe.hands import begun, people_came, themed
from tests.ui.cafe.conftest import Wait
from tests.ui.conftest import OpenWindow
from ui.cafe.said_screen import SaidScreen
from ui.desk import Desk
from ui.main_window import MainWindow, Room
from ui.screen import Screen

if TYPE_CHECKING:
    from cqcmock.services.library import Library

LIST = "You said, we did: what is open comes first"
ShowSaid = Callable[[], SaidScreen]


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return open_window(Room(id="elsewhere", title="Elsewhere", make=Screen))


@pytest.fixture
def show_said(desk: Desk, window: MainWindow, settle: Wait) -> ShowSaid:
    def show_it() -> SaidScreen:
        screen = SaidScreen(desk, window.commands)
        window.open(screen)
        settle()
        return screen

    return show_it


@pytest.fixture
def closed(library: Library, hand: HandClock) -> str:
    """The café of 24 November, closed: enough people were worried about forms, too few about parking."""
    cafe = begun(library, hand)
    people_came(cafe, North=12)
    themed(cafe, CardKind.WORRY, "Forms", 6)
    themed(cafe, CardKind.WORRY, "Parking", 2)
    cafe.run.finish()
    closing.close(library, cafe, hand.clock, same_people=False)
    return cafe.id
