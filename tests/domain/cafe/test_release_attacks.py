"""Everything that is public, tried in every way, gives no small group away; with any rule broken, it does.

Small rooms are listed whole. For large rooms one course of events is built that fits what was released and in which
every group is empty or has k people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cqcmock.domain.cafe import release as rules
from cqcmock.domain.cafe.release import (
    OF_WORDS,
    Release,
    SessionData,
    Share,
    TableKind,
    Voiced,
    release_once,
    released,
    shown,
)
from cqcmock.domain.cafe.rounds import RoundKind
from tests.domain.cafe.attackers import (
    DAY,
    ONE_THEME,
    PLANNED,
    TWO_THEMES,
    K,
    Person,
    Room,
    Said,
    See,
    before_and_after,
    colleagues,
    data,
    everything_public,
    exports,
    said_afresh,
    same_again,
    strangers,
)

NO_THEME = ONE_THEME[:1]


@pytest.mark.parametrize(
    ("teams", "roles", "sayings", "sizes"),
    [
        ("AB", "worker,carer", ONE_THEME, range(1, 9)),
        ("AB", "worker", TWO_THEMES, range(1, 9)),
        ("A", "worker", TWO_THEMES, range(1, 13)),
        ("ABC", "worker,carer", NO_THEME, range(1, 10)),
        ("ABC", "worker", ONE_THEME, range(1, 10)),
        ("AB ", "worker", ONE_THEME, range(1, 10)),
        ("ABCD", "worker", NO_THEME, range(1, 14)),
    ],
    ids=["teams-roles-theme", "two-themes", "one-team", "teams-roles", "teams-theme", "some-teamless", "four-teams"],
)
def test_no_stranger_learns_that_a_small_group_is_there(
    teams: str, roles: str, sayings: tuple[Said, ...], sizes: range
) -> None:
    assert strangers(teams, roles, sayings, sizes) == []


@pytest.mark.parametrize(("sayings", "sizes"), [(ONE_THEME, range(1, 14)), (TWO_THEMES, range(1, 9))])
def test_no_colleague_who_knows_who_was_there_learns_what_few_or_all_of_them_said(
    sayings: tuple[Said, ...], sizes: range
) -> None:
    assert colleagues(sayings, sizes) == []


@pytest.mark.parametrize(("first_k", "second_k"), [(3, 3), (3, 4), (4, 3), (3, 5), (5, 3)])
def test_two_sessions_of_the_same_people_and_one_more_give_nobody_away_where_they_are_marked(
    first_k: int, second_k: int
) -> None:
    assert same_again(first_k, second_k, range(10), marked=True) == []


@pytest.mark.parametrize(("first_k", "second_k"), [(3, 3), (3, 5), (5, 3)])
@pytest.mark.parametrize("first", [{"A": 2, "B": 3}, {"A": 1, "B": 5}, {"A": 4, "B": 4}])
def test_two_sessions_of_the_same_people_and_one_more_give_nobody_away_where_they_speak_afresh(
    first_k: int, second_k: int, first: dict[str, int]
) -> None:
    assert said_afresh(first_k, second_k, first) == []


def test_a_card_moved_after_closing_tells_nothing() -> None:
    assert before_and_after(lambda earlier, later: release_once(earlier, later, K), range(9)) == []


# ---- with a rule broken the same attacks succeed


def with_figures(*tables: TableKind) -> See:
    """Exports that give the number of people behind each row of these tables."""

    def see(room: Room) -> Hashable:
        given = released(data(room), K)
        counts = Counter((TableKind.TEAMS, person.team) for person in room)
        counts += Counter((TableKind.ROLES, person.role) for person in room)
        counts += Counter(what for person in room for what in person.said)
        return given, tuple(counts[t.kind, row.name] for t in given.tables if t.kind in tables for row in t.rows)

    return see


def teams_with_remainder(*, complementary: bool) -> See:
    """Teams as figures from k, the others as what is left; where that is small, `complementary` hides one team more."""

    def see(room: Room) -> Hashable:
        rows = sorted((number, team) for team, number in Counter(person.team for person in room).items() if number >= K)
        left = len(room) - sum(number for number, _ in rows)
        return len(room), tuple(rows[1:] if complementary and 0 < left < K else rows)

    return see


def with_number_of_hidden_themes(room: Room) -> Hashable:
    counts = Counter(what for person in room for what in person.said)
    return exports(room), sum(number < K for number in counts.values())


def crossed(room: Room) -> Hashable:
    """Exports with a table of teams by theme, cells from k as figures."""
    cells = Counter((person.team, what) for person in room for what in person.said)
    return exports(room), tuple(sorted((cell, number) for cell, number in cells.items() if number >= K))


def with_rounds_that_something_came_of(room: Room) -> Hashable:
    """Exports that name the round of the cards only where somebody wrote one."""
    held = PLANNED if any(person.said for person in room) else PLANNED - {RoundKind.CARDS}
    return everything_public((released(replace(data(room), practised=held), K),))


def with_titles_of_rounds(room: Room) -> Hashable:
    """Exports with the titles of rounds, where the facilitator has called one after each team that came."""
    return exports(room), tuple(f"Hot seat: {team}" for team in sorted({person.team for person in room}))


def with_more_than_half_of_teams(room: Room) -> Hashable:
    most = sorted(team for team, number in Counter(p.team for p in room).items() if 2 * number > len(room))
    return exports(room), tuple(most) if len(room) >= 2 * K + 2 else ()


BOTH = (TableKind.TEAMS, TableKind.ROLES)
BROKEN: dict[str, Callable[[], list[str]]] = {
    "figures for themes": lambda: strangers("A", "w", ONE_THEME, range(1, 9), with_figures(TableKind.WORRIES)),
    "figures for teams": lambda: strangers("ABC", "w", NO_THEME, range(1, 10), with_figures(TableKind.TEAMS)),
    "figures without complementary suppression": lambda: strangers(
        "ABC", "w", NO_THEME, range(1, 10), teams_with_remainder(complementary=False)
    ),
    "figures with it, where it is known which teams there are": lambda: strangers(
        "AB", "w", NO_THEME, range(1, 10), teams_with_remainder(complementary=True)
    ),
    "the number of hidden themes": lambda: strangers("A", "w", TWO_THEMES, range(1, 9), with_number_of_hidden_themes),
    "a table that crosses two": lambda: strangers("AB", "w", ONE_THEME, range(1, 9), crossed),
    "rounds named where something came of them": lambda: strangers(
        "A", "w", ONE_THEME, range(1, 9), with_rounds_that_something_came_of
    ),
    "titles of rounds": lambda: strangers("ABC", "w", NO_THEME, range(1, 10), with_titles_of_rounds),
    "more than half, said of teams": lambda: strangers("ABC", "w", NO_THEME, [9], with_more_than_half_of_teams),
    "the same people, not marked": lambda: same_again(3, 3, range(1, 8), marked=False),
    "a second release after an edit": lambda: before_and_after(lambda _, later: released(later, K), range(9)),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_the_attack_finds_the_leak_of(broken: str) -> None:
    assert BROKEN[broken]()


def test_the_attack_finds_the_leak_of_a_single_team_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "FEWEST_GROUPS", 1)
    assert strangers("AB", "worker", NO_THEME, range(1, 9))


@pytest.mark.parametrize("spare", [0, 1])
def test_the_attack_finds_the_leak_of_themes_in_a_room_that_is_hardly_larger(
    spare: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "SPARE_PEOPLE", spare)
    assert colleagues(ONE_THEME, [K + spare])


def test_the_attack_finds_the_leak_of_more_than_half_said_too_early(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_early(number: int, people: int, k: int) -> Share | None:
        return None if number < k else Share.MOST if 2 * number > people else Share.SOME

    monkeypatch.setattr(rules, "_share_of_words", too_early)
    assert colleagues(ONE_THEME, [2 * K])


def test_the_attack_finds_the_leak_of_a_threshold_that_is_too_low(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_low(number: int, _people: int, _k: int) -> Share | None:
        return Share.SOME if number >= 1 else None

    monkeypatch.setattr(rules, "_share_of_words", too_low)
    assert colleagues(ONE_THEME, range(K + 2, 2 * K + 3))


# ---- rooms too large to list


TEAMS = ("North", "South", "Duty", "Carers", "Reablement", "Mental Health")
THEMES = ("rotas", "waiting", "North rotas", "duty, again", "travel", "Waiting")


@st.composite
def sessions(draw: st.DrawFn) -> tuple[SessionData, int]:
    """Any session, with hands that may be more than people, and a k."""
    people = draw(st.integers(0, 40))
    k = draw(st.integers(3, 7))
    spread, few = (
        st.lists(st.sampled_from(names), min_size=people, max_size=people) for names in (("", *TEAMS), TEAMS[:2])
    )
    hands = st.sets(st.integers(1, people + 3), max_size=people + 3) | st.integers(0, people).map(
        lambda most: set(range(1, most + 1))
    )
    voiced = st.builds(
        Voiced, table=st.sampled_from(OF_WORDS), name=st.sampled_from(THEMES), hands=hands.map(frozenset)
    )
    drawn = SessionData(
        session="large",
        on=DAY,
        people=people,
        teams={name: number for name, number in Counter(draw(spread | few)).items() if name},
        roles={name: number for name, number in Counter(draw(spread | few)).items() if name},
        voiced=tuple(draw(st.lists(voiced, max_size=12))),
        team_names=frozenset(TEAMS),
        same_people=draw(st.integers(0, 9)) == 0,
        practised=draw(st.frozensets(st.sampled_from(RoundKind))),
    )
    return drawn, k


def one_that_fits(release: Release) -> Room:
    """A room that could have led to this release, and in which no group is small: blocks of k or more alike."""
    if release.people is None:
        return ()
    rows = {table.kind: table.rows for table in release.tables}
    teams, roles = ([row.name for row in rows[kind]] or ["Duty"] for kind in BOTH)
    words = [((kind, row.name), row.share) for kind in OF_WORDS for row in rows[kind]]
    halves = release.people >= 2 * release.k + rules.SPARE_PEOPLE
    by_some = {what for what, share in words if share is Share.SOME and halves}
    by_all = {what for what, _ in words} - by_some
    blocks = max(len(teams), len(roles), 2 if by_some else 1)
    sizes = [release.people - (blocks - 1) * release.k, *[release.k] * (blocks - 1)]
    return tuple(
        Person(
            team=teams[min(block, len(teams) - 1)],
            role=roles[min(block, len(roles) - 1)],
            said=frozenset(by_all | (by_some if block == blocks - 1 else set())),
        )
        for block, size in enumerate(sizes)
        for _ in range(size)
    )


@settings(max_examples=300, deadline=None)
@given(sessions())
def test_every_release_fits_a_room_in_which_every_group_is_empty_or_large(drawn: tuple[SessionData, int]) -> None:
    session, k = drawn
    release = released(session, k)
    room = one_that_fits(release)
    fitting = data(room, session=session.session, same_people=session.same_people)
    fitting = replace(fitting, team_names=session.team_names, practised=session.practised)
    assert released(fitting, k) == release
    assert all(size >= k for size in Counter(room).values())


def possible(release: Release, share: Share | None) -> range:
    """How many people can be behind a theme with this word, or with none: what the rules tell."""
    people, k = release.people or 0, release.k
    told, halves = people >= k + rules.SPARE_PEOPLE, people >= 2 * k + rules.SPARE_PEOPLE
    match share:
        case None:
            return range(k if told else people + 1)
        case Share.MOST:
            return range(people // 2 + 1, people + 1)
        case Share.SOME:
            return range(k, (people // 2 if halves else people) + 1)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(sessions())
def test_who_knows_the_room_and_their_own_cards_gets_only_ranges_in_large_rooms(
    drawn: tuple[SessionData, int],
) -> None:
    session, k = drawn
    release = released(session, k)
    if release.people is None or release.same_people:
        assert not shown([release])
        return
    shares = {row.share for table in release.tables if table.kind in OF_WORDS for row in table.rows}
    others = release.people - 1
    for share, own, size in product({None, *shares}, (0, 1), range(1, others + 1)):
        behind = possible(release, share)
        low = max(0, behind.start - own - (others - size))
        high = min(size, behind.stop - 1 - own)
        assert low < high or low == 0, f"{low} of {size} others, who said it or not: {own}"
