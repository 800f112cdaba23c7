"""A café while it runs: every deed is kept before it is shown, and no fault costs more than a second."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from cqcmock.domain.cafe.events import EventKind, TapKind
from cqcmock.domain.cafe.rounds import RoundKind
from cqcmock.domain.cafe.scene import Stage
from cqcmock.domain.interview import OutOfOrderError
from cqcmock.domain.questions import Kind
from cqcmock.errors import UserError
from cqcmock.services.cafe import for_psw, opening, questions, running
from tests.clocks import HandClock
from tests.faults import Tell
from tests.services.cafe.hands import NAMES, begun, opened, pass_time

if TYPE_CHECKING:
    from cqcmock.services.library import Library

K = EventKind


def test_every_deed_is_in_the_library_when_it_is_shown(library: Library) -> None:
    cafe = opened(library, HandClock())
    deeds = [
        cafe.run.start, cafe.run.begin_round, cafe.run.begin_round, cafe.run.swap, cafe.run.add_minute,
        cafe.run.pause, cafe.run.resume, lambda: cafe.run.show_clock(shown=False),
        lambda: cafe.run.show_clock(shown=True), lambda: cafe.run.whose_turn(" By  the door "),
        lambda: questions.draw_next(library, cafe, "frontline", NAMES), lambda: cafe.run.show_question(shown=False),
        lambda: cafe.run.show_question(shown=True), cafe.run.skip, cafe.run.go_back, cafe.run.undo, cafe.run.skip,
        lambda: cafe.run.tap(TapKind.AH), lambda: cafe.run.take_tap_back(TapKind.AH), cafe.run.late, cafe.run.finish,
    ]  # fmt: skip
    for deed in deeds:
        deed()
        assert for_psw.session_for_psw(library, cafe.id).state == cafe.run.state
    assert cafe.run.state.stage is Stage.FINISHED
    listed = for_psw.sessions_for_psw(library)[0]
    assert (listed.stage, listed.round) == (Stage.FINISHED, cafe.run.state.scene.round)
    with pytest.raises(OutOfOrderError):
        cafe.run.pause()


def test_signs_of_life_take_the_place_of_one_another(library: Library) -> None:
    hand = HandClock()
    cafe = begun(library, hand)
    before = len(cafe.run.events)
    pass_time(library, cafe, hand, 30)
    assert len(cafe.run.events) == before + 1
    assert cafe.run.state.last_at == pytest.approx(30)
    hand.pass_seconds(0.5)
    opening.tick(library, cafe, hand.clock)
    assert cafe.run.state.last_at == pytest.approx(30), "about one a second is enough"


def test_a_session_whose_program_was_killed_comes_back_in_the_same_round_with_the_time_used(
    library: Library, fault: Tell
) -> None:
    hand = HandClock()
    cafe = begun(library, hand, rounds=2)
    pass_time(library, cafe, hand, 45)
    used, elapsed = cafe.run.state.seconds_used(cafe.run.now()), cafe.run.state.elapsed(cafe.run.now())
    hand.pass_seconds(300)
    again = opened(library, hand, cafe.id)  # nothing was heard of the first for five minutes
    assert again.run.state.interrupted
    assert again.run.state.because == running.PROGRAM_STOPPED
    hand.pass_seconds(20)
    assert again.run.state.seconds_used(again.run.now()) == pytest.approx(used)
    assert again.run.seconds_away() == 300
    again.run.carry_on()
    assert again.run.state.scene.round == 1
    assert again.run.state.seconds_used(again.run.now()) == pytest.approx(used)
    assert again.run.state.elapsed(again.run.now()) == pytest.approx(elapsed + 320)
    pass_time(library, again, hand, 5)
    assert again.run.state.seconds_used(again.run.now()) == pytest.approx(used + 5)
    fault(
        "The program is killed in a round of a café", area="Café", tried=1, lost=0, person_sees=running.PROGRAM_STOPPED
    )


def test_killed_once_more_before_it_was_carried_on_the_time_away_is_counted_whole_and_once(library: Library) -> None:
    hand = HandClock()
    cafe = begun(library, hand)
    pass_time(library, cafe, hand, 10)
    for _ in range(3):
        hand.pass_seconds(100)
        cafe = opened(library, hand, cafe.id)
        hand.pass_seconds(7)
        opening.tick(library, cafe, hand.clock)
    assert [event.kind for event in cafe.run.events].count(K.INTERRUPTED) == 1
    cafe.run.carry_on()
    assert cafe.run.state.elapsed(cafe.run.now()) == pytest.approx(10 + 3 * 107)
    assert cafe.run.state.seconds_used(cafe.run.now()) == pytest.approx(10)


@pytest.mark.parametrize("like", ["linux", "windows"])
def test_a_laptop_that_slept_stops_the_clock_at_the_last_look(library: Library, like: str, fault: Tell) -> None:
    hand = HandClock()
    cafe = begun(library, hand)
    pass_time(library, cafe, hand, 20)
    if like == "linux":
        hand.sleep_like_linux(600)
    else:
        hand.pass_seconds(600)
    assert opening.tick(library, cafe, hand.clock)
    assert cafe.run.state.because == running.TIME_UNEXPLAINED
    assert cafe.run.seconds_away() == (600 if like == "linux" else 0)
    cafe.run.carry_on()
    assert cafe.run.state.seconds_used(cafe.run.now()) == pytest.approx(20)
    assert cafe.run.state.elapsed(cafe.run.now()) == pytest.approx(620)
    assert not opening.tick(library, cafe, hand.clock)
    fault(
        "The computer is asleep in a round of a café",
        area="Clock",
        tried=1,
        lost=0,
        person_sees=running.TIME_UNEXPLAINED,
    )


def test_leaving_stops_the_clock_and_lets_others_have_the_session(library: Library) -> None:
    hand = HandClock()
    cafe = begun(library, hand)
    pass_time(library, cafe, hand, 8)
    opening.leave(library, cafe)
    hand.pass_seconds(50)
    again = opened(library, hand, cafe.id)
    assert again.run.state.because == running.LEFT
    again.run.carry_on()
    assert again.run.state.seconds_used(again.run.now()) == pytest.approx(8)
    assert again.run.state.elapsed(again.run.now()) == pytest.approx(58)


def test_a_session_that_is_late_is_fitted_into_what_is_left(library: Library) -> None:
    hand = HandClock()
    cafe = begun(library, hand)
    pass_time(library, cafe, hand, 4)
    hand.sleep_like_linux(1800)
    assert opening.tick(library, cafe, hand.clock)
    cafe.run.carry_on()
    assert cafe.run.state.seconds_late(cafe.run.now()) == pytest.approx(1800)
    fitted = cafe.run.late()
    assert cafe.run.state.seconds_late(cafe.run.now()) <= 1
    assert fitted.left_out
    assert "Left out" in fitted.said
    assert for_psw.session_for_psw(library, cafe.id).state.order == fitted.order
    hand.pass_seconds(4)
    opening.tick(library, cafe, hand.clock)
    cafe.run.undo()
    assert len(cafe.run.state.order.rounds) == 6


def test_a_drawn_question_was_not_asked_before_and_its_seed_is_kept(library: Library) -> None:
    cafe = begun(library, HandClock(), rounds=4)
    assert cafe.run.state.round is not None
    assert cafe.run.state.round.kind is RoundKind.HOT_SEAT
    there = questions.fitting(library, RoundKind.HOT_SEAT, "frontline")
    assert {one.question.kind for one in there} <= {Kind.OPENER, Kind.QUESTION}
    asked: Counter[tuple[str, str]] = Counter()
    for number in range(len(there)):
        one = questions.drawn(there, asked, NAMES, number)
        asked[one.bank, one.question] += 1
        assert "{" not in one.text
    assert set(asked.values()) == {1}
    assert len(asked) > 10
    drawn = [questions.draw_next(library, cafe, "frontline", NAMES) for _ in range(4)]
    assert len({one.question for one in drawn}) == 4
    last = cafe.run.events[-1]
    assert last.kind is K.QUESTION_DRAWN
    before = questions.asked_in(cafe.run.events[:-1])
    assert questions.drawn(there, before, NAMES, int(last.text)) == last.question == drawn[-1]


def test_what_was_undone_is_not_drawn_again_either(library: Library) -> None:
    cafe = begun(library, HandClock(), rounds=4)
    first = questions.draw_next(library, cafe, "frontline", NAMES, seed=1)
    cafe.run.undo()
    assert questions.draw_next(library, cafe, "frontline", NAMES, seed=1) != first


def test_the_rounds_of_cards_and_pride_ask_what_stands_on_the_cards(library: Library) -> None:
    for kind, phase, theme in (
        (RoundKind.CARDS, 0, "pride"),
        (RoundKind.CARDS, 1, "worries"),
        (RoundKind.PRIDE, 5, "pride"),
    ):
        there = questions.fitting(library, kind, "frontline", phase)
        assert len(there) == 20
        assert all(one.question.themes == (theme,) for one in there)


def test_a_question_is_picked_and_one_that_is_not_there_is_refused(library: Library) -> None:
    cafe = begun(library, HandClock(), rounds=4)
    name = questions.fitting(library, RoundKind.HOT_SEAT, "frontline")[3].question.id
    picked = questions.pick(library, cafe, "frontline", name, NAMES)
    assert cafe.run.state.question == picked
    with pytest.raises(UserError):
        questions.pick(library, cafe, "frontline", "nothing-like-it", NAMES)
    with pytest.raises(UserError, match="no question"):
        questions.draw_next(library, cafe, "nobody", NAMES)
