"""Sessions whose papers are wanted, and what a test looks at on their screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from cqcmock.domain.cafe.cards import CardKind
from cqcmock.domain.cafe.rounds import RoundQuestion
from cqcmock.domain.cafe.templates import SHIPPED
from cqcmock.services.cafe import cards, closing, opening, planning
from tests.clocks import HandClock
from tests.services.cafe.hands import DAY, WHO, people_came, themed
from tests.ui.cafe.conftest import Wait
from ui.cafe.papers_offer import PaperKind
from ui.cafe.papers_screen import PapersScreen

if TYPE_CHECKING:
    from cqcmock.services.cafe.opening import OpenCafe
    from cqcmock.services.library import Library

TITLE, PLACE, TEAM = "Lighthouse", "Windmill", "Harbour"
SECRET = "only for the eyes of one"
QUESTION = RoundQuestion(bank="b", question="q", text="Where do unpaid carers fit in?")


def planned(library: Library, hand: HandClock, *, day: date = DAY, question: RoundQuestion | None = QUESTION) -> str:
    order = planning.order_from(SHIPPED[1], 45).order
    order = replace(order, rounds=tuple(replace(one, question=question) for one in order.rounds))
    return planning.plan_session(library, order, hand.clock, day=day, place=PLACE, title=TITLE, team=TEAM).id


def begun(library: Library, hand: HandClock, *, day: date = DAY) -> OpenCafe:
    """A session that runs, with a worry of six people, one of two, and one for the PSW only."""
    cafe = opening.open_session(library, planned(library, hand, day=day), WHO, hand.clock)
    cafe.run.start()
    cafe.run.begin_round()
    people_came(cafe, North=6, South=6)
    themed(cafe, CardKind.WORRY, "Forms", 6)
    themed(cafe, CardKind.WORRY, "Parking", 2)
    cards.write(cafe.cards, CardKind.WORRY, SECRET, psw_only=True)
    return cafe


def closed(library: Library, hand: HandClock, *, day: date = DAY, k: int = 5) -> str:
    cafe = begun(library, hand, day=day)
    cafe.run.finish()
    closing.close(library, cafe, hand.clock, same_people=False, k=k)
    return cafe.id


def words(screen: PapersScreen) -> str:
    assert screen.shown is not None
    return " ".join(screen.shown.words)


def about(screen: PapersScreen, kind: PaperKind) -> str:
    return screen.choice.ticks[kind].about.text()


def possible(screen: PapersScreen) -> set[PaperKind]:
    return {kind for kind, tick in screen.choice.ticks.items() if tick.box.isEnabled()}


def choose(screen: PapersScreen, kind: PaperKind, settle: Wait) -> None:
    screen.choice.ticks[kind].box.click()
    settle()


def can_save(screen: PapersScreen) -> tuple[bool, ...]:
    deeds = screen.deeds
    return tuple(button.isEnabled() for button in (deeds.save, deeds.save_page, deeds.print_button))
