"""The six lenses that an answer is marked through, each with a written anchor for every level.

Marks are 0 to 3 on purpose: CQC's own 1 to 4 would read as a rating, and a rehearsal rates nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

LEVELS = (0, 1, 2, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lens:
    """One way of looking at an answer. `anchors` say what each level from 0 to 3 looks like."""

    id: str
    name: str
    anchors: tuple[str, str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubric:
    """The lenses, and the four levels of the overall impression."""

    id: str
    title: str
    lenses: tuple[Lens, ...]
    overall: tuple[str, str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerMarks:
    """What one marker thinks of one answer: a level for each lens that was marked, a comment, tags."""

    levels: Mapping[str, int] = field(default_factory=dict)
    comment: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkSheet:
    """One marker's marks of a whole sitting, by the position of the question in it."""

    answers: Mapping[int, AnswerMarks] = field(default_factory=dict)
    overall: int | None = None
    comment: str = ""
    submitted: bool = False


def missing_marks(sheet: MarkSheet, rubric: Rubric, answered: tuple[int, ...]) -> tuple[tuple[int, str], ...]:
    """The (question, lens) pairs that have no level yet, in order."""
    return tuple(
        (question, lens.id)
        for question in answered
        for lens in rubric.lenses
        if lens.id not in sheet.answers.get(question, AnswerMarks()).levels
    )


def mean_by_lens(sheet: MarkSheet, rubric: Rubric) -> dict[str, float]:
    """The mean level of each lens over the answers on which it was marked; lenses never marked are left out."""
    levels = {
        lens.id: [marks.levels[lens.id] for marks in sheet.answers.values() if lens.id in marks.levels]
        for lens in rubric.lenses
    }
    return {lens: sum(values) / len(values) for lens, values in levels.items() if values}
