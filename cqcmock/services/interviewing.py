"""With an interviewer: a colleague's taps, and what they bring, in an interview that runs."""

from __future__ import annotations

from datetime import date

from cqcmock.domain.depth import Depth, depth_of
from cqcmock.domain.hearing import Hearing, NextProbe
from cqcmock.domain.interview import TAKEN_BACK, EventKind, Phase, State
from cqcmock.domain.interviewing import Interviewing, Tap, Tapped, fitting_probes, step, taken_up
from cqcmock.domain.modes import Mode
from cqcmock.domain.plan import Plan
from cqcmock.domain.sitting import Sitting
from cqcmock.services.live import LiveInterview
from cqcmock.services.rehearsing import heard_in

NOTHING: frozenset[str] = frozenset()
"""Heard where nothing was typed."""


def standing(live: LiveInterview) -> Interviewing:
    """Where the interviewer is with the question on screen."""
    return taken_up(live.planned.question, live.state.question, live.events, live.plan.most_probes)


def tap(live: LiveInterview, tapped: Tap, text: str = "", heard: frozenset[str] = NOTHING) -> Interviewing:
    """Tap what was heard; what comes of it is on screen when this returns, and kept like everything else.

    `text` is what is typed in the open answer by now: where a probe comes, that answer ends with it. `heard` are the
    ids of the points heard by now. Once the question is over, a tap changes nothing.
    """
    before = standing(live)
    now = step(before, Tapped(tap=tapped, heard=heard))
    if before.over:
        return now
    live.tap(tapped.value)
    if now.brought:
        if live.state.phase in (Phase.ANSWER, Phase.PROBE):
            live.end_answer(text, ask_on=False)
        live.ask(now.asked[-1].probe)
    return now


def may_take_back(live: LiveInterview, text: str = "") -> bool:
    """Whether the last tap can be taken back: not once its probe was answered, with `text` or aloud."""
    if not live.can(EventKind.TAPPED) or live.state.question not in dict(live.state.taps[-1:]):
        return False
    if not standing(live).brought:
        return True
    return live.state.phase is Phase.PROBE and not text.strip() and not live.state.open_text.strip()


def take_back(live: LiveInterview) -> None:
    """Take the last tap back, and the probe that it brought: what came before is on screen again, with its words."""
    brought = standing(live).brought
    live.tap(TAKEN_BACK)
    if not brought:
        return
    before = live.state.take.probes[:-1]
    if before:
        live.ask(NextProbe(cue=before[-1].cue, text=before[-1].text, point=before[-1].point))
    else:
        live.begin_answer()


def go_on(live: LiveInterview, text: str = "") -> None:
    """From wherever the interview is to what comes next: to the answer, to the next question, to the end.

    `text` is what is typed in the open answer.
    """
    match live.state.phase:
        case _ if live.state.stopped:
            live.resume()
        case Phase.PREPARE:
            live.begin_answer()
        case Phase.LAST_WORDS:
            live.finish(text)
        case phase:
            if phase is not Phase.BETWEEN:
                live.end_answer(text, ask_on=False)
            if live.is_last_question():
                live.ask_last_words()
            else:
                live.show_next()


def coming(now: Interviewing, heard: frozenset[str] = NOTHING) -> dict[Tap, NextProbe | None]:
    """The probe that each tap would bring now, or None."""
    probes = {}
    for each in Tap:
        may_come = now.left and each not in now.done
        probes[each] = next(fitting_probes(now, Tapped(tap=each, heard=heard)), None) if may_come else None
    return probes


def points_heard(plan: Plan, state: State, on: date) -> frozenset[str]:
    """The ids of the points heard in what was typed to the question on screen."""
    if state.question < 0 or not state.take.spoken.strip():
        return NOTHING
    hearing = heard_in(plan, state, state.question, len(state.takes[state.question]) - 1, on)
    return frozenset(point.id for point in hearing.points if point.counts)


def depth_in(sitting: Sitting, question: int, hearing: Hearing) -> Depth | None:
    """How deep one question of a sitting went, or None where no interviewer asked on. `hearing` is of its last take."""
    plan, takes = sitting.plan, sitting.state.takes[question]
    if plan.mode is not Mode.INTERVIEWER or not takes[-1].probes:
        return None
    now = taken_up(plan.questions[question].question, question, sitting.events, plan.most_probes)
    return depth_of(now, takes[-1], hearing)
