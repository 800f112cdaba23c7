"""What the facilitator's window says of a running session."""

from __future__ import annotations

from typing import Final

from cqcmock.domain.cafe.events import EventKind
from cqcmock.domain.cafe.rounds import MINUTE, RoundKind
from cqcmock.domain.cafe.running_order import length_in_words
from cqcmock.domain.cafe.scene import Stage, State
from cqcmock.domain.cafe.windows import FacilitatorView

NOTHING_TO_UNDO: Final = "Nothing to undo"

_UNDO: Final = {
    EventKind.STARTED: "the start",
    EventKind.ROUND_BEGUN: "the new round",
    EventKind.SWAPPED: "the swap",
    EventKind.PAUSED: "the pause",
    EventKind.RESUMED: "carrying on",
    EventKind.MINUTE_ADDED: "the minute",
    EventKind.SKIPPED: "the skip",
    EventKind.WENT_BACK: "going back",
    EventKind.CLOCK_HIDDEN: "hiding the clock",
    EventKind.CLOCK_SHOWN: "showing the clock",
    EventKind.QUESTION_DRAWN: "the question",
    EventKind.QUESTION_PICKED: "the question",
    EventKind.QUESTION_SHOWN: "showing the question",
    EventKind.QUESTION_HIDDEN: "hiding the question",
    EventKind.LISTEN_FOR_SHOWN: "what to listen for",
    EventKind.LISTEN_FOR_HIDDEN: "hiding what to listen for",
    EventKind.ASKED_ON: "asking on",
    EventKind.WHOSE_TURN: "whose turn it is",
    EventKind.LATE: "the new times",
    EventKind.FINISHED: "finishing",
}
_WHERE: Final = {
    RoundKind.CARDS: " They are written under “Cards”.",
    RoundKind.JUDGEMENT: " Add them under “Compare answers”, and show them to the room there.",
}
"""Where a round is run that is not run from the first tab."""

_SWAPPING: Final = frozenset({RoundKind.PAIRS, RoundKind.THREES})
"""Rounds in which people change parts; in others somebody, or something, else comes next."""


def undo_words(view: FacilitatorView) -> str:
    """What an undo would take back."""
    if view.undo is None:
        return NOTHING_TO_UNDO
    going_on = view.undo is EventKind.SWAPPED and not _swaps(view)
    return f"Undo {'going on' if going_on else _UNDO[view.undo]}"


def headline(state: State) -> str:
    """Where the session is."""
    match state.stage:
        case Stage.PLANNING:
            return "Ready to start"
        case Stage.WELCOME:
            return "The door is open"
        case Stage.FINISHED:
            return "The session is finished"
        case Stage.ROUND:
            assert state.round is not None
            return f"Round {state.scene.round + 1} of {len(state.order.rounds)}: {state.round.title}"


def under_headline(state: State, view: FacilitatorView) -> str:
    """What is being done."""
    match state.stage:
        case Stage.PLANNING:
            return "Starting opens the door: from then on the session’s time counts. No round begins yet."
        case Stage.WELCOME:
            return "People are coming in. Begin the first round when you are ready."
        case Stage.FINISHED:
            return "Close it when you have looked through the cards: what others may know of it is made then."
        case Stage.ROUND:
            whose = f" ({view.room.whose})" if view.room.whose else ""
            title = "" if view.room.phase == view.room.title else f"{view.room.phase}{whose}. "
            return f"{title}{view.to_say}{_WHERE.get(view.round.kind, '') if view.round else ''}"


def session_words(state: State, view: FacilitatorView) -> str:
    """“Session: 22 of 45 minutes · about 2 minutes late”."""
    if state.stage not in (Stage.WELCOME, Stage.ROUND):
        return length_in_words(state.order.seconds)
    used = f"Session: minute {int(view.elapsed // MINUTE) + 1} of {state.order.minutes}"
    return f"{used} · {late_words(view.late)}"


def late_words(late: float) -> str:
    """How the session stands against its length if every round takes what it has left."""
    minutes = round(abs(late) / MINUTE)
    if minutes == 0:
        return "in time"
    return f"about {length_in_words(minutes * MINUTE)} {'late' if late > 0 else 'in hand'}"


def next_words(state: State, view: FacilitatorView) -> str:
    """What comes next, within the round and after it."""
    lines = []
    if view.next_phase is not None and state.phase is not None:
        lines.append(f"In this round: {view.next_phase.title}")
    if view.next_round is not None:
        when = "After it" if state.stage is Stage.ROUND else "First"
        lines.append(f"{when}: {view.next_round.title}, {length_in_words(view.next_round.seconds)}")
    elif state.stage is Stage.ROUND:
        lines.append("After it: the end of the session")
    return "\n".join(lines)


def swap_words(view: FacilitatorView) -> str:
    """The words on the button that leads to the next phase of a round."""
    if view.next_phase is None:
        return "Last part"
    return f"{'Swap' if _swaps(view) else 'On to'}: {view.next_phase.title}"


def _swaps(view: FacilitatorView) -> bool:
    return view.round is not None and view.round.kind in _SWAPPING


def onward_words(state: State) -> str:
    """The words on the button that leads to the next round."""
    match state.stage:
        case Stage.PLANNING:
            return "Start the session"
        case Stage.FINISHED:
            return "Close the session…"
        case _ if state.next_round is not None:
            first = state.stage is Stage.WELCOME
            return f"Begin: {state.next_round.title}" if first else f"Next round: {state.next_round.title}"
        case _:
            return "Finish the session"


def away_words(seconds: int, because: str) -> str:
    """Why the clock stands still, and for how long nobody was there."""
    gone = f" That was {length_in_words(seconds - seconds % MINUTE)} ago." if seconds >= MINUTE else ""
    return f"The clock was stopped. {because}{gone} The round is as it was, with the time that had been used."
