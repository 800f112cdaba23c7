"""Posters for the room as a PDF: each question in the largest letters with which it stays whole on its page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab.lib.colors import toColor  # type: ignore[import-untyped]
from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
from reportlab.lib.units import mm  # type: ignore[import-untyped]
from reportlab.pdfbase.pdfmetrics import getFont, stringWidth  # type: ignore[import-untyped]
from reportlab.platypus.flowables import PageBreak, Spacer  # type: ignore[import-untyped]

from cqcmock.reports.cafe_posters import SIZES, Posters, size_words
from cqcmock.reports.colours import LIGHT
from cqcmock.reports.pdf.flowables import Heading, P
from cqcmock.reports.pdf.fonts import Faces, register
from cqcmock.reports.pdf.template import TaggedDocTemplate
from cqcmock.reports.pdf.text import markup, runs

LARGEST, SMALLEST = 240, 18
"""Sizes of type in points: no question is set larger or, unless it needs pages, smaller."""

_LEADING = 1.08
_BELOW = 0.2
"""What hangs below the last line, such as the tail of a g, over the size of its type."""

_LONGEST_WORD = 30
"""A word of more letters may be broken; the longest of the shipped questions has half as many."""

_MARGIN = 14 * mm
_FOOT = 12.0


def render(posters: Posters, resources_folder: Path) -> bytes:
    """The posters as a PDF/UA-1 file; the same posters always give the same bytes.

    `resources_folder` holds `fonts/`. Raises OSError where the fonts cannot be read.
    """
    faces = register(resources_folder)
    width, height = SIZES[posters.paper]
    out = BytesIO()
    template = TaggedDocTemplate(
        out,
        title=posters.title,
        lang="en-GB",
        font=faces.text,
        fallback=faces.fallback,
        header=(posters.classification, posters.words),
        footer=posters.retention,
        created=datetime.combine(posters.made_on, time(), UTC),
        pagesize=(width * mm, height * mm),
        margin=_MARGIN,
    )
    story: list[Any] = []
    for question in posters.questions:
        story += [PageBreak()] if story else []
        story += _poster(question, faces, template.width, template.height)
    template.build(story)
    return out.getvalue()


def letter_height(size: float, faces: Faces) -> float:
    """How high a capital letter of so many points is, in millimetres."""
    return float(getFont(faces.bold).face.capHeight / 1000 * size / mm)


def _poster(question: str, faces: Faces, width: float, height: float) -> list[Any]:
    room = height - 3 * _FOOT
    size = _largest(question, faces, width, room)
    heading = _heading(question, faces, size)
    below = _BELOW * size
    spare = max(0.0, room - heading.wrap(width, room)[1] - below) / 2
    foot = ParagraphStyle("foot", fontName=faces.text, fontSize=_FOOT, leading=_FOOT * 1.3)
    foot.textColor = toColor(LIGHT["quiet"])
    words = markup(size_words(letter_height(size, faces)), foot.fontName, faces.fallback)
    return [Spacer(0, spare), heading, Spacer(0, spare + below), P(words, foot)]


def _largest(question: str, faces: Faces, width: float, height: float) -> int:
    """The largest size with which the question stays on the page and no word is broken."""
    low, high = SMALLEST, LARGEST
    while low < high:
        middle = (low + high + 1) // 2
        if _fits(question, faces, middle, width, height):
            low = middle
        else:
            high = middle - 1
    return low


def _fits(question: str, faces: Faces, size: int, width: float, height: float) -> bool:
    words = (word for word in question.split() if len(word) <= _LONGEST_WORD)
    if _longest(words, faces, size) > width:
        return False
    return bool(_heading(question, faces, size).wrap(width, height)[1] + _BELOW * size <= height)


def _longest(words: Iterable[str], faces: Faces, size: int) -> float:
    return max(
        (sum(stringWidth(run, font, size) for font, run in runs(word, faces.bold, faces.fallback)) for word in words),
        default=0.0,
    )


def _heading(question: str, faces: Faces, size: int) -> Heading:
    style = ParagraphStyle(
        f"poster-{size}", fontName=faces.bold, fontSize=size, leading=size * _LEADING, textColor=toColor(LIGHT["ink"]),
        allowWidows=1, allowOrphans=1,
    )  # fmt: skip
    return Heading(markup(question, style.fontName, faces.fallback), style, level=1)
