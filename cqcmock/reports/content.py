"""A report as plain data: what it says and in which order, nothing about how it looks.

Both renderers read these classes and nothing else. Text is text, never markup: whatever a person wrote stands here
as it was written, and each renderer escapes it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

PRACTICE_WORDS = "Practice feedback: not a CQC rating"
"""Said on every page of every report."""


_SAFE_ADDRESS = ("https://", "http://", "mailto:")
_FILE_BESIDE = re.compile(r"[a-z0-9][a-z0-9-]*\.(?:pdf|html|json)")


class Look(StrEnum):
    """What a run of text is, for the eye; each renderer shows `HEARD` by weight and underline, never by colour."""

    PLAIN = "plain"
    STRONG = "strong"
    HEARD = "heard"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one look. `link` is an address that it leads to, or nothing."""

    text: str
    look: Look = Look.PLAIN
    link: str = ""

    @property
    def address(self) -> str:
        """Where the text leads: to the web, to mail, or to a file in the same folder, and nowhere else."""
        safe = self.link.lower().startswith(_SAFE_ADDRESS) or _FILE_BESIDE.fullmatch(self.link)
        return self.link if safe else ""


Line = tuple[Run, ...]
"""A paragraph's worth of runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading; the report's title is level 1, so these begin at 2. On paper it may begin a page of its own."""

    level: int
    text: str
    new_page: bool = False


class Voice(StrEnum):
    """How loud a paragraph is: the report's own words, the question itself, small print, or what is read out."""

    BODY = "body"
    LEAD = "lead"
    QUIET = "quiet"
    LARGE = "large"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph of the report's own prose."""

    line: Line
    voice: Voice = Voice.BODY


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Somebody's own words, paragraph by paragraph, shown apart from the report's."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletList:
    """Things of equal weight."""

    items: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Figures in rows and columns: the first row and the first column head the others.

    `shares` are the relative widths of the columns, `numeric` the positions of those that hold figures.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...]
    numeric: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar: its value, and the target it is held against, if there is one. `value_text` is read beside it."""

    label: str
    value: float
    value_text: str
    target: float | None = None
    target_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Bars on one scale from 0 to `top`, with `ticks` on it. A table beside it says the same numbers.

    `value_name` and `target_name` are the words of the key; without targets `target_name` is empty.
    """

    title: str
    value_name: str
    target_name: str
    bars: tuple[Bar, ...]
    top: float
    ticks: tuple[tuple[float, str], ...]

    @property
    def alternative(self) -> str:
        """The chart in words, made from the numbers that are drawn."""
        read = []
        for bar in self.bars:
            against = f", {self.target_name.lower()} {bar.target_text}" if bar.target is not None else ""
            read.append(f"{bar.label}: {bar.value_text}{against}.")
        if len(self.bars) > 1:
            most = max(self.bars, key=lambda bar: bar.value)
            least = min(self.bars, key=lambda bar: bar.value)
            if most.value > least.value:
                read.append(f"Highest: {most.label}. Lowest: {least.label}.")
        return f"Bar chart. {self.title}. {' '.join(read)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Callout:
    """Something set apart because it must not be missed."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Names with their values, as on a cover."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WritingLines:
    """So many empty lines to write on by hand, below words that say what for."""

    label: str
    lines: int


Block = Heading | Paragraph | Quote | BulletList | Table | Chart | Callout | Facts | WritingLines


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole report. `classification`, `practice_words` and `retention` are said on every page.

    `trail` is the last line: how far the audit trail had come when the report was made.
    """

    title: str
    language: str
    classification: str
    practice_words: str
    retention: str
    made_on: date
    blocks: tuple[Block, ...]
    trail: str = ""

    @property
    def all_blocks(self) -> tuple[Block, ...]:
        """What stands in it from the first block to the last line."""
        return (*self.blocks, Paragraph(line=plain(self.trail), voice=Voice.QUIET)) if self.trail else self.blocks


LONGEST_CELL, LONGEST_WORD, MOST_CELL_LINES = 400, 40, 4


def fits_a_cell(text: str) -> bool:
    """A table row cannot be broken over pages, so what a person wrote goes into one only if it is short."""
    return (
        len(text) <= LONGEST_CELL
        and text.count("\n") < MOST_CELL_LINES
        and max(map(len, text.split()), default=0) <= LONGEST_WORD
    )


def plain(text: str) -> Line:
    """A line of plain text."""
    return (Run(text),)


def named(name: str, text: str) -> Line:
    """A line that begins with a name in strong type: **Target:** 2 min."""
    return (Run(f"{name}: ", Look.STRONG), Run(text))
