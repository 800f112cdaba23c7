"""Cafés in a real library: kept as they happened, changed by one at a time, and closed once."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from cqcmock.domain.cafe import session as rules
from cqcmock.domain.cafe.attendance import AttendanceEvent, AttendanceEventKind
from cqcmock.domain.cafe.cards import CardEvent, CardEventKind, CardKind
from cqcmock.domain.cafe.events import Event, EventKind, supersedes
from cqcmock.domain.cafe.release import SessionData, TableKind, released
from cqcmock.domain.cafe.rounds import RoundKind
from cqcmock.domain.cafe.scene import Stage
from cqcmock.domain.cafe.templates import SHIPPED
from cqcmock.domain.interview import OutOfOrderError
from cqcmock.storage import cafe, cafe_holds, cafe_said
from cqcmock.storage.cafe_records import (
    CafeList,
    CafeSession,
    HardEvent,
    JudgingEvent,
    JudgingKind,
    SaidEntry,
    SessionClosedError,
)
from cqcmock.storage.errors import NotThereError
from cqcmock.storage.folder import LIBRARY
from cqcmock.storage.library import Library, open_library
from cqcmock.storage.text import TextTooLongError
from tests.domain.cafe.sessions import HALF_PAST_TWELVE, begun, event, histories, planned
from tests.storage import released as files
from tests.storage.cafes import DAY, a_cafe, add
from tests.storage.shelves import facts, open_again

K = EventKind
CARD = CardEvent(kind=CardEventKind.CARD_WRITTEN, card="c1", about=CardKind.WORRY, text="Too many forms")


def keep(library: Library, which: CafeList, position: int, happened: Any, session_id: str = "one") -> None:
    with library.writing() as work:
        cafe.keep(work, session_id, which, position, happened)
        work.commit()


def events(library: Library, which: CafeList = CafeList.SESSION, session_id: str = "one") -> tuple[Any, ...]:
    with library.reading() as session:
        return cafe.events(session, session_id, which)


def loaded(library: Library, session_id: str = "one") -> CafeSession:
    with library.reading() as session:
        return cafe.load(session, session_id)


LISTS: dict[CafeList, tuple[Any, ...]] = {
    CafeList.SESSION: tuple(begun(3)),
    CafeList.CARDS: (CARD, CardEvent(kind=CardEventKind.NEXT_PERSON), CardEvent(kind=CardEventKind.UNDONE)),
    CafeList.ATTENDANCE: (AttendanceEvent(kind=AttendanceEventKind.CAME, people=6, team="North", role="Manager"),),
    CafeList.JUDGING: (
        JudgingEvent(kind=JudgingKind.ANSWER_ADDED, answer="a", text="We asked."),
        JudgingEvent(kind=JudgingKind.JUDGED, left="a", right="b", chosen="b", by="table 2", at=5.5),
    ),
    CafeList.HARD: (HardEvent(table=TableKind.HARD_LENSES, name="Evidence", hand=2),),
}


@pytest.mark.parametrize("which", CafeList)
def test_every_list_of_a_session_comes_back_as_it_was_kept(library: Library, which: CafeList) -> None:
    add(library, a_cafe(), **{which.value: LISTS[which]})
    with open_again(library) as again:
        assert events(again, which) == LISTS[which]
        assert [events(again, other) for other in CafeList if other is not which] == [()] * 4


def test_writing_a_session_or_an_event_again_changes_nothing(library: Library) -> None:
    add(library, a_cafe(), **{which.value: kept for which, kept in LISTS.items()})
    before = facts(library, "SELECT * FROM cafe_event ORDER BY list, position")
    add(library, a_cafe(title="Another"), **{which.value: kept for which, kept in LISTS.items()})
    assert facts(library, "SELECT * FROM cafe_event ORDER BY list, position") == before
    assert loaded(library).title == "Café"


@pytest.mark.parametrize("position", [0, 2, 5])
def test_an_event_that_leaves_a_gap_or_stands_where_another_does_is_refused(library: Library, position: int) -> None:
    kept = (CARD, CardEvent(kind=CardEventKind.NEXT_PERSON), CardEvent(kind=CardEventKind.SOMEBODY_AGAIN))
    add(library, a_cafe(), cards=kept)
    with pytest.raises(OutOfOrderError):
        keep(library, CafeList.CARDS, position, replace(CARD, card="c2"))
    assert events(library, CafeList.CARDS) == kept


def test_an_event_of_a_session_that_is_gone_is_refused_with_a_sentence(library: Library) -> None:
    with pytest.raises(NotThereError, match="no longer in the library"):
        keep(library, CafeList.CARDS, 0, CARD)


def test_a_later_sign_of_life_takes_the_place_of_the_last_and_an_earlier_one_does_not(library: Library) -> None:
    kept = begun(1)
    add(library, a_cafe(), session=[*kept, event(K.TICKED, 5)])
    keep(library, CafeList.SESSION, len(kept), event(K.TICKED, 6))
    assert events(library) == (*kept, event(K.TICKED, 6))
    with pytest.raises(OutOfOrderError):
        keep(library, CafeList.SESSION, len(kept), event(K.TICKED, 5.5))
    keep(library, CafeList.SESSION, len(kept) + 1, event(K.PAUSED, 7))
    with pytest.raises(OutOfOrderError):
        keep(library, CafeList.SESSION, len(kept), event(K.TICKED, 8))
    assert events(library) == (*kept, event(K.TICKED, 6), event(K.PAUSED, 7))


def test_a_later_plan_takes_the_place_of_the_last(library: Library) -> None:
    add(library, a_cafe(), session=[event(K.PLANNED, order=planned())])
    other = event(K.PLANNED, order=planned("30-minute taster", 30))
    keep(library, CafeList.SESSION, 0, other)
    assert events(library) == (other,)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories(longest=20))
def test_any_history_is_kept_step_by_step_twice_over_and_comes_back(
    file_library: Library, history: list[Event]
) -> None:
    session_id = f"s{len(facts(file_library, 'SELECT id FROM cafe_session'))}"
    add(file_library, a_cafe(session_id))
    shown: list[Event] = []
    with file_library.writing() as work:
        for happened in history:
            if supersedes(happened, shown[-1] if shown else None):
                shown.pop()
            shown.append(happened)
            for _ in range(2):
                cafe.keep(work, session_id, CafeList.SESSION, len(shown) - 1, happened)
                cafe.stands(work, session_id, rules.fold(shown), happened)
        work.commit()
    assert events(file_library, session_id=session_id) == tuple(shown)
    assert rules.fold(events(file_library, session_id=session_id)) == rules.fold(history)
    assert loaded(file_library, session_id).stage is rules.fold(history).stage


def test_text_is_cleaned_and_a_text_that_is_too_long_is_refused_with_a_sentence(library: Library) -> None:
    add(library, a_cafe(title="Cafe\u0301\x00", team="Nor\ud800th"))
    assert (loaded(library).title, loaded(library).team) == ("Café", "North")
    keep(library, CafeList.CARDS, 0, replace(CARD, text="for\x00ms \ud800é"))
    assert events(library, CafeList.CARDS)[0].text == "forms é"
    with pytest.raises(TextTooLongError, match="The title"):
        add(library, a_cafe("two", title="x" * 201))
    with pytest.raises(TextTooLongError):
        keep(library, CafeList.CARDS, 1, replace(CARD, card="c2", text="x" * 2_000_001))


def test_what_is_not_committed_is_not_kept(library: Library) -> None:
    add(library, a_cafe())
    with library.writing() as work:
        cafe.keep(work, "one", CafeList.CARDS, 0, CARD)
    assert events(library, CafeList.CARDS) == ()


RELEASE = released(
    SessionData(
        session="one",
        on=DAY,
        people=9,
        teams={"North": 5, "South": 4},
        practised=frozenset({RoundKind.PAIRS, RoundKind.CLOSING}),
    ),
    3,
)


def close(library: Library, session_id: str = "one") -> None:
    with library.writing() as work:
        cafe.close(work, session_id, RELEASE, HALF_PAST_TWELVE)
        work.commit()


def test_a_closed_session_has_its_release_and_changes_no_more(library: Library) -> None:
    add(library, a_cafe(), **{which.value: kept for which, kept in LISTS.items()})
    with library.reading() as session:
        assert cafe.release(session, "one") is None
        assert cafe.released(session) == ()
    close(library)
    with library.reading() as session:
        (one,) = cafe.released(session)
        assert (one.release, one.minutes) == (RELEASE, 60)
        assert cafe.release(session, "one") == one
    for which, kept in LISTS.items():
        keep(library, which, len(kept) - 1, kept[-1])
        with pytest.raises(SessionClosedError):
            keep(library, which, len(kept), kept[-1])
    with pytest.raises(SessionClosedError):
        close(library)
    with library.writing() as work, pytest.raises(SessionClosedError):
        cafe.change_details(work, "one", title="x", day=DAY, place="", team="")


def test_words_can_be_forgotten_and_nothing_else_can_be_changed(library: Library) -> None:
    gone = replace(CARD, card="c2", text="Zwetschgenknödel")
    add(library, a_cafe(), cards=[CARD, gone, CardEvent(kind=CardEventKind.CARD_TAKEN_OUT, card="c2")])
    before = events(library, CafeList.CARDS)
    assert library.path is None or b"Zwetschgen" in everything_in(library.folder)
    with library.writing() as work:
        with pytest.raises(OutOfOrderError):
            cafe.reword(work, "one", CafeList.CARDS, before[:2])
        with pytest.raises(OutOfOrderError):
            cafe.reword(work, "one", CafeList.CARDS, (replace(CARD, psw_only=True), *before[1:]))
        cafe.reword(work, "one", CafeList.CARDS, (before[0], replace(gone, text=""), before[2]))
        work.commit()
    library.empty_log()
    assert events(library, CafeList.CARDS) == (CARD, replace(gone, text=""), before[2])
    if library.path is not None:
        assert b"Zwetschgen" not in everything_in(library.folder)


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob(f"{LIBRARY}*"))


def test_a_deleted_session_is_in_no_list_nor_is_its_release_until_it_is_taken_back(library: Library) -> None:
    add(library, a_cafe())
    add(library, a_cafe("two", day=date(2026, 11, 25)))
    close(library)
    with library.writing() as work:
        cafe.put_away(work, "one", HALF_PAST_TWELVE)
        assert [one.id for one in cafe.sessions(work, 10)] == ["two"]
        assert [one.id for one in cafe.deleted(work, 10)] == ["one"]
        assert cafe.released(work) == ()
        cafe.take_back(work, "one")
        assert [one.id for one in cafe.sessions(work, 10)] == ["two", "one"]
        assert [one.release for one in cafe.released(work)] == [RELEASE]
        work.commit()


def test_what_was_purged_can_no_longer_be_read(library: Library) -> None:
    add(library, a_cafe(), cards=[replace(CARD, text="Zwetschgenknödel")])
    with library.writing() as work:
        cafe_holds.take(work, "one", "A", "Somebody", HALF_PAST_TWELVE)
        work.commit()
    close(library)
    with library.writing() as work:
        cafe.put_away(work, "one", HALF_PAST_TWELVE)
        work.commit()
    assert cafe.purge(library, HALF_PAST_TWELVE, HALF_PAST_TWELVE, "by age") == 0
    later = HALF_PAST_TWELVE + timedelta(seconds=1)
    assert cafe.purge(library, later, later, "by age") == 1
    for table in ("session", "event", "hold", "release"):
        assert facts(library, f"SELECT count(*) FROM cafe_{table}") == [(0,)]
    if library.path is not None:
        assert b"Zwetschgen" not in everything_in(library.folder)


def test_templates_are_kept_by_name_whatever_its_capitals(library: Library) -> None:
    first, second = replace(SHIPPED[0], name="Our own"), replace(SHIPPED[1], name="OUR OWN")
    for template in (first, second, replace(SHIPPED[2], name="Another")):
        with library.writing() as work:
            cafe.save_template(work, template, HALF_PAST_TWELVE)
            work.commit()
    with library.writing() as work:
        assert [one.name for one in cafe.templates(work)] == ["Another", "OUR OWN"]
        assert cafe.templates(work)[1].rounds == second.rounds
        cafe.delete_template(work, "our own")
        cafe.delete_template(work, "our own")
        work.commit()
        assert [one.name for one in cafe.templates(work)] == ["Another"]


def test_what_people_said_outlives_the_session_that_it_came_from(library: Library) -> None:
    add(library, a_cafe())
    entry = SaidEntry(
        id="e1", said="Too many forms", opened_at=HALF_PAST_TWELVE, session="one", about=CardKind.WORRY, theme="Forms"
    )
    later = replace(entry, id="e0", opened_at=HALF_PAST_TWELVE + timedelta(days=1), done_on=DAY, told=True)
    with library.writing() as work:
        for one in (later, entry, entry):
            cafe_said.save(work, one)
        cafe.erase(work, "one")
        assert cafe_said.entries(work) == (entry, later)
        assert (cafe_said.still_open(work), cafe_said.told(work)) == ((entry,), (later,))
        assert cafe_said.load(work, "e1") == entry
        cafe_said.remove(work, "e1")
        cafe_said.remove(work, "e1")
        work.commit()
    with library.reading() as session, pytest.raises(NotThereError):
        cafe_said.load(session, "e1")


def test_the_stage_in_the_list_is_that_of_the_events_and_no_sign_of_life_touches_it(library: Library) -> None:
    kept = begun(2)
    add(library, a_cafe(), session=kept)
    with library.writing() as work:
        cafe.stands(work, "one", rules.fold(kept), kept[-1])
        work.commit()
    before = loaded(library)
    assert (before.stage, before.round, before.rounds, before.last_saved_at) == (Stage.ROUND, 1, 7, kept[-1].wall)
    tick = event(K.TICKED, 100)
    with library.writing() as work:
        cafe.stands(work, "one", rules.fold([*kept, tick]), tick)
        work.commit()
    assert loaded(library) == before


def test_the_released_library_of_the_fifth_form_has_its_cafe(tmp_path: Path) -> None:
    shutil.copyfile(Path(__file__).with_name("files") / "library-schema-5.sqlite", tmp_path / LIBRARY)
    with open_library(tmp_path) as opened:
        kept = {which: events(opened, which, files.CAFE.id) for which in CafeList}
        assert loaded(opened, files.CAFE.id) == replace(files.CAFE, closed_at=HALF_PAST_TWELVE)
        with opened.reading() as session:
            assert [one.release for one in cafe.released(session)] == [files.CAFE_RELEASE]
            assert cafe_said.entries(session) == (files.CAFE_SAID,)
        ((payload,),) = facts(opened, "SELECT payload FROM cafe_release")
    assert "practised" not in payload
    assert kept == files.CAFE_EVENTS
