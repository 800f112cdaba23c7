from __future__ import annotations

import io
import statistics
import time
from typing import Any

import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from cqcmock.reports.pdf.flowables import Figure, P, items
from cqcmock.reports.pdf.tables import table
from cqcmock.reports.pdf.text import highlight, markup
from tests.reports.pdf.stress import BODY, FACES, GRID, HEADS, build, chart, heading, m

QUESTIONS = 8
ANSWER = m("We listened to carers — 42 % said that the review helped, and one person told us why. " * 16)
HEARD = f"{m('heard ')}{highlight(m('unpaid carers'))}{m(' and → more, ')}<b>{m('bold')}</b>"
ROWS = [["Lens", "Own", "Peer", "Note"], *([f"lens {at}", "2", "3", "a short note about it"] for at in range(6))]
WIDTHS = [80, 50, 50, 200]
BULLET = ParagraphStyle("bullet", parent=BODY, leftIndent=14, bulletFontName=FACES.text)


def tagged_story() -> list[Any]:
    story: list[Any] = [heading("Feedback", 1)]
    for number in range(QUESTIONS):
        grid, _token = table([[m(cell) for cell in row] for row in ROWS], cell=BODY, style=GRID, widths=WIDTHS)
        story += [heading(f"Question {number}: tell me about Hertfordshire", 2), P(ANSWER, BODY), P(HEARD, BODY)]
        story += [*items([m(f"point {at}") for at in range(5)], BODY), grid, Figure(chart(), alt="Three bars.")]
    return story


def plain_story() -> list[Any]:
    def plain_heading(text: str, level: int) -> Paragraph:
        return Paragraph(markup(text, FACES.bold, FACES.fallback), HEADS[level])

    story: list[Any] = [plain_heading("Feedback", 1)]
    for number in range(QUESTIONS):
        cells = [[Paragraph(m(cell), BODY) for cell in row] for row in ROWS]
        story += [plain_heading(f"Question {number}: tell me about Hertfordshire", 2)]
        story += [Paragraph(ANSWER, BODY), Paragraph(HEARD, BODY)]
        story += [Paragraph(m(f"point {at}"), BULLET, bulletText="•") for at in range(5)]
        story += [Table(cells, style=list(GRID), repeatRows=1, colWidths=WIDTHS), chart()]
    return story


def build_tagged() -> bytes:
    return build(tagged_story(), header="OFFICIAL – SENSITIVE", footer="CQC Mock")


def build_plain() -> bytes:
    def running(canvas: Any, document: Any) -> None:
        canvas.setFont(FACES.text, 9)
        canvas.drawString(50, 820, "OFFICIAL – SENSITIVE")
        canvas.drawString(50, 20, f"CQC Mock, page {document.page}")

    out = io.BytesIO()
    template = SimpleDocTemplate(out, initialFontName=FACES.text)
    template.build(plain_story(), onFirstPage=running, onLaterPages=running)
    return out.getvalue()


@pytest.mark.slow
def test_tagging_a_report_costs_less_than_as_much_again() -> None:
    times: dict[Any, list[float]] = {build_plain: [], build_tagged: []}
    for turn in range(12):
        for make, taken in times.items():
            before = time.process_time()
            make()
            if turn > 1:
                taken.append(time.process_time() - before)
    assert statistics.median(times[build_tagged]) < 1.9 * statistics.median(times[build_plain])
