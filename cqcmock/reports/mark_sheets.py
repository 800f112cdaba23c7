"""Mark sheets on paper: each answer in full, the lenses with their anchors and boxes, and lines to write on.

For reviewers who would rather mark with a pencil, and for keeping what was marked. In large print the boxes stand one
below the other, because five columns of large letters fit on no page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from cqcmock.domain import english
from cqcmock.domain.review import Candidate, PackedAnswer, PeerMarks, Sheet, SheetState, Whole
from cqcmock.domain.rubric import LEVELS, Rubric
from cqcmock.reports.content import (
    PRACTICE_WORDS,
    Block,
    BulletList,
    Document,
    Facts,
    Heading,
    Look,
    Paragraph,
    Run,
    Table,
    Voice,
    WritingLines,
    fits_a_cell,
    named,
    plain,
)
from cqcmock.reports.peer_section import pinned
from cqcmock.reports.question_section import marked, quoted, remark

EMPTY, GIVEN = "\N{BALLOT BOX}", "\N{BALLOT BOX WITH X}"
LONGEST_NAME = 120
_HOW = (
    "Each answer has its own sheet. Their order is yours alone, so that nobody’s answers are always marked last.",
    f"Through each lens, choose the words that fit best, from 0 to {LEVELS[-1]}, and cross that box. Leave none out.",
    "Judge what was said, not what you know of the place or the person.",
    "Marks on paper count once they have been copied into the program and returned from there.",
    "People’s words are on these sheets: keep them together, and destroy them when the marks are in.",
)
COMMENT_LINES, PIN_LINES, WHOLE_LINES = 5, 3, 12
_GAP = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPack:
    """A pack as it goes onto paper: the answers in the order in which they are to be marked.

    `sheets` and `wholes` are the marks given so far, by the id of the sheet and the code of the candidate; None leaves
    all boxes empty.
    """

    reviewer: str
    made_by: str
    rubric: Rubric
    answers: tuple[PackedAnswer, ...]
    candidates: tuple[Candidate, ...]
    tags: tuple[str, ...] = ()
    note: str = ""
    deadline: date | None = None
    sheets: Mapping[str, Sheet] | None = None
    wholes: Mapping[str, Whole] = field(default_factory=dict)


def mark_sheets(pack: PaperPack, *, large: bool, classification: str, retention: str, made_on: date) -> Document:
    """The mark sheets of every answer, each beginning on a page of its own."""
    made = _Sheets(pack, large)
    blocks: list[Block] = [*_cover(pack)]
    for number, answer in enumerate(pack.answers, start=1):
        blocks += made.of_answer(number, answer)
    for candidate in pack.candidates:
        blocks += made.of_candidate(candidate)
    filled = "Mark sheets, filled in" if pack.sheets is not None else "Mark sheets"
    return Document(
        title=filled,
        language="en-GB",
        classification=classification,
        practice_words=PRACTICE_WORDS,
        retention=retention,
        made_on=made_on,
        blocks=tuple(blocks),
    )


def _cover(pack: PaperPack) -> list[Block]:
    blocks: list[Block] = [
        Facts(
            pairs=tuple(
                (name, value)
                for name, value in (
                    ("For", _name(pack.reviewer)),
                    ("From", _name(pack.made_by)),
                    ("Answers", str(len(pack.answers))),
                    ("Please return by", english.day(pack.deadline) if pack.deadline else ""),
                )
                if value
            )
        ),
        *remark("Note", pack.note),
    ]
    if pack.sheets is not None:
        states = [pack.sheets[one.sheet].state for one in pack.answers if one.sheet in pack.sheets]
        done, drafts = states.count(SheetState.SUBMITTED), states.count(SheetState.DRAFT)
        left = len(pack.answers) - done - drafts
        return [*blocks, Paragraph(line=named("Marked", f"{done} submitted, {drafts} in draft, {left} not marked."))]
    return [
        *blocks,
        Heading(level=2, text="How to mark on paper"),
        BulletList(items=tuple(map(plain, _HOW))),
    ]


class _Sheets:
    """The sheets of one pack, blank or filled in."""

    def __init__(self, pack: PaperPack, large: bool) -> None:
        self._pack, self._large = pack, large
        self._codes = {candidate.code: candidate for candidate in pack.candidates}

    def of_answer(self, number: int, answer: PackedAnswer) -> list[Block]:
        sheet = self._sheet(answer)
        blocks: list[Block] = [
            Heading(level=2, text=f"Candidate {answer.candidate}, question {answer.number}", new_page=True),
            Paragraph(line=plain(self._about(number, answer)), voice=Voice.QUIET),
            *(Paragraph(line=line, voice=Voice.LEAD) for line in marked(answer.question, ())),
            quoted(answer.answer),
        ]
        for probe in answer.probes:
            blocks.append(Paragraph(line=(Run("Follow-up: "), Run(probe.text, Look.STRONG))))
            blocks.append(quoted(probe.answer))
        if answer.strong:
            blocks.append(Paragraph(line=named("A strong answer", "; ".join(answer.strong)), voice=Voice.QUIET))
        title = f"Marks: candidate {answer.candidate}, question {answer.number}"
        marks = Heading(level=3, text=title, new_page=True)  # to lie beside the answer
        whose = Paragraph(line=plain(self._loose(number)), voice=Voice.QUIET)
        if sheet is None:
            blocks.append(WritingLines(label="Words that stand out, and what you think of them", lines=PIN_LINES))
            blocks.append(WritingLines(label="Comment on this answer", lines=COMMENT_LINES))
            return [*blocks, marks, whose, *self._boxes({}, None, "this answer"), *self._blank_tags()]
        written = _written(answer, sheet.marks)
        if written:
            blocks += [Heading(level=3, text="What was written about it"), *written]
        boxes = self._boxes(sheet.marks.levels, sheet.marks.overall, "this answer")
        return [*blocks, marks, whose, *self._given(sheet), *boxes]

    def of_candidate(self, candidate: Candidate) -> list[Block]:
        heading = Heading(level=2, text=f"Candidate {candidate.code} as a whole", new_page=True)
        blocks: list[Block] = [heading, *self._who(candidate)]
        if candidate.last_words.strip():
            blocks += [Paragraph(line=(Run("Last words:", Look.STRONG),)), quoted(candidate.last_words)]
        if self._pack.sheets is None:
            blocks += self._overall(None, "everything that was said")
            return [*blocks, WritingLines(label="Comment on everything that was said", lines=WHOLE_LINES)]
        whole = self._pack.wholes.get(candidate.code, Whole(candidate=candidate.code))
        blocks += self._overall(whole.overall, "everything that was said")
        if whole.overall is None and not whole.comment.strip():
            blocks.append(Paragraph(line=plain("Nothing has been said of it."), voice=Voice.QUIET))
        return [*blocks, *remark("Comment", whole.comment)]

    def _sheet(self, answer: PackedAnswer) -> Sheet | None:
        sheets = self._pack.sheets
        return None if sheets is None else sheets.get(answer.sheet, Sheet(id=answer.sheet))

    def _about(self, number: int, answer: PackedAnswer) -> str:
        parts = [self._loose(number)]
        candidate = self._codes.get(answer.candidate)
        parts += [_name(part) for part in (candidate.role_name, candidate.place) if part] if candidate else []
        if answer.answer_seconds:
            time = f"answered in {english.duration(answer.answer_seconds)}"
            if answer.target_seconds:
                time += f", with a target of {english.duration(answer.target_seconds)}"
            parts.append(time)
        return " · ".join(parts)

    def _loose(self, number: int) -> str:
        """Whose sheet it is, for when sheets of several reviewers lie on one desk."""
        of_all = f"sheet {number} of {len(self._pack.answers)}"
        return f"{_name(self._pack.reviewer)}, {of_all}" if self._pack.reviewer.strip() else of_all.capitalize()

    def _who(self, candidate: Candidate) -> list[Block]:
        about = (self._pack.reviewer, candidate.name, candidate.role_name, candidate.place)
        words = " · ".join(_name(part) for part in about if part.strip())
        return [Paragraph(line=plain(words), voice=Voice.QUIET)] if words else []

    def _given(self, sheet: Sheet) -> list[Block]:
        """How far the marking is, and the levels in words, for those who do not see the crosses."""
        lenses = self._pack.rubric.lenses
        given = [f"{lens.name}{_GAP}{sheet.marks.levels[lens.id]}" for lens in lenses if lens.id in sheet.marks.levels]
        if sheet.marks.overall is not None:
            given.append(f"Overall{_GAP}{sheet.marks.overall}")
        state = {
            SheetState.UNTOUCHED: "Not marked yet.",
            SheetState.DRAFT: "A draft that has not been submitted.",
            SheetState.SUBMITTED: "Submitted.",
        }[sheet.state]
        if sheet.submitted_at is not None and sheet.state is SheetState.SUBMITTED:
            state = f"Submitted on {english.day(sheet.submitted_at.date())}."
        blocks: list[Block] = [Paragraph(line=plain(state))]
        return [*blocks, Paragraph(line=named("Marks given", " · ".join(given)))] if given else blocks

    def _boxes(self, levels: Mapping[str, int], overall: int | None, what: str) -> list[Block]:
        lenses = self._pack.rubric.lenses
        in_table = all(fits_a_cell(text) for lens in lenses for text in (lens.name, *lens.anchors))
        if self._large or not in_table or not all(map(fits_a_cell, self._pack.rubric.overall)):
            blocks = [block for lens in lenses for block in self._upright(lens.name, lens.anchors, levels.get(lens.id))]
            return [*blocks, *self._overall(overall, what)]
        rows = [(lens.name, *_choices(lens.anchors, levels.get(lens.id))) for lens in lenses]
        rows.append(("Overall impression", *_choices(self._pack.rubric.overall, overall)))
        return [
            Table(
                caption="A cross in one box of each row" if self._pack.sheets is None else "Crossed: what was given",
                header=("Lens", *map(str, LEVELS)),
                rows=tuple(rows),
                shares=(4, *[5] * len(LEVELS)),
            )
        ]

    def _overall(self, level: int | None, what: str) -> list[Block]:
        return self._upright(f"Overall impression of {what}", self._pack.rubric.overall, level)

    def _upright(self, name: str, words: Sequence[str], level: int | None) -> list[Block]:
        """The levels of one lens below one another."""
        rows = tuple((f"{GIVEN if at == level else EMPTY}{_GAP}{at}", text) for at, text in enumerate(words))
        if fits_a_cell(name) and all(map(fits_a_cell, words)):
            return [Table(caption=name, header=("Mark", "What it means"), rows=rows, shares=(1, 6))]
        return [
            Paragraph(line=(Run(name, Look.STRONG),)),
            *(Paragraph(line=plain(f"{box}  {text}")) for box, text in rows),
        ]

    def _blank_tags(self) -> list[Block]:
        if not self._pack.tags:
            return []
        boxes = " · ".join(f"{EMPTY}{_GAP}{tag}" for tag in self._pack.tags)
        return [Paragraph(line=named("Tags, where any fits", boxes))]


def _choices(words: Sequence[str], level: int | None) -> list[str]:
    return [f"{GIVEN if at == level else EMPTY}{_GAP}{text}" for at, text in enumerate(words)]


def _written(answer: PackedAnswer, marks: PeerMarks) -> list[Block]:
    """Everything that was written about an answer."""
    blocks: list[Block] = []
    if marks.tags:
        blocks.append(Paragraph(line=named("Tagged", "; ".join(marks.tags))))
    blocks += remark("Comment", marks.comment)
    for pin in marks.pins:
        blocks += pinned(answer.spoken[pin.start : pin.end], pin.comment)
    return blocks


def _name(text: str) -> str:
    return english.shortened(text, LONGEST_NAME)
