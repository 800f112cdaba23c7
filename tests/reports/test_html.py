"""The report as a page: accessible, complete, alone, and deaf to whatever markup people write."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcmock.reports.colours import DARK, LIGHT
from cqcmock.reports.content import Facts, Look, Paragraph, Run
from cqcmock.reports.html import escape, render
from cqcmock.reports.html_style import css_string
from tests.reports.documents import answered_with, worked
from tests.reports.hostile import HOSTILE, UNSHAPED
from tests.reports.reading import lines_of, squeezed

ROOT = Path(__file__).parents[2]
VOID = frozenset(("meta", "br", "hr", "img", "input", "link", "rect", "line", "col"))
ALLOWED = frozenset(
    (
        *("html", "head", "meta", "title", "style", "body", "header", "main", "footer", "div"),
        *("h1", "h2", "h3", "h4", "p", "blockquote", "ul", "li", "dl", "dt", "dd", "strong", "mark", "a"),
        *("table", "caption", "colgroup", "col", "thead", "tbody", "tr", "th", "td", "figure", "figcaption"),
        *("svg", "desc", "text", "rect", "line"),
    )
)


@dataclass
class Element:
    """One element of a page."""

    tag: str
    attributes: dict[str, str]
    kids: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(kid if isinstance(kid, str) else kid.text for kid in self.kids)

    def walk(self) -> Iterator[Element]:
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()

    def all(self, *tags: str) -> list[Element]:
        return [element for element in self.walk() if element.tag in tags]


class Reader(HTMLParser):
    """A strict reader: every tag that is opened is closed, in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("root", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _value in attrs}) == len(attrs), f"<{tag}> repeats an attribute"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].kids.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].kids.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].kids.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"A comment: {data!r}")


def read(page: str) -> Element:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert len(reader.open) == 1, f"<{reader.open[-1].tag}> is not closed"
    return reader.root


def assert_accessible(page: str) -> Element:
    """Hold a page against what every report must be."""
    root = read(page)
    (html,) = root.all("html")
    assert html.attributes["lang"] == "en-GB"
    assert len(root.all("title")) >= 1
    assert {element.tag for element in root.walk()} - {"root"} <= ALLOWED
    assert [len(root.all(tag)) for tag in ("h1", "main", "header", "footer")] == [1, 1, 1, 1]
    levels = [int(heading.tag[1]) for heading in root.all("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    for table in root.all("table"):
        assert isinstance(table.kids[1], Element)
        assert table.kids[1].tag == "caption"
        assert table.kids[1].text.strip()
        assert {th.attributes["scope"] for th in table.all("thead")[0].all("th")} == {"col"}
        assert not table.all("thead")[0].all("td")
        for row in table.all("tbody")[0].all("tr"):
            assert row.kids[0].attributes["scope"] == "row"  # type: ignore[union-attr]
            assert len(row.kids) == len(table.all("thead")[0].all("th"))
    ids = [element.attributes["id"] for element in root.walk() if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    for element in root.walk():
        assert not {"src", "srcset", "background", "action", "data", "poster"} & element.attributes.keys()
        assert not [name for name in element.attributes if name.startswith("on")]
        assert "href" not in element.attributes or element.attributes["href"].startswith("#")
        for name in ("aria-labelledby", "aria-describedby"):
            assert set(element.attributes.get(name, "").split()) <= set(ids)
        if element.tag == "svg":
            assert element.attributes["role"] == "img"
            assert element.attributes["aria-labelledby"]
            assert element.all("title")[0].text
            assert element.all("desc")[0].text
    style = root.all("style")[0].text
    assert "url(" not in style
    assert "@import" not in style
    return root


def test_the_worked_report_is_accessible_and_stands_alone() -> None:
    root = assert_accessible(render(worked()))
    assert len(root.all("svg")) == 2
    assert len(root.all("table")) == 4
    assert all(len(table.all("col")) == len(table.all("thead")[0].all("th")) for table in root.all("table"))


def test_the_page_says_everything_that_the_report_says_in_its_order() -> None:
    words = squeezed(read(render(worked())).all("main")[0].text)
    at = 0
    for block in worked().blocks:
        pairs = block.pairs if isinstance(block, Facts) else ()
        for line in [piece for pair in pairs for piece in pair] or lines_of(block):
            for piece in map(squeezed, line.split(" | ")):
                assert piece in words[at:], piece
                at = words.index(piece, at)


def test_the_classification_the_practice_words_and_the_retention_are_on_screen_and_on_every_printed_page() -> None:
    root = read(render(worked()))
    furniture = squeezed(root.all("header")[0].text + root.all("footer")[0].text)
    for words in ("Practice feedback: not a CQC rating", "OFFICIAL – SENSITIVE", "Keep until 21 May 2027"):
        assert words in furniture
        assert f"content: {css_string(words)};" in root.all("style")[0].text
    assert 'content: "Page " counter(page) " of " counter(pages);' in root.all("style")[0].text


def test_heard_words_are_told_by_weight_and_underline_and_never_by_colour_alone() -> None:
    root = read(render(worked()))
    assert "unpaid carers" in [mark.text for mark in root.all("mark")]
    rule = re.search(r"^mark \{(.*?)\}", root.all("style")[0].text, re.MULTILINE | re.DOTALL)
    assert rule
    assert "font-weight: 700" in rule[1]
    assert "text-decoration: underline" in rule[1]
    assert "background: none" in rule[1]


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_text_and_charts_stand_out_enough(colours: dict[str, str]) -> None:
    for text, ground in itertools.product(("ink", "quiet", "accent"), ("page", "card")):
        assert contrast(colours[text], colours[ground]) >= 4.5
    for text in ("ink", "accent"):
        assert contrast(colours[text], colours["tint"]) >= 4.5
    assert contrast(colours["bar"], colours["page"]) >= 3
    assert contrast(colours["bar"], colours["ink"]) >= 3
    assert contrast(colours["edge"], colours["page"]) >= 3


def test_every_colour_that_is_used_is_given_in_both_themes() -> None:
    style = read(render(worked())).all("style")[0].text
    assert set(re.findall(r"var\(--(\w+)\)", style)) <= LIGHT.keys()
    assert LIGHT.keys() == DARK.keys()


@pytest.mark.parametrize("text", [*HOSTILE.values(), *UNSHAPED.values()], ids=[*HOSTILE, *UNSHAPED])
def test_what_people_write_is_never_markup(text: str) -> None:
    root = assert_accessible(render(answered_with(text)))
    shown = squeezed(re.sub("[\x00-\x08\x0e-\x1f\x7f\ud800\uffff]", "\ufffd", text))
    assert [squeezed(quote.text) for quote in root.all("blockquote")] == [shown] * 3
    assert shown in squeezed(root.all("dd")[0].text)
    render(answered_with(text)).encode("utf-8")


@given(st.text(st.characters()))
def test_escaped_text_reads_back_as_it_was(text: str) -> None:
    page = f"<p>{escape(text)}</p>"
    page.encode("utf-8")
    cleaned = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", "\ufffd", text)
    assert read(page).text == cleaned
    assert "<" not in escape(text)


@given(st.text(st.characters()))
def test_a_css_string_cannot_be_left(text: str) -> None:
    written = css_string(text)
    assert re.fullmatch(r'"(?:[A-Za-z0-9 ]|\\[0-9a-f]{1,6} )*"', written)
    read_back = re.sub(r"\\([0-9a-f]+) ", lambda code: chr(int(code[1], 16)), written[1:-1])
    assert read_back == re.sub("[\x00\ud800-\udfff]", "\ufffd", text)


@pytest.mark.parametrize(
    "text",
    ["x" * 10_000, "word " * 3_000, "y" * 300_000, pytest.param("line\n" * 20_000, marks=pytest.mark.slow)],
    ids=["word", "words", "huge", "lines"],
)
def test_very_long_texts_are_rendered_whole_and_soon(text: str) -> None:
    began = time.process_time()
    page = render(answered_with(text))
    assert time.process_time() - began < 5
    assert page.count(text.split()[0]) >= len(text.split())
    assert_accessible(page)


@pytest.mark.parametrize(
    ("link", "works"),
    [
        ("https://example.org/a?b=1&c=\"2'", True),
        ("MAILTO:a@example.org", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("data:text/html,x", False),
        ("\\\\server\\share", False),
    ],
)
def test_only_addresses_of_the_web_and_mail_become_links(link: str, works: bool) -> None:
    document = replace(worked(), blocks=(Paragraph(line=(Run("there", Look.PLAIN, link),)),))
    links = read(render(document)).all("a")
    assert [element.attributes for element in links] == ([{"href": link, "rel": "noreferrer"}] if works else [])


def test_a_page_is_made_without_loading_the_pdf_layer() -> None:
    script = "import sys; import cqcmock.reports.feedback, cqcmock.reports.html; print('reportlab' in sys.modules)"
    made = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert made.stdout.strip() == "False"


def test_the_same_report_always_makes_the_same_page() -> None:
    assert render(worked()) == render(worked())
