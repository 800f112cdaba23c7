"""With an interviewer: a colleague asks, taps what they hear, and each tap brings the probe that fits it.

A tap is what an assessor would think on hearing the answer, and always leads to a probe in the same order, first come
first served, none of them twice in a question and three at the most:

    vague               the question's `vague` probes, its points that were not heard (the weightiest first), its
                        `always` probes, then plain ones
    no example          its `no-example` probes, then plain ones
    claim without data  its `no-number` probes, then "How do you know?", its `in-progress` probes (by when could it be
                        known), then more plain ones
    no voice            its `no-voice` probes, then plain ones
    contradicts         plain ones only: no question can know beforehand what will be contradicted
    good                on the answer itself, or a second time running: on to the next question; on the answer to a
                        probe: nothing more of that kind is asked, and another kind may be tapped

The plain probes stand below, as many of each kind as can be asked. Nothing here is chance, and no clock is read:
the same taps (with the same points heard) give the same interview, and undoing a tap is leaving it out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import reduce
from typing import Final

from cqcmock.domain.english import count
from cqcmock.domain.hearing import MISSING_POINT, NextProbe
from cqcmock.domain.interview import TAKEN_BACK, Event, EventKind
from cqcmock.domain.plan import MOST_PROBES
from cqcmock.domain.questions import Cue, Question


class Tap(StrEnum):
    """What the interviewer taps, in the words that a sitting keeps (`EventKind.TAPPED`) and a report prints."""

    VAGUE = "vague"
    NO_EXAMPLE = "no example"
    CLAIM_WITHOUT_DATA = "claim without data"
    NO_VOICE = "no voice"
    CONTRADICTS = "contradicts"
    GOOD = "good"


CUE_OF: Final[dict[Tap, str]] = {
    Tap.VAGUE: Cue.VAGUE,
    Tap.NO_EXAMPLE: Cue.NO_EXAMPLE,
    Tap.CLAIM_WITHOUT_DATA: Cue.NO_NUMBER,
    Tap.NO_VOICE: Cue.NO_VOICE,
    Tap.CONTRADICTS: "contradicts",
}
"""The reason that is kept with a plain probe. "contradicts" is no cue of a bank: only a person can hear it."""

PLAIN: Final[dict[Tap, tuple[str, ...]]] = {
    Tap.VAGUE: (
        "What does that look like on an ordinary day?",
        "Who does what, and when?",
        "What would I see for myself if I came along tomorrow?",
    ),
    Tap.NO_EXAMPLE: (
        "Can you tell me about one time when that happened?",
        "Think of one person, without naming them. What was different for them?",
        "When did you last see that for yourself?",
    ),
    Tap.CLAIM_WITHOUT_DATA: (
        "How do you know?",
        "Which figure would show me that, and how old is it?",
        "How does that compare with last year, or with councils like yours?",
    ),
    Tap.NO_VOICE: (
        "What do the people it is meant for say about it?",
        "How did you hear that from them?",
        "What has somebody told you that made you change something?",
    ),
    Tap.CONTRADICTS: (
        "I have also heard it told another way. How do the two fit together?",
        "What would explain the difference?",
        "Which of the two would I find if I looked tomorrow?",
    ),
}
"""Asked where the question has none of its own left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tapped:
    """One tap. `heard` are the ids of the points heard by then, where the answer was typed: nobody asks for them."""

    tap: Tap
    heard: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A probe that was asked, the tap that brought it, and whether its answer was tapped "good"."""

    tap: Tap
    probe: NextProbe
    good: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Interviewing:
    """Where the interview about one question stands.

    `done` are the kinds that were tapped "good": they bring no more probes. `over` says that the next question is due.
    `words` say what the last tap did, for the interviewer's window, and `brought` whether it brought a probe. `most` is
    how many probes were planned at most.
    """

    question: Question
    most: int = MOST_PROBES
    asked: tuple[Asked, ...] = ()
    done: frozenset[Tap] = frozenset()
    over: bool = False
    last: Tap | None = None
    brought: bool = False
    words: str = ""

    @property
    def probe(self) -> NextProbe | None:
        """The probe on screen, or None while the question itself is."""
        return self.asked[-1].probe if self.asked else None

    @property
    def left(self) -> int:
        """How many more probes may be asked."""
        return 0 if self.over else self.most - len(self.asked)


def interviewed(question: Question, taps: Iterable[Tap | Tapped], most: int = MOST_PROBES) -> Interviewing:
    """The interview that these taps lead to. `question` comes with the names of its place filled in."""
    return reduce(step, taps, Interviewing(question=question, most=most))


def step(now: Interviewing, tap: Tap | Tapped) -> Interviewing:
    """The interview after one more tap. A tap that comes when the question is over changes nothing but `words`."""
    given = tap if isinstance(tap, Tapped) else Tapped(tap=tap)
    return _tapped(now, given.tap, next(fitting_probes(now, given), None))


def _tapped(now: Interviewing, tap: Tap, probe: NextProbe | None) -> Interviewing:
    now = replace(now, brought=False)
    if now.over:
        return replace(now, words="This question is over. The next one is due.")
    if tap is Tap.GOOD:
        return _after_good(now)
    if not now.left:
        most = count(now.most, "follow-up question")
        return replace(now, last=tap, over=True, words=f"That was the most: {most}. On to the next question.")
    if tap in now.done:
        return replace(now, last=tap, words=f"“{tap}” was answered well already, so nothing more is asked.")
    if probe is None:
        return replace(now, last=tap, words=f"No question about “{tap}” is left. Tap something else.")
    asked = (*now.asked, Asked(tap=tap, probe=probe))
    return replace(now, asked=asked, last=tap, brought=True, words=f"Asked: {probe.text}")


def taken_up(question: Question, position: int, events: Iterable[Event], most: int = MOST_PROBES) -> Interviewing:
    """The interview about the question at `position`, as it stands after these events of a sitting.

    The probes are those that were asked that day, whatever would be asked of the same answer now.
    """
    kept: list[tuple[Tap, NextProbe | None]] = []
    on_screen, taken_back = -1, False
    for event in events:
        if event.kind is EventKind.QUESTION_SHOWN:
            on_screen = event.question if event.question is not None else -1
        elif on_screen != position:
            continue
        elif event.kind is EventKind.TAPPED:
            taken_back = event.text == TAKEN_BACK
            if taken_back:
                del kept[-1:]
            elif event.text in set(Tap):
                kept.append((Tap(event.text), None))
        elif event.kind is EventKind.PROBE_ASKED and kept and not taken_back:  # else it only came on screen again
            kept[-1] = (kept[-1][0], NextProbe(cue=event.cue, text=event.text, point=event.point))
    return as_kept(question, kept, most)


def as_kept(question: Question, kept: Iterable[tuple[Tap, NextProbe | None]], most: int = MOST_PROBES) -> Interviewing:
    """The interview that these taps led to, with the probes that they brought that day."""
    begun = Interviewing(question=question, most=most)
    return reduce(lambda now, tapped: _tapped(now, *tapped), kept, begun)


def _after_good(now: Interviewing) -> Interviewing:
    asked, done = now.asked, now.done
    if asked:
        asked, done = (*asked[:-1], replace(asked[-1], good=True)), done | {asked[-1].tap}
    if not asked or now.last is Tap.GOOD or not now.left:
        return replace(now, asked=asked, done=done, last=Tap.GOOD, over=True, words="On to the next question.")
    words = f"Nothing more about “{asked[-1].tap}”. Tap what is still missing, or “good” again to go on."
    return replace(now, asked=asked, done=done, last=Tap.GOOD, words=words)


def fitting_probes(now: Interviewing, tapped: Tapped) -> Iterator[NextProbe]:
    """What a tap would bring, in order, leaving out whatever was asked in this question. Empty for "good"."""
    used = {folded(now.question.text), *(folded(asked.probe.text) for asked in now.asked)}
    for probe in _in_order(now.question, tapped):
        if (sound := folded(probe.text)) not in used:
            used.add(sound)
            yield probe


def _in_order(question: Question, tapped: Tapped) -> Iterator[NextProbe]:
    tap = tapped.tap
    if tap is Tap.GOOD:
        return
    plain = [NextProbe(cue=CUE_OF[tap], text=text) for text in PLAIN[tap]]
    match tap:
        case Tap.VAGUE:
            yield from _of(question, Cue.VAGUE)
            yield from _points(question, tapped.heard)
            yield from _of(question, Cue.ALWAYS)
        case Tap.NO_EXAMPLE:
            yield from _of(question, Cue.NO_EXAMPLE)
        case Tap.CLAIM_WITHOUT_DATA:
            yield from _of(question, Cue.NO_NUMBER)
            yield plain[0]
            yield from _of(question, Cue.IN_PROGRESS)
        case Tap.NO_VOICE:
            yield from _of(question, Cue.NO_VOICE)
    yield from plain


def _of(question: Question, cue: Cue) -> Iterator[NextProbe]:
    return (NextProbe(cue=cue, text=probe.text) for probe in question.probes if probe.cue is cue)


def _points(question: Question, heard: frozenset[str]) -> Iterator[NextProbe]:
    for point in sorted(question.points, key=lambda point: -point.weight):
        if point.id not in heard:
            yield NextProbe(cue=MISSING_POINT, text=point.probe, point=point.id)


def folded(text: str) -> str:
    """The text as it sounds: letters and figures only, so that a full stop makes no new probe."""
    return " ".join(re.findall(r"\w+", text.casefold()))
