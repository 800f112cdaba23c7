"""An interview is a list of events, and what a screen shows is a fold over that list.

Events are only ever added at the end. One exception keeps the list short and forgets what somebody took back:
a save that directly follows another of the same answer or note takes its place (`supersedes`).
Nothing here reads a clock: every event brings its own time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import reduce

from cqcmock.domain.hearing import Overruling
from cqcmock.domain.lights import Light as Light
from cqcmock.domain.lights import light as light
from cqcmock.domain.lights import unexplained_gap as unexplained_gap
from cqcmock.domain.modes import Mode
from cqcmock.domain.plan import Plan, Timing


class EventKind(StrEnum):
    """Everything that can happen in a sitting."""

    QUESTION_SHOWN = "question-shown"
    PREPARATION_STARTED = "preparation-started"
    ANSWERING_STARTED = "answering-started"
    TEXT_SAVED = "text-saved"
    PROBE_ASKED = "probe-asked"
    ANSWER_ENDED = "answer-ended"
    NOTE_SAVED = "note-saved"
    TAPPED = "tapped"
    PAUSED = "paused"
    RESUMED = "resumed"
    INTERRUPTED = "interrupted"
    LAST_WORDS_ASKED = "last-words-asked"
    FINISHED = "finished"
    OVERRULED = "overruled"
    MARKS_GIVEN = "marks-given"
    REFLECTION_WRITTEN = "reflection-written"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened: `at` in seconds of monotonic time since the sitting began, `wall` in UTC.

    `question` is a position in the plan. `text` is what was typed, asked, noted, tapped, or the reason
    of an interruption; `cue` and `point` say why a probe was asked. Where a finding is overruled, `cue` is its kind
    and `text` its key. A tap whose text is `TAKEN_BACK` takes back the tap before it.
    """

    kind: EventKind
    at: float
    wall: datetime
    question: int | None = None
    text: str = ""
    cue: str = ""
    point: str = ""


class Phase(StrEnum):
    """Where a sitting is."""

    PREPARE = "prepare"
    ANSWER = "answer"
    PROBE = "probe"
    BETWEEN = "between"
    LAST_WORDS = "last-words"
    OWN_MARKS = "own-marks"
    REFLECTION = "reflection"
    DONE = "done"


SPEAKING = frozenset({Phase.ANSWER, Phase.PROBE, Phase.LAST_WORDS})
"""The phases in which somebody is answering."""

ON_AIR = frozenset({Phase.PREPARE, Phase.ANSWER, Phase.PROBE, Phase.BETWEEN, Phase.LAST_WORDS})
"""The phases of the interview itself."""


LAST_WORDS_QUESTION = "Is there anything you would like to add?"
"""Asked at the end of every interview."""

TAKEN_BACK = "taken back"
"""Tapped by an interviewer who tapped the wrong thing."""

PARTS_JOINED_BY = "\n\n"
"""What stands between an answer and the answers to its probes where they are one text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeAnswer:
    """A follow-up question, why it was asked, and what was answered."""

    text: str
    cue: str
    point: str = ""
    answer: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """One go at one question. Seconds leave out pauses and interruptions."""

    text: str = ""
    prepare_seconds: float = 0.0
    answer_seconds: float = 0.0
    probes: tuple[ProbeAnswer, ...] = ()
    ended: bool = False

    @property
    def everything_said(self) -> tuple[str, ...]:
        """The answer, then the answers to its probes, in order."""
        return (self.text, *(probe.answer for probe in self.probes))

    @property
    def spoken(self) -> str:
        """Everything said as one text: what is listened to, and what the spans of a hearing count in."""
        return PARTS_JOINED_BY.join(self.everything_said)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What the events so far amount to.

    `used` and `running_since` are the clock of the open preparation or answer, in seconds: it stands still
    while `running_since` is None. `stopped` is why it stands still: `paused`, `interrupted` or nothing.
    """

    phase: Phase = Phase.BETWEEN
    question: int = -1
    takes: tuple[tuple[Take, ...], ...] = ()
    last_words: str = ""
    last_words_seconds: float = 0.0
    notes: tuple[tuple[int, str], ...] = ()
    taps: tuple[tuple[int, str], ...] = ()
    overrulings: tuple[tuple[int, int, Overruling], ...] = ()
    stopped: EventKind | None = None
    stopped_because: str = ""
    used: float = 0.0
    running_since: float | None = None
    last_at: float = 0.0

    def seconds_used(self, at: float) -> float:
        """Seconds that the open preparation or answer has taken by the time `at`."""
        return self.used + (at - self.running_since if self.running_since is not None else 0.0)

    @property
    def take(self) -> Take:
        """The open or latest go at the question on screen."""
        return self.takes[self.question][-1]

    @property
    def open_text(self) -> str:
        """The text in the open answer."""
        match self.phase:
            case Phase.ANSWER:
                return self.take.text
            case Phase.PROBE:
                return self.take.probes[-1].answer
            case Phase.LAST_WORDS:
                return self.last_words
            case _:
                return ""

    def overruled(self, question: int, take: int) -> frozenset[Overruling]:
        """What the person has overruled of the findings in one take."""
        return frozenset(said for at, number, said in self.overrulings if (at, number) == (question, take))

    def note(self, question: int) -> str:
        """The note kept beside a question."""
        return next((text for position, text in self.notes if position == question), "")


class OutOfOrderError(Exception):
    """An event that cannot happen now: a mistake of the program, never of a person."""


def allowed(state: State, plan: Plan) -> frozenset[EventKind]:
    """The kinds of event that may come next."""
    if state.phase not in ON_AIR:
        return {
            Phase.OWN_MARKS: frozenset({EventKind.MARKS_GIVEN, EventKind.NOTE_SAVED, EventKind.OVERRULED}),
            Phase.REFLECTION: frozenset({EventKind.REFLECTION_WRITTEN, EventKind.NOTE_SAVED, EventKind.OVERRULED}),
            Phase.DONE: frozenset({EventKind.NOTE_SAVED, EventKind.OVERRULED}),
        }[state.phase]
    if state.stopped:  # what was typed just before the clock stopped may still be on its way to the disk
        typed = {EventKind.TEXT_SAVED} if state.phase in SPEAKING else set()
        return frozenset({EventKind.RESUMED, EventKind.NOTE_SAVED, EventKind.FINISHED} | typed)
    begun = state.question >= 0
    kinds = {EventKind.INTERRUPTED, EventKind.FINISHED} if begun else set()
    if begun:
        kinds |= _of_mode(state, plan.mode)
    match state.phase:
        case Phase.PREPARE:
            kinds.add(EventKind.ANSWERING_STARTED)
            if state.running_since is None:
                kinds.add(EventKind.PREPARATION_STARTED)
        case Phase.ANSWER | Phase.PROBE:
            kinds |= {EventKind.TEXT_SAVED, EventKind.ANSWER_ENDED}
        case Phase.LAST_WORDS:
            kinds.add(EventKind.TEXT_SAVED)
        case Phase.BETWEEN:
            kinds.add(EventKind.QUESTION_SHOWN)
            if begun:
                kinds |= {EventKind.PAUSED, EventKind.LAST_WORDS_ASKED}
                if plan.mode is Mode.PRACTICE:
                    kinds.add(EventKind.OVERRULED)
                if len(state.take.probes) < plan.most_probes:
                    kinds.add(EventKind.PROBE_ASKED)
    return frozenset(kinds)


def _of_mode(state: State, mode: Mode) -> set[EventKind]:
    """What may come next in one way of rehearsing and not in every other."""
    if mode is Mode.PRACTICE:
        return {EventKind.NOTE_SAVED, EventKind.TAPPED, EventKind.PAUSED}
    if mode is Mode.REALISTIC:
        return set()
    kinds = {EventKind.PAUSED}
    if state.phase in (Phase.ANSWER, Phase.PROBE, Phase.BETWEEN):
        kinds.add(EventKind.TAPPED)
    if state.phase is Phase.PROBE and not state.open_text.strip():  # what came before it is taken up again
        kinds.add(EventKind.PROBE_ASKED if state.take.probes[1:] else EventKind.ANSWERING_STARTED)
    return kinds


def check(state: State, event: Event, plan: Plan) -> None:
    """Raise OutOfOrderError if this event cannot come next."""
    if event.kind not in allowed(state, plan):
        raise OutOfOrderError(f"{event.kind} cannot follow in phase {state.phase} (stopped: {state.stopped})")
    if event.at < state.last_at:
        raise OutOfOrderError(f"{event.kind} at {event.at} s comes before the event at {state.last_at} s")
    if event.kind is EventKind.OVERRULED and not 0 <= (event.question or 0) < len(state.takes):
        raise OutOfOrderError(f"nothing has been said yet to question {event.question}")
    if event.text == TAKEN_BACK and event.kind is EventKind.TAPPED and state.question not in dict(state.taps[-1:]):
        raise OutOfOrderError(f"nothing was tapped yet at question {state.question}")
    if event.kind is EventKind.QUESTION_SHOWN:
        again = event.question == state.question and plan.mode is Mode.PRACTICE
        following = event.question == state.question + 1 and event.question < len(plan.questions)
        if not (following or (again and state.question >= 0)):
            raise OutOfOrderError(f"question {event.question} cannot follow question {state.question}")


REPLACEABLE = frozenset({EventKind.TEXT_SAVED, EventKind.NOTE_SAVED})
"""What a later save of the same text takes the place of."""


def supersedes(event: Event, before: Event | None) -> bool:
    """Whether this event takes the place of the one directly before it: a later save of the same answer or note."""
    return (
        before is not None
        and event.kind in REPLACEABLE
        and event.kind is before.kind
        and event.question == before.question
    )


def fold(events: Iterable[Event], plan: Plan) -> State:
    """The state that these events lead to. Raises OutOfOrderError where they cannot have happened."""
    return reduce(lambda state, event: step(state, event, plan), events, State())


def step(state: State, event: Event, plan: Plan) -> State:
    """The state after one more event."""
    check(state, event, plan)
    return replace(_changed(state, event, plan), last_at=event.at)


def _changed(state: State, event: Event, plan: Plan) -> State:  # noqa: C901 - one flat case an event
    match event.kind:
        case EventKind.QUESTION_SHOWN:
            assert event.question is not None
            takes = state.takes
            if event.question == len(takes):
                takes = (*takes, ())
            takes = (*takes[:-1], (*takes[-1], Take()))
            return replace(
                state, phase=Phase.PREPARE, question=event.question, takes=takes, used=0.0, running_since=None
            )
        case EventKind.PREPARATION_STARTED:
            return replace(state, used=0.0, running_since=event.at)
        case EventKind.ANSWERING_STARTED | EventKind.PROBE_ASKED if state.phase is Phase.PROBE:
            return _probe_taken_back(state, event.at)
        case EventKind.ANSWERING_STARTED:
            prepared = replace(state.take, prepare_seconds=state.seconds_used(event.at))
            return replace(_with_take(state, prepared), phase=Phase.ANSWER, used=0.0, running_since=event.at)
        case EventKind.TEXT_SAVED:
            return _timed(_with_text(state, event.text), event.at)
        case EventKind.PROBE_ASKED:
            probe = ProbeAnswer(text=event.text, cue=event.cue, point=event.point)
            asked = replace(state.take, probes=(*state.take.probes, probe), ended=False)
            return replace(_with_take(state, asked), phase=Phase.PROBE, used=0.0, running_since=event.at)
        case EventKind.ANSWER_ENDED:
            return _answer_ended(state, event.at)
        case EventKind.NOTE_SAVED:
            assert event.question is not None
            others = tuple(note for note in state.notes if note[0] != event.question)
            return replace(state, notes=(*others, (event.question, event.text)))
        case EventKind.OVERRULED:
            return _overruled(state, event)
        case EventKind.TAPPED:
            back = event.text == TAKEN_BACK
            return replace(state, taps=state.taps[:-1] if back else (*state.taps, (state.question, event.text)))
        case EventKind.PAUSED | EventKind.INTERRUPTED:
            return replace(
                _timed(state, event.at),
                stopped=event.kind,
                stopped_because=event.text,
                used=state.seconds_used(event.at),
                running_since=None,
            )
        case EventKind.RESUMED:
            clocked = state.phase in SPEAKING or state.phase is Phase.PREPARE
            return replace(state, stopped=None, stopped_because="", running_since=event.at if clocked else None)
        case EventKind.LAST_WORDS_ASKED:
            return replace(state, phase=Phase.LAST_WORDS, used=0.0, running_since=event.at)
        case EventKind.FINISHED:
            ended = _answer_ended(state, event.at) if state.phase in SPEAKING else state
            return replace(ended, phase=Phase.OWN_MARKS, stopped=None, stopped_because="", used=0.0, running_since=None)
        case EventKind.MARKS_GIVEN:
            return replace(state, phase=Phase.REFLECTION)
        case EventKind.REFLECTION_WRITTEN:
            return replace(state, phase=Phase.DONE)


def _probe_taken_back(state: State, at: float) -> State:
    """What was on screen before the open probe, with its words; its clock goes on from where it was."""
    take = replace(state.take, probes=state.take.probes[:-1], ended=False)
    phase, used = (Phase.PROBE, take.probes[-1].seconds) if take.probes else (Phase.ANSWER, take.answer_seconds)
    return replace(_with_take(state, take), phase=phase, used=used, running_since=at)


def _overruled(state: State, event: Event) -> State:
    """A finding in the latest take of a question overruled; overruled once more, it stands again."""
    assert event.question is not None
    said = (event.question, len(state.takes[event.question]) - 1, Overruling(kind=event.cue, key=event.text))
    others = tuple(other for other in state.overrulings if other != said)
    return replace(state, overrulings=others if said in state.overrulings else (*others, said))


def _with_take(state: State, take: Take) -> State:
    of_question = (*state.takes[state.question][:-1], take)
    takes = (*state.takes[: state.question], of_question, *state.takes[state.question + 1 :])
    return replace(state, takes=takes)


def _with_text(state: State, text: str) -> State:
    match state.phase:
        case Phase.ANSWER:
            return _with_take(state, replace(state.take, text=text))
        case Phase.PROBE:
            probe = replace(state.take.probes[-1], answer=text)
            return _with_take(state, replace(state.take, probes=(*state.take.probes[:-1], probe)))
        case _:
            return replace(state, last_words=text)


def _timed(state: State, at: float) -> State:
    """The open answer with the seconds it has taken by now."""
    seconds = state.seconds_used(at)
    match state.phase:
        case Phase.ANSWER:
            return _with_take(state, replace(state.take, answer_seconds=seconds))
        case Phase.PROBE:
            probe = replace(state.take.probes[-1], seconds=seconds)
            return _with_take(state, replace(state.take, probes=(*state.take.probes[:-1], probe)))
        case Phase.LAST_WORDS:
            return replace(state, last_words_seconds=seconds)
        case _:
            return state


def _answer_ended(state: State, at: float) -> State:
    ended = _timed(state, at)
    if state.phase is not Phase.LAST_WORDS:
        ended = _with_take(ended, replace(ended.take, ended=True))
    return replace(ended, phase=Phase.BETWEEN, used=0.0, running_since=None)


def open_timing(state: State, plan: Plan) -> Timing:
    """The timing that holds for what is on screen."""
    match state.phase:
        case Phase.PROBE:
            return plan.probe_timing
        case Phase.LAST_WORDS:
            return plan.last_words_timing
        case _:
            return plan.questions[max(state.question, 0)].timing


def over_seconds(take: Take, timing: Timing) -> float:
    """Seconds of the answer past its limit, probes not counted."""
    return max(0.0, take.answer_seconds - timing.limit)
