"""Planning a café, listing it, and keeping what was planned as a template."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from cqcmock.domain.cafe import running_order
from cqcmock.domain.cafe.rounds import RoundKind
from cqcmock.domain.cafe.scene import Stage
from cqcmock.domain.cafe.templates import SHIPPED
from cqcmock.domain.interview import OutOfOrderError
from cqcmock.errors import UserError
from cqcmock.services.cafe import deleting, for_psw, holding, opening, planning, questions
from tests.clocks import HandClock
from tests.services.cafe.hands import DAY, NAMES, WHO, opened, plan

if TYPE_CHECKING:
    from cqcmock.services.library import Library


def test_a_planned_session_is_listed_with_all_that_was_planned(library: Library) -> None:
    hand = HandClock()
    first = plan(library, hand, team="North")
    order = planning.order_from(SHIPPED[0], 30).order
    second = planning.plan_session(library, order, hand.clock, day=date(2026, 12, 1), place="Hertford", title=" Tea  ")
    listed = for_psw.sessions_for_psw(library)
    assert [one.id for one in listed] == [second.id, first]
    assert listed[0] == second
    assert (second.title, second.place, second.minutes, second.rounds) == ("Tea", "Hertford", 30, 5)
    assert (listed[1].title, listed[1].team, listed[1].stage) == ("Café, 24 November 2026", "North", Stage.PLANNING)
    assert for_psw.session_for_psw(library, second.id).state.order == order


def test_a_plan_can_be_changed_until_the_session_starts(library: Library) -> None:
    cafe = opened(library, HandClock())
    longer = running_order.change_length(cafe.run.state.order, 60)
    planning.change_plan(cafe, longer)
    planning.change_details(library, cafe, HandClock().clock, day=DAY, place="Ware", title="Tea", team="South")
    whole = for_psw.session_for_psw(library, cafe.id)
    assert whole.state.order == longer
    assert (whole.details.minutes, whole.details.place, whole.details.team) == (60, "Ware", "South")
    cafe.run.start()
    with pytest.raises(OutOfOrderError):
        planning.change_plan(cafe, longer)


def test_names_that_are_too_long_are_refused_with_a_sentence_and_nothing_is_planned(library: Library) -> None:
    order = planning.order_from(SHIPPED[0], 30).order
    for names in ({"title": "x" * 201}, {"place": "x" * 201}, {"team": "x" * 81}):
        with pytest.raises(UserError, match=r"long|characters"):
            planning.plan_session(library, order, HandClock().clock, day=DAY, **{"place": "", **names})
    assert for_psw.sessions_for_psw(library) == ()


def test_a_running_order_is_kept_as_a_template_and_used_again(library: Library) -> None:
    clock = HandClock().clock
    order = planning.order_from(SHIPPED[1], 45).order
    hot = next(one for one in order.rounds if one.kind is RoundKind.HOT_SEAT)
    asked = questions.from_bank(library, "frontline", _first(library), NAMES)
    saved = planning.save_template(library, "Our own", running_order.ask(order, hot.id, asked), clock)
    assert planning.templates(library) == (*SHIPPED, saved)
    again = planning.order_from(saved, 45).order
    assert [one.question for one in again.rounds if one.question] == [asked]
    assert len({one.id for one in (*order.rounds, *again.rounds)}) == 2 * len(order.rounds)
    plain = planning.save_template(library, "our OWN", order, clock, with_questions=False)
    assert planning.templates(library) == (*SHIPPED, plain)
    planning.delete_template(library, "Our own")
    assert planning.templates(library) == SHIPPED


def _first(library: Library) -> str:
    return questions.fitting(library, RoundKind.HOT_SEAT, "frontline")[0].question.id


def test_a_template_that_comes_with_the_program_stays_as_it_is(library: Library) -> None:
    order = planning.order_from(SHIPPED[0], 30).order
    with pytest.raises(UserError, match="comes with the program"):
        planning.save_template(library, SHIPPED[0].name.upper(), order, HandClock().clock)
    with pytest.raises(UserError, match="comes with the program"):
        planning.delete_template(library, SHIPPED[0].name)


def test_a_deleted_session_can_be_taken_back_for_thirty_days(library: Library) -> None:
    hand = HandClock()
    session_id = plan(library, hand)
    deleting.delete(library, session_id, hand.clock)
    assert for_psw.sessions_for_psw(library) == ()
    assert [one.id for one in deleting.deleted(library)] == [session_id]
    with pytest.raises(UserError, match="was deleted"):
        opening.open_session(library, session_id, WHO, hand.clock)
    hand.wall += timedelta(days=30)
    assert deleting.purge_deleted(library, hand.clock) == 0
    deleting.undelete(library, session_id)
    assert [one.id for one in for_psw.sessions_for_psw(library)] == [session_id]
    deleting.delete(library, session_id, hand.clock)
    hand.wall += timedelta(days=30, seconds=1)
    assert deleting.purge_deleted(library, hand.clock) == 1
    with pytest.raises(UserError, match="no longer in the library"):
        deleting.undelete(library, session_id)


def test_a_session_that_somebody_has_open_cannot_be_deleted(library: Library) -> None:
    hand = HandClock()
    cafe = opened(library, hand)
    for delete in (deleting.delete, deleting.delete_for_good):
        with pytest.raises(holding.HeldByAnotherError):
            delete(library, cafe.id, hand.clock)
    opening.leave(library, cafe)
    deleting.delete_for_good(library, cafe.id, hand.clock)
    with pytest.raises(UserError):
        for_psw.session_for_psw(library, cafe.id)


def test_another_title_of_a_session_changes_nothing_else_of_it(library: Library) -> None:
    hand = HandClock()
    cafe = opened(library, hand)
    changed = planning.change_details(library, cafe, hand.clock, day=DAY, place="Stevenage", title="Tea")
    assert changed == replace(cafe.details, title="Tea")
