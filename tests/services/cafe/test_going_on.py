"""Going on: what needs a question brings one, and takes it along when it is undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cqcmock.domain.cafe.events import EventKind
from cqcmock.domain.cafe.rounds import KINDS, RoundKind
from cqcmock.domain.cafe.templates import SHIPPED
from cqcmock.services.cafe import going_on, opening, planning, questions
from cqcmock.services.cafe.opening import OpenCafe
from tests.clocks import HandClock
from tests.services.cafe.hands import DAY, NAMES, WHO

if TYPE_CHECKING:
    from cqcmock.services.library import Library

ROLE = "frontline"


@pytest.fixture
def cafe(library: Library) -> OpenCafe:
    """A session that has started: opening, cards, pride, hot seat, pairs, closing."""
    hand = HandClock()
    order = planning.order_from(SHIPPED[1], 45).order
    planned = planning.plan_session(library, order, hand.clock, day=DAY, place="Stevenage")
    made = opening.open_session(library, planned.id, WHO, hand.clock)
    made.run.start()
    return made


def begin(library: Library, cafe: OpenCafe, kind: RoundKind) -> None:
    while cafe.run.state.round is None or cafe.run.state.round.kind is not kind:
        going_on.begin_round(library, cafe, ROLE, NAMES)


def test_a_round_that_asks_begins_with_a_question_and_one_that_does_not_begins_without(
    library: Library, cafe: OpenCafe
) -> None:
    asked = {}
    for one in cafe.run.state.order.rounds:
        going_on.begin_round(library, cafe, ROLE, NAMES)
        asked[one.kind] = cafe.run.state.question is not None
    assert asked == {one.kind: KINDS[one.kind].asks for one in cafe.run.state.order.rounds}


def test_undoing_the_beginning_of_a_round_takes_its_question_along(library: Library, cafe: OpenCafe) -> None:
    begin(library, cafe, RoundKind.OPENING)
    going_on.begin_round(library, cafe, ROLE, NAMES)
    going_on.undo(cafe)
    assert cafe.run.state.round is not None
    assert cafe.run.state.round.kind is RoundKind.OPENING


def test_undoing_a_question_that_was_drawn_by_hand_leaves_the_round_as_it_is(library: Library, cafe: OpenCafe) -> None:
    begin(library, cafe, RoundKind.PAIRS)
    first = cafe.run.state.question
    questions.draw_next(library, cafe, ROLE, NAMES)
    assert cafe.run.state.question != first
    going_on.undo(cafe)
    assert cafe.run.state.question == first


def test_the_second_in_a_pair_answers_the_same_question(library: Library, cafe: OpenCafe) -> None:
    begin(library, cafe, RoundKind.PAIRS)
    asked = cafe.run.state.question
    going_on.swap(library, cafe, ROLE, NAMES)
    assert cafe.run.state.question == asked


def test_the_next_in_the_hot_seat_is_asked_something_else_once_the_first_was_heard(
    library: Library, cafe: OpenCafe
) -> None:
    begin(library, cafe, RoundKind.HOT_SEAT)
    first = cafe.run.state.question
    going_on.swap(library, cafe, ROLE, NAMES)
    assert cafe.run.state.question == first, "while the room says what it heard"
    going_on.swap(library, cafe, ROLE, NAMES)
    assert cafe.run.state.question not in (first, None)
    going_on.undo(cafe)
    assert cafe.run.state.question == first


def test_worry_cards_are_asked_for_with_another_question_than_pride(library: Library, cafe: OpenCafe) -> None:
    begin(library, cafe, RoundKind.CARDS)
    pride = cafe.run.state.question
    going_on.swap(library, cafe, ROLE, NAMES)
    assert cafe.run.state.question not in (pride, None)


def test_an_undo_is_called_after_the_deed_and_not_after_the_question_that_came_with_it(
    library: Library, cafe: OpenCafe
) -> None:
    assert going_on.takes_back(cafe) is EventKind.STARTED
    begin(library, cafe, RoundKind.CARDS)
    assert going_on.takes_back(cafe) is EventKind.ROUND_BEGUN
    going_on.swap(library, cafe, ROLE, NAMES)
    assert going_on.takes_back(cafe) is EventKind.SWAPPED
    questions.draw_next(library, cafe, ROLE, NAMES)
    assert going_on.takes_back(cafe) is EventKind.QUESTION_DRAWN
    going_on.undo(cafe)
    assert going_on.takes_back(cafe) is EventKind.SWAPPED
    while going_on.takes_back(cafe) is not None:
        going_on.undo(cafe)
    assert not cafe.run.can(EventKind.UNDONE)
