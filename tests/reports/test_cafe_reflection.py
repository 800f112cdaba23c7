"""A record of reflection is one page, typed or blank, with a name on it only if one was written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pypdfium2
import pytest
from pdfua import validate

from cqcmock.paths import resources_folder
from cqcmock.reports.cafe_reflection import LONGEST, Reflection, reflection_record
from cqcmock.reports.content import PRACTICE_WORDS, Document, WritingLines
from cqcmock.reports.html import render as as_page
from cqcmock.reports.pdf.report import render as as_pdf
from tests.reports.hostile import HOSTILE, UNSHAPED
from tests.reports.pdf.readback import assert_tagged
from tests.reports.reading import lines_of, says, squeezed

PARTS = ("did", "learned", "changes", "discussed")
WORDS = {
    "did": "I sat in the hot seat and kept the tally in threes.",
    "learned": "I say what we do, and not what came of it.",
    "changes": "I shall ask one person a week what was different for them.",
    "discussed": "We listened to each other’s second answers.",
}
TYPED = Reflection(
    on=date(2026, 11, 3), seconds=45 * 60, name="Ann Example", peer="Bo", did=WORDS["did"], learned=WORDS["learned"],
    changes=WORDS["changes"], discussed=WORDS["discussed"],
)  # fmt: skip


def record(given: Reflection = TYPED) -> Document:
    return reflection_record(
        given, classification="OFFICIAL", retention="Keep until 1 May 2027", made_on=date(2026, 11, 22)
    )


def pages(pdf: bytes) -> list[str]:
    opened = pypdfium2.PdfDocument(pdf)
    try:
        return [squeezed(page.get_textpage().get_text_bounded()) for page in opened]
    finally:
        opened.close()


def blanks(document: Document) -> list[str]:
    return [block.label for block in document.blocks if isinstance(block, WritingLines)]


def test_everything_that_was_typed_is_there_and_no_lines_are() -> None:
    text = says(record())
    assert all(words in text for words in WORDS.values())
    for line in ("Name: Ann Example", "Date: 3 November 2026", "Time spent: 45 min", "Discussed with a peer (Bo)"):
        assert line in text.split("\n")
    assert blanks(record()) == []


def test_where_nothing_was_typed_there_are_lines_to_write_on() -> None:
    labels = blanks(record(Reflection()))
    assert labels[0] == "Name, if you like, date and hours"
    assert [label.split(":")[0] for label in labels[1:]] == [
        "What I did",
        "What I learned",
        "What changes for people",
        "Discussed with a peer",
    ]
    assert all(block.lines == 4 for block in record(Reflection()).blocks[2:] if isinstance(block, WritingLines))


@pytest.mark.parametrize("part", PARTS)
def test_each_part_has_lines_by_itself(part: str) -> None:
    document = record(replace(TYPED, **{part: "  "}))
    assert len(blanks(document)) == 1
    assert sum(words in says(document) for words in WORDS.values()) == 3


def test_a_name_is_on_it_only_if_it_was_written() -> None:
    text = says(record(replace(TYPED, name="", peer="")))
    assert "Name:" not in text
    assert "Ann Example" not in text
    assert "Discussed with a peer" in text.split("\n")
    assert "Name, if you like" in text


def test_it_names_no_regulator_and_claims_nothing_about_what_one_asks_for() -> None:
    assert "England" not in as_page(record(Reflection()))


@pytest.mark.parametrize("typed", list(product((False, True), repeat=4)))
def test_it_is_one_page_with_parts_as_long_as_may_be_and_parts_to_write(typed: tuple[bool, ...]) -> None:
    longest = ("We asked three carers what had changed for them since the spring, and wrote it down. " * 9)[:LONGEST]
    parts = {part: longest for part, here in zip(PARTS, typed, strict=True) if here}
    named = Reflection(on=TYPED.on, seconds=3600, name="W" * 80, peer="W" * 80, **parts)
    for given in (named, Reflection(**parts)):
        assert len(pages(as_pdf(record(given), resources_folder()))) == 1


def test_words_that_are_longer_go_on_overleaf_and_none_is_lost() -> None:
    long = " ".join(f"word{n}" for n in range(900))
    made = as_pdf(record(replace(TYPED, learned=long)), resources_folder())
    texts = pages(made)
    assert len(texts) > 1
    assert all(f"word{n}" in " ".join(texts) for n in range(900))


def test_the_pdf_is_tagged_passes_the_checker_and_carries_its_words(tmp_path: Path) -> None:
    for given in (TYPED, Reflection()):
        made = as_pdf(record(given), resources_folder())
        assert_tagged(made)
        (tmp_path / "record.pdf").write_bytes(made)
        assert validate(tmp_path / "record.pdf").findings == ()
        (text,) = pages(made)
        for words in ("OFFICIAL", PRACTICE_WORDS, "Keep until 1 May 2027", "Page 1 of 1"):
            assert words in text


@pytest.mark.parametrize("text", [*HOSTILE.values(), UNSHAPED["arabic"], UNSHAPED["emoji"], UNSHAPED["controls"]])
def test_whatever_was_written_stands_in_it_as_text(text: str) -> None:
    document = record(Reflection(did=text, learned=text, changes=text, discussed=text, name=text, peer=text))
    assert_tagged(as_pdf(document, resources_folder()))
    page = as_page(document)
    assert "<script" not in page
    assert "<ok>" not in page
    assert all(lines_of(block) for block in document.blocks)
