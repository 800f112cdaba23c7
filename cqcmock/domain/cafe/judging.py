"""Which answer reassures more: two anonymous answers side by side, one of them chosen, and the order that comes of it.

People are better at saying which of two is better than at giving marks, and nobody needs to know whose they are. The
choices become a scale by the model of Bradley and Terry (`bradley_terry`). Nothing on it is a mark: it says how the
answers in this room stand to one another, and no more. Every answer is given half a win and half a loss against an
answer that nobody sees (PRIOR), about one look in ten, so that one that always won stays finite; this draws the answers
a little together and makes the reliability a little lower.

How much the order can be relied on is the *scale separation reliability*, (observed variance - mean squared error) /
observed variance. **Choosing pairs by their strengths inflates it**: T. Bramley, "Investigating the reliability of
Adaptive Comparative Judgment" (Cambridge Assessment Research Report, 2015) had values above 0.7 from coin tosses, and
so had these rules while they took the closest pair (0.74 on average for 40 answers, ten looks each). Close therefore
means here only that two answers *cannot be told apart yet*, which leaves nearly every pair open to coin tosses (below
0.2 on average), and no pair is chosen by strength before its answers were seen FIRST_LOOKS times. What inflation is
left is said in words beside the figure.

The advice to stop at ten looks, and 0.8 as the least to rely on, are from G. Kinnear, I. Jones and B. Davies (Behavior
Research Methods 57, 2025); S. Verhavert and others (Assessment in Education 26, 2019) found 10 to 14 looks for 0.7 and
26 to 37 for 0.9.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean
from typing import Final
from zlib import crc32

from cqcmock.domain.cafe.bradley_terry import estimated
from cqcmock.domain.english import count
from cqcmock.errors import UserError

PRIOR: Final = 0.5
"""Wins, and as many losses, that every answer has against an unseen answer of strength 0."""

LOOKS: Final = 10
"""Looks at each answer after which more change little."""

FIRST_LOOKS: Final = 4
"""Looks at an answer before it is chosen for being close to another."""

FEWEST_ANSWERS, FEWEST_LOOKS = 6, 5
"""Below this many answers, or looks at any one of them, no reliability is given: it would be mostly chance."""

RELIABLE, SOME = 0.8, 0.5
"""From here on the order can be relied on in the main; from here on at least the top and the bottom can."""

SURE: Final = 1.96
"""Standard errors that two answers must be apart to be told apart: 95 % of the time for a pair picked beforehand."""

AHEAD: Final = 2
"""Looks that an answer may be ahead of the one seen least before it is spared."""

_SAME: Final = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One look at two answers. `at` is in seconds since the session began.

    `by` is a word for who looked, "the room" or "table 2", never a name, and may be empty; no estimate looks at it.
    """

    left: str
    right: str
    chosen: str
    by: str = ""
    at: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """The last judgement that still stood, undone."""

    at: float = 0.0


Record = tuple[Judgement | TakenBack, ...]
"""Everything that happened, only ever added to."""


def judged(record: Record, judgement: Judgement) -> Record:
    """The record with one more judgement. Raises ValueError for one that cannot have been made: our mistake."""
    if judgement.left == judgement.right or judgement.chosen not in (judgement.left, judgement.right):
        raise ValueError(f"one of two different answers is chosen, not {judgement}")
    return _with(record, judgement)


def take_back(record: Record, at: float) -> Record:
    """The record with its last standing judgement undone, at seconds since the session began.

    Raises UserError where nothing is left to undo.
    """
    if not standing(record):
        raise UserError("There is no judgement left to undo.", "Go on with the next two answers.")
    return _with(record, TakenBack(at=at))


def standing(record: Iterable[Judgement | TakenBack]) -> tuple[Judgement, ...]:
    """The judgements that were not taken back, in order."""
    kept: list[Judgement] = []
    for entry in record:
        if isinstance(entry, Judgement):
            kept.append(entry)
        else:
            kept.pop()
    return tuple(kept)


def _with(record: Record, entry: Judgement | TakenBack) -> Record:
    if record and entry.at < record[-1].at:
        raise ValueError(f"{entry} comes before the entry at {record[-1].at} s")
    return (*record, entry)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Where the answers stand: strengths and their standard errors in logits, the mean strength being 0.

    `groups` numbers the sets of answers that comparisons join, directly or through others: between two groups nothing
    is known. `covariance` is that of the strengths. Everything is in the order of `answers`.
    """

    answers: tuple[str, ...]
    strengths: tuple[float, ...]
    errors: tuple[float, ...]
    looks: tuple[int, ...]
    groups: tuple[int, ...]
    covariance: tuple[tuple[float, ...], ...]

    def surely_better(self, one: int, other: int) -> bool:
        """Whether the answer at one position stands above that at another by more than chance would have it."""
        if self.groups[one] != self.groups[other]:
            return False
        spread = self.covariance[one][one] + self.covariance[other][other] - 2 * self.covariance[one][other]
        return self.strengths[one] - self.strengths[other] > SURE * math.sqrt(max(0.0, spread))

    def told_apart(self, one: int, other: int) -> bool:
        """Whether one of the two answers at these positions stands above the other by more than chance."""
        return self.surely_better(one, other) or self.surely_better(other, one)


def scale(answers: Iterable[str], judgements: Iterable[Judgement], *, prior: float = PRIOR) -> Scale:
    """The Bradley–Terry estimates of these answers, whatever the order of the judgements.

    Judgements of an answer that is not there any more, because somebody took theirs away, do not count. Standard errors
    are from the inverse of the information matrix, prior included, about the mean. `prior` must be above 0.
    """
    names = tuple(dict.fromkeys(answers))
    counted = _counted(names, judgements)
    position = {answer: at for at, answer in enumerate(names)}
    wins = Counter((position[one.chosen], position[_other(one)]) for one in counted)
    met = sorted({(min(pair), max(pair)) for pair in wins})
    results = [(one, other, wins[one, other], wins[other, one]) for one, other in met]
    strengths, covariance = estimated(len(names), results, prior)
    looks, groups = _looks(names, counted), _groups(names, counted)
    return Scale(
        answers=names,
        strengths=strengths,
        errors=tuple(math.sqrt(max(0.0, row[at])) for at, row in enumerate(covariance)),
        looks=tuple(looks[answer] for answer in names),
        groups=tuple(groups[answer] for answer in names),
        covariance=covariance,
    )


def _counted(answers: Sequence[str], judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    there = frozenset(answers)
    return tuple(judgement for judgement in judgements if {judgement.left, judgement.right} <= there)


def _other(judgement: Judgement) -> str:
    return judgement.right if judgement.chosen == judgement.left else judgement.left


def _looks(answers: Sequence[str], counted: Iterable[Judgement]) -> Counter[str]:
    looks = Counter(dict.fromkeys(answers, 0))
    for judgement in counted:
        looks.update((judgement.left, judgement.right))
    return looks


def _groups(answers: Sequence[str], counted: Iterable[Judgement]) -> dict[str, int]:
    """The number of the group of each answer: those with the same number are joined by comparisons."""
    group = {answer: number for number, answer in enumerate(answers)}
    for judgement in counted:
        here, there = group[judgement.left], group[judgement.right]
        if here != there:
            group = {answer: here if number == there else number for answer, number in group.items()}
    return group


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """The scale separation reliability, 0 to 1, or None; `words` say what it means, or why there is none."""

    value: float | None
    words: str


def reliability(found: Scale) -> Reliability:
    """How far the order of the answers can be relied on; the module says why the figure flatters."""
    number = len(found.answers)
    if number < FEWEST_ANSWERS:
        return Reliability(
            value=None,
            words=f"Only {count(number, 'answer')} to compare. Below {FEWEST_ANSWERS} a figure says nothing.",
        )
    if few := sum(looks < FEWEST_LOOKS for looks in found.looks):
        were = "answer has" if few == 1 else "answers have"
        return Reliability(
            value=None,
            words=f"{few} {were} been looked at fewer than {FEWEST_LOOKS} times. It is too early for a figure.",
        )
    if len(set(found.groups)) > 1:
        return Reliability(
            value=None, words="Some answers were never compared with the others, so there is no one order."
        )
    observed = fmean(strength**2 for strength in found.strengths)
    if observed < _SAME:
        return Reliability(value=None, words="All answers came out alike. There is no order to rely on.")
    value = max(0.0, 1 - fmean(error**2 for error in found.errors) / observed)
    meaning = (
        "The order can be relied on in the main."
        if value >= RELIABLE
        else "The top and the bottom mean something, the places between them little."
        if value >= SOME
        else "The order is mostly chance."
    )
    flatters = "Close answers are put side by side on purpose, so it looks a little better than it is."
    return Reliability(value=value, words=f"{meaning} {flatters}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """One answer in the list. Answers of exactly equal strength share a `place`; None where nobody has looked yet.

    `best` and `worst` are the places that it could have as far as anybody can tell, `alike` the answers that it cannot
    be told apart from, and `words` say so without naming any.
    """

    answer: str
    place: int | None
    best: int
    worst: int
    strength: float
    error: float
    looks: int
    alike: tuple[str, ...]
    like_the_next: bool
    words: str


def ranked(found: Scale) -> tuple[Ranked, ...]:
    """The answers from the most to the least reassuring, those not looked at yet at the end."""
    levels = [round(strength / _SAME) for strength in found.strengths]
    order = sorted(range(len(levels)), key=lambda at: (not found.looks[at], -levels[at]))
    seen = [at for at in order if found.looks[at]]
    listed = []
    for row, at in enumerate(order):
        better = [other for other in seen if found.surely_better(other, at)] if found.looks[at] else []
        worse = [other for other in seen if found.surely_better(at, other)] if found.looks[at] else []
        alike = [other for other in order if other != at and other not in better and other not in worse]
        place = 1 + sum(levels[other] > levels[at] for other in seen)
        following = order[row + 1] if row + 1 < len(order) else None
        best, worst = 1 + len(better), len(order) - len(worse)
        listed.append(
            Ranked(
                answer=found.answers[at],
                place=place if found.looks[at] else None,
                best=best,
                worst=worst,
                strength=found.strengths[at],
                error=found.errors[at],
                looks=found.looks[at],
                alike=tuple(found.answers[other] for other in alike),
                like_the_next=following in alike,
                words=_place_in_words(place, best, worst, len(order)) if found.looks[at] else "Not looked at yet.",
            )
        )
    return tuple(listed)


def _place_in_words(place: int, best: int, worst: int, number: int) -> str:
    if number == 1:
        return "The only answer."
    if best == worst:
        return f"Place {place}, and clearly so."
    if (best, worst) == (1, number):
        return f"Place {place}, but it cannot be told apart from any other yet."
    return f"Place {place}, but anything from {best} to {worst} would fit what was judged."


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """The two answers to look at next, and on which side."""

    left: str
    right: str


def next_pair(
    answers: Iterable[str], judgements: Sequence[Judgement], *, left_out: Collection[str] = ()
) -> Pair | None:
    """The two answers to look at next, or None where there are not two. The same judgements give the same pair.

    `left_out` are answers that the one who looks must not judge: their own. What is looked for, in this order:

    1. neither answer was in the last pair; of four or fewer only one was, or four would fall into two pairs for ever;
    2. one of them is the answer seen least;
    3. the other is not more than AHEAD looks ahead of that;
    4. they cannot be told apart yet, once both have been seen FIRST_LOOKS times;
    5. they have met least;
    6. the other was seen least too, until both have been seen FIRST_LOOKS times;
    7. nothing joins them yet;
    8. chance, drawn from their ids and the number of judgements.

    On the left stands the one that stood there less often, counted over all its looks, then over those with this other.
    """
    names = tuple(dict.fromkeys(answers))
    counted = _counted(names, judgements)
    open_to = [answer for answer in sorted(names) if answer not in left_out]
    if len(open_to) < 2:
        return None
    looks, groups = _looks(names, counted), _groups(names, counted)
    met = Counter(frozenset((judgement.left, judgement.right)) for judgement in counted)
    last = {counted[-1].left, counted[-1].right} if counted else set()
    least, unavoidable = min(looks[answer] for answer in open_to), 0 if len(open_to) > 4 else 1
    found = scale(sorted(names), counted) if max(looks.values()) >= FIRST_LOOKS else None
    position = {answer: at for at, answer in enumerate(sorted(names))}

    def urgency(pair: tuple[str, str]) -> tuple[int, ...]:
        one, other = pair
        fewer, more = sorted((looks[one], looks[other]))
        early, shared = fewer < FIRST_LOOKS, (one in last) + (other in last)
        return (
            max(0, shared - unavoidable),
            fewer,
            max(0, more - least - AHEAD),
            0 if early or not found else found.told_apart(position[one], position[other]),
            met[frozenset(pair)],
            more if early else 0,
            shared,
            groups[one] == groups[other],
            _draw(one, other, len(counted)),
        )

    one, other = min(combinations(open_to, 2), key=urgency)
    return _sides(one, other, counted)


def _draw(one: str, other: str, number: int) -> int:
    """A number that is as good as chance and the same every time."""
    return crc32(f"{one}\n{other}\n{number}".encode())


def _sides(one: str, other: str, counted: Sequence[Judgement]) -> Pair:
    def lefts(answer: str) -> tuple[int, int]:
        met = [judgement for judgement in counted if {judgement.left, judgement.right} == {one, other}]
        balance = sum((judgement.left == answer) - (judgement.right == answer) for judgement in counted)
        return balance, sum(judgement.left == answer for judgement in met)

    here, there = lefts(one), lefts(other)
    swap = here > there or (here == there and _draw(one, other, len(counted)) % 2 == 1)
    return Pair(left=other, right=one) if swap else Pair(left=one, right=other)


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """Whether enough has been judged: `wanted` judgements in all, `done` so far, and about `to_go` more."""

    enough: bool
    wanted: int
    done: int
    to_go: int
    words: str


def advice(answers: Iterable[str], judgements: Iterable[Judgement]) -> Advice:
    """When to stop: after about LOOKS looks at every answer. Nobody is held to it."""
    names = tuple(dict.fromkeys(answers))
    counted = _counted(names, judgements)
    if len(names) < 2:
        return Advice(
            enough=False, wanted=0, done=0, to_go=0, words="Two answers are needed before any can be compared."
        )
    missing = [max(0, LOOKS - looks) for looks in _looks(names, counted).values()]
    wanted, done = -(-LOOKS * len(names) // 2), len(counted)
    to_go = max(-(-sum(missing) // 2), *missing)
    target = f"{count(LOOKS, 'look')} at each of {len(names)} answers make about {count(wanted, 'judgement')}"
    if to_go:
        words = f"{target}. {done} done, about {to_go} to go."
    else:
        words = f"{target}. {done} done: enough. More would change little."
    return Advice(enough=not to_go, wanted=wanted, done=done, to_go=to_go, words=words)
