"""Dates, times, numbers and lists as they are said in British English, the same on every machine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
_ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth")


def day(on: date) -> str:
    """A date in full: 21 November 2026. The month does not hang on the machine's language."""
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def kept_until(on: date | None) -> str:
    """How long something printed may be kept, as it stands at the foot of every page."""
    return f"Keep until {day(on)}" if on else "No date set for deleting"


def duration(seconds: float) -> str:
    """A length of time to the second: 45 s, 1 min, 1 min 52 s, 1 h 2 min 5 s."""
    whole = max(0, int(seconds + 0.5))
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    parts = [f"{number} {unit}" for number, unit in ((hours, "h"), (minutes, "min"), (left, "s")) if number]
    return " ".join(parts) or "0 s"


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: 1 question, 2 questions."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(things: Sequence[str]) -> str:
    """A list in words: a, b and c."""
    if len(things) < 2:
        return "".join(things)
    return f"{', '.join(things[:-1])} and {things[-1]}"


def listed_in_quotes(things: Sequence[str]) -> str:
    """A list of names, which may have commas of their own: “a”, “b, too” and “c”."""
    return listed([f"“{thing}”" for thing in things])


def questions(positions: Sequence[int]) -> str:
    """The numbers of questions, given by position: question 1; questions 2, 3 and 5."""
    numbers = listed([str(position + 1) for position in positions])
    return f"question {numbers}" if len(positions) == 1 else f"questions {numbers}"


def take_name(take: int) -> str:
    """The name of a take, given by position: First take."""
    return f"{_ORDINALS[take]} take" if take < len(_ORDINALS) else f"Take {take + 1}"


def mean(value: float) -> str:
    """A mean to one decimal place: 2.3."""
    return f"{value:.1f}"


def shortened(text: str, most: int) -> str:
    """The text on one line, cut at a word with an ellipsis where it is longer than `most` characters."""
    line = " ".join(text[: most * 4].split())
    if len(line) <= most and len(text) <= most * 4:
        return line
    cut = line[: most - 1]
    at_word = cut.rsplit(" ", 1)[0]
    return f"{(at_word if len(at_word) > most // 2 else cut).rstrip(' ,;:')}…"
