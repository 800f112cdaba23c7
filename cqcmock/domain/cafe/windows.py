"""What the two windows of a café show at a moment. The room sees no tally, ever, and only what it is meant to see."""

from __future__ import annotations

from dataclasses import dataclass

from cqcmock.domain.cafe.events import EventKind
from cqcmock.domain.cafe.rounds import KINDS, Part, Phase, Round, RoundQuestion, phase_after
from cqcmock.domain.cafe.scene import Stage, State
from cqcmock.domain.cafe.session import allowed
from cqcmock.domain.interview import Light


@dataclass(frozen=True, slots=True, kw_only=True)
class Lights:
    """When to wrap up: in the last `seconds` of a stretch, and in a short one in the last `percent` of it."""

    seconds: int = 60
    percent: int = 25


LIGHTS = Lights()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """What a clock shows: `left` of `seconds`, below 0 where it is over, and the light."""

    left: float
    seconds: float
    light: Light


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomView:
    """What everybody sees. Where the clock is hidden, or no round is on, `clock` is None; it shows the turn's time."""

    stage: Stage
    title: str = ""
    phase: str = ""
    parts: tuple[Part, ...] = ()
    whose: str = ""
    question: str = ""
    probe: str = ""
    listen_for: tuple[str, ...] = ()
    clock: Clock | None = None
    paused: bool = False
    interrupted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FacilitatorView:
    """What the facilitator sees: the room's view, and everything that the room does not see.

    Seconds are of the whole session; `late` below 0 means early. `undo` is the deed that an undo would take back,
    `allowed` are the events that may come next.
    """

    room: RoomView
    round: Round | None
    to_say: str
    question: RoundQuestion | None
    round_clock: Clock | None
    turn_clock: Clock | None
    next_round: Round | None
    next_phase: Phase | None
    elapsed: float
    late: float
    undo: EventKind | None
    because: str
    allowed: frozenset[EventKind]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundHeld:
    """A round that was begun: for the record. A round that was skipped part of the way keeps its seconds."""

    round_id: str
    title: str
    seconds: float
    turns: int
    skipped: bool
    questions: tuple[RoundQuestion, ...]


def light(left: float, seconds: float, lights: Lights = LIGHTS) -> Light:
    """The light of a stretch of so many seconds with so many left."""
    if left < 0:
        return Light.OVER
    return Light.WRAP_UP if left <= wrap_up_from(seconds, lights) else Light.IN_HAND


def wrap_up_from(seconds: float, lights: Lights = LIGHTS) -> float:
    """With how many seconds left a stretch of so many is to be wrapped up."""
    return min(lights.seconds, seconds * lights.percent / 100)


def round_clock(state: State, at: float, lights: Lights = LIGHTS) -> Clock | None:
    """The clock of the round that is on."""
    if state.stage is not Stage.ROUND:
        return None
    return _clock(state.seconds_left(at), state.round_seconds, lights)


def turn_clock(state: State, at: float, lights: Lights = LIGHTS) -> Clock | None:
    """The clock of the turn or phase that is on; in a round of one phase, the round's."""
    if state.stage is not Stage.ROUND or state.progress is None:
        return None
    return _clock(state.turn_seconds_left(at), state.progress.turn_seconds, lights)


def room_view(state: State, at: float, lights: Lights = LIGHTS) -> RoomView:
    """What the room window shows at `at`."""
    on, phase = state.progress, state.phase
    if state.stage is not Stage.ROUND or state.round is None or on is None or phase is None:
        return RoomView(stage=state.stage, interrupted=state.interrupted)
    question = state.question
    return RoomView(
        stage=state.stage,
        title=state.round.title,
        phase=phase.for_turn(on.turn).title,
        parts=phase.parts,
        whose=on.whose,
        question=question.text if question and on.question_shown else "",
        probe=state.probe if on.question_shown else "",
        listen_for=question.listen_for if question and on.listen_for_shown else (),
        clock=turn_clock(state, at, lights) if state.scene.clock_shown else None,
        paused=state.scene.paused,
        interrupted=state.interrupted,
    )


def facilitator_view(state: State, at: float, lights: Lights = LIGHTS) -> FacilitatorView:
    """What the facilitator's window shows at `at`. Raises OutOfOrderError where nothing was planned yet."""
    return FacilitatorView(
        room=room_view(state, at, lights),
        round=state.round,
        to_say=KINDS[state.round.kind].to_say if state.round else "",
        question=state.question,
        round_clock=round_clock(state, at, lights),
        turn_clock=turn_clock(state, at, lights),
        next_round=state.next_round,
        next_phase=next_phase(state),
        elapsed=state.elapsed(at),
        late=state.seconds_late(at),
        undo=state.deeds[-1].kind if state.deeds else None,
        because=state.because,
        allowed=allowed(state),
    )


def next_phase(state: State) -> Phase | None:
    """What a swap would lead to."""
    if state.stage is not Stage.ROUND or state.round is None or state.progress is None:
        return None
    on = state.progress
    number = phase_after(state.round.kind, on.phases, on.phase)
    if number is None:
        return None
    coming = on.phases[number]
    another = number <= on.phase or coming.turn != on.phases[on.phase].turn
    return coming.for_turn(on.turn + another)


def rounds_held(state: State, at: float) -> tuple[RoundHeld, ...]:
    """The rounds that were begun, in the order of the session, with the seconds used by `at`.

    One that was begun, left and then left out of the running order comes last.
    """
    places = {one.id: place for place, one in enumerate(state.order.rounds)}
    begun = sorted(state.scene.progress, key=lambda one: (places.get(one.id, len(places)), one.id))
    return tuple(
        RoundHeld(
            round_id=one.id,
            title=one.title,
            seconds=state.seconds_used(at) if state.round and one.id == state.round.id else one.used,
            turns=one.turn + 1 if any(phase.speaking for phase in one.phases) else 0,
            skipped=one.skipped,
            questions=one.questions,
        )
        for one in begun
    )


def _clock(left: float, seconds: float, lights: Lights) -> Clock:
    return Clock(left=left, seconds=seconds, light=light(left, seconds, lights))
