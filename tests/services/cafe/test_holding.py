"""Two facilitators and one session: the second is told, can look, and changes nothing."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from cqcmock import storage
from cqcmock.domain.cafe.cards import CardKind
from cqcmock.paths import Location
from cqcmock.services import library as libraries
from cqcmock.services.cafe import cards, for_psw, holding, opening
from tests.clocks import HandClock
from tests.services.cafe.hands import WHO, begun, opened, pass_time

if TYPE_CHECKING:
    from cqcmock.services.library import Library


def test_the_second_is_told_who_has_it_and_looks_at_what_the_first_does(library: Library) -> None:
    hand = HandClock()
    first = begun(library, hand)
    with libraries.open_library(Location(library.folder)) as second:
        with pytest.raises(holding.HeldByAnotherError, match=WHO):
            opening.open_session(second, first.id, "Another", hand.clock)
        pass_time(library, first, hand, 60)
        first.run.pause()
        cards.write(first.cards, CardKind.PRIDE, "The choir")
        whole = for_psw.session_for_psw(second, first.id)
        assert (whole.state, whole.board) == (first.run.state, first.cards.state)
        with pytest.raises(holding.HeldByAnotherError):
            opening.open_session(second, first.id, "Another", hand.clock)
        there = holding.who_has(second, first.id, hand.clock)
        assert there is not None
        assert (there.who, there.since) == (WHO, first.hold.since)


def test_whose_session_was_taken_over_is_told_and_writes_nothing_more(library: Library) -> None:
    hand = HandClock()
    first = begun(library, hand)
    pass_time(library, first, hand, 5)
    hand.pass_seconds(31)
    assert holding.who_has(library, first.id, hand.clock) is None
    with libraries.open_library(Location(library.folder)) as other:
        second = opening.open_session(other, first.id, "Another", hand.clock)
        for deed in (
            first.run.pause,
            first.run.begin_round,
            lambda: cards.write(first.cards, CardKind.PRIDE, "The choir"),
            lambda: holding.keep_hold(library, first.hold, hand.clock),
            lambda: opening.tick(library, first, hand.clock),
        ):
            with pytest.raises(holding.HoldLostError, match="Another has taken over"):
                deed()
        assert for_psw.session_for_psw(library, first.id).state == second.run.state
        assert for_psw.session_for_psw(library, first.id).board.cards == ()
        assert first.run.waiting is None
        opening.leave(library, first)
        second.run.carry_on()
        second.run.pause()


def test_a_session_in_which_nothing_happens_stays_in_hand_while_its_program_ticks(library: Library) -> None:
    hand = HandClock()
    first = opened(library, hand)
    pass_time(library, first, hand, 90)
    assert len(first.run.events) == 1
    with pytest.raises(holding.HeldByAnotherError):
        opened(library, hand, first.id)


def test_after_a_kill_the_same_computer_goes_on_at_once_and_another_waits(library: Library) -> None:
    hand = HandClock()
    first = begun(library, hand)
    ended = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True
    ).stdout.strip()
    computer, _, rest = first.hold.holder.partition(":")
    dead = replace(first.hold, holder=f"{computer}:{ended}:{rest.partition(':')[2]}")
    elsewhere = replace(first.hold, holder=f"{'0' * 16}:{ended}:{rest.partition(':')[2]}")
    assert [holding.program_ended(hold) for hold in (first.hold, dead, elsewhere)] == [False, True, False]
    for hold, refused in ((elsewhere, True), (dead, False)):
        with library.writing() as work:
            storage.cafe_holds.let_go(work, first.hold)
            storage.cafe_holds.let_go(work, elsewhere)
            storage.cafe_holds.take(work, first.id, hold.holder, WHO, hand.wall)
            work.commit()
        if refused:
            with pytest.raises(holding.HeldByAnotherError):
                opened(library, hand, first.id)
        else:
            assert opened(library, hand, first.id).run.state.interrupted
