"""Keeps stretches of text apart: a place that is taken by one finding is not given to another."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable

from cqcmock.domain.hearing import Span


class Taken:
    """Stretches that do not overlap, in order. Asking and taking are quick however many there are."""

    __slots__ = ("_spans",)

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._spans: list[Span] = []
        for span in spans:
            self.take(span)

    def overlaps(self, span: Span) -> bool:
        """Whether any of a stretch is taken already."""
        at = bisect_left(self._spans, (span[1], 0))
        return at > 0 and self._spans[at - 1][1] > span[0]

    def take(self, span: Span) -> bool:
        """Take a stretch, if nothing of it is taken yet; says whether it was free."""
        if self.overlaps(span):
            return False
        insort(self._spans, span)
        return True


def words_in(starts: list[int], ends: list[int], span: Span) -> range:
    """The words, by where they start and end, of which any letter lies in a stretch of the text."""
    first = bisect_right(ends, span[0])
    return range(first, max(first, bisect_left(starts, span[1])))
