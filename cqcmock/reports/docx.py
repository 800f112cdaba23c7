"""A report's content as a Word document, for people who want to change it before they hand it on."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from io import BytesIO
from typing import Any, assert_never

from cqcmock.domain.english import shortened
from cqcmock.reports import content

LONGEST_TITLE = 250
"""Characters that a Word file takes for its title among its properties."""

FACE = "Arial"
"""A typeface that every office has: the program's own is not on the readers' machines."""

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Text as a Word file can hold it: what XML forbids becomes U+FFFD."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def render(document: content.Document) -> bytes:
    """The document as a .docx file; the same document always gives the same words."""
    import docx
    from docx.shared import Cm, Pt

    word = docx.Document()
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2.2)
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = FACE, Pt(12)
    normal.paragraph_format.space_after = Pt(6)
    _speak(word, document.language)
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3", "Quote", "List Bullet", "Caption"):
        _plain_face(word.styles[name])
    made = datetime.combine(document.made_on, time(), UTC).replace(tzinfo=None)
    core = word.core_properties
    core.title, core.language = clean(shortened(document.title, LONGEST_TITLE)), document.language
    core.author = core.comments = ""
    core.created = core.modified = made
    section.header.paragraphs[0].text = clean(
        " · ".join(filter(None, (document.classification, document.practice_words)))
    )
    section.footer.paragraphs[0].text = clean(document.retention)
    word.add_heading(clean(document.title), level=0)
    for block in document.all_blocks:
        _add(word, block)
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def _speak(word: Any, language: str) -> None:
    """Say which language the text is in, for spelling and for screen readers."""
    from docx.oxml.ns import qn

    properties = word.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    spoken = properties.find(qn("w:lang"))
    for key in ("w:val", "w:eastAsia"):
        spoken.set(qn(key), language)


def _plain_face(style: Any) -> None:
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    style.font.name = FACE
    style.font.italic = False
    style.font.color.rgb = RGBColor(0x0B, 0x55, 0x63) if style.name.startswith(("Heading", "Title")) else None
    fonts = style.element.rPr.rFonts
    for key in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(key), None)


def _add(word: Any, block: content.Block) -> None:  # noqa: C901 - one flat case a block
    match block:
        case content.Heading():
            heading = word.add_heading(clean(block.text), level=min(max(block.level - 1, 1), 3))
            heading.paragraph_format.page_break_before = block.new_page
        case content.Paragraph():
            _write(word.add_paragraph(), block.line)
        case content.Quote():
            for line in block.lines:
                _write(word.add_paragraph(style="Quote"), line)
        case content.BulletList():
            for item in block.items:
                _write(word.add_paragraph(style="List Bullet"), item)
        case content.Callout():
            word.add_paragraph().add_run(clean(block.title)).bold = True
            for line in block.lines:
                _write(word.add_paragraph(style="List Bullet"), line)
        case content.Facts():
            for name, value in block.pairs:
                _write(word.add_paragraph(), content.named(name, value))
        case content.Table():
            _table(word, block.caption, block.header, block.rows, block.shares)
        case content.Chart():
            rows = tuple((bar.label, bar.value_text, bar.target_text) for bar in block.bars)
            _table(word, block.title, ("", block.value_name, block.target_name), rows, (2, 1, 1))
        case content.WritingLines():
            _table(word, block.label, ("",), (("",),) * (block.lines - 1), (1,))
        case _:
            assert_never(block)


def _write(paragraph: Any, line: content.Line) -> None:
    for run in line:
        written = paragraph.add_run(clean(run.text))
        written.bold = run.look is not content.Look.PLAIN
        written.underline = run.look is content.Look.HEARD


def _table(
    word: Any, caption: str, header: tuple[str, ...], rows: tuple[tuple[str, ...], ...], shares: tuple[int, ...]
) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm

    said = word.add_paragraph(clean(caption), style="Caption")
    said.paragraph_format.keep_with_next = True
    table = word.add_table(rows=1, cols=len(header), style="Table Grid")
    table.autofit = False
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)  # noqa: SLF001 - python-docx has no other way
    for cell, text in zip(table.rows[0].cells, header, strict=True):
        cell.paragraphs[0].add_run(clean(text)).bold = True
    for row in rows:
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            cell.text = clean(text)
    whole = sum(shares)
    for row in table.rows:
        for cell, share in zip(row.cells, shares, strict=True):
            cell.width = Cm(16.6 * share / whole)
    word.add_paragraph()
