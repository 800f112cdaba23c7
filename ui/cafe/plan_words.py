"""What the plan of a café is called in words: its times, its templates, its kinds of round."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cqcmock.domain.cafe.rounds import KINDS, MINUTE, RoundKind
from cqcmock.domain.cafe.running_order import RunningOrder, length_in_words, most_minutes

if TYPE_CHECKING:
    from cqcmock.domain.cafe.rounds import Round, RoundQuestion
    from cqcmock.domain.cafe.templates import Template

DRAWN_LATER = "Its question is drawn in the session."
OVER, IS_ON = "Over: it stays as it was.", "On now: go to the session to change it."
NO_NAMES: Mapping[str, str] = {"place": "your area", "council": "your council"}
"""What questions say where nobody has said which place it is."""


def starts(order: RunningOrder) -> tuple[int | None, ...]:
    """The second of the session at which each round begins; None for one that is past in a session that was begun."""
    at = order.spent
    found: list[int | None] = [None] * order.done
    for one in order.open_rounds:
        found.append(at)
        at += one.seconds
    return tuple(found)


def stretch(start: int | None, seconds: int) -> str:
    """“0 – 4 min”: from which minute to which."""
    if start is None:
        return "Past"
    return f"{_minutes(start)} – {_minutes(start + seconds)} min"


def stretch_aloud(start: int | None, seconds: int) -> str:
    """The same for a screen reader."""
    if start is None:
        return "Past"
    return f"From {length_in_words(start)} to {length_in_words(start + seconds)}"


def _minutes(seconds: int) -> str:
    minutes, rest = divmod(seconds, MINUTE)
    return f"{minutes}:{rest:02}" if rest else str(minutes)


def total(order: RunningOrder) -> str:
    """“45 of 45 minutes”."""
    planned = order.spent + sum(one.seconds for one in order.open_rounds)
    return f"{_minutes(planned)} of {_minutes(order.seconds)} minutes"


def consists_of(template: Template) -> str:
    """What a template consists of, in a line."""
    return " · ".join(part.title or KINDS[part.kind].title for part in template.rounds) or "No rounds."


def room_for(order: RunningOrder, kind: RoundKind) -> tuple[int, str]:
    """How many minutes one more round of a kind could have, and that in words."""
    if kind is RoundKind.CLOSING and order.rounds[-1].kind is RoundKind.CLOSING:
        return 0, "There is one already."
    most = most_minutes(order, kind)
    if not most:
        least = length_in_words(KINDS[kind].least_minutes * MINUTE)
        return 0, f"No room: it needs {least}. Take a round out, or make the session longer."
    return most, f"There is room for up to {length_in_words(most * MINUTE)}."


def question_line(one: Round) -> str:
    """What a round asks; nothing for one that asks nothing."""
    if one.question is not None:
        return f"“{one.question.text}”"
    return DRAWN_LATER if KINDS[one.kind].asks else ""


def closes(order: RunningOrder) -> bool:
    """Whether the last round is the closing, which nothing can follow."""
    return order.rounds[-1].kind is RoundKind.CLOSING


def questions(order: RunningOrder) -> tuple[RoundQuestion, ...]:
    """Every question that is planned."""
    return tuple(one.question for one in order.rounds if one.question is not None)
