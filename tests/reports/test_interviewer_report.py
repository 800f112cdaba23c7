"""What a feedback report says of a rehearsal in which a colleague asked on."""

from __future__ import annotations

from dataclasses import replace

from cqcmock.domain.interview import Event, Phase
from cqcmock.domain.interviewing import Tap
from cqcmock.domain.modes import Mode
from cqcmock.domain.questions import Cue, CueProbe
from cqcmock.domain.sitting import Sitting
from cqcmock.services import interviewing
from cqcmock.services.live import LiveInterview
from tests.clocks import HandClock
from tests.reports.documents import report
from tests.reports.reading import says, squeezed
from tests.reports.sittings import hearings_of, plan_of, point, question, sitting_of

PROBE = "Who told you that?"


def asked_on(answer: str, *replies: tuple[Tap, str]) -> Sitting:
    """One question, answered, and what a colleague tapped with what was said then. The last tap is left unanswered."""
    about = replace(
        question(points=(point("carers", "Unpaid carers"),)), probes=(CueProbe(cue=Cue.NO_VOICE, text=PROBE),)
    )
    clock = HandClock()
    kept: dict[int, Event] = {}
    plan = plan_of([about], mode=Mode.INTERVIEWER)
    live = LiveInterview(plan, (), clock.clock, kept.__setitem__)
    live.show_next()
    if live.state.phase is Phase.PREPARE:
        live.begin_answer()
    live.save_text(answer)
    for tap, said in replies:
        clock.pass_seconds(20)
        interviewing.tap(live, tap, live.state.open_text)
        if said:
            live.save_text(said)
    live.finish(live.state.open_text)
    base = sitting_of([], plan={"mode": Mode.INTERVIEWER})
    return replace(base, plan=plan, events=live.events, state=live.state)


def shown(sitting: Sitting) -> str:
    return squeezed(says(report(sitting)))


def test_it_says_how_the_rehearsal_was_run() -> None:
    words = shown(asked_on("We do well.", (Tap.NO_VOICE, "Carers did.")))
    assert "With an interviewer: a colleague listened and asked on" in words
    assert "Follow-up questions: a colleague listened and tapped what they noticed" in words


def test_each_follow_up_question_has_the_tap_that_brought_it() -> None:
    words = shown(asked_on("We do well.", (Tap.NO_VOICE, "They did."), (Tap.CONTRADICTS, "")))
    assert f"{PROBE} Asked because the interviewer tapped “no voice”." in words
    assert "Asked because the interviewer tapped “contradicts”. No answer was written down." in words
    assert "Tapped by the interviewer: no voice (1 time) and contradicts (1 time)" in words


def test_the_depth_of_each_question_is_there_with_its_reason() -> None:
    said = "Unpaid carers at the forum, 40 of them."
    words = shown(asked_on("We do well.", (Tap.NO_VOICE, said), (Tap.VAGUE, said)))
    assert "Depth 1 of 2: The first follow-up brought “Unpaid carers”" in words
    assert "the second follow-up was answered in the same words as before." in words


def test_where_everybody_spoke_the_interviewers_good_is_the_depth() -> None:
    words = shown(asked_on("", (Tap.NO_VOICE, ""), (Tap.GOOD, ""), (Tap.NO_EXAMPLE, "")))
    assert "Depth 1 of 2: The first follow-up was answered aloud, and the interviewer tapped “good”" in words


def test_where_nothing_was_typed_it_says_so_once_and_how_long_it_took() -> None:
    words = shown(asked_on("", (Tap.NO_VOICE, ""), (Tap.GOOD, ""), (Tap.NO_EXAMPLE, "")))
    assert "Asked because the interviewer tapped “no voice”. It took 40 s; no answer was written down." in words
    assert "Time: 20 s (within the target" in words
    assert " 0 words" not in words
    assert "Nothing was written down" not in words


def test_a_few_words_beside_what_was_said_aloud_do_not_undo_the_interviewers_good() -> None:
    assert "Depth 1 of 1: The first follow-up was answered aloud" in shown(
        asked_on("", (Tap.NO_VOICE, "ask Mary"), (Tap.GOOD, ""))
    )


def test_a_question_without_follow_up_questions_has_no_depth() -> None:
    assert "Depth 0" not in shown(asked_on("We do well.", (Tap.GOOD, "")))


def test_a_rehearsal_without_an_interviewer_says_nothing_of_one() -> None:
    words = shown(sitting_of([]))
    assert "interviewer" not in words
    assert "Depth" not in words


def test_a_list_of_events_from_elsewhere_that_lacks_its_taps_is_reported_all_the_same() -> None:
    sitting = asked_on("We do well.", (Tap.NO_VOICE, "They did."))
    bare = replace(sitting, events=tuple(event for event in sitting.events if event.kind != "tapped"))
    assert "Asked because no words of people themselves were recognised." in shown(bare)


def test_depth_for_the_marks_is_the_depth_of_the_report() -> None:
    sitting = asked_on("We do well.", (Tap.NO_VOICE, "Unpaid carers, 40 of them."))
    depth = interviewing.depth_in(sitting, 0, hearings_of(sitting)[0, 0])
    assert depth is not None
    assert (depth.reached, depth.asked) == (1, 1)
    practice = replace(sitting, plan=replace(sitting.plan, mode=Mode.PRACTICE))
    assert interviewing.depth_in(practice, 0, hearings_of(sitting)[0, 0]) is None
