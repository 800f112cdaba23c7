"""The observer's tally: kept for each speaker's turn, and shown to the speaker afterwards only."""

from __future__ import annotations

from collections.abc import Mapping

from cqcmock.domain.cafe.events import TapKind
from cqcmock.domain.cafe.scene import Stage, State


def tally(state: State, round_id: str, turn: int) -> Mapping[TapKind, int]:
    """What the observer has tapped in one speaker's turn: for the observer alone while the turn is on."""
    mine = [tap for tap in state.taps if (tap.round_id, tap.turn) == (round_id, turn)]
    return {kind: max(0, sum(tap.count for tap in mine if tap.kind is kind)) for kind in TapKind}


def tally_for_speaker(state: State, round_id: str, turn: int) -> Mapping[TapKind, int] | None:
    """The same for the speaker: None until they have finished speaking."""
    on = state.progress if state.stage is Stage.ROUND else None
    speaking = on is not None and on.phases[on.phase].speaking
    if on is not None and speaking and (on.id, on.turn) == (round_id, turn):
        return None
    return tally(state, round_id, turn)


def tallied_turns(state: State) -> tuple[tuple[str, int], ...]:
    """The speaker's turns, as round id and number from 0, in which anything was tapped, in order."""
    return tuple(dict.fromkeys((tap.round_id, tap.turn) for tap in state.taps))
