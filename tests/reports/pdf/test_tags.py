from __future__ import annotations

import io
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pdfua import Report, validate
from reportlab.graphics.shapes import Drawing, Rect, String
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import HRFlowable, Image, Paragraph, Table
from reportlab.platypus.flowables import Flowable

from cqcmock.reports.pdf.flowables import Caption, Figure, Heading, P, items
from cqcmock.reports.pdf.tables import table
from cqcmock.reports.pdf.tags import Artifact, TaggedCanvas, TaggingError
from cqcmock.reports.pdf.template import TaggedDocTemplate
from cqcmock.reports.pdf.text import anchor, highlight, link, markup
from tests.reports.pdf.readback import assert_tagged, dump
from tests.reports.pdf.stress import BODY, FACES, GRID, HEADS, build, chapter, heading, m, stress

GOLDEN = """\
Document
  Sect
    H1
      'Feedback'
    P
      'Tell me about '
      Link ->
        'Hertfordshire'
      '.'
    Sect
      H2
        'Actions'
      L ListNumbering=Decimal
        LI
          Lbl
            '1.'
          LBody
            'Ask carers → act'
            L ListNumbering=Decimal
              LI
                Lbl
                  '1.'
                LBody
                  'soon'
      Table
        THead
          TR
            TH Scope=Column
              'Lens'
            TH Scope=Column
              'Mark'
        TBody
          TR
            TH Scope=Row
              'Evidence'
            TD
      Figure alt='A box.' Placement=Block
        ''"""


class Untagged(Flowable):
    """Draws what it is told to, without a tag."""

    def __init__(self, *calls: tuple[str, tuple[Any, ...]]) -> None:
        super().__init__()
        self.calls = calls

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return 20, 20

    def draw(self) -> None:
        for name, arguments in self.calls:
            getattr(self.canv, name)(*arguments)


def box(font: str = FACES.text) -> Drawing:
    drawing = Drawing(60, 40)
    drawing.add(Rect(0, 0, 60, 40))
    drawing.add(String(5, 5, "box", fontName=font))
    return drawing


def checked(pdf: bytes, folder: Path) -> Report:
    path = folder / "checked.pdf"
    path.write_bytes(pdf)
    return validate(str(path))


def test_a_small_document_reads_back_as_the_tree_that_its_story_says() -> None:
    grid, _token = table([["Lens", "Mark"], ["Evidence", ""]], style=[("FONT", (0, 0), (-1, -1), FACES.text, 10)])
    tree = assert_tagged(
        build(
            [
                heading("Feedback", 1),
                P(m("Tell me about ") + link(m("Hertfordshire"), "https://example.org") + m("."), BODY),
                heading("Actions", 2),
                *items([(m("Ask carers → act"), [m("soon")])], BODY, ordered=True),
                grid,
                Figure(Drawing(60, 40, Rect(0, 0, 60, 40)), alt="A box."),
            ],
            footer="CQC Mock",
        )
    )
    assert dump(tree) == GOLDEN


@pytest.mark.parametrize("pdf", ["stress", "small"])
def test_the_pdfua_checker_finds_nothing_and_skips_nothing(pdf: str, tmp_path: Path) -> None:
    data = stress(2) if pdf == "stress" else build([heading("One", 1), P(m("two"), BODY)])
    report = checked(data, tmp_path)
    assert report.findings == ()
    assert report.skipped == ()
    assert len(report.outcomes) >= 12


def test_the_pdfua_checker_does_find_what_is_wrong(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    plain = Canvas(out)
    plain.drawString(50, 50, "untagged")
    plain.save()
    assert checked(out.getvalue(), tmp_path).findings


def test_the_same_story_makes_the_same_bytes() -> None:
    assert stress(1) == stress(1)


def test_the_same_story_makes_the_same_bytes_in_another_process() -> None:
    code = "import sys; from tests.reports.pdf.stress import stress; sys.stdout.buffer.write(stress(1))"
    root = Path(__file__).parents[3]
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=root,
            env={
                **os.environ,
                "PYTHONHASHSEED": seed,
                "PYTHONPATH": str(root),
                "SOURCE_DATE_EPOCH": seed,
                "TZ": f"A{seed}",
            },
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1] == stress(1)


def test_another_date_and_another_word_make_other_bytes() -> None:
    def made(word: str, day: int) -> bytes:
        return build([P(m(word), BODY)], created=datetime(2026, 11, day, tzinfo=UTC))

    assert len({made("a", 1), made("b", 1), made("a", 2)}) == 3
    assert b"D:20261101000000+00'00'" in made("a", 1)
    assert b"<xmp:CreateDate>2026-11-01T00:00:00Z</xmp:CreateDate>" in made("a", 1)


def test_text_armour_is_off() -> None:
    assert b"ASCII85Decode" not in build([P(m("a"), BODY)])


@pytest.mark.parametrize(
    ("flowable", "words"),
    [
        (Paragraph("plain", BODY), "without a tag"),
        (Paragraph("", ParagraphStyle("q", parent=BODY, backColor="#eeeeee"), bulletText="•"), "without a tag"),
        (Table([["plain"]], style=[("FONT", (0, 0), (-1, -1), FACES.text)]), "without a tag"),
        (Table([[P("a", BODY)]], style=list(GRID)), "without a tag"),
        (box(), "without a tag"),
        (Drawing(60, 40, Rect(0, 0, 60, 40)), "without a tag"),
        (HRFlowable(), "without a tag"),
        (Untagged(("rect", (0, 0, 5, 5))), "without a tag"),
        (Untagged(("drawString", (0, 0, "words"))), "without a tag"),
        (Untagged(("lines", ([(0, 0, 5, 5), (1, 1, 2, 2)],))), "without a tag"),
        (Untagged(("linearGradient", (0, 0, 5, 5, ("#000000", "#ffffff")))), "without a tag"),
        (Untagged(("linkURL", ("https://example.org", (0, 0, 5, 5)))), "no words"),
        (Untagged(("push", (None,))), "ends inside"),
    ],
)
def test_paint_without_a_tag_is_refused(flowable: Flowable, words: str) -> None:
    if isinstance(flowable, Paragraph) and not flowable.text:
        flowable = Paragraph("x", flowable.style, bulletText="•")
    with pytest.raises(TaggingError, match=words):
        build([flowable])


def test_an_image_without_a_figure_is_refused(tmp_path: Path) -> None:
    from PIL import Image as Pixels

    picture = tmp_path / "picture.png"
    Pixels.new("RGB", (4, 4), "red").save(picture)
    with pytest.raises(TaggingError, match="without a tag"):
        build([Image(str(picture), 40, 40)])
    tree = assert_tagged(build([Figure(Image(str(picture), 40, 40), alt="A red square.")]))
    assert [figure.alt for figure in tree.all("Figure")] == ["A red square."]


@pytest.mark.parametrize("levels", [(2,), (1, 3), (1, 2, 4), (1, 2, 1, 3)])
def test_a_skipped_heading_level_is_refused(levels: tuple[int, ...]) -> None:
    with pytest.raises(TaggingError, match="level"):
        build([Heading(m(f"h{level}"), HEADS[min(level, 3)], level=level) for level in levels])


@pytest.mark.parametrize(("words", "level"), [("", 1), ("  ", 1), ("x", 0), ("x", 7)])
def test_a_heading_without_words_or_level_is_refused(words: str, level: int) -> None:
    with pytest.raises(TaggingError, match="heading needs"):
        Heading(m(words), HEADS[1], level=level)


@pytest.mark.parametrize("alt", ["", "  \n"])
def test_a_figure_without_words_is_refused(alt: str) -> None:
    with pytest.raises(TaggingError, match="alternative text"):
        Figure(box(), alt=alt)


def cell(text: str, *style: tuple[Any, ...]) -> Table:
    grid, _token = table([[text]], style=style)
    return grid


@pytest.mark.parametrize(
    ("flowable", "code"),
    [
        (P("漢", BODY), "6F22"),
        (Figure(Drawing(9, 9, String(0, 0, "→", fontName=FACES.text)), alt="arrow"), "2192"),
        (cell("→", ("FONT", (0, 0), (-1, -1), FACES.text)), "2192"),
    ],
)
def test_a_character_without_a_glyph_is_refused_where_markup_was_bypassed(flowable: Flowable, code: str) -> None:
    with pytest.raises(TaggingError, match=rf"no glyph for U\+{code}"):
        build([flowable])


@pytest.mark.parametrize(
    "flowable",
    [Figure(box("Helvetica"), alt="a box"), P("a", ParagraphStyle("h", fontName="Helvetica")), cell("a")],
)
def test_text_in_a_font_that_is_not_embedded_is_refused(flowable: Flowable) -> None:
    with pytest.raises(TaggingError, match="is not embedded"):
        build([flowable])


def test_a_drawing_in_an_embedded_font_names_no_other() -> None:
    assert b"Helvetica" not in build([Figure(box(), alt="a box")])


def test_a_heading_in_a_table_is_refused() -> None:
    grid, _token = table([[heading("One", 1)]], widths=[200])
    with pytest.raises(TaggingError, match="inside another"):
        build([grid])


def test_a_caption_without_its_table_is_refused() -> None:
    _grid, token = table([[P("x", BODY)]])
    with pytest.raises(TaggingError, match="without its Table"):
        build([Caption(m("Marks"), BODY, parent=token)])


@pytest.mark.parametrize("change", [{"title": ""}, {"title": " "}, {"lang": ""}, {"lang": " "}])
def test_a_blank_title_or_language_is_refused(change: dict[str, str]) -> None:
    with pytest.raises(TaggingError, match=r"title|language"):
        build([P("a", BODY)], **change)


@pytest.mark.parametrize(("settings", "words"), [({"lang": "en-GB"}, "title"), ({}, "title")])
def test_a_bare_canvas_needs_title_and_language_too(settings: dict[str, str], words: str) -> None:
    canvas = TaggedCanvas(io.BytesIO(), initialFontName=FACES.text, **settings)
    with canvas.within(Artifact()):
        canvas.rect(0, 0, 5, 5)
    with pytest.raises(TaggingError, match=words):
        canvas.save()
    canvas = TaggedCanvas(io.BytesIO(), initialFontName=FACES.text)
    canvas.setTitle("t")
    with canvas.within(canvas.root, canvas.root):
        canvas.drawString(0, 0, "x")
    with pytest.raises(TaggingError, match="language"):
        canvas.save()


def test_an_empty_document_is_refused() -> None:
    with pytest.raises(TaggingError, match="empty"):
        build([P("", BODY)])


def test_a_refusal_leaves_no_file(tmp_path: Path) -> None:
    out = tmp_path / "report.pdf"
    for story in ([Paragraph("x", BODY)], [P(link("x", "#nowhere"), BODY)], [P("", BODY)], [HRFlowable()]):
        with pytest.raises(TaggingError):
            TaggedDocTemplate(out, title="t", lang="en-GB", font=FACES.text).build(list(story))
        assert not out.exists()
    TaggedDocTemplate(out, title="t", lang="en-GB", font=FACES.text).build([P("x", BODY)])
    assert_tagged(out.read_bytes())


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "//host/share", "example.org", "#", ""]
)
def test_a_link_to_anything_but_web_mail_and_anchors_is_refused(address: str) -> None:
    with pytest.raises(TaggingError, match="cannot lead to"):
        P(link("x", address), BODY)


def test_a_link_to_a_place_that_does_not_exist_is_refused() -> None:
    with pytest.raises(TaggingError, match="do not exist: nowhere"):
        build([P(link("x", "#nowhere"), BODY)])
    assert_tagged(build([P(anchor("here") + "x", BODY), P(link("x", "#here"), BODY)]))


def test_a_link_in_a_link_is_refused() -> None:
    with pytest.raises(TaggingError, match="inside another"):
        P(link("a" + link("b", "#c"), "#d"), BODY)


@pytest.mark.parametrize(
    "text",
    ["I said <ok> then left", '<img src="/etc/passwd"/>', "<onDraw name='x'/>", "<script>x</script>", "<!-- x -->"],
)
def test_text_that_was_not_escaped_is_refused(text: str) -> None:
    with pytest.raises(TaggingError, match="not escaped"):
        P(text, BODY)


@pytest.mark.parametrize("setting", [{"splitInRow": 1}, {"cornerRadii": (3, 3, 3, 3)}, {"shadow": 1}])
def test_what_a_table_cannot_tag_is_refused(setting: dict[str, Any]) -> None:
    with pytest.raises(TaggingError, match="cannot have"):
        table([["a"]], **setting)


def test_a_table_without_headers_is_refused() -> None:
    with pytest.raises(TaggingError, match="header"):
        table([["a"]], header_rows=0, header_cols=0)


def test_an_answer_in_a_table_cell_is_refused() -> None:
    with pytest.raises(TaggingError, match="Too long"):
        table([["a", "b" * 2001]])
    with pytest.raises(TaggingError, match="Too long"):
        table([["a", [P("x " * 2000, BODY)]]])


def test_a_style_that_varies_its_leading_is_refused() -> None:
    with pytest.raises(TaggingError, match="leading"):
        P("a", ParagraphStyle("a", parent=BODY, autoLeading="max"))


def test_a_header_with_more_than_text_is_refused() -> None:
    class Decorated(TaggedDocTemplate):
        def _draw_running(self, canvas: TaggedCanvas, page: int, pages: int) -> None:
            with canvas.within(Artifact("Pagination", "Header")):
                canvas.setFillColor("#00000080")
                canvas.setFillAlpha(0.5)
                canvas.rect(0, 0, 5, 5, fill=1)

    with pytest.raises(TaggingError, match="header or footer"):
        Decorated(io.BytesIO(), title="t", lang="en", font=FACES.text).build([P("x", BODY)])


def test_highlighted_and_ruled_paragraphs_keep_their_paint_out_of_the_tree() -> None:
    style = ParagraphStyle("boxed", parent=BODY, backColor="#eeeeee", borderColor="#000000", borderWidth=1)
    tree = assert_tagged(build([P("a " + highlight("b") + " <u>c</u> <strike>d</strike>", style)]))
    assert [p.text for p in tree.all("P")] == ["a b c d"]


def test_a_document_can_be_built_in_more_than_one_pass() -> None:
    from reportlab.platypus.flowables import Flowable as Plain

    class TwoPasses(Plain):
        passes = 0

        def isIndexing(self) -> int:  # noqa: N802
            return 1

        def isSatisfied(self) -> int:  # noqa: N802
            return int(self.passes > 1)

        def beforeBuild(self) -> None:  # noqa: N802
            type(self).passes += 1

        def afterBuild(self) -> None: ...  # noqa: N802

        def notify(self, kind: str, stuff: Any) -> None: ...

        def wrap(self, width: float, height: float) -> tuple[float, float]:
            return 0, 0

        def draw(self) -> None: ...

    story = chapter(1)
    expected = dump(assert_tagged(build(chapter(1))))
    out = io.BytesIO()
    TaggedDocTemplate(out, title="Feedback", lang="en-GB", font=FACES.text).multiBuild([TwoPasses(), *story])
    assert TwoPasses.passes > 1
    assert dump(assert_tagged(out.getvalue())) == expected


def test_markup_keeps_the_weight_of_its_font() -> None:
    assert markup("→", FACES.bold, FACES.fallback) == f'<font name="{FACES.fallback}-Bold">→</font>'
