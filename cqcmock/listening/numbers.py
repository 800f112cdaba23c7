"""Finds the quantities that an answer quotes: counts, shares, durations, money, each with its unit and year.

A share is given in per cent, however it was said: "six in ten" is 60 per cent, "a third" 33.3 per cent. What measures
nothing is left out: years, dates, times of day, somebody's age, numbers of sections and forms, and vague amounts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from cqcmock.domain.hearing import Span
from cqcmock.listening.left_out import YEAR, measures_nothing
from cqcmock.listening.numerals import PARTS, SCALES, SMALL, TENS, Numeral, read_numeral
from cqcmock.listening.spans import words_in
from cqcmock.listening.speech import Speech
from cqcmock.listening.stems import word_set
from cqcmock.listening.units import (
    DURATIONS,
    MEASURES,
    NOT_COUNTED,
    PER_CENT,
    PER_CENT_AFTER,
    POUNDS,
    is_percentage,
    rate_after,
    unit_from,
)
from cqcmock.listening.vocabulary import PERSON

_BEFORE_SHARE = word_set(
    "about nearly almost over roughly around just only than by to under from half exactly perhaps up"
)
_AFTER_SHARE = word_set("of are were is was have had less more fewer longer higher lower don do never still")
_HALF_OF_WHAT = word_set("of the our them those these a an my their all what again as is are were have had your us")
_NO_HALF = word_set(
    "past term way hearted time decent empty full baked eight one two three four five six seven nine ten"
)
_NOT_A_COUNT = re.compile(
    r"[0-9]+(?:[.,][0-9]+)*(?:(?:st|nd|rd|th|s)\b|\s?/\s?[0-9])|[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2}", re.I
)
_NO_COUNT_OF_TIMES = word_set("once think thinks thought or the as over blink")
_LONG = word_set("weeks months years decades fortnights")
_LASTED = word_set("took takes take taken lasted lasts than nearly almost over within under in for about after through")
_BRIEF = word_set("hours minutes")
_LASTING = word_set("notice wait delay drive walk training leave")
_MOVED = word_set("up down by rose fell risen fallen gained lost dropped")
_IDLE = (["battle"], ["job"], ["story"], ["fun"], ["trouble"], ["point"], ["night"], ["chance"])
"""What "half the ..." is half of where it is a turn of phrase."""
_AT_AGE = (["when"], ["since"], ["until"], ["till"], ["before"])
_STANDS = word_set("is was are were be been am stands stand stood it that sits")
_PENCE = re.compile(r"([0-9]{1,3})p\b")
_MONEY_BEFORE = re.compile(r"[£€$]\s?\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A quoted quantity. `words` are the first and last word; `part` and `whole` are those of "eight out of nine"."""

    value: float
    unit: str
    year: int | None
    span: Span
    words: Span
    part: float | None = None
    whole: float | None = None
    exact: bool = True


def quantities(speech: Speech, without: Iterable[Span] = ()) -> tuple[Quantity, ...]:
    """The quantities of an answer, in order. `without` are stretches to pass over, such as a phone number."""
    closed = frozenset(at for span in without for at in words_in(speech.starts, speech.ends, span))
    found: list[Quantity] = []
    words = speech.words
    at = 0
    while at < len(words):
        word = words[at]
        quantity: Quantity | None = None
        after = at + 1
        if at not in closed and (word in _BEGINNINGS or word[0].isdecimal()):
            quantity, after = _read(speech, at)
        if quantity is not None and not closed.intersection(range(at, after)):
            found.append(quantity)
        at = max(after, at + 1)
    return tuple(found)


_BEGINNINGS = frozenset((*SMALL, *TENS, *PARTS, "a", "an", "once", "twice"))


def _read(speech: Speech, at: int) -> tuple[Quantity | None, int]:
    """The quantity that begins at a word, and the word to go on from."""
    words = speech.words
    if words[at] in ("once", "twice"):
        return _frequency(speech, at)
    whole = _half_measure(speech, at) or _part_of_whole(speech, at)
    if whole is None and words[at] in ("a", "an"):
        whole = _measure_and_a_half(speech, at)
    if whole is not None:
        return whole, whole.words[1] + 1
    if words[at] in PARTS:
        return None, at + 1
    if pence := _PENCE.match(speech.text, speech.starts[at]):
        return _in_pence(speech, at, float(pence.group(1))), at + 1
    numeral = read_numeral(speech, at)
    if numeral is None:
        return None, at + 1
    if is_percentage(speech, numeral) and not _proportion(speech, at, numeral):
        return _percentage(speech, at, numeral)
    found = _proportion(speech, at, numeral) or _one_such_in(speech, at, numeral) or _money(speech, at, numeral)
    if found is not None:
        return found, found.words[1] + 1
    if numeral.digits and _NOT_A_COUNT.match(speech.text, numeral.start):
        return None, numeral.after
    unit, last = unit_from(speech, numeral.after)
    if _sorts_or_dates(speech, at, numeral, unit):
        return None, numeral.after
    if not _surely_counts(speech, at, numeral, last) and measures_nothing(speech, at, numeral, unit):
        return None, numeral.after
    end = max(numeral.end, speech.ends[last]) if last >= numeral.after else numeral.end
    return _quantity(speech, numeral.value, unit, (numeral.start, end), (at, last), exact=numeral.exact), last + 1


def _sorts_or_dates(speech: Speech, at: int, numeral: Numeral, unit: str) -> bool:
    """Whether a number says of what sort a thing is, how old somebody is or when: "a two-stage test", "mum's 80"."""
    words, after = speech.words, numeral.after
    if speech.text[numeral.end : numeral.end + 1] == "-" and numeral.value <= 5:
        return after < len(words) and words[after] not in MEASURES
    before, earlier = (words[at - 1] if at else ""), (words[at - 2] if at > 1 else "")
    if words[max(0, at - 3) : at - 2] in _AT_AGE and before in ("was", "were", "is", "am", "are") and not unit:
        return earlier in ("i", "he", "she", "they", "we", "you")
    if numeral.value <= 12 and (words[after : after + 3] == ["and", "half", "past"] or _ends_a_time(words, at)):
        return True
    if unit in MEASURES.values() or not 10 <= numeral.value <= 110:
        return False
    if before == "of":
        return not PERSON.union(("men", "women")).isdisjoint(words[max(0, at - 5) : at - 1])
    if unit:
        return False
    if before == "at" and numeral.value > 12 and not numeral.digits:
        return earlier not in _STANDS
    whose = speech.written(at - 1).endswith(("'s", "’s")) if at else False
    return (whose and before in PERSON) or (before == "am" and earlier == "i")


def _ends_a_time(words: list[str], at: int) -> bool:
    """Whether "three o'clock and" stands before a number."""
    return words[at - 1 : at] == ["and"] and (words[at - 2 : at - 1] in (["oclock"], ["o'clock"], ["clock"]))


def _surely_counts(speech: Speech, at: int, numeral: Numeral, last: int) -> bool:
    """Whether a number measures whatever else it looks like: "one day a week", "up four points"."""
    words, following = speech.words, numeral.after
    if following >= speech.stops[at]:
        return False
    if numeral.value == 1:
        return words[following] in MEASURES and rate_after(speech, following + 1) is not None
    return words[following] in ("point", "points") and at > 0 and words[at - 1] in _MOVED


def _quantity(
    speech: Speech,
    value: float,
    unit: str,
    span: Span,
    words: Span,
    *,
    part: float | None = None,
    whole: float | None = None,
    exact: bool = True,
) -> Quantity:
    year = year_said(speech, words[0])
    return Quantity(
        value=round(value, 6), unit=unit, year=year, span=span, words=words, part=part, whole=whole, exact=exact
    )


def _frequency(speech: Speech, at: int) -> tuple[Quantity | None, int]:
    words, stop = speech.words, speech.stops[at]
    last = at + 2
    if last < stop and words[at + 1] in ("a", "every", "each", "per") and words[last] in DURATIONS | {"quarter": 1}:
        value = 1.0 if words[at] == "once" else 2.0
        return _quantity(speech, value, f"times a {words[last]}", speech.span(at, last), (at, last)), last + 1
    beside = {words[at - 1] if at else "", words[at + 1] if at + 1 < stop else ""}
    if words[at] == "twice" and not beside.intersection(_NO_COUNT_OF_TIMES):
        return _quantity(speech, 2, "times", speech.span(at, at), (at, at)), at + 1
    return None, at + 1


def _measure_and_a_half(speech: Speech, at: int) -> Quantity | None:
    """ "An hour and a half", "for an hour", and "a fortnight", which is two weeks without a number."""
    words, stop = speech.words, speech.stops[at]
    unit = MEASURES.get(words[at + 1], "") if at + 1 < stop else ""
    if unit and words[at + 2 : at + 5] == ["and", "a", "half"] and at + 4 < stop:
        return _quantity(speech, 1.5, unit, speech.span(at, at + 4), (at, at + 4))
    before = words[at - 1] if at else ""
    whole = unit in ("decades", "fortnights") and words[at] == "a"
    following = words[at + 2] if at + 2 < stop else ""
    lasted = (before in _LASTED and following != "time") or following in _LASTING
    if unit in _LONG | _BRIEF and (whole or lasted or words[max(0, at - 2) : at] == ["part", "of"]):
        return _quantity(speech, 1, unit, speech.span(at, at + 1), (at, at + 1))
    if unit == "fortnights":
        return _quantity(speech, 1, unit, speech.span(at, at + 1), (at, at + 1))
    return None


def _half_measure(speech: Speech, at: int) -> Quantity | None:
    """ "A half-hour call", "the first half hour"."""
    if speech.words[at] != "half" or at + 1 >= speech.stops[at]:
        return None
    unit = MEASURES.get(speech.words[at + 1], "")
    return _quantity(speech, 0.5, unit, speech.span(at, at + 1), (at, at + 1)) if unit else None


def _in_pence(speech: Speech, at: int, value: float) -> Quantity:
    rate = rate_after(speech, at + 1)
    last, unit = (rate[0], f"pence {rate[1]}") if rate else (at, "pence")
    return _quantity(speech, value, unit, speech.span(at, last), (at, last))


def _part_of_whole(speech: Speech, at: int) -> Quantity | None:
    """Shares such as "a third", "two-thirds", "half of them", "half a million", "a quarter of an hour"."""
    words, stop = speech.words, speech.stops[at]
    first, times = at, 1.0
    if words[at] in ("a", "an", "one") or words[at] in SMALL:
        times = float(SMALL.get(words[at], 1))
        at += 1
    if at >= stop or words[at] not in PARTS or times == 0:
        return None
    name = words[at]
    part = PARTS[name] * times
    if part >= 1 or (name.endswith("s") and first == at):
        return None
    following = words[at + 1] if at + 1 < stop else ""
    before = words[first - 1] if first else ""
    last = at
    if following in ("a", "an", "of") and (found := _of_a_measure(speech, at + 1)) is not None:
        value, unit, last = found
        return _quantity(speech, part * value, unit, speech.span(first, last), (first, last))
    if first == at and (
        name != "half"
        or following in _NO_HALF
        or before in ("other", "one", "better", "first")
        or (before == "and" and following not in ("of", "the"))
        or words[at + 2 : at + 3] in _IDLE
    ):
        return None
    if first == at and not (following in _HALF_OF_WHAT or before in _BEFORE_SHARE):
        return None
    if first != at and not name.endswith("s") and name != "half":
        sure = following in _AFTER_SHARE or before in _BEFORE_SHARE
        if words[first] == "a" and not sure and not (following == "" or speech.clauses[at + 1] != speech.clauses[at]):
            return None
    if first != at and name == "half" and following not in _HALF_OF_WHAT and before not in _BEFORE_SHARE:
        return None
    return _quantity(speech, part * 100, PER_CENT, speech.span(first, last), (first, last))


def _of_a_measure(speech: Speech, at: int) -> tuple[float, str, int] | None:
    """What "half a …" and "a quarter of an …" are a part of: an hour, a million people."""
    words, stop = speech.words, speech.stops[at]
    if words[at] == "of":
        at += 1
    if at + 1 >= stop or words[at] not in ("a", "an"):
        return None
    if words[at + 1] in MEASURES:
        return 1.0, MEASURES[words[at + 1]], at + 1
    if words[at + 1] in SCALES:
        value = float(SCALES[words[at + 1]])
        unit, last = unit_from(speech, at + 2)
        return value, unit, max(last, at + 1)
    return None


def _proportion(speech: Speech, at: int, numeral: Numeral) -> Quantity | None:
    """Shares such as "six in ten", "9 out of every 10", "eight of the nine"."""
    words, stop = speech.words, speech.stops[at]
    after = numeral.after
    if after >= stop or words[after] not in ("in", "out", "of") or speech.clauses[after] != speech.clauses[at]:
        return None
    joined = after
    after += 1
    if words[joined] == "out":
        if after >= stop or words[after] != "of":
            return None
        after += 1
    while after < stop and words[after] in ("every", "the", "our", "all", "a", "those") and after < joined + 4:
        if words[after] == "a" and after + 1 < stop and words[after + 1] in SCALES:
            break
        after += 1
    whole = read_numeral(speech, after) if after < stop else None
    if whole is None or whole.value < max(numeral.value, 2) or whole.after > stop:
        return None
    if words[joined] == "of" and numeral.value == 1 and (at == 0 or words[at - 1] != "every"):
        return None
    if words[joined] == "in" and whole.value not in (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 25, 50, 100, 1000, 100_000):
        return None
    if words[joined] == "in" and whole.after < stop and words[whole.after] in MEASURES:
        return None  # three in ten days
    last, start, part = whole.after - 1, numeral.start, numeral.value
    if part == 1 and at and words[at - 1] == "every":
        at, start, part = at - 1, speech.starts[at - 1], whole.value
    span = (start, max(whole.end, speech.ends[last]))
    return _quantity(speech, 100 * part / whole.value, PER_CENT, span, (at, last), part=part, whole=whole.value)


def _one_such_in(speech: Speech, at: int, numeral: Numeral) -> Quantity | None:
    """ "One post in nine", "one person out of every three"."""
    words, stop = speech.words, speech.stops[at]
    if numeral.value != 1 or numeral.after + 2 >= stop or words[numeral.after] in NOT_COUNTED | MEASURES.keys():
        return None
    joined = numeral.after + 1
    after = joined + 1
    if words[joined] == "out" and words[after] == "of":
        after += 1
    elif words[joined] != "in":
        return None
    if after < stop and words[after] == "every":
        after += 1
    whole = read_numeral(speech, after) if after < stop else None
    if whole is None or whole.value < 2 or (whole.after < stop and words[whole.after] in MEASURES):
        return None
    last = whole.after - 1
    span = (numeral.start, max(whole.end, speech.ends[last]))
    return _quantity(speech, 100 / whole.value, PER_CENT, span, (at, last), part=1, whole=whole.value)


def _percentage(speech: Speech, at: int, numeral: Numeral) -> tuple[Quantity, int]:
    match = PER_CENT_AFTER.match(speech.text, numeral.end)
    end = match.end() if match else numeral.end
    last = numeral.after
    while last + 1 < len(speech.words) and speech.starts[last + 1] < end:
        last += 1
    last = min(last, len(speech.words) - 1)
    return _quantity(speech, numeral.value, PER_CENT, (numeral.start, end), (at, last)), last + 1


def _money(speech: Speech, at: int, numeral: Numeral) -> Quantity | None:
    sign = _MONEY_BEFORE.search(speech.text, max(0, numeral.start - 2), numeral.start)
    if sign is None:
        return None
    unit = POUNDS if sign.group().startswith("£") else "euros" if sign.group().startswith("€") else "dollars"
    last, end = numeral.after - 1, numeral.end
    rate = rate_after(speech, numeral.after)
    if rate is not None:
        last, unit = rate[0], f"{unit} {rate[1]}"
        end = speech.ends[last]
    return _quantity(speech, numeral.value, unit, (sign.start(), end), (at, last))


def year_said(speech: Speech, at: int) -> int | None:
    """The year that is said nearest to a word, in its sentence."""
    words = speech.words
    best: int | None = None
    nearest = len(words)
    first, stop = max(speech.sentence_start_near(at), 0), min(speech.stops[at], at + 40)
    for here in range(first, stop):
        word = words[here]
        year = 0
        if len(word) == 4 and YEAR.match(word) and _stands_alone(speech, here):
            year = int(word)
        elif word == "twenty" and here + 1 < stop and words[here + 1] in TENS:
            units = words[here + 2] if here + 2 < stop else ""
            year = 2000 + TENS[words[here + 1]] + (SMALL.get(units, 0) if SMALL.get(units, 10) < 10 else 0)
        if 1948 <= year <= 2060 and here != at and abs(here - at) < nearest:
            best, nearest = year, abs(here - at)
    return best


def _stands_alone(speech: Speech, at: int) -> bool:
    text, start, end = speech.text, speech.starts[at], speech.ends[at]
    before, after = text[start - 1 : start], text[end : end + 1]
    return before not in ("£", "$", "€", ",", ".") and not (after in (",", ".") and text[end + 1 : end + 2].isdecimal())
