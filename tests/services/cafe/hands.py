"""A session that is planned, begun and finished by hand, and a clock that goes only when a test says so."""

from __future__ import annotations

import resource
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from cqcmock.domain.cafe.cards import CardKind
from cqcmock.domain.cafe.templates import SHIPPED
from cqcmock.services.cafe import attendance, cards, opening, planning
from cqcmock.services.cafe.opening import OpenCafe
from tests.clocks import HandClock

if TYPE_CHECKING:
    from cqcmock.services.library import Library

DAY = date(2026, 11, 24)
WHO = "Laptop of the library"
NAMES: Mapping[str, str] = {"place": "Hertfordshire", "council": "Hertfordshire County Council"}


def plan(library: Library, hand: HandClock, *, minutes: int = 45, team: str = "") -> str:
    """A session after the 45-minute template; returns its id."""
    order = planning.order_from(SHIPPED[1], minutes).order
    return planning.plan_session(library, order, hand.clock, day=DAY, place="Stevenage", team=team).id


def opened(library: Library, hand: HandClock, session_id: str = "") -> OpenCafe:
    """A session in hand: this one, or one that is planned now."""
    return opening.open_session(library, session_id or plan(library, hand), WHO, hand.clock)


def begun(library: Library, hand: HandClock, rounds: int = 1) -> OpenCafe:
    """A session in hand with so many rounds begun, a minute apart, ticking every second."""
    cafe = opened(library, hand)
    cafe.run.start()
    for number in range(rounds):
        if number:
            pass_time(library, cafe, hand, 60)
        cafe.run.begin_round()
    return cafe


def pass_time(library: Library, cafe: OpenCafe, hand: HandClock, seconds: int) -> None:
    """So many seconds go by, with a tick at each."""
    for _ in range(seconds):
        hand.pass_seconds(1)
        opening.tick(library, cafe, hand.clock)


def people_came(cafe: OpenCafe, **teams: int) -> None:
    """So many people came from each team."""
    for team, people in teams.items():
        attendance.came(cafe.attendance, people, team=team, role="Social worker")


def themed(cafe: OpenCafe, about: CardKind, name: str, people: int) -> None:
    """So many people wrote a card each that is put into a theme of this name."""
    board = cards.make_theme(cafe.cards, about, name)
    theme = board.themes[-1].id
    for number in range(people):
        cards.next_person(cafe.cards)
        board = cards.write(cafe.cards, about, f"{name}, said {number}")
        cards.group(cafe.cards, board.cards[-1].id, theme)


@contextmanager
def files_at_most(size: int) -> Iterator[None]:
    """No file can be written beyond this size: it is as if the disk refused that write and all that follow."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
