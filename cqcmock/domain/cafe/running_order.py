"""What is done when in a café: rounds that always add up to the session, whatever is changed and however late it gets.

Every function gives a new running order and leaves the old one alone; where something cannot be, it raises a UserError
and nothing has changed. The same deeds give the same running order: nothing here is left to chance or to a clock.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from cqcmock.domain.cafe.rounds import KINDS, MINUTE, Round, RoundKind, RoundQuestion, least_seconds, new_round
from cqcmock.domain.cafe.templates import Template
from cqcmock.errors import UserError

LEAST_MINUTES, MOST_MINUTES = 10, 180
"""How short and how long a session can be."""

LONGEST_TITLE = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningOrder:
    """The rounds of a session of so many seconds.

    Once it was re-planned, the first `done` rounds are past and stay as they were; `spent` is how much of the session
    was gone outside the rounds to come, `used` how long the round at `done` had been on (None: it had not begun).
    `spent` and the rounds from `done` on add up to `seconds`, always: anything else is a ValueError, our bug.
    """

    seconds: int
    rounds: tuple[Round, ...]
    done: int = 0
    spent: int = 0
    used: int | None = None

    def __post_init__(self) -> None:
        if self.spent < 0 or not 0 <= self.done < len(self.rounds):
            raise ValueError(f"no running order has {self.done} of {len(self.rounds)} rounds done in {self.spent} s")
        if self.spent + sum(one.seconds for one in self.open_rounds) != self.seconds:
            raise ValueError(f"the rounds do not add up to {self.seconds} s")
        if any(one.seconds <= 0 for one in self.rounds) or len({one.id for one in self.rounds}) != len(self.rounds):
            raise ValueError("a round has no length, or two rounds have one id")
        if any(one.kind is RoundKind.CLOSING for one in self.rounds[:-1]):
            raise ValueError("the closing does not come last")

    @property
    def open_rounds(self) -> tuple[Round, ...]:
        """The rounds that are not past, the one that is on among them."""
        return self.rounds[self.done :]

    @property
    def minutes(self) -> int:
        """The length of the session."""
        return self.seconds // MINUTE

    @property
    def fixed(self) -> int:
        """How many rounds at the beginning can no longer be moved or taken out."""
        return self.done + (self.used is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A running order, and the rounds that had to be left out of it for want of time."""

    order: RunningOrder
    left_out: tuple[Round, ...] = ()

    @property
    def said(self) -> str:
        """What was left out, as a sentence for the facilitator; nothing where everything fits."""
        if not self.left_out:
            return ""
        return f"Left out, for want of time: {', '.join(f'“{one.title}”' for one in self.left_out)}."


def check_minutes(minutes: int) -> int:
    """The session length itself. Raises UserError outside 10 to 180 minutes."""
    if not LEAST_MINUTES <= minutes <= MOST_MINUTES:
        raise UserError(
            f"A session cannot last {length_in_words(minutes * MINUTE)}.",
            f"Choose a length from {LEAST_MINUTES} to {MOST_MINUTES} minutes.",
        )
    return minutes


def from_template(template: Template, minutes: int, new_id: Callable[[], str]) -> Fitted:
    """A running order after a template, for a session of so many minutes. Raises UserError where it cannot be made.

    Each round gets its share; where the session is too short for all of them, the last before the closing go first.
    """
    total = check_minutes(minutes) * MINUTE
    if not template.rounds:
        raise UserError(f"The template “{template.name}” has no rounds.", "Choose another template.")
    rounds = [
        new_round(part.kind, new_id(), minutes=max(1, part.minutes), title=part.title, question=part.question)
        for part in template.rounds
    ]
    floors = [least_seconds(one.kind) for one in rounds]
    rounds, floors, left_out = _leave_out(rounds, floors, total, from_index=0)
    return Fitted(order=RunningOrder(seconds=total, rounds=_fit(rounds, floors, total)), left_out=left_out)


def replan(order: RunningOrder, *, elapsed: int, index: int, used: int | None = None, added: int = 0) -> Fitted:
    """What remains, fitted into what is left, `elapsed` seconds into the session.

    `index` is the round that is on, `used` how many seconds it has taken and `added` how many it was given on top;
    where `used` is None, that round has yet to begin. Rounds before it stay as they were. The round that is on is kept,
    the closing keeps its least length, and what no longer fits is left out, the last before the closing first.
    Raises UserError where not even the closing fits.
    """
    if not 0 <= index < len(order.rounds) or not 0 <= (used or 0) <= elapsed:
        raise ValueError(f"nothing to plan at round {index}, {used} s of {elapsed} s")
    past, rounds = order.rounds[:index], list(order.rounds[index:])
    spent = elapsed - (used or 0)
    available = order.seconds - spent
    floors = [least_seconds(one.kind) for one in rounds]
    if used is not None:
        rounds[0] = replace(rounds[0], seconds=rounds[0].seconds + added)
        floors[0] = max(1, used, min(floors[0], rounds[0].seconds))
    rounds, floors, left_out = _leave_out(rounds, floors, available, from_index=0 if used is None else 1)
    if used is not None and sum(floors) > available and rounds[0].kind is not RoundKind.CLOSING:
        floors[0] = max(1, used)
    if not rounds or sum(floors) > available:
        raise _no_time_left(order, index, elapsed)
    fitted = _fit(rounds, floors, available, used)
    planned = RunningOrder(seconds=order.seconds, rounds=(*past, *fitted), done=index, spent=spent, used=used)
    return Fitted(order=planned, left_out=left_out)


def add(order: RunningOrder, new: Round, position: int | None = None) -> RunningOrder:
    """The running order with one more round, before the closing where no position is given; the others give the time.

    Raises UserError where there is no room for it. `most_minutes` says how long it could be.
    """
    _check_least(new.kind, new.seconds)
    closes = order.rounds[-1].kind is RoundKind.CLOSING
    if closes and new.kind is RoundKind.CLOSING:
        raise UserError("There is a closing already.", "Make it longer, or take it out first.")
    at = len(order.rounds) - closes if position is None else position
    if at < order.fixed:
        raise _over(order)
    if at > len(order.rounds) - closes or (new.kind is RoundKind.CLOSING and at < len(order.rounds)):
        raise _closing_last()
    if new.seconds > most_minutes(order, new.kind) * MINUTE:
        raise UserError(
            f"There is no room for another {length_in_words(new.seconds)}.",
            "Make it shorter, take another round out, or make the session longer.",
        )
    others = _fit(order.open_rounds, _floors(order), order.seconds - order.spent - new.seconds, order.used)
    rounds = [*order.rounds[: order.done], *others]
    rounds.insert(at, new)
    return replace(order, rounds=tuple(rounds))


def most_minutes(order: RunningOrder, kind: RoundKind) -> int:
    """The most whole minutes that one more round of this kind could have: 0 where there is no room for it."""
    minutes = (order.seconds - order.spent - sum(_floors(order))) // MINUTE
    return minutes if minutes >= KINDS[kind].least_minutes else 0


def remove(order: RunningOrder, round_id: str) -> RunningOrder:
    """The running order without a round; the others take its time. Raises UserError where it is the last one left."""
    at = _movable(order, round_id)
    if len(order.open_rounds) == 1:
        raise UserError("A session needs at least one round.", "Add another before you take this one out.")
    floors = _floors(order)
    del floors[at - order.done]
    others = [one for one in order.open_rounds if one.id != round_id]
    fitted = _fit(others, floors, order.seconds - order.spent, order.used)
    return replace(order, rounds=(*order.rounds[: order.done], *fitted))


def move(order: RunningOrder, round_id: str, position: int) -> RunningOrder:
    """The running order with a round moved to a position, counted from 0. Raises UserError where it cannot be there."""
    moved = order.rounds[_movable(order, round_id)]
    rounds = [one for one in order.rounds if one.id != round_id]
    if position < order.fixed:
        raise _over(order)
    closes = order.rounds[-1].kind is RoundKind.CLOSING
    last = len(rounds)
    if (moved.kind is RoundKind.CLOSING and position != last) or (
        closes and moved != order.rounds[-1] and position >= last
    ):
        raise _closing_last()
    rounds.insert(position, moved)
    return replace(order, rounds=tuple(rounds))


def change_minutes(order: RunningOrder, round_id: str, minutes: int) -> RunningOrder:
    """The running order with a round of so many minutes; the others give or take.

    Raises UserError where that is too short for it, or leaves too little for the others.
    """
    at = _open(order, round_id) - order.done
    wanted, changed = minutes * MINUTE, order.open_rounds[at]
    if wanted == changed.seconds:
        return order
    _check_least(changed.kind, wanted)
    if at == 0 and wanted < (order.used or 0):
        raise UserError("This round has already taken longer than that.", "Give it more minutes, or go on to the next.")
    others, floors = list(order.open_rounds), _floors(order)
    del others[at], floors[at]
    total = order.seconds - order.spent
    if not others:
        raise UserError("This is the only round, so it takes the whole session.", "Add another round first.")
    if wanted + sum(floors) > total:
        most = (total - sum(floors)) // MINUTE
        raise UserError(
            f"That leaves too little for the other rounds, which need {length_in_words(sum(floors))}.",
            f"Give this one at most {length_in_words(most * MINUTE)}, or take another round out.",
        )
    fitted = list(_fit(others, floors, total - wanted, order.used if at else None))
    fitted.insert(at, replace(changed, seconds=wanted))
    return replace(order, rounds=(*order.rounds[: order.done], *fitted))


def change_length(order: RunningOrder, minutes: int) -> RunningOrder:
    """The running order for a session of another length. Raises UserError where the rounds do not fit into it."""
    total = check_minutes(minutes) * MINUTE
    needed = order.spent + sum(_floors(order))
    if needed > total:
        raise UserError(
            f"These rounds need at least {length_in_words(needed)}.", "Take a round out, or make the session longer."
        )
    fitted = _fit(order.open_rounds, _floors(order), total - order.spent, order.used)
    return replace(order, seconds=total, rounds=(*order.rounds[: order.done], *fitted))


def ask(order: RunningOrder, round_id: str, question: RoundQuestion | None) -> RunningOrder:
    """The running order with another question for a round, or none. Raises UserError where the round is over."""
    return _with_round(order, replace(order.rounds[_open(order, round_id)], question=question))


def rename(order: RunningOrder, round_id: str, title: str) -> RunningOrder:
    """The running order with another title for a round; none means the kind's own. Raises UserError if too long."""
    found, title = order.rounds[_open(order, round_id)], " ".join(title.split())
    if len(title) > LONGEST_TITLE:
        raise UserError(f"The title is longer than {LONGEST_TITLE} characters.", "Make it shorter.")
    return _with_round(order, replace(found, title=title or KINDS[found.kind].title))


def length_in_words(seconds: int) -> str:
    """“1 minute”, “12 minutes”, “1 minute 30 seconds”."""
    minutes, rest = divmod(max(0, seconds), MINUTE)
    words = [
        f"{number} {unit}{'' if number == 1 else 's'}"
        for number, unit in ((minutes, "minute"), (rest, "second"))
        if number
    ]
    return " ".join(words) or "0 minutes"


def _with_round(order: RunningOrder, changed: Round) -> RunningOrder:
    return replace(order, rounds=tuple(changed if one.id == changed.id else one for one in order.rounds))


def _floors(order: RunningOrder) -> list[int]:
    """The least seconds of each open round; the one that is on cannot take less than it already has."""
    floors = [least_seconds(one.kind) for one in order.open_rounds]
    if order.used is not None:
        floors[0] = max(1, order.used, min(floors[0], order.open_rounds[0].seconds))
    return floors


def _leave_out(
    rounds: list[Round], floors: list[int], available: int, *, from_index: int
) -> tuple[list[Round], list[int], tuple[Round, ...]]:
    """What is kept of the rounds and their least lengths, and what is not: the last before the closing goes first."""
    rounds, floors = list(rounds), list(floors)
    left_out: list[Round] = []
    for at in range(len(rounds) - 1, from_index - 1, -1):
        if sum(floors) <= available:
            break
        if rounds[at].kind is not RoundKind.CLOSING:
            left_out.insert(0, rounds.pop(at))
            del floors[at]
    return rounds, floors, tuple(left_out)


def _fit(rounds: Sequence[Round], floors: Sequence[int], total: int, used: int | None = None) -> tuple[Round, ...]:
    """The same rounds stretched or shrunk to `total` seconds, none below its floor, in whole minutes where that can be.

    Of a first round that is on, what it has used is kept and only the rest shared. It takes the odd seconds.
    """
    kept = used or 0
    weights = [max(1, rounds[0].seconds - kept), *(one.seconds for one in rounds[1:])]
    floors, total = [floors[0] - kept, *floors[1:]], total - kept
    if total % MINUTE or floors[0] % MINUTE:
        in_seconds = _shares(total, weights, floors)
        minutes = sum(in_seconds[1:]) // MINUTE
        others = _shares(minutes, weights[1:], [floor // MINUTE for floor in floors[1:]]) if rounds[1:] else []
        lengths = [total - minutes * MINUTE, *(share * MINUTE for share in others)]
    else:
        shares = _shares(total // MINUTE, weights, [floor // MINUTE for floor in floors])
        lengths = [share * MINUTE for share in shares]
    lengths[0] += kept
    return tuple(replace(one, seconds=seconds) for one, seconds in zip(rounds, lengths, strict=True))


def _shares(total: int, weights: Sequence[int], floors: Sequence[int]) -> list[int]:
    """Whole numbers in proportion to the weights that add up to `total`, none below its floor."""
    shares = list(floors)
    free = list(range(len(weights)))
    while True:
        left = total - sum(shares[at] for at in range(len(weights)) if at not in free)
        weight = sum(weights[at] for at in free)
        short = [at for at in free if left * weights[at] < floors[at] * weight]
        if not short:
            break
        free = [at for at in free if at not in short]
    for at in free:
        shares[at] = left * weights[at] // weight
    by_need = sorted(free, key=lambda at: (-(left * weights[at] % weight), at))
    for at in by_need[: total - sum(shares)]:
        shares[at] += 1
    return shares


def _open(order: RunningOrder, round_id: str) -> int:
    """Where the round is. Raises UserError if it is past, ValueError if there is none."""
    at = next((number for number, one in enumerate(order.rounds) if one.id == round_id), None)
    if at is None:
        raise ValueError(f"no round {round_id!r}")
    if at < order.done:
        raise UserError("That round is over.", "Change one that is still to come.")
    return at


def _movable(order: RunningOrder, round_id: str) -> int:
    at = _open(order, round_id)
    if at < order.fixed:
        raise UserError("That round is on.", "Change one that is still to come.")
    return at


def _check_least(kind: RoundKind, seconds: int) -> None:
    if seconds < least_seconds(kind):
        raise UserError(
            f"“{KINDS[kind].title}” needs at least {length_in_words(least_seconds(kind))}.",
            "Give it more minutes, or take it out.",
        )


def _over(order: RunningOrder) -> UserError:
    past = "That part of the session is over." if order.fixed > 1 else "The first round is on or over."
    return UserError(past, "Put it after the round that is on.")


def _closing_last() -> UserError:
    return UserError("The closing comes last.", "Put the other rounds before it.")


def _no_time_left(order: RunningOrder, index: int, elapsed: int) -> UserError:
    last, left = len(order.rounds) - 1, order.seconds - elapsed
    happened = f"The session has {length_in_words(left)} left" if left > 0 else "The time of the session is up"
    if order.rounds[last].kind is not RoundKind.CLOSING or index == last:
        return UserError(f"{happened}: there is nothing to fit in.", "Finish when you are ready.")
    closing = length_in_words(least_seconds(RoundKind.CLOSING))
    return UserError(
        f"{happened}, and the closing takes {closing}.", "Go to the closing now and end a little late, or finish here."
    )
