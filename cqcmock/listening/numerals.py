"""Reads one number where it stands, in digits or words: "1,200", "3.2m", "three and a half thousand"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cqcmock.listening.speech import Speech

_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
_UNITS += "seventeen eighteen nineteen"
SMALL: dict[str, int] = {word: value for value, word in enumerate(_UNITS.split())}
_TENS_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
TENS: dict[str, int] = {word: 10 * value for value, word in enumerate(_TENS_WORDS.split(), start=2)}
SCALES: dict[str, int] = {"hundred": 100, "dozen": 12, "thousand": 1_000, "million": 1_000_000, "billion": 10**9}
_PLURAL_SCALES = {"k": 1_000, "m": 1_000_000, "mn": 1_000_000, "bn": 10**9, "million": 1_000_000, "billion": 10**9}
PARTS: dict[str, float] = {
    "half": 1 / 2,
    "third": 1 / 3,
    "thirds": 1 / 3,
    "quarter": 1 / 4,
    "quarters": 1 / 4,
    "fifth": 1 / 5,
    "fifths": 1 / 5,
    "sixth": 1 / 6,
    "sixths": 1 / 6,
    "seventh": 1 / 7,
    "sevenths": 1 / 7,
    "eighth": 1 / 8,
    "eighths": 1 / 8,
    "ninth": 1 / 9,
    "tenth": 1 / 10,
    "tenths": 1 / 10,
}
_ORDINALS = frozenset(
    [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
        "thirtieth",
    ]
)
_DIGITS = re.compile(
    r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(\.[0-9]{1,6})?(bn|mn|million|billion|[km])?"
    r"(?:(?![^\W_])|(?=per ?cent|pc\b))",
    re.I,
)
LONGEST = 24
"""No number that people say has more words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeral:
    """A number and where it stands: the characters, and the word after it.

    `digits` are those that were written, for telling a year from a count; `exact` is false after "odd".
    """

    value: float
    start: int
    end: int
    after: int
    digits: str = ""
    exact: bool = True


def read_numeral(speech: Speech, at: int) -> Numeral | None:
    """The number that begins at a word, or None. Ordinals and digits inside other words are no numbers."""
    word = speech.words[at]
    if word[:1].isdecimal() and word[:1].isascii():
        return _in_digits(speech, at)
    return _in_words(speech, at)


def _in_digits(speech: Speech, at: int) -> Numeral | None:
    start = speech.starts[at]
    before = speech.text[start - 1] if start else " "
    found = _DIGITS.match(speech.text, start)
    if found is None or before.isalnum() or (before in ".,/:" and start > 1 and speech.text[start - 2].isdecimal()):
        return None
    value = float(found.group(1).replace(",", "") + (found.group(2) or ""))
    if found.group(3):
        value *= _PLURAL_SCALES[found.group(3).casefold()]
    end, after = found.end(), at
    while after < len(speech.words) and speech.starts[after] < end:
        after += 1
    plain = found.group(0) if not (found.group(2) or found.group(3) or "," in found.group(1)) else ""
    return _scaled(speech, value, start, end, after, digits=plain)


def _in_words(speech: Speech, at: int) -> Numeral | None:
    words, stop = speech.words, min(speech.stops[at], at + LONGEST)
    first = words[at]
    if first in ("a", "an") and at + 1 < stop and words[at + 1] in SCALES:
        value, after = float(SCALES[words[at + 1]]), at + 2
    elif first in SMALL or first in TENS:
        value, after = _below_hundred(words, at, stop)
    else:
        return None
    if after < stop and words[after] in _ORDINALS and first not in ("a", "an") and value >= 20 and value % 10 == 0:
        return None  # the twenty-first
    return _scaled(speech, value, speech.starts[at], speech.ends[after - 1], after)


def _below_hundred(words: list[str], at: int, stop: int) -> tuple[float, int]:
    word = words[at]
    if word in SMALL:
        return float(SMALL[word]), at + 1
    value, after = float(TENS[word]), at + 1
    if after < stop and 1 <= SMALL.get(words[after], 0) <= 9:
        return value + SMALL[words[after]], after + 1
    return value, after


def _scaled(speech: Speech, value: float, start: int, end: int, after: int, *, digits: str = "") -> Numeral:
    """Goes on with what makes a number larger or finer: "point five", "and a half", "hundred and twelve"."""
    words = speech.words
    stop = min(speech.stops[after - 1], after + LONGEST)
    exact, larger = True, float("inf")
    total, value = 0.0, value
    while after < stop:
        word = words[after]
        if word == "point" and after + 1 < stop and SMALL.get(words[after + 1], 10) <= 9:
            value, after = value + SMALL[words[after + 1]] / 10, after + 2
        elif word == "and" and after + 2 < stop and words[after + 1] == "a" and words[after + 2] in ("half", "quarter"):
            value, after = value + PARTS[words[after + 2]] * _step(words[after - 1]), after + 3
        elif word == "and" and after + 2 < stop and words[after + 1 : after + 3] == ["three", "quarters"]:
            value, after = value + 0.75, after + 3
        elif word == "odd" and value >= 10:
            exact, after = False, after + 1
        elif word in SCALES and SCALES[word] < larger:
            value, after = value * SCALES[word], after + 1
            if SCALES[word] >= 1_000:
                total, value, larger = total + value, 0.0, SCALES[word]
        elif (more := _more(words, after, stop, total + value, words[after - 1])) is not None:
            value, after = value + more[0], more[1]
        else:
            break
        end, digits = max(end, speech.ends[after - 1]), ""
    return Numeral(value=total + value, start=start, end=end, after=after, digits=digits, exact=exact)


def _step(scale: str) -> int:
    """What "and a half" is half of: "a thousand and a half" is rare, "a million and a half" is not."""
    return SCALES.get(scale, 1)


def _more(words: list[str], at: int, stop: int, so_far: float, before: str) -> tuple[float, int] | None:
    """What follows a hundred or a thousand: "and twelve", "two hundred"."""
    if before not in SCALES or before == "dozen" or so_far < 100:
        return None
    joined = words[at] == "and"
    at += joined
    if at >= stop or not (words[at] in SMALL or words[at] in TENS) or words[at] == "zero":
        return None
    if joined and words[at] == "one" and at + 1 < stop and words[at + 1] in ("of", "in"):
        return None
    value, after = _below_hundred(words, at, stop)
    return (value, after) if value < SCALES[before] or before in ("thousand", "million") else None
