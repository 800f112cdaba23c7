"""Closing a café session forgets words that were taken back, unless the session is on hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cqcmock.domain.audit import Kind
from cqcmock.domain.cafe.cards import CardKind
from cqcmock.services import retention
from cqcmock.services.cafe import cards, closing, opening
from tests.clocks import HandClock
from tests.ui.cafe.closing.closing_hands import answer, held, shown
from tests.ui.conftest import OpenWindow, StandIn
from tests.ui.keeping.conftest import Settle
from ui.desk import Desk
from ui.keeping.ways import SHOW_HOLD, KeepingWays
from ui.main_window import Room
from ui.screen import Screen

if TYPE_CHECKING:
    from cqcmock.services.library import Library


def test_closing_a_session_that_is_held_is_refused_with_the_way_to_the_hold(
    library: Library, hand: HandClock, desk: Desk, messages: StandIn, open_window: OpenWindow, settle: Settle
) -> None:
    session = held(library, hand)
    board = cards.write(session.cards, CardKind.WORRY, "Larkmoss")
    cards.take_out(session.cards, board.cards[-1].id)
    opening.leave(library, session)
    retention.hold(library, Kind.CAFE, session.id, "FOI request 2026-114", hand.clock)
    window = open_window(Room(id="cafe", title="Café", make=Screen))
    messages.way_on = KeepingWays(desk, lambda: window).way_on
    screen = shown(window, desk, settle, session.id)
    answer(screen, settle, same=False)
    messages.answers.append(True)
    screen.close_session()
    settle()
    (refused,) = messages.current
    assert "FOI request 2026-114" in refused.text
    assert refused.action is not None
    assert refused.action.title == SHOW_HOLD
    assert closing.released(library, session.id) is None
    assert screen.foot.close_button.hasFocus()
