"""What marking decides, without a widget: the sheet as it fills, where somebody is in it, and what is still open."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from cqcmock.domain import english
from cqcmock.domain.rubric import LEVELS, AnswerMarks, MarkSheet, Rubric, missing_marks


class Marked(StrEnum):
    """How far an answer is marked; each has a shape of its own."""

    NOT = "not marked"
    PARTLY = "partly marked"
    WHOLLY = "marked"


SHAPES = {Marked.NOT: "○", Marked.PARTLY: "◐", Marked.WHOLLY: "●"}


class Marking:
    """One sheet being filled. `at` counts the answers that were given; one past the last is the whole interview."""

    def __init__(self, sheet: MarkSheet, rubric: Rubric, answered: tuple[int, ...]) -> None:
        self._sheet = sheet
        self._rubric = rubric
        self._answered = answered
        self.at = 0

    @property
    def sheet(self) -> MarkSheet:
        """Everything marked so far."""
        return self._sheet

    @property
    def steps(self) -> int:
        """The answers, and the whole."""
        return len(self._answered) + 1

    @property
    def at_the_whole(self) -> bool:
        """Whether every answer has been gone past."""
        return self.at >= len(self._answered)

    @property
    def question(self) -> int:
        """The position in the plan of the answer that is marked now."""
        return self._answered[self.at]

    @property
    def marks(self) -> AnswerMarks:
        """The marks of the answer that is marked now."""
        return self._sheet.answers.get(self.question, AnswerMarks())

    def go(self, step: int) -> None:
        """Move to a step; one that is not there moves as far as it can."""
        self.at = min(max(step, 0), len(self._answered))

    def give(self, lens: str, level: int | None) -> None:
        """Mark the answer through one lens, or take that mark back."""
        if level is not None and level not in LEVELS:
            raise ValueError(f"{level} is not a level")
        levels = {other: given for other, given in self.marks.levels.items() if other != lens}
        if level is not None:
            levels[lens] = level
        self._put(replace(self.marks, levels=levels))

    def comment(self, words: str) -> None:
        """Comment on the answer."""
        self._put(replace(self.marks, comment=words))

    def tag(self, tags: tuple[str, ...]) -> None:
        """Give the answer these feedback tags and no others."""
        self._put(replace(self.marks, tags=tags))

    def overall(self, level: int | None) -> None:
        """The impression of the whole interview."""
        self._sheet = replace(self._sheet, overall=level)

    def comment_on_whole(self, words: str) -> None:
        """Comment on the whole interview."""
        self._sheet = replace(self._sheet, comment=words)

    def state(self, step: int) -> Marked:
        """How far a step is marked."""
        if step >= len(self._answered):
            return Marked.NOT if self._sheet.overall is None else Marked.WHOLLY
        given = self._given(self._answered[step])
        if not given:
            return Marked.NOT
        return Marked.WHOLLY if given == len(self._rubric.lenses) else Marked.PARTLY

    def step_name(self, step: int) -> str:
        """What a step is called, with its state in words."""
        name = "The whole interview" if step >= len(self._answered) else f"Answer {step + 1}"
        return f"{name}, {self.state(step)}"

    def progress(self) -> str:
        """Where somebody is: Answer 2 of 8 · 4 of 6 lenses marked."""
        if self.at_the_whole:
            wholly = sum(self.state(step) is Marked.WHOLLY for step in range(len(self._answered)))
            return f"The whole interview · {wholly} of {english.count(len(self._answered), 'answer')} marked"
        given = self._given(self.question)
        lenses = english.count(len(self._rubric.lenses), "lens", "lenses")
        return f"Answer {self.at + 1} of {len(self._answered)} · {given} of {lenses} marked"

    def still_open(self) -> tuple[str, ...]:
        """What has no mark yet, in sentences; whatever is left out simply stays out of the report."""
        names = {lens.id: lens.name for lens in self._rubric.lenses}
        missing: dict[int, list[str]] = {}
        for question, lens in missing_marks(self._sheet, self._rubric, self._answered):
            missing.setdefault(question, []).append(names[lens])
        untouched = [question for question, lenses in missing.items() if len(lenses) == len(names)]
        sentences = []
        if untouched:
            numbers = [str(self._answered.index(question) + 1) for question in untouched]
            answers = f"Answer {numbers[0]} has" if len(numbers) == 1 else f"Answers {english.listed(numbers)} have"
            sentences.append(f"{answers} no marks.")
        for question, lenses in missing.items():
            if question not in untouched:
                number = self._answered.index(question) + 1
                sentences.append(f"Answer {number} is not marked on: {'; '.join(lenses)}.")
        if self._sheet.overall is None:
            sentences.append("There is no overall impression.")
        return tuple(sentences)

    def _given(self, question: int) -> int:
        levels = self._sheet.answers.get(question, AnswerMarks()).levels
        return sum(lens.id in levels for lens in self._rubric.lenses)

    def _put(self, marks: AnswerMarks) -> None:
        answers = {question: kept for question, kept in self._sheet.answers.items() if question != self.question}
        if marks != AnswerMarks():
            answers[self.question] = marks
        self._sheet = replace(self._sheet, answers=dict(sorted(answers.items())))
