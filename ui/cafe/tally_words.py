"""What the tally is called in the window, and what it says to a speaker: kind words, and never a mark."""

from __future__ import annotations

from cqcmock.domain.cafe.events import TAP_NAMES, TapKind
from cqcmock.domain.cafe.scene import Stage, State
from cqcmock.domain.english import count

NAMES = {
    TapKind.AH: "“Ah” or “um”",
    TapKind.JARGON: TAP_NAMES[TapKind.JARGON],
    TapKind.EXAMPLE: "Example",
    TapKind.NUMBER: "Number",
    TapKind.VOICE: "Person’s voice",
}
"""Short enough for a big button."""

LETTERS = {TapKind.AH: "A", TapKind.JARGON: "J", TapKind.EXAMPLE: "E", TapKind.NUMBER: "N", TapKind.VOICE: "V"}

_NONE = {
    TapKind.AH: "No “ah” and no “um” was heard.",
    TapKind.JARGON: "No jargon was heard: anybody could follow.",
    TapKind.EXAMPLE: "No example was heard this time. One short story of one piece of work stays with people.",
    TapKind.NUMBER: "No number was heard this time. One that you are sure of is plenty.",
    TapKind.VOICE: "Nobody’s own words were heard this time. What did somebody say to you that you remember?",
}


def turn_words(state: State, round_id: str, turn: int) -> str:
    """A speaker's turn as people in the room know it: the round, and who spoke."""
    on = state.scene.of(round_id)
    if on is None:
        return f"Speaker {turn + 1}"
    phase = next((phase for phase in on.phases if phase.speaking and phase.turn == turn), None)
    return f"{on.title}: {phase.title if phase else f'Speaker {turn + 1}'}"


def speaking(state: State) -> bool:
    """Whether somebody has the word now, so that there is anything to tally."""
    return state.stage is Stage.ROUND and state.phase is not None and state.phase.speaking


def to_the_speaker(kind: TapKind, number: int) -> str:
    """What one figure says to the one who spoke."""
    if not number:
        return _NONE[kind]
    match kind:
        case TapKind.AH:
            return f"“Ah” or “um” was heard {_times(number)}. Everybody does it, and a short pause does as well."
        case TapKind.JARGON:
            return f"Jargon was heard {_times(number)}: words or letters that people outside may not know."
        case TapKind.EXAMPLE:
            return f"{_heard(number, 'example')} from real work."
        case TapKind.NUMBER:
            return f"{_heard(number, 'number')}."
        case TapKind.VOICE:
            return f"What somebody told you was heard {_times(number)}, in their words or close to them."


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _heard(number: int, what: str) -> str:
    return f"{count(number, what)} {'was' if number == 1 else 'were'} heard"
