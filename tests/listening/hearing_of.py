"""What tests of single kinds of finding share: one answer without points, heard with the shipped glossary."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from cqcmock.banks.glossary_file import read_glossary
from cqcmock.domain.glossary import Term
from cqcmock.domain.hearing import Hearing
from cqcmock.domain.questions import Kind, Question, Source
from cqcmock.domain.story import Story
from cqcmock.listening import listen

QUESTION = Question(
    id="q",
    text="Tell me.",
    kind=Kind.QUESTION,
    statements=("QS3",),
    prepare_seconds=10,
    target_seconds=90,
    limit_seconds=150,
    source=Source.DERIVED,
)


@lru_cache(maxsize=1)
def shipped_glossary() -> tuple[Term, ...]:
    return read_glossary(Path(__file__).parents[2] / "question_banks" / "glossaries" / "adult-social-care.toml")


def hear(answer: str, story: Story | None = None, on: date | None = None) -> Hearing:
    return listen(answer, QUESTION, story, glossary=shipped_glossary(), on=on)


def texts(answer: str, kind: str) -> list[str]:
    """The words on which the findings of one kind rest."""
    return [found.text for found in hear(answer).findings if found.kind == kind]
