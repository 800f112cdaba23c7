"""Finds turns of phrase in an answer in one pass over its words.

A pattern is written as words with spaces between them. A part of it is one of

    word        that word                       a|b|c       one of these words
    <class>     one of a class of words         work~       every form of a regular verb: work works worked working
    word?       that word or none               *3          up to three words of any kind
    -ing        any word with this ending

A pattern stays inside one sentence, and begins with words (never with `*`, an ending or an optional part).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cqcmock.listening.speech import Speech

_VOWELS = "aeiou"
_ANY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Part:
    """One of `words`, or none of them if optional; `gap` is how many words of any kind may stand here instead.

    With an `ending`, any word that ends so, and nothing else.
    """

    words: frozenset[str]
    optional: bool
    gap: int
    ending: str = ""

    def fits(self, word: str) -> bool:
        return word.endswith(self.ending) if self.ending else word in self.words


@dataclass(frozen=True, slots=True)
class Match:
    """First and last word of a place where a pattern fits, and the pattern's kind."""

    kind: str
    first: int
    last: int


_Rest = tuple[str, tuple[_Part, ...]]


@dataclass(frozen=True, slots=True)
class Patterns:
    """Patterns of several kinds by the words with which they can begin: `pairs` by two words, `single` by one."""

    pairs: Mapping[str, Mapping[str, tuple[_Rest, ...]]]
    single: Mapping[str, tuple[_Rest, ...]]

    def matches(self, speech: Speech) -> dict[str, list[Match]]:
        """Every place where a pattern fits, by kind and in order; where several of a kind begin, the longest."""
        found: dict[str, list[Match]] = defaultdict(list)
        pairs, single, words, stops = self.pairs, self.single, speech.words, speech.stops
        for at, word in enumerate(words):
            seconds = pairs.get(word)
            alone = single.get(word)
            if seconds is None and alone is None:
                continue
            stop = stops[at]
            longest: dict[str, int] = {}
            if seconds is not None and at + 1 < stop:
                for kind, parts in seconds.get(words[at + 1], ()):
                    end = _fit(parts, 0, words, at + 2, stop)
                    if end > longest.get(kind, 0):
                        longest[kind] = end
            for kind, parts in alone or ():
                end = _fit(parts, 0, words, at + 1, stop)
                if end > longest.get(kind, 0):
                    longest[kind] = end
            for kind, end in longest.items():
                found[kind].append(Match(kind, at, end - 1))
        return found


def compile_patterns(kinds: Iterable[tuple[str, Iterable[str], Mapping[str, frozenset[str]]]]) -> Patterns:
    """Patterns for the one pass: of each kind its patterns and the classes that they name.

    Raises ValueError where one is not written as the rules say.
    """
    pairs: dict[str, dict[str, list[_Rest]]] = defaultdict(lambda: defaultdict(list))
    single: dict[str, list[_Rest]] = defaultdict(list)
    for kind, patterns, classes in kinds:
        for pattern in patterns:
            first, *rest = (_part(part, classes) for part in pattern.split())
            if first.gap or first.optional or first.ending:
                raise ValueError(f"a pattern has to begin with words: {pattern}")
            for word in first.words:
                if rest and not rest[0].gap and not rest[0].optional and not rest[0].ending:
                    for second in rest[0].words:
                        pairs[word][second].append((kind, tuple(rest[1:])))
                else:
                    single[word].append((kind, tuple(rest)))
    return Patterns(
        {
            word: {second: tuple(dict.fromkeys(found)) for second, found in group.items()}
            for word, group in pairs.items()
        },
        {word: tuple(dict.fromkeys(found)) for word, found in single.items()},
    )


def lines(text: str) -> tuple[str, ...]:
    """Patterns written one a line."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _part(written: str, classes: Mapping[str, frozenset[str]]) -> _Part:
    if re.fullmatch(r"\*[1-9]", written):
        return _Part(_ANY, optional=False, gap=int(written[1]))
    if re.fullmatch(r"-[a-z]+", written):
        return _Part(_ANY, optional=False, gap=0, ending=written[1:])
    optional = written.endswith("?")
    words: set[str] = set()
    for choice in written.removesuffix("?").split("|"):
        if re.fullmatch(r"<[a-z-]+>", choice):
            words |= classes[choice[1:-1]]
        elif re.fullmatch(r"[a-z]+~", choice):
            words |= verb_forms(choice[:-1])
        elif re.fullmatch(r"[a-z0-9]+", choice):
            words.add(choice)
        else:
            raise ValueError(f"not a part of a pattern: {written}")
    return _Part(frozenset(words), optional=optional, gap=0)


def verb_forms(verb: str) -> set[str]:
    """The forms of a regular English verb: plan, plans, planned, planning."""
    if verb.endswith("e"):
        return {verb, verb + "s", verb + "d", verb[:-1] + "ing"}
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return {verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"}
    short = re.fullmatch(r"[^aeiou]*[aeiou][bdgklmnprt]", verb)
    base = verb + verb[-1] if short else verb
    plural = "es" if verb.endswith(("s", "sh", "ch", "x")) else "s"
    return {verb, verb + plural, base + "ed", base + "ing"}


def _fit(parts: tuple[_Part, ...], part_at: int, words: list[str], at: int, stop: int) -> int:
    """The word after the longest stretch from `at` that the parts fit, or 0."""
    for index in range(part_at, len(parts)):
        part = parts[index]
        if part.gap:
            longest = 0
            for gap in range(min(part.gap, stop - at) + 1):
                longest = max(longest, _fit(parts, index + 1, words, at + gap, stop))
            return longest
        if at < stop and part.fits(words[at]):
            if part.optional and (without := _fit(parts, index + 1, words, at, stop)):
                return max(without, _fit(parts, index + 1, words, at + 1, stop))
            at += 1
        elif not part.optional:
            return 0
    return at
