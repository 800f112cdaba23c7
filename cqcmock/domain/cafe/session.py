"""A café session: a list of events, and what both windows show is a fold over that list.

Undo takes back what a deed changed, never time: what the session's clock ran since the deed counts towards the round
that is back on, and what stood still stays so. The observer's taps follow the same rule.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from functools import reduce

from cqcmock.domain import interviewing
from cqcmock.domain.cafe.deeds import acted, settled
from cqcmock.domain.cafe.events import DEEDS, Event, EventKind, TapKind
from cqcmock.domain.cafe.rounds import phase_after
from cqcmock.domain.cafe.running_order import Fitted, RunningOrder, replan
from cqcmock.domain.cafe.scene import Deed, Stage, State, Tap
from cqcmock.domain.cafe.tally import tally
from cqcmock.domain.interview import OutOfOrderError
from cqcmock.errors import UserError

LONGEST_TURN = 40


def fold(events: Iterable[Event]) -> State:
    """The state that these events lead to. Raises OutOfOrderError where they cannot have happened."""
    return reduce(step, events, State())


def step(state: State, event: Event) -> State:
    """The state after one more event."""
    check(state, event)
    changed = _changed(state, event)
    if event.kind in DEEDS:
        deed = Deed(kind=event.kind, before=state.scene, taps=len(state.taps))
        changed = replace(changed, deeds=(*state.deeds, deed))
    running = changed.stage is Stage.ROUND and not changed.scene.paused and not changed.interrupted
    if running != (state.since is not None):
        changed = replace(changed, ran=state.run(event.at), since=event.at if running else None)
    return replace(changed, last_at=event.at)


def replanned(state: State, at: float) -> Fitted:
    """What remains of the running order, fitted into what is left at `at`: what a late event then carries.

    Raises UserError where not even the closing fits.
    """
    elapsed, used = math.ceil(state.elapsed(at)), math.ceil(state.seconds_used(at))
    if state.progress is None:
        return replan(state.order, elapsed=elapsed, index=0)
    return replan(state.order, elapsed=elapsed, index=state.scene.round, used=used, added=state.progress.added)


def turn_label(text: str) -> str:
    """Whose turn it is, as it can be shown. Raises UserError where it is too long for the room to read."""
    label = " ".join(text.split())
    if len(label) > LONGEST_TURN:
        raise UserError(f"That is longer than {LONGEST_TURN} characters.", "Say it in a word or two.")
    return label


def allowed(state: State) -> frozenset[EventKind]:  # noqa: C901 - one flat condition a kind
    """The kinds of event that may come next: what a window offers."""
    kinds: set[EventKind] = set()
    if state.interrupted:
        return frozenset({EventKind.CARRIED_ON, EventKind.FINISHED})
    if state.deeds:
        kinds.add(EventKind.UNDONE)
    if state.stage is Stage.FINISHED:
        return frozenset(kinds)
    if state.stage is Stage.PLANNING:
        kinds.add(EventKind.PLANNED)
        return frozenset(kinds | ({EventKind.STARTED} if state.scene.order else set()))
    kinds |= {EventKind.INTERRUPTED, EventKind.TICKED, EventKind.FINISHED, EventKind.LATE}
    kinds.add(EventKind.CLOCK_HIDDEN if state.scene.clock_shown else EventKind.CLOCK_SHOWN)
    if state.next_round:
        kinds.add(EventKind.ROUND_BEGUN)
    on = state.progress
    if state.round is None or on is None:
        return frozenset(kinds)
    kinds |= {EventKind.MINUTE_ADDED, EventKind.QUESTION_DRAWN, EventKind.QUESTION_PICKED, EventKind.WHOSE_TURN}
    kinds.add(EventKind.RESUMED if state.scene.paused else EventKind.PAUSED)
    if state.next_round:
        kinds.add(EventKind.SKIPPED)
    if state.scene.round > 0:
        kinds.add(EventKind.WENT_BACK)
    if phase_after(state.round.kind, on.phases, on.phase) is not None:
        kinds.add(EventKind.SWAPPED)
    if state.question:
        kinds.add(EventKind.QUESTION_HIDDEN if on.question_shown else EventKind.QUESTION_SHOWN)
        if state.question.listen_for:
            kinds.add(EventKind.LISTEN_FOR_HIDDEN if on.listen_for_shown else EventKind.LISTEN_FOR_SHOWN)
    if state.question and on.phases[on.phase].speaking:
        kinds.add(EventKind.ASKED_ON)
    if on.phases[on.phase].speaking:
        kinds |= {EventKind.TAPPED, EventKind.TAP_TAKEN_BACK}
    return frozenset(kinds)


def check(state: State, event: Event) -> None:
    """Raise OutOfOrderError if this event cannot come next."""
    if event.kind not in allowed(state):
        raise OutOfOrderError(f"{event.kind} cannot follow at stage {state.stage}")
    if event.at < state.last_at:
        raise OutOfOrderError(f"{event.kind} at {event.at} s comes before the event at {state.last_at} s")
    wrong = ""
    match event.kind:
        case EventKind.PLANNED:
            wrong = "a plan without a running order" if event.order is None else ""
        case EventKind.LATE:
            wrong = _wrong_replan(state, event.order)
        case EventKind.ROUND_BEGUN:
            wrong = f"round {event.round} is not next" if event.round != state.scene.round + 1 else ""
        case EventKind.MINUTE_ADDED:
            wrong = "no time was added" if event.seconds <= 0 else ""
        case EventKind.CARRIED_ON:
            wrong = "less than no time away" if event.seconds < 0 else ""
        case EventKind.QUESTION_DRAWN | EventKind.QUESTION_PICKED:
            wrong = "no question came with it" if event.question is None else ""
        case EventKind.ASKED_ON:
            wrong = "" if event.text in set(interviewing.Tap) else f"nobody asks on with {event.text!r}"
        case EventKind.TAPPED | EventKind.TAP_TAKEN_BACK:
            wrong = _wrong_tap(state, event)
        case _:
            pass
    if wrong:
        raise OutOfOrderError(f"{event.kind}: {wrong}")


def _wrong_replan(state: State, order: RunningOrder | None) -> str:
    past = max(0, state.scene.round)
    if order is None or order.rounds[:past] != state.order.rounds[:past]:
        return "what is past has changed"
    if state.round is not None and (len(order.rounds) <= past or order.rounds[past].id != state.round.id):
        return "the round that is on is gone"
    return ""


def _wrong_tap(state: State, event: Event) -> str:
    if event.text not in set(TapKind):
        return f"no tally is kept of {event.text!r}"
    on = state.progress
    assert on is not None
    if event.kind is EventKind.TAP_TAKEN_BACK and not tally(state, on.id, on.turn)[TapKind(event.text)]:
        return "there is nothing to take back"
    return ""


def _changed(state: State, event: Event) -> State:
    match event.kind:
        case EventKind.INTERRUPTED:
            return replace(state, interrupted=True, because=event.text)
        case EventKind.CARRIED_ON:
            return replace(state, interrupted=False, because="", away=state.away + event.seconds)
        case EventKind.FINISHED:
            finished = replace(settled(state, event.at), finished=True)
            return replace(state, scene=finished, interrupted=False, because="")
        case EventKind.TAPPED | EventKind.TAP_TAKEN_BACK:
            assert state.progress is not None
            count = 1 if event.kind is EventKind.TAPPED else -1
            at_turn = Tap(round_id=state.progress.id, turn=state.progress.turn, kind=TapKind(event.text), count=count)
            return replace(state, taps=(*state.taps, at_turn))
        case EventKind.UNDONE:
            return _undone(state)
        case EventKind.TICKED:
            return state
        case _:
            return replace(state, scene=acted(state, event))


def _undone(state: State) -> State:
    """The scene before the latest deed, with its clock run on; taps since then go to the speaker who is back."""
    deed = state.deeds[-1]
    back = replace(state, scene=deed.before, deeds=state.deeds[:-1])
    kept, since = state.taps[: deed.taps], state.taps[deed.taps :]
    on = back.progress
    if on is None or not on.phases[on.phase].speaking:
        return replace(back, taps=kept)
    return replace(back, taps=kept + tuple(replace(tap, round_id=on.id, turn=on.turn) for tap in since))
