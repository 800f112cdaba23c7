"""A disk that refuses, and a program that is killed: nothing that was shown is lost, and nothing is half done."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cqcmock.domain.cafe.cards import CardKind
from cqcmock.domain.cafe.events import EventKind, TapKind
from cqcmock.domain.cafe.tally import tally
from cqcmock.errors import UserError
from cqcmock.paths import Location
from cqcmock.services import library as libraries
from cqcmock.services.cafe import attendance, cards, closing, for_others, for_psw, opening
from cqcmock.services.cafe.running import PROGRAM_STOPPED
from cqcmock.storage import engine
from tests.clocks import HandClock
from tests.faults import Tell
from tests.services.cafe.hands import WHO, begun, files_at_most, pass_time, people_came, themed

if TYPE_CHECKING:
    from cqcmock.services.cafe.opening import OpenCafe
    from cqcmock.services.library import Library

STEP = 1200
"""Bytes; SQLite writes its log in pieces of 24 and of 4,096 bytes, so that this meets every page."""


def refused_at_every_write(
    library: Library, deed: Callable[[], Any], still: Callable[[], None], said: list[str]
) -> int:
    """Do something with one write after the other refused, until none is; returns how many times it was refused, and
    notes in `said` what was told."""
    log = library.folder / "library.sqlite-wal"
    began = log.stat().st_size if log.exists() else 0
    for refused in range(200):
        with files_at_most(began + refused * STEP):
            told = refusal_of(deed)
        if told is None:
            return refused
        assert "disk" in str(told)
        assert told.what_to_do
        still()
        said.append(str(told))
    raise AssertionError("it was never done")


def refusal_of(deed: Callable[[], Any]) -> UserError | None:
    """The sentence with which a deed is refused, or nothing where it was done."""
    try:
        deed()
    except UserError as error:
        return error
    return None


def in_library(library: Library, cafe: OpenCafe) -> tuple[Any, ...]:
    whole = for_psw.session_for_psw(library, cafe.id)
    return whole.state, whole.board, whole.attendance


def on_screen(cafe: OpenCafe) -> tuple[Any, ...]:
    return cafe.run.state, cafe.cards.state, cafe.attendance.state


def test_whichever_write_is_refused_what_is_on_screen_is_in_the_library(library: Library, fault: Tell) -> None:
    hand = HandClock()
    cafe = begun(library, hand, rounds=2)
    deeds: tuple[Callable[[], Any], ...] = (
        cafe.run.begin_round,
        cafe.run.add_minute,
        lambda: cards.write(cafe.cards, CardKind.WORRY, "word " * 90),
        lambda: attendance.came(cafe.attendance, 3, team="North"),
        lambda: cards.make_theme(cafe.cards, CardKind.WORRY, "Words"),
        cafe.run.undo,
    )
    said: list[str] = []
    for deed in deeds:
        before = on_screen(cafe)

        def as_before(before: tuple[Any, ...] = before) -> None:
            assert on_screen(cafe) == before == in_library(library, cafe)

        assert refused_at_every_write(library, deed, as_before, said) >= 1
        assert on_screen(cafe) == in_library(library, cafe) != before
    assert cafe.run.state.scene.round == 2, "a round that was refused a few times is begun once"
    assert (len(cafe.cards.state.cards), cafe.attendance.state.came, len(cafe.cards.state.themes)) == (1, 3, 1)
    assert cafe.run.state.progress is not None
    assert cafe.run.state.progress.added == 0
    fault(
        "The disk refuses a write while a café runs",
        area="Café",
        tried=len(said),
        lost=0,
        corrupt=0,
        half_done=0,
        person_sees=said[-1],
    )


def test_what_could_not_be_kept_is_kept_by_itself_once_it_can_be(library: Library, fault: Tell) -> None:
    hand = HandClock()
    cafe = begun(library, hand)
    pass_time(library, cafe, hand, 5)
    log = (library.folder / "library.sqlite-wal").stat().st_size
    said = []
    with files_at_most(log):
        for deed in (cafe.run.pause, lambda: cards.write(cafe.cards, CardKind.PRIDE, "The choir")):
            with pytest.raises(UserError, match="disk") as told:
                deed()
            said.append(str(told.value))
        for _ in range(3):
            with pytest.raises(UserError, match="disk"):
                pass_time(library, cafe, hand, 1)
    assert waits_and_is_paused(cafe) == (True, False)
    pass_time(library, cafe, hand, 1)
    assert waits_and_is_paused(cafe) == (False, True)
    assert cafe.run.state.seconds_used(cafe.run.now()) == pytest.approx(5), "it counts from when it was done"
    assert [card.text for card in cafe.cards.state.cards] == ["The choir"]
    assert on_screen(cafe) == in_library(library, cafe)
    fault("The disk refuses a write while a café runs", area="Café", tried=len(said), lost=0, person_sees=said[-1])


def waits_and_is_paused(cafe: OpenCafe) -> tuple[bool, bool]:
    return cafe.run.waiting is not None, cafe.run.state.scene.paused


def test_an_answer_of_the_disk_that_never_came_does_not_do_a_deed_twice(library: Library, fault: Tell) -> None:
    """As on a server: it stored the event, and the connection broke before it could say so."""
    hand = HandClock()
    cafe = begun(library, hand, rounds=2)
    keep = cafe.run._list._keep

    def stored_and_broken(*event: Any) -> None:
        keep(*event)
        cafe.run._list._keep = keep
        raise storage_failed()

    broken = 0
    for deed, once in ((cafe.run.add_minute, 60), (cafe.run.add_minute, 120)):
        cafe.run._list._keep = stored_and_broken
        with pytest.raises(UserError):
            deed()
        broken += 1
        deed()
        assert cafe.run.state.progress is not None
        assert cafe.run.state.progress.added == once
        assert on_screen(cafe) == in_library(library, cafe)
    fault(
        "The connection to the library breaks while a café runs",
        area="Café",
        tried=broken,
        lost=0,
        corrupt=0,
        person_sees="Why; what is done again is done once",
    )


def storage_failed() -> UserError:
    from cqcmock.storage.errors import ServerError

    return ServerError("The connection broke.", "Try again.")


def test_whichever_write_is_refused_while_closing_the_session_is_closed_whole_or_not_at_all(
    library: Library, fault: Tell
) -> None:
    hand = HandClock()
    cafe = begun(library, hand)
    people_came(cafe, North=12)
    themed(cafe, CardKind.PRIDE, "The choir", 6)
    gone = cards.write(cafe.cards, CardKind.PRIDE, "Taken out").cards[-1].id
    cards.take_out(cafe.cards, gone)
    cafe.run.finish()
    library.empty_log()

    def is_closed() -> bool:
        there = for_psw.session_for_psw(library, cafe.id)
        assert in_library(library, cafe) == on_screen(cafe)
        with library.driver_connection() as connection:
            words = [text for (text,) in connection.execute("SELECT payload FROM cafe_event WHERE list = 'cards'")]
        assert (there.details.closed_at is not None) is (there.released is not None)
        assert any("Taken out" in text for text in words) is (there.released is None)
        return there.released is not None

    log = library.folder / "library.sqlite-wal"
    began = log.stat().st_size if log.exists() else 0
    refused = 0
    while not is_closed():
        with files_at_most(began + refused * STEP), pytest.raises(UserError, match="disk") as told:
            closing.close(library, cafe, hand.clock, same_people=False)
        refused += 1
    assert refused >= 3, "the last time only the log could not be emptied"
    assert b"Taken out" in everything_in(library)
    release = closing.close(library, cafe, hand.clock, same_people=True, k=3)
    assert b"Taken out" not in everything_in(library)
    (one,) = for_others.sessions_for_others(library)
    assert one.release == release
    assert (release.k, release.same_people) == (5, False)
    assert len(one.release.tables[2].rows) == 1
    library.close()
    connection = engine.connect(library.folder / "library.sqlite")
    try:
        assert [tuple(row) for row in connection.execute("pragma integrity_check")] == [("ok",)]
    finally:
        connection.close()
    fault(
        "The disk refuses a write while a café is closed",
        area="Café",
        tried=refused,
        lost=0,
        corrupt=0,
        half_done=0,
        person_sees=str(told.value),
    )


def everything_in(library: Library) -> bytes:
    return b"".join(path.read_bytes() for path in library.folder.glob("library.sqlite*"))


CHILD = """
import pathlib, sys
from cqcmock.clock import system_clock
from cqcmock.domain.cafe.cards import CardKind
from cqcmock.paths import Location
from cqcmock.services import library as libraries
from cqcmock.services.cafe import cards, opening
clock = system_clock()
library = libraries.open_library(Location(pathlib.Path(sys.argv[1])))
cafe = opening.open_session(library, sys.argv[2], "Child", clock)
if cafe.run.state.interrupted:
    cafe.run.carry_on()
else:
    cafe.run.start()
    cafe.run.begin_round()
while True:
    cafe.run.add_minute(1)
    cafe.run.pause()
    cafe.run.resume()
    cards.next_person(cafe.cards)
    cards.write(cafe.cards, CardKind.PRIDE, "The choir")
    print(cafe.run.state.progress.added, len(cafe.cards.state.cards), cafe.run.now(), flush=True)
"""


def test_a_kill_in_a_round_loses_nothing_that_was_shown_and_the_laptop_goes_on_at_once(
    tmp_path: Path, fault: Tell
) -> None:
    from tests.services.cafe.hands import plan

    place = Location(tmp_path / "data")
    with libraries.open_library(place) as library:
        session_id = plan(library, HandClock())
    killed = 0
    for number in range(3):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(place.folder), session_id], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        shown = [child.stdout.readline() for _ in range(4 + 7 * number)]
        child.kill()
        shown += child.stdout.readlines()
        child.wait()
        child.stdout.close()
        whole = [line for line in shown if line.endswith("\n")]
        added, written, at = (float(word) for word in whole[-1].split())
        with libraries.open_library(place) as library:
            found = for_psw.session_for_psw(library, session_id)
            assert found.state.progress is not None
            assert added <= found.state.progress.added <= added + 1
            assert written <= len(found.board.cards) <= written + 1
            assert at - 0.5 <= found.state.last_at <= at + 0.5
            cafe = opening.open_session(library, session_id, WHO, HandClock().clock)
            assert cafe.run.state.because == PROGRAM_STOPPED
            assert cafe.run.events[-1].kind is EventKind.INTERRUPTED
            assert cafe.run.state.seconds_used(cafe.run.now()) == pytest.approx(
                found.state.seconds_used(found.state.last_at)
            )
            opening.leave(library, cafe)
        killed += 1
    fault(
        "The program is killed in a round of a café",
        area="Café",
        tried=killed,
        lost=0,
        corrupt=0,
        person_sees=PROGRAM_STOPPED,
    )


def test_every_tap_of_the_observer_counts_while_the_disk_is_full_and_so_does_a_swap_between_them(
    library: Library, fault: Tell
) -> None:
    hand = HandClock()
    cafe = begun(library, hand)
    while not cafe.run.can(EventKind.TAPPED):
        cafe.run.begin_round()
    turn = cafe.run.state.progress
    assert turn is not None
    said = []
    with files_at_most((library.folder / "library.sqlite-wal").stat().st_size):
        with pytest.raises(UserError, match="disk"):
            pass_time(library, cafe, hand, 2)
        assert not deed_waits(cafe), "a sign of life is nobody's deed"
        for deed in (tap_ah(cafe), tap_ah(cafe), cafe.run.swap, tap_ah(cafe), cafe.run.swap):
            with pytest.raises(UserError, match="disk") as told:
                deed()
            said.append(str(told.value))
        assert deed_waits(cafe)
        assert cafe.run.state.taps == ()
    pass_time(library, cafe, hand, 1)
    assert not deed_waits(cafe)
    assert tally(cafe.run.state, turn.id, turn.turn)[TapKind.AH] == 2
    after = cafe.run.state.progress
    assert after is not None
    assert after.phase == turn.phase + 1, "the second swap was pressed because the first one did not show"
    assert on_screen(cafe) == in_library(library, cafe)
    fault(
        "The disk lets no file grow while the observer of a café taps",
        area="Café",
        tried=len(said),
        lost=0,
        person_sees=said[-1],
    )


def deed_waits(cafe: OpenCafe) -> bool:
    return cafe.run.deed_waits


def tap_ah(cafe: OpenCafe) -> Callable[[], Any]:
    return lambda: cafe.run.tap(TapKind.AH)
