"""Cards to cut out and hand round: questions for whoever asks, and cues for whoever listens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cqcmock.domain.english import duration
from cqcmock.domain.questions import Cue, Question

CARD_WORDS = "For practice: not published by CQC"


class CardKind(StrEnum):
    """What is on a card: the question alone, or also what to listen for and how to ask on."""

    QUESTION = "question"
    CUE = "cue"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPart:
    """A few lines under a small heading."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One card: the question, what belongs to it, and small print at the foot."""

    question: str
    parts: tuple[CardPart, ...]
    foot: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    """A pack of cards; `classification` and `retention` stand outside of what is cut out."""

    title: str
    classification: str
    retention: str
    made_on: date
    cards: tuple[Card, ...]


_ASK_WHEN = {
    Cue.ALWAYS: "In any case",
    Cue.NO_NUMBER: "No number",
    Cue.NO_EXAMPLE: "No example",
    Cue.NO_VOICE: "Nobody's own words",
    Cue.IN_PROGRESS: "Promised, without a date",
    Cue.VAGUE: "Vague",
}


def card(question: Question, kind: CardKind, *, themes: Sequence[str]) -> Card:
    """One question, filled in for its place, as a card; `themes` are the names of its themes."""
    foot = " · ".join((*themes, *question.statements, f"aim for {duration(question.target_seconds)}"))
    if kind is CardKind.QUESTION:
        return Card(question=question.text, parts=(), foot=foot)
    parts = []
    if question.points:
        parts.append(CardPart(heading="Listen for", lines=tuple(point.label for point in question.points)))
    asking_on = [f"{_ASK_WHEN[probe.cue]}: {probe.text}" for probe in question.probes]
    asking_on += [point.probe for point in question.points]
    if asking_on:
        parts.append(CardPart(heading="Ask on", lines=tuple(asking_on)))
    return Card(question=question.text, parts=tuple(parts), foot=foot)
