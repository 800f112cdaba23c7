"""The units of quantities: shares, time, money, and what is counted."""

from __future__ import annotations

import re

from cqcmock.listening.numerals import SCALES, SMALL, TENS, Numeral, read_numeral
from cqcmock.listening.speech import Speech
from cqcmock.listening.stems import STOP_WORDS, word_set

PER_CENT = "per cent"
POUNDS = "pounds"
DURATIONS: dict[str, float] = {"minute": 1 / 1440, "hour": 1 / 24, "day": 1, "night": 1, "week": 7, "fortnight": 14}
DURATIONS |= {"month": 365.25 / 12, "year": 365.25, "decade": 3652.5, "second": 1 / 86400}
"""Days in each unit of time."""
MEASURES = {
    **{unit: unit + "s" for unit in DURATIONS},
    **{unit + "s": unit + "s" for unit in DURATIONS},
    **{short: unit + "s" for short, unit in (("min", "minute"), ("mins", "minute"), ("hrs", "hour"), ("yrs", "year"))},
    "pound": POUNDS,
    "pounds": POUNDS,
    "quid": POUNDS,
    "pence": "pence",
    "percent": PER_CENT,
    "mile": "miles",
    "miles": "miles",
}
NOT_COUNTED = STOP_WORDS | word_set(
    "now then today yesterday still already really actually maybe last next each ago later because yeah er um so well "
    "right honestly go goes going went gone like come comes came get gets got turn turned end ended moved live lives "
    "off back away straight again further instead together alone ahead overall waiting left said since i've we've "
    "it's that's they've there's"
)
_BETWEEN_UNIT = word_set(
    "more different new unpaid young older full part time whole working social care quality extra of the our my your "
    "registered independent community local other such separate further adult those these occupational senior home "
    "residential nursing black asian single mental short hill small odd big hundred long paid"
)
PER_CENT_AFTER = re.compile(r"\s?(?:%|per[\s-]?cent\b(?:age points?)?|pc\b|percentage points?\b)", re.I)


def unit_from(speech: Speech, at: int) -> tuple[str, int]:
    """The unit that begins at the word after a number, and its last word; without one, the number's own last word."""
    words = speech.words
    own = at - 1
    stop = min(speech.stops[own], at + 5)
    if at >= stop or speech.clauses[at] != speech.clauses[own]:
        return "", own
    if words[at] in ("to", "or", "and") and at + 1 < stop:
        following = read_numeral(speech, at + 1)
        if following is not None and following.after < len(words):
            return PER_CENT if is_percentage(speech, following) else MEASURES.get(words[following.after], ""), own
    if words[at] in MEASURES:
        return _measured(speech, at)
    if words[at] == "per" and at + 1 < stop and words[at + 1] in SCALES:
        last = at + 2 if at + 2 < stop and words[at + 2] in SCALES else at + 1
        whole = SCALES[words[at + 1]] * (SCALES[words[last]] if last > at + 1 else 1)
        return f"per {whole}", last
    return _counted(speech, at, stop)


def _measured(speech: Speech, at: int) -> tuple[str, int]:
    """A unit of time or money, with how often: "pounds an hour"."""
    unit, last = MEASURES[speech.words[at]], at
    if unit == POUNDS:
        last = _pence(speech, at)
    rate = rate_after(speech, last + 1) if unit in (POUNDS, "hours", "nights", "days") else None
    return (f"{unit} {rate[1]}", rate[0]) if rate else (unit, last)


def _counted(speech: Speech, at: int, stop: int) -> tuple[str, int]:
    """The things that a number counts: the words up to the first that is not only an adjective."""
    words, own = speech.words, at - 1
    counted: list[str] = []
    for here in range(at, stop):
        word = words[here]
        number = word in SMALL or word in TENS or word in SCALES or word[0].isdecimal()
        if number or speech.clauses[here] != speech.clauses[own]:
            break
        if word == "of" and not counted:
            continue
        if word in ("of", "the", "our", "my", "your", "those", "these"):
            break
        if word in NOT_COUNTED and word not in _BETWEEN_UNIT:
            break
        counted.append(word)
        if word not in _BETWEEN_UNIT and not _hyphenated(speech, here):
            unit, rate = " ".join(counted), rate_after(speech, here + 1)
            return (f"{unit} {rate[1]}", rate[0]) if rate else (unit, here)
    return "", own


def _hyphenated(speech: Speech, at: int) -> bool:
    """Whether a word is part of one like "co-production", which says of what kind the things counted are."""
    before = at > 0 and speech.text[speech.ends[at - 1] : speech.starts[at]] == "-"
    following = at + 1 < len(speech.words) and speech.text[speech.ends[at] : speech.starts[at + 1]] == "-"
    goes_on = at + 1 < speech.stops[at] and speech.clauses[at + 1] == speech.clauses[at]
    return following or (before and goes_on and speech.words[at + 1] not in NOT_COUNTED)


def _pence(speech: Speech, at: int) -> int:
    """The last word of the pence after pounds, as in "thirteen pounds ten", or the pounds themselves."""
    if at + 1 >= speech.stops[at] or speech.clauses[at + 1] != speech.clauses[at]:
        return at
    pence = read_numeral(speech, at + 1)
    if pence is None or not 5 <= pence.value < 100:
        return at
    alone = pence.after >= speech.stops[at] or speech.clauses[pence.after] != speech.clauses[at]
    following = "" if alone else speech.words[pence.after]
    return pence.after - 1 if alone or following in ("an", "a", "per", "and", "p") else at


def rate_after(speech: Speech, at: int) -> tuple[int, str] | None:
    """The rate that begins at a word, "a week", "per hour" or "every year": its last word, and how it is written."""
    words = speech.words
    if at == 0 or at + 1 >= len(words) or speech.sentences[at + 1] != speech.sentences[at - 1]:
        return None
    if words[at] not in ("a", "an", "per", "every", "each") or words[at + 1] not in DURATIONS | {
        "person": 1,
        "head": 1,
        "visit": 1,
        "mile": 1,
        "meal": 1,
        "session": 1,
    }:
        return None
    return at + 1, "an hour" if words[at + 1] == "hour" else f"a {words[at + 1]}"


def is_percentage(speech: Speech, numeral: Numeral) -> bool:
    return PER_CENT_AFTER.match(speech.text, numeral.end) is not None
