"""What the tests of closing begin with: the window, a session that is over, and the screen on it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.clocks import HandClock
from tests.ui.cafe.closing.closing_hands import over_session, shown
from tests.ui.cafe.conftest import Wait
from tests.ui.conftest import OpenWindow
from ui.cafe.closing_screen import ClosingScreen
from ui.desk import Desk
from ui.main_window import MainWindow, Room
from ui.screen import Screen

if TYPE_CHECKING:
    from cqcmock.services.library import Library

Close = Callable[[str], ClosingScreen]


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return open_window(Room(id="cafe", title="Café", make=Screen))


@pytest.fixture
def to_close(window: MainWindow, desk: Desk, settle: Wait) -> Close:
    """Opens the screen on a session, and waits until it is filled."""
    return partial(shown, window, desk, settle)


@pytest.fixture
def over(library: Library, hand: HandClock) -> str:
    return over_session(library, hand)
