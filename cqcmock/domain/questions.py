"""Questions, the points an assessor would listen for, and the banks that hold them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What a question is for."""

    OPENER = "opener"
    QUESTION = "question"
    CLOSING = "closing"
    CARD = "card"
    FACT = "fact"


class Cue(StrEnum):
    """What a listener notices that makes an assessor ask on."""

    ALWAYS = "always"
    NO_NUMBER = "no-number"
    NO_EXAMPLE = "no-example"
    NO_VOICE = "no-voice"
    IN_PROGRESS = "in-progress"
    VAGUE = "vague"


class Source(StrEnum):
    """Where a question comes from; CQC publishes none, so nearly all are this project's own."""

    SEED = "seed"
    FRAMEWORK = "framework"
    DERIVED = "derived"
    COUNCIL = "council"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing an assessor would listen for, known by phrases people really say.

    Of the points that were not heard, the one with the greatest `weight`, 1 to 3, is asked about first.
    """

    id: str
    label: str
    phrases: tuple[str, ...]
    probe: str
    weight: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class CueProbe:
    """A follow-up question that is asked when its cue is met."""

    cue: Cue
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of a bank. Times are in seconds; `{place}` and `{council}` stand in its texts.

    `communities` are words by which a story names the people it is about; it is asked where the story names them.
    """

    id: str
    text: str
    kind: Kind
    statements: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    communities: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    prepare_seconds: int
    target_seconds: int
    limit_seconds: int
    source: Source
    source_note: str = ""
    strong: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    probes: tuple[CueProbe, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """A question bank as its file says it."""

    id: str
    title: str
    version: int
    checked_on: date
    framework: str
    roles: tuple[str, ...]
    language: str
    questions: tuple[Question, ...]


LIGHTEST, HEAVIEST = 1, 3

PLACEHOLDERS = ("place", "council")


def fill(text: str, names: Mapping[str, str]) -> str:
    """Put the names of the place into a text: only `{place}` and `{council}` are looked at, all else stays."""
    for key in PLACEHOLDERS:
        text = text.replace("{" + key + "}", names.get(key, ""))
    return text


def filled(question: Question, names: Mapping[str, str]) -> Question:
    """The question as it is asked in one place."""
    return replace(
        question,
        text=fill(question.text, names),
        points=tuple(
            replace(
                point,
                label=fill(point.label, names),
                phrases=tuple(fill(phrase, names) for phrase in point.phrases),
                probe=fill(point.probe, names),
            )
            for point in question.points
        ),
        probes=tuple(replace(probe, text=fill(probe.text, names)) for probe in question.probes),
        strong=tuple(fill(clause, names) for clause in question.strong),
    )
