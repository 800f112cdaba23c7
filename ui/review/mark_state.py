"""What marking a pack decides, without a widget: the steps, how far each is, what is unsaved, what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from cqcmock.domain import english
from cqcmock.domain.review import (
    MOST_PINS,
    Candidate,
    Exemplar,
    Pack,
    PackedAnswer,
    PeerMarks,
    Pin,
    Sheet,
    SheetState,
    Whole,
    missing_lenses,
)
from cqcmock.domain.rubric import LEVELS
from ui.widgets.pill import Tone

SHAPES = {SheetState.UNTOUCHED: "○", SheetState.DRAFT: "◐", SheetState.SUBMITTED: "●"}
TONES = {SheetState.UNTOUCHED: Tone.QUIET, SheetState.DRAFT: Tone.WRAP_UP, SheetState.SUBMITTED: Tone.IN_HAND}

LONGEST_CODE = 12
"""Characters of a candidate's code that are shown where there is little room; ours have two."""

Kept = PeerMarks | Sheet | Whole
"""What is kept of a step: of a candidate as a whole a level and a comment, otherwise marks."""


class StepKind(StrEnum):
    """What a step is about."""

    EXEMPLAR = "exemplar"
    ANSWER = "answer"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One page of the marking; `id` is that of an exemplar, of a sheet, or a candidate's code."""

    kind: StepKind
    id: str


class PackMarking:
    """One pack being marked. `at` counts the steps.

    `unsaved` holds what may not be on disk yet; whoever saves it clears it.
    """

    def __init__(
        self,
        pack: Pack,
        order: Sequence[str],
        sheets: Mapping[str, Sheet],
        exemplar_sheets: Mapping[str, Sheet],
        wholes: Mapping[str, Whole],
    ) -> None:
        self.pack = pack
        self._answers = {answer.sheet: answer for answer in pack.answers}
        self._candidates = {one.code: one for one in pack.candidates}
        self._exemplars = {one.id: one for one in pack.exemplars} if pack.exemplars_first else {}
        self._order = tuple(order)
        self._numbers = {sheet: number for number, sheet in enumerate(order, 1)}
        self._sheets = {**exemplar_sheets, **sheets}
        self._wholes = dict(wholes)
        self.steps = tuple(self._make_steps())
        self.unsaved: dict[Step, Kept] = {}
        self.at = 0
        first = self.next_open(including_this=True)
        self.at = self.last if first is None else first

    def _make_steps(self) -> Iterable[Step]:
        """The page about a candidate as a whole comes after the last of their answers."""
        for one in self._exemplars:
            yield Step(kind=StepKind.EXEMPLAR, id=one)
        last = {self._answers[sheet].candidate: sheet for sheet in self._order}
        for sheet in self._order:
            yield Step(kind=StepKind.ANSWER, id=sheet)
            code = self._answers[sheet].candidate
            if last[code] == sheet:
                yield Step(kind=StepKind.WHOLE, id=code)

    # --- where somebody is

    @property
    def last(self) -> int:
        """The number of the last step."""
        return len(self.steps) - 1

    @property
    def step(self) -> Step:
        """The step that is marked now."""
        return self.steps[self.at]

    def go(self, step: int) -> None:
        """Move to a step; one that is not there moves as far as it can."""
        self.at = min(max(step, 0), self.last)

    def go_to_sheet(self, sheet_id: str) -> None:
        """Move to the step of this sheet, if there is one."""
        self.at = next((at for at, step in enumerate(self.steps) if step.id == sheet_id), self.at)

    def next_open(self, *, including_this: bool = False) -> int | None:
        """What to do next: the page that comes after this answer, the next sheet that is open, then what is left."""
        after = [*range(self.at + (not including_this), len(self.steps)), *range(self.at)]
        untouched = [at for at in after if self._is_whole(at) and self.state(at) is SheetState.UNTOUCHED]
        if not including_this and self.at + 1 in untouched:
            return self.at + 1
        sheets = (at for at in after if not self._is_whole(at) and self.state(at) is not SheetState.SUBMITTED)
        return next(sheets, untouched[0] if untouched else None)

    def _is_whole(self, at: int) -> bool:
        return self.steps[at].kind is StepKind.WHOLE

    # --- what is marked now

    @property
    def answer(self) -> PackedAnswer:
        """The answer that is marked now, or the exemplar as if it were one."""
        if self.step.kind is StepKind.EXEMPLAR:
            one = self.exemplar
            return PackedAnswer(sheet=one.id, candidate="", number=0, question=one.question, answer=one.answer)
        return self._answers[self.step.id]

    @property
    def exemplar(self) -> Exemplar:
        """The exemplar that is marked now."""
        return self._exemplars[self.step.id]

    @property
    def candidate(self) -> Candidate:
        """Whose answer it is, or who is looked at as a whole."""
        code = self.step.id if self.step.kind is StepKind.WHOLE else self._answers[self.step.id].candidate
        return self._candidates[code]

    @property
    def sheet(self) -> Sheet:
        """The sheet that is marked now."""
        return self._sheets[self.step.id]

    @property
    def marks(self) -> PeerMarks:
        """The marks of the answer that is marked now."""
        return self.sheet.marks

    @property
    def whole(self) -> Whole:
        """What is thought of the candidate whose page this is."""
        return self._wholes[self.step.id]

    @property
    def is_closed(self) -> bool:
        """Whether this is an exemplar whose reference marks have been shown: its marks stay as they are."""
        return self.step.kind is StepKind.EXEMPLAR and self.state(self.at) is SheetState.SUBMITTED

    # --- marking

    def give(self, lens: str, level: int | None) -> None:
        """Mark the answer through one lens, or take that mark back."""
        levels = {other: given for other, given in self.marks.levels.items() if other != lens}
        if level is not None:
            levels[lens] = _checked(level)
        self._put(replace(self.marks, levels=levels))

    def overall(self, level: int | None) -> None:
        """The impression of the answer, or of the candidate as a whole."""
        level = level if level is None else _checked(level)
        if self.step.kind is StepKind.WHOLE:
            self._put_whole(replace(self.whole, overall=level))
        else:
            self._put(replace(self.marks, overall=level))

    def comment(self, words: str) -> None:
        """Comment on the answer, or on the candidate as a whole."""
        if self.step.kind is StepKind.WHOLE:
            self._put_whole(replace(self.whole, comment=words))
        else:
            self._put(replace(self.marks, comment=words))

    def tag(self, tags: tuple[str, ...]) -> None:
        """Give the answer these tags and no others."""
        self._put(replace(self.marks, tags=tags))

    def pin(self, pins: tuple[Pin, ...]) -> None:
        """Pin these comments to words of the answer, and no others."""
        self._put(replace(self.marks, pins=pins))

    def put_back(self, step: Step, pin: Pin) -> None:
        """Pin a comment again that was deleted, whichever step is on screen."""
        sheet = self._sheets[step.id]
        if step.kind is StepKind.EXEMPLAR and sheet.state is SheetState.SUBMITTED:
            return  # it has been compared meanwhile
        before = sheet.marks
        pins = (*(other for other in before.pins if other != pin), pin)
        if len(pins) <= MOST_PINS:
            self._put(replace(before, pins=tuple(sorted(pins, key=lambda one: (one.start, one.end)))), step)

    def _put(self, marks: PeerMarks, step: Step | None = None) -> None:
        step = step or self.step
        sheet = self._sheets[step.id]
        if marks == sheet.marks:
            return
        state = SheetState.UNTOUCHED if marks.is_empty and not sheet.revision else SheetState.DRAFT
        self._sheets[step.id] = replace(sheet, marks=marks, state=state)
        self.unsaved[step] = marks

    def _put_whole(self, whole: Whole) -> None:
        self._wholes[self.step.id] = whole
        self.unsaved[self.step] = whole

    def missing(self) -> tuple[str, ...]:
        """The names of the lenses through which the answer is not marked yet."""
        return missing_lenses(self.marks, self.pack.rubric)

    def submitted(self, sheet: Sheet) -> None:
        """A sheet was submitted, and is on disk."""
        self._sheets[sheet.id] = sheet

    def close_exemplar(self) -> None:
        """The exemplar is marked: from now on it is compared."""
        closed = replace(self.sheet, state=SheetState.SUBMITTED)
        self._sheets[self.step.id] = self.unsaved[self.step] = closed

    # --- how far it is, in words

    def state(self, at: int) -> SheetState:
        """How far a step is."""
        step = self.steps[at]
        if step.kind is not StepKind.WHOLE:
            return self._sheets[step.id].state
        whole = self._wholes[step.id]
        written = whole.overall is not None or whole.comment.strip()
        return SheetState.SUBMITTED if written else SheetState.UNTOUCHED

    def state_word(self, at: int) -> str:
        """How far a step is, in a word."""
        state, done = self.state(at), self.state(at) is SheetState.SUBMITTED
        match self.steps[at].kind:
            case StepKind.EXEMPLAR:
                return "marked" if done else state.value
            case StepKind.WHOLE:
                return "written" if done else "nothing written"
            case _:
                return state.value

    def short_name(self, at: int) -> str:
        """What stands on the button of a step."""
        step = self.steps[at]
        match step.kind:
            case StepKind.EXEMPLAR:
                return f"E{at + 1}"
            case StepKind.WHOLE:
                return english.shortened(step.id, LONGEST_CODE)
            case _:
                return str(self._numbers[step.id])

    def name(self, at: int) -> str:
        """What a step is called."""
        step = self.steps[at]
        match step.kind:
            case StepKind.EXEMPLAR:
                return f"Exemplar {at + 1} of {len(self._exemplars)}"
            case StepKind.WHOLE:
                return f"Candidate {english.shortened(step.id, LONGEST_CODE)} as a whole"
            case _:
                return f"Answer {self._numbers[step.id]} of {len(self._order)}"

    def step_name(self, at: int) -> str:
        """What a step is called, with how far it is."""
        return f"{self.name(at)}, {self.state_word(at)}"

    def counts(self) -> dict[SheetState, int]:
        """How many sheets of answers are how far."""
        states = [self._sheets[sheet].state for sheet in self._order]
        return {state: states.count(state) for state in SheetState}

    @property
    def all_submitted(self) -> bool:
        """Whether no answer is left to be marked."""
        return self.counts()[SheetState.SUBMITTED] == len(self._order)

    def progress(self) -> str:
        """Where somebody is, and how much is done: Answer 2 of 12 · 5 of 12 submitted."""
        done = self.counts()[SheetState.SUBMITTED]
        return f"{self.name(self.at)} · {done:,} of {len(self._order):,} submitted"

    def answers_of(self, code: str) -> str:
        """How far the answers of one candidate are: Answers 1 and 3 submitted; answer 2 draft."""
        by_state: dict[SheetState, list[str]] = {}
        for sheet in self._order:
            if self._answers[sheet].candidate == code:
                by_state.setdefault(self._sheets[sheet].state, []).append(str(self._numbers[sheet]))
        parts = [
            f"{SHAPES[state]} {'answer' if len(numbers) == 1 else 'answers'} {english.listed(numbers)} {state.value}"
            for state in reversed(SheetState)
            if (numbers := by_state.get(state))
        ]
        return "; ".join(parts)


def _checked(level: int) -> int:
    if level not in LEVELS:
        raise ValueError(f"{level} is not a level")
    return level
