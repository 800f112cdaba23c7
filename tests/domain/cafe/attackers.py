"""Attackers who have every export and try to work out a small group.

An attacker lists every course of events that could have led to what is public, and looks at what all of them have in
common: that is all that subtraction, filters, unions, complements or cleverness can ever tell.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import chain, combinations, combinations_with_replacement, product
from typing import Any, TypeVar

from cqcmock.domain.cafe.release import (
    Release,
    SessionData,
    TableKind,
    Voiced,
    as_data,
    note,
    people_words,
    practised_words,
    released,
    share_words,
    shown,
)
from cqcmock.domain.cafe.rounds import RoundKind

DAY = date(2026, 11, 21)
K = 3
PLANNED = frozenset({RoundKind.PAIRS, RoundKind.CARDS, RoundKind.CLOSING})
"""The rounds that were held, whoever came and whatever they said."""

Said = frozenset[tuple[TableKind, str]]
ROTAS, WAITING = (TableKind.WORRIES, "rotas"), (TableKind.WORRIES, "waiting")
ONE_THEME: tuple[Said, ...] = (frozenset(), frozenset({ROTAS}))
TWO_THEMES: tuple[Said, ...] = (*ONE_THEME, frozenset({WAITING}), frozenset({ROTAS, WAITING}))


@dataclass(frozen=True, slots=True)
class Person:
    """Where somebody is from and what they said; `mark` sets one person apart ("me", "newcomer")."""

    team: str = ""
    role: str = ""
    said: Said = frozenset()
    mark: str = ""


Room = tuple[Person, ...]
See = Callable[[Room], Hashable]
Group = Callable[[Person], bool]


def data(room: Room, *, session: str = "s", same_people: bool = False) -> SessionData:
    return SessionData(
        session=session,
        on=DAY,
        people=len(room),
        teams=Counter(person.team for person in room if person.team),
        roles=Counter(person.role for person in room if person.role),
        voiced=tuple(
            Voiced(
                table=table,
                name=name,
                hands=frozenset(hand for hand, person in enumerate(room, 1) if (table, name) in person.said),
            )
            for table, name in sorted({what for person in room for what in person.said})
        ),
        same_people=same_people,
        practised=PLANNED,
    )


@cache
def everything_public(releases: tuple[Release, ...]) -> Hashable:
    """All that lists, reports and exports ever give away: whole, and under every filter."""
    names = ("A", "B", "C", "carer", "nothing", "rotas", "waiting", "worker")
    filters: list[dict[str, Any]] = [{}, {"since": DAY}, {"until": DAY}]
    filters += [{"tables": [kind]} for kind in TableKind]
    filters += [{"names": chosen} for size in (1, 2) for chosen in combinations(names, size)]
    filters += [{"names": [name], "tables": [kind]} for name in names for kind in TableKind]
    filters += [{"sessions": [release.session]} for release in releases]
    rows = tuple(shown(releases, **chosen) for chosen in filters)
    words = tuple((people_words(release), practised_words(release)) for release in releases)
    shares = tuple(share_words(row.share, row.k) for row in rows[0])
    notes = tuple(note(kind, release.k) for release in releases for kind in TableKind)
    return json.dumps([as_data(release) for release in releases]), rows, words, shares, notes


def exports(room: Room) -> Hashable:
    return everything_public((released(data(room), K),))


Thing = TypeVar("Thing")


def some_of(things: Iterable[Thing]) -> Iterator[frozenset[Thing]]:
    every = tuple(dict.fromkeys(things))
    return (frozenset(chosen) for size in range(1, len(every) + 1) for chosen in combinations(every, size))


def groups_of(kinds: Iterable[Person], *, mark: str = "") -> list[Group]:
    """Every group that teams, roles and sayings can describe, by any union, intersection and complement of them.

    A set of sayings is any true-or-false rule over the themes: both, either, neither, one and not the other.
    """
    people = list(kinds)
    described = product(
        some_of(person.team for person in people),
        some_of(person.role for person in people),
        some_of(person.said for person in people),
    )
    return [
        lambda p, teams=teams, roles=roles, said=said: (  # type: ignore[misc]
            p.mark == mark and p.team in teams and p.role in roles and p.said in said
        )
        for teams, roles, said in described
    ]


class Ranges:
    """The least and most people that each group can have, over the rooms seen so far."""

    def __init__(self, sizes: Sequence[int]) -> None:
        self.low, self.high = list(sizes), list(sizes)

    def take(self, sizes: Sequence[int]) -> None:
        self.low = list(map(min, self.low, sizes))
        self.high = list(map(max, self.high, sizes))


def leaks(
    rooms: Iterable[Room], groups: Sequence[Group], see: See, *, small: int = K, insider: bool = False
) -> list[str]:
    """What becomes known of groups from what is public and was not known before.

    To any reader: that a group is not empty and has fewer than `small` people. To an insider, who knows who was there
    and what they wrote themself: the number in a group that is so small, or that each and every one said a thing.
    """
    member: dict[Person, list[int]] = {}
    before: Ranges | None = None
    after: dict[Hashable, Ranges] = {}
    for room in rooms:
        for person in room:
            if person not in member:
                member[person] = [int(group(person)) for group in groups]
        sizes = [sum(column) for column in zip(*(member[person] for person in room), strict=True)] or [0] * len(groups)
        before = before or Ranges(sizes)
        before.take(sizes)
        after.setdefault(see(room), Ranges(sizes)).take(sizes)
    assert before is not None, "an attack on nothing"
    found = []
    for ranges in after.values():
        for number, (low, high) in enumerate(zip(ranges.low, ranges.high, strict=True)):
            low_before, high_before = before.low[number], before.high[number]
            if insider:
                leak = low == high and low_before < high_before and (0 < low < small or 0 < low == high_before)
            else:
                leak = low > 0 and high < small and not (low_before > 0 and high_before < small)
            if leak:
                found.append(f"group {number} has {low} to {high}, before {low_before} to {high_before}")
    return found


def strangers(teams: str, roles: str, sayings: tuple[Said, ...], sizes: Iterable[int], see: See = exports) -> list[str]:
    """A reader who knows the rules, which teams, roles and themes there could be, and how many people came.

    `teams` has a letter for each; a space stands for people of no team.
    """
    kinds = [Person(team=t.strip(), role=r, said=s) for t, r, s in product(teams, roles.split(","), sayings)]
    groups = groups_of(kinds)
    return [leak for size in sizes for leak in leaks(combinations_with_replacement(kinds, size), groups, see)]


def seated(teams: Mapping[str, int], sayings: tuple[Said, ...]) -> Iterator[Room]:
    """All that the people of these teams can have said; who of a team said it makes no difference."""
    each = [combinations_with_replacement([Person(team=t, said=s) for s in sayings], n) for t, n in teams.items()]
    return (tuple(chain(*rows)) for rows in product(*each))


def colleagues(sayings: tuple[Said, ...], sizes: Iterable[int], see: See = exports) -> list[str]:
    """Somebody who was there, knows who else was and from which teams, and knows their own cards."""
    found = []
    for size, own in product(sizes, sayings):
        me = Person(team="A", said=own, mark="me")
        for others in range(size):
            teams = {"A": others, "C": size - 1 - others}
            rooms = ((me, *room) for room in seated(teams, sayings))
            kinds = [Person(team=team, said=said) for team, said in product("AC", sayings)]
            found += leaks(rooms, groups_of(kinds), see, insider=True)
    return found


def same_again(first_k: int, second_k: int, sizes: Iterable[int], *, marked: bool) -> list[str]:
    """A reader who knows that the second session is the first and one more, and that all say the same again."""

    def see(room: Room) -> Hashable:
        first = tuple(person for person in room if not person.mark)
        return everything_public(
            (
                released(data(first, session="1"), first_k),
                released(data(room, session="2", same_people=marked), second_k),
            )
        )

    kinds = [Person(team=team, said=said) for team, said in product("AB", ONE_THEME)]
    newcomers = [replace(person, mark="newcomer") for person in kinds]
    groups = groups_of(kinds) + groups_of(newcomers, mark="newcomer")
    return [
        leak
        for size in sizes
        for leak in leaks(
            ((*room, newcomer) for room in combinations_with_replacement(kinds, size) for newcomer in newcomers),
            groups,
            see,
            small=min(first_k, second_k),
        )
    ]


def said_afresh(first_k: int, second_k: int, first: Mapping[str, int]) -> list[str]:
    """Two sessions of the same people and one more, all known; what was said the second time was said afresh.

    Here *rotas* is said in the first session and *waiting* in the second.
    """

    def see(room: Room) -> Hashable:
        then = tuple(replace(person, said=person.said & {ROTAS}) for person in room if not person.mark)
        now = tuple(replace(person, said=person.said & {WAITING}) for person in room)
        return everything_public(
            (released(data(then, session="1"), first_k), released(data(now, session="2"), second_k))
        )

    newcomers = [Person(team="A", said=said, mark="newcomer") for said in (frozenset[Any](), frozenset({WAITING}))]
    rooms = ((*room, newcomer) for room in seated(first, TWO_THEMES) for newcomer in newcomers)
    kinds = [Person(team=team, said=said) for team, said in product(first, TWO_THEMES)]
    groups = groups_of(kinds) + groups_of(newcomers, mark="newcomer")
    return leaks(rooms, groups, see, small=min(first_k, second_k), insider=True)


def before_and_after(close_again: Callable[[Release, SessionData], Release], sizes: Iterable[int]) -> list[str]:
    """A reader who keeps the export from before one person's card was put into the theme, and gets another after."""

    def see(room: Room) -> Hashable:
        first = released(data(tuple(replace(p, said=frozenset()) if p.mark else p for p in room)), K)
        return everything_public((first, close_again(first, data(room))))

    kinds = [Person(said=said) for said in ONE_THEME]
    moved = [replace(person, mark="moved") for person in kinds]
    groups = groups_of(kinds) + groups_of(moved, mark="moved")
    return [
        leak
        for size in sizes
        for leak in leaks(
            ((*room, last) for room in combinations_with_replacement(kinds, size) for last in moved), groups, see
        )
    ]
