"""Judges who choose as the model says, and any judgements at all, for tests of comparative judgement."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

from hypothesis import strategies as st

from cqcmock.domain.cafe import judging
from cqcmock.domain.cafe.judging import Judgement, Record, judged, next_pair

NAMES = "abcdefghij"


def chose(better: str, worse: str, *, swapped: bool = False) -> Judgement:
    left, right = (worse, better) if swapped else (better, worse)
    return Judgement(left=left, right=right, chosen=better)


@st.composite
def looked_at(draw: st.DrawFn, fewest: int = 2, most: int = 7) -> tuple[str, tuple[Judgement, ...]]:
    """A few answers and judgements of them."""
    answers = NAMES[: draw(st.integers(fewest, most))]
    if len(answers) < 2:
        return answers, ()
    pairs = draw(st.lists(st.permutations(answers).map(lambda order: (order[0], order[1])), max_size=30))
    return answers, tuple(chose(*pair, swapped=draw(st.booleans())) for pair in pairs)


def judge_all(answers: Sequence[str], strengths: dict[str, float], number: int, seed: int) -> tuple[Judgement, ...]:
    """So many judgements by people who choose as the model says, of the pairs that the rules bring."""
    chance = random.Random(seed)
    record: Record = ()
    for _ in range(number):
        pair = next_pair(answers, judging.standing(record))
        assert pair is not None
        left_wins = chance.random() < 1 / (1 + math.exp(strengths[pair.right] - strengths[pair.left]))
        chosen = pair.left if left_wins else pair.right
        record = judged(record, Judgement(left=pair.left, right=pair.right, chosen=chosen))
    return judging.standing(record)


def spread_out(number: int, sd: float, seed: int) -> dict[str, float]:
    chance = random.Random(f"strengths {seed}")
    return {f"answer {at}": chance.gauss(0, sd) for at in range(number)}
