"""Cards on A4, four to a page with cut marks; a card whose text is long is set smaller, or goes on on another card."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab.lib.colors import toColor  # type: ignore[import-untyped]
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
from reportlab.lib.units import mm  # type: ignore[import-untyped]
from reportlab.platypus.doctemplate import FrameBreak, PageTemplate  # type: ignore[import-untyped]
from reportlab.platypus.flowables import Flowable, Spacer  # type: ignore[import-untyped]
from reportlab.platypus.frames import Frame  # type: ignore[import-untyped]

from cqcmock.domain.english import shortened
from cqcmock.reports.cards import CARD_WORDS, Card, CardPart, Cards
from cqcmock.reports.colours import LIGHT
from cqcmock.reports.pdf.flowables import Heading, P, items
from cqcmock.reports.pdf.fonts import Faces, register
from cqcmock.reports.pdf.tags import LAYOUT, TaggedCanvas
from cqcmock.reports.pdf.template import TaggedDocTemplate
from cqcmock.reports.pdf.text import markup

_SIDE, _TOP = 10 * mm, 23 * mm
"""From the paper's edge to the first cut; above and below it there is room for the page's own lines."""
_PADDING = 7 * mm
_MARK = 5 * mm
_WIDTH, _HEIGHT = A4
CARD_WIDTH, CARD_HEIGHT = (_WIDTH - 2 * _SIDE) / 2, (_HEIGHT - 2 * _TOP) / 2
_ROOM = (CARD_WIDTH - 2 * _PADDING, CARD_HEIGHT - 2 * _PADDING)
_QUESTION_SIZES = (24, 21, 18, 16, 14, 12, 10.5)
_LINE_SIZES, _FOOT_SIZE = (10.5, 9.5, 9.0), 8.5
_LONGEST_REPEATED = 140

Story = list[Any]


def render(pack: Cards, resources_folder: Path) -> bytes:
    """The cards as a PDF/UA-1 file; the same pack always gives the same bytes.

    `resources_folder` holds `fonts/`. Raises OSError where the fonts cannot be read.
    """
    faces = register(resources_folder)
    out = BytesIO()
    template = _CardTemplate(
        out,
        title=pack.title,
        lang="en-GB",
        font=faces.text,
        fallback=faces.fallback,
        header=(pack.classification, CARD_WORDS),
        footer=pack.retention,
        created=datetime.combine(pack.made_on, time(), UTC),
        margin=_SIDE + _MARK,
    )
    story: Story = []
    for number, card in enumerate(pack.cards):
        for part, flowables in enumerate(_fitted(card, faces)):
            if number or part:
                story.append(FrameBreak())
            story += flowables
    template.build(story)
    return out.getvalue()


class _CardTemplate(TaggedDocTemplate):
    """Four frames a page, and marks where to cut."""

    def __init__(self, out: Any, **settings: Any) -> None:
        super().__init__(out, **settings)
        frames = [
            Frame(
                _SIDE + column * CARD_WIDTH, _TOP + row * CARD_HEIGHT, CARD_WIDTH, CARD_HEIGHT,
                leftPadding=_PADDING, rightPadding=_PADDING, topPadding=_PADDING, bottomPadding=_PADDING,
                id=f"card-{row}-{column}",
            )
            for row in (1, 0)
            for column in (0, 1)
        ]  # fmt: skip
        self.pageTemplates: list[Any] = []
        self.addPageTemplates(PageTemplate(id="cards", frames=frames, onPage=_cut_marks))


def _cut_marks(canvas: TaggedCanvas, _template: Any) -> None:
    with canvas.within(LAYOUT):
        canvas.saveState()
        canvas.setStrokeColor(toColor(LIGHT["edge"]))
        canvas.setLineWidth(0.5)
        for column in range(3):
            x = _SIDE + column * CARD_WIDTH
            for row in range(3):
                y = _TOP + row * CARD_HEIGHT
                canvas.line(x - _MARK / 2, y, x + _MARK / 2, y)
                canvas.line(x, y - _MARK / 2, x, y + _MARK / 2)
        canvas.restoreState()


def _fitted(card: Card, faces: Faces) -> Iterator[Story]:
    """The flowables of a card, or of as many as it takes."""
    sizes = [(size, _LINE_SIZES[0]) for size in _QUESTION_SIZES]
    if card.parts:
        sizes = [(max(size + 3.5, _QUESTION_SIZES[-1]), size) for size in _LINE_SIZES]
    for size, line_size in sizes:
        flowables = _flowables(card.question, card.parts, card.foot, faces, size, line_size)
        if _height(flowables) <= _ROOM[1]:
            yield _foot_down(flowables)
            return
    yield from _over_several(card, faces)


def _over_several(card: Card, faces: Faces) -> Iterator[Story]:
    """A card that is too long: its lines go on on further cards, each under the question's beginning."""

    def made(parts: list[CardPart], number: int) -> Story:
        question = card.question if number == 0 else f"{shortened(card.question, _LONGEST_REPEATED)} (continued)"
        return _flowables(question, tuple(parts), card.foot, faces, _QUESTION_SIZES[-1], _LINE_SIZES[-1])

    number, shown = 0, list[CardPart]()
    lines = [CardPart(heading=part.heading, lines=(line,)) for part in card.parts for line in part.lines]
    for part in lines:
        longer = _joined(shown, part)
        if shown and _height(made(longer, number)) > _ROOM[1]:
            yield _foot_down(made(shown, number))
            number, longer = number + 1, [part]
        shown = longer
    yield _foot_down(made(shown, number))


def _foot_down(flowables: Story) -> Story:
    spare = _ROOM[1] - _height(flowables)
    return [*flowables[:-1], Spacer(0, spare), flowables[-1]] if spare > 0 else flowables


def _joined(parts: list[CardPart], part: CardPart) -> list[CardPart]:
    if parts and parts[-1].heading == part.heading:
        return [*parts[:-1], CardPart(heading=part.heading, lines=(*parts[-1].lines, *part.lines))]
    return [*parts, part]


def _flowables(
    words: str, parts: tuple[CardPart, ...], small_print: str, faces: Faces, size: float, line_size: float
) -> Story:
    question = _style(faces, "question", size, bold=True)
    story: Story = [Heading(markup(words, question.fontName, faces.fallback), question, level=1)]
    small = _style(faces, "small-heading", line_size, bold=True)
    line = _style(faces, "line", line_size)
    for part in parts:
        story.append(Heading(markup(part.heading, small.fontName, faces.fallback), small, level=2))
        story += items([markup(text, line.fontName, faces.fallback) for text in part.lines], line)
    foot = _style(faces, "foot", _FOOT_SIZE, colour=LIGHT["quiet"])
    story.append(P(markup(small_print, foot.fontName, faces.fallback), foot))
    return story


@cache
def _style(faces: Faces, name: str, size: float, *, bold: bool = False, colour: str = LIGHT["ink"]) -> ParagraphStyle:
    return ParagraphStyle(
        f"{name}-{size}", fontName=faces.bold if bold else faces.text, fontSize=size, leading=size * 1.3,
        textColor=toColor(colour), spaceAfter=size * 0.25, bulletFontName=faces.text,
    )  # fmt: skip


def _height(story: Story) -> float:
    total = 0.0
    for flowable in story:
        assert isinstance(flowable, Flowable)
        total += flowable.wrap(_ROOM[0], _ROOM[1])[1] + flowable.getSpaceAfter() + flowable.getSpaceBefore()
    return total + 1
