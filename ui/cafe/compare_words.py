"""What comparing costs, said before it begins: how many looks, and about how many minutes with a show of hands."""

from __future__ import annotations

from typing import Final

from cqcmock.domain.cafe.judging import FEWEST_ANSWERS, LOOKS
from cqcmock.domain.english import count

SECONDS_A_LOOK: Final = 15
"""About how long a room takes to read two answers and to raise hands."""

MOST_ADVISED: Final = 8
"""Answers: more take longer than a round has."""

ASK_FIRST: Final = "Ask whoever gave an answer before you use it. No name is kept with it."


def estimate(answers: int, to_go: int, done: int) -> str:
    """What the answers that are there will take, and what may be said of it afterwards."""
    if answers < 2:
        return f"Add two answers or more. {_needs(4)}, {_needs(MOST_ADVISED)}."
    if not to_go:
        return f"{count(answers, 'answer')}, {count(done, 'look')}: enough. More would change little."
    more = " more" if done else ""
    takes = f"{count(answers, 'answer')} will take about {to_go}{more} looks: about {count(minutes(to_go), 'minute')}"
    words = [f"{takes} with a show of hands, at some {SECONDS_A_LOOK} seconds a look."]
    if answers > MOST_ADVISED:
        words.append(
            f"That is long for one round. {MOST_ADVISED} answers at most are better: take some away, or keep them for "
            "another time."
        )
    if answers < FEWEST_ANSWERS:
        words.append(
            f"With fewer than {FEWEST_ANSWERS} the order is something to talk about; how far it can be relied on "
            "cannot be said."
        )
    return " ".join(words)


def progress_words(done: int, to_go: int) -> str:
    """How far the comparing is."""
    if not to_go:
        return f"{count(done, 'look')}: enough. More would change little."
    left = f"bout {count(to_go, 'look')} to go: about {count(minutes(to_go), 'minute')}."
    return f"{count(done, 'look')} done, a{left}" if done else f"A{left}"


def times(number: int) -> str:
    """How often an answer was compared."""
    return {0: "never", 1: "once", 2: "twice"}.get(number, f"{number} times")


def minutes(looks: int) -> int:
    """About how many minutes so many looks take."""
    return max(1, round(looks * SECONDS_A_LOOK / 60))


def _needs(answers: int) -> str:
    looks = LOOKS * answers // 2
    return f"{answers} answers need about {looks} looks and {minutes(looks)} minutes"
