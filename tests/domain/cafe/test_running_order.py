"""The running order of a café: it adds up whatever is done to it, and what is past stays past."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import count
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cqcmock.domain.cafe import running_order as ro
from cqcmock.domain.cafe.rounds import KINDS, RoundKind, RoundQuestion, least_seconds, new_round
from cqcmock.domain.cafe.running_order import Fitted, RunningOrder, from_template, replan
from cqcmock.domain.cafe.templates import SHIPPED, Template, TemplateRound, template_of
from cqcmock.errors import UserError

K = RoundKind
NAMED = {template.name: template for template in SHIPPED}
QUESTION = RoundQuestion(bank="frontline", question="pride", text="What are you proud of?")


def numbered() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"r{next(numbers)}"


def made(name: str = "60-minute practice", minutes: int = 60) -> RunningOrder:
    return from_template(NAMED[name], minutes, numbered()).order


def lengths(order: RunningOrder) -> list[int]:
    return [one.seconds // 60 for one in order.rounds]


def floor(order: RunningOrder, at: int) -> int:
    """The least the round may have: its kind's, except where it is on and was cut to what it has used."""
    least = least_seconds(order.rounds[at].kind)
    return min(least, max(1, order.used)) if at == order.done and order.used is not None else least


def assert_sound(order: RunningOrder) -> None:
    assert order.spent + sum(one.seconds for one in order.rounds[order.done :]) == order.seconds
    assert all(one.seconds >= floor(order, at) for at, one in enumerate(order.rounds) if at >= order.done)
    assert all(one.kind is not K.CLOSING for one in order.rounds[:-1])


# --- Templates


@pytest.mark.parametrize("template", SHIPPED, ids=lambda template: template.name)
def test_a_shipped_template_has_its_own_lengths_where_the_session_is_as_long(template: Template) -> None:
    fitted = from_template(template, template.minutes, numbered())
    assert fitted.left_out == ()
    assert lengths(fitted.order) == [part.minutes for part in template.rounds]
    assert [one.title for one in fitted.order.rounds] == [KINDS[part.kind].title for part in template.rounds]


def test_the_shipped_templates_are_a_taster_a_drop_in_a_practice_and_the_hot_seat() -> None:
    assert [(template.name, template.minutes) for template in SHIPPED] == [
        ("30-minute taster", 30),
        ("45-minute drop-in", 45),
        ("60-minute practice", 60),
        ("Hot seat only", 30),
    ]
    assert {part.kind for template in SHIPPED for part in template.rounds} == set(RoundKind)


@given(st.sampled_from(SHIPPED), st.integers(10, 180))
def test_every_shipped_template_suits_every_length(template: Template, minutes: int) -> None:
    fitted = from_template(template, minutes, numbered())
    assert_sound(fitted.order)
    assert fitted.order.minutes == minutes
    assert all(one.seconds % 60 == 0 for one in fitted.order.rounds)
    assert len(fitted.order.rounds) + len(fitted.left_out) == len(template.rounds)
    assert all(one.kind is not K.CLOSING for one in fitted.left_out)


@pytest.mark.parametrize("minutes", [9, 0, -5, 181])
def test_a_session_is_from_10_to_180_minutes_long(minutes: int) -> None:
    with pytest.raises(UserError, match="10 to 180"):
        from_template(SHIPPED[0], minutes, numbered())


def test_a_short_session_leaves_out_the_last_rounds_before_the_closing_and_says_so() -> None:
    fitted = from_template(NAMED["60-minute practice"], 15, numbered())
    assert [one.kind for one in fitted.order.rounds] == [K.OPENING, K.CARDS, K.PAIRS, K.CLOSING]
    assert fitted.said == "Left out, for want of time: “Threes”, “Hot seat”, “Which would reassure more?”."


def test_a_template_without_rounds_cannot_be_used() -> None:
    with pytest.raises(UserError, match="no rounds"):
        from_template(Template(name="Mine", rounds=()), 30, numbered())


def test_a_running_order_can_be_kept_as_a_template_with_its_titles_and_questions() -> None:
    order = ro.ask(ro.rename(made(), "r5", "On the spot"), "r5", QUESTION)
    template = template_of(order.rounds, "  Thursday   café ")
    assert template.name == "Thursday café"
    assert template.rounds[4] == TemplateRound(kind=K.HOT_SEAT, minutes=10, title="On the spot", question=QUESTION)
    assert from_template(template, 60, numbered()).order == order
    assert template_of(order.rounds, "Bare", with_questions=False).rounds[4].question is None


@pytest.mark.parametrize("name", ["", "   ", "x" * 81])
def test_a_template_needs_a_name_of_sensible_length(name: str) -> None:
    with pytest.raises(UserError):
        template_of(made().rounds, name)


# --- Deeds


def test_adding_a_round_puts_it_before_the_closing_and_the_others_give_the_time() -> None:
    order = ro.add(made("30-minute taster", 30), new_round(K.CARDS, "new", minutes=5))
    assert [one.kind for one in order.rounds][-2:] == [K.CARDS, K.CLOSING]
    assert (sum(lengths(order)), lengths(order)[-2]) == (30, 5)


def test_there_is_room_for_a_round_up_to_the_most_minutes_and_no_further() -> None:
    order = made("30-minute taster", 30)
    most = ro.most_minutes(order, K.CARDS)
    assert most == 30 - 2 - 2 - 4 - 4 - 2
    assert lengths(ro.add(order, new_round(K.CARDS, "new", minutes=most))) == [2, 2, 4, 4, 16, 2]
    with pytest.raises(UserError, match="no room"):
        ro.add(order, new_round(K.CARDS, "new", minutes=most + 1))
    assert ro.most_minutes(made("30-minute taster", 17), K.THREES) == 0


def test_a_round_that_is_too_short_for_its_kind_is_refused_with_the_least() -> None:
    with pytest.raises(UserError, match="at least 6 minutes"):
        ro.add(made(), new_round(K.THREES, "new", minutes=5))
    with pytest.raises(UserError, match="at least 4 minutes"):
        ro.change_minutes(made(), "r5", 3)


def test_a_round_taken_out_gives_its_minutes_to_the_others() -> None:
    order = ro.remove(made(), "r4")
    assert len(order.rounds) == 6
    assert sum(lengths(order)) == 60
    assert all(after >= before for after, before in zip(lengths(order), [4, 5, 10, 10, 9, 4], strict=True))


def test_the_last_round_cannot_be_taken_out() -> None:
    order = ro.remove(made("Hot seat only", 30), "r2")
    with pytest.raises(UserError, match="at least one round"):
        ro.remove(order, "r1")
    with pytest.raises(UserError, match="only round"):
        ro.change_minutes(order, "r1", 20)
    assert ro.change_minutes(order, "r1", 30) == order


def test_a_round_can_be_moved_but_not_past_the_closing() -> None:
    order = made()
    assert [one.id for one in ro.move(order, "r5", 0).rounds] == ["r5", "r1", "r2", "r3", "r4", "r6", "r7"]
    assert ro.move(order, "r6", 5) == order
    for round_id, position in (("r1", 6), ("r7", 3), ("r1", 99)):
        with pytest.raises(UserError, match="closing comes last"):
            ro.move(order, round_id, position)


def test_there_is_one_closing_and_nothing_after_it() -> None:
    with pytest.raises(UserError, match="closing already"):
        ro.add(made(), new_round(K.CLOSING, "new"))
    with pytest.raises(UserError, match="closing comes last"):
        ro.add(made(), new_round(K.CARDS, "new"), position=7)
    with pytest.raises(UserError, match="closing comes last"):
        ro.add(ro.remove(made(), "r7"), new_round(K.CLOSING, "new"), position=0)


def test_a_round_with_other_minutes_has_exactly_those_and_the_others_give_or_take() -> None:
    longer = ro.change_minutes(made(), "r5", 20)
    shorter = ro.change_minutes(longer, "r5", 4)
    assert (lengths(longer)[4], sum(lengths(longer))) == (20, 60)
    assert (lengths(shorter)[4], sum(lengths(shorter))) == (4, 60)


def test_minutes_that_the_others_cannot_give_are_refused_with_the_most_there_is() -> None:
    with pytest.raises(UserError, match="at most 40 minutes") as refused:
        ro.change_minutes(made(), "r5", 45)
    assert "need 20 minutes" in refused.value.what_happened
    assert lengths(ro.change_minutes(made(), "r5", 40)) == [2, 2, 4, 6, 40, 4, 2]


def test_a_session_of_another_length_keeps_its_rounds_or_says_how_long_they_need() -> None:
    assert sum(lengths(ro.change_length(made(), 90))) == 90
    with pytest.raises(UserError, match="at least 24 minutes"):
        ro.change_length(made(), 20)


def test_a_title_left_empty_is_the_kinds_own_and_a_long_one_is_refused() -> None:
    assert ro.rename(ro.rename(made(), "r5", "Spot"), "r5", " ").rounds[4].title == "Hot seat"
    with pytest.raises(UserError, match="longer than 80"):
        ro.rename(made(), "r5", "x" * 81)


def test_rounds_that_do_not_add_up_are_nobodys_running_order() -> None:
    order = made()
    breakages: tuple[dict[str, Any], ...] = (
        {"seconds": 3601},
        {"rounds": order.rounds[:-1]},
        {"rounds": (), "seconds": 0},
        {"spent": 60},
        {"rounds": (*order.rounds[:5], replace(order.rounds[5], id="r1"), order.rounds[6])},
        {"rounds": (order.rounds[6], *order.rounds[:6])},
    )
    for broken in breakages:
        with pytest.raises(ValueError, match=r"round|closing"):
            replace(order, **broken)


def test_odd_minutes_go_to_the_rounds_that_came_off_worst() -> None:
    assert lengths(from_template(NAMED["45-minute drop-in"], 50, numbered()).order) == [5, 8, 7, 13, 13, 4]
    assert lengths(from_template(NAMED["45-minute drop-in"], 48, numbered()).order) == [4, 8, 6, 13, 13, 4]


# --- Late


def test_being_late_shrinks_what_remains_and_nothing_that_is_past() -> None:
    order = made()
    late = replan(order, elapsed=20 * 60, index=2)
    assert late.left_out == ()
    assert late.order.rounds[:2] == order.rounds[:2]
    assert sum(one.seconds for one in late.order.rounds[2:]) == 40 * 60


def test_what_no_longer_fits_is_left_out_from_the_end_and_the_closing_stays() -> None:
    late = replan(made(), elapsed=48 * 60, index=2)
    assert [one.kind for one in late.order.rounds] == [K.OPENING, K.CARDS, K.PAIRS, K.THREES, K.CLOSING]
    assert [one.kind for one in late.left_out] == [K.HOT_SEAT, K.JUDGEMENT]
    assert lengths(late.order)[2:] == [4, 6, 2]


def test_the_round_that_is_on_keeps_at_least_what_it_has_used() -> None:
    late = replan(made(), elapsed=56 * 60, index=2, used=9 * 60).order
    assert [(one.kind, one.seconds) for one in late.rounds[2:]] == [(K.PAIRS, 600), (K.CLOSING, 180)]
    assert (late.spent, late.used) == (47 * 60, 9 * 60)


def test_a_round_that_is_on_is_cut_below_its_least_for_the_sake_of_the_closing() -> None:
    late = replan(made(), elapsed=57 * 60 + 10, index=3, used=30).order
    assert [one.kind for one in late.rounds[3:]] == [K.THREES, K.CLOSING]
    assert late.rounds[3].seconds == 30 + 50
    assert late.rounds[4].seconds == 120


def test_where_not_even_the_closing_fits_the_facilitator_is_told_what_is_left() -> None:
    with pytest.raises(UserError, match="1 minute 30 seconds left, and the closing takes 2 minutes"):
        replan(made(), elapsed=58 * 60 + 30, index=3, used=100)
    with pytest.raises(UserError, match="time of the session is up, and the closing"):
        replan(made(), elapsed=61 * 60, index=3)
    with pytest.raises(UserError, match="nothing to fit in"):
        replan(made(), elapsed=61 * 60, index=6, used=200)
    with pytest.raises(UserError, match="nothing to fit in"):
        replan(ro.remove(made("Hot seat only", 30), "r2"), elapsed=28 * 60, index=0)


def test_being_early_gives_what_remains_more_time() -> None:
    early = replan(made(), elapsed=60, index=1).order
    assert sum(one.seconds for one in early.rounds[1:]) == 59 * 60
    assert early.rounds[3].seconds > 18 * 60


def test_an_added_minute_counts_as_part_of_the_round_that_is_on() -> None:
    with_it = replan(made(), elapsed=10 * 60, index=2, used=60, added=300).order
    without = replan(made(), elapsed=10 * 60, index=2, used=60).order
    assert with_it.rounds[2].seconds > without.rounds[2].seconds


def test_what_is_over_or_on_can_be_neither_moved_nor_taken_out() -> None:
    order = replan(made(), elapsed=15 * 60, index=2, used=60).order
    refused: tuple[Callable[[], RunningOrder], ...] = (
        lambda: ro.remove(order, "r1"),
        lambda: ro.remove(order, "r3"),
        lambda: ro.move(order, "r5", 2),
        lambda: ro.move(order, "r2", 4),
        lambda: ro.change_minutes(order, "r2", 8),
        lambda: ro.ask(order, "r2", QUESTION),
        lambda: ro.add(order, new_round(K.CARDS, "new", minutes=2), position=1),
    )
    for deed in refused:
        with pytest.raises(UserError, match=r"over|is on"):
            deed()
    assert ro.ask(order, "r3", QUESTION).rounds[2].question == QUESTION


# --- Whatever is done


@st.composite
def deeds(draw: st.DrawFn, order: RunningOrder, number: int) -> Callable[[], RunningOrder]:
    round_id = draw(st.sampled_from([one.id for one in order.rounds]))
    minutes, position = draw(st.integers(0, 60)), draw(st.integers(0, 8))
    kind = draw(st.sampled_from(RoundKind))
    new = new_round(kind, f"n{number}", minutes=draw(st.none() | st.integers(1, 20)))
    elapsed = draw(st.integers(order.spent + (order.used or 0), order.seconds))
    index = draw(st.integers(order.done, len(order.rounds) - 1))
    least_used = order.used or 0 if index == order.done else 0
    used = draw(st.none() | st.integers(least_used, max(least_used, min(elapsed - order.spent, 900))))
    if index == order.done and order.used is not None and used is None:
        used = order.used
    return draw(
        st.sampled_from(
            [
                lambda: ro.add(order, new, draw(st.none() | st.just(position))),
                lambda: ro.remove(order, round_id),
                lambda: ro.move(order, round_id, position),
                lambda: ro.change_minutes(order, round_id, minutes),
                lambda: ro.change_length(order, minutes * 3),
                lambda: replan(order, elapsed=elapsed, index=index, used=used).order,
            ]
        )
    )


@given(st.data())
@settings(max_examples=200)
def test_it_adds_up_after_any_deeds_and_nothing_past_ever_changes(data: st.DataObject) -> None:
    template, minutes = data.draw(st.sampled_from(SHIPPED)), data.draw(st.integers(10, 180))
    order = from_template(template, minutes, numbered()).order
    for number in range(data.draw(st.integers(1, 12))):
        deed = data.draw(deeds(order, number))
        try:
            after = deed()
        except UserError:
            continue
        assert_sound(after)
        assert after.rounds[: order.done] == order.rounds[: order.done]
        assert after.done >= order.done
        order = after


@given(st.data())
def test_before_a_session_every_round_is_whole_minutes(data: st.DataObject) -> None:
    order = from_template(data.draw(st.sampled_from(SHIPPED)), data.draw(st.integers(10, 180)), numbered()).order
    for number in range(6):
        at = data.draw(st.sampled_from([one.id for one in order.rounds]))
        minutes = data.draw(st.integers(1, 40))
        for deed in (
            partial(ro.change_minutes, order, at, minutes),
            partial(ro.remove, order, at),
            partial(ro.add, order, new_round(K.PRIDE, f"n{number}")),
        ):
            try:
                order = deed()
            except UserError:
                continue
            assert all(one.seconds % 60 == 0 for one in order.rounds)


@given(
    st.sampled_from(SHIPPED),
    st.integers(10, 180),
    st.floats(0, 1),
    st.integers(0, 6),
    st.none() | st.integers(0, 900),
)
def test_a_replan_is_deterministic_and_leaves_out_only_what_is_to_come(
    template: Template, minutes: int, share: float, index: int, used: int | None
) -> None:
    order = from_template(template, minutes, numbered()).order
    elapsed = int(share * order.seconds)
    assume(index < len(order.rounds))
    assume((used or 0) <= elapsed)

    def once() -> Fitted | str:
        try:
            return replan(order, elapsed=elapsed, index=index, used=used)
        except UserError as refused:
            return str(refused)

    first = once()
    assert once() == first
    if isinstance(first, str):
        needed = (0 if used is None else max(1, used)) + least_seconds(K.CLOSING)
        if order.rounds[index].kind is not K.CLOSING:
            assert order.seconds - (elapsed - (used or 0)) < needed
        return
    assert_sound(first.order)
    assert first.order.rounds[:index] == order.rounds[:index]
    assert first.order.rounds[-1].kind is K.CLOSING
    assert used is None or first.order.rounds[index].id == order.rounds[index].id
    kept, out = {one.id for one in first.order.rounds}, {one.id for one in first.left_out}
    assert kept | out == {one.id for one in order.rounds}
    assert not kept & out
    assert all(one.seconds % 60 == 0 for one in first.order.rounds[index + 1 :])


def test_refusals_and_lengths_read_well() -> None:
    assert [ro.length_in_words(seconds) for seconds in (0, 1, 60, 90, 720)] == [
        "0 minutes",
        "1 second",
        "1 minute",
        "1 minute 30 seconds",
        "12 minutes",
    ]
