"""Asking on in a café: the same taps ask the same, whoever comes next begins anew, and the depth is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cqcmock.domain.cafe.asking_on import depths
from cqcmock.domain.cafe.rounds import RoundKind, RoundQuestion
from cqcmock.domain.cafe.templates import SHIPPED
from cqcmock.domain.cafe.windows import room_view
from cqcmock.domain.interviewing import Tap
from cqcmock.services.cafe import asking_on, for_psw, going_on, opening, papers, planning, questions
from cqcmock.services.cafe.opening import OpenCafe
from cqcmock.settings import Settings
from tests.clocks import HandClock
from tests.services.cafe.hands import DAY, NAMES, WHO

if TYPE_CHECKING:
    from cqcmock.services.library import Library


@pytest.fixture
def cafe(library: Library) -> OpenCafe:
    """A pair, and A speaks about a question of the bank."""
    return in_pairs(library)


def in_pairs(library: Library) -> OpenCafe:
    hand = HandClock()
    order = planning.order_from(SHIPPED[0], 30).order
    planned = planning.plan_session(library, order, hand.clock, day=DAY, place="Stevenage")
    made = opening.open_session(library, planned.id, WHO, hand.clock)
    made.run.start()
    while made.run.state.round is None or made.run.state.round.kind is not RoundKind.PAIRS:
        going_on.begin_round(library, made, "frontline", NAMES)
    return made


def probes(cafe: OpenCafe) -> list[str]:
    on = cafe.run.state.progress
    assert on is not None
    return [one.probe for one in on.asked_on]


def test_a_tap_puts_the_next_probe_before_the_room_and_undo_takes_it_away(library: Library, cafe: OpenCafe) -> None:
    assert room_view(cafe.run.state, cafe.run.now()).probe == ""
    now = asking_on.tap(library, cafe, Tap.VAGUE, NAMES)
    assert now.probe is not None
    assert room_view(cafe.run.state, cafe.run.now()).probe == now.probe.text
    cafe.run.undo()
    assert room_view(cafe.run.state, cafe.run.now()).probe == ""


def test_three_probes_are_the_most_and_good_is_the_depth(library: Library, cafe: OpenCafe) -> None:
    for tap in (Tap.VAGUE, Tap.GOOD, Tap.NO_EXAMPLE, Tap.CLAIM_WITHOUT_DATA, Tap.GOOD, Tap.NO_VOICE):
        now = asking_on.tap(library, cafe, tap, NAMES)
    assert now.over
    assert len([probe for probe in probes(cafe) if probe]) == 3
    (reached,) = depths(cafe.run.state.scene.progress)
    assert (reached.depth.reached, reached.depth.asked, reached.turn) == (2, 3, 0)


def test_whoever_speaks_next_is_asked_from_the_beginning(library: Library, cafe: OpenCafe) -> None:
    first = asking_on.tap(library, cafe, Tap.NO_EXAMPLE, NAMES)
    going_on.swap(library, cafe, "frontline", NAMES)
    assert room_view(cafe.run.state, cafe.run.now()).probe == ""
    second = asking_on.tap(library, cafe, Tap.NO_EXAMPLE, NAMES)
    assert second.probe == first.probe


def test_another_question_begins_anew(library: Library, cafe: OpenCafe) -> None:
    asking_on.tap(library, cafe, Tap.VAGUE, NAMES)
    questions.draw_next(library, cafe, "frontline", NAMES)
    assert room_view(cafe.run.state, cafe.run.now()).probe == ""


def test_after_a_kill_it_stands_where_it_was(library: Library, cafe: OpenCafe) -> None:
    asking_on.tap(library, cafe, Tap.VAGUE, NAMES)
    before = asking_on.standing(library, cafe.run.state, NAMES)
    again = opening._opened(library, cafe.hold, HandClock().clock)
    assert asking_on.standing(library, again.run.state, NAMES) == before


def test_a_question_that_the_bank_has_no_longer_is_asked_on_plainly(library: Library, cafe: OpenCafe) -> None:
    cafe.run.pick_question(RoundQuestion(bank="gone", question="gone", text="Who rings back?"))
    now = asking_on.tap(library, cafe, Tap.CLAIM_WITHOUT_DATA, NAMES)
    assert now.probe is not None
    assert now.probe.text == "How do you know?"


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(taps=st.lists(st.sampled_from(list(Tap)), min_size=1, max_size=6))
def test_the_same_taps_give_the_same_probes(library: Library, taps: list[Tap]) -> None:
    asked = []
    for cafe in (in_pairs(library), in_pairs(library)):
        cafe.run.pick_question(RoundQuestion(bank="frontline", question="tell-me-about-place", text="Tell me."))
        asked.append([asking_on.tap(library, cafe, tap, NAMES).probe for tap in taps])
    assert asked[0] == asked[1]


def test_the_facilitators_own_record_says_how_deep_it_went(library: Library, cafe: OpenCafe) -> None:
    for tap in (Tap.VAGUE, Tap.GOOD, Tap.NO_EXAMPLE):
        asking_on.tap(library, cafe, tap, NAMES)
    whole = for_psw.session_for_psw(library, cafe.id)
    page = papers.psw_bytes(whole, (), ".html", Settings(), HandClock().clock).decode()
    assert "How deep it went where a colleague asked on" in page
    assert "Depth 1 of 2 follow-ups" in page
