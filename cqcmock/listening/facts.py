"""Says which fact of the council's story a quoted number is about, and whether it agrees with it.

A number is about a fact when both measure the same thing (shares, time, money, or the same things counted) and the
words around it are those of the fact: one of its phrases, or most of its label.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from cqcmock.domain.hearing import HeardNumber
from cqcmock.domain.story import Fact
from cqcmock.listening.numbers import Quantity, quantities
from cqcmock.listening.numerals import PARTS, SCALES, SMALL, TENS
from cqcmock.listening.speech import Speech, read_speech
from cqcmock.listening.stems import STOP_WORDS, read_words, stem, word_set
from cqcmock.listening.units import DURATIONS, PER_CENT, POUNDS

NEAR = 14
"""How many words on either side of a number say what it is about."""

_NUMBER_WORDS = frozenset((*SMALL, *TENS, *SCALES, *PARTS, "once", "twice", "odd", "per", "cent", "percent"))
_WEAK = frozenset(
    stem(word)
    for word in word_set(
        "people person council number how many year years month day week time times found first last one part more "
        "work works much often county say said get go every"
    )
)
_OFTEN = {"once": 1.0, "twice": 2.0, "quarterly": 4.0, "monthly": 12.0, "weekly": 52.0, "yearly": 1.0, "annually": 1.0}
_TOLERANCE = 0.005
_OFTEN_IN_PHRASES = 3
_GETTING_READY = {stem("ready"): stem("preparing"), stem("readying"): stem("preparing")}
_ONLY_A_RATE = word_set("times time a per cent percent of in year years month months week weeks day days more than")
_TOTALS = (["there", "are"], ["we", "have"], ["have", "got"], ["are", "now"], ["there", "were"], ["we", "run"])
"""Words before a number that counts all there are, not a part of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """A fact with a number: its quantity, its kind of measure, and the stems of its phrases, label and unit."""

    fact: Fact
    value: float
    unit: str
    whole: float | None
    measure: str
    phrases: tuple[tuple[tuple[str, ...], bool], ...]
    label: frozenset[str]
    literal: tuple[tuple[str, ...], ...] = ()
    keys: frozenset[str] = field(default_factory=frozenset)
    counted: frozenset[str] = field(default_factory=frozenset)


@lru_cache(maxsize=16)
def _known(facts: tuple[Fact, ...]) -> tuple[_Known, ...]:
    found = []
    for fact in facts:
        quantity = _quantity_of(fact)
        if quantity is None:
            continue
        own = quantity.part is None and quantity.unit.startswith((POUNDS, PER_CENT))
        unit = quantity.unit if own else fact.unit or quantity.unit
        counted = _content(unit) - {stem("of")}
        found.append(
            _Known(
                fact=fact,
                value=quantity.value if quantity.part is None else quantity.part,
                unit=unit,
                whole=quantity.whole,
                measure=_measure(unit),
                phrases=tuple(
                    dict.fromkeys((words, _numbered(phrase)) for phrase in fact.phrases if (words := _in_order(phrase)))
                ),
                label=_content(fact.label) | counted,
                literal=tuple(tuple(speech_of(phrase).words) for phrase in fact.phrases if _numbered(phrase)),
                keys=_keys(fact),
                counted=counted,
            )
        )
    return tuple(found)


def _keys(fact: Fact) -> frozenset[str]:
    """Words that three phrases of a fact share: "preparing", of a fact about the time spent in preparing."""
    found = Counter(word for phrase in fact.phrases for word in _content(phrase) - _WEAK)
    return frozenset(word for word, times in found.items() if times >= _OFTEN_IN_PHRASES)


def _quantity_of(fact: Fact) -> Quantity | None:
    """The number that a fact's value is; a value such as "good" or "8 boards and a panel" is none."""
    unit = fact.unit
    text = f"{fact.value} {unit}" if not fact.value.endswith("%") else fact.value
    if not re.fullmatch(
        r"(?:[a-z]+ ){0,3}[£€]?[0-9][0-9.,]*(?: ?%| ?(?:million|billion|thousand|k|m|bn))?", fact.value.strip(), re.I
    ):
        spoken = speech_of(fact.value)
        if not any(word in _NUMBER_WORDS for word in spoken.words) or len(spoken.words) > 5:
            return None
    found = quantities(speech_of(text)) or quantities(speech_of(fact.value))
    return found[0] if found else None


def speech_of(text: str) -> Speech:
    """Any text as spoken words."""
    return read_speech(text, read_words(text))


@lru_cache(maxsize=4096)
def _in_order(text: str) -> tuple[str, ...]:
    words = speech_of(text).words
    return tuple(
        stem(word) for word in words if word not in STOP_WORDS and word not in _NUMBER_WORDS and not word[0].isdecimal()
    )


@lru_cache(maxsize=4096)
def _content(text: str) -> frozenset[str]:
    return frozenset(_in_order(text))


@lru_cache(maxsize=1024)
def _measure(unit: str) -> str:
    """What a unit measures: "share", "time", "money", "rate" or "count"."""
    words = unit.casefold().replace("%", " per cent").split()
    if "cent" in words or "percent" in words or "percentage" in words:
        return "share"
    if words[:2] == ["times", "a"] or words[:2] == ["times", "per"]:
        return "rate"
    first = words[0].rstrip("s") if words else ""
    if first in DURATIONS:
        return "time"
    if first in ("pound", "£", "pence", "quid") or unit.startswith("£"):
        return "money"
    return "count"


def heard_numbers(
    speech: Speech, said: Sequence[Quantity], facts: tuple[Fact, ...], on: date | None, question: str = ""
) -> tuple[HeardNumber, ...]:
    """The quantities of an answer, each with the fact that it is about; the question asked says what may be meant."""
    known = _known(facts)
    stems = [_stem(word) if known and word not in STOP_WORDS else "" for word in speech.words]
    asked = _content(question) - _WEAK if known else frozenset()
    return tuple(_heard(speech, quantity, known, stems, asked, on) for quantity in said)


def _stem(word: str) -> str:
    found = stem(word)
    return _GETTING_READY.get(found, found)


def _heard(
    speech: Speech,
    said: Quantity,
    known: tuple[_Known, ...],
    stems: list[str],
    asked: frozenset[str],
    on: date | None,
) -> HeardNumber:
    text = speech.text[said.span[0] : said.span[1]]
    value = said.value
    about = _about(speech, said, known, stems, asked)
    if about is None:
        return HeardNumber(
            text=text,
            value=value,
            unit=said.unit,
            year=said.year,
            span=said.span,
            why="No fact of the story is about this." if known else "A number that can be checked.",
        )
    fact = about.fact
    agrees = _agrees(said, about)
    out_of_date = on is not None and fact.review_by is not None and fact.review_by < on
    return HeardNumber(
        text=text,
        value=value,
        unit=said.unit,
        year=said.year,
        span=said.span,
        fact=fact.id,
        agrees=agrees,
        out_of_date=out_of_date,
        why=_why(fact, agrees=agrees, out_of_date=out_of_date),
    )


def _why(fact: Fact, *, agrees: bool, out_of_date: bool) -> str:
    figure = " ".join(part for part in (fact.value, fact.unit) if part)
    label = fact.label[:1].lower() + fact.label[1:] if fact.label[1:2].islower() else fact.label
    sentence = f"The story says the same of this: {label}." if agrees else f"The story says {figure} of this: {label}."
    if out_of_date and fact.review_by is not None:
        due = f"{fact.review_by.day} {fact.review_by:%B %Y}"
        sentence = f"{sentence[:-1]}; but that was to be looked at again by {due}."
    return sentence


def _about(
    speech: Speech, said: Quantity, known: tuple[_Known, ...], stems: list[str], asked: frozenset[str]
) -> _Known | None:
    """The fact whose words stand nearest around the number, or None."""
    if not known:
        return None
    first, last = said.words
    begin = max(speech.sentence_start_near(first), first - NEAR)
    stop = min(speech.stops[last], last + 1 + NEAR)
    near = [word for word in stems[begin:stop] if word]
    counted = _content(said.unit) or _counted_before(speech, said, stems)
    before = speech.words[max(0, first - 2) : first]
    of_them = speech.words[last + 1 : last + 3] in (["of", "them"], ["of", "those"], ["of", "the"])
    best: tuple[float, int] = (0.0, 0)
    chosen: _Known | None = None
    for at, fact in enumerate(known):
        if not _comparable(said, fact):
            continue
        score = _score(fact, near, counted, agrees=_agrees(said, fact))
        score = max(score, _said_outright(speech, said, fact, near, asked, stems))
        if fact.whole is not None and said.part is None and (before in _TOTALS or not of_them):
            score -= 0.8  # "there are eight boards" is about all of them, not about those of eight that are so
        if said.part is not None and fact.whole == said.whole and _strong(fact).intersection((*near, *asked)):
            score = max(score, 0.4)
        if score > 0 and said.part is not None and fact.whole == said.whole:
            score += 0.5  # "every one of the eight" is about a fact "of 8 boards" sooner than about "8 boards"
        if score > 0 and (score, -at) > best:
            best, chosen = (score, -at), fact
    return chosen


def _counted_before(speech: Speech, said: Quantity, stems: list[str]) -> frozenset[str]:
    """What "there are six of them" counts: the words shortly before."""
    first, last = said.words
    if said.unit or speech.words[last + 1 : last + 3] != ["of", "them"]:
        return frozenset()
    return frozenset(word for word in stems[max(speech.sentence_start_near(first), first - 14) : first] if word)


def _strong(fact: _Known) -> frozenset[str]:
    return fact.label - _WEAK


def _said_outright(
    speech: Speech, said: Quantity, fact: _Known, near: list[str], asked: frozenset[str], stems: list[str]
) -> float:
    """How surely the number is meant where one of the fact's phrases stands word for word, or a word of all of them.

    A phrase that is no more than the number, "four times a year", also needs a word of what the fact is about: near it
    or in the question, and of a share, which is rarely the same by chance, anywhere in the answer.
    """
    agrees = _agrees(said, fact)
    topic = bool(_strong(fact).intersection((*near, *asked)))
    topic = topic or (agrees and fact.measure == "share" and bool(_strong(fact).intersection(stems)))
    if agrees and (topic or fact.measure == "count"):
        first, last = said.words
        words = speech.words[max(0, first - 6) : last + 7]
        for phrase in fact.literal:
            telling = topic or any(word not in STOP_WORDS | _NUMBER_WORDS for word in phrase)
            if telling and any(tuple(words[at : at + len(phrase)]) == phrase for at in range(len(words))):
                return 0.9
    if _said_with_another_number(speech, said, fact):
        return 0.9
    return 0.6 if fact.keys.intersection(near) and fact.measure in ("time", "money") else 0.0


def _said_with_another_number(speech: Speech, said: Quantity, fact: _Known) -> bool:
    """Whether a phrase of the fact stands there with this number in place of its own: "the first five councils"."""
    first = said.words[0]
    for phrase in fact.literal:
        places = [at for at, word in enumerate(phrase) if word in _NUMBER_WORDS or word[0].isdecimal()]
        before, after = phrase[: places[0]], phrase[places[-1] + 1 :]
        telling = {word for word in (*before, *after) if word not in STOP_WORDS | _ONLY_A_RATE}
        if len(places) > 1 or len(telling) < 2:
            continue
        if tuple(speech.words[first - len(before) : first]) != before or first < len(before):
            continue
        if any(tuple(speech.words[at : at + len(after)]) == after for at in range(first + 1, first + 4)):
            return True
    return False


def _comparable(said: Quantity, fact: _Known) -> bool:
    measure = _measure(said.unit)
    if said.part is not None and fact.measure == "count":
        return fact.whole is None or fact.whole == said.whole
    if not said.unit:
        return fact.measure in ("count", "share")
    if measure == "time":  # two days are not about what took a year
        return 0.1 <= said.value * _days(said.unit) / ((fact.value * _days(fact.unit)) or 1) <= 10
    return measure == fact.measure


def _score(fact: _Known, near: list[str], counted: frozenset[str], *, agrees: bool) -> float:
    """How surely the words around a number are those of a fact: 0 unless a phrase or most of the label is there."""
    strong = frozenset(near) - _WEAK
    same_things = bool(fact.counted & counted)
    phrase = any(
        _said(words, near) for words, numbered in fact.phrases if _tells(words, numbered, sure=agrees or same_things)
    )
    label = fact.label - _WEAK
    shared = len(label & strong)
    covered = shared / len(label) if label else 0.0
    if fact.measure == "count" and counted and not (same_things or agrees):
        return 0.0
    score = 0.0
    if phrase:
        score = 1.0 + covered + (0.5 if same_things else 0.0)
    elif shared >= 2 and covered >= 0.4:
        score = 0.6 + covered + (0.5 if same_things else 0.0)
    elif agrees and shared >= 1 and same_things:
        score = 0.5 + covered
    return score + (0.3 if score and agrees else 0.0)


def _numbered(phrase: str) -> bool:
    """Whether a phrase holds a number itself, so that its other words alone say little."""
    return any(word in _NUMBER_WORDS or word[0].isdecimal() for word in speech_of(phrase).words)


def _tells(words: tuple[str, ...], numbered: bool, *, sure: bool) -> bool:
    """Whether the words of a phrase tell one fact from others: two words, one strong, or only one if it is `sure`."""
    strong = len(set(words) - _WEAK)
    if sure:
        return strong >= 1
    return strong >= 2 if numbered else strong >= 1 and len(words) >= 2


def _said(phrase: tuple[str, ...], near: list[str]) -> bool:
    """Whether the words of a phrase stand in order, with at most two others between neighbours."""
    for start, word in enumerate(near):
        if word != phrase[0]:
            continue
        at = start
        for wanted in phrase[1:]:
            following = near[at + 1 : at + 4]
            if wanted not in following:
                break
            at += 1 + following.index(wanted)
        else:
            return True
    return False


def _agrees(said: Quantity, fact: _Known) -> bool:
    """Whether the number is the fact's, as exact as it was said: "about 1,200" agrees with 1,187."""
    value, unit = (said.value, said.unit) if said.part is None else (said.part, "")
    if said.part is not None and fact.measure == "share":
        value, unit = said.value, PER_CENT
    mine, theirs = value * _days(unit), fact.value * _days(fact.unit)
    if abs(mine - theirs) <= _TOLERANCE * abs(theirs):
        return True
    if said.part is not None and fact.measure == "share":
        return abs(mine - theirs) <= 1
    return _rounded_alike(mine, theirs)


def _days(unit: str) -> float:
    """Days in a unit of time, so that four weeks agree with 28 days; 1 for everything else."""
    words = unit.casefold().split()
    return DURATIONS.get(words[0].rstrip("s"), 1.0) if words and _measure(unit) == "time" else 1.0


def _rounded_alike(said: float, fact: float) -> bool:
    """Whether a number of a hundred or more is the fact's, rounded to two figures or more."""
    if min(said, fact) < 100:
        return False
    for figures in (2, 3):
        step = 10 ** (len(str(int(fact))) - figures)
        if step > 1 and said % step == 0 and abs(said - fact) <= step / 2:
            return True
    return False
