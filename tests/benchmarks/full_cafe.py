"""A café as large as one gets: forty people of twelve teams, twelve rounds, three hundred cards in twenty themes.

Everything in it goes in by the services, as it would from the window. It stands ready to be started.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from typing import TYPE_CHECKING

from cqcmock.domain.cafe.cards import CardKind
from cqcmock.domain.cafe.release import TableKind
from cqcmock.domain.cafe.rounds import RoundKind
from cqcmock.domain.cafe.templates import Template, TemplateRound
from cqcmock.services.cafe import attendance, cards, hard, judging, opening, planning

if TYPE_CHECKING:
    from cqcmock.clock import Clock
    from cqcmock.services.cafe.opening import OpenCafe
    from cqcmock.services.library import Library

PEOPLE, TEAMS, ROLES = 40, 12, 3
CARDS, THEMES = 300, 20
ANSWERS, LOOKS = 16, 80
MINUTES = 60
WHO = "Laptop of the library"

_K = RoundKind
ROUNDS: tuple[tuple[RoundKind, int], ...] = (
    (_K.OPENING, 3),
    (_K.CARDS, 4),
    (_K.HOT_SEAT, 7),
    (_K.PAIRS, 6),
    (_K.PRIDE, 4),
    (_K.THREES, 9),
    (_K.CARDS, 4),
    (_K.JUDGEMENT, 5),
    (_K.HOT_SEAT, 6),
    (_K.PAIRS, 5),
    (_K.PRIDE, 4),
    (_K.CLOSING, 3),
)
HOT_SEAT = 2
"""The place of the round in which the most can be done: it asks, swaps, and somebody speaks."""

_TEAMS = (
    "Adults, north",
    "Adults, south",
    "Hospital discharge",
    "Mental health",
    "Learning disability",
    "Preparing for adulthood",
    "Occupational therapy",
    "Safeguarding",
    "Reablement",
    "Carers",
    "Commissioning",
    "First contact",
)
_ROLES = ("Social worker", "Occupational therapist", "Team manager")
_PRIDE = (
    "The same worker stays with a person from the first call to the review, and people tell us that it matters.",
    "We got a man of 91 home from hospital in two days because three teams sat down in one room.",
    "Carers choose their own break now; last year they were given a list.",
    "Somebody answers the duty phone within a minute.",
)
_WORRY = (
    "Nobody has told us what happens to the waiting list once the new system comes, and people ask every day.",
    "Supervision is put off when things are busy, and things are always busy.",
    "I would not know what to say if somebody asked me for last month's figures.",
    "Reviews are late in the north, and everybody knows it.",
)
_THEMES = (
    "Staying with people",
    "Home from hospital",
    "Carers",
    "Answering the phone",
    "Working together",
    "Learning from mistakes",
    "Direct payments",
    "New staff",
    "Listening",
    "Small things that count",
    "Waiting lists",
    "Supervision",
    "Figures",
    "Late reviews",
    "The new system",
    "Recruitment",
    "Safe caseloads",
    "Night calls",
    "Transport",
    "Being heard",
)


def build(library: Library, clock: Clock, pass_seconds: Callable[[float], None] = lambda _: None) -> str:
    """Plan the session and fill it; returns its id. `pass_seconds` lets a played clock run on."""
    rounds = tuple(TemplateRound(kind=kind, minutes=minutes) for kind, minutes in ROUNDS)
    order = planning.order_from(Template(name="A full hour", rounds=rounds), MINUTES).order
    session = planning.plan_session(library, order, clock, day=clock.today(), place="Stevenage").id
    opened = opening.open_session(library, session, WHO, clock)
    dice = random.Random(2026)
    _people_come(opened)
    _write_cards(opened, dice)
    _compare(opened, dice, pass_seconds)
    opening.leave(library, opened)
    return session


def _people_come(opened: OpenCafe) -> None:
    pairs = itertools.product(_ROLES[:ROLES], _TEAMS[:TEAMS])  # everybody of one role, then of the next
    for team_and_role in itertools.islice(itertools.cycle(pairs), PEOPLE):
        role, team = team_and_role
        attendance.came(opened.attendance, 1, team=team, role=role)


def _write_cards(opened: OpenCafe, dice: random.Random) -> None:
    kinds = (CardKind.PRIDE, CardKind.WORRY)
    themes: dict[CardKind, list[str]] = {kind: [] for kind in kinds}
    for number, name in enumerate(_THEMES[:THEMES]):
        kind = kinds[number * 2 // THEMES]
        themes[kind].append(cards.make_theme(opened.cards, kind, name).themes[-1].id)
    written: list[tuple[str, CardKind]] = []
    for person in range(PEOPLE):
        cards.next_person(opened.cards)
        for number in range(CARDS * person // PEOPLE, CARDS * (person + 1) // PEOPLE):
            kind = kinds[number % 2]
            words = f"{dice.choice(_PRIDE if kind is CardKind.PRIDE else _WORRY)} That was said {number} times."
            board = cards.write(opened.cards, kind, words, psw_only=kind is CardKind.WORRY and number % 20 == 1)
            written.append((board.cards[-1].id, kind))
        hard.say(opened.hard, opened.cards.state, TableKind.HARD_LENSES, f"Lens {person % 5}")
    for card, kind in written:
        cards.group(opened.cards, card, dice.choice(themes[kind]))


def _compare(opened: OpenCafe, dice: random.Random, pass_seconds: Callable[[float], None]) -> None:
    for number in range(ANSWERS):
        text = f"Answer {number + 1}. " + " ".join(dice.choices(_PRIDE + _WORRY, k=3))
        judging.add_answer(opened.judging, text)
    for _ in range(LOOKS):
        pass_seconds(2.0)
        pair = judging.next_pair(opened.judging)
        assert pair is not None
        judging.judge(opened.judging, pair, dice.choice((pair.left, pair.right)), opened.run.now())
