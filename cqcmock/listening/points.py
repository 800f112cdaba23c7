"""Finds which points of a question an answer held, so that an assessor's next question follows from what was missing.

The words of a phrase are looked for in order, inside one sentence, with up to two other words between neighbours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from cqcmock.domain.hearing import HeardPoint, Span
from cqcmock.domain.questions import Point, Question
from cqcmock.listening.negation import is_negated, own_negations
from cqcmock.listening.numerals import PARTS, SCALES, SMALL, TENS
from cqcmock.listening.stems import IRREGULAR, LONGEST_WORD, STOP_WORDS, Words, phrase_words, stem
from cqcmock.listening.synonyms import meaning, members

WORDS_BETWEEN = 2
"""How many other words may stand between two neighbours of a phrase."""

ANY_NUMBER = "#"
"""Stands in a phrase for any number, in digits or in words."""

NUMBER_WORDS = frozenset((*SMALL, *TENS, *SCALES, *PARTS)) - {"one"}
"""Of the words for numbers all but "one", which is said of anything."""

SHORTEST_JOINED = 3
"""Two words are read as one only if their common stem is longer than this."""


def hear_points(words: Words, question: Question) -> tuple[HeardPoint, ...]:
    """Which points of the question an answer held, and where, in the order of the question."""
    known = _vocabulary(question.points)
    text = _index(words, known)
    return tuple(_hear(point, known, words, text) for point in question.points)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Phrase:
    """One phrase; `ways` are its stems as written and with each pair of neighbours written as one word.

    `content` has each stem that is not a stop word, with every stem in which it would be heard.
    """

    ways: tuple[tuple[str, ...], ...]
    content: tuple[tuple[str, frozenset[str]], ...]
    negations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Vocabulary:
    """Every stem that the points of a question ask for.

    `written` are those of the phrases as written. `beginnings` let most words be passed over unstemmed.
    """

    phrases: Mapping[str, tuple[_Phrase, ...]]
    stems: frozenset[str]
    written: frozenset[str]
    beginnings: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """The answer as the vocabulary sees it: a stem or "" for each word, and stems of two words read as one."""

    stems: list[str]
    joined: dict[int, str]
    joined_stems: frozenset[str]
    numbers: frozenset[int]
    places: dict[str, list[int]]


@lru_cache(maxsize=512)
def _vocabulary(points: tuple[Point, ...]) -> _Vocabulary:
    phrases = {
        point.id: tuple({words: _phrase(words) for words in map(_words_of, point.phrases) if words}.values())
        for point in points
    }
    every = [phrase for group in phrases.values() for phrase in group]
    stems = frozenset(part for phrase in every for way in phrase.ways for part in way)
    return _Vocabulary(
        phrases=phrases,
        stems=stems,
        written=frozenset(part for phrase in every for part in phrase.ways[0]),
        beginnings=frozenset(_beginning(member) for part in stems for member in members(part)),
    )


def _words_of(phrase: str) -> tuple[str, ...]:
    """The words of a phrase, `ANY_NUMBER` among them."""
    first, *others = (phrase_words(piece) for piece in phrase.split(ANY_NUMBER))
    words = [*first]
    for other in others:
        words += [ANY_NUMBER, *other]
    return tuple(words)


def _phrase(words: tuple[str, ...]) -> _Phrase:
    stems = tuple(meaning(stem(word)) for word in words)
    joins = {
        at: joined
        for at in range(len(words) - 1)
        if _may_join(words[at], words[at + 1])
        and (joined := meaning(stem(words[at] + words[at + 1])))
        not in stems[at : at + 2]  # "directorrings" is not "director"
    }
    return _Phrase(
        ways=(stems, *((*stems[:at], join, *stems[at + 2 :]) for at, join in joins.items())),
        content=tuple(
            (stems[at], frozenset({stems[at], joins.get(at - 1, stems[at]), joins.get(at, stems[at])}))
            for at, word in enumerate(words)
            if word not in STOP_WORDS
        ),
        negations=own_negations(words),
    )


def _may_join(first: str, second: str) -> bool:
    """Whether two neighbours may be one word, as in "co production"; "a way" is not "away"."""
    apart = ("a", "i", ANY_NUMBER)
    return first not in apart and second not in apart and len(first) + len(second) <= LONGEST_WORD


def _beginning(part: str) -> str:
    """What every word with this stem begins with: stemming changes no more than the stem's last letter."""
    return part[: max(2, len(part) - 1)]


def _index(words: Words, known: _Vocabulary) -> _Text:
    stem_of: dict[str, str] = {}
    stems: list[str] = []
    joined: dict[int, str] = {}
    places: dict[str, list[int]] = defaultdict(list)
    before = ""
    for at, word in enumerate(words.plain):
        found = stem_of.get(word)
        if found is None:
            found = stem_of[word] = _known_stem(word, known)
        stems.append(found)
        if found:
            places[found].append(at)
        if before and words.sentences[at] == words.sentences[at - 1] and _may_join(before, word):
            both = _known_stem(before + word, known, shortest=SHORTEST_JOINED)
            if both in known.written:
                joined[at - 1] = both
                places[both].append(at - 1)
        before = word
    if ANY_NUMBER in known.stems:
        places[ANY_NUMBER] = [at for at, word in enumerate(words.plain) if word[0].isdigit() or word in NUMBER_WORDS]
    return _Text(
        stems=stems,
        joined=joined,
        joined_stems=frozenset(joined.values()),
        numbers=frozenset(places.get(ANY_NUMBER, ())),
        places=places,
    )


def _known_stem(word: str, known: _Vocabulary, *, shortest: int = 1) -> str:
    """The word's stem if a phrase asks for it, else "". Stemming is slow, so most words never get so far."""
    beginnings = known.beginnings
    if word in IRREGULAR or any(word[:end] in beginnings for end in range(shortest, min(len(word), LONGEST_WORD) + 1)):
        found = meaning(stem(word))
        if found in known.stems:
            return found
    return ""


def _hear(point: Point, known: _Vocabulary, words: Words, text: _Text) -> HeardPoint:
    matches: set[Span] = set()
    negated = True
    for phrase in known.phrases[point.id]:
        for way in phrase.ways:
            for match in _matches(way, words, text):
                matches.add(match)
                negated = negated and is_negated(words, match, own=phrase.negations)
    spans = _merge((words.starts[first], words.ends[last]) for first, last in matches)
    return HeardPoint(
        id=point.id,
        label=point.label,
        heard=bool(spans),
        negated=bool(spans) and negated,
        spans=spans,
        words_heard=_words_heard(known.phrases[point.id], text),
        probe=point.probe,
        weight=point.weight,
    )


def _matches(way: tuple[str, ...], words: Words, text: _Text) -> Iterable[Span]:
    """First and last word of every place where the stems stand in order; for each last word the nearest first."""
    if any(part not in text.places for part in way):
        return ()
    stems, joined, sentences = text.stems, text.joined, words.sentences
    reached: dict[int, int] = {}
    for at in text.places[way[0]]:
        if stems[at] == way[0] or way[0] == ANY_NUMBER:
            reached[at] = at
        if joined.get(at) == way[0]:
            reached[at + 1] = max(at, reached.get(at + 1, at))
    for part in way[1:]:
        before, reached = reached, {}
        as_one = part in text.joined_stems
        numbers = text.numbers if part == ANY_NUMBER else frozenset[int]()
        for last, first in before.items():
            for at in range(last + 1, min(last + 2 + WORDS_BETWEEN, len(stems))):
                if (stems[at] == part or at in numbers) and sentences[at] == sentences[last]:
                    reached[at] = max(first, reached.get(at, 0))
                if as_one and joined.get(at) == part and sentences[at] == sentences[last]:
                    reached[at + 1] = max(first, reached.get(at + 1, 0))
    return ((first, last) for last, first in reached.items())


def _words_heard(phrases: Iterable[_Phrase], text: _Text) -> int:
    return len(
        {part for phrase in phrases for part, shown_by in phrase.content if not shown_by.isdisjoint(text.places)}
    )


def _merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Sorted and without overlaps, so that the words can be highlighted as they are."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
