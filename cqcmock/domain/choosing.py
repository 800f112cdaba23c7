"""Drawing the questions of a rehearsal: opener first, closing last, and a fair spread between them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from cqcmock.domain.questions import Kind, Question
from cqcmock.domain.story import Community
from cqcmock.errors import UserError

QuestionKey = tuple[str, str]
"""A question anywhere: the id of its bank, and its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A question that could be asked, with the bank that it comes from."""

    bank: str
    bank_version: int
    question: Question

    @property
    def key(self) -> QuestionKey:
        """What tells this question from every other."""
        return (self.bank, self.question.id)


def about(
    candidates: Sequence[Candidate], themes: Collection[str], communities: Collection[Community]
) -> tuple[Candidate, ...]:
    """The candidates with one of these themes, if any are given, that suit the communities of a place.

    A question about one community suits a place whose story names it. Where the story names none that any
    question knows, every question suits.
    """
    wanted = [c for c in candidates if not themes or not set(themes).isdisjoint(c.question.themes)]
    named = " ".join(" ".join((community.who, *community.phrases)) for community in communities).casefold()
    known = {c.key for c in wanted if any(word.casefold() in named for word in c.question.communities)}
    if not known:
        return tuple(wanted)
    return tuple(c for c in wanted if not c.question.communities or c.key in known)


def draw(
    candidates: Sequence[Candidate], count: int, seed: int, practised: Mapping[QuestionKey, int]
) -> tuple[Candidate, ...]:
    """Draw `count` questions; the same arguments always give the same draw.

    The opener comes first and the closing last. Between them each next question is the one whose themes have
    been used least in this draw, then the one this person has practised least, then the one whose statements
    have been used least; what is still equal is left to the seed. They are asked in the order of their bank,
    which goes from the familiar to the exposed.

    Raises UserError when there is nothing to draw from.
    """
    if count < 1:
        raise UserError("A rehearsal needs at least one question.", "Choose one question or more.")
    if not candidates:
        raise UserError("There are no questions for this role.", "Choose another role, or add a question bank.")
    chance = random.Random(seed)  # noqa: S311 - a repeatable draw, not a secret
    luck = {candidate.key: chance.random() for candidate in candidates}

    def least_practised(kind: Kind) -> Candidate | None:
        of_kind = [candidate for candidate in candidates if candidate.question.kind is kind]
        return min(of_kind, key=lambda c: (practised.get(c.key, 0), luck[c.key]), default=None)

    opener = least_practised(Kind.OPENER)
    closing = least_practised(Kind.CLOSING) if count >= 3 else None
    edges = [edge for edge in (opener, closing) if edge]
    between = _spread(
        [candidate for candidate in candidates if candidate.question.kind is Kind.QUESTION],
        count - len(edges),
        edges,
        practised,
        luck,
    )
    order = {candidate.key: position for position, candidate in enumerate(candidates)}
    between.sort(key=lambda candidate: order[candidate.key])
    return (*([opener] if opener else []), *between, *([closing] if closing else []))


def _spread(
    pool: list[Candidate],
    count: int,
    already: list[Candidate],
    practised: Mapping[QuestionKey, int],
    luck: Mapping[QuestionKey, float],
) -> list[Candidate]:
    themes = Counter(theme for candidate in already for theme in candidate.question.themes)
    statements = Counter(statement for candidate in already for statement in candidate.question.statements)
    chosen: list[Candidate] = []

    def worth(candidate: Candidate) -> tuple[int, int, int, float]:
        return (
            sum(themes[theme] for theme in candidate.question.themes),
            practised.get(candidate.key, 0),
            sum(statements[statement] for statement in candidate.question.statements),
            luck[candidate.key],
        )

    while pool and len(chosen) < count:
        best = min(pool, key=worth)
        pool = [candidate for candidate in pool if candidate is not best]
        chosen.append(best)
        themes.update(best.question.themes)
        statements.update(best.question.statements)
    return chosen
