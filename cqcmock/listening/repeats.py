"""Finds runs of words that an answer says again and again.

Three words or more said three times, of which two carry meaning, or five or more said twice, of which one does.
"""

from __future__ import annotations

from collections import defaultdict

from cqcmock.domain.hearing import Span
from cqcmock.listening.stems import STOP_WORDS, Words

SHORTEST, OFTEN = 3, 3
LONG, TWICE = 5, 2
LONGEST = 24
"""A run is followed no further than this; what is longer is the same passage said twice."""


def repeats(read: Words) -> list[tuple[Span, int]]:
    """The span of the first place of every repeated run with how often it is said, the longest runs first.

    No run is part of a longer one that was said as often; the places of two runs do not overlap.
    """
    words, places = _whole_words(read)
    found: list[tuple[int, int, list[int]]] = []
    for size, least in ((SHORTEST, OFTEN), (LONG, TWICE)):
        found.extend(_runs(words, read, places, size, least))
    taken = [False] * len(words)
    kept: list[tuple[Span, int]] = []
    for size, first, starts in sorted(found, key=lambda run: (-run[0], run[1])):
        free = [start for start in starts if not any(taken[start : start + size])]
        if len(free) < (TWICE if size >= LONG else OFTEN):
            continue
        for start in free:
            taken[start : start + size] = [True] * size
        kept.append(((read.starts[places[first]], read.ends[places[first + size - 1]]), len(free)))
    return kept


def _whole_words(read: Words) -> tuple[list[str], list[int]]:
    """Each written word once: a contraction counts as the one word that it was written as."""
    words: list[str] = []
    places: list[int] = []
    for at, start in enumerate(read.starts):
        if at and start == read.starts[at - 1]:
            words[-1] += "'" + read.plain[at]
        else:
            words.append(read.plain[at])
            places.append(at)
    return words, places


def _runs(words: list[str], read: Words, places: list[int], size: int, least: int) -> list[tuple[int, int, list[int]]]:
    """Runs of at least `size` words said at least `least` times: length, first place and all places."""
    sentences = [read.sentences[place] for place in places]
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(words) - size + 1):
        if sentences[at] == sentences[at + size - 1]:
            groups[tuple(words[at : at + size])].append(at)
    frontier = {run: starts for run, starts in groups.items() if _apart(starts, size) >= least}
    found: list[tuple[int, int, list[int]]] = []
    while frontier:
        longer: dict[tuple[str, ...], list[int]] = {}
        for run, starts in frontier.items():
            grown: dict[str, list[int]] = defaultdict(list)
            end = len(run)
            for start in starts:
                if start + end < len(words) and sentences[start + end] == sentences[start] and end < LONGEST:
                    grown[words[start + end]].append(start)
            often = {word: group for word, group in grown.items() if _apart(group, end + 1) >= least}
            longer.update({(*run, word): group for word, group in often.items()})
            goes_on = any(len(group) >= len(starts) - 1 for group in often.values())
            if not goes_on and _carries_meaning(run, 1 if size >= LONG else 2):
                found.append((end, starts[0], starts))
        frontier = longer
    return found


def _apart(starts: list[int], size: int) -> int:
    """How many of these places do not overlap."""
    count, free = 0, -1
    for start in starts:
        if start >= free:
            count, free = count + 1, start + size
    return count


def _carries_meaning(run: tuple[str, ...], words: int) -> bool:
    return sum(word.split("'")[0] not in STOP_WORDS for word in run) >= words
