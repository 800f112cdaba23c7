"""The data map and facts sheet for whoever signs the program off: what is kept, for how long, who can read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from cqcmock.domain import english
from cqcmock.domain.audit import Head, Kind
from cqcmock.reports.content import (
    Block,
    BulletList,
    Callout,
    Document,
    Facts,
    Heading,
    Paragraph,
    WritingLines,
    named,
    plain,
)

TITLE: Final = "Data map and facts sheet"
PRACTICE_WORDS: Final = "CQC Mock: practice, not a CQC rating"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """One kind of thing that is kept: in which tables of the library, and in which files of the data folder.

    `about` is whom it may be about, `rule` the kind by whose rule it is kept, or nothing where `kept` says how long.
    `locked` is whether it has the library's lock.
    """

    what: str
    about: str
    tables: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    rule: Kind | None = None
    kept: str = ""
    leaves: str = "Never by itself."
    locked: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """How things stand with one shelf on this computer. `rows` counts all rows of its tables."""

    shelf: Shelf
    rows: int
    kept: str
    readable_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DataMap:
    """All shelves, and what holds for all of them."""

    stands: tuple[Stand, ...]
    folder: str
    lock: str
    trail: Head
    made_at: datetime
    smallest_group: int


def facts_sheet(
    found: DataMap,
    *,
    outside: Iterable[str],
    to_settle: Iterable[str],
    classification: str,
    retention: str,
    made_on: date,
) -> Document:
    """The sheet as plain data. `outside` says what leaves the laptop, `to_settle` what only the council can answer."""
    return Document(
        title=TITLE,
        language="en-GB",
        classification=classification,
        practice_words=PRACTICE_WORDS,
        retention=retention,
        made_on=made_on,
        blocks=(
            Paragraph(
                line=plain(
                    "Facts for a data protection impact assessment, read from this program and this computer. They are "
                    "no assessment themselves: what only the council can settle is at the end."
                )
            ),
            Facts(
                pairs=(
                    ("Data folder", found.folder),
                    ("Lock", found.lock),
                    ("Smallest group", f"{found.smallest_group} people in what others see of a café"),
                    ("Audit trail", f"{found.trail}"),
                )
            ),
            Callout(title="What leaves this computer", lines=tuple(map(plain, outside))),
            Heading(level=2, text="What is kept"),
            *_stands(found.stands),
            Heading(level=2, text="What the council settles"),
            *_questions(to_settle),
            Heading(level=2, text="Signed off"),
            WritingLines(label="Name, role, date", lines=2),
        ),
    )


def _stands(stands: Iterable[Stand]) -> Iterator[Block]:
    for stand in stands:
        shelf = stand.shelf
        yield Heading(level=3, text=shelf.what)
        yield BulletList(
            items=(
                named("About", shelf.about),
                named("Where", _where(stand)),
                named("Kept", stand.kept),
                named("Who can read it", stand.readable_by),
                named("Leaves the computer", shelf.leaves),
            )
        )


def _where(stand: Stand) -> str:
    parts = []
    if stand.shelf.tables:
        tables = english.listed(stand.shelf.tables)
        parts.append(f"{english.count(stand.rows, 'row')} in the library ({tables}).")
    if stand.shelf.files:
        parts.append(f"Files: {english.listed(stand.shelf.files)}.")
    return " ".join(parts)


def _questions(to_settle: Iterable[str]) -> Iterator[Block]:
    for number, question in enumerate(to_settle, 1):
        yield WritingLines(label=f"{number}. {question}", lines=2)
