"""Posters hold one whole question a page across, in letters that can be read from ten metres."""

from __future__ import annotations

import io
from datetime import date
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pdfua import validate
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth

from cqcmock.banks import read_bank
from cqcmock.domain.cafe.rounds import RoundQuestion
from cqcmock.domain.questions import filled
from cqcmock.paths import question_banks_folder, resources_folder
from cqcmock.reports.cafe_posters import METRES, SIZES, Paper, Posters, letter_height, readable_from, room_posters
from cqcmock.reports.cafe_posters_html import render as as_page
from cqcmock.reports.cafe_posters_html import size_of
from cqcmock.reports.cards import CARD_WORDS
from cqcmock.reports.pdf.cafe_posters import SMALLEST, render
from cqcmock.reports.pdf.cafe_posters import letter_height as height_of_capitals
from cqcmock.reports.pdf.flowables import P
from cqcmock.reports.pdf.fonts import register
from tests.reports.hostile import HOSTILE, UNSHAPED
from tests.reports.pdf.readback import assert_tagged
from tests.reports.reading import squeezed

NAMES = {"place": "Hertfordshire", "council": "Hertfordshire County Council"}
THREE = (
    "What are you proud of?",
    "Tell me about one person whose life is better for what you did.",
    "How do you know that carers are heard?",
)


def posters(*texts: str, paper: Paper = Paper.A3) -> Posters:
    asked = [RoundQuestion(bank="b", question="q", text=text, listen_for=("A secret cue",)) for text in texts]
    return room_posters(
        asked, paper=paper, classification="OFFICIAL", retention="Keep until 1 May 2027", made_on=date(2026, 11, 22)
    )


def pages(pdf: bytes) -> list[str]:
    opened = pypdfium2.PdfDocument(pdf)
    try:
        return [squeezed(page.get_textpage().get_text_bounded()) for page in opened]
    finally:
        opened.close()


def heights(pdf: bytes) -> list[float]:
    """The height of capital letters of the largest type on each page, in millimetres."""
    faces = register(resources_folder())
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [
            height_of_capitals(
                max(float(o[1]) for o, operator in pikepdf.parse_content_stream(page) if str(operator) == "Tf"), faces
            )
            for page in document.pages
        ]


@cache
def shipped() -> list[str]:
    """Every tenth of the shipped questions by length, and the longest."""
    folder = question_banks_folder()
    banks = [read_bank(path) for path in sorted(folder.glob("*.toml"))]
    texts = sorted((filled(question, NAMES).text for bank in banks for question in bank.questions), key=len)
    return [*texts[::10], *texts[-12:]]


def test_letters_for_ten_metres_are_as_high_as_sight_needs() -> None:
    assert letter_height(METRES) == pytest.approx(29.1, abs=0.05)
    assert letter_height(METRES, 1.0) == pytest.approx(14.5, abs=0.05)
    assert readable_from(letter_height(METRES)) == pytest.approx(METRES)
    assert letter_height(6, 1.0) == pytest.approx(8.73, abs=0.01)  # the 6/6 line of a chart at six metres


@pytest.mark.parametrize("paper", list(Paper))
def test_three_questions_are_three_pages_across_and_whole(paper: Paper, tmp_path: Path) -> None:
    made = render(posters(*THREE, paper=paper), resources_folder())
    texts = pages(made)
    assert len(texts) == 3
    for number, (question, text) in enumerate(zip(THREE, texts, strict=True), start=1):
        for words in (question, "OFFICIAL", CARD_WORDS, "Keep until 1 May 2027", f"Page {number} of 3"):
            assert words in text
        assert "secret cue" not in text
    with pikepdf.open(io.BytesIO(made)) as document:
        for page in document.pages:
            width, height = (float(side) * 25.4 / 72 for side in page.mediabox[2:])
            assert (round(width), round(height)) == SIZES[paper]
            assert width > height
    assert [node.text for node in assert_tagged(made).all("H1")] == list(THREE)
    (tmp_path / "posters.pdf").write_bytes(made)
    assert validate(tmp_path / "posters.pdf").findings == ()
    assert made == render(posters(*THREE, paper=paper), resources_folder())


def test_on_a3_every_shipped_question_can_be_read_from_there_and_half_of_them_with_half_the_sight() -> None:
    found = heights(render(posters(*shipped()), resources_folder()))
    assert len(found) == len(shipped())
    assert min(found) >= 24
    tenths = found[:-12]
    assert sum(height >= letter_height(METRES) for height in tenths) * 2 >= len(tenths)


def test_on_a4_every_shipped_question_can_be_read_from_there_with_ordinary_sight() -> None:
    assert min(heights(render(posters(*shipped(), paper=Paper.A4), resources_folder()))) >= letter_height(METRES, 1.0)


def test_each_poster_says_from_where_its_own_letters_can_be_read() -> None:
    made = render(posters(*THREE), resources_folder())
    for text, height in zip(pages(made), heights(made), strict=True):
        assert (
            f"Letters {height:.0f} mm high: to be read from {int(readable_from(height))} metres with 6/12 sight" in text
        )


def test_no_word_is_broken_while_it_fits_on_a_line() -> None:
    question = "Deinstitutionalisation"
    assert question in pages(render(posters(question), resources_folder()))[0]


def test_a_question_of_many_pages_loses_nothing() -> None:
    long = " ".join(f"word{n}" for n in range(3000))
    texts = " ".join(pages(render(posters(long, paper=Paper.A4), resources_folder())))
    assert all(f"word{n}" in texts for n in range(3000))


def test_questions_without_words_make_no_poster() -> None:
    assert posters(" ", THREE[0]).questions == (THREE[0],)


@pytest.mark.parametrize("text", [*HOSTILE.values(), *UNSHAPED.values(), "W" * 3000])
def test_whatever_a_question_holds_stands_on_its_poster_as_text(text: str) -> None:
    made = posters(text)
    assert_tagged(render(made, resources_folder()))
    assert (
        min(heights(render(made, resources_folder()))) >= height_of_capitals(SMALLEST, register(resources_folder())) - 1
    )
    page = as_page(made)
    assert "<script" not in page
    assert "<ok>" not in page


@pytest.mark.parametrize("paper", list(Paper))
def test_the_page_for_the_web_has_a_heading_a_question_and_every_words(paper: Paper) -> None:
    page = as_page(posters(*THREE, paper=paper))
    assert page.count("<h1") == 3
    assert f"size: {paper.value} landscape" in page
    for words in (*THREE, "OFFICIAL", CARD_WORDS, "Keep until 1 May 2027"):
        assert words in page
    assert page == as_page(posters(*THREE, paper=paper))


@pytest.mark.parametrize("paper", list(Paper))
def test_on_the_web_letters_are_no_larger_than_the_paper_takes_nor_much_smaller_than_in_the_pdf(paper: Paper) -> None:
    made = posters(*THREE, "Deinstitutionalisation", paper=paper)
    faces = register(resources_folder())
    for question, height in zip(made.questions, heights(render(made, resources_folder())), strict=True):
        size = size_of(question, made)
        style = ParagraphStyle("", fontName=faces.bold, fontSize=size * mm, leading=size * mm * 1.15)
        width, tall = (side * mm - 2 * 14 * mm for side in SIZES[paper])
        assert P(question, style).wrap(width, 0)[1] <= tall
        assert max(stringWidth(word, faces.bold, size * mm) for word in question.split()) <= width
        assert size * 0.668 >= 0.6 * height
