"""From a list of operators to marked content: where BDC and EMC go.

reportlab hands operators to a list. Marks dropped into the same list say wherever the structure element changes; when
the page ends, the marked-content operators go round each painted stretch between two marks. So nothing nests, nothing
is empty, and paint without a tag is an error instead of a silent gap.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfgen.textobject import PDFTextObject  # type: ignore[import-untyped]

from cqcmock.reports.pdf.fonts import coverage
from cqcmock.reports.pdf.right_to_left import painted
from cqcmock.reports.pdf.structure import Artifact, Elem, TaggingError

if TYPE_CHECKING:
    from cqcmock.reports.pdf.tags import TaggedCanvas

Target = Elem | Artifact | None

_PAINTS = ("S", "s", "f", "f*", "F", "B", "B*", "b", "b*", "sh", "Do", "EI", "Tj", "TJ", "Tj T*", "TJ T*")
_PAINT = frozenset(_PAINTS)
_PAINT_END = tuple(f" {operator}" for operator in _PAINTS)
_STATES = (
    *("q", "Q", "cm", "rg", "RG", "g", "G", "k", "K", "w", "J", "j", "M", "d", "gs", "cs", "CS", "sc", "SC"),
    *("scn", "SCN", "BT", "ET", "Tf", "TL", "Tm", "Td", "Ts", "Tc", "Tw", "Tz", "Tr"),
)
_STATE = frozenset((*_STATES, "", " "))
_STATE_END = tuple(f" {operator}" for operator in _STATES)


def marked_content(code: list[str], page: str, marks: list[Elem]) -> list[str]:
    """The page's operators with the marked content in place; `marks` takes the element of each MCID in turn.

    Raises TaggingError for paint that has no tag.
    """
    out: list[str] = []
    target: Target = None
    stretch: list[str] = []
    for entry in code:
        if isinstance(entry, Switch):
            if stretch:
                _mark(stretch, target, page, marks, out)
                stretch = []
            target = entry.target
            if isinstance(target, Elem) and target.keep:
                target.attach()
        else:
            stretch.append(entry)
    _mark(stretch, target, page, marks, out)
    return out


class Switch(str):
    """A mark in a list of operators: from here on the paint belongs to `target`. Empty, so harmless to reportlab."""

    __slots__ = ("target",)
    target: Target

    def __new__(cls, target: Target) -> Switch:
        mark = super().__new__(cls, "")
        mark.target = target
        return mark


class CheckedText(PDFTextObject):  # type: ignore[misc]
    """Text that refuses what a reader could not get back: unembedded fonts, missing glyphs, words without a tag."""

    painted = False

    def _formatText(self, text: str) -> str:
        if text:
            text = painted(text)
            canvas: TaggedCanvas = self._canvas
            if canvas.target is None:
                raise TaggingError(f"Text is drawn without a tag: {text[:60]!r}.")
            if not pdfmetrics.getFont(self._fontname)._dynamicFont:
                raise TaggingError(f"{self._fontname} is not embedded; it is asked to show {text[:60]!r}.")
            known = coverage(self._fontname)
            if not known.issuperset(text):
                missing = ", ".join(f"U+{ord(letter):04X}" for letter in sorted(set(text) - known))
                raise TaggingError(f"{self._fontname} has no glyph for {missing} in {text[:60]!r}.")
            self.painted = True
        return str(super()._formatText(text))

    def pieces(self) -> list[str]:
        """The finished operators, as entries for the canvas."""
        return [Painted(self.getCode()) if self.painted else self.getCode()]


class Painted(str):
    """An entry that is known to paint, whatever operator it ends with."""

    __slots__ = ()


class TaggedText(CheckedText):
    """A paragraph's text: belongs to one element, with links and spans inside it as elements of their own.

    `joins` says for each line whether a space follows it: reportlab drops the space where a line breaks, and a reader
    would otherwise hear two words as one. A word cut in two by the end of a line gets none.
    """

    def __init__(self, canvas: TaggedCanvas, x: float, y: float, target: Target, joins: Iterator[bool]) -> None:
        super().__init__(canvas, x, y)
        self._target = target
        self._joins = joins
        self._inside: Elem | None = None
        self._outer = canvas.target
        self._last_text = ""

    def textOut(self, text: str) -> None:
        self._begin(text)
        super().textOut(text)

    def _begin(self, text: str) -> None:
        if text and not self.painted:
            self._code.append(Switch(self._target))

    def _textOut(self, text: str, line_ends: int = 0) -> None:
        if line_ends and next(self._joins, False):
            text += " "
        self._begin(text)
        super()._textOut(text, line_ends)
        self._last_text = text
        if self._inside is not None:
            self._inside.words.append(text)

    def _linkRecord(self, link: tuple[int, Any], event: str) -> None:
        """Called by reportlab after the first fragment of a link or span, and before whatever follows the last."""
        canvas: TaggedCanvas = self._canvas
        if event == "end":
            self._inside = None
            self._code.append(Switch(self._target))
            return
        if isinstance(self._target, Artifact):
            return
        self._inside = canvas.element(link[1].token)
        self._inside.words.append(self._last_text)
        self._code.insert(-1, Switch(self._inside))
        if link[1]:
            canvas.expect_link(self._inside)

    def pieces(self) -> list[str]:
        """The finished operators, as entries for the canvas: marks inside BT and ET, which must balance there."""
        if not self.painted:
            return [self.getCode()]
        return [*self._code, Switch(self._outer), "ET"]


def _paints(entry: str) -> bool:
    return entry in _PAINT or entry.endswith(_PAINT_END) or isinstance(entry, Painted)


def _sets_state(entry: str) -> bool:
    return (entry in _STATE or entry.endswith(_STATE_END)) and not isinstance(entry, Painted)


def _mark(stretch: list[str], target: Target, page: str, marks: list[Elem], out: list[str]) -> None:
    last = len(stretch)
    while last and not _paints(stretch[last - 1]):
        last -= 1
    if not last:
        out.extend(stretch)
        return
    if target is None:
        raise TaggingError(f"Something is drawn without a tag: {stretch[last - 1][-80:]!r}.")
    first = 0
    while _sets_state(stretch[first]):
        first += 1
    out.extend(stretch[:first])
    if isinstance(target, Artifact):
        out.append(target.opening())
    else:
        target.attach()
        target.kids.append((page, len(marks)))
        out.append(f"/{target.tag} <</MCID {len(marks)}>> BDC")
        marks.append(target)
    out.extend(stretch[first:last])
    out.append("EMC")
    out.extend(stretch[last:])
