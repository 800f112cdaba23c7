"""One interview while it runs: the same engine under the window and under the terminal.

It decides nothing about looks and keeps nothing in a file: each event goes to `keep`, which the caller gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from cqcmock.clock import Clock
from cqcmock.domain import interview
from cqcmock.domain.hearing import Hearing, NextProbe
from cqcmock.domain.interview import LAST_WORDS_QUESTION as LAST_WORDS_QUESTION
from cqcmock.domain.interview import Event, EventKind, Light, Phase, State
from cqcmock.domain.modes import Mode
from cqcmock.domain.plan import Plan, PlannedQuestion, Timing
from cqcmock.listening import probes_after
from cqcmock.services.rehearsing import heard_in

Keep = Callable[[int, Event], None]
"""Stores one event under its position in the sitting; the same position again means that it was superseded."""

PROGRAM_STOPPED = "The program stopped."
TIME_UNEXPLAINED = "The computer was asleep, or its clock was changed."
LEFT = "You left the interview."


class LiveInterview:
    """A sitting's plan and events so far, and the deeds that add to them.

    Deeds that cannot be done now raise `domain.interview.OutOfOrderError`; `can` says so beforehand.
    """

    def __init__(self, plan: Plan, events: Iterable[Event], clock: Clock, keep: Keep) -> None:
        self.plan = plan
        self._clock = clock
        self._keep = keep
        self._events = list(events)
        self._before_last = interview.fold(self._events[:-1], plan)
        self._state = interview.step(self._before_last, self._events[-1], plan) if self._events else self._before_last
        self._offset = self._state.last_at
        self._started = clock.monotonic()
        self._ticked = (self._started, clock.wall())
        on_the_clock = self._state.running_since is not None
        if self._events and on_the_clock:
            self._add(EventKind.INTERRUPTED, text=PROGRAM_STOPPED, at=self._state.last_at)

    @property
    def state(self) -> State:
        """What the events so far amount to."""
        return self._state

    @property
    def events(self) -> tuple[Event, ...]:
        """Every event so far."""
        return tuple(self._events)

    @property
    def planned(self) -> PlannedQuestion:
        """The question on screen."""
        return self.plan.questions[max(self._state.question, 0)]

    @property
    def timing(self) -> Timing:
        """The timing that holds now."""
        return interview.open_timing(self._state, self.plan)

    def now(self) -> float:
        """Seconds of monotonic time since the sitting began, time away left out."""
        return self._offset + self._clock.monotonic() - self._started

    def seconds_used(self) -> float:
        """Seconds that the open preparation or answer has taken."""
        return self._state.seconds_used(self.now())

    def light(self) -> Light:
        """How the time of the open answer stands."""
        return interview.light(self.seconds_used(), self.timing)

    def can(self, kind: EventKind) -> bool:
        """Whether an event of this kind may come next."""
        return kind in interview.allowed(self._state, self.plan)

    def is_last_question(self) -> bool:
        """Whether no question follows the one on screen."""
        return self._state.question + 1 >= len(self.plan.questions)

    def tick(self) -> bool:
        """Look at both clocks; where time is unexplained, interrupt at the last tick and return True."""
        monotonic, wall = self._clock.monotonic(), self._clock.wall()
        before_monotonic, before_wall = self._ticked
        self._ticked = (monotonic, wall)
        gap = interview.unexplained_gap(monotonic - before_monotonic, (wall - before_wall).total_seconds())
        if not gap or self._state.running_since is None:
            return False
        at = max(self._state.last_at, self._offset + before_monotonic - self._started)
        self._add(EventKind.INTERRUPTED, text=TIME_UNEXPLAINED, at=at)
        return True

    def show_next(self) -> None:
        """Put the next question on screen and start the preparation, or the answer where there is none."""
        self._show(self._state.question + 1)

    def show_again(self) -> None:
        """Answer the same question once more: a new take beside the old one."""
        self._show(self._state.question)

    def _show(self, question: int) -> None:
        self._add(EventKind.QUESTION_SHOWN, question=question)
        if self.timing.prepare:
            self._add(EventKind.PREPARATION_STARTED)
        else:
            self._add(EventKind.ANSWERING_STARTED)

    def begin_answer(self) -> None:
        """End the preparation."""
        self._add(EventKind.ANSWERING_STARTED)

    def save_text(self, text: str) -> None:
        """Keep what is typed in the open answer. The event also says how far the clock had got."""
        self._add(EventKind.TEXT_SAVED, text=text)

    def end_answer(self, text: str, *, ask_on: bool = True) -> NextProbe | None:
        """End the open answer; unless `ask_on` is False, ask the next probe if there is one, and return it.

        Where there is an interviewer it is they who ask on: see `services.interviewing`.
        """
        if text != self._state.open_text:
            self.save_text(text)
        self._add(EventKind.ANSWER_ENDED)
        probe = self.next_probe() if ask_on and self.plan.mode is not Mode.INTERVIEWER else None
        if probe:
            self.ask(probe)
        return probe

    def ask(self, probe: NextProbe) -> None:
        """Put a follow-up question."""
        self._add(EventKind.PROBE_ASKED, text=probe.text, cue=probe.cue, point=probe.point)

    def tap(self, words: str) -> None:
        """Keep what an interviewer tapped."""
        self._add(EventKind.TAPPED, text=words)

    def hearing(self, take: int = -1) -> Hearing:
        """What was heard in everything said so far in one take of the question on screen, by default the latest."""
        question = max(self._state.question, 0)
        number = range(len(self._state.takes[question]))[take]
        return heard_in(self.plan, self._state, question, number, self._clock.today())

    def next_probe(self) -> NextProbe | None:
        """The probe that would come now: the first that was not asked in this take, three at the most."""
        asked = self._state.take.probes
        if len(asked) >= self.plan.most_probes:
            return None
        texts = {probe.text for probe in asked}
        probes = probes_after(self.hearing(), self.planned.question)
        return next((probe for probe in probes if probe.text not in texts), None)

    def overrule(self, kind: str, key: str) -> None:
        """Say that a finding in the latest take is wrong, or, said once more, that it stands."""
        self._add(EventKind.OVERRULED, text=key, cue=kind, question=self._state.question)

    def pause(self) -> None:
        """Stop the clock."""
        self._add(EventKind.PAUSED)

    def leave(self) -> None:
        """Stop the clock because the window goes away; nothing where it stands still already."""
        if self._state.running_since is not None:
            self._add(EventKind.INTERRUPTED, text=LEFT)

    def resume(self) -> None:
        """Go on after a pause or an interruption."""
        self._ticked = (self._clock.monotonic(), self._clock.wall())
        self._add(EventKind.RESUMED)

    def note(self, text: str) -> None:
        """Keep the note beside the question on screen."""
        self._add(EventKind.NOTE_SAVED, question=self._state.question, text=text)

    def ask_last_words(self) -> None:
        """Ask whether there is anything to add."""
        self._add(EventKind.LAST_WORDS_ASKED)

    def finish(self, text: str = "") -> None:
        """End the interview now, with what is typed in the open answer. Where nobody marks, marking is over too."""
        if self.can(EventKind.TEXT_SAVED) and text != self._state.open_text:
            self.save_text(text)
        self._add(EventKind.FINISHED)
        if not self.plan.scored:
            self._add(EventKind.MARKS_GIVEN)

    def _add(
        self,
        kind: EventKind,
        *,
        at: float | None = None,
        question: int | None = None,
        text: str = "",
        cue: str = "",
        point: str = "",
    ) -> None:
        event = Event(
            kind=kind,
            at=self.now() if at is None else at,
            wall=self._clock.wall(),
            question=question,
            text=text,
            cue=cue,
            point=point,
        )
        last = self._events[-1] if self._events else None
        if interview.supersedes(event, last):
            self._state = interview.step(self._before_last, event, self.plan)
            self._events[-1] = event
        else:
            state = interview.step(self._state, event, self.plan)
            self._before_last, self._state = self._state, state
            self._events.append(event)
        self._keep(len(self._events) - 1, event)


def on_screen(live: LiveInterview) -> str:
    """The words that stand large on screen: the question, its probe, or the invitation to add something."""
    match live.state.phase:
        case Phase.PROBE:
            return live.state.take.probes[-1].text
        case Phase.LAST_WORDS:
            return LAST_WORDS_QUESTION
        case _:
            return live.planned.question.text


def may_pause(live: LiveInterview) -> bool:
    """A realistic run can pause only between questions, every other anywhere."""
    return live.can(EventKind.PAUSED) and (live.plan.mode is not Mode.REALISTIC or live.state.phase is Phase.BETWEEN)
