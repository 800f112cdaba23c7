"""A report's content as an accessible PDF: the looks of it, and which flowable each block becomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, assert_never

from reportlab.lib.colors import toColor  # type: ignore[import-untyped]
from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
from reportlab.lib.units import mm  # type: ignore[import-untyped]
from reportlab.pdfbase.pdfmetrics import stringWidth  # type: ignore[import-untyped]
from reportlab.platypus.flowables import CondPageBreak, PageBreak, Spacer  # type: ignore[import-untyped]

from cqcmock.domain.english import shortened
from cqcmock.reports import content
from cqcmock.reports.colours import LIGHT
from cqcmock.reports.pdf.bars import Bars
from cqcmock.reports.pdf.flowables import Caption, Figure, Heading, Item, P, Rule, items
from cqcmock.reports.pdf.fonts import Faces, register
from cqcmock.reports.pdf.tables import table
from cqcmock.reports.pdf.tags import LAYOUT, Artifact, Token
from cqcmock.reports.pdf.template import TaggedDocTemplate
from cqcmock.reports.pdf.text import link, markup
from cqcmock.reports.type_sizes import sized

MARGIN = 20 * mm
INK, QUIET, ACCENT, TINT, HAIRLINE, EDGE = (
    LIGHT[name] for name in ("ink", "quiet", "accent", "tint", "hairline", "edge")
)
_KEPT_WHOLE = 100 * mm
"""A table no higher than this is not broken over two pages."""
_PADDING = 5.0
_HANDWRITING = 8 * mm
"""From one line that is written on to the next."""
_LONGEST_MEASURED = 500
_LONGEST_MARKING = 200

Story = list[Any]


def render(document: content.Document, resources_folder: Path, scale: float = 1.0) -> bytes:
    """The document as a PDF/UA-1 file; the same document always gives the same bytes.

    `resources_folder` holds `fonts/`. `scale` is the size of the type: 1.5 is large print. Raises OSError where the
    fonts cannot be read.
    """
    faces = register(resources_folder)
    looks = _looks(faces, scale)
    out = BytesIO()
    template = TaggedDocTemplate(
        out,
        title=document.title,
        lang=document.language,
        font=faces.text,
        fallback=faces.fallback,
        header=(shortened(document.classification, _LONGEST_MARKING), document.practice_words),
        footer=document.retention,
        created=datetime.combine(document.made_on, time(), UTC),
        margin=MARGIN,
        scale=scale,
    )
    pieces: list[_Piece] = []
    following: _Piece | None = None
    for block in reversed(document.all_blocks):
        following = _piece(block, following, looks, template.width)
        pieces.append(following)
    story: Story = [Heading(_words(document.title, looks, looks.title), looks.title, level=1)]
    for piece in reversed(pieces):
        story += piece.story
    template.build(story)
    return out.getvalue()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """The flowables of one block; `room` is the height in points that its beginning needs, so that no heading is left
    alone at the foot of a page. A piece that `continues` stays with the paragraph that leads up to it.
    """

    story: Story
    room: float
    continues: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looks:
    faces: Faces
    scale: float
    title: ParagraphStyle
    headings: tuple[ParagraphStyle, ...]
    body: ParagraphStyle
    lead: ParagraphStyle
    quiet: ParagraphStyle
    large: ParagraphStyle
    quote: ParagraphStyle
    bullets: ParagraphStyle
    facts: ParagraphStyle
    caption: ParagraphStyle
    cell: ParagraphStyle
    cell_right: ParagraphStyle
    head: ParagraphStyle
    head_right: ParagraphStyle
    callout: ParagraphStyle
    callout_title: ParagraphStyle

    def heading(self, level: int) -> ParagraphStyle:
        return self.headings[min(level, len(self.headings) + 1) - 2]

    def paragraph(self, voice: content.Voice) -> ParagraphStyle:
        return {
            content.Voice.BODY: self.body,
            content.Voice.LEAD: self.lead,
            content.Voice.QUIET: self.quiet,
            content.Voice.LARGE: self.large,
        }[voice]


_LETTERS, _LENGTHS = ("fontSize", "bulletFontSize"), ("spaceBefore", "spaceAfter", "leftIndent", "rightIndent")


@cache
def _looks(faces: Faces, scale: float = 1.0) -> _Looks:
    def large(settings: dict[str, Any]) -> dict[str, Any]:
        """The settings of a style, its lines as far apart as its letters are large."""
        made = {name: value * scale if name in _LENGTHS else value for name, value in settings.items()}
        made |= {name: sized(settings[name], scale) for name in _LETTERS if name in settings}
        if "leading" in settings:
            made["leading"] = settings["leading"] * made["fontSize"] / settings["fontSize"]
        return made

    body = ParagraphStyle("body", **large({
        "fontName": faces.text, "fontSize": 12, "leading": 16, "textColor": toColor(INK), "spaceAfter": 5,
        "allowWidows": 0, "allowOrphans": 0, "bulletFontName": faces.text,
    }))  # fmt: skip

    def style(name: str, parent: ParagraphStyle = body, **settings: Any) -> ParagraphStyle:
        return ParagraphStyle(name, parent=parent, **large(settings))

    bold = faces.bold
    cell = style("cell", fontSize=10.5, leading=13.5, spaceAfter=0)
    head = style("head", cell, fontName=bold)
    callout = style("callout", leftIndent=12, rightIndent=12, spaceAfter=0)
    return _Looks(
        faces=faces,
        scale=scale,
        title=style("title", fontName=bold, fontSize=25, leading=30, textColor=toColor(ACCENT), spaceAfter=8),
        headings=(
            style(
                "h2", fontName=bold, fontSize=17, leading=22, textColor=toColor(ACCENT), spaceBefore=16, spaceAfter=4
            ),
            style("h3", fontName=bold, fontSize=13, leading=17, spaceBefore=8, spaceAfter=3),
            style("h4", fontName=bold, fontSize=12, leading=16, spaceBefore=6, spaceAfter=2),
        ),
        body=body,
        lead=style("lead", fontSize=14, leading=20),
        quiet=style("quiet", fontSize=10.5, leading=14.5, textColor=toColor(QUIET)),
        large=style("large", fontName=bold, fontSize=24, leading=32, spaceAfter=8),
        quote=style("quote", leftIndent=13, spaceAfter=6),
        bullets=style("bullets", spaceAfter=2),
        facts=style("facts", leftIndent=36 * mm, bulletFontName=bold, bulletFontSize=12, spaceAfter=1),
        caption=style("caption", fontName=bold, fontSize=10.5, leading=14, spaceBefore=8, spaceAfter=4),
        cell=cell,
        cell_right=style("cell-right", cell, alignment=2),
        head=head,
        head_right=style("head-right", head, alignment=2),
        callout=callout,
        callout_title=style("callout-title", callout, fontName=bold, textColor=toColor(ACCENT)),
    )


def _piece(block: content.Block, following: _Piece | None, looks: _Looks, column: float) -> _Piece:
    line = float(looks.body.leading)
    match block:
        case content.Heading():
            style = looks.heading(block.level)
            heading = Heading(_words(block.text, looks, style), style, level=block.level)
            room = heading.wrap(column, 0)[1] + style.spaceBefore + style.spaceAfter
            if block.new_page:
                return _Piece(story=[PageBreak(), heading], room=room)
            return _kept([heading], room, following)
        case content.Paragraph():
            style = looks.paragraph(block.voice)
            paragraph = P(_markup(block.line, looks), style)
            if following and following.continues:
                return _kept([paragraph], _start([paragraph], column, 3 * line), following)
            return _Piece(story=[paragraph], room=_start([paragraph], column, 3 * style.leading))
        case content.Quote():
            quote = _quote(block, looks)
            return _Piece(story=quote, room=_start(quote, column, 3 * line), continues=True)
        case content.BulletList():
            entries = items([_markup(item, looks) for item in block.items], looks.bullets)
            return _Piece(story=[*entries, Spacer(0, 6)], room=_start(entries, column, 3 * line), continues=True)
        case content.Facts():
            return _Piece(story=_facts(block, looks), room=3 * line)
        case content.Callout():
            return _Piece(story=_callout(block, looks), room=5 * line)
        case content.Table():
            return _table(block, looks, column)
        case content.Chart():
            return _chart(block, looks, column)
        case content.WritingLines():
            return _writing_lines(block, looks)
        case _:
            assert_never(block)


def _start(story: Story, column: float, most: float) -> float:
    """The height of these flowables, or `most` if they are higher: they may go on overleaf."""
    height = 0.0
    for flowable in story:
        height += flowable.wrap(column, 0)[1] + flowable.getSpaceAfter()
        if height >= most:
            return most
    return height


def _kept(story: Story, height: float, following: _Piece | None) -> _Piece:
    """Flowables that stay on one page with the beginning of what follows them."""
    room = height + (following.room if following else 0.0)
    return _Piece(story=[CondPageBreak(room), *story], room=room)


def _quote(block: content.Quote, looks: _Looks) -> Story:
    last = len(block.lines) - 1
    made: Story = [
        Grounded(_markup(line, looks), looks.quote, tag="BlockQuote", bar=EDGE, below=0 if at == last else 6)
        for at, line in enumerate(block.lines)
    ]
    return [*made, Spacer(0, 5)]


def _facts(block: content.Facts, looks: _Looks) -> Story:
    whole = Token(tag="L", attributes="<</O /List /ListNumbering /None>>")
    made: Story = [
        Item(_words(value, looks, looks.facts), looks.facts, bullet=name, item=Token(tag="LI", parent=whole))
        for name, value in block.pairs
    ]
    return [*made, Spacer(0, 6)]


def _callout(block: content.Callout, looks: _Looks) -> Story:
    lines = [(_words(block.title, looks, looks.callout_title), looks.callout_title)]
    lines += [(_markup(line, looks), looks.callout) for line in block.lines]
    last = len(lines) - 1
    made: Story = [
        Grounded(text, style, ground=TINT, above=7 if at == 0 else 0, below=9 if at == last else 0)
        for at, (text, style) in enumerate(lines)
    ]
    return [CondPageBreak(5 * looks.body.leading), Spacer(0, 6), *made, Spacer(0, 8)]


def _table(block: content.Table, looks: _Looks, column: float) -> _Piece:
    def cells(row: Sequence[str], plain: ParagraphStyle, right: ParagraphStyle) -> list[P]:
        styles = [right if at in block.numeric else plain for at in range(len(row))]
        return [P(_words(text, looks, style), style) for text, style in zip(row, styles, strict=True)]

    rows = [cells(block.header, looks.head, looks.head_right)]
    rows += [cells(row, looks.cell, looks.cell_right) for row in block.rows]
    flowable, token = table(
        rows,
        header_rows=1,
        header_cols=1,
        widths=_widths(block, looks, column),
        style=[
            ("BACKGROUND", (0, 0), (-1, 0), toColor(TINT)),
            ("LINEBELOW", (0, 0), (-1, -1), 0.75, toColor(HAIRLINE)),
            ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
            ("VALIGN", (0, 1), (-1, -1), "TOP"),
            ("TOPPADDING", (0, 0), (-1, -1), 3),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
            ("LEFTPADDING", (0, 0), (-1, -1), _PADDING),
            ("RIGHTPADDING", (0, 0), (-1, -1), _PADDING),
        ],
    )
    caption = Caption(_words(block.caption, looks, looks.caption), looks.caption, parent=token)
    height = flowable.wrap(column, _KEPT_WHOLE)[1] + 2 * looks.caption.leading
    room = height if height <= _KEPT_WHOLE else 7 * looks.body.leading
    return _Piece(story=[CondPageBreak(room), caption, flowable, Spacer(0, 10)], room=room)


def _widths(block: content.Table, looks: _Looks, column: float) -> list[float]:
    """Widths by the table's shares, but no column narrower than its longest word, if the others can spare it."""
    whole = sum(block.shares)
    widths = [column * share / whole for share in block.shares]
    most = column / len(widths)
    needed = [
        min(most, max(_longest_word(row[at], looks.head) for row in (block.header, *block.rows)) + 2 * _PADDING + 1)
        for at in range(len(widths))
    ]
    missing = sum(max(0.0, need - width) for need, width in zip(needed, widths, strict=True))
    spare = sum(max(0.0, width - need) for need, width in zip(needed, widths, strict=True))
    given = min(1.0, missing / spare) if spare else 0.0
    taken = min(1.0, spare / missing) if missing else 0.0
    return [
        width + (need - width) * (taken if need > width else given) for need, width in zip(needed, widths, strict=True)
    ]


def _longest_word(text: str, style: ParagraphStyle) -> float:
    words = text[:_LONGEST_MEASURED].split()
    return max((float(stringWidth(word, style.fontName, style.fontSize)) for word in words), default=0.0)


def _chart(block: content.Chart, looks: _Looks, column: float) -> _Piece:
    figure = Figure(Bars(block, looks.faces.text, looks.scale), alt=block.alternative)
    caption = Caption(_words(block.title, looks, looks.caption), looks.caption, parent=figure.token)
    room = figure.wrap(column, 0)[1] + 3 * looks.caption.leading
    return _Piece(story=[CondPageBreak(room), caption, Spacer(0, 2), figure, Spacer(0, 8)], room=room)


def _writing_lines(block: content.WritingLines, looks: _Looks) -> _Piece:
    label = P(f"<b>{_words(block.label, looks, looks.head)}</b>", looks.body)
    apart = _HANDWRITING * looks.scale
    rules: Story = [flowable for _ in range(block.lines) for flowable in (Spacer(0, apart), Rule(QUIET, space=0))]
    room = min(_KEPT_WHOLE, 2 * looks.body.leading + block.lines * (apart + 1))
    return _Piece(story=[CondPageBreak(room), Spacer(0, 4), label, *rules, Spacer(0, 8)], room=room)


class Grounded(P):
    """A paragraph with a bar at its left or a ground behind it, `above` and `below` it by so many points."""

    def __init__(
        self,
        text: str,
        style: ParagraphStyle,
        *,
        tag: str = "",
        bar: str = "",
        ground: str = "",
        above: float = 0,
        below: float = 0,
    ) -> None:
        super().__init__(text, style, tag=tag)
        self.bar, self.ground, self.above, self.below = bar, ground, above, below
        self.room_below = 0.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        size = super().wrap(width, height)
        self.room_below = max(0.0, height - size[1])
        return size

    def split(self, width: float, height: float) -> list[P]:
        parts = super().split(width, height)
        if len(parts) == 2:
            first, rest = parts
            assert isinstance(first, Grounded)
            assert isinstance(rest, Grounded)
            first.below = rest.above = 0
        return parts

    def draw(self) -> None:
        canvas = self.canv
        colour = self.bar or self.ground
        if not isinstance(canvas.settle(None), Artifact):
            with canvas.within(LAYOUT):
                canvas.saveState()
                canvas.setFillColor(toColor(colour))
                width = 2.5 if self.bar else self.width
                below = min(self.below, self.room_below)  # nothing hangs over the foot of the page
                canvas.rect(0, -below, width, self.height + self.above + below, stroke=0, fill=1)
                canvas.restoreState()
        super().draw()


def _words(text: str, looks: _Looks, style: ParagraphStyle) -> str:
    return markup(text, style.fontName, looks.faces.fallback)


def _markup(line: content.Line, looks: _Looks) -> str:
    return "".join(_run(run, looks.faces) for run in line)


def _run(run: content.Run, faces: Faces) -> str:
    words = markup(run.text, faces.text if run.look is content.Look.PLAIN else faces.bold, faces.fallback)
    match run.look:
        case content.Look.STRONG:
            words = f"<b>{words}</b>"
        case content.Look.HEARD:
            words = f"<b><u>{words}</u></b>"
        case content.Look.PLAIN:
            pass
    return link(words, run.address) if run.address else words
