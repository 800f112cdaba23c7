"""Running orders to begin from: which rounds, in which proportion. Shipped ones are data; a person can save their own.

The lengths follow practice: an assessor's drop-in slot for staff was half an hour, and cafés run for 30 to 60 minutes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cqcmock.domain.cafe.rounds import MINUTE, Round, RoundKind, RoundQuestion
from cqcmock.errors import UserError

LONGEST_NAME = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateRound:
    """A round of a template. `minutes` is its length where the session is as long as the template, else its weight."""

    kind: RoundKind
    minutes: int
    title: str = ""
    question: RoundQuestion | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A named list of rounds."""

    name: str
    rounds: tuple[TemplateRound, ...]

    @property
    def minutes(self) -> int:
        """The session length for which the template was written."""
        return sum(part.minutes for part in self.rounds)


def _shipped(name: str, *rounds: tuple[RoundKind, int]) -> Template:
    return Template(name=name, rounds=tuple(TemplateRound(kind=kind, minutes=minutes) for kind, minutes in rounds))


_K = RoundKind

SHIPPED: tuple[Template, ...] = (
    _shipped("30-minute taster", (_K.OPENING, 3), (_K.PRIDE, 6), (_K.HOT_SEAT, 10), (_K.PAIRS, 8), (_K.CLOSING, 3)),
    _shipped(
        "45-minute drop-in",
        (_K.OPENING, 4),
        (_K.CARDS, 7),
        (_K.PRIDE, 6),
        (_K.HOT_SEAT, 12),
        (_K.PAIRS, 12),
        (_K.CLOSING, 4),
    ),
    _shipped(
        "60-minute practice",
        (_K.OPENING, 4),
        (_K.CARDS, 5),
        (_K.PAIRS, 10),
        (_K.THREES, 18),
        (_K.HOT_SEAT, 10),
        (_K.JUDGEMENT, 9),
        (_K.CLOSING, 4),
    ),
    _shipped("Hot seat only", (_K.HOT_SEAT, 26), (_K.CLOSING, 4)),
)
"""The templates that come with the program."""


def template_of(rounds: Iterable[Round], name: str, *, with_questions: bool = True) -> Template:
    """A template of a running order's rounds. Raises UserError where the name is missing or too long."""
    name = " ".join(name.split())
    if not name:
        raise UserError("The template has no name.", "Give it one that you will know again.")
    if len(name) > LONGEST_NAME:
        raise UserError(f"The name is longer than {LONGEST_NAME} characters.", "Make it shorter.")
    parts = tuple(
        TemplateRound(
            kind=one.kind,
            minutes=max(1, (one.seconds + MINUTE // 2) // MINUTE),
            title=one.title,
            question=one.question if with_questions else None,
        )
        for one in rounds
    )
    return Template(name=name, rounds=parts)
