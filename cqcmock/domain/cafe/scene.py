"""What the events of a café session amount to: where it is, what its clocks show, what can be taken back.

One clock runs through the session. It runs while a round is on and neither a pause nor an interruption stops it, and no
deed ever sets it back. What a round has used is the distance between two readings of that clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cqcmock.domain import interviewing
from cqcmock.domain.cafe.events import EventKind, TapKind
from cqcmock.domain.cafe.rounds import Phase, Round, RoundQuestion
from cqcmock.domain.cafe.running_order import RunningOrder
from cqcmock.domain.interview import OutOfOrderError


class Stage(StrEnum):
    """How far the session is."""

    PLANNING = "planning"
    WELCOME = "welcome"
    ROUND = "round"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedOn:
    """One tap of whoever asks on, and the probe that it brought, if any.

    It belongs to one speaker's turn and to one question of the round, counted from 0.
    """

    turn: int
    question: int
    tap: interviewing.Tap
    probe: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a round is that was begun. Its phases stay as they were when it began.

    `used` is settled when the round is left; `added` are the seconds it was given on top since it was last planned.
    `turn` counts speakers; the stretch on the clock began when the round had used `turn_began` and has `turn_seconds`.
    The last of `questions` is the one being asked.
    """

    id: str
    title: str
    phases: tuple[Phase, ...]
    turn_seconds: float
    questions: tuple[RoundQuestion, ...] = ()
    used: float = 0.0
    added: int = 0
    phase: int = 0
    turn: int = 0
    turn_began: float = 0.0
    question_shown: bool = True
    listen_for_shown: bool = False
    whose: str = ""
    asked_on: tuple[AskedOn, ...] = ()
    skipped: bool = False

    @property
    def asked_on_now(self) -> tuple[AskedOn, ...]:
        """How somebody asked on about the question on screen, in the turn that is on."""
        here = (self.turn, len(self.questions) - 1)
        return tuple(one for one in self.asked_on if (one.turn, one.question) == here)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What the facilitator's deeds change, and an undo brings back.

    `offset` is the reading of the session's clock at which the round that is on had used nothing.
    """

    order: RunningOrder | None = None
    started_at: float | None = None
    finished: bool = False
    round: int = -1
    offset: float = 0.0
    progress: tuple[Progress, ...] = ()
    paused: bool = False
    clock_shown: bool = True

    def of(self, round_id: str) -> Progress | None:
        """How far a round is, if it was ever begun."""
        return next((one for one in self.progress if one.id == round_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tap:
    """One tap of the observer's, or one taken back (`count` −1), in one speaker's turn."""

    round_id: str
    turn: int
    kind: TapKind
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """A deed that can be undone: the scene before it, and how many taps there were."""

    kind: EventKind
    before: Scene
    taps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What the events so far amount to.

    `ran` is what the session's clock had run when it last stopped or started; it stands still while `since` is None.
    `away` are the seconds nobody was there for that no `at` shows: they belong to the session, to no round.
    """

    scene: Scene = Scene()
    ran: float = 0.0
    since: float | None = None
    interrupted: bool = False
    because: str = ""
    away: int = 0
    taps: tuple[Tap, ...] = ()
    deeds: tuple[Deed, ...] = ()
    last_at: float = 0.0

    @property
    def stage(self) -> Stage:
        """How far the session is."""
        if self.scene.finished:
            return Stage.FINISHED
        if self.scene.started_at is None:
            return Stage.PLANNING
        return Stage.ROUND if self.scene.round >= 0 else Stage.WELCOME

    @property
    def order(self) -> RunningOrder:
        """The running order that holds now."""
        if self.scene.order is None:
            raise OutOfOrderError("nothing was planned")
        return self.scene.order

    @property
    def round(self) -> Round | None:
        """The round that is on, or was when the session finished."""
        return self.order.rounds[self.scene.round] if self.scene.round >= 0 else None

    @property
    def next_round(self) -> Round | None:
        """The round that comes next."""
        if self.scene.order is None or self.scene.finished or self.scene.round + 1 >= len(self.order.rounds):
            return None
        return self.order.rounds[self.scene.round + 1]

    @property
    def progress(self) -> Progress | None:
        """How far the round is that is on."""
        return None if self.round is None else self.scene.of(self.round.id)

    @property
    def phase(self) -> Phase | None:
        """What is being done in the round that is on."""
        return None if self.progress is None else self.progress.phases[self.progress.phase]

    @property
    def question(self) -> RoundQuestion | None:
        """The question that is being asked, on the room window or not."""
        return self.progress.questions[-1] if self.progress and self.progress.questions else None

    @property
    def probe(self) -> str:
        """The probe that the speaker is asked now, or nothing while it is the question itself."""
        asked = self.progress.asked_on_now if self.progress else ()
        return next((one.probe for one in reversed(asked) if one.probe), "")

    def run(self, at: float) -> float:
        """What the session's clock shows: seconds that rounds have run, by the time `at`."""
        return self.ran + (at - self.since if self.since is not None else 0.0)

    def seconds_used(self, at: float) -> float:
        """Seconds that the round that is on has taken by the time `at`; 0 where none is."""
        return self.run(at) - self.scene.offset if self.scene.round >= 0 else 0.0

    @property
    def round_seconds(self) -> int:
        """How long the round that is on may take, added minutes and all."""
        return 0 if self.round is None or self.progress is None else self.round.seconds + self.progress.added

    def seconds_left(self, at: float) -> float:
        """Seconds left in the round that is on; below 0 where it is over its time."""
        return self.round_seconds - self.seconds_used(at)

    def turn_seconds_left(self, at: float) -> float:
        """Seconds left in the turn or phase that is on; below 0 where it is over its time."""
        if self.progress is None:
            return 0.0
        return self.progress.turn_began + self.progress.turn_seconds - self.seconds_used(at)

    def elapsed(self, at: float) -> float:
        """Seconds since the session started, pauses and interruptions among them."""
        return 0.0 if self.scene.started_at is None else at + self.away - self.scene.started_at

    def seconds_late(self, at: float) -> float:
        """How long past its length the session will end if every round takes what it has left; below 0: early."""
        order = self.order
        begun = {one.id: one for one in self.scene.progress}
        to_come = sum(
            max(0.0, one.seconds + (begun[one.id].added - begun[one.id].used if one.id in begun else 0.0))
            for one in order.rounds[self.scene.round + 1 :]
        )
        return self.elapsed(at) + max(0.0, self.seconds_left(at)) + to_come - order.seconds
