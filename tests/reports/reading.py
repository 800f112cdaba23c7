"""Reads a report's content back, for tests that ask what it says rather than how it is built."""

from __future__ import annotations

from collections.abc import Iterable

from cqcmock.reports.content import (
    Block,
    BulletList,
    Callout,
    Chart,
    Document,
    Facts,
    Heading,
    Line,
    Look,
    Paragraph,
    Quote,
    Table,
    WritingLines,
)


def text_of(line: Line) -> str:
    """The words of a line."""
    return "".join(run.text for run in line)


def lines_of(block: Block) -> list[str]:
    """Everything that a block says, line by line."""
    match block:
        case Heading():
            return [block.text]
        case Paragraph():
            return [text_of(block.line)]
        case Quote():
            return [text_of(line) for line in block.lines]
        case BulletList():
            return [text_of(item) for item in block.items]
        case Facts():
            return [f"{name}: {value}" for name, value in block.pairs]
        case Callout():
            return [block.title, *map(text_of, block.lines)]
        case Table():
            return [block.caption, *(" | ".join(row) for row in (block.header, *block.rows))]
        case Chart():
            return [block.title, block.alternative]
        case WritingLines():
            return [block.label]


def says(blocks: Document | Iterable[Block]) -> str:
    """Everything that a report, or some blocks of it, says."""
    found = blocks.blocks if isinstance(blocks, Document) else blocks
    return "\n".join(line for block in found for line in lines_of(block))


def section(document: Document, heading: str) -> tuple[Block, ...]:
    """The blocks below the first heading that begins with these words, up to the next of its level or above."""
    return part(document.blocks, heading)


def part(blocks: Iterable[Block], heading: str) -> tuple[Block, ...]:
    """As `section`, among some blocks."""
    found: list[Block] = []
    level = 0
    for block in blocks:
        if isinstance(block, Heading):
            if level and block.level <= level:
                break
            if not level and block.text.startswith(heading):
                level = block.level
                continue
        if level:
            found.append(block)
    assert level, f"No heading begins with {heading!r}"
    return tuple(found)


def headings(document: Document, level: int = 2) -> list[str]:
    """The headings of one level, in order."""
    return [block.text for block in document.blocks if isinstance(block, Heading) and block.level == level]


def heard_words(blocks: Iterable[Block]) -> list[str]:
    """The runs of answers that are shown as heard, in order."""
    return [
        run.text
        for block in blocks
        if isinstance(block, Quote)
        for line in block.lines
        for run in line
        if run.look is Look.HEARD
    ]


def squeezed(text: str) -> str:
    """Text without its line ends and its runs of spaces."""
    return " ".join(text.split())


def tables(blocks: Iterable[Block]) -> list[Table]:
    """The tables among some blocks."""
    return [block for block in blocks if isinstance(block, Table)]


def charts(blocks: Iterable[Block]) -> list[Chart]:
    """The charts among some blocks."""
    return [block for block in blocks if isinstance(block, Chart)]


def first_list(blocks: Iterable[Block]) -> list[str]:
    """The items of the first list among some blocks."""
    found = next(block for block in blocks if isinstance(block, BulletList))
    return [text_of(item) for item in found.items]
