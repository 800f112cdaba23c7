"""What the questions room says: kinds, sources, cues and counts in the words that people use."""

from __future__ import annotations

from collections.abc import Sequence

from cqcmock.domain.english import count, duration
from cqcmock.domain.questions import HEAVIEST, Cue, Kind, Point, Question, Source

RETIRED = "Retired"

KINDS = {
    Kind.OPENER: "Begins an interview",
    Kind.QUESTION: "A question of the interview",
    Kind.CLOSING: "Ends an interview",
    Kind.CARD: "A card for a drop-in café",
    Kind.FACT: "A fact to know by heart",
}
SOURCES = {
    Source.SEED: "Known to have been asked",
    Source.FRAMEWORK: "From the framework's own words",
    Source.DERIVED: "Grown from published findings",
    Source.COUNCIL: "Your council's own",
}
CUES = {
    Cue.ALWAYS: "In any case",
    Cue.NO_NUMBER: "If no number is said",
    Cue.NO_EXAMPLE: "If no example is told",
    Cue.NO_VOICE: "If nobody's own words are told",
    Cue.IN_PROGRESS: "If something is promised without a date or an owner",
    Cue.VAGUE: "If the answer stays general",
}
ORIGINS = {"shipped": "Came with the program", "imported": "Imported", "own": "Your own"}
_WEIGHTS = {1: "", 2: "Matters more than most", HEAVIEST: "Matters most: asked about first"}


def source(name: str) -> str:
    """Where a question comes from."""
    return SOURCES[Source(name)] if name in set(Source) else name


def found(number: int, of: int, *, nothing_asked: bool) -> str:
    """How many questions are in the list."""
    if nothing_asked or number == of:
        return count(number, "question")
    return f"{number:,} of {count(of, 'question')}"


def times(question: Question) -> str:
    """The times of a question in one line."""
    think = f"{duration(question.prepare_seconds)} to think" if question.prepare_seconds else "No time to think"
    good, most = duration(question.target_seconds), duration(question.limit_seconds)
    return f"{think} · a good length is {good} · at most {most}"


def weight(point: Point) -> str:
    """How much a point matters; nothing for the usual."""
    return _WEIGHTS.get(point.weight, "")


def quoted(phrases: Sequence[str]) -> str:
    """Phrases in a row, each in quotation marks."""
    return ", ".join(f"“{phrase}”" for phrase in phrases)


def what_changes(before: Question, after: Question) -> tuple[str, ...]:
    """The parts in which two versions of a question differ, in plain words."""
    return tuple(
        name for name, fields in _PARTS.items() if any(getattr(before, f) != getattr(after, f) for f in fields)
    )


_PARTS: dict[str, tuple[str, ...]] = {
    "the question": ("text",),
    "the kind": ("kind",),
    "who is asked": ("roles", "communities"),
    "quality statements": ("statements",),
    "themes": ("themes",),
    "times": ("prepare_seconds", "target_seconds", "limit_seconds"),
    "where it comes from": ("source", "source_note"),
    "what a strong answer does": ("strong",),
    "what to avoid": ("avoid",),
    "points to listen for": ("points",),
    "follow-up questions": ("probes",),
}
