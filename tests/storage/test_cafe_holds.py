"""Of several facilitators one changes a session, on one computer or on several."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from cqcmock.storage import cafe_holds
from cqcmock.storage.cafe_records import CafeHold, HeldByAnotherError, HoldLostError
from cqcmock.storage.library import Library
from tests.domain.cafe.sessions import HALF_PAST_TWELVE
from tests.storage.cafes import a_cafe, add
from tests.storage.shelves import open_again


def take(library: Library, holder: str, seconds: float = 0, session_id: str = "one") -> CafeHold:
    with library.writing() as work:
        at = HALF_PAST_TWELVE + timedelta(seconds=seconds)
        hold = cafe_holds.take(work, session_id, holder, f"Laptop {holder}", at)
        work.commit()
    return hold


def beat(library: Library, hold: CafeHold, seconds: float) -> None:
    with library.writing() as work:
        cafe_holds.beat(work, hold, HALF_PAST_TWELVE + timedelta(seconds=seconds))
        work.commit()


def test_the_second_is_told_who_has_a_session_and_since_when(library: Library) -> None:
    add(library, a_cafe())
    first = take(library, "A")
    beat(library, first, 25)
    with open_again(library) as another, pytest.raises(HeldByAnotherError, match="Laptop A") as told:
        take(another, "B", 50)
    assert told.value.hold == replace(first, beat=HALF_PAST_TWELVE + timedelta(seconds=25))
    assert f"{HALF_PAST_TWELVE.astimezone():%H:%M}" in str(told.value)
    assert take(library, "A", 51).since == first.since, "taking it again changes nothing"


def test_of_several_who_take_a_session_at_once_one_has_it(library: Library) -> None:
    add(library, a_cafe())
    refused: list[str] = []

    def try_to(holder: str) -> None:
        with open_again(library) as own:
            try:
                take(own, holder)
            except HeldByAnotherError as told:
                refused.append(told.hold.holder)

    threads = [threading.Thread(target=try_to, args=(holder,)) for holder in "ABC"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with library.reading() as session:
        there = cafe_holds.who_has(session, "one")
    assert there is not None
    assert refused == [there.holder] * 2


@pytest.mark.parametrize("seconds", [31, -31])
def test_a_hold_of_which_nothing_was_heard_is_taken_over_and_the_first_can_write_no_more(
    library: Library, seconds: int
) -> None:
    add(library, a_cafe())
    first = take(library, "A")
    with open_again(library) as another:
        second = take(another, "B", seconds)
    with pytest.raises(HoldLostError, match="Laptop B has taken over") as told:
        beat(library, first, seconds + 1)
    assert told.value.hold == second
    with library.writing() as work:
        cafe_holds.let_go(work, first)
        work.commit()
    beat(library, second, seconds + 2)


def test_a_session_that_was_let_go_is_free_and_one_that_is_held_is_not(library: Library) -> None:
    add(library, a_cafe())
    hold = take(library, "A")
    with library.writing() as work, pytest.raises(HeldByAnotherError):
        cafe_holds.check_free(work, "one", HALF_PAST_TWELVE)
    with library.writing() as work:
        cafe_holds.check_free(work, "one", HALF_PAST_TWELVE, lambda there: there == hold)
        cafe_holds.let_go(work, hold)
        cafe_holds.check_free(work, "one", HALF_PAST_TWELVE)
        work.commit()
    with pytest.raises(HoldLostError, match="no longer open"):
        beat(library, hold, 1)
    assert take(library, "B").holder == "B"


def test_holds_are_compared_by_one_clock(library: Library) -> None:
    wrong = HALF_PAST_TWELVE - timedelta(days=400)
    with library.reading() as session:
        now = cafe_holds.now(session, wrong)
    assert now.tzinfo is not None
    assert (now == wrong) is (library.path is not None), "on a server it is the server's"
