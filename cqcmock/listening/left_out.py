"""Tells numbers that measure nothing: years, dates, times of day, ages, and those that only name something."""

from __future__ import annotations

import re

from cqcmock.listening.numerals import SMALL, TENS, Numeral
from cqcmock.listening.speech import Speech
from cqcmock.listening.stems import word_set
from cqcmock.listening.units import DURATIONS, MEASURES
from cqcmock.listening.vocabulary import MONTHS

_LABELS = word_set(
    "section sections part phase tier level stage form page chapter article schedule item option ward room number band "
    "step table figure appendix paragraph question grade category pathway type unit flat box junction bus "
    "theme standard regulation clause line agenda wave class key covid score volume version priority "
    "scale route zone act pip lot"
)
"""Words before a number that it only names: section 42."""
_NUMBERED = word_set("ticket document order reference ref invoice docket")
_NAMED_TIMES = word_set("day week year month quarter")
_AGE_BEFORE = word_set("aged age over-age turned turning turns")
_AGE_GROUP = frozenset({16, 18, 21, 25, 30, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95, 100})
_BEING = word_set("is was am are be been were being just nearly only about almost he she")
_ANYONE = word_set(
    "man woman lady gentleman lad girl boy chap bloke husband wife mother father mum dad daughter son widow"
)
_ANYONE |= word_set("person couple brother sister grandmother child kid teenager widower carer")
_CLOCK_BEFORE = word_set("at till until til before after by past to from around about since between and gone of")
_CLOCK_AFTER = word_set("o'clock oclock am pm")
_NOTHING_COUNTED = word_set(
    "things thing ways way reasons reason points point questions answers sides ends words halves types kinds sorts "
    "examples other others different parts bits main key priorities ones hats"
)
_DATE_BEFORE = word_set(
    "in since of by from until till to during through for late early mid summer spring autumn winter"
)
_SERVICE = word_set("111 999 101 112 119 365 247")
_PLURAL_DIGITS = word_set("ones twos threes fours fives sixes sevens eights nines")
YEAR = re.compile(r"(?:19|20)[0-9]{2}\Z")
_TIME = re.compile(r"[0-9]{1,2}(?:[:.][0-9]{2})?(?:\s?[ap]\.?m\b)|[0-9]{1,2}:[0-9]{2}\b", re.I)


def measures_nothing(speech: Speech, at: int, numeral: Numeral, unit: str) -> bool:
    return (
        _is_calendar(speech, at, numeral, unit)
        or _is_clock(speech, at, numeral, unit)
        or _is_age(speech, at, numeral, unit)
        or _is_label(speech, at, numeral, unit)
    )


def _is_calendar(speech: Speech, at: int, numeral: Numeral, unit: str) -> bool:
    """Years and dates."""
    words = speech.words
    before = words[at - 1] if at and speech.sentences[at - 1] == speech.sentences[at] else ""
    following = words[numeral.after] if numeral.after < speech.stops[at] else ""
    if numeral.start and speech.text[numeral.start - 1] in "'’‘" and 10 <= numeral.value <= 99 and not unit:
        return True  # the winter of 'forty-seven
    if numeral.value <= 31 and (following in MONTHS or (before in MONTHS and not unit and following != "of")):
        return True
    if numeral.digits and YEAR.match(numeral.digits):
        return not unit or before in _DATE_BEFORE or unit.split()[0] not in MEASURES
    if not numeral.digits and 1900 <= numeral.value < 2100 and before in _DATE_BEFORE and not unit:
        return True
    # "twenty twenty-three", "nineteen eighty-eight"
    spoken_year = numeral.value in (19, 20) and following in (*TENS, "oh", *list(SMALL)[10:])
    return spoken_year or (before in ("nineteen", "twenty") and 10 <= numeral.value <= 99)


def _is_clock(speech: Speech, at: int, numeral: Numeral, unit: str) -> bool:
    """Times of day: "9am", "10:30", "ten to six", "at nine in the morning"."""
    words, text = speech.words, speech.text
    if _TIME.match(text, numeral.start):
        return True
    if numeral.value > 24 or numeral.value != int(numeral.value):
        return False
    before = words[at - 1] if at else ""
    following = words[numeral.after] if numeral.after < speech.stops[at] else ""
    if at and speech.clauses[at - 1] != speech.clauses[at]:
        before = ""
    if following in ("till", "til", "until", "tomorrow", "tonight", "sharp") and numeral.value <= 12:
        return True
    if following in _CLOCK_AFTER or words[numeral.after : numeral.after + 2] == ["o", "clock"]:
        return True
    if before in ("half", "quarter") or words[at - 2 : at] in (
        ["half", "past"],
        ["quarter", "to"],
        ["quarter", "past"],
    ):
        return True
    if before == "past" and not unit:
        return True
    rest = words[numeral.after : numeral.after + 3]
    if rest[:2] in (["in", "the"], ["at", "night"]) and (rest[1:2] == ["night"] or rest[2:] in _PARTS_OF_DAY):
        return True
    if rest and rest[0] in ("and", "or", "to") and _at_a_time(words, numeral.after + 1):
        return True
    if numeral.value in (5, 10, 20) and following in ("to", "past") and before in _CLOCK_BEFORE:
        return True
    if (
        before == "to"
        and at > 2
        and words[at - 2] in ("five", "ten", "twenty", "quarter")
        and words[at - 3] in _CLOCK_BEFORE
    ):
        return True
    clock = before in ("at", "till", "until", "til", "before", "after", "by", "since") and numeral.value <= 12
    return clock and not unit and not numeral.digits


def _at_a_time(words: list[str], at: int) -> bool:
    return words[at + 1 : at + 3] == ["in", "the"] and words[at + 3 : at + 4] in _PARTS_OF_DAY


_PARTS_OF_DAY = (["morning"], ["afternoon"], ["evening"])


def _is_age(speech: Speech, at: int, numeral: Numeral, unit: str) -> bool:
    """How old somebody is: "aged 82", "she's eighty-two", "a lad of sixteen", "over 65", "an 82-year-old"."""
    words = speech.words
    before = words[at - 1] if at else ""
    earlier = words[at - 2] if at > 1 else ""
    rest = words[numeral.after : numeral.after + 2]
    if speech.text[numeral.end : numeral.end + 1] == "+" and numeral.value in _AGE_GROUP and numeral.value < 100:
        return True
    if before in _AGE_BEFORE or rest in (["year", "old"], ["years", "old"], ["month", "old"], ["months", "old"]):
        return True
    if rest[:2] == ["years", "of"] and words[numeral.after + 2 : numeral.after + 3] == ["age"]:
        return True
    if before == "of" and earlier in _ANYONE - {"couple"} and numeral.value <= 110 and unit not in MEASURES.values():
        return True
    if unit and unit not in ("years",):
        return False
    if before in ("over", "under", "past", "above", "below", "reach", "reaches") and not unit:
        return numeral.value in _AGE_GROUP
    if 10 <= numeral.value <= 110 and before in _BEING and not unit:
        subject = [word for word in words[max(0, at - 4) : at] if word not in ("just", "nearly", "only", "about")]
        whose = {"he", "she", "you"} | ({"they", "who"} if numeral.value >= 60 or before == "be" else set())
        return bool(whose.intersection(subject[-3:])) or (earlier in _ANYONE and before in ("is", "was"))
    if 10 <= numeral.value <= 110 and not unit and _between_commas(speech, at, numeral):
        return any(word in _ANYONE for word in words[max(0, at - 8) : at])
    return bool(earlier in _ANYONE and before in ("who", "aged"))


def _between_commas(speech: Speech, at: int, numeral: Numeral) -> bool:
    """Whether a number stands by itself between commas, as an age does: "a man with dementia, fifty-six, ..."."""
    after = numeral.after
    if at == 0 or speech.clauses[at - 1] == speech.clauses[at]:
        return False
    return after >= len(speech.words) or speech.clauses[after] != speech.clauses[at]


def _is_label(speech: Speech, at: int, numeral: Numeral, unit: str) -> bool:
    """Numbers that only name something, and those that count nothing an assessor could write down."""
    words = speech.words
    before = words[at - 1] if at else ""
    following = words[numeral.after] if numeral.after < speech.stops[at] else ""
    if at and speech.clauses[at - 1] != speech.clauses[at]:
        before = ""
    named = before in _LABELS and unit not in ("times", *MEASURES.values())
    written_out = len(numeral.digits) > 7 or (len(numeral.digits) > 3 and len(before) > 3 and before.isdecimal())
    if (
        named
        or (numeral.digits and written_out)
        or (numeral.digits and before in _NUMBERED)
        or (before in _NAMED_TIMES and not unit)
        or (numeral.digits in _SERVICE and not unit)
    ):
        return True
    if following in _PLURAL_DIGITS or words[numeral.after : numeral.after + 2] == ["a", "side"]:
        return True
    if following == "seven" and numeral.value == 24:
        return True
    if numeral.value == 7 and before in ("twenty", "four", "24"):
        return True
    if following in _NOTHING_COUNTED and unit.rsplit(" ", 1)[-1] in _NOTHING_COUNTED and numeral.value <= 12:
        return True
    if words[numeral.after : numeral.after + 2] in (["or", "two"], ["or", "three"]) and numeral.value <= 2:
        return True
    if before == "or" and at > 1 and numeral.value <= 3 and words[at - 2] in (*DURATIONS, "one", "thing", "person"):
        return True
    if not unit and (numeral.value == 0 or (before == "the" and numeral.value <= 20 and not numeral.digits)):
        return True
    if numeral.value == 1:
        return not _one_counts(before, following)
    return numeral.value == 2 and before in ("the", "these", "those", "us", "or") and not unit


def _one_counts(before: str, following: str) -> bool:
    """ "One" is mostly a pronoun or an article; it counts in "within one week"."""
    return (following in MEASURES or following == "working") and before in word_set(
        "within in under over than about just only for to from by every"
    )
