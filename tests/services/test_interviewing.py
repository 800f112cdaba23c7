"""With an interviewer, as it runs: the same taps give the same interview, and so does coming back at any point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cqcmock.domain.interview import Event, EventKind, OutOfOrderError, Phase, fold
from cqcmock.domain.interviewing import Tap
from cqcmock.domain.modes import Mode
from cqcmock.services import interviewing, rehearsing, sittings
from cqcmock.services.live import LiveInterview, may_pause
from cqcmock.settings import Settings
from tests.clocks import HandClock
from tests.domain.worlds import plan
from tests.services.test_live import Kept

if TYPE_CHECKING:
    from cqcmock.services.library import Library

TAKE_BACK, GO_ON, FINISHED, PAUSE = "take back", "go on", "finished", "pause"
TYPED = ("", "We hear people.", "Unpaid carers wait 28 days on average, and I asked for it to be less.")


def begin(*, questions: int = 2, prepare: int = 0, most_probes: int = 3) -> tuple[LiveInterview, HandClock, Kept]:
    clock, kept = HandClock(), Kept()
    chosen = plan(questions=questions, mode=Mode.INTERVIEWER, prepare=prepare, most_probes=most_probes)
    live = LiveInterview(chosen, [], clock.clock, kept)
    live.show_next()
    return live, clock, kept


def do(live: LiveInterview, clock: HandClock, deed: str, typed: str = "") -> None:
    """One thing that one of the two does, if it can be done now."""
    clock.pass_seconds(3)
    if live.state.stopped:
        live.resume()
    if typed and live.can(EventKind.TEXT_SAVED):
        live.save_text(typed)
    text = live.state.open_text
    if deed == TAKE_BACK:
        if interviewing.may_take_back(live, text):
            interviewing.take_back(live)
    elif deed == GO_ON:
        interviewing.go_on(live, text)
    elif deed == FINISHED:
        if live.can(EventKind.ANSWER_ENDED):
            live.end_answer(text)
    elif deed == PAUSE:
        if may_pause(live):
            live.pause()
    elif live.can(EventKind.TAPPED):
        interviewing.tap(live, Tap(deed), text, interviewing.points_heard(live.plan, live.state, clock.clock.today()))


DEEDS = st.lists(
    st.tuples(
        st.sampled_from([*Tap, *Tap, TAKE_BACK, TAKE_BACK, GO_ON, FINISHED, PAUSE]), st.sampled_from(["", *TYPED])
    ),
    max_size=14,
)


def run(deeds: Sequence[tuple[str, str]], *, away_after: int | None = None) -> tuple[LiveInterview, Kept]:
    """The interview of these deeds; after so many of them the program is killed, and somebody comes back."""
    live, clock, kept = begin()
    for number, (deed, typed) in enumerate(deeds):
        if live.state.phase in (Phase.OWN_MARKS, Phase.REFLECTION):
            break
        if number == away_after:
            clock.pass_seconds(5000)
            live = LiveInterview(live.plan, kept.events, clock.clock, kept)
        do(live, clock, deed, typed)
    return live, kept


def words(live: LiveInterview) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Everything asked and said, without the clock."""
    return [
        (take.text, [(probe.text, probe.cue, probe.answer) for probe in take.probes])
        for takes in live.state.takes
        for take in takes
    ]


@given(DEEDS)
@settings(max_examples=150, deadline=None)
def test_the_same_taps_give_the_same_interview(deeds: list[tuple[str, str]]) -> None:
    (one, kept), (two, _) = run(deeds), run(deeds)
    assert one.state == two.state
    assert interviewing.standing(one) == interviewing.standing(two)
    assert fold(kept.events, one.plan) == one.state


@given(DEEDS, st.integers(0, 14))
@settings(max_examples=150, deadline=None)
def test_killed_at_any_point_it_comes_back_as_the_same_interview(deeds: list[tuple[str, str]], after: int) -> None:
    straight, _ = run(deeds)
    interrupted, kept = run(deeds, away_after=after)
    assert words(interrupted) == words(straight)
    assert interrupted.state.taps == straight.state.taps
    assert interviewing.standing(interrupted) == interviewing.standing(straight)
    again = LiveInterview(interrupted.plan, kept.events, HandClock().clock, lambda *_: None)
    assert interviewing.standing(again) == interviewing.standing(interrupted)
    assert replace(again.state, stopped=None, stopped_because="") == replace(
        fold(again.events, again.plan), stopped=None, stopped_because=""
    )


@given(DEEDS, st.sampled_from(Tap))
@settings(max_examples=150, deadline=None)
def test_a_tap_that_is_taken_back_was_never_there(deeds: list[tuple[str, str]], tapped: Tap) -> None:
    live, kept = run(deeds)
    if live.state.stopped or not live.can(EventKind.TAPPED) or interviewing.standing(live).over:
        return
    taps, asked, before = live.state.taps, words(live), interviewing.standing(live)
    interviewing.tap(live, tapped, live.state.open_text)
    assert interviewing.may_take_back(live)
    interviewing.take_back(live)
    assert (live.state.taps, words(live)) == (taps, asked)
    assert interviewing.standing(live) == before
    assert fold(kept.events, live.plan) == live.state


def test_a_tap_ends_the_answer_with_the_words_so_far_and_its_probe_is_on_screen() -> None:
    live, clock, kept = begin()
    clock.pass_seconds(40)
    now = interviewing.tap(live, Tap.NO_EXAMPLE, "We hear from")
    assert now.probe is not None
    assert live.state.phase is Phase.PROBE
    assert live.state.take.probes[-1].text == now.probe.text
    assert (live.state.take.text, live.state.take.answer_seconds) == ("We hear from", 40)
    assert [event.kind for event in kept.events[-4:]] == [
        EventKind.TAPPED,
        EventKind.TEXT_SAVED,
        EventKind.ANSWER_ENDED,
        EventKind.PROBE_ASKED,
    ]


def test_a_tap_after_the_answer_was_ended_asks_on_all_the_same() -> None:
    live, _, _ = begin()
    assert live.end_answer("We do well.") is None
    assert live.state.phase is Phase.BETWEEN
    interviewing.tap(live, Tap.VAGUE)
    assert live.state.phase is Phase.PROBE


def test_a_library_keeps_it_and_its_lists_know_where_it_stands(library: Library) -> None:
    clock = HandClock()
    set_up = replace(rehearsing.default_set_up(library, Settings()), questions=2, mode=Mode.INTERVIEWER, seed=1)
    sitting = rehearsing.start(library, rehearsing.make_plan(library, set_up), "", clock.clock)
    with sittings.recorder(library, sitting.id) as keep:
        live = LiveInterview(sitting.plan, (), clock.clock, keep)
        live.show_next()
        deeds = [GO_ON, Tap.VAGUE, TAKE_BACK, Tap.NO_VOICE, Tap.CLAIM_WITHOUT_DATA, TAKE_BACK, FINISHED, Tap.VAGUE]
        for deed in deeds:
            do(live, clock, deed)
            kept = sittings.load(library, sitting.id)
            assert kept.state == live.state
            (listed,) = sittings.recent(library)
            assert listed.phase is live.state.phase
        again = LiveInterview(kept.plan, kept.events, clock.clock, keep)
        assert interviewing.standing(again) == interviewing.standing(live)
    assert [text for _, text in live.state.taps] == ["no voice", "vague"]


def test_nothing_is_asked_by_the_program_itself() -> None:
    live, _, _ = begin()
    assert live.end_answer("") is None
    assert live.state.take.probes == ()


def test_good_leaves_the_answer_open_until_one_of_the_two_goes_on() -> None:
    live, _, _ = begin()
    now = interviewing.tap(live, Tap.GOOD, "Still speak")
    assert now.over
    assert live.state.phase is Phase.ANSWER
    assert interviewing.tap(live, Tap.VAGUE).words == "This question is over. The next one is due."
    assert live.state.taps == ((0, "good"),)
    interviewing.go_on(live, "Still speaking")
    assert live.state.takes[0][0].text == "Still speaking"
    assert live.state.question == 1


def test_taking_a_probe_back_gives_the_answer_its_words_and_its_clock_again() -> None:
    live, clock, kept = begin()
    clock.pass_seconds(30)
    interviewing.tap(live, Tap.CONTRADICTS, "We hear from carers")
    clock.pass_seconds(6)
    interviewing.take_back(live)
    assert live.state.phase is Phase.ANSWER
    assert (live.state.open_text, live.state.take.probes, live.seconds_used()) == ("We hear from carers", (), 30)
    clock.pass_seconds(10)
    interviewing.tap(live, Tap.VAGUE, "We hear from carers")
    interviewing.tap(live, Tap.NO_VOICE, "In the forum")
    assert live.state.take.answer_seconds == 40
    interviewing.take_back(live)
    assert (live.state.phase, live.state.open_text) == (Phase.PROBE, "In the forum")
    assert [text for _, text in live.state.taps] == ["vague"]
    assert fold(kept.events, live.plan) == live.state


def test_a_probe_that_is_being_answered_cannot_be_taken_back() -> None:
    live, _, _ = begin()
    interviewing.tap(live, Tap.VAGUE)
    assert not interviewing.may_take_back(live, "Well")
    assert interviewing.may_take_back(live, " ")
    live.save_text("Well")
    assert not interviewing.may_take_back(live)
    live.end_answer("Well")
    assert not interviewing.may_take_back(live)


def test_there_is_nothing_to_take_back_at_the_next_question() -> None:
    live, _, _ = begin()
    interviewing.tap(live, Tap.GOOD)
    interviewing.go_on(live)
    assert not interviewing.may_take_back(live)
    with pytest.raises(OutOfOrderError):
        live.tap("taken back")


def test_what_was_asked_that_day_stands_whatever_would_be_asked_now() -> None:
    live, _, kept = begin()
    interviewing.tap(live, Tap.NO_EXAMPLE)
    old = [
        replace(event, text="Asked in other words then?") if event.kind is EventKind.PROBE_ASKED else event
        for event in kept.events
    ]
    again = LiveInterview(live.plan, old, HandClock().clock, lambda *_: None)
    probe = interviewing.standing(again).probe
    assert probe is not None
    assert probe.text == again.state.take.probes[0].text == "Asked in other words then?"


@pytest.mark.parametrize("most", [0, 1, 2])
def test_no_more_probes_are_asked_than_were_planned(most: int) -> None:
    live, _, _ = begin(most_probes=most)
    for number in range(most):
        assert interviewing.standing(live).left == most - number
        interviewing.tap(live, Tap.VAGUE)
    assert len(live.state.take.probes) == most
    assert interviewing.coming(interviewing.standing(live)) == dict.fromkeys(Tap)
    assert interviewing.tap(live, Tap.VAGUE).over
    assert len(live.state.take.probes) == most


def test_what_each_tap_would_bring_is_what_it_brings() -> None:
    for tapped in Tap:
        live, _, _ = begin()
        interviewing.tap(live, Tap.NO_VOICE)
        heard = frozenset({"carers"})
        expected = interviewing.coming(interviewing.standing(live), heard)[tapped]
        now = interviewing.tap(live, tapped, "", heard)
        assert (now.probe if now.brought else None) == expected


def test_points_that_were_typed_are_not_asked_about() -> None:
    live, clock, _ = begin()
    today = clock.clock.today()
    assert interviewing.points_heard(live.plan, live.state, today) == frozenset()
    live.save_text("We hear from unpaid carers.")
    heard = interviewing.points_heard(live.plan, live.state, today)
    assert heard == {"carers"}
    assert interviewing.tap(live, Tap.VAGUE, live.state.open_text, heard).asked[0].probe.point == "waiting"


def test_the_interviewer_can_lead_through_the_whole_interview() -> None:
    live, _, kept = begin(prepare=10)
    phases = [live.state.phase]
    while live.state.phase in (Phase.PREPARE, Phase.ANSWER, Phase.LAST_WORDS):
        interviewing.go_on(live, "Words")
        phases.append(live.state.phase)
    question = [Phase.PREPARE, Phase.ANSWER]
    assert phases == [*question, *question, Phase.LAST_WORDS, Phase.OWN_MARKS]
    assert live.state.last_words == "Words"
    assert isinstance(kept.events[-1], Event)


def test_a_pause_is_possible_anywhere_and_stops_the_taps() -> None:
    live, _, _ = begin()
    live.pause()
    assert not live.can(EventKind.TAPPED)
    assert not interviewing.may_take_back(live)
    interviewing.go_on(live)
    assert live.state.phase is Phase.ANSWER
