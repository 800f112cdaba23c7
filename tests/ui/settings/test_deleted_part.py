"""What was deleted, for good: café sessions go with the rehearsals."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot

from cqcmock.services import sittings
from cqcmock.services.cafe import deleting, for_psw
from tests.clocks import HandClock
from tests.services.cafe.hands import plan
from tests.ui.conftest import StandIn
from tests.ui.home.played import begin
from ui.settings.settings_screen import SettingsScreen

if TYPE_CHECKING:
    from cqcmock.services.library import Library


@pytest.mark.parametrize(
    ("rehearsals", "cafes", "said"),
    [
        (0, 1, "1 café session was deleted for good."),
        (0, 2, "2 café sessions were deleted for good."),
        (1, 2, "1 rehearsal and 2 café sessions were deleted for good."),
    ],
)
def test_deleted_cafe_sessions_are_deleted_for_good_with_the_rehearsals(
    library: Library,
    hand: HandClock,
    messages: StandIn,
    show_settings: Callable[[], SettingsScreen],
    qtbot: QtBot,
    rehearsals: int,
    cafes: int,
    said: str,
) -> None:
    kept = plan(library, hand)
    for _ in range(rehearsals):
        sittings.delete(library, begin(library, hand), hand.clock)
    for _ in range(cafes):
        deleting.delete(library, plan(library, hand), hand.clock)
    screen = show_settings()
    erase = screen.data.deleted.erase
    qtbot.waitUntil(erase.isEnabled)
    messages.answers = [True]
    erase.click()
    qtbot.waitUntil(lambda: messages.texts == [said])
    assert "café session" in messages.questions[0]
    assert deleting.deleted(library) == ()
    assert [one.id for one in for_psw.sessions_for_psw(library)] == [kept]
    qtbot.waitUntil(lambda: not erase.isEnabled())
