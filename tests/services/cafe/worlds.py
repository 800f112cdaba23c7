"""Small worlds: real libraries with a few closed cafés, in which one group of people can be made larger or smaller."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from cqcmock.domain.cafe.cards import CardKind
from cqcmock.domain.cafe.release import TableKind
from cqcmock.domain.cafe.templates import SHIPPED
from cqcmock.errors import UserError
from cqcmock.services.cafe import attendance, cards, closing, hard, opening, planning, you_said
from tests.clocks import HandClock

if TYPE_CHECKING:
    from cqcmock.services.cafe.opening import OpenCafe
    from cqcmock.services.library import Library

FIRST_DAY = date(2026, 11, 24)
NEXT_DAY = date(2027, 2, 23)
TITLE, PLACE, ROUND = "Lighthouse café", "Windmill", "Harbour hot seat"
SMALL = ("Harbour", "Advocate", "Parking", "A kitchen", "Night buses", "Clear", "QS7", "Secret")
"""What only small groups are called, and what they say: no export for others may ever hold any of it."""

ALWAYS_HIDDEN = (*SMALL, "Lighthouse", "Windmill", "Ann Example", "card by", "leave a car")

Team = tuple[str, str]
"""A team and a role; each may be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cafe:
    """One café: how many came from where, and the people, by number, who wrote about something or found it hard."""

    came: Mapping[Team, int]
    said: Mapping[tuple[CardKind, str], range] = field(default_factory=dict)
    hard: Mapping[tuple[TableKind, str], range] = field(default_factory=dict)
    for_psw: range = range(0)
    k: int = 5
    same_people: bool = False

    @property
    def people(self) -> int:
        """How many came."""
        return sum(self.came.values())


World = tuple[Cafe, ...]

USUAL = Cafe(
    came={("North", "Social worker"): 6, ("South", "Social worker"): 5, ("", "Manager"): 5, ("", ""): 6},
    said={
        (CardKind.WORRY, "Forms"): range(1, 6),
        (CardKind.WORRY, "Harbour rotas"): range(3, 8),
        (CardKind.PRIDE, "Choir"): range(5, 17),
        (CardKind.IDEA, "One front door"): range(2, 7),
    },
    hard={(TableKind.HARD_LENSES, "Evidence"): range(9, 14), (TableKind.HARD_STATEMENTS, "QS4"): range(1, 14)},
)
BASE: World = (
    USUAL,
    Cafe(came={("North", ""): 6, ("East", ""): 5, ("", ""): 7}, said={(CardKind.WORRY, "Forms"): range(1, 6)}),
    Cafe(came={("South", ""): 8, ("", ""): 8}, said={(CardKind.WORRY, "Forms"): range(1, 6)}, same_people=True),
)
"""A usual café, a smaller one, and one with mostly the people of the second."""

_SMALL_SAID: Mapping[str, tuple[CardKind, str]] = {
    "worry": (CardKind.WORRY, "Parking"),
    "pride": (CardKind.PRIDE, "A kitchen"),
    "idea": (CardKind.IDEA, "Night buses"),
}
_SMALL_HARD: Mapping[str, tuple[TableKind, str]] = {
    "lens": (TableKind.HARD_LENSES, "Clear"),
    "statement": (TableKind.HARD_STATEMENTS, "QS7"),
}
KINDS_OF_GROUP = ("team", "role", "team and role", *_SMALL_SAID, *_SMALL_HARD, "for the PSW", "all at once")


def with_group(cafe: Cafe, what: str, size: int) -> Cafe:
    """The same café with so many people in one group that it did not have; as many came, and wrote, as before."""
    if what == "all at once":
        for one in KINDS_OF_GROUP[2:-1]:
            cafe = with_group(cafe, one, size)
        return cafe
    who = range(10, 10 + size)
    match what:
        case "team" | "role" | "team and role":
            group = ("Harbour" if "team" in what else "", "Advocate" if "role" in what else "")
            came = {**cafe.came, group: size, ("", ""): cafe.came["", ""] - size}
            return replace(cafe, came={team: people for team, people in came.items() if people})
        case "for the PSW":
            return replace(cafe, for_psw=who)
        case _ if what in _SMALL_SAID:
            return replace(cafe, said={**cafe.said, _SMALL_SAID[what]: who} if size else cafe.said)
        case _:
            return replace(cafe, hard={**cafe.hard, _SMALL_HARD[what]: who} if size else cafe.hard)


@dataclass(slots=True, kw_only=True)
class Held:
    """A library in which a world has been played, and the ids in it: in the order of the days, the next café last."""

    library: Library
    hand: HandClock
    cafes: list[OpenCafe] = field(default_factory=list)
    planned: str = ""

    @property
    def ids(self) -> list[str]:
        """Every id that an export could hold."""
        return [*(cafe.id for cafe in self.cafes), self.planned]


def hold(library: Library, world: World, before_closing: Callable[[Held], None] = lambda _held: None) -> Held:
    """Play a world: every café planned, run and closed, entries told as far as that is let, one more café planned."""
    held = Held(library=library, hand=HandClock())
    held.planned = _planned(held, NEXT_DAY)
    for number, cafe in enumerate(world):
        opened = opening.open_session(
            library, _planned(held, FIRST_DAY + timedelta(days=number)), "PSW", held.hand.clock
        )
        held.cafes.append(opened)
        _run(held, opened, cafe)
        before_closing(held)
        closing.close(library, opened, held.hand.clock, same_people=cafe.same_people, k=cafe.k)
    _tell(held)
    return held


def _planned(held: Held, day: date) -> str:
    order = planning.order_from(SHIPPED[1], 45).order
    rounds = tuple(replace(one, title=ROUND) if at == 3 else one for at, one in enumerate(order.rounds))
    planned = planning.plan_session(
        held.library, replace(order, rounds=rounds), held.hand.clock, day=day, place=PLACE, title=TITLE, team="Harbour"
    )
    return planned.id


def _run(held: Held, opened: OpenCafe, cafe: Cafe) -> None:
    opened.run.start()
    for _ in range(4):
        opened.run.begin_round()
        held.hand.pass_seconds(120)
    come_and_write(opened, cafe)
    opened.run.finish()


def come_and_write(opened: OpenCafe, cafe: Cafe) -> None:
    """People are counted, and write what they have to say and what they found hard."""
    for (team, role), people in cafe.came.items():
        attendance.came(opened.attendance, people, team=team, role=role)
    themes = {said: cards.make_theme(opened.cards, *said).themes[-1].id for said in cafe.said}
    for person in range(1, cafe.people + 1):
        board = cards.next_person(opened.cards)
        for said, hands in cafe.said.items():
            if person in hands:
                card = cards.write(opened.cards, said[0], f"A card by {person}").cards[-1].id
                cards.group(opened.cards, card, themes[said])
        for (table, name), hands in cafe.hard.items():
            if person in hands:
                hard.say(opened.hard, board, table, name)
        if person in cafe.for_psw:
            cards.write(opened.cards, CardKind.WORRY, f"Secret card by {person}", psw_only=True)


def _tell(held: Held) -> None:
    """Tell everything that was ever said, as far as the program lets it be told."""
    clock, first = held.hand.clock, held.cafes[0].id
    told: list[dict[str, Any]] = [
        {"said": "Fewer forms", "session": first, "about": CardKind.WORRY, "theme": "Forms"},
        {"said": "Where can we leave a car", "session": first, "about": CardKind.WORRY, "theme": "Parking"},
        {"said": "Too early", "session": held.planned, "about": CardKind.WORRY, "theme": "Forms"},
        {"said": "No theme", "session": first},
        {"said": "Warm rooms", "due": NEXT_DAY},
    ]
    for number, one in enumerate(told):
        held.hand.pass_seconds(1)
        entry = you_said.add(held.library, clock=clock, owner="Ann Example", **one)
        with suppress(UserError):
            you_said.tell(held.library, entry.id)
        if not number:
            you_said.mark_done(held.library, entry.id, "One form of two pages", FIRST_DAY)
