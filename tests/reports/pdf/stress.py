"""A document that holds everything the tagged layer knows, split over pages wherever it can be."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from reportlab.graphics.shapes import Circle, Drawing, Line, Rect, String
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus.doctemplate import PageBreak
from reportlab.platypus.flowables import CondPageBreak, KeepTogether, Spacer

from cqcmock.reports.pdf.flowables import Caption, Figure, Heading, P, Rule, items
from cqcmock.reports.pdf.fonts import folder, register
from cqcmock.reports.pdf.tables import table
from cqcmock.reports.pdf.template import TaggedDocTemplate
from cqcmock.reports.pdf.text import anchor, highlight, link, markup, span

FACES = register(folder())
BODY = ParagraphStyle("body", fontName=FACES.text, fontSize=11, leading=15, spaceAfter=6)
QUOTE = ParagraphStyle(
    "quote", parent=BODY, leftIndent=12, backColor="#e6f0f1", borderPadding=4, borderColor="#0b5563", borderWidth=1
)
HEADS = {
    level: ParagraphStyle(f"h{level}", fontName=FACES.bold, fontSize=size, leading=size * 1.25, spaceBefore=8)
    for level, size in ((1, 20), (2, 16), (3, 13))
}
GRID = (("GRID", (0, 0), (-1, -1), 0.5, "#8c959f"), ("BACKGROUND", (0, 0), (-1, 0), "#e6f0f1"))
CREATED = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


def m(text: str) -> str:
    """Text as markup in this document's fonts."""
    return markup(text, FACES.text, FACES.fallback)


def heading(text: str, level: int) -> Heading:
    """A heading in this document's style."""
    return Heading(markup(text, FACES.bold, FACES.fallback), HEADS[level], level=level)


def build(story: Sequence[Any], **settings: Any) -> bytes:
    """The story as a PDF."""
    out = io.BytesIO()
    settings = {"title": "Feedback", "lang": "en-GB", "font": FACES.text, "created": CREATED, **settings}
    TaggedDocTemplate(out, **settings).build(list(story))
    return out.getvalue()


def chart() -> Drawing:
    """A drawing with lines, shapes and an embedded font."""
    drawing = Drawing(300, 90)
    for at, value in enumerate((20, 60, 40)):
        drawing.add(Rect(20 + 60 * at, 15, 40, value))
        drawing.add(String(22 + 60 * at, 3, f"lens {at}", fontName=FACES.text, fontSize=9))
    drawing.add(Line(10, 15, 280, 15))
    drawing.add(Circle(250, 50, 20))
    return drawing


def chapter(number: int) -> list[Any]:
    """Six pages or so."""
    long = " ".join(f"Sentence {at} of chapter {number} says a little more about unpaid carers." for at in range(120))
    rows = [[m("Lens"), m("Own mark"), m("Peer’s mark → change")]]
    rows += [[m(f"Row {at}"), m(str(at % 4)), m(f"naïve ≥ {at} − 1")] for at in range(60)]
    grid, token = table(rows, cell=BODY, style=GRID, widths=[120, 80, 200])
    figure = Figure(chart(), alt=f"Marks of chapter {number}: lens 0 at 20, lens 1 at 60, lens 2 at 40.")
    wide, wide_token = table(
        [
            [m("Who"), m("Marks"), ""],
            [P(m("Nobody"), BODY), m("1"), [P(m("two"), BODY), P(link(m("three"), "https://example.org/3"), BODY)]],
            [m("Both"), m("4"), ""],
        ],
        cell=BODY,
        style=[*GRID, ("SPAN", (1, 0), (2, 0)), ("SPAN", (1, 2), (2, 2))],
        widths=[100, 100, 150],
    )
    return [
        heading(f"Chapter {number}", 1),
        P(anchor(f"chapter-{number}") + m("It begins ") + link(m("here"), "https://example.org/a?b=1&c=2") + m(", and ")
          + link(f"<b>{m('a longer link that goes over the end of the line, bold')}</b>", "https://example.org/b")
          + m(" follows; ") + span(m("croeso i Gymru"), "cy") + m(" ends it."), BODY),
        heading("What you said", 2),
        P(m(long), BODY),
        P(m("A quotation: ") + highlight(m("we listened to carers")) + " " + m("and acted. " * 40), QUOTE),
        heading("Lists", 3),
        *items([m("first " * 40), (m("second"), [m("inner → one"), (m("inner two"), [m("innermost " * 30)])]),
                m("third with ") + link(m("a link"), "mailto:carers@example.org")], BODY),
        *items([m(f"step {at}") for at in range(1, 12)], BODY, ordered=True),
        CondPageBreak(80),
        Caption(m(f"Table {number}. Marks"), BODY, parent=token),
        grid,
        Spacer(1, 8),
        KeepTogether([heading("Chart", 2), figure, Caption(m("Figure. Marks"), BODY, parent=figure.token)]),
        Rule(),
        Caption(m("Who marked"), BODY, parent=wide_token),
        wide,
        P(link(m("All of this paragraph leads back. " * 12), f"#chapter-{number}"), BODY),
        P(m("😀 שלום العربية 漢字 Łódź Şükrü Nguyễn – ½ → −"), BODY),
        P(m(long), BODY),
        PageBreak(),
    ]  # fmt: skip


def stress(chapters: int = 8) -> bytes:
    """The whole document: some fifty pages."""
    story = [flowable for number in range(1, chapters + 1) for flowable in chapter(number)]
    return build(
        story,
        header=("OFFICIAL – SENSITIVE: practice feedback, not a CQC rating, kept until 21 May 2027 " * 2, "Feedback"),
        footer="CQC Mock",
    )
