"""A session is closed once, and from then on others know what its release says: no more, and never anything else."""

from __future__ import annotations

import inspect
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from cqcmock.domain.cafe.cards import CardKind
from cqcmock.domain.cafe.release import TableKind, shown
from cqcmock.domain.cafe.rounds import RoundKind
from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.services import library as libraries
from cqcmock.services.cafe import (
    cards,
    closing,
    deleting,
    for_others,
    for_psw,
    hard,
    judging,
    opening,
    planning,
    you_said,
)
from cqcmock.services.cafe.opening import OpenCafe
from cqcmock.storage.cafe_records import SessionClosedError
from tests.clocks import HandClock
from tests.services.cafe.hands import DAY, begun, opened, people_came, themed

if TYPE_CHECKING:
    from cqcmock.services.library import Library

HAND = HandClock()


def finished(library: Library) -> OpenCafe:
    """Twelve people of three teams came, six worried about forms, two about parking, and it is over."""
    cafe = begun(library, HAND)
    people_came(cafe, North=5, South=5, Harbour=2)
    themed(cafe, CardKind.WORRY, "Forms", 6)
    themed(cafe, CardKind.WORRY, "Parking", 2)
    themed(cafe, CardKind.PRIDE, "Our Harbour choir", 5)
    cafe.run.finish()
    return cafe


def close(library: Library, cafe: OpenCafe, k: int = 5, *, same_people: bool = False) -> Any:
    return closing.close(library, cafe, HAND.clock, same_people=same_people, k=k)


def names(rows: tuple[Any, ...]) -> set[str]:
    return {row.name for row in rows}


def test_whether_mostly_the_same_people_came_must_be_said() -> None:
    for deed in (closing.close, closing.preview, closing.doubts):
        assert inspect.signature(deed).parameters["same_people"].default is inspect.Parameter.empty


def test_others_know_nothing_of_a_session_until_it_is_closed_and_then_its_release(library: Library) -> None:
    cafe = finished(library)
    assert for_others.sessions_for_others(library) == ()
    assert closing.released(library, cafe.id) is None
    with pytest.raises(UserError, match="no closed café session"):
        for_others.session_for_others(library, cafe.id)
    release = close(library, cafe)
    (one,) = for_others.sessions_for_others(library)
    assert one == for_others.session_for_others(library, cafe.id) == closing.released(library, cafe.id)
    assert (one.release, one.minutes, one.release.people) == (release, 45, 12)
    assert names(for_others.rows_for_others(library)) == {"North", "South", "Forms"}
    assert names(for_others.rows_for_others(library, tables=[TableKind.WORRIES])) == {"Forms"}


def test_a_session_that_goes_on_cannot_be_closed_and_nothing_changes(library: Library) -> None:
    cafe = begun(library, HAND)
    with pytest.raises(UserError, match="not finished"):
        close(library, cafe)
    cafe.run.finish()
    with pytest.raises(UserError, match="could be recognised"):
        close(library, cafe, 2)
    assert for_others.sessions_for_others(library) == ()
    cafe.run.undo()
    cafe.run.pause()


@pytest.mark.parametrize(("k", "same_people"), [(5, False), (3, False), (5, True), (13, False)])
def test_what_closing_would_make_is_shown_before_and_nothing_of_it_is_kept(
    library: Library, k: int, same_people: bool
) -> None:
    cafe = finished(library)
    before = rows_in(library)
    preview = closing.preview(library, cafe, same_people=same_people, k=k)
    assert rows_in(library) == before
    assert for_others.sessions_for_others(library) == ()
    assert close(library, cafe, k, same_people=same_people) == preview
    assert closing.preview(library, cafe, same_people=False, k=4) == preview


def test_the_preview_follows_what_changes_and_is_refused_where_closing_is(library: Library) -> None:
    cafe = begun(library, HAND)
    with pytest.raises(UserError, match="not finished"):
        closing.preview(library, cafe, same_people=False)
    people_came(cafe, North=9)
    cafe.run.finish()
    with pytest.raises(UserError, match="could be recognised"):
        closing.preview(library, cafe, same_people=False, k=2)
    themed(cafe, CardKind.WORRY, "Forms", 4)
    few = closing.preview(library, cafe, same_people=False)
    themed(cafe, CardKind.WORRY, "Rotas", 5)
    enough = closing.preview(library, cafe, same_people=False)
    assert (names(shown([few])), names(shown([enough]))) == (set(), {"Rotas"})


def test_others_read_which_kinds_of_rounds_were_held_and_no_title(library: Library) -> None:
    cafe = begun(library, HAND, rounds=3)
    order = cafe.run.state.order
    cafe.run.change_order(replace(order, rounds=(*order.rounds[:2], replace(order.rounds[2], title="Harbour hot seat"),
                                                 *order.rounds[3:])))  # fmt: skip
    cafe.run.begin_round()
    cafe.run.undo()
    people_came(cafe, North=5, South=5)
    cafe.run.finish()
    release = close(library, cafe)
    assert set(release.practised) == {one.kind for one in order.rounds[:3]}
    assert list(release.practised) == [kind for kind in RoundKind if kind in release.practised]
    stored = for_others.data_for_others(for_others.session_for_others(library, cafe.id))
    assert stored["practised"] == [kind.value for kind in release.practised]
    assert "Harbour" not in json.dumps(stored)


def test_a_release_is_made_once_whatever_is_asked_for_later(library: Library) -> None:
    cafe = finished(library)
    release = close(library, cafe)
    assert close(library, cafe, 3, same_people=True) == release
    for deed in (
        lambda: cards.write(cafe.cards, CardKind.PRIDE, "The choir"),
        lambda: hard.say(cafe.hard, cafe.cards.state, TableKind.HARD_LENSES, "Evidence"),
        cafe.run.undo,
    ):
        with pytest.raises(UserError):
            deed()
    with pytest.raises(SessionClosedError):
        opened(library, HAND, cafe.id)
    assert for_others.session_for_others(library, cafe.id).release == release


def test_a_closed_session_is_free_and_another_program_reads_the_same(library: Library) -> None:
    cafe = finished(library)
    release = close(library, cafe)
    with libraries.open_library(Location(library.folder)) as other:
        assert for_others.session_for_others(other, cafe.id).release == release
        whole = for_psw.session_for_psw(other, cafe.id)
    assert whole.board.themes == cafe.cards.state.themes
    assert whole.released is not None
    assert whole.released.release == release


def test_words_that_were_taken_back_are_gone_for_good(library: Library) -> None:
    cafe = finished(library)
    gone = cards.write(cafe.cards, CardKind.WORRY, "Zwetschgen are a worry").cards[-1].id
    kept = cards.write(cafe.cards, CardKind.WORRY, "Zwiebeln are a worry").cards[-1].id
    cards.take_out(cafe.cards, gone)
    judging.add_answer(cafe.judging, "We asked about Zwetschgen")
    judging.take_away(cafe.judging, cafe.judging.state.answers[0].id)
    assert b"Zwetschgen" in everything_in(library)
    close(library, cafe)
    assert b"Zwetschgen" not in everything_in(library)
    assert b"Zwiebeln" in everything_in(library)
    board = for_psw.session_for_psw(library, cafe.id).board
    assert board.card(gone) is None
    assert board.card(kept) is not None


def everything_in(library: Library) -> bytes:
    return b"".join(path.read_bytes() for path in library.folder.glob("library.sqlite*"))


def rows_in(library: Library) -> list[list[tuple[Any, ...]]]:
    tables = ("session", "event", "hold", "release", "said", "template")
    with library.driver_connection() as connection:
        return [connection.execute(f"SELECT * FROM cafe_{table}").fetchall() for table in tables]


def test_the_facilitator_is_told_beforehand_what_to_look_at(library: Library) -> None:
    cafe = finished(library)
    doubts = [doubt.words for doubt in closing.doubts(library, cafe, same_people=False)]
    assert any("“Our Harbour choir” names a team" in doubt for doubt in doubts)
    assert any("13 people seem to have typed cards, and 12" in doubt for doubt in doubts)
    close(library, cafe)
    again = finished(library)
    assert any("24 November 2026" in one.words for one in closing.doubts(library, again, same_people=False))
    assert not any("24 November 2026" in one.words for one in closing.doubts(library, again, same_people=True))
    assert close(library, again, same_people=True).tables[0].rows == ()


def test_nearly_the_same_people_are_pointed_out_although_the_earlier_session_was_deleted(library: Library) -> None:
    cafe = finished(library)
    close(library, cafe)
    deleting.delete(library, cafe.id, HAND.clock)
    again = finished(library)
    assert any("24 November 2026" in one.words for one in closing.doubts(library, again, same_people=False))


def test_a_theme_that_names_a_team_of_another_session_is_not_shown(library: Library) -> None:
    other = begun(library, HAND)
    people_came(other, Lighthouse=1)
    planning.change_details(library, other, HAND.clock, day=DAY, place="", team="Windmill")
    opening.leave(library, other)
    cafe = begun(library, HAND)
    people_came(cafe, North=6, South=6)
    for name in ("The lighthouse", "The windmill", "The library"):
        themed(cafe, CardKind.PRIDE, name, 4)
    cafe.run.finish()
    assert names(for_others_of(library, cafe, 3)) >= {"The library", "North", "South"}
    assert not names(for_others.rows_for_others(library)) & {"The lighthouse", "The windmill"}


def for_others_of(library: Library, cafe: OpenCafe, k: int) -> tuple[Any, ...]:
    close(library, cafe, k)
    return for_others.rows_for_others(library, sessions=[cafe.id])


def test_what_was_hard_is_in_the_release_with_the_hands_of_the_cards(library: Library) -> None:
    cafe = begun(library, HAND)
    people_came(cafe, North=9)
    for number in range(6):
        board = cards.next_person(cafe.cards)
        hard.say(cafe.hard, board, TableKind.HARD_STATEMENTS, "Safe systems")
        if number < 4:
            hard.say(cafe.hard, board, TableKind.HARD_LENSES, "Evidence")
    cafe.run.finish()
    close(library, cafe)
    hard_things = (TableKind.HARD_LENSES, TableKind.HARD_STATEMENTS)
    assert names(for_others.rows_for_others(library, tables=hard_things)) == {"Safe systems"}


def test_for_others_nothing_is_read_but_releases_and_what_was_told(library: Library) -> None:
    from sqlalchemy import Engine, event

    cafe = finished(library)
    planning.change_details(library, cafe, HAND.clock, day=DAY, place="Stevenage", title="Tea at the quay", team="Quay")
    told = you_said.add(library, "More chairs", HAND.clock, owner="Ann Example")
    you_said.tell(library, told.id)
    you_said.add(library, "Two said parking", HAND.clock, session=cafe.id, about=CardKind.WORRY, theme="Parking")
    close(library, cafe)
    said: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        said.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        listed = [for_others.data_for_others(one) for one in for_others.sessions_for_others(library)]
        listed.append(for_others.data_for_others(for_others.session_for_others(library, cafe.id)))
        rows = for_others.rows_for_others(library)
        entries = (*for_others.told_to_others(library), *for_others.open_for_the_room(library))
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    selected = {column for statement in said if statement.startswith("SELECT") for column in _columns(statement)}
    assert selected >= {"cafe_release.payload", "cafe_release.minutes", "cafe_said.told"}
    assert not {column for column in selected if not column.startswith(("cafe_release.", "cafe_said."))}
    everything = json.dumps([listed, [repr(row) for row in rows], [repr(entry) for entry in entries]])
    assert "Forms" in everything
    assert "More chairs" in everything
    for hidden in ("quay", "Quay", "Stevenage", "Harbour", "arking", "said 0", "Ann Example"):
        assert hidden not in everything


def _columns(statement: str) -> list[str]:
    """What a query reads, without the conditions under which it does."""
    chosen = statement.partition("FROM")[0].removeprefix("SELECT")
    return [column.split(" AS ")[0].strip() for column in chosen.split(",")]
