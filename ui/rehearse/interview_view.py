"""What the interview screen shows at each moment: decided here, painted elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from cqcmock.domain.interview import LAST_WORDS_QUESTION, EventKind, Phase
from cqcmock.domain.modes import Mode, Timer
from cqcmock.services import interviewing
from cqcmock.services.live import LiveInterview, may_pause

TICK_MS = 200
"""How long the screen waits at most before it looks at the clock again; less where a second is due before."""

NO_MORE = "There are no more follow-up questions here. Take the time you need."
MAY_ASK_ON = "Your interviewer may ask on, or go to the next question."


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewView:
    """One moment of the interview, in words and switches.

    `above` is the question that a probe belongs to. `forward` names the primary button.
    """

    caption: str
    words: str
    above: str = ""
    advice: str = ""
    forward: str
    editing: bool = False
    stopped: bool = False
    clock: bool = False
    pause: bool = False
    hint: bool = False
    note: bool = False
    again: bool = False
    heard: bool = False
    end: bool = False


def view_of(live: LiveInterview) -> InterviewView:
    """What is on screen now."""
    if live.state.stopped:
        return _stopped(live)
    practice = live.plan.mode is Mode.PRACTICE
    match live.state.phase:
        case Phase.PREPARE:
            return InterviewView(
                caption=_caption(live),
                words=live.planned.question.text,
                advice="Take a moment to think. You can start whenever you like.",
                forward="Start answering",
                clock=live.plan.timer is not Timer.OFF,
                pause=may_pause(live),
                hint=practice,
                note=practice,
                end=True,
            )
        case Phase.ANSWER | Phase.PROBE:
            probing = live.state.phase is Phase.PROBE
            return InterviewView(
                caption=_caption(live),
                words=live.state.take.probes[-1].text if probing else live.planned.question.text,
                above=live.planned.question.text if probing else "",
                advice=NO_MORE if _heard_enough(live) else "",
                forward="I have finished",
                editing=True,
                clock=live.plan.timer is not Timer.OFF,
                pause=may_pause(live),
                hint=practice,
                note=practice,
                end=True,
            )
        case Phase.LAST_WORDS:
            return InterviewView(
                caption="Last words",
                words=LAST_WORDS_QUESTION,
                forward="Finish the interview",
                editing=True,
                clock=live.plan.timer is not Timer.OFF,
                pause=may_pause(live),
            )
        case _:
            return _between(live, practice)


def _between(live: LiveInterview, practice: bool) -> InterviewView:
    last = live.is_last_question()
    asked_on = live.plan.mode is Mode.INTERVIEWER and not _heard_enough(live)
    ready = "When you are ready, the last words come next." if last else "The next question comes when you are ready."
    return InterviewView(
        caption=_caption(live),
        words="That answer is done.",
        above=live.planned.question.text,
        advice=MAY_ASK_ON if asked_on else ready,
        forward="Last words" if last else "Next question",
        pause=may_pause(live),
        note=practice,
        again=practice,
        heard=practice,
        end=not last,
    )


def _heard_enough(live: LiveInterview) -> bool:
    return live.plan.mode is Mode.INTERVIEWER and interviewing.standing(live).over


def _stopped(live: LiveInterview) -> InterviewView:
    paused = live.state.stopped is EventKind.PAUSED
    return InterviewView(
        caption=_caption(live),
        words="Paused" if paused else "Welcome back",
        above=live.planned.question.text,
        advice=(
            "The clock stands still. Take the time you need."
            if paused
            else f"{live.state.stopped_because} The clock was stopped, and every word that was saved is here."
        ),
        forward="Carry on",
        stopped=True,
        end=True,
    )


def _caption(live: LiveInterview) -> str:
    if live.state.phase is Phase.LAST_WORDS:
        return "Last words"
    place = f"Question {live.state.question + 1} of {len(live.plan.questions)}"
    themes = [live.plan.theme_names.get(theme, theme) for theme in live.planned.question.themes]
    shown = [place, themes[0]] if themes else [place]
    if live.state.phase is Phase.PROBE:
        shown.append("a follow-up question")
    elif live.state.phase is Phase.ANSWER and len(live.state.takes[live.state.question]) > 1:
        shown.append(f"take {len(live.state.takes[live.state.question])}")
    return " · ".join(shown)


def until_next_look(live: LiveInterview) -> int:
    """Milliseconds until the clock is to be looked at again: just after its next whole second, if that comes first."""
    if live.state.running_since is None:
        return TICK_MS
    return min(TICK_MS, int((1.0 - live.seconds_used() % 1.0) * 1000) + 1)
