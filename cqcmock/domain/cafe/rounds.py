"""What can be done in a café: the kinds of round, and who does what for how long in each.

Lengths are whole seconds. A planned round is whole minutes; one that was fitted into what is left of a session
may not be. Nobody is named: people are A, B and C, or the first and the second speaker.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate

MINUTE = 60


class RoundKind(StrEnum):
    """The kinds of round."""

    OPENING = "you-said-we-did"
    HOT_SEAT = "hot-seat"
    PAIRS = "pairs"
    THREES = "threes"
    PRIDE = "two-minutes-of-pride"
    CARDS = "quick-cards"
    JUDGEMENT = "comparative-judgement"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True, kw_only=True)
class KindFacts:
    """How a kind of round is called, what the facilitator says of it, and its least and usual minutes."""

    title: str
    to_say: str
    least_minutes: int
    usual_minutes: int
    asks: bool = False


KINDS: Mapping[RoundKind, KindFacts] = {
    RoundKind.OPENING: KindFacts(
        title="You said, we did",
        to_say="What you told us last time, what was done about it, and what is still open.",
        least_minutes=2,
        usual_minutes=4,
    ),
    RoundKind.HOT_SEAT: KindFacts(
        title="Hot seat",
        to_say="One person answers. Everybody else listens, and then says what they heard.",
        least_minutes=4,
        usual_minutes=10,
        asks=True,
    ),
    RoundKind.PAIRS: KindFacts(
        title="Pairs",
        to_say="One of you answers and the other listens. Half way you swap.",
        least_minutes=4,
        usual_minutes=10,
        asks=True,
    ),
    RoundKind.THREES: KindFacts(
        title="Threes",
        to_say="One speaks, one listens, one observes and keeps a tally. Then you change, until all have been each.",
        least_minutes=6,
        usual_minutes=15,
        asks=True,
    ),
    RoundKind.PRIDE: KindFacts(
        title="Two minutes of pride",
        to_say="Two minutes each, for anybody who would like to: what are you proud of, and who is better off for it?",
        least_minutes=2,
        usual_minutes=6,
        asks=True,
    ),
    RoundKind.CARDS: KindFacts(
        title="Pride and worry cards",
        to_say="A card for something you are proud of, then a card for something that worries you. No names.",
        least_minutes=2,
        usual_minutes=6,
        asks=True,
    ),
    RoundKind.JUDGEMENT: KindFacts(
        title="Which would reassure more?",
        to_say="Two answers side by side, nobody's name on either. Which would reassure an assessor more?",
        least_minutes=4,
        usual_minutes=10,
    ),
    RoundKind.CLOSING: KindFacts(
        title="Closing",
        to_say="One thing you will take away, one thing to be done, and the date of the next café.",
        least_minutes=2,
        usual_minutes=4,
    ),
}

OPEN_ENDED = frozenset({RoundKind.HOT_SEAT, RoundKind.PRIDE})
"""Rounds in which somebody else may always have a turn, while there is time."""

HOT_SEAT_SECONDS = 5 * MINUTE
"""About how long one person sits in the hot seat: two thirds speaking, one third being told what was heard."""

PRIDE_SECONDS = 2 * MINUTE
LEAST_THANKS_SECONDS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundQuestion:
    """A question as it is asked in the room: the round's own copy, so that editing a bank changes no session.

    `listen_for` is what a strong answer does, shown only when the facilitator says so.
    """

    bank: str
    question: str
    text: str
    listen_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One round of a running order."""

    id: str
    kind: RoundKind
    title: str
    seconds: int
    question: RoundQuestion | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Who does what in a phase."""

    who: str
    does: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A stretch of a round in which everybody keeps to one part. `turn` counts speakers from 0.

    `speaking` is true while that speaker has the word: only then is there anything to tally.
    """

    title: str
    seconds: int
    parts: tuple[Part, ...]
    turn: int | None = None
    speaking: bool = False

    def for_turn(self, turn: int) -> Phase:
        """The same stretch for the speaker of this turn: an open-ended round has more speakers than phases."""
        if self.turn is None or self.turn == turn:
            return self
        of_title, of_turn = f"peaker {self.turn + 1}", f"peaker {turn + 1}"  # the word begins some titles
        return replace(self, title=self.title.replace(of_title, of_turn), turn=turn)


def least_seconds(kind: RoundKind) -> int:
    """The least seconds in which a round of this kind is worth doing."""
    return KINDS[kind].least_minutes * MINUTE


def new_round(
    kind: RoundKind,
    round_id: str,
    *,
    minutes: int | None = None,
    title: str = "",
    question: RoundQuestion | None = None,
) -> Round:
    """A round of a kind, of its usual length where none is given."""
    facts = KINDS[kind]
    seconds = (facts.usual_minutes if minutes is None else minutes) * MINUTE
    return Round(id=round_id, kind=kind, title=title.strip() or facts.title, seconds=seconds, question=question)


def phases(of: Round) -> tuple[Phase, ...]:
    """What the round consists of, in order: the seconds add up to the round's."""
    match of.kind:
        case RoundKind.OPENING:
            return (_everybody(of, Part(who="You", does="tell"), Part(who="Everybody", does="listens and adds")),)
        case RoundKind.HOT_SEAT:
            return _hot_seat(of.seconds)
        case RoundKind.PAIRS:
            return _rotation(of.seconds, ("speaks", "listens"))
        case RoundKind.THREES:
            return _rotation(of.seconds, ("speaks", "listens", "observes and keeps the tally"))
        case RoundKind.PRIDE:
            return _pride(of.seconds)
        case RoundKind.CARDS:
            return _cards(of.seconds)
        case RoundKind.JUDGEMENT:
            return (_everybody(of, Part(who="Everybody", does="reads both and chooses one")),)
        case RoundKind.CLOSING:
            return (_everybody(of, Part(who="Everybody", does="says one thing to take away")),)


def phase_after(kind: RoundKind, all_phases: Sequence[Phase], phase: int) -> int | None:
    """The phase that a swap leads to, or None where the round has no more of them.

    In an open-ended round the last speaker's turn is followed by another one like it.
    """
    if phase + 1 < len(all_phases):
        return phase + 1
    if kind not in OPEN_ENDED:
        return None
    last_turn = max(part.turn for part in all_phases if part.turn is not None)
    return next(number for number, part in enumerate(all_phases) if part.turn == last_turn)


def parted(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """`total` cut by weight into whole numbers that add up to it, none further than 1 from its due."""
    whole = sum(weights)
    ends = [total * upto // whole for upto in accumulate(weights)]
    return tuple(end - start for start, end in zip([0, *ends], ends, strict=False))


def evenly(total: int, pieces: int) -> tuple[int, ...]:
    """`total` in equal whole pieces, the odd seconds to the first of them."""
    each, odd = divmod(total, pieces)
    return tuple(each + (number < odd) for number in range(pieces))


def _everybody(of: Round, *parts: Part) -> Phase:
    return Phase(title=of.title, seconds=of.seconds, parts=parts)


def _rotation(seconds: int, deeds: tuple[str, ...]) -> tuple[Phase, ...]:
    """As many turns as deeds: whoever is A does the first, then the last, and so on until each has done each."""
    people = "ABC"[: len(deeds)]
    turns = []
    for turn, length in enumerate(evenly(seconds, len(deeds))):
        speaker = people[turn:] + people[:turn]
        parts = tuple(Part(who=who, does=does) for who, does in zip(speaker, deeds, strict=True))
        turns.append(Phase(title=f"{speaker[0]} speaks", seconds=length, parts=parts, turn=turn, speaking=True))
    return tuple(turns)


def _hot_seat(seconds: int) -> tuple[Phase, ...]:
    people = max(1, (seconds + HOT_SEAT_SECONDS // 2) // HOT_SEAT_SECONDS)
    found = []
    for turn, length in enumerate(evenly(seconds, people)):
        speaking, hearing = parted(length, (2, 1))
        found.append(
            Phase(
                title=f"Speaker {turn + 1} answers",
                seconds=speaking,
                parts=(Part(who="One person", does="answers"), Part(who="Everybody else", does="listens")),
                turn=turn,
                speaking=True,
            )
        )
        found.append(
            Phase(
                title=f"What speaker {turn + 1} was heard to say",
                seconds=hearing,
                parts=(Part(who="Everybody else", does="says what they heard"), Part(who="Speaker", does="listens")),
                turn=turn,
            )
        )
    return tuple(found)


def _pride(seconds: int) -> tuple[Phase, ...]:
    people = max(1, seconds // PRIDE_SECONDS)
    left = max(0, seconds - people * PRIDE_SECONDS)
    lengths = [min(PRIDE_SECONDS, seconds)] * people
    if left < LEAST_THANKS_SECONDS:
        lengths[-1] += left
    parts = (Part(who="One person", does="says what they are proud of"), Part(who="Everybody else", does="listens"))
    turns = tuple(
        Phase(title=f"Speaker {turn + 1}", seconds=length, parts=parts, turn=turn, speaking=True)
        for turn, length in enumerate(lengths)
    )
    if left < LEAST_THANKS_SECONDS:
        return turns
    thanks = Phase(title="Thanks", seconds=left, parts=(Part(who="Everybody", does="thanks those who spoke"),))
    return (*turns, thanks)


def _cards(seconds: int) -> tuple[Phase, ...]:
    pride, worry = evenly(seconds, 2)
    return (
        Phase(title="Pride", seconds=pride, parts=(Part(who="Everybody", does="gives a card about something good"),)),
        Phase(title="Worry", seconds=worry, parts=(Part(who="Everybody", does="gives a card about a worry"),)),
    )
