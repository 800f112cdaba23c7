from __future__ import annotations

import io

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cqcmock.reports.pdf.flowables import Heading, P
from cqcmock.reports.pdf.right_to_left import has_any, joined, painted, stretches, typed
from cqcmock.reports.pdf.text import link, span
from tests.reports.pdf.readback import assert_tagged
from tests.reports.pdf.stress import BODY, HEADS, build, m

MIXED = st.text("אבגדשלום ابجدسلملاهة abc 0123456789 .,()-/ ָّ", max_size=60)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain (text) 12", "plain (text) 12"),
        ("say שלום now", "say םולש now"),
        ("שלום עולם", "םלוע םולש"),
        ("אבג, (דה) 12.5 ו!", "ו 12.5 (הד) ,גבא!"),
        ("שלום abc עולם", "םולש abc םלוע"),
        ("שָׁל", "לשָׁ"),
    ],
)
def test_letters_stand_on_the_line_from_the_right(text: str, shown: str) -> None:
    assert painted(text) == shown


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("سلام", "\ufeb3\ufefc\ufee1"),  # seen at the beginning, lam and alef as one, meem alone
        ("بيت", "\ufe91\ufef4\ufe96"),
        ("دار", "\ufea9\ufe8d\ufead"),  # none of these reaches out to the next
        ("ب", "\ufe8f"),
        ("بَت", "\ufe91\u064e\ufe96"),  # a vowel sign does not part its neighbours
        ("שלום", "שלום"),
    ],
)
def test_arabic_letters_join_their_neighbours(word: str, forms: str) -> None:
    assert joined(word) == forms
    assert typed(forms) == word


@given(MIXED)
def test_joining_can_be_undone(text: str) -> None:
    assert typed(joined(text)) == text


@given(MIXED)
def test_nothing_is_lost_by_turning(text: str) -> None:
    assert sorted(painted(text).translate(str.maketrans("()", "__"))) == sorted(
        text.translate(str.maketrans("()", "__"))
    )
    assert "".join(piece for piece, _turned in stretches(text)) == text
    assert any(turned for _piece, turned in stretches(text)) == has_any(text)


@settings(max_examples=40, deadline=None)
@given(MIXED)
def test_a_reader_is_told_the_words_as_they_were_typed(text: str) -> None:
    (only,) = assert_tagged(build([P("x" + m(" " + text), BODY)])).all("P")
    assert " ".join(only.text.split()) == " ".join(["x", *text.split()])


def test_words_over_a_line_and_a_page_keep_their_order() -> None:
    text = "אחת שתיים שלוש ארבע חמש " * 400
    (only,) = assert_tagged(build([P(m(text), BODY)])).all("P")
    assert only.text.split() == text.split()
    assert len(only.pages) > 1
    document = pypdfium2.PdfDocument(io.BytesIO(build([P(m(text), BODY)])))
    line = document[0].get_textpage().get_text_bounded().splitlines()[0]
    document.close()
    assert line.split()[:5] == text.split()[:5]


def test_links_spans_and_headings_may_hold_such_words() -> None:
    story = [
        Heading(m("כותרת"), HEADS[1], level=1),
        P(link(m("read קישור now"), "https://example.org") + " " + span(m("שלום"), "he"), BODY),
    ]
    tree = assert_tagged(build(story))
    assert tree.all("H1")[0].text == "כותרת"
    assert tree.all("Link")[0].text == "read קישור now"
    assert [(node.lang, node.text) for node in tree.all("P")[0].all("Span")] == [("he", "שלום")]


def test_the_clipboard_gets_joined_letters_as_they_were_typed() -> None:
    document = pypdfium2.PdfDocument(io.BytesIO(build([P(m("Ahmed محمد أحمد"), BODY)])))
    text = document[0].get_textpage().get_text_bounded()
    assert "محمد أحمد" in text
    document.close()
