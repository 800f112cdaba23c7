"""From a board of cards and the counts at the door to what a release is made from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from cqcmock.domain.cafe import attendance, cards
from cqcmock.domain.cafe.attendance import AttendanceEvent, AttendanceEventKind
from cqcmock.domain.cafe.cards import Board, Card, CardEvent, CardEventKind, CardKind, Theme
from cqcmock.domain.cafe.closing import SHORTEST_HELD, About, doubts, kinds_begun, practised, session_data
from cqcmock.domain.cafe.events import Event
from cqcmock.domain.cafe.release import SessionData, TableKind, Voiced, as_data, released, shown
from cqcmock.domain.cafe.rounds import RoundKind
from cqcmock.domain.cafe.running_order import RunningOrder, remove
from cqcmock.domain.cafe.session import fold
from tests.domain.cafe.sessions import K, begun, event, histories, planned

DAY = date(2026, 11, 21)


def people(**teams: int) -> attendance.Attendance:
    came = AttendanceEventKind.CAME
    return attendance.fold(AttendanceEvent(kind=came, people=number, team=team) for team, number in teams.items())


def one_card_each(number: int, *, for_psw: int = 0) -> Board:
    """So many people with a card each in one theme, the first of them for the PSW only."""
    events = [CardEvent(kind=CardEventKind.THEME_MADE, theme="t", text="Rotas", about=CardKind.WORRY)]
    for card in range(number):
        events += [
            CardEvent(
                kind=CardEventKind.CARD_WRITTEN,
                card=f"{card}",
                text="late",
                about=CardKind.WORRY,
                psw_only=card < for_psw,
            ),
            CardEvent(kind=CardEventKind.CARD_GROUPED, card=f"{card}", theme="t"),
            CardEvent(kind=CardEventKind.NEXT_PERSON),
        ]
    return cards.fold(events)


def test_a_closed_session_releases_its_teams_and_themes_and_what_was_hard() -> None:
    hard = [Voiced(table=TableKind.HARD_LENSES, name="Evidence", hands=frozenset(range(1, 6)))]
    data = session_data("s", DAY, one_card_each(8), people(North=6, South=6), hard=hard)
    rows = {(row.table, row.name) for row in shown([released(data)])}
    assert rows == {
        (TableKind.TEAMS, "North"),
        (TableKind.TEAMS, "South"),
        (TableKind.WORRIES, "Rotas"),
        (TableKind.HARD_LENSES, "Evidence"),
    }


def test_worries_for_the_psw_do_not_lift_a_theme_over_the_number() -> None:
    came = people(North=6, South=6)
    assert "Rotas" in str(as_data(released(session_data("s", DAY, one_card_each(6, for_psw=1), came))))
    assert "Rotas" not in str(as_data(released(session_data("s", DAY, one_card_each(6, for_psw=2), came))))


some_cards = st.lists(
    st.builds(
        Card,
        id=st.uuids().map(str),
        kind=st.just(CardKind.WORRY),
        text=st.just("words"),
        hand=st.integers(0, 12),
        psw_only=st.booleans(),
        themes=st.sets(st.sampled_from("tu")).map(lambda chosen: tuple(sorted(chosen))),
    ),
    max_size=30,
)


@settings(deadline=None)
@given(some_cards, st.integers(0, 12), st.integers(3, 5))
def test_with_and_without_the_worries_for_the_psw_the_release_is_the_same(drawn: list[Card], came: int, k: int) -> None:
    themes = tuple(Theme(id=theme, kind=CardKind.WORRY, name=f"Theme {theme}") for theme in "tu")
    board = Board(cards=tuple(drawn), themes=themes, hands=12)
    without = replace(board, cards=tuple(card for card in drawn if not card.psw_only))
    room = people(North=came) if came else attendance.Attendance()
    one, other = (released(session_data("s", DAY, cards, room), k) for cards in (board, without))
    assert one == other


def plain(**changed: object) -> SessionData:
    data = session_data("s", DAY, one_card_each(8), people(North=6, South=6))
    return replace(data, **changed)  # type: ignore[arg-type]


def test_nothing_is_said_where_nothing_is_in_doubt() -> None:
    assert doubts(plain()) == ()


def test_more_writers_than_people_are_pointed_out() -> None:
    (said,) = doubts(plain(people=7))
    assert said.about is About.PEOPLE_COUNTED
    assert said.words.startswith("8 people seem to have typed cards, and 7 are counted")


def test_a_theme_that_would_be_left_out_for_its_name_is_pointed_out() -> None:
    (said,) = doubts(plain(team_names=frozenset({"Rotas"})))
    assert (said.about, said.table, said.name) == (About.NAME_OF_A_TEAM, TableKind.WORRIES, "Rotas")
    assert "“Rotas” names a team" in said.words


def test_two_themes_of_one_name_are_pointed_out_each_and_so_is_what_was_hard_and_is_called_like_a_team() -> None:
    hands = frozenset(range(6))
    tables = (TableKind.WORRIES, TableKind.IDEAS, TableKind.HARD_LENSES)
    voiced = tuple(Voiced(table=table, name="Evidence", hands=hands) for table in tables)
    said = doubts(plain(voiced=voiced, team_names=frozenset({"Evidence"})))
    assert [(one.about, one.table, one.name) for one in said] == [
        (About.NAME_OF_A_TEAM, table, "Evidence") for table in tables
    ]
    assert "Give it another name" in said[0].words
    assert "name of a team, so others are told nothing of it" in said[2].words


def test_a_session_like_an_earlier_one_is_pointed_out_until_it_is_marked() -> None:
    before = plain(on=DAY - timedelta(days=18), teams={"North": 6, "South": 5})
    (said,) = doubts(plain(), earlier=[before])
    assert said.about is About.SAME_PEOPLE
    assert "3 November 2026" in said.words
    assert doubts(plain(same_people=True), earlier=[before]) == ()
    assert doubts(plain(), earlier=[replace(before, teams={"North": 1, "South": 5})]) == ()


FIRST_THREE = [one.kind for one in planned().rounds[:3]]


def then(events: list[Event], *kinds: K, apart: float = 90) -> list[Event]:
    """The same and these events, so many seconds apart."""
    last = events[-1].at
    return [*events, *(event(kind, last + apart * number) for number, kind in enumerate(kinds, start=1))]


def test_what_was_practised_are_the_kinds_of_the_rounds_that_were_begun() -> None:
    assert practised(begun(0)) == frozenset()
    assert practised(begun(3)) == frozenset(FIRST_THREE)
    assert practised(then(begun(3), K.FINISHED)) == frozenset(FIRST_THREE)


def test_a_round_that_was_undone_was_not_practised_until_it_is_begun_again() -> None:
    undone = then(begun(2), K.UNDONE)
    assert practised(undone) == frozenset(FIRST_THREE[:1])
    assert practised([*undone, event(K.ROUND_BEGUN, 900, round=1)]) == frozenset(FIRST_THREE[:2])
    assert practised(then(begun(1), K.FINISHED, K.UNDONE, K.UNDONE)) == frozenset()


def test_a_round_that_was_skipped_at_once_was_passed_over_and_one_cut_short_was_held() -> None:
    one, other, third = FIRST_THREE
    assert practised(then(begun(2), K.SKIPPED, apart=SHORTEST_HELD - 1)) == {one, third}
    assert practised(then(begun(2), K.SKIPPED, apart=SHORTEST_HELD)) == {one, other, third}
    back = then(then(begun(2), K.SKIPPED, apart=1), K.WENT_BACK)
    assert practised(back) == {one, other, third}


def test_a_round_keeps_its_kind_after_it_has_left_the_running_order() -> None:
    order = planned()
    left = order.rounds[1]
    back = then(begun(2, order), K.WENT_BACK)
    without: RunningOrder = remove(order, left.id)
    gone = [*back, event(K.LATE, back[-1].at + 1, order=without)]
    assert left.id not in {one.id for one in fold(gone).order.rounds}
    assert kinds_begun(gone) == {one.id: one.kind for one in order.rounds[:2]}


@settings(max_examples=60, deadline=None)
@given(histories())
def test_every_round_that_was_begun_has_the_kind_that_some_plan_gave_it(events: list[Event]) -> None:
    given_kinds = {one.id: one.kind for happened in events if happened.order for one in happened.order.rounds}
    kinds = kinds_begun(events)
    assert kinds.keys() == {one.id for one in fold(events).scene.progress}
    assert kinds.items() <= given_kinds.items()
    assert practised(events) <= set(kinds.values())


def test_what_was_practised_goes_into_the_release_and_no_title_of_a_round_does() -> None:
    data = session_data("s", DAY, Board(), people(North=12), practised=[RoundKind.PAIRS, RoundKind.PAIRS])
    assert as_data(released(data))["practised"] == ["pairs"]
