"""A session that is over, to be closed, and what the page says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cqcmock.domain.cafe.cards import CardKind
from cqcmock.domain.cafe.release import TableKind
from cqcmock.services.cafe import cards, hard, opening
from tests.clocks import HandClock
from tests.services.cafe.hands import begun, people_came, themed
from tests.ui.cafe.conftest import Wait
from ui.cafe.closing_screen import ClosingScreen
from ui.desk import Desk
from ui.main_window import MainWindow

if TYPE_CHECKING:
    from cqcmock.services.cafe.opening import OpenCafe
    from cqcmock.services.library import Library


def shown(window: MainWindow, desk: Desk, settle: Wait, session_id: str) -> ClosingScreen:
    """The screen on a session, filled."""
    screen = ClosingScreen(desk, window.commands, session_id)
    window.open(screen)
    settle()
    return screen


def over_session(library: Library, hand: HandClock) -> str:
    """The id of one that is held and left; see `held`."""
    session = held(library, hand)
    opening.leave(library, session)
    return session.id


def held(library: Library, hand: HandClock) -> OpenCafe:
    """Twelve people of three teams; six worried about forms, two about parking; a theme that names a team."""
    session = begun(library, hand)
    people_came(session, North=5, South=5, Harbour=2)
    themed(session, CardKind.WORRY, "Forms", 6)
    themed(session, CardKind.WORRY, "Parking", 2)
    cards.somebody_again(session.cards)
    board = cards.make_theme(session.cards, CardKind.PRIDE, "Our Harbour choir")
    theme = board.themes[-1].id
    for number in range(1, 6):
        cards.next_person(session.cards)
        board = cards.write(session.cards, CardKind.PRIDE, f"The choir {number}")
        cards.group(session.cards, board.cards[-1].id, theme)
    hard.say(session.hard, session.cards.state, TableKind.HARD_LENSES, "Evidence")
    session.run.finish()
    return session


def signs(screen: ClosingScreen) -> dict[str, str]:
    """What others will be told of each theme, in words."""
    return {line.title: line.sign for line in screen.themes.list.lines.lines}


def groups(screen: ClosingScreen) -> dict[str, str]:
    return {line.title: line.about for line in screen.came.groups.lines.lines}


def answer(screen: ClosingScreen, settle: Wait, *, same: bool) -> None:
    (screen.question.yes if same else screen.question.no).click()
    settle()
