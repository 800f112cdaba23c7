"""Small café sessions, any history that the rules allow, and a plain simulation to hold the rules against."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from hypothesis import strategies as st

from cqcmock.domain.cafe.events import DEEDS, Event, EventKind, TapKind
from cqcmock.domain.cafe.rounds import RoundQuestion
from cqcmock.domain.cafe.running_order import RunningOrder, from_template
from cqcmock.domain.cafe.scene import Stage, State
from cqcmock.domain.cafe.session import allowed, replanned, step
from cqcmock.domain.cafe.tally import tally
from cqcmock.domain.cafe.templates import SHIPPED
from cqcmock.domain.interviewing import Tap
from cqcmock.errors import UserError

HALF_PAST_TWELVE = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
K = EventKind


def question(name: str = "pride") -> RoundQuestion:
    return RoundQuestion(bank="frontline", question=name, text=f"About {name}?", listen_for=("names one person",))


def planned(name: str = "60-minute practice", minutes: int = 60) -> RunningOrder:
    numbers = count(1)
    template = next(template for template in SHIPPED if template.name == name)
    return from_template(template, minutes, lambda: f"r{next(numbers)}").order


def event(kind: EventKind, at: float = 0, **more: Any) -> Event:
    return Event(kind=kind, at=at, wall=HALF_PAST_TWELVE + timedelta(seconds=at), **more)


def begun(rounds: int = 1, order: RunningOrder | None = None) -> list[Event]:
    """Planned and started at 0, with so many rounds begun, one at 0 and each a minute after the one before."""
    started = [event(K.PLANNED, order=order or planned()), event(K.STARTED)]
    return [*started, *(event(K.ROUND_BEGUN, 60 * number, round=number) for number in range(rounds))]


@dataclass
class Simulation:
    """A clock in the room that counts every second with a finger: nothing in it is worked out from distances."""

    scene: dict[str, Any] = field(
        default_factory=lambda: {"round": -1, "used": {}, "total": {}, "paused": False, "on": False, "order": None}
    )
    interrupted: bool = False
    ran: int = 0
    before: list[tuple[dict[str, Any], int]] = field(default_factory=list)

    @property
    def id(self) -> str:
        return str(self.scene["order"].rounds[self.scene["round"]].id)

    def tick(self) -> None:
        if self.scene["on"] and self.scene["round"] >= 0 and not self.scene["paused"] and not self.interrupted:
            self.scene["used"][self.id] += 1
            self.ran += 1

    def happen(self, happened: Event) -> None:
        if happened.kind in DEEDS:
            self.before.append((deepcopy(self.scene), self.ran))
        scene = self.scene
        match happened.kind:
            case K.PLANNED | K.LATE:
                assert happened.order is not None
                scene["order"] = happened.order
                for one in happened.order.rounds[max(0, scene["round"]) :]:
                    scene["total"][one.id] = one.seconds
            case K.STARTED:
                scene["on"] = True
            case K.FINISHED:
                scene["on"], self.interrupted = False, False
            case K.ROUND_BEGUN | K.SKIPPED | K.WENT_BACK:
                scene["round"] += -1 if happened.kind is K.WENT_BACK else 1
                scene["used"].setdefault(self.id, 0)
                scene["paused"] = False
            case K.PAUSED | K.RESUMED:
                scene["paused"] = happened.kind is K.PAUSED
            case K.MINUTE_ADDED:
                scene["total"][self.id] += happened.seconds
            case K.INTERRUPTED | K.CARRIED_ON:
                self.interrupted = happened.kind is K.INTERRUPTED
            case K.UNDONE:
                self.scene, ran = self.before.pop()
                if self.scene["round"] >= 0:
                    self.scene["used"][self.id] += self.ran - ran
            case _:
                pass


def _with_details(draw: st.DrawFn, kind: EventKind, state: State, at: float) -> Event | None:
    """An event of this kind that is in order now, if there is one."""
    match kind:
        case K.PLANNED:
            return event(kind, at, order=planned(draw(st.sampled_from(SHIPPED)).name, draw(st.integers(10, 60))))
        case K.LATE:
            try:
                return event(kind, at, order=replanned(state, at).order)
            except UserError:
                return None
        case K.ROUND_BEGUN:
            return event(kind, at, round=state.scene.round + 1)
        case K.MINUTE_ADDED:
            return event(kind, at, seconds=draw(st.sampled_from([30, 60, 120])))
        case K.CARRIED_ON:
            return event(kind, at, seconds=draw(st.integers(0, 900)))
        case K.ASKED_ON:
            tap = draw(st.sampled_from(list(Tap)))
            probe = None if tap is Tap.GOOD else question(draw(st.sampled_from(["when", "who"])))
            return event(kind, at, text=tap.value, question=probe)
        case K.QUESTION_DRAWN | K.QUESTION_PICKED:
            return event(kind, at, question=question(draw(st.sampled_from(["pride", "worry", "carers"]))))
        case K.WHOSE_TURN:
            return event(kind, at, text=draw(st.sampled_from(["", "By the door"])))
        case K.TAPPED | K.TAP_TAKEN_BACK:
            tapped = draw(st.sampled_from(TapKind))
            assert state.progress is not None
            there = tally(state, state.progress.id, state.progress.turn)[tapped]
            return event(kind if there else K.TAPPED, at, text=tapped.value)
        case _:
            return event(kind, at)


@st.composite
def histories(draw: st.DrawFn, step_of: Callable[[st.DrawFn], float] | None = None, longest: int = 30) -> list[Event]:
    """Any run of events that the rules allow, on whole seconds unless told otherwise."""
    events: list[Event] = []
    state, at = State(), 0.0
    for _ in range(draw(st.integers(1, longest))):
        kinds = sorted(allowed(state))
        rare = {K.FINISHED, K.PLANNED} if len(events) > 1 else {K.FINISHED}
        usual = [kind for kind in kinds if kind not in rare]
        if not kinds:
            break
        kind = draw(st.sampled_from(usual or kinds)) if draw(st.integers(0, 9)) else draw(st.sampled_from(kinds))
        at += step_of(draw) if step_of else draw(st.integers(0, 200))
        happened = _with_details(draw, kind, state, at)
        if happened is None:
            continue
        events.append(happened)
        state = step(state, happened)
        if state.stage is Stage.FINISHED and not draw(st.booleans()):
            break
    return events
