"""What was deleted is taken back or gone for good: café sessions with the rehearsals."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cqcmock.services import sittings
from cqcmock.services.cafe import closing, deleting, for_others, for_psw
from tests.clocks import HandClock
from tests.services.cafe.hands import opened, plan
from tests.ui.cafe.closing.closing_hands import over_session
from tests.ui.conftest import StandIn
from tests.ui.home.played import begin
from ui.app_signals import Change, Subject
from ui.desk import Desk
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


def test_a_deleted_cafe_session_is_taken_back_with_what_others_saw_of_it(
    library: Library,
    hand: HandClock,
    messages: StandIn,
    show_settings: Callable[[], SettingsScreen],
    desk: Desk,
    qtbot: QtBot,
) -> None:
    rehearsal = begin(library, hand)
    closed = opened(library, hand, over_session(library, hand))
    release = closing.close(library, closed, hand.clock, same_people=False)
    sittings.delete(library, rehearsal, hand.clock)
    hand.pass_seconds(60)
    deleting.delete(library, closed.id, hand.clock)
    changes: list[Change] = []
    desk.signals.changed.connect(changes.append)
    screen = show_settings()
    part = screen.data.deleted
    qtbot.waitUntil(lambda: len(part.list.lines.lines) == 2)
    title = closed.details.title
    assert [(line.title, line.about) for line in part.list.lines.lines] == [
        (title, "café session · deleted on 21 November 2026"),
        (sittings.load(library, rehearsal).title, "deleted on 21 November 2026"),
    ]
    part.list.setFocus()
    QTest.keyClick(part.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(part.list.lines.lines) == 1)
    assert messages.texts == [f"“{title}” is back."]
    assert [(one.subjects, one.ids) for one in changes] == [(frozenset({Subject.CAFES}), frozenset({closed.id}))]
    assert for_others.session_for_others(library, closed.id).release == release
    assert part.erase.isEnabled()
    part.take_back.click()
    qtbot.waitUntil(lambda: not part.erase.isEnabled())
    assert (sittings.deleted(library), deleting.deleted(library)) == ((), ())
