"""Tells "we hear from carers" from "we do not yet hear from carers".

A plain-word rule that a person can follow: a negative word earlier in the same clause, or straight after with an
auxiliary ("carers are not"), negates what was matched.
"""

from __future__ import annotations

from collections.abc import Iterable

from cqcmock.domain.hearing import Span
from cqcmock.listening.stems import Words, word_set

REACH = 8
"""How many words before a match a negative word still negates it; spoken text has no commas to stop at."""

_NEGATIVES = word_set("not no never nor neither nobody none nothing nowhere hardly without")
_SOFTENED_BY = word_set("only just least merely simply doubt wonder forgetting fail exception question")
_NEW_CLAUSE = word_set("but although though however because whereas while so")
_JOINING = word_set("and or")
_SUBJECTS = word_set("i we they you he she it there this that these")
_AUXILIARIES = word_set(
    "am is are was were be been has have had do does did can could will would should may might must"
)


def own_negations(words: Iterable[str]) -> int:
    """How many negative words a phrase itself holds."""
    return sum(word in _NEGATIVES for word in words)


def is_negated(words: Words, match: Span, *, own: int) -> bool:
    """Whether a match, given as its first and last word, stands in a negated clause.

    `own` is how many negative words belong to the phrase: "do not hear from" negates nothing of its own.
    """
    first, last = match
    inside = sum(_negates(words, at) for at in range(first, last + 1))
    before = _negatives_before(words, first)
    without = "without" in before
    plain = any(word != "without" for word in before)
    return plain != without or inside > own or _negated_after(words, last)


def _negates(words: Words, at: int) -> bool:
    if words.plain[at] not in _NEGATIVES:
        return False
    following = words.plain[at + 1] if at + 1 < len(words.plain) else ""
    return following not in _SOFTENED_BY


def _negatives_before(words: Words, first: int) -> list[str]:
    found = []
    for at in range(first - 1, max(first - 1 - REACH, -1), -1):
        word = words.plain[at]
        if words.clauses[at] != words.clauses[first] or word in _NEW_CLAUSE:
            break
        if word in _JOINING and words.plain[at + 1] in _SUBJECTS:
            break
        if _negates(words, at):
            found.append(word)
    return found


def _negated_after(words: Words, last: int) -> bool:
    following = [
        at for at in range(last + 1, min(last + 3, len(words.plain))) if words.clauses[at] == words.clauses[last]
    ]
    if not following:
        return False
    if words.plain[following[0]] in _AUXILIARIES:
        return len(following) > 1 and _negates(words, following[1])
    return words.plain[following[0]] == "never"
