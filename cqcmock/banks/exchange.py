"""What goes in and comes out when a question bank is read from a file of any format, or written to one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from cqcmock.banks.checking import Problem, Report, Words
from cqcmock.banks.toml import BankErrors
from cqcmock.domain.questions import Bank, Question
from cqcmock.errors import UserError

MOST_QUESTIONS = 20_000

MOST_PROBLEMS = 2_000
"""Mistakes that are listed; below them the file is not looked at until these are mended."""


class BankFormat(StrEnum):
    """A kind of file that a bank can be in, by the end of its name."""

    TOML = "toml"
    CSV = "csv"
    XLSX = "xlsx"
    MOODLE_XML = "xml"
    GIFT = "gift"

    @property
    def in_words(self) -> str:
        """The name that people know it by."""
        return _TITLES[self]


_TITLES = {
    BankFormat.TOML: "a question bank in TOML",
    BankFormat.CSV: "a CSV table",
    BankFormat.XLSX: "an Excel workbook (.xlsx)",
    BankFormat.MOODLE_XML: "Moodle XML",
    BankFormat.GIFT: "a GIFT text",
}


def format_named(name: str | Path | BankFormat) -> BankFormat:
    """The format of a file name, or of the name of a format. Raises UserError naming the formats there are."""
    if isinstance(name, BankFormat):
        return name
    ending = name.suffix if isinstance(name, Path) else Path(f"x.{name}").suffix
    try:
        return BankFormat(ending.lstrip(".").casefold())
    except ValueError as error:
        known = ", ".join(f".{known}" for known in BankFormat)
        raise UserError(
            f"“{Path(name).name}” has no ending that says in which format a question bank is.",
            f"Give it a name that ends with one of: {known}.",
        ) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class BankDefaults:
    """What a file need not say of its bank.

    Without `id` or `title` they come from the file's name; without `roles`, from the questions.
    """

    checked_on: date
    id: str = ""
    title: str = ""
    version: int = 1
    roles: tuple[str, ...] = ()
    language: str = "en-GB"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBank:
    """What was found in a file. There is a bank only where there is no mistake: nothing is read by halves.

    `questions` are those without a mistake, to show beside the mistakes; `found` is how many the file has;
    `notes` are sentences about what was left out or guessed.
    """

    file: str
    format: BankFormat | None
    bank: Bank | None
    questions: tuple[Question, ...]
    found: int
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]

    def whole(self) -> Bank:
        """The bank. Raises BankErrors with every mistake of the file."""
        if self.bank is None:
            raise BankErrors(self.file, self.problems)
        return self.bank


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A bank as the bytes of a file; `lost` says in plain words what that format cannot hold."""

    data: bytes
    lost: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class Entry:
    """The values of one question, and where they stand. A value that is wrong is missing; then it is not `sound`."""

    where: str
    values: dict[str, Any]
    sound: bool


@dataclass(slots=True, kw_only=True)
class Draft:
    """A bank while its file is read: what the file says of it, its questions, the mistakes and the notes.

    `id_field` is what the file's writer calls the id of a question.
    """

    report: Report
    head: dict[str, Any] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    id_field: str = "id"

    def full(self, where: str) -> bool:
        """Whether enough mistakes were found; says so once, with the place where looking ended."""
        if len(self.report.problems) < MOST_PROBLEMS:
            return False
        self.report.add(
            where, "", f"fewer than {MOST_PROBLEMS:,} mistakes", Words("more; what stands below was not looked at")
        )
        return True
