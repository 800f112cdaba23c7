"""Mark sheets hold every answer in full with a box for every level, blank or filled in, in small print or large."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import pikepdf
import pytest
from pdfua import validate

from cqcmock.domain.review import Candidate, PackedAnswer, PackedProbe, PeerMarks, Pin, Sheet, SheetState, Whole
from cqcmock.domain.rubric import Lens
from cqcmock.paths import resources_folder
from cqcmock.reports.content import Block, Document, Heading, Table, WritingLines
from cqcmock.reports.docx import render as as_word
from cqcmock.reports.html import render as as_page
from cqcmock.reports.mark_sheets import EMPTY, GIVEN, PaperPack, mark_sheets
from cqcmock.reports.pdf.report import render as as_pdf
from cqcmock.reports.type_sizes import LARGE_PRINT
from tests.reports.documents import worked
from tests.reports.hostile import HOSTILE, UNSHAPED
from tests.reports.pdf.readback import assert_tagged
from tests.reports.reading import part, says, squeezed, tables
from tests.reports.sittings import RUBRIC, worked_sitting
from tests.some_quickly import some_quickly

LENSES = tuple(lens.id for lens in RUBRIC.lenses)


def answers() -> tuple[PackedAnswer, ...]:
    sitting = worked_sitting()
    return tuple(
        PackedAnswer(
            sheet=f"sheet-{question}",
            candidate="A",
            number=question + 1,
            question=sitting.plan.questions[question].question.text,
            answer=sitting.state.takes[question][-1].text,
            probes=tuple(
                PackedProbe(text=probe.text, answer=probe.answer) for probe in sitting.state.takes[question][-1].probes
            ),
            strong=("names who lives here", "says what is changing"),
            answer_seconds=112,
            target_seconds=120,
        )
        for question in sitting.answered
    )


CANDIDATE = Candidate(code="A", role_name="Lead member", place="Hertfordshire", last_words="Only this.")
BLANK = PaperPack(
    reviewer="Ann Example",
    made_by="Hertfordshire",
    rubric=RUBRIC,
    answers=answers(),
    candidates=(CANDIDATE,),
    tags=("rambling", "vague"),
    note="Thank you.",
    deadline=date(2026, 12, 1),
)
MARKS = PeerMarks(
    levels=dict(zip(LENSES, (0, 1, 2, 3, 0, 1), strict=True)),
    overall=2,
    comment="It came late.",
    pins=(Pin(start=0, end=13, comment="A good start."),),
    tags=("rambling",),
)
FILLED = replace(
    BLANK,
    sheets={
        "sheet-0": Sheet(
            id="sheet-0",
            marks=MARKS,
            state=SheetState.SUBMITTED,
            revision=1,
            submitted_at=datetime(2026, 11, 22, 12, tzinfo=UTC),
        ),
        "sheet-1": Sheet(id="sheet-1", marks=PeerMarks(levels={"evidence": 3}), state=SheetState.DRAFT),
    },
    wholes={"A": Whole(candidate="A", overall=3, comment="All in all, yes.", revision=1)},
)


def sheets(pack: PaperPack = BLANK, *, large: bool = False) -> Document:
    return mark_sheets(
        pack,
        large=large,
        classification="OFFICIAL",
        retention="Keep until 1 May 2027",
        made_on=date(2026, 11, 22),
    )


def pdf_of(pack: PaperPack, *, large: bool = False) -> bytes:
    return as_pdf(sheets(pack, large=large), resources_folder(), LARGE_PRINT if large else 1.0)


def of_question(document: Document, number: int) -> tuple[Block, ...]:
    return part(document.blocks, f"Candidate A, question {number}")


def crossed(blocks: tuple[Block, ...]) -> dict[str, list[int]]:
    """The levels whose boxes have a cross, by the lens, however the boxes stand; a lens without one is there too."""
    found: dict[str, list[int]] = {}
    for table in tables(blocks):
        across = len(table.header) == 5
        for row in table.rows:
            name = row[0] if across else table.caption
            boxes = list(enumerate(row[1:])) if across else [(int(row[0][-1]), row[0])]
            assert all(box[0] in (EMPTY, GIVEN) for _at, box in boxes)
            found.setdefault(name, []).extend(at for at, box in boxes if box[0] == GIVEN)
    return found


def type_sizes(pdf: bytes) -> Iterator[float]:
    """Every size of letters that is set on any page."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "Tf":
                    yield float(operands[1])


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("pack", [BLANK, FILLED], ids=["blank", "filled"])
def test_every_answer_stands_in_full_on_a_page_of_its_own(pack: PaperPack, large: bool) -> None:
    document = sheets(pack, large=large)
    begun = [block for block in document.blocks if isinstance(block, Heading) and block.level == 2 and block.new_page]
    assert len(begun) == len(pack.answers) + len(pack.candidates)
    for answer in pack.answers:
        text = squeezed(says(of_question(document, answer.number)))
        for said in (
            answer.question,
            answer.answer,
            *(said for one in answer.probes for said in (one.text, one.answer)),
        ):
            assert squeezed(said) in text
        assert "names who lives here; says what is changing" in text
        assert "Lead member · Hertfordshire · answered in 1 min 52 s, with a target of 2 min" in text


@pytest.mark.parametrize("large", [False, True])
def test_a_blank_sheet_has_an_empty_box_for_every_level_with_its_words_and_lines_to_write_on(large: bool) -> None:
    document = sheets(large=large)
    for number in range(1, len(BLANK.answers) + 1):
        blocks = of_question(document, number)
        levels = crossed(blocks)
        assert len(levels) == len(LENSES) + 1
        assert not any(levels.values())
        text = says(blocks)
        assert all(anchor in text for lens in RUBRIC.lenses for anchor in (lens.name, *lens.anchors))
        assert all(words in text for words in RUBRIC.overall)
        assert text.count(EMPTY) == (len(LENSES) + 1) * 4 + len(BLANK.tags)
        assert [block.lines > 0 for block in blocks if isinstance(block, WritingLines)] == [True, True]
    whole = part(document.blocks, "Candidate A as a whole")
    assert "Only this." in says(whole)
    assert any(isinstance(block, WritingLines) for block in whole)
    assert GIVEN not in says(document)


@pytest.mark.parametrize("large", [False, True])
def test_a_filled_sheet_has_a_cross_where_a_level_was_given_and_says_it_in_words_too(large: bool) -> None:
    document = sheets(FILLED, large=large)
    first = of_question(document, 1)
    names = {lens.id: lens.name for lens in RUBRIC.lenses}
    overall = "Overall impression of this answer" if large else "Overall impression"
    assert crossed(first) == {names[lens]: [level] for lens, level in MARKS.levels.items()} | {overall: [2]}
    text = says(first)
    assert "Submitted on 22 November 2026." in text
    assert "Marks given: Answered the question\N{NO-BREAK SPACE}0 · Evidence\N{NO-BREAK SPACE}1" in text
    assert "Comment: “It came late.”" in text
    assert f"On “{BLANK.answers[0].spoken[:13].strip()}”: A good start." in text
    assert "Tagged: rambling" in text
    second = of_question(document, 2)
    assert {name: levels for name, levels in crossed(second).items() if levels} == {"Evidence": [3]}
    assert "A draft that has not been submitted." in says(second)
    third = of_question(document, 3)
    assert "Not marked yet." in says(third)
    assert not any(crossed(third).values())
    assert not any(isinstance(block, WritingLines) for block in document.blocks)
    assert "Marked: 1 submitted, 1 in draft, 6 not marked." in says(document)
    whole = part(document.blocks, "Candidate A as a whole")
    assert crossed(whole) == {"Overall impression of everything that was said": [3]}
    assert "All in all, yes." in says(whole)


@pytest.mark.parametrize("large", [False, True])
def test_each_loose_sheet_says_whose_it_is_where_several_reviewers_sheets_lie_on_one_desk(large: bool) -> None:
    for pack in (BLANK, FILLED):
        document = sheets(pack, large=large)
        for number, answer in enumerate(pack.answers, start=1):
            whose = f"{pack.reviewer}, sheet {number} of {len(pack.answers)}"
            assert says(of_question(document, answer.number)).count(whose) == 2  # with the answer and with its boxes
    assert "Sheet 1 of 8" in says(sheets(replace(BLANK, reviewer=" ")))


def test_the_boxes_of_a_filled_sheet_are_not_said_to_be_still_to_be_crossed() -> None:
    assert "A cross in one box of each row" in says(sheets(BLANK))
    assert "A cross in one box of each row" not in says(sheets(FILLED))
    assert "Crossed: what was given" in says(sheets(FILLED))


def test_the_cover_says_for_whom_from_whom_and_until_when() -> None:
    text = says(sheets())
    for line in ("For: Ann Example", "From: Hertfordshire", "Answers: 8", "Please return by: 1 December 2026"):
        assert line in text.split("\n")
    assert "Note: “Thank you.”" in text
    bare = says(sheets(replace(BLANK, made_by="", deadline=None, note="")))
    assert "From:" not in bare
    assert "return by" not in bare


def test_large_print_is_at_least_sixteen_points_everywhere_and_other_print_is_not() -> None:
    assert min(type_sizes(pdf_of(BLANK, large=True))) >= 16
    assert max(type_sizes(pdf_of(BLANK, large=True))) == pytest.approx(37.5)
    assert min(type_sizes(pdf_of(BLANK))) == pytest.approx(9)


def test_large_print_of_any_report_keeps_to_its_tags_and_loses_no_word() -> None:
    large, usual = (assert_tagged(as_pdf(worked(), resources_folder(), scale)) for scale in (LARGE_PRINT, 1.0))
    assert [figure.alt for figure in large.all("Figure")] == [figure.alt for figure in usual.all("Figure")]
    for tree in (large, usual):
        for figure in tree.all("Figure"):  # its labels may be cut, and its alternative text says them
            figure.kids.clear()
    assert squeezed(large.text) == squeezed(usual.text)


def test_the_page_in_large_print_has_larger_letters_on_screen_and_on_paper() -> None:
    usual, large = as_page(sheets()), as_page(sheets(large=True), LARGE_PRINT)
    assert "font-size: 106.25%" in usual
    assert "font-size: 159.375%" in large
    on_paper = large[large.index("@media print") :]
    assert min(float(size) for size in re.findall(r"([0-9.]+)pt", on_paper)) >= 16
    assert "html { font-size: 18pt; }" in on_paper


def test_on_paper_each_sheet_of_the_page_begins_anew_and_lines_are_drawn() -> None:
    page = as_page(sheets())
    assert ".new-page { break-before: page; }" in page
    assert page.count('class="new-page"') == 2 * len(BLANK.answers) + 1
    lines = sum(block.lines for block in sheets().blocks if isinstance(block, WritingLines))
    assert page.count('<div class="rule"></div>') == lines


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("pack", [BLANK, FILLED], ids=["blank", "filled"])
def test_the_pdf_is_tagged_passes_the_checker_shows_its_boxes_and_is_the_same_every_time(
    pack: PaperPack, large: bool, tmp_path: Path
) -> None:
    made = pdf_of(pack, large=large)
    tree = assert_tagged(made)
    assert EMPTY in tree.text
    assert "\N{REPLACEMENT CHARACTER}" not in tree.text
    (tmp_path / "sheets.pdf").write_bytes(made)
    assert validate(tmp_path / "sheets.pdf").findings == ()
    assert made == pdf_of(pack, large=large)
    assert as_page(sheets(pack, large=large)) == as_page(sheets(pack, large=large))


def test_the_boxes_of_an_answer_lie_on_one_page() -> None:
    with pikepdf.open(io.BytesIO(pdf_of(BLANK))) as document:
        assert len(document.pages) == 1 + 2 * len(BLANK.answers) + 1


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize(
    "text", some_quickly([*HOSTILE.values(), *UNSHAPED.values(), "=1+1", "x" * 3000, "a\n" * 300], every=4)
)
def test_whatever_is_in_a_pack_stands_on_the_sheets_as_text(text: str, large: bool) -> None:
    answer = PackedAnswer(
        sheet="s", candidate=text[:50], number=1, question=text, answer=text,
        probes=(PackedProbe(text=text, answer=text),), strong=(text,),
    )  # fmt: skip
    marks = PeerMarks(
        levels={"one": 3}, comment=text, pins=(Pin(start=0, end=len(text), comment=text),), tags=(text,), overall=1
    )
    lens = Lens(id="one", name=f"Lens {text}", anchors=(text, text, text, text))
    pack = PaperPack(
        reviewer=text,
        made_by=text,
        rubric=replace(RUBRIC, lenses=(lens,), overall=(text, text, text, text)),
        answers=(answer,),
        candidates=(Candidate(code=text[:50], role_name=text, place=text, name=text, last_words=text),),
        tags=(text,),
        note=text,
        sheets={"s": Sheet(id="s", marks=marks, state=SheetState.SUBMITTED)},
        wholes={text[:50]: Whole(candidate=text[:50], overall=2, comment=text)},
    )
    for made in (pack, replace(pack, sheets=None)):
        assert_tagged(pdf_of(made, large=large))
        assert "<script" not in as_page(sheets(made, large=large))
    given = says(sheets(pack, large=large))
    assert given.count(GIVEN) == 3
    assert all(isinstance(block, Table) is False or len(block.rows) <= 7 for block in sheets(pack).blocks)


def test_the_word_file_too_has_its_page_breaks_boxes_and_room_to_write() -> None:
    opened = docx.Document(io.BytesIO(as_word(sheets())))
    broken = [paragraph for paragraph in opened.paragraphs if paragraph.paragraph_format.page_break_before]
    assert len(broken) == 2 * len(BLANK.answers) + 1
    empty = [table for table in opened.tables if not any(cell.text for row in table.rows for cell in row.cells)]
    written = [block.lines for block in sheets().blocks if isinstance(block, WritingLines)]
    assert [len(table.rows) for table in empty] == written
