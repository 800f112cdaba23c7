from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.platypus import KeepTogether, PageBreak

from cqcmock.reports.pdf.flowables import Caption, Figure, P, Rule, items
from cqcmock.reports.pdf.tables import table
from cqcmock.reports.pdf.text import link
from tests.reports.pdf.readback import Node, assert_tagged, read
from tests.reports.pdf.stress import BODY, GRID, QUOTE, build, chapter, chart, heading, m, stress
from tests.some_quickly import some_quickly

Damage = Callable[[pikepdf.Pdf], None]


def sample() -> bytes:
    return build([*chapter(1)[:-1]], footer="x")


def damaged(damage: Damage) -> bytes:
    """The sample with something wrong in it."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(sample())) as document:
        damage(document)
        document.save(out)
    return out.getvalue()


def stream(old: bytes, new: bytes, page: int = 0) -> Damage:
    """A damage to one page's content stream, which must really change it."""

    def damage(document: pikepdf.Pdf) -> None:
        contents = document.pages[page].Contents
        before = contents.read_bytes()
        assert old in before
        contents.write(before.replace(old, new, 1))

    return damage


def element(document: pikepdf.Pdf, tag: str) -> pikepdf.Object:
    return next(obj for obj in document.objects if isinstance(obj, pikepdf.Dictionary) and obj.get("/S") == f"/{tag}")


def untie_link(document: pikepdf.Pdf) -> None:
    del element(document, "Link").K[-1]


def wrong_parent(document: pikepdf.Pdf) -> None:
    element(document, "P").P = element(document, "H2")


def wrong_way_back(document: pikepdf.Pdf) -> None:
    numbers = document.Root.StructTreeRoot.ParentTree.Nums
    page = next(value for value in numbers if isinstance(value, pikepdf.Array) and len(value) > 2)
    page[0], page[1] = page[1], page[0]


def twice_owned(document: pikepdf.Pdf) -> None:
    heading_, paragraph = element(document, "H1"), element(document, "P")
    paragraph.K.append(heading_.K)


def drop_alt(document: pikepdf.Pdf) -> None:
    del element(document, "Figure").Alt


def drop_scope(document: pikepdf.Pdf) -> None:
    del element(document, "TH").A


def skip_level(document: pikepdf.Pdf) -> None:
    element(document, "H2").S = pikepdf.Name("/H5")


def repeat_header(document: pikepdf.Pdf) -> None:
    head = element(document, "THead")
    head.K = pikepdf.Array([head.K, head.K])


def second_head(document: pikepdf.Pdf) -> None:
    whole = element(document, "Table")
    whole.K.append(element(document, "THead"))


def narrow_row(document: pikepdf.Pdf) -> None:
    row = [obj for obj in document.objects if isinstance(obj, pikepdf.Dictionary) and obj.get("/S") == "/TR"][-1]
    row.K = row.K[0]


def text_in_list(document: pikepdf.Pdf) -> None:
    element(document, "LI").S = pikepdf.Name("/L")


def drop(*path: str) -> Damage:
    def damage(document: pikepdf.Pdf) -> None:
        holder: pikepdf.Object = document.Root
        for name in path[:-1]:
            holder = holder[name]
        del holder[path[-1]]

    return damage


def drop_tabs(document: pikepdf.Pdf) -> None:
    del document.pages[0].Tabs


def unembed(document: pikepdf.Pdf) -> None:
    for obj in document.objects:
        if isinstance(obj, pikepdf.Dictionary) and obj.get("/Type") == "/FontDescriptor":
            del obj["/FontFile2"]
            return


def forget_unicode(document: pikepdf.Pdf) -> None:
    for obj in document.objects:
        if isinstance(obj, pikepdf.Dictionary) and obj.get("/Type") == "/Font":
            del obj["/ToUnicode"]


def other_title(document: pikepdf.Pdf) -> None:
    document.docinfo["/Title"] = "Another"


def silent_annotation(document: pikepdf.Pdf) -> None:
    del document.pages[0].Annots[0].Contents


def lost_annotation(document: pikepdf.Pdf) -> None:
    del document.pages[0]["/Annots"]


def not_ua(document: pikepdf.Pdf) -> None:
    with document.open_metadata() as metadata:
        del metadata["pdfuaid:part"]


DAMAGES: dict[str, tuple[Damage, str]] = {
    "nested marks": (stream(b"/P <</MCID 1>> BDC", b"/P <</MCID 1>> BDC /Span <</MCID 99>> BDC"), "nested"),
    "paint outside": (stream(b"/P <</MCID 1>> BDC", b"0 0 5 5 re f /P <</MCID 1>> BDC"), "outside marked content"),
    "text outside": (stream(b"EMC", b"EMC BT (x) Tj ET"), "outside marked content"),
    "unclosed mark": (stream(b"EMC", b""), "nested"),
    "mark closed twice": (stream(b"EMC", b"EMC EMC"), "did not begin"),
    "mark over a text object": (stream(b"EMC\nET", b"ET EMC"), "text object ends inside"),
    "other number": (stream(b"/P <</MCID 1>> BDC", b"/P <</MCID 77>> BDC"), "does not paint MCID 1"),
    "same number twice": (stream(b"/Link <</MCID 2>> BDC", b"/Link <</MCID 1>> BDC"), "painted twice"),
    "no number": (stream(b"/P <</MCID 1>> BDC", b"/P BMC"), "without an MCID"),
    "other tag": (stream(b"/P <</MCID 1>> BDC", b"/Span <</MCID 1>> BDC"), "paints MCID 1 as Span"),
    "artifact instead": (stream(b"/P <</MCID 1>> BDC", b"/Artifact BMC"), "does not paint MCID 1"),
    "wrong parent": (wrong_parent, "point back at its parent"),
    "wrong parent tree": (wrong_way_back, "names another element"),
    "owned twice": (twice_owned, "under 2 elements"),
    "link not tied": (untie_link, "not tied to one Link"),
    "annotation without words": (silent_annotation, "has no words"),
    "annotation lost": (lost_annotation, "on no page"),
    "no alt": (drop_alt, "no words or no box"),
    "no scope": (drop_scope, "has no scope"),
    "level skipped": (skip_level, "follows H1"),
    "header told twice": (repeat_header, "tagged more than once"),
    "two heads": (second_head, "'THead': 2"),
    "row too narrow": (narrow_row, "columns wide"),
    "words in a list": (text_in_list, "L holds"),
    "no tabs": (drop_tabs, "no /Tabs"),
    "no language": (drop("/Lang"), "no language"),
    "not marked": (drop("/MarkInfo"), "not marked"),
    "no tree": (drop("/StructTreeRoot"), "no structure tree"),
    "no title shown": (drop("/ViewerPreferences"), "show the title"),
    "not declared": (not_ua, "does not declare"),
    "other title": (other_title, "not the document's"),
    "font not embedded": (unembed, "not embedded"),
    "no way to Unicode": (forget_unicode, "no way back"),
}


@pytest.mark.parametrize("name", some_quickly(DAMAGES, every=4))
def test_each_kind_of_damage_is_complained_of(name: str) -> None:
    damage, complaint = DAMAGES[name]
    _tree, problems = read(damaged(damage))
    assert any(complaint in problem for problem in problems), problems
    with pytest.raises(AssertionError, match=r".+"):
        assert_tagged(damaged(damage))


def test_an_undamaged_copy_is_not_complained_of() -> None:
    assert read(damaged(lambda _document: None))[1] == []


def test_an_untagged_document_is_complained_of() -> None:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(50, 50, "untagged")
    canvas.save()
    assert len(read(out.getvalue())[1]) > 5


def test_the_whole_stress_document_is_tagged_throughout() -> None:
    tree = assert_tagged(stress())
    sections = [node for node in tree.kids if isinstance(node, Node)]
    assert [section.tag for section in sections] == ["Sect"] * 8
    assert len(tree.pages) > 50
    for number, section in enumerate(sections, start=1):
        assert section.all("H1")[0].text == f"Chapter {number}"
        assert len(section.all("Table")) == 2
        assert len(section.all("Table")[0].pages) > 1
        assert sum(len(node.pages) > 1 for node in section.all("P")) >= 2
        assert [len(head.all("TR")) for head in section.all("THead")] == [1, 1]
        assert {node.text.strip() for node in section.all("Link")} >= {"here", "three", "a link"}


def test_words_are_read_in_the_order_of_the_story() -> None:
    tree = assert_tagged(
        build([heading("One", 1), P(m("two ") + link("three", "https://example.org") + " four", BODY)])
    )
    assert tree.text == "Onetwo three four"


def _rows(count: int) -> list[Any]:
    rows = [[m("Lens"), m("Mark")]] + [[m(f"row {at}"), m("→ words " * (at % 9))] for at in range(count)]
    grid, token = table(rows, cell=BODY, style=GRID, widths=[120, 200])
    return [Caption(m(f"Table of {count}"), BODY, parent=token), grid]


def _list(depth: int) -> list[Any]:
    entries: list[Any] = [m("innermost " * 20)]
    for level in range(depth):
        entries = [m(f"at {level}"), (m("with more under it " * 9), entries)]
    return list(items(entries, BODY, ordered=depth % 2 == 1))


def _picture(_size: int) -> list[Any]:
    figure = Figure(chart(), alt="Three bars.")
    return [figure, Caption(m("Bars"), BODY, parent=figure.token)]


BLOCKS: dict[str, Callable[[int], list[Any]]] = {
    "heading": lambda size: [heading(f"Heading {size}", 1)],
    "paragraph": lambda size: [P(m("Carers said → so. " * size * 5), BODY)],
    "quote": lambda size: [P(m("and acted " * size * 9), QUOTE, tag="BlockQuote")],
    "list": lambda size: _list(size % 4),
    "table": _rows,
    "picture": _picture,
    "rule": lambda _size: [Rule()],
    "together": lambda size: [KeepTogether([heading("Kept", 1), *_rows(size % 5)])],
    "break": lambda _size: [PageBreak()],
}


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(sorted(BLOCKS)), st.integers(1, 40)), min_size=1, max_size=12))
def test_any_story_is_tagged_throughout(blocks: list[tuple[str, int]]) -> None:
    story = [P("start", BODY)] + [flowable for kind, size in blocks for flowable in BLOCKS[kind](size)]
    tree = assert_tagged(build(story, header="OFFICIAL", footer="CQC Mock"))
    kinds = [kind for kind, _size in blocks]
    assert len(tree.all("Figure")) == kinds.count("picture")
    assert len(tree.all("Table")) == kinds.count("table") + kinds.count("together")
    assert len(tree.all("BlockQuote")) == kinds.count("quote")
    assert len(tree.all("H1")) == kinds.count("heading") + kinds.count("together")
