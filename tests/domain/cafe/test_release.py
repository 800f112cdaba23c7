"""What a release shows and what it keeps back, row by row. Attacks on it are in test_release_attacks."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cqcmock.domain.cafe.release import (
    OF_WORDS,
    Release,
    Row,
    SessionData,
    Share,
    TableKind,
    Voiced,
    as_data,
    from_data,
    may_be_told,
    note,
    people_words,
    practised_words,
    release_once,
    released,
    share_words,
    shown,
)
from cqcmock.domain.cafe.rounds import RoundKind
from cqcmock.errors import UserError

DAY = date(2026, 11, 21)


def voiced(name: str, people: int, table: TableKind = TableKind.WORRIES, first: int = 1) -> Voiced:
    return Voiced(table=table, name=name, hands=frozenset(range(first, first + people)))


def session(people: int = 12, *said: Voiced, **others: object) -> SessionData:
    return replace(SessionData(session="s", on=DAY, people=people, voiced=said), **others)  # type: ignore[arg-type]


def rows(release: Release, kind: TableKind) -> list[tuple[str, Share]]:
    return [(row.name, row.share) for table in release.tables if table.kind is kind for row in table.rows]


def test_a_theme_appears_with_five_people_behind_it_and_not_with_four() -> None:
    release = released(session(12, voiced("rotas", 5), voiced("waiting", 4)))
    assert rows(release, TableKind.WORRIES) == [("rotas", Share.SOME)]


def test_k_can_be_three_and_not_less() -> None:
    assert rows(released(session(12, voiced("rotas", 3)), 3), TableKind.WORRIES)
    for low in (2, 1, 0, -5):
        with pytest.raises(UserError, match="could be recognised"):
            released(session(), low)


@pytest.mark.parametrize("kind", OF_WORDS)
def test_every_table_of_what_people_said_keeps_the_same_rule(kind: TableKind) -> None:
    release = released(session(12, voiced("five", 5, kind), voiced("four", 4, kind), voiced("seven", 7, kind)))
    assert rows(release, kind) == [("five", Share.SOME), ("seven", Share.MOST)]


def test_more_than_half_is_said_from_twelve_people_and_never_of_teams() -> None:
    teams = {"North": 7, "South": 5}
    release = released(session(12, voiced("rotas", 7), teams=teams))
    assert rows(release, TableKind.WORRIES) == [("rotas", Share.MOST)]
    assert rows(release, TableKind.TEAMS) == [("North", Share.SOME), ("South", Share.SOME)]
    assert rows(released(session(11, voiced("rotas", 7))), TableKind.WORRIES) == [("rotas", Share.SOME)]


def test_themes_are_told_from_seven_people_so_that_none_is_everybodys() -> None:
    assert rows(released(session(7, voiced("rotas", 5))), TableKind.WORRIES)
    assert not rows(released(session(6, voiced("rotas", 6))), TableKind.WORRIES)


def test_teams_are_named_only_where_two_or_more_can_be() -> None:
    assert rows(released(session(9, teams={"North": 6, "South": 3})), TableKind.TEAMS) == []
    assert rows(released(session(8, teams={"North": 4, "South": 4})), TableKind.TEAMS) == []
    assert rows(released(session(8, teams={"North": 8})), TableKind.TEAMS) == []
    both = released(session(13, teams={"South": 6, "North": 5, "Duty": 2}))
    assert rows(both, TableKind.TEAMS) == [("North", Share.SOME), ("South", Share.SOME)]


def test_roles_keep_the_rule_of_teams() -> None:
    release = released(session(13, roles={"Social worker": 6, "Manager": 2, "Occupational therapist": 5}))
    assert [name for name, _ in rows(release, TableKind.ROLES)] == ["Occupational therapist", "Social worker"]


def test_of_a_session_of_three_or_of_nobody_nothing_is_told_but_that() -> None:
    three = session(3, voiced("rotas", 3), teams={"North": 3}, roles={"Manager": 3})
    for data in (three, session(0)):
        release = released(data)
        assert release.people is None
        assert shown([release]) == ()
        assert people_words(release) == "Fewer than five people came, so nothing more is shown."
    assert as_data(released(three)) == as_data(released(session(4, voiced("waiting", 2))))


def test_a_session_of_three_with_three_as_the_smallest_number_tells_that_three_came() -> None:
    release = released(session(3, voiced("rotas", 3), teams={"North": 3}), 3)
    assert (release.people, shown([release])) == (3, ())


def test_of_a_session_of_the_same_people_only_the_number_is_told() -> None:
    release = released(session(20, voiced("rotas", 9), teams={"North": 9, "South": 11}, same_people=True))
    assert (release.people, shown([release])) == (20, ())
    assert people_words(release).startswith("20 people came. Most of them had been at an earlier session")


def test_several_cards_of_one_person_are_one_person() -> None:
    once, again = voiced("Rotas", 4), voiced("rotas", 4)
    assert not rows(released(session(12, once, again)), TableKind.WORRIES)
    assert rows(released(session(12, once, voiced("rotas", 4, first=2))), TableKind.WORRIES) == [("Rotas", Share.SOME)]


def test_more_hands_than_people_are_taken_off_every_count() -> None:
    data = session(10, voiced("rotas", 6), hands=frozenset(range(1, 12)))
    assert rows(released(data), TableKind.WORRIES) == [("rotas", Share.SOME)]
    assert not rows(released(replace(data, hands=frozenset(range(1, 13)))), TableKind.WORRIES)


def test_what_was_practised_is_told_as_kinds_in_one_order_each_once() -> None:
    held = frozenset({RoundKind.CLOSING, RoundKind.PAIRS, RoundKind.OPENING})
    release = released(session(12, practised=held))
    assert release.practised == (RoundKind.OPENING, RoundKind.PAIRS, RoundKind.CLOSING)
    assert as_data(release)["practised"] == ["you-said-we-did", "pairs", "closing"]
    assert practised_words(release) == "“You said, we did”, “Pairs” and “Closing”"
    assert practised_words(released(session(12))) == ""


@pytest.mark.parametrize("hidden", [session(4), session(12, same_people=True)])
def test_where_only_the_number_is_told_nothing_is_told_of_rounds(hidden: SessionData) -> None:
    assert released(replace(hidden, practised=frozenset(RoundKind))) == released(hidden)


def test_where_nobody_counted_who_came_nothing_is_told() -> None:
    assert shown([released(session(0, voiced("rotas", 9)))]) == ()


@pytest.mark.parametrize("name", ["North's rotas", "rotas in NORTH", "north", "Mental-health rotas"])
def test_a_theme_that_names_a_team_is_left_out_unless_the_team_is_named_anyway(name: str) -> None:
    known = frozenset({"North", "Mental Health"})
    hidden = session(12, voiced(name, 6), team_names=known, teams={"North": 4, "Mental health": 3})
    assert not rows(released(hidden), TableKind.WORRIES)
    assert not rows(released(replace(hidden, teams={})), TableKind.WORRIES)
    named = replace(hidden, teams={"North": 6, "Mental Health": 6})
    assert rows(released(named), TableKind.WORRIES) == [(name, Share.SOME)]


def test_a_word_that_only_contains_a_teams_name_is_no_team() -> None:
    data = session(12, voiced("Northern rotas", 6), team_names=frozenset({"North"}))
    assert rows(released(data), TableKind.WORRIES)


def test_rows_are_in_alphabetical_order_whatever_their_size() -> None:
    said = [voiced(name, people) for name, people in (("b", 5), ("a", 6), ("C", 8), ("d", 7))]
    for order in (said, said[::-1]):
        assert [name for name, _ in rows(released(session(20, *order)), TableKind.WORRIES)] == ["a", "b", "C", "d"]


def test_a_release_is_made_once_and_neither_edits_nor_another_k_change_it() -> None:
    first = release_once(None, session(12, voiced("rotas", 4)), 5)
    assert release_once(first, session(13, voiced("rotas", 5)), 5) == first
    assert release_once(first, session(12, voiced("rotas", 4)), 3) == first


def test_what_is_told_of_tables_and_people_is_the_same_whatever_was_left_out() -> None:
    for kind in TableKind:
        assert "five or more people" in note(kind, 5)
    assert "seven or more came" in note(TableKind.WORRIES, 5)
    assert share_words(Share.SOME, 3) == "three or more people"
    assert share_words(Share.SOME, 25) == "25 or more people"
    assert share_words(Share.MOST, 5) == "more than half of the people"
    assert people_words(released(session(12))) == "12 people came."


NAMES = ("rotas", "waiting", "travel", "Rotas", "North rotas")
TEAMS = ("North", "South", "Duty")


@st.composite
def any_session(draw: st.DrawFn, number: int = 0) -> tuple[SessionData, int]:
    people = draw(st.integers(0, 25))
    some = st.dictionaries(st.sampled_from(TEAMS), st.integers(1, 8))
    said = st.lists(
        st.builds(
            Voiced,
            table=st.sampled_from(OF_WORDS),
            name=st.sampled_from(NAMES),
            hands=st.frozensets(st.integers(1, max(1, people))),
        ),
        max_size=8,
    )
    teams, roles = draw(some), draw(some)
    data = SessionData(
        session=f"s{number}",
        on=DAY + timedelta(days=number),
        people=max(people, sum(teams.values()), sum(roles.values())),
        teams=teams,
        roles=roles,
        voiced=tuple(draw(said)),
        team_names=frozenset(TEAMS),
        same_people=draw(st.booleans()) and draw(st.booleans()),
        practised=draw(st.frozensets(st.sampled_from(RoundKind))),
    )
    return data, draw(st.integers(3, 6))


@settings(deadline=None)
@given(any_session())
def test_no_name_ever_leaves_with_fewer_than_k_people_behind_it(drawn: tuple[SessionData, int]) -> None:
    data, k = drawn
    behind: dict[tuple[TableKind, str], set[int]] = {}
    for said in data.voiced:
        behind.setdefault((said.table, said.name.casefold()), set()).update(said.hands)
    release = released(data, k)
    for row in shown([release]):
        counts = {TableKind.TEAMS: data.teams, TableKind.ROLES: data.roles}.get(row.table)
        number = counts[row.name] if counts is not None else len(behind[row.table, row.name.casefold()])
        assert number >= k
    written = json.dumps(as_data(release)).casefold()
    for team, number in data.teams.items():
        if number < k and data.roles.get(team, 0) < k:
            assert team.casefold() not in written


@given(any_session())
def test_a_small_team_or_theme_changes_nothing_that_is_released(drawn: tuple[SessionData, int]) -> None:
    data, k = drawn
    small = Voiced(table=TableKind.PRIDE, name="only a few", hands=frozenset(range(1, min(k, data.people + 1))))
    teams = {**data.teams, "Sensory": k - 1}
    known = frozenset({*TEAMS, "Sensory"})
    assert released(replace(data, voiced=(*data.voiced, small)), k) == released(data, k)
    assert released(replace(data, teams=teams, team_names=known), k) == released(replace(data, team_names=known), k)


@given(any_session(), any_session())
def test_what_was_practised_hangs_on_nothing_that_people_did_or_said(
    drawn: tuple[SessionData, int], other: tuple[SessionData, int]
) -> None:
    (data, k), (others, _) = drawn, other
    changed = replace(
        data, teams=others.teams, roles=others.roles, voiced=others.voiced, hands=others.hands, people=k + data.people
    )
    told = tuple(kind for kind in RoundKind if kind in data.practised) if not data.same_people else ()
    assert released(changed, k).practised == told
    assert replace(released(data, k), practised=()) == released(replace(data, practised=frozenset()), k)


@given(any_session())
def test_a_release_comes_back_the_same_from_json(drawn: tuple[SessionData, int]) -> None:
    release = released(*drawn)
    assert from_data(json.loads(json.dumps(as_data(release)))) == release
    assert {hash(release), hash(from_data(as_data(release)))} == {hash(release)}


def test_a_release_stored_before_rounds_were_told_reads_without_them() -> None:
    release = released(session(12, voiced("rotas", 5), practised=frozenset({RoundKind.CARDS})))
    stored = as_data(release)
    del stored["practised"]
    assert from_data(stored) == replace(release, practised=())


def test_a_table_unknown_when_a_release_was_stored_is_empty() -> None:
    stored = as_data(released(session(12, voiced("rotas", 5))))
    del stored["tables"]["ideas"]
    assert from_data(stored) == released(session(12, voiced("rotas", 5)))


@settings(deadline=None)
@given(st.data())
def test_filters_only_choose_among_rows_and_several_sessions_show_what_each_released(data: st.DataObject) -> None:
    releases = [released(*data.draw(any_session(number))) for number in range(3)]
    every = shown(releases)
    assert every == tuple(row for release in releases for row in shown([release]))
    assert shown(releases[::-1]) == every
    names, tables = sorted({*NAMES, *TEAMS, "never said"}), list(TableKind)
    for name in names:
        assert shown(releases, names=[name]) == tuple(r for r in every if r.name.casefold() == name.casefold())
    for one, other in combinations(names, 2):
        both = {*shown(releases, names=[one]), *shown(releases, names=[other])}
        assert set(shown(releases, names=[one, other])) == both
    for kind in tables:
        assert shown(releases, tables=[kind]) == tuple(row for row in every if row.table is kind)
    assert shown(releases, sessions=["s1"]) == shown(releases[1:2])
    assert shown(releases, since=DAY + timedelta(days=1)) == shown(releases[1:])
    assert shown(releases, until=DAY) == shown(releases[:1])
    assert shown(releases, sessions=[]) == shown(releases, names=[]) == ()


def test_a_hidden_theme_and_one_that_never_was_look_the_same_through_every_filter() -> None:
    few, none = released(session(12, voiced("rotas", 4))), released(session(12))
    assert few == none
    assert not may_be_told(few, TableKind.WORRIES, "rotas")
    assert not may_be_told(none, TableKind.WORRIES, "rotas")


def test_what_may_be_told_is_what_was_released_in_that_table() -> None:
    release = released(session(12, voiced("Rotas", 5)))
    assert may_be_told(release, TableKind.WORRIES, "rotas")
    assert not may_be_told(release, TableKind.IDEAS, "rotas")
    assert not may_be_told(None, TableKind.WORRIES, "rotas")


def test_a_row_has_a_word_and_no_figure() -> None:
    release = released(session(20, voiced("rotas", 13)))
    assert Row(name="rotas", share=Share.MOST) in release.tables[list(TableKind).index(TableKind.WORRIES)].rows
    assert "13" not in json.dumps(as_data(release))
