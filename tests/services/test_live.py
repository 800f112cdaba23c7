"""A running interview: probes follow from what was not heard, and time away is nobody's fault."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from cqcmock.domain.hearing import MISSING_POINT, POINT
from cqcmock.domain.interview import Event, EventKind, Light, OutOfOrderError, Phase, fold
from cqcmock.domain.modes import Mode
from cqcmock.domain.plan import Plan
from cqcmock.reports.at_a_glance import at_a_glance
from cqcmock.services import live as live_module
from cqcmock.services import rehearsing, reports, scripted, sittings
from cqcmock.services.live import LiveInterview, on_screen
from cqcmock.settings import Settings
from tests.clocks import HandClock
from tests.domain.worlds import plan
from tests.reports.reading import says

if TYPE_CHECKING:
    from cqcmock.services.library import Library


class Kept:
    """What a store would hold: one event for each position."""

    def __init__(self) -> None:
        self.by_position: dict[int, Event] = {}

    def __call__(self, position: int, event: Event) -> None:
        self.by_position[position] = event

    @property
    def events(self) -> list[Event]:
        return [self.by_position[position] for position in sorted(self.by_position)]


def begin(chosen: Plan) -> tuple[LiveInterview, HandClock, Kept]:
    clock, kept = HandClock(), Kept()
    live = LiveInterview(chosen, [], clock.clock, kept)
    live.show_next()
    return live, clock, kept


def test_the_first_probe_is_about_the_point_with_the_fewest_words_heard() -> None:
    live, clock, _ = begin(plan(prepare=0))
    clock.pass_seconds(30)
    probe = live.end_answer("I challenged the average, and there are days when it is better.")
    assert probe is not None
    assert (probe.cue, probe.point) == (MISSING_POINT, "carers")
    assert live.state.phase is Phase.PROBE
    assert on_screen(live) == "And unpaid carers?"


def test_a_point_heard_in_answer_to_a_probe_is_not_asked_about_again() -> None:
    live, _, _ = begin(plan(prepare=0))
    live.end_answer("We do well.")
    second = live.end_answer("Unpaid carers tell us, and the median wait is down. I asked for it.")
    assert second is not None
    assert second.cue == "always"
    assert live.end_answer("Next is spring.") is None
    assert live.state.phase is Phase.BETWEEN


def test_at_most_three_probes_are_asked_however_little_is_said() -> None:
    live, _, _ = begin(plan(prepare=0))
    live.end_answer("")
    live.end_answer("")
    live.end_answer("")
    assert live.state.phase is Phase.PROBE
    assert live.end_answer("") is None
    assert len(live.state.take.probes) == 3


def test_the_same_answers_get_the_same_probes() -> None:
    runs = []
    for _ in range(2):
        live, _, _ = begin(plan(prepare=0))
        for text in ("We hear from a family carer.", "I asked for more.", "", ""):
            if live.state.phase in (Phase.ANSWER, Phase.PROBE):
                live.end_answer(text)
        runs.append([probe.text for probe in live.state.take.probes])
    assert runs[0] == runs[1]
    assert runs[0]


def test_what_was_kept_reads_back_as_the_same_interview() -> None:
    live, clock, kept = begin(plan())
    clock.pass_seconds(5)
    live.begin_answer()
    for text in ("We", "We hear", "We hear people"):
        clock.pass_seconds(1)
        live.save_text(text)
    live.end_answer("We hear people")
    assert fold(kept.events, live.plan) == live.state
    saves = [event for event in kept.events if event.kind is EventKind.TEXT_SAVED]
    assert [event.text for event in saves] == ["We hear people"]


def test_after_a_kill_the_interview_stands_where_it_was_with_its_clock_stopped() -> None:
    live, clock, kept = begin(plan(prepare=0))
    clock.pass_seconds(40)
    live.save_text("We hear")
    clock.pass_seconds(500)  # killed here; nothing more is written

    reopened = LiveInterview(live.plan, kept.events, clock.clock, kept)
    assert reopened.state.stopped is EventKind.INTERRUPTED
    assert reopened.state.open_text == "We hear"
    assert reopened.seconds_used() == pytest.approx(40)
    reopened.resume()
    clock.pass_seconds(10)
    assert reopened.seconds_used() == pytest.approx(50)


@pytest.mark.parametrize("asleep_like", ["linux", "windows", "clock set back"])
def test_sleep_or_a_changed_clock_stops_the_interview_at_the_last_tick(asleep_like: str) -> None:
    live, clock, _ = begin(plan(prepare=0))
    for _ in range(40):
        clock.pass_seconds(0.25)
        assert not live.tick()
    match asleep_like:
        case "linux":
            clock.sleep_like_linux(3600)
        case "windows":
            clock.pass_seconds(3600)
        case _:
            clock.sleep_like_linux(-3600)
    assert live.tick()
    assert live.state.stopped is EventKind.INTERRUPTED
    assert live.seconds_used() == pytest.approx(10)
    live.resume()
    clock.pass_seconds(2)
    assert not live.tick()
    assert live.seconds_used() == pytest.approx(12)


def test_overtime_is_measured_and_never_cut_off() -> None:
    live, clock, _ = begin(plan(prepare=0))
    clock.pass_seconds(4)
    assert live.light() is Light.IN_HAND
    clock.pass_seconds(60)
    assert live.light() is Light.WRAP_UP
    clock.pass_seconds(1000)
    assert live.light() is Light.OVER
    live.end_answer("Still talking")
    assert live.state.take.answer_seconds == pytest.approx(1064)


def test_a_realistic_answer_cannot_be_paused() -> None:
    live, _, _ = begin(plan(mode=Mode.REALISTIC, prepare=0))
    assert not live_module.may_pause(live)
    with pytest.raises(OutOfOrderError):
        live.pause()


def test_leaving_in_mid_answer_can_be_taken_up_again() -> None:
    live, clock, kept = begin(plan(mode=Mode.REALISTIC, prepare=0))
    clock.pass_seconds(20)
    live.save_text("We")
    live.leave()
    reopened = LiveInterview(live.plan, kept.events, clock.clock, kept)
    assert reopened.state.stopped_because == live_module.LEFT
    reopened.resume()
    assert reopened.state.open_text == "We"


def test_finishing_early_keeps_what_was_typed() -> None:
    live, _, kept = begin(plan(prepare=0))
    live.finish("Half a thought")
    assert live.state.phase is Phase.OWN_MARKS
    assert fold(kept.events, live.plan).take.text == "Half a thought"


def test_a_part_that_is_played_is_not_marked(library: Library) -> None:
    clock = HandClock().clock
    set_up = replace(rehearsing.default_set_up(library, Settings(), "unpaid-carer"), questions=1, seed=1)
    outcome = scripted.rehearse(library, set_up, [("I look after my mother.",)], None, clock)
    sitting = sittings.load(library, outcome.sitting.id)
    assert not sitting.plan.scored
    assert sitting.state.phase in (Phase.REFLECTION, Phase.DONE)
    assert sitting.sheet.answers == {}
    glance = says(at_a_glance(sitting, reports.hearings_of(sitting)))
    assert "Own marks" not in glance + says(reports.feedback_content(sitting, Settings(), clock.today()))


def test_overruling_a_point_changes_what_is_asked_next_and_can_be_taken_back() -> None:
    live, _clock, kept = begin(plan(prepare=0))
    live.end_answer("We are a place.")
    live.end_answer("", ask_on=False)
    following = live.next_probe()
    assert following is not None
    live.overrule(POINT, following.point)
    after = live.next_probe()
    assert after != following
    assert [point.counts for point in live.hearing().points if point.id == following.point] == [True]
    live.overrule(POINT, following.point)
    assert live.next_probe() == following
    assert fold(kept.events, live.plan) == live.state
