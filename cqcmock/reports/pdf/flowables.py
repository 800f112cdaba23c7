"""Paragraphs, headings, lists and figures that tag themselves, for stories on a TaggedCanvas.

Unlike reportlab's, a paragraph here breaks its lines once, a batch of words at a time, and a split hands the broken
lines on: an answer of a hundred pages takes seconds instead of minutes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy
from typing import Any

from reportlab.lib.colors import toColor  # type: ignore[import-untyped]
from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
from reportlab.platypus.flowables import Flowable  # type: ignore[import-untyped]
from reportlab.platypus.paragraph import (  # type: ignore[import-untyped]
    _FK_BREAK,
    Paragraph,
    ParaLines,
    _getFragWords,
    _HSFrag,
    _InjectedFrag,
    _SplitWord,
    _SplitWordEnd,
)
from reportlab.platypus.paragraph import split as split_words
from reportlab.platypus.paragraph import strip as strip_spaces

from cqcmock.reports.colours import LIGHT
from cqcmock.reports.pdf.right_to_left import typed
from cqcmock.reports.pdf.tags import LAYOUT, Artifact, TaggedCanvas, TaggedText, TaggingError, Target, Token
from cqcmock.reports.pdf.text import TURNED

_BATCH = 400  # words whose lines are broken at once: reportlab's breaker takes time with the square of them
_BULLET = "\N{BULLET}"
_KNOWN_TAGS = frozenset(
    ("a", "b", "br", "em", "font", "i", "link", "span", "strike", "strong", "sub", "sup", "super", "u")
)
_TAG = re.compile(r"<\s*/?\s*([A-Za-z!?][\w:-]*)")
_ADDRESS = re.compile(r"(https?://|mailto:|#)\S", re.IGNORECASE)
Entry = str | tuple[str, Sequence["Entry"]]


class P(Paragraph):  # type: ignore[misc]
    """A paragraph of markup, tagged P (or BlockQuote). Text from people goes through `markup` first.

    Raises TaggingError for tags that are not markup's: text that was not escaped would lose words in silence.
    """

    TAG = "P"

    def __init__(
        self, text: str, style: ParagraphStyle, *, bullet: str | None = None, token: Token | None = None, tag: str = ""
    ) -> None:
        _refuse_unescaped(text)
        if getattr(style, "autoLeading", "") not in ("", "off"):
            raise TaggingError(f"Style {style.name} varies its leading, which a split paragraph here cannot.")
        super().__init__(text, style, bulletText=bullet)
        self.frags: list[Any]
        self.bulletText: Any
        self.token = token or Token(tag=tag or self.TAG)
        self._source = self.frags
        self._broken_at: float | None = None
        self._joins: list[bool] = []
        self._piece = False
        self._target: Target = None
        self._give_links_tokens()

    @property
    def words(self) -> str:
        """The text without its markup."""
        pieces = (" " if hasattr(frag, "lineBreak") else getattr(frag, "text", "") for frag in self._source)
        return typed(" ".join("".join(pieces).split()))

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        if self._broken_at is not None and abs(self._broken_at - available_width) < 1e-6:
            return self.width, self.height
        if self._piece:
            raise TaggingError("The rest of a split paragraph cannot go into a frame of another width.")
        self.frags = self._source
        size: tuple[float, float] = super().wrap(available_width, available_height)
        self._broken_at = available_width
        return size

    def breakLines(self, width: Sequence[float]) -> Any:
        frags: list[Any] = self.frags
        if not frags:
            return super().breakLines(list(width))
        simple = len(frags) == 1 and not hasattr(frags[0], "cbDefn") and not hasattr(frags[0], "backColor")
        words = split_words(strip_spaces(frags[0].text)) if simple else _getFragWords(frags, width[0])
        if not words:
            return super().breakLines(list(width))
        lines: list[Any] = []
        self._joins = []
        rest: list[Any] = []
        bullet = self.bulletText
        for start in range(0, len(words), _BATCH):
            batch = rest + words[start : start + _BATCH]
            self.frags = [_worded(frags[0], batch)] if simple else batch
            self.bulletText = bullet if not lines else None
            broken = super().breakLines([width[0] if not lines else width[-1], width[-1]])
            joins = _simple_joins(broken.lines) if simple else _fragment_joins(broken.lines, self.frags)
            if start + _BATCH < len(words) and broken.lines:  # the last line may take words of the next batch
                unfinished = broken.lines.pop()
                joins.pop()
                rest = unfinished[1] if simple else self.frags[unfinished.sFW :]
            lines += broken.lines
            self._joins += joins
        if not simple:
            _unmark_line_ends(lines)
        self.frags, self.bulletText = frags, bullet
        if simple:
            return broken.clone(lines=lines)
        return ParaLines(kind=1, lines=lines)

    def split(self, available_width: float, available_height: float) -> list[P]:
        if self._broken_at is None:
            self.wrap(available_width, available_height)
        style, count = self.style, len(self.blPara.lines)
        fitting = int((available_height + 1e-6) / style.leading)
        if fitting >= count:
            return [self]
        if fitting < (1 if style.allowOrphans else 2):
            return []
        if not style.allowWidows and fitting == count - 1:
            if count <= 3 and not style.allowOrphans:
                return []
            fitting -= 1
        head, tail = self._part(0, fitting), self._part(fitting, count)
        last = self.blPara.lines[fitting - 1]
        head._JustifyLast = not getattr(last, "lineBreak", False)
        tail.bulletText = None
        if style.firstLineIndent:
            tail.style = copy(style)
            tail.style.firstLineIndent = 0
        return [head, tail]

    def beginText(self, x: float, y: float) -> TaggedText:
        return TaggedText(self.canv, x, y, self._target, iter(self._joins))

    def draw(self) -> None:
        canvas: TaggedCanvas = self.canv
        self._target = canvas.settle(None) or canvas.element(self.token)
        if isinstance(self._target, Artifact):
            super().draw()
            return
        with canvas.within(LAYOUT, self._target):
            super().draw()

    def _part(self, start: int, stop: int) -> P:
        part = copy(self)
        for name in ("_postponed", "_skipMeNextTime", "canv", "_frame"):
            part.__dict__.pop(name, None)
        part.blPara = self.blPara.clone(lines=self.blPara.lines[start:stop])
        part._joins = self._joins[start:stop]
        part._piece = True
        part.height = (stop - start) * self.style.leading
        return part

    def _give_links_tokens(self) -> None:
        known: dict[int, _Address] = {}
        blank = _blank_links(self._source)
        for frag in self._source:
            cell = getattr(frag, "cbDefn", None)
            if cell is not None and cell.kind != "anchor":
                raise TaggingError(f"A paragraph cannot hold <{cell.kind}>.")
            if not getattr(frag, "link", None):
                continue
            if frag.link[0][0] in blank:
                frag.link = []
                continue
            links = [mark for mark in frag.link if mark[1] != TURNED] or frag.link[:1]
            if len(links) > 1:
                raise TaggingError("A link or span stands inside another.")
            key, address = links[0]
            if key not in known:
                known[key] = _Address(address, self.token)
            frag.link = [(key, known[key])]
            if not hasattr(frag, "backColor"):
                frag.backColor = None  # makes reportlab go fragment by fragment, the only way it reports links


class Heading(P):
    """A heading of level 1 to 6: opens a section in the tree and in the bookmarks."""

    def __init__(self, text: str, style: ParagraphStyle, *, level: int) -> None:
        super().__init__(text, style, tag=f"H{level}")
        self.level = level
        if not 1 <= level <= 6 or not self.words:
            raise TaggingError(f"A heading needs words and a level from 1 to 6, not {self.words!r} and {level}.")

    def draw(self) -> None:
        canvas: TaggedCanvas = self.canv
        if canvas.settle(None) is None and not canvas.knows(self.token):
            canvas.open_section(self.level, self.words, self.height)
        super().draw()


class Caption(P):
    """The caption of a figure or table: `parent` is the token of either. Comes directly before or after it."""

    TAG = "Caption"

    def __init__(self, text: str, style: ParagraphStyle, *, parent: Token) -> None:
        super().__init__(text, style, token=Token(tag=self.TAG, parent=parent))


class Item(P):
    """One item of a list: `items` makes them."""

    def __init__(self, text: str, style: ParagraphStyle, *, bullet: str, item: Token) -> None:
        super().__init__(text, style, bullet=bullet, token=Token(tag="LBody", parent=item))
        self.label = Token(tag="Lbl", parent=item)

    def draw(self) -> None:
        canvas: TaggedCanvas = self.canv
        if self.bulletText and self.blPara.lines and canvas.settle(None) is None:
            canvas.label_next_text(canvas.element(self.label))
        super().draw()


def items(entries: Sequence[Entry], style: ParagraphStyle, *, ordered: bool = False) -> list[Item]:
    """A list of markup texts; an entry that is a pair (text, entries) has a list under it, at any depth."""
    return _items(entries, style, ordered, None, 1)


class Figure(Flowable):  # type: ignore[misc]
    """A drawing or image with the words that stand for it. Raises TaggingError if `alt` is blank."""

    def __init__(self, content: Flowable, *, alt: str) -> None:
        super().__init__()
        if not alt.strip():
            raise TaggingError("A figure has no alternative text.")
        self.content = content
        self.hAlign = getattr(content, "hAlign", "LEFT")
        self.spaceBefore, self.spaceAfter = content.getSpaceBefore(), content.getSpaceAfter()
        self.token = Token(tag="Figure", alt=alt)

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width, self.height = self.content.wrap(available_width, available_height)
        return self.width, self.height

    def draw(self) -> None:
        canvas: TaggedCanvas = self.canv
        elem = canvas.element(self.token)
        left, bottom = canvas.absolutePosition(0, 0)
        right, top = canvas.absolutePosition(self.width, self.height)
        box = f"{left:.2f} {bottom:.2f} {right:.2f} {top:.2f}"
        elem.attributes = f"<</O /Layout /Placement /Block /BBox [{box}]>>"
        with canvas.within(elem, elem):
            self.content.drawOn(canvas, 0, 0)


class Rule(Flowable):  # type: ignore[misc]
    """A line across the column: decoration, passed over by a screen reader. Lengths in points."""

    def __init__(self, colour: str = LIGHT["hairline"], *, thickness: float = 0.75, space: float = 6) -> None:
        super().__init__()
        self.colour, self.thickness = toColor(colour), thickness
        self.spaceBefore = self.spaceAfter = space

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width, self.height = available_width, self.thickness
        return self.width, self.height

    def draw(self) -> None:
        canvas: TaggedCanvas = self.canv
        with canvas.within(LAYOUT):
            canvas.saveState()
            canvas.setStrokeColor(self.colour)
            canvas.setLineWidth(self.thickness)
            canvas.line(0, 0, self.width, 0)
            canvas.restoreState()


class _Address(str):
    """Where a link leads, with its token. Blank for a span: reportlab then makes no annotation of it."""

    __slots__ = ("token",)
    token: Token

    def __new__(cls, address: str, paragraph: Token) -> _Address:
        if address == TURNED or address.startswith("lang:"):
            made = super().__new__(cls, "")
            made.token = Token(tag="Span", parent=paragraph, lang=address.removeprefix("lang:").replace(TURNED, ""))
            return made
        if not _ADDRESS.match(address):
            raise TaggingError(f"A link cannot lead to {address[:60]!r}.")
        made = super().__new__(cls, address)
        made.token = Token(tag="Link", parent=paragraph)
        return made


def _refuse_unescaped(text: str) -> None:
    unknown = {tag.lower() for tag in _TAG.findall(text)} - _KNOWN_TAGS
    if unknown:
        raise TaggingError(f"Not markup, so not escaped: <{sorted(unknown)[0]}> in {text[:60]!r}.")


def _blank_links(frags: list[Any]) -> set[int]:
    """The links around no words at all: a reader could neither see nor hear them."""
    words: dict[int, str] = {}
    for frag in frags:
        for key, _address in getattr(frag, "link", None) or ():
            words[key] = words.get(key, "") + getattr(frag, "text", "")
    return {key for key, text in words.items() if not text.strip()}


def _unmark_line_ends(lines: list[Any]) -> None:
    """A line's end is not part of a link or underline: reportlab copies them there, and loses the real one."""
    for line in lines:
        for word in line.words:
            if word._fkind == _FK_BREAK:
                word.link, word.us_lines, word.backColor = [], [], None


def _worded(frag: Any, words: list[str]) -> Any:
    worded = frag.clone(words=words)
    del worded.text
    return worded


def _simple_joins(lines: list[Any]) -> list[bool]:
    """Whether a space follows each line: not after the last, nor where a word was cut."""
    cut = [bool(words) and isinstance(words[-1], _SplitWord) and not isinstance(words[-1], _SplitWordEnd)
           for _space, words in lines]  # fmt: skip
    return [not is_cut for is_cut in cut[:-1]] + [False] * bool(lines)


def _fragment_joins(lines: list[Any], words: list[Any]) -> list[bool]:
    joins = []
    for line in lines[1:]:
        before = [word for word in words[max(0, line.sFW - 2) : line.sFW] if not isinstance(word, _InjectedFrag)]
        broken = line.sFW < len(words) and hasattr(words[line.sFW][1][0], "lineBreak")
        cut = bool(before) and not isinstance(before[-1], _HSFrag)
        joins.append((broken and not isinstance(words[line.sFW], _InjectedFrag)) or not cut)
    return joins + [False] * bool(lines)


def _items(
    entries: Sequence[Entry], style: ParagraphStyle, ordered: bool, parent: Token | None, depth: int
) -> list[Item]:
    numbering = "Decimal" if ordered else "Disc"
    whole = Token(tag="L", parent=parent, attributes=f"<</O /List /ListNumbering /{numbering}>>")
    step = style.fontSize * (2 if ordered else 1.4)
    indented = ParagraphStyle(
        f"{style.name}-item-{depth}",
        parent=style,
        leftIndent=style.leftIndent + step,
        bulletIndent=style.leftIndent,
        firstLineIndent=0,
        bulletFontName=style.fontName,
        bulletFontSize=style.fontSize,
    )
    made: list[Item] = []
    for count, entry in enumerate(entries, start=1):
        text, below = (entry, ()) if isinstance(entry, str) else entry
        item = Item(text, indented, bullet=f"{count}." if ordered else _BULLET, item=Token(tag="LI", parent=whole))
        made.append(item)
        if below:
            made += _items(below, indented, ordered, item.token, depth + 1)
    return made
