"""What the interviewer's window shows at each moment: decided here, painted elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from cqcmock.domain.english import count, shortened
from cqcmock.domain.hearing import NextProbe
from cqcmock.domain.interview import EventKind, Phase
from cqcmock.domain.interviewing import Interviewing, Tap
from cqcmock.domain.modes import Timer
from cqcmock.services import interviewing
from cqcmock.services.live import LiveInterview, may_pause, on_screen

LONGEST_ABOVE = 160
TAPPING = frozenset({Phase.ANSWER, Phase.PROBE, Phase.BETWEEN})
"""The phases in which a tap brings something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewerView:
    """One moment, for the colleague who asks.

    `words` are those on the other screen, and `above` the question that a probe belongs to. `said` is what to do, or
    what the last tap did; `left` how many more probes may be asked. `coming` is, for each tap, what it would bring.
    `taps` says whether there is anything to tap at all here, and `may_tap` whether it can be tapped now.
    """

    caption: str
    words: str
    above: str = ""
    said: str = ""
    left: str = ""
    coming: dict[Tap, str]
    taps: bool = False
    may_tap: bool = False
    may_take_back: bool = False
    forward: str
    pause: str = ""
    clock: bool = False
    strong: tuple[str, ...] = ()
    points: tuple[str, ...] = ()


def interviewer_view_of(live: LiveInterview, typed: str, heard: frozenset[str]) -> InterviewerView:
    """What the interviewer sees now. `typed` stands in the open answer; `heard` are the points heard in it."""
    state, stopped = live.state, live.state.stopped
    now = interviewing.standing(live)
    last_words = state.phase is Phase.LAST_WORDS
    tapping = state.phase in TAPPING and not stopped
    question = live.planned.question
    return InterviewerView(
        caption="Last words" if last_words else f"Question {state.question + 1} of {len(live.plan.questions)}",
        words=on_screen(live),
        above=shortened(question.text, LONGEST_ABOVE) if state.phase is Phase.PROBE else "",
        said=_said(live, now),
        left=_left(now) if tapping else "",
        coming={tap: _would(now, tap, probe) for tap, probe in interviewing.coming(now, heard).items()},
        taps=not last_words and not stopped,
        may_tap=tapping and not now.over,
        may_take_back=interviewing.may_take_back(live, typed),
        forward=_forward(live),
        pause="Pause" if may_pause(live) and not stopped else "",
        clock=live.plan.timer is not Timer.OFF and state.phase is not Phase.BETWEEN and not stopped,
        strong=() if last_words else question.strong,
        points=() if last_words else tuple(point.label for point in question.points),
    )


def _said(live: LiveInterview, now: Interviewing) -> str:
    state = live.state
    if state.stopped:
        stands = "The clock stands still until one of you carries on."
        return stands if state.stopped is EventKind.PAUSED else f"{state.stopped_because} {stands}"
    match state.phase:
        case Phase.PREPARE:
            return "They have a moment to think. Then listen, and tap what you notice."
        case Phase.LAST_WORDS:
            return "Nothing more is asked. Listen to the end."
        case _ if now.over:
            return "Nothing more is asked here. Go on when they have finished."
        case Phase.BETWEEN:
            return "They have finished. Tap what was missing, or go on."
        case _ if not state.taps or state.taps[-1][0] != state.question:
            return "Listen, and tap what you notice. The next question is on both screens at once."
        case _ if now.brought:
            return f"You tapped “{now.last}”, so this is asked now. Once answered, tap “good”; then what is missing."
        case _:
            return now.words


def _left(now: Interviewing) -> str:
    if not now.left:
        return "○ No more follow-up questions here"
    return f"{'●' * now.left}{'○' * (now.most - now.left)} {count(now.left, 'follow-up question')} left"


def _would(now: Interviewing, tap: Tap, probe: NextProbe | None) -> str:
    if now.over:
        return ""
    if probe is not None:
        return f"“{probe.text}”"
    if not now.left or (tap is Tap.GOOD and (now.last is Tap.GOOD or not now.asked)):
        return "Nothing more is asked. Go on when they have finished."
    if tap is Tap.GOOD:
        return f"Nothing more about “{now.asked[-1].tap}”. Something else may still be missing."
    return "That was answered well already." if tap in now.done else "Nothing is left to ask about this."


def _forward(live: LiveInterview) -> str:
    match live.state.phase:
        case _ if live.state.stopped:
            return "Carry on"
        case Phase.PREPARE:
            return "Start the answer"
        case Phase.LAST_WORDS:
            return "Finish the interview"
        case _:
            return "Last words" if live.is_last_question() else "Next question"
