"""The report as a PDF: tagged, complete, the same every time, and calm whatever people write."""

from __future__ import annotations

import ctypes
import hashlib
import io
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pdfua import validate

from cqcmock.reports.content import (
    BulletList,
    Callout,
    Chart,
    Document,
    Facts,
    Heading,
    Look,
    Paragraph,
    Quote,
    Run,
    Table,
    plain,
)
from cqcmock.reports.pdf.report import render
from tests.reports.documents import answered_with, report, worked
from tests.reports.hostile import HOSTILE, UNSHAPED
from tests.reports.pdf.readback import Node, assert_tagged
from tests.reports.plain_reportlab import render_plainly
from tests.reports.reading import lines_of, squeezed, text_of
from tests.reports.sittings import Asked, Said, question, sitting_of, worked_sitting

RESOURCES = Path(__file__).parents[2] / "resources"
LEAVES = frozenset(("H1", "H2", "H3", "H4", "P", "BlockQuote", "LI", "Caption", "TH", "TD", "Figure"))


def leaves(node: Node) -> Iterator[Node]:
    """The elements that hold words, in the order in which they are read aloud."""
    if node.tag == "Figure":
        yield from node.all("Caption")
    if node.tag in LEAVES:
        yield node
        return
    for kid in node.kids:
        if isinstance(kid, Node):
            yield from leaves(kid)


def told(node: Node) -> str:
    """What is read aloud for an element."""
    if node.tag == "LI":
        label, body = (kid for kid in node.kids if isinstance(kid, Node))
        name = squeezed(label.text)
        return squeezed(body.text) if name == "•" else f"{name}: {squeezed(body.text)}"
    return node.alt or squeezed(node.text)


def expected(document: Document) -> list[str]:
    """What should be read aloud for a report."""
    found = [document.title]
    for block in document.blocks:
        match block:
            case Table():
                found += [block.caption, *(cell for row in (block.header, *block.rows) for cell in row)]
            case Heading() | Paragraph() | Quote() | BulletList() | Facts() | Callout() | Chart():
                found += lines_of(block)
    return [squeezed(line) for line in found]


def pages(pdf: bytes) -> list[str]:
    """The text of each page, as another program copies it out."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return render(worked(), RESOURCES)


def test_everything_the_report_says_is_read_aloud_in_its_order(pdf: bytes) -> None:
    assert [told(node) for node in leaves(assert_tagged(pdf))] == expected(worked())


def test_each_block_is_what_it_is_for_a_screen_reader(pdf: bytes) -> None:
    tree, document = assert_tagged(pdf), worked()
    for level in (2, 3, 4):
        names = [block.text for block in document.blocks if isinstance(block, Heading) and block.level == level]
        assert [squeezed(node.text) for node in tree.all(f"H{level}")] == names
    quotes = [squeezed(text_of(line)) for block in document.blocks if isinstance(block, Quote) for line in block.lines]
    assert [squeezed(node.text) for node in tree.all("BlockQuote")] == quotes
    drawn = [block for block in document.blocks if isinstance(block, Chart)]
    assert [node.alt for node in tree.all("Figure")] == [chart.alternative for chart in drawn]
    for node, table in zip(tree.all("Table"), (b for b in document.blocks if isinstance(b, Table)), strict=True):
        assert len(node.all("TH")) == len(table.header) + len(table.rows)
        assert len(node.all("TD")) == (len(table.header) - 1) * len(table.rows)
        assert [squeezed(caption.text) for caption in node.all("Caption")] == [table.caption]


def test_the_pdfua_checker_finds_nothing_and_skips_nothing(pdf: bytes, tmp_path: Path) -> None:
    path = tmp_path / "feedback.pdf"
    path.write_bytes(pdf)
    report = validate(path)
    assert report.findings == ()
    assert report.skipped == ()
    assert len(report.outcomes) >= 12


def test_every_page_carries_classification_practice_words_retention_and_number(pdf: bytes) -> None:
    read = pages(pdf)
    assert 9 <= len(read) <= 13
    for number, text in enumerate(read, start=1):
        for words in (
            "OFFICIAL – SENSITIVE",
            "Practice feedback: not a CQC rating",
            "Keep until 21 May 2027",
            f"Page {number} of {len(read)}",
        ):
            assert words in squeezed(text)


def test_a_typed_classification_is_never_filled_in() -> None:
    document = report(sitting_of([], unasked=[question()]), classification="{page} of {pages} {x}")
    for number, text in enumerate(pages(render(document, RESOURCES)), start=1):
        assert "{page} of {pages} {x}" in squeezed(text)
        assert f"Page {number} of " in squeezed(text)


def test_every_word_of_the_answers_can_be_copied_out(pdf: bytes) -> None:
    words = set(re.findall(r"\w+", " ".join(pages(pdf))))
    for of_question in worked_sitting().state.takes:
        for take in of_question:
            for said in take.everything_said:
                assert set(re.findall(r"\w+", said)) <= words


def test_heard_words_are_bold_and_underlined(pdf: bytes) -> None:
    heard = replace(worked(), blocks=(Quote(lines=((Run("we asked "), Run("carers", Look.HEARD)),)),))
    quiet = replace(heard, blocks=(Quote(lines=(plain("we asked carers"),)),))
    assert _faces(render(heard, RESOURCES), "carers") == {"Bold"}
    assert _faces(render(quiet, RESOURCES), "carers") == {"Regular"}
    assert _strokes(render(heard, RESOURCES)) == _strokes(render(quiet, RESOURCES)) + 1


def _faces(data: bytes, word: str) -> set[str]:
    """The weights in which a word is set, from the names of its fonts."""
    document = pypdfium2.PdfDocument(data)
    text = document[0].get_textpage()
    start = text.get_text_range().index(word)
    found = set()
    for at in range(start, start + len(word)):
        name = ctypes.create_string_buffer(100)
        pypdfium2.raw.FPDFText_GetFontInfo(text, at, name, 100, None)
        found.add(name.value.decode().rsplit("-", 1)[-1])
    document.close()
    return found


def _strokes(data: bytes) -> int:
    with pikepdf.open(io.BytesIO(data)) as document:
        return sum(
            str(instruction.operator) == "S"
            for page in document.pages
            for instruction in pikepdf.parse_content_stream(page)
        )


@pytest.mark.parametrize("extra", range(0, 24, 2))
def test_no_heading_is_left_alone_at_the_foot_of_a_page(extra: int) -> None:
    document = worked()
    more = Quote(lines=tuple(plain(f"One more line, number {number}.") for number in range(extra)))
    tree = assert_tagged(
        render(replace(document, blocks=(*document.blocks[:3], more, *document.blocks[3:])), RESOURCES)
    )
    read = list(leaves(tree))
    for heading, following in pairwise(read):
        if heading.tag in ("H2", "H3", "H4"):
            assert max(heading.pages) == min(following.pages), f"{heading.text} stands alone"


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_people_write_stands_as_they_wrote_it(text: str) -> None:
    document = answered_with(text)
    data = render(document, RESOURCES)
    tree = assert_tagged(data)
    assert [squeezed(node.text) for node in tree.all("BlockQuote")] == [squeezed(text)] * 3
    assert [told(node) for node in leaves(tree)] == expected(document)
    assert b"/URI" not in data
    assert b"/JavaScript" not in data


@pytest.mark.parametrize("text", UNSHAPED.values(), ids=UNSHAPED)
def test_writing_that_the_fonts_do_not_hold_stops_no_report(text: str) -> None:
    tree = assert_tagged(render(answered_with(text), RESOURCES))
    assert len(tree.all("BlockQuote")) == 3
    for node in tree.all("BlockQuote"):
        assert set(re.findall("[a-z]+", text)) == set(re.findall("[a-z]+", node.text))


@pytest.mark.parametrize(
    "text",
    ["x" * 10_000, "word " * 3_000, "y" * 300_000, "word " * 60_000, "line\n" * 5_000],
    ids=["long word", "3,000 words", "huge word", "300,000 characters", "5,000 lines"],
)
def test_very_long_answers_are_set_whole_and_in_seconds(text: str) -> None:
    asked = Asked(question=question(), takes=(Said(answer=text),))
    sitting = sitting_of([asked])
    began = time.process_time()
    data = render(report(sitting), RESOURCES)
    assert time.process_time() - began < 15
    read = "".join(pages(data))
    assert len(re.findall("[a-z]", read)) > len(text.replace(" ", "").replace("\n", ""))


@pytest.mark.parametrize("text", ["x" * 10_000, "word " * 5_000, "many\nlines " * 200], ids=["word", "words", "lines"])
def test_very_long_texts_are_legitimate_wherever_people_write(text: str) -> None:
    document = answered_with(text)
    tree = assert_tagged(render(document, RESOURCES))
    assert [told(node).replace(" ", "") for node in leaves(tree)] == [
        line.replace(" ", "") for line in expected(document)
    ]


def test_links_lead_to_the_web_or_to_mail_and_nowhere_else() -> None:
    good = ("https://example.org/a?b=1&c=2", "HTTP://example.org", "mailto:a@example.org")
    bad = ("javascript:alert(1)", "file:///etc/passwd", r"\\server\x", "httpx:y", "#top")
    blocks = tuple(Paragraph(line=(Run("see "), Run("there", Look.PLAIN, address))) for address in (*good, *bad))
    data = render(replace(worked(), blocks=blocks), RESOURCES)
    assert [node.links for node in assert_tagged(data).all("Link")] == [1] * len(good)
    with pikepdf.open(io.BytesIO(data)) as document:
        assert tuple(str(link.A.URI) for page in document.pages for link in page.get("/Annots", ())) == good


def test_the_same_report_is_the_same_bytes(pdf: bytes) -> None:
    assert render(worked(), RESOURCES) == pdf
    assert render(replace(worked(), made_on=date(2026, 11, 23)), RESOURCES) != pdf


def test_the_bytes_do_not_hang_on_the_process_that_made_them(pdf: bytes) -> None:
    script = (
        "import hashlib; from tests.reports.documents import worked;"
        "from tests.reports.test_pdf_report import RESOURCES, render;"
        "print(hashlib.sha256(render(worked(), RESOURCES)).hexdigest())"
    )
    for seed in ("1", "2"):
        made = subprocess.run(
            [sys.executable, "-c", script],
            cwd=RESOURCES.parent,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert made.stdout.strip() == hashlib.sha256(pdf).hexdigest()


def test_tagging_costs_less_than_as_much_again_as_the_report_in_plain_reportlab(pdf: bytes) -> None:
    document = worked()

    def best(make: Any) -> float:
        times = []
        for _round in range(7):
            began = time.process_time()
            make()
            times.append(time.process_time() - began)
        return min(times)

    plainly = render_plainly(document, RESOURCES)
    assert len(pages(plainly)) == len(pages(pdf))
    assert best(lambda: render(document, RESOURCES)) <= 1.9 * best(lambda: render_plainly(document, RESOURCES))
