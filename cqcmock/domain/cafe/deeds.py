"""What each deed of the facilitator's changes in a café session."""

from __future__ import annotations

from dataclasses import replace

from cqcmock.domain.cafe.events import Event, EventKind
from cqcmock.domain.cafe.rounds import OPEN_ENDED, phase_after, phases
from cqcmock.domain.cafe.running_order import RunningOrder
from cqcmock.domain.cafe.scene import AskedOn, Progress, Scene, State
from cqcmock.domain.interviewing import Tap


def acted(state: State, event: Event) -> Scene:
    """The scene after one deed of the facilitator's."""
    scene = state.scene
    match event.kind:
        case EventKind.PLANNED:
            return replace(scene, order=event.order)
        case EventKind.STARTED:
            return replace(scene, started_at=event.at + state.away)
        case EventKind.ROUND_BEGUN:
            return _entered(state, scene.round + 1, event.at)
        case EventKind.SKIPPED:
            skipped = replace(state, scene=_having(state, skipped=True))
            return _entered(skipped, scene.round + 1, event.at)
        case EventKind.WENT_BACK:
            return _entered(state, scene.round - 1, event.at)
        case EventKind.LATE:
            assert event.order is not None
            return _late(state, event.order, event.at)
        case EventKind.PAUSED | EventKind.RESUMED:
            return replace(scene, paused=event.kind is EventKind.PAUSED)
        case EventKind.CLOCK_HIDDEN | EventKind.CLOCK_SHOWN:
            return replace(scene, clock_shown=event.kind is EventKind.CLOCK_SHOWN)
        case _:
            return _within_round(state, event)


def settled(state: State, at: float) -> Scene:
    """The scene with the seconds that the round that is on has used by the time `at`."""
    return _having(state, used=state.seconds_used(at)) if state.progress else state.scene


def _within_round(state: State, event: Event) -> Scene:
    """The scene after a deed that concerns only the round that is on."""
    on = state.progress
    assert on is not None
    match event.kind:
        case EventKind.SWAPPED:
            return _with(state.scene, _swapped(state, on, event.at))
        case EventKind.MINUTE_ADDED:
            whole = state.round_seconds + event.seconds
            turn = min(on.turn_seconds + event.seconds, max(0.0, whole - on.turn_began))
            return _having(state, added=on.added + event.seconds, turn_seconds=turn)
        case EventKind.QUESTION_DRAWN | EventKind.QUESTION_PICKED:
            assert event.question is not None
            return _having(state, questions=(*on.questions, event.question), listen_for_shown=False)
        case EventKind.QUESTION_SHOWN | EventKind.QUESTION_HIDDEN:
            return _having(state, question_shown=event.kind is EventKind.QUESTION_SHOWN)
        case EventKind.LISTEN_FOR_SHOWN | EventKind.LISTEN_FOR_HIDDEN:
            return _having(state, listen_for_shown=event.kind is EventKind.LISTEN_FOR_SHOWN)
        case EventKind.ASKED_ON:
            probe = event.question.text if event.question else ""
            asked = AskedOn(turn=on.turn, question=len(on.questions) - 1, tap=Tap(event.text), probe=probe)
            return _having(state, asked_on=(*on.asked_on, asked))
        case EventKind.WHOSE_TURN:
            return _having(state, whose=event.text)
        case _:
            raise AssertionError(f"{event.kind} is no deed")


def _entered(state: State, index: int, at: float) -> Scene:
    """The scene with another round on; a round that was left goes on where it was."""
    scene = settled(state, at)
    coming = state.order.rounds[index]
    on = scene.of(coming.id)
    if on is None:
        parts = phases(coming)
        questions = (coming.question,) if coming.question else ()
        seconds = parts[0].seconds
        on = Progress(id=coming.id, title=coming.title, phases=parts, turn_seconds=seconds, questions=questions)
    entered = _with(scene, replace(on, skipped=False))
    return replace(entered, round=index, offset=state.run(at) - on.used, paused=False)


def _swapped(state: State, on: Progress, at: float) -> Progress:
    """The next phase. It has its share of what is left, so that a late swap is shared by all who still come.

    In an open-ended round nobody's turn grows: what is left over is for somebody else.
    """
    assert state.round is not None
    kind, used = state.round.kind, state.seconds_used(at)
    phase = phase_after(kind, on.phases, on.phase)
    assert phase is not None
    coming, left = on.phases[phase], max(0.0, state.seconds_left(at))
    seconds = min(float(coming.seconds), left) if kind in OPEN_ENDED else left * _share(on, phase)
    around = phase <= on.phase
    another = coming.turn is not None and (around or coming.turn != on.phases[on.phase].turn)
    whose = "" if another or coming.turn is None else on.whose
    return replace(on, phase=phase, turn=on.turn + another, turn_began=used, turn_seconds=seconds, whose=whose)


def _share(on: Progress, phase: int) -> float:
    """The part of what is left of a round that is due to this phase."""
    to_come = sum(part.seconds for part in on.phases[phase:])
    return on.phases[phase].seconds / to_come if to_come else 1.0


def _late(state: State, order: RunningOrder, at: float) -> Scene:
    """The scene with what remains re-planned: the minutes added so far are in the new lengths."""
    scene = settled(state, at)
    before = {one.id: one for one in state.order.rounds}
    after = {one.id: one for one in order.rounds[max(0, scene.round) :]}
    progress = tuple(
        _refitted(one, before[one.id].seconds + one.added, after[one.id].seconds)
        if one.id in after and one.id in before
        else one
        for one in scene.progress
    )
    return replace(scene, order=order, progress=progress)


def _refitted(on: Progress, old: int, new: int) -> Progress:
    """A round that was begun, with a new length: the turn that is on keeps its part of what is left."""
    old_left, new_left = max(0.0, old - on.used), max(0.0, new - on.used)
    turn_used = on.used - on.turn_began
    turn_left = max(0.0, on.turn_seconds - turn_used)
    if not old_left:
        turn = turn_used + new_left * _share(on, on.phase)
    elif turn_left:
        turn = turn_used + min(new_left, turn_left * new_left / old_left)
    else:
        turn = on.turn_seconds
    return replace(on, added=0, turn_seconds=turn)


def _with(scene: Scene, changed: Progress) -> Scene:
    others = tuple(one for one in scene.progress if one.id != changed.id)
    return replace(scene, progress=(*others, changed))


def _having(state: State, **changes: object) -> Scene:
    assert state.progress is not None
    return _with(state.scene, replace(state.progress, **changes))  # type: ignore[arg-type]
