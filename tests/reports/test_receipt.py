"""The receipt says how much was returned and by which words both sides know the file, on one page, come what may."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pikepdf
import pytest
from pdfua import validate

from cqcmock.paths import resources_folder
from cqcmock.reports.content import Document, Paragraph, Voice
from cqcmock.reports.html import render as as_page
from cqcmock.reports.pdf.report import render as as_pdf
from cqcmock.reports.receipt import ReturnedMarks, receipt_document
from tests.reports.hostile import HOSTILE, UNSHAPED
from tests.reports.pdf.readback import assert_tagged
from tests.reports.reading import lines_of, says

GIVEN = ReturnedMarks(
    pack="2f0b7c9e-11aa-4b6f-9a55-0d3a5e7c1c11",
    pack_file="Hertfordshire for Ann.pack",
    made_by="Hertfordshire County Council",
    reviewer="Ann Example",
    returned_at=datetime(2026, 11, 22, 14, 5, tzinfo=UTC),
    expected=8,
    returned=6,
    code="lamp river stone window",
    file="Ann’s marks.return",
    why_missing="The train came in before the last two.",
)


def receipt(given: ReturnedMarks = GIVEN) -> Document:
    return receipt_document(
        given, classification="OFFICIAL", retention="Keep until 1 May 2027", made_on=date(2026, 11, 22)
    )


def pages(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


def test_it_says_what_was_expected_returned_and_missing_and_why() -> None:
    text = says(receipt())
    for line in (
        "From: Ann Example",
        "For: Hertfordshire County Council",
        "Pack: Hertfordshire for Ann.pack",
        f"Pack number: {GIVEN.pack}",
        "Returned on: 22 November 2026, 14:05",
        "File: Ann’s marks.return",
        "Expected: 8 answers",
        "Returned: 6 answers",
        "Missing: 2 answers",
        "Why: The train came in before the last two.",
    ):
        assert line in text.split("\n")


def test_where_nothing_is_missing_no_reason_is_asked_for() -> None:
    text = says(receipt(replace(GIVEN, returned=8, why_missing="")))
    assert "Missing: None" in text
    assert "Why" not in text


def test_a_reason_that_is_not_known_here_any_more_is_in_the_file() -> None:
    assert "Why: The reason is in the file." in says(receipt(replace(GIVEN, why_missing="")))


def test_the_word_code_is_the_only_thing_in_large_letters() -> None:
    large = [
        block for block in receipt().blocks if isinstance(block, Paragraph) and block.voice is Voice.LARGE
    ]  # fmt: skip
    assert [lines_of(block) for block in large] == [[GIVEN.code]]
    assert f'<p class="large" dir="auto">{GIVEN.code}</p>' in as_page(receipt())


def test_it_says_what_to_do_with_the_file_and_to_whom() -> None:
    text = says(receipt())
    assert "give “Ann’s marks.return” to Hertfordshire County Council" in text
    nobody = says(receipt(replace(GIVEN, made_by="", file="")))
    assert "give the file to whoever made the pack" in nobody
    assert "For:" not in nobody


def test_the_pdf_is_one_tagged_page_that_passes_the_checker_and_is_the_same_every_time(tmp_path: Path) -> None:
    made = as_pdf(receipt(), resources_folder())
    assert_tagged(made)
    assert pages(made) == 1
    (tmp_path / "receipt.pdf").write_bytes(made)
    assert validate(tmp_path / "receipt.pdf").findings == ()
    assert made == as_pdf(receipt(), resources_folder())
    assert as_page(receipt()) == as_page(receipt())


@pytest.mark.parametrize(
    "text", [*HOSTILE.values(), *UNSHAPED.values(), "{file} {owner} {0}", "W" * 3000, "why " * 900]
)
def test_whatever_things_are_called_it_stays_one_page(text: str) -> None:
    given = replace(
        GIVEN,
        made_by=text,
        reviewer=text,
        pack_file=text,
        file=text,
        why_missing=text,
        pack=text[:100],
        code=GIVEN.code,
    )
    made = as_pdf(receipt(given), resources_folder())
    assert_tagged(made)
    assert pages(made) == 1
    assert "<script" not in as_page(receipt(given))
