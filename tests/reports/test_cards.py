"""Cards: four to a page, cut marks outside the words, nothing lost however long a question is."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pdfua import validate

from cqcmock.banks import read_bank
from cqcmock.domain.questions import Bank, filled
from cqcmock.paths import question_banks_folder, resources_folder
from cqcmock.reports.cards import CARD_WORDS, Card, CardKind, Cards, card
from cqcmock.reports.pdf.cards import render
from tests.reports.hostile import HOSTILE
from tests.reports.pdf.readback import assert_tagged

NAMES = {"place": "Hertfordshire", "council": "Hertfordshire County Council"}


@pytest.fixture(scope="module")
def bank() -> Bank:
    return read_bank(question_banks_folder() / "lead-member.toml")


def pack(*cards: Card) -> bytes:
    return render(
        Cards(title="Cards", classification="OFFICIAL", retention="Keep", made_on=date(2026, 11, 22), cards=cards),
        resources_folder(),
    )


def cards_of(bank: Bank, kind: CardKind, count: int) -> list[Card]:
    return [card(filled(question, NAMES), kind, themes=("The place",)) for question in bank.questions[:count]]


def pages(pdf: bytes) -> list[str]:
    opened = pypdfium2.PdfDocument(pdf)
    try:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in opened]
    finally:
        opened.close()


def test_four_question_cards_stand_on_a_page(bank: Bank) -> None:
    cards = cards_of(bank, CardKind.QUESTION, 6)
    first, second = pages(pack(*cards))
    assert [card.question in first for card in cards] == [True, True, True, True, False, False]
    assert [card.question in second for card in cards] == [False, False, False, False, True, True]
    for page, number in ((first, 1), (second, 2)):
        assert "OFFICIAL" in page
        assert CARD_WORDS in page
        assert f"Page {number} of 2" in page


@pytest.mark.parametrize("kind", list(CardKind))
def test_the_cards_of_a_whole_bank_are_tagged_and_pass_the_checker(bank: Bank, kind: CardKind, tmp_path: Path) -> None:
    made = pack(*cards_of(bank, kind, 12))
    assert_tagged(made)
    (tmp_path / "cards.pdf").write_bytes(made)
    assert validate(tmp_path / "cards.pdf").findings == ()


def test_a_cue_card_says_what_to_listen_for_and_how_to_ask_on(bank: Bank) -> None:
    question = filled(bank.questions[0], NAMES)
    said = " ".join(pages(pack(card(question, CardKind.CUE, themes=()))))
    for words in (*(point.label for point in question.points), *(point.probe for point in question.points)):
        assert words in said
    assert all(probe.text in said for probe in question.probes)
    assert not any(phrase in said for phrase in question.points[1].phrases)


@pytest.mark.parametrize("kind", list(CardKind))
def test_a_card_that_is_too_long_goes_on_on_the_next_and_loses_nothing(bank: Bank, kind: CardKind) -> None:
    long = " ".join(f"word{number}" for number in range(400))
    points = tuple(replace(bank.questions[0].points[0], id=f"p{n}", label=f"Label {n} {long[:300]}") for n in range(12))
    question = replace(filled(bank.questions[0], NAMES), text=long, points=points)
    said = " ".join(pages(pack(card(question, kind, themes=()))))
    assert all(f"word{number}" in said for number in range(400))
    if kind is CardKind.CUE:
        assert all(f"Label {number} " in said for number in range(12))
        assert "(continued)" in said


@pytest.mark.parametrize("text", HOSTILE.values())
def test_what_somebody_wrote_stands_on_the_card_as_they_wrote_it(bank: Bank, text: str) -> None:
    question = replace(bank.questions[0], text=text, points=())
    said = " ".join(pages(pack(card(question, CardKind.QUESTION, themes=(text,)))))
    assert "".join(text.split()) in "".join(said.split())


def test_the_same_cards_are_the_same_bytes(bank: Bank) -> None:
    cards = cards_of(bank, CardKind.CUE, 3)
    assert pack(*cards) == pack(*cards)


def test_every_card_lies_within_its_cuts(bank: Bank) -> None:
    from cqcmock.reports.pdf.cards import CARD_HEIGHT, CARD_WIDTH

    opened = pikepdf.open(io.BytesIO(pack(*cards_of(bank, CardKind.CUE, 4))))
    width, height = (float(side) for side in opened.pages[0].mediabox[2:])
    assert width > 2 * CARD_WIDTH
    assert height > 2 * CARD_HEIGHT
    document = pypdfium2.PdfDocument(pack(*cards_of(bank, CardKind.CUE, 4)))
    try:
        text = document[0].get_textpage()
        middle = width / 2
        boxes = [text.get_rect(at) for at in range(text.count_rects())]
        assert boxes
        inside = [box for box in boxes if height * 0.07 < box[1] < height * 0.93]
        assert all(left > middle or right < middle for left, _bottom, right, _top in inside)
    finally:
        document.close()
