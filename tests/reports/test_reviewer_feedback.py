"""A reviewer is told what came back and how they mark, in words that claim no more than the marks can bear."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given as draw
from hypothesis import strategies as st
from pdfua import validate

from cqcmock.paths import resources_folder
from cqcmock.reports.content import Callout, Document, Facts
from cqcmock.reports.html import render as as_page
from cqcmock.reports.pdf.report import render as as_pdf
from cqcmock.reports.reviewer_feedback import (
    NO_CODE,
    ComparedMarks,
    FileThatCame,
    ReviewersFeedback,
    difference_in_words,
    feedback_for_reviewer,
)
from tests.reports.hostile import HOSTILE, UNSHAPED
from tests.reports.pdf.readback import assert_tagged
from tests.reports.reading import says
from tests.some_quickly import some_quickly

FILE = FileThatCame(
    written_at=datetime(2026, 11, 22, 14, 5, tzinfo=UTC),
    taken_in_at=datetime(2026, 11, 23, 9, 0, tzinfo=UTC),
    sheets=8,
    code="lamp river stone window",
)
GIVEN = ReviewersFeedback(
    reviewer="Ann Example",
    made_by="Hertfordshire County Council",
    pack="2f0b7c9e-11aa-4b6f-9a55-0d3a5e7c1c11",
    sent_on=date(2026, 11, 20),
    expected=8,
    received=8,
    files=(FILE, replace(FILE, written_at=datetime(2026, 11, 21, 8, 0, tzinfo=UTC), sheets=6, code="")),
    compared=ComparedMarks(difference=-0.47, marks=48, answers=8, lenses=6, others=2),
)


def feedback(given: ReviewersFeedback = GIVEN) -> Document:
    return feedback_for_reviewer(
        given, classification="OFFICIAL", retention="Keep until 1 May 2027", made_on=date(2026, 11, 24)
    )


def test_it_says_first_for_whom_alone_it_is() -> None:
    document = feedback()
    assert document.title == "Feedback for Ann Example"
    first = next(block for block in document.blocks if not isinstance(block, Facts))
    assert isinstance(first, Callout)
    assert first.title == "For you alone"
    assert "This is for Ann Example and nobody else." in says([first])


def test_every_file_stands_in_it_with_its_words_or_says_that_they_are_not_kept() -> None:
    text = says(feedback())
    assert "22 November 2026, 14:05 | 23 November 2026, 09:00 | 8 | lamp river stone window" in text
    assert f"21 November 2026, 08:00 | 23 November 2026, 09:00 | 6 | {NO_CODE}" in text
    assert "taking it in again changes nothing" in text
    assert NO_CODE not in says(feedback(replace(GIVEN, files=(FILE,))))


def test_what_is_missing_is_said_with_the_reason_that_was_given() -> None:
    lines = says(feedback(replace(GIVEN, received=6, why_missing="The train came in."))).split("\n")
    for line in ("Expected: 8 answers", "Received: 6 answers", "Missing: 2 answers", "Why: The train came in."):
        assert line in lines
    assert "Why: No reason was given." in says(feedback(replace(GIVEN, received=6)))
    assert "Why" not in says(feedback())


def test_the_comparison_says_on_how_much_it_rests_and_that_a_difference_is_no_fault() -> None:
    text = says(feedback())
    assert "about half a level lower than those of the others on the same answers" in text
    assert "This rests on 48 marks of yours: 8 answers through 6 lenses" in text
    assert "marked by at least 2 others" in text
    assert "a difference is no fault" in text


def test_where_nothing_can_be_compared_there_is_one_sentence_and_no_figure() -> None:
    text = says(feedback(replace(GIVEN, compared=ComparedMarks(why_not="Nothing is compared yet."))))
    assert text.endswith("How your marks compare\nNothing is compared yet.")


@pytest.mark.parametrize(
    ("difference", "words"),
    [
        (0.0, "neither higher nor lower"),
        (-0.12, "neither higher nor lower"),
        (0.13, "about a quarter of a level higher"),
        (0.5, "about half a level higher"),
        (-0.75, "about three quarters of a level lower"),
        (1.0, "about one level higher"),
        (-1.3, "about one and a quarter levels lower"),
        (2.5, "about two and a half levels higher"),
        (-3.0, "about three levels lower"),
    ],
)
def test_a_difference_is_told_to_the_nearest_quarter_of_a_level(difference: float, words: str) -> None:
    assert words in difference_in_words(difference)


@draw(st.floats(min_value=0, max_value=3))
def test_a_difference_and_its_opposite_have_the_same_words_with_the_other_side(difference: float) -> None:
    above, below = difference_in_words(difference), difference_in_words(-difference)
    assert below == (above if "neither" in above else above.replace("higher", "lower"))
    assert ("neither" in above) == (difference < 1 / 8)
    assert not any(sign.isdigit() for sign in above)


def test_the_pdf_is_one_tagged_page_that_passes_the_checker_and_is_the_same_every_time(tmp_path: Path) -> None:
    made = as_pdf(feedback(), resources_folder())
    assert_tagged(made)
    with pikepdf.open(io.BytesIO(made)) as document:
        assert len(document.pages) == 1
    (tmp_path / "feedback.pdf").write_bytes(made)
    assert validate(tmp_path / "feedback.pdf").findings == ()
    assert made == as_pdf(feedback(), resources_folder())
    assert as_page(feedback()) == as_page(feedback())


@pytest.mark.parametrize(
    "text", some_quickly([*HOSTILE.values(), *UNSHAPED.values(), "W" * 3000, "why " * 900], every=4)
)
def test_whatever_people_are_called_it_can_be_made(text: str) -> None:
    given = replace(GIVEN, reviewer=text, made_by=text, received=1, why_missing=text, files=(FILE,) * 60)
    assert_tagged(as_pdf(feedback(given), resources_folder()))
    assert "<script" not in as_page(feedback(given))
