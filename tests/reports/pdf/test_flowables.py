from __future__ import annotations

import io
import re
import time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph
from reportlab.platypus.flowables import Spacer

from cqcmock.reports.pdf.flowables import Caption, Figure, P, items
from cqcmock.reports.pdf.fonts import coverage, family_coverage, folder, register
from cqcmock.reports.pdf.right_to_left import typed
from cqcmock.reports.pdf.tables import table
from cqcmock.reports.pdf.text import highlight, link, markup, printable, runs, span
from tests.reports.pdf.readback import Node, assert_tagged
from tests.reports.pdf.stress import BODY, FACES, GRID, build, chart, heading, m

SECONDS = 15  # generous: these take under five on a laptop, and minutes in plain reportlab
UNSEEN = re.compile(r"[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]")


def said(text: str) -> str:
    """What a reader is told of a text: spaces as one, U+FFFD for what no shipped font shows."""
    known = family_coverage(FACES.text) | family_coverage(FACES.fallback)
    seen = "".join(letter if letter in known or letter.isspace() else "\ufffd" for letter in UNSEEN.sub("", text))
    return typed(" ".join(seen.split()))


def paragraphs(pdf: bytes) -> list[Node]:
    return assert_tagged(pdf).all("P")


def told(pdf: bytes) -> list[str]:
    return [" ".join(node.text.split()) for node in paragraphs(pdf)]


@pytest.mark.parametrize(
    "text",
    [
        "I said <ok> then left",
        '<img src="/etc/passwd">',
        '<a href="javascript:alert(1)">press</a>',
        "&#0; &lt; &amp; &nbsp; &",
        "<b>not bold</b> <br/> </para>",
        "a<b and c>d",
        "{page} of {pages} %s %(x)s",
        "</font><script>alert</script>done",
        "Łódź Şükrü Nguyễn – “quoted” ½ → − ≥",
        "O’Brien & Söhne",
    ],
)
def test_text_from_people_stays_as_it_was_written(text: str) -> None:
    pdf = build([P(m(text), BODY)])
    assert told(pdf) == [text]
    assert b"/URI" not in pdf
    assert b"/Subtype /Image" not in pdf


def test_lines_stay_apart_and_runs_of_spaces_are_one() -> None:
    pdf = build([P(m("one\r\ntwo\n\nthree\u2028four   five\tsix\u00a0seven"), BODY)])
    assert told(pdf) == ["one two three four five six seven"]
    assert len(P(m("a\nb\nc"), BODY).breakLines([400, 400]).lines) == 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("😀 well", "😀 well"),
        ("👩‍⚕️ doctor", "\ufffd⚕ doctor"),
        ("漢字", "\ufffd\ufffd"),
        ("nul\x00 bell\x07 lone\ud800", "nul\ufffd bell\ufffd lone\ufffd"),
        ("soft\u00adhyphen \ufefffirst \u202eevil\u202c", "softhyphen first evil"),
    ],
)
def test_what_no_font_can_show_becomes_a_replacement_character(text: str, expected: str) -> None:
    assert told(build([P(m(text), BODY), heading(text, 1)])) == [expected]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=400))
@example("\U0001d5a0 is not in the bold face")
@example("→x" * 300)
@example("-\u2014" * 200 + " \u00a0 x")
@example("a\u0301 \u0301a <b>\u0000</b>")
def test_any_text_is_told_word_for_word(text: str) -> None:
    pdf = build([P("start " + m(text), BODY)])
    assert told(pdf) == [f"start {said(text)}".strip()]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(["care", "→", "x" * 200, "a\nb", "Łódź", "→y" * 90, "—"]), min_size=1, max_size=1200),
    st.sampled_from([0, TA_RIGHT, TA_CENTER, TA_JUSTIFY]),
)
def test_a_paragraph_of_any_length_is_one_element_with_every_word(words: list[str], alignment: int) -> None:
    style = ParagraphStyle("any", parent=BODY, alignment=alignment, firstLineIndent=20)
    pdf = build([Spacer(1, 500), P(m(" ".join(words)), style)])
    assert told(pdf) == [" ".join(" ".join(words).split())]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.sampled_from(["care", "of", "unpaid", "assessment", "x" * 150]), min_size=1, max_size=900),
    st.booleans(),
    st.sampled_from([120, 300, 480]),
)
def test_lines_break_where_reportlab_breaks_them(words: list[str], mixed: bool, width: int) -> None:
    text = " ".join(f"<b>{word}</b>" if mixed and at % 7 == 0 else word for at, word in enumerate(words))
    ours, theirs = P(text, BODY), Paragraph(text, BODY)
    assert ours.wrap(width, 9999) == theirs.wrap(width, 9999)
    assert _lines(ours) == _lines(theirs)


def test_a_split_paragraph_goes_on_in_the_same_element() -> None:
    pdf = build([Spacer(1, 600), P(m("word " * 1500), BODY)])
    (only,) = paragraphs(pdf)
    assert len(only.pages) == 3
    assert only.text.split() == ["word"] * 1500


def test_a_split_leaves_no_single_line_behind_unless_told() -> None:
    text, room = m("word " * 60), 2 * BODY.leading
    paragraph = P(text, BODY)
    assert paragraph.split(200, BODY.leading) == []
    head, tail = paragraph.split(200, room)
    assert (len(head.blPara.lines), head.token) == (2, tail.token)
    kept = P(text, ParagraphStyle("k", parent=BODY, allowWidows=0))
    count = int(kept.wrap(200, 999)[1] / BODY.leading)
    assert [len(part.blPara.lines) for part in kept.split(200, (count - 1) * BODY.leading)] == [count - 2, 2]
    assert paragraph.split(200, 9999) == [paragraph]


def test_the_end_of_a_line_is_a_space_to_a_reader_but_not_inside_a_word() -> None:
    text = "carers " * 40 + "w" * 500 + " →" + "z" * 500 + " end"
    assert told(build([P(m(text), BODY)])) == [text]


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "word " * 3_000,
        "x" * 10_000,
        "→x" * 5_000,
        "The review said that people waited. " * 8_300,
        "The review → said that people waited. " * 8_000,
        "x" * 300_000,
        "漢" * 100_000,
        "<ok> & " * 20_000,
        "line\n" * 20_000,
        " " * 300_000 + "x",
    ],
    ids=lambda text: f"{len(text)} of {text[:7].strip() or 'space'}",
)
def test_very_long_text_is_built_in_seconds(text: str) -> None:
    before = time.perf_counter()
    pdf = build([P(m(text), BODY)])
    assert time.perf_counter() - before < SECONDS
    assert pdf.startswith(b"%PDF-1.7")


def test_a_long_answer_is_told_in_full() -> None:
    text = " ".join(f"Sentence {at} says that carers → waited." for at in range(6_000))
    (only,) = paragraphs(build([P(m(text), BODY)]))
    assert " ".join(only.text.split()) == text
    assert len(only.pages) > 50


def test_nested_lists_hang_under_their_item() -> None:
    entries = [m("one"), (m("two"), [m("in"), (m("deep"), [m("deepest " * 60)])]), m("three")]
    tree = assert_tagged(build([Spacer(1, 590), *items(entries, BODY)]))
    (outer,) = [node for node in tree.kids if isinstance(node, Node)]
    assert [kid.tag for kid in outer.kids] == ["LI"] * 3
    assert len(outer.all("L")) == 3
    assert [label.text for label in outer.all("Lbl")] == ["•"] * 6
    body = outer.all("LBody")[1]
    assert [kid if isinstance(kid, str) else kid.tag for kid in body.kids] == ["two", "L"]
    assert len(outer.all("LBody")[4].pages) == 2


def test_numbered_lists_count_and_say_so() -> None:
    tree = assert_tagged(build(items([m("a"), m("b")], BODY, ordered=True)))
    assert [label.text for label in tree.all("Lbl")] == ["1.", "2."]
    assert tree.all("L")[0].attributes == {"ListNumbering": "Decimal"}


def test_a_list_item_without_words_leaves_no_bullet_for_the_next_paragraph() -> None:
    tree = assert_tagged(build([*items([m("a"), m(""), m("b")], BODY), P("after", BODY)]))
    assert [label.text for label in tree.all("Lbl")] == ["•", "•"]
    assert [p.text for p in tree.all("P")] == ["after"]


def test_a_link_over_two_lines_and_two_pages_is_one_element() -> None:
    words = m("a link of many words " * 40)
    tree = assert_tagged(
        build([Spacer(1, 640), P(m("before ") + link(words, "https://example.org") + m(" after"), BODY)])
    )
    (found,) = tree.all("Link")
    assert found.pages == {1, 2}
    assert found.links > 3
    assert " ".join(found.text.split()) == " ".join(["a link of many words"] * 40)
    assert tree.all("P")[0].text.startswith("before ")


def test_two_links_to_the_same_place_on_a_line_are_two_elements() -> None:
    pair = link("one", "https://example.org") + " and " + link("two", "https://example.org")
    tree = assert_tagged(build([P(pair, BODY)]))
    assert [(node.text, node.links) for node in tree.all("Link")] == [("one", 1), ("two", 1)]


def test_a_whole_paragraph_can_be_a_link() -> None:
    tree = assert_tagged(build([P(link(m("all of it " * 30), "mailto:a@example.org"), BODY)]))
    assert tree.all("P")[0].kids == tree.all("Link")


def test_a_span_names_its_language() -> None:
    tree = assert_tagged(build([P(m("Say ") + span(m("bore da"), "cy") + m("!"), BODY)]))
    assert [(node.lang, node.text, node.links) for node in tree.all("Span")] == [("cy", "bore da", 0)]
    assert tree.text == "Say bore da!"


def test_a_split_table_is_one_element_and_its_header_is_told_once() -> None:
    rows = [[m("Head"), link(m("Mark"), "https://example.org")]] + [[m(f"row {at}"), m(str(at))] for at in range(90)]
    grid, token = table(rows, cell=BODY, style=GRID, widths=[100, 100])
    tree = assert_tagged(build([Caption(m("Marks"), BODY, parent=token), grid]))
    (found,) = tree.all("Table")
    assert len(found.pages) == 3
    assert [head.text for head in found.all("THead")] == ["HeadMark"]
    assert len(found.all("TR")) == 91
    assert [kid.tag for kid in found.kids if isinstance(kid, Node)] == ["Caption", "THead", "TBody"]
    assert [cell.attributes["Scope"] for cell in found.all("TR")[5].all("TH")] == ["Row"]
    assert [node.links for node in found.all("Link")] == [1]


def test_spanned_cells_say_how_far_they_reach() -> None:
    rows = [[m("a"), m("b"), ""], [m("c"), m("d"), m("e")], ["", m("f"), m("g")]]
    grid, _token = table(rows, cell=BODY, style=[("SPAN", (1, 0), (2, 0)), ("SPAN", (0, 1), (0, 2))], widths=[90] * 3)
    (found,) = assert_tagged(build([grid])).all("Table")
    assert [cell.attributes for cell in found.all("TH")] == [
        {"Scope": "Column"},
        {"Scope": "Column", "ColSpan": "2"},
        {"Scope": "Row", "RowSpan": "2"},
    ]


def test_an_empty_cell_is_still_a_cell() -> None:
    grid, _token = table([[m("a"), m("b")], [m("c"), ""]], cell=BODY, style=GRID, widths=[90, 90])
    (found,) = assert_tagged(build([grid])).all("Table")
    assert [cell.text for cell in found.all("TD")] == [""]


def test_a_figure_tells_its_words_and_where_it_is() -> None:
    figure = Figure(chart(), alt="Three bars & a disc: “carers” (20)")
    tree = assert_tagged(build([figure, Caption(m("Bars"), BODY, parent=figure.token)]))
    (found,) = tree.all("Figure")
    assert found.alt == "Three bars & a disc: “carers” (20)"
    left, bottom, right, top = (float(edge) for edge in found.attributes["BBox"])
    assert (round(right - left), round(top - bottom)) == (300, 90)
    assert [node.text for node in found.all("Caption")] == ["Bars"]


def test_every_page_has_its_header_and_number_outside_the_tree() -> None:
    import pypdfium2

    pdf = build([P(m("word " * 2000), BODY)], header=("OFFICIAL – SENSITIVE", "Feedback"), footer="Keep until → May")
    tree = assert_tagged(pdf)
    assert "OFFICIAL" not in tree.text
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    for number in range(len(document)):
        shown = " ".join(document[number].get_textpage().get_text_bounded().split())
        assert f"Page {number + 1} of {len(document)}" in shown
        assert "OFFICIAL – SENSITIVE" in shown
        assert "Keep until → May" in shown
    document.close()
    assert len(document_pages(tree)) > 2


def test_a_long_header_wraps_and_takes_its_room_from_the_page() -> None:
    long, short = build([P("x", BODY)], header="word " * 60), build([P("x", BODY)], header="word")
    assert _top_of_body(long) < _top_of_body(short) - 20


def test_fonts_are_registered_once_and_found_in_a_checkout() -> None:
    from reportlab.pdfbase import pdfmetrics

    before = pdfmetrics.getFont(FACES.text)
    register(folder())
    assert pdfmetrics.getFont(FACES.text) is before
    assert (folder() / "fonts" / "OFL.txt").is_file()
    assert (folder() / "fonts" / "DejaVu-licence.txt").is_file()


def test_all_four_weights_are_to_be_had_in_markup() -> None:
    pdf = build([P(m("a ") + "<b>b</b> <i>c</i> <b><i>d</i></b>", BODY)])
    for face in (b"-Regular", b"-Bold", b"-Italic", b"-BoldItalic"):
        assert b"AtkinsonHyperlegibleNext" + face in pdf


def test_labels_for_one_font_lose_only_what_it_lacks() -> None:
    assert printable("Own → peer\u200b", FACES.text) == "Own ? peer"
    assert [font for font, _run in runs("a → b", FACES.text, FACES.fallback)] == [
        FACES.text,
        FACES.fallback,
        FACES.text,
    ]


@given(st.text(max_size=200))
def test_markup_never_asks_a_font_for_what_it_lacks(text: str) -> None:
    for font, run in runs(text, FACES.text, (FACES.fallback,)):
        assert coverage(font).issuperset(run)
    assert set(re.findall("<[^>]*>", markup(text, FACES.text))) <= {"<br/>", '<a href="turned:">', "</a>"}


def document_pages(tree: Node) -> set[int]:
    return {page for node in tree.all("P") for page in node.pages}


def _lines(paragraph: Paragraph) -> list[str]:
    if paragraph.blPara.kind == 0:
        return [" ".join(words) for _space, words in paragraph.blPara.lines]
    return ["".join(word.text for word in line.words).strip() for line in paragraph.blPara.lines]


def _top_of_body(pdf: bytes) -> float:
    import pypdfium2

    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    page = document[0].get_textpage()
    top = max(page.get_charbox(at)[3] for at in range(page.count_chars()) if page.get_text_range(at, 1) == "x")
    document.close()
    return float(top)


PIECES = st.lists(
    st.tuples(
        st.sampled_from(["text", "link", "span", "bold", "highlight", "break", "underline"]),
        st.sampled_from(
            ["care", "two words", " led ", "→", "x" * 120, "שלום עולם", "many words go over lines " * 9, " "]
        ),
    ),
    min_size=1,
    max_size=40,
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PIECES, st.sampled_from([0, 300, 610, 640]), st.sampled_from([0, TA_JUSTIFY, TA_CENTER]))
def test_any_mixture_of_markup_is_tagged_and_told_in_order(
    pieces: list[tuple[str, str]], above: int, alignment: int
) -> None:
    make = {
        "text": m,
        "link": lambda words: link(m(words), "https://example.org"),
        "span": lambda words: span(m(words), "cy"),
        "bold": lambda words: f"<b>{m(words)}</b>",
        "highlight": lambda words: highlight(m(words)),
        "break": lambda words: f"<br/>{m(words)}",
        "underline": lambda words: f"<u>{m(words)}</u>",
    }
    text = "start" + "".join(make[kind](words) for kind, words in pieces) + "end"
    style = ParagraphStyle("any", parent=BODY, alignment=alignment)
    tree = assert_tagged(build([Spacer(1, above), P(text, style)] if above else [P(text, style)]))
    (only,) = tree.all("P")
    expected = "start" + "".join(f" {words}" if kind == "break" else words for kind, words in pieces) + "end"
    assert " ".join(only.text.split()) == " ".join(expected.split())
    shown = sum(kind == "link" and bool(words.strip()) for kind, words in pieces)
    assert sum(bool(node.text.strip()) for node in tree.all("Link")) == shown
