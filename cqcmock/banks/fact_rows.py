"""The facts of a local story in a spreadsheet: read with every mistake named, and written to be filled in."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cqcmock.banks import checking
from cqcmock.banks.cells import joined_list, slug_of, split_list, unguarded, unique
from cqcmock.banks.checking import FileError, Problem, Report, Words, did_you_mean
from cqcmock.banks.columns import MOST_COLUMNS
from cqcmock.banks.csv_file import csv_bytes, csv_rows, decoded, delimiter_of
from cqcmock.banks.exchange import Draft
from cqcmock.banks.formats import LARGEST_TABLE, read_bytes, something_else
from cqcmock.banks.names import FrameworkNames, folded, ids_of
from cqcmock.banks.rows import Row, ascii_safe, find_header
from cqcmock.banks.table_writing import Table
from cqcmock.domain.story import Fact
from cqcmock.errors import UserError

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet  # type: ignore[import-untyped]

FACT_COLUMNS: dict[str, tuple[str, tuple[str, ...]]] = {
    "label": ("What", ("fact", "figure", "label", "name", "measure")),
    "value": ("Value", ("number", "how many", "how much")),
    "unit": ("Unit", ("units", "of what")),
    "as_of": ("As of", ("date", "as at", "on")),
    "comparator": ("Compared with", ("comparator", "comparison", "compared to")),
    "source": ("Source", ("where from", "where it comes from")),
    "owner": ("Owner", ("who", "who knows")),
    "review_by": ("Review by", ("check by", "review", "next check")),
    "statements": ("Quality statements", ("statements", "statement", "quality statement", "qs")),
    "phrases": ("Words people use", ("words", "phrases", "words people use for it")),
}
"""The name of each column, and others by which it is known."""

LONGEST: dict[str, int] = {
    "label": 300, "value": 200, "unit": 100, "comparator": 1_000, "source": 1_000, "owner": 200, "phrases": 200,
}  # fmt: skip
"""Characters of each text of a fact; of phrases, each."""

MOST_FACTS = 2_000
NEXT_REVIEW_MONTHS = 3
FACTS_SHEET, GUIDE_SHEET = "Facts", "How to fill this in"
A_DAY = "a date such as 2026-11-22 or 22/11/2026"

_FIELDS = {folded(name): field for field, (header, others) in FACT_COLUMNS.items() for name in (header, *others)}
_NEEDED = ("label", "value")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?", re.ASCII)
_BRITISH = re.compile(r"(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4}|\d{2})", re.ASCII)
_SPOKEN = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]{3,9})\.?,? (\d{4})", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_WIDTHS = {"label": 44, "value": 14, "unit": 18, "as_of": 14, "owner": 24, "review_by": 14}
_RULES = (
    ("What", "What the figure is about, in a few words. Needed. The same words again change the fact of that name."),
    ("Value", "The figure, or a word such as “good”. Needed."),
    ("Unit", "What is counted: people, per cent, days."),
    ("As of", "The day for which it holds: 2026-11-22, 22/11/2026 or 22 November 2026. Needed for a new fact."),
    ("Compared with", "What it can be held against: last year, the region, England."),
    ("Source", "Where somebody can look it up. Needed for a new fact."),
    ("Owner", "Who knows about it: a team or a role."),
    ("Review by", "The day by which somebody checks that it is still right."),
    ("Quality statements", "By code or by name, several divided by ; or on new lines."),
    ("Words people use", "How people say it aloud, divided by ; or on new lines: these are listened for in answers."),
)
_RULES_ABOVE = (
    "Fill in the sheet “Facts”, a row for each fact. Facts that are there already may stay, be changed or be left out:",
    "what is left out of the spreadsheet stays in the story as it is. Only “What” and “Value” have to be there.",
    "An empty cell empties that part of the fact. To leave a part as it is, leave its whole column out.",
)


class FactErrors(FileError):  # noqa: N818 (it holds all of them)
    """A spreadsheet of facts that cannot be used, with every mistake in it."""

    kind = "list of facts"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFacts:
    """What was found in a file: facts without a mistake, in its order, and the mistakes. `found` counts its rows."""

    file: str
    facts: tuple[Fact, ...]
    found: int
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


def day_of(text: str) -> date | None:
    """The day that a text names: 2026-11-22, 22/11/2026 (day first, as in Britain) or 22 November 2026."""
    tidy = " ".join(text.split()).casefold()
    if found := _ISO.fullmatch(tidy):
        year, month, day = (int(part) for part in found.groups())
    elif found := _BRITISH.fullmatch(tidy):
        day, month, year = (int(part) for part in found.groups())
        year += 2000 if len(found[3]) == 2 else 0
    elif (found := _SPOKEN.fullmatch(tidy)) and found[2][:3] in _MONTHS:
        day, month, year = int(found[1]), _MONTHS.index(found[2][:3]) + 1, int(found[3])
    else:
        return None
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def in_months(on: date, months: int) -> date:
    """The same day so many months later, or the last of that month where it is shorter."""
    years, month = divmod(on.month - 1 + months, 12)
    for last in (on.day, 30, 29, 28):
        try:
            return date(on.year + years, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def same_label(label: str) -> str:
    """What two labels have in common that mean the same fact: capitals and spaces do not matter."""
    return " ".join(label.split()).casefold()


def read_facts(path: Path, names: FrameworkNames, known: Sequence[Fact]) -> ReadFacts:
    """Read a spreadsheet (.csv or .xlsx) of facts, with every mistake in it. Raises UserError if it cannot be opened.

    A fact whose label is among those `known` is that fact, changed.
    """
    data = read_bytes(path)
    report = Report(path.name)
    draft = Draft(report=report)
    reader = _Reader(report, names, known)
    if len(data) > LARGEST_TABLE:
        report.add("", "", f"a file of at most {LARGEST_TABLE // 1_000_000} MB", Words("a larger one"))
    elif data.startswith(b"PK\x03\x04"):
        _read_workbook(data, draft, reader)
    elif other := something_else(data):
        report.add("", "", "a spreadsheet (.xlsx or .csv)", Words(other))
    elif (text := decoded(data, draft)) is not None:
        reader.read(csv_rows(text, delimiter_of(text, _recognised), report), draft)
    return ReadFacts(
        file=path.name,
        facts=tuple(reader.facts),
        found=reader.found,
        problems=tuple(report.problems),
        notes=tuple(draft.notes),
    )


def _read_workbook(data: bytes, draft: Draft, reader: _Reader) -> None:
    from cqcmock.banks.xlsx_file import note_unread, read_workbook, sheet_rows

    def read(sheets: Sequence[ReadOnlyWorksheet], parts: dict[str, bytes]) -> None:
        others = [sheet for sheet in sheets if folded(sheet.title) != folded(GUIDE_SHEET)]
        named = (sheet for sheet in others if folded(sheet.title) == folded(FACTS_SHEET))
        facts = next(named, others[0] if others else None)
        if facts is None:
            draft.report.add("", "", f"a sheet “{FACTS_SHEET}” that is not hidden", checking.NOTHING)
            return
        note_unread(facts, others, draft)
        reader.read(sheet_rows(facts, parts, as_shown=True), draft)

    read_workbook(data, draft, read)
    if any(problem.expected == "a whole Excel workbook" for problem in draft.report.problems):
        reader.facts.clear()


def _recognised(cells: Sequence[str]) -> int:
    return sum(_field(cell) is not None for cell in cells)


def _is_header(cells: Sequence[str]) -> bool:
    return _recognised(cells) > 1


def _field(header: str) -> str | None:
    return _FIELDS.get(folded(header)) if 0 < len(header) <= 60 else None


class _Reader:
    """Reads row after row of one table into facts."""

    def __init__(self, report: Report, names: FrameworkNames, known: Sequence[Fact]) -> None:
        self.facts: list[Fact] = []
        self.found = 0
        self._report = report
        self._names = names
        self._known = {same_label(fact.label): fact for fact in reversed(known)}
        self._ids = {fact.id: 1 for fact in known}
        self._rows: dict[str, str] = {}
        self._places: dict[str, int] = {}
        self._headers: dict[str, str] = {}
        self._width = 0

    def read(self, rows: Iterable[Row], draft: Draft) -> None:
        """Put the facts of a table with a header into `facts`."""
        lines = iter(rows)
        header = find_header(lines, draft, _is_header, table="a table of facts", example="“What” and “Value”")
        if header is None or not self._read_header(*header):
            return
        for number, cells, refused in lines:
            where = f"row {number}"
            texts = [unguarded(cell.strip()) for cell in cells]
            if not any(texts) and not refused:
                continue
            if self.found == MOST_FACTS:
                self._report.add(where, "", f"at most {MOST_FACTS:,} facts in a file", Words("more"))
                return
            if draft.full(where):
                return
            self.found += 1
            self._read_row(where, texts, refused)
        if not self.found:
            self._report.add("", "", "at least one fact below the header", checking.NOTHING)

    def _read_header(self, where: str, cells: Sequence[str]) -> bool:
        before = len(self._report.problems)
        self._width = len(cells)
        for index, cell in enumerate(cells):
            name = " ".join(cell.split())
            if not name:
                continue
            field = _field(name)
            shown = name[:60] if name.isprintable() else f"column {index + 1}"
            if index >= MOST_COLUMNS:
                self._report.add(where, "", f"at most {MOST_COLUMNS} columns", Words("more"))
                break
            if field is None:
                known = {header: header for header, _ in FACT_COLUMNS.values()}
                hint = did_you_mean(name, known)
                self._report.add(where, shown, f"a column that is known here{hint}", Words("an unknown one"))
            elif field in self._places:
                self._report.add(where, shown, "each column once", Words(f"“{shown}” twice"))
            else:
                self._places[field], self._headers[field] = index, shown
        for field in _NEEDED:
            if field not in self._places:
                self._report.add(where, "", f"a column “{FACT_COLUMNS[field][0]}”", Words("none"))
        return len(self._report.problems) == before

    def _read_row(self, where: str, cells: list[str], refused: Mapping[int, tuple[str, str]]) -> None:
        report = self._report
        before = len(report.problems)
        for index, (expected, found) in refused.items():
            field = next((name for name, at in self._places.items() if at == index), "")
            report.add(where, self._headers.get(field, f"column {index + 1}"), expected, Words(found))
        beyond = next((cell for cell in cells[self._width :] if cell), None)
        if beyond is not None:
            expected = "no more cells than the header has (a text with a comma stands in quotation marks)"
            report.add(where, f"column {self._width + 1}", expected, beyond)
        texts = {field: cells[at] if at < len(cells) else "" for field, at in self._places.items()}
        broken = {field for field, at in self._places.items() if at in refused}
        label = same_label(texts["label"])
        if label and label in self._rows:
            found = Words(f"{checking.describe(texts['label'])} again, after {self._rows[label]}")
            report.add(where, self._headers["label"], "each fact once", found)
        self._rows.setdefault(label, where)
        before_it = self._known.get(label)
        values = self._values(texts, where, broken, before_it)
        if len(report.problems) > before:
            return
        if before_it is not None:
            self.facts.append(replace(before_it, **values))
        else:
            self.facts.append(Fact(id=unique(slug_of(texts["label"], "fact"), self._ids), **values))

    def _values(self, texts: Mapping[str, str], where: str, broken: set[str], before: Fact | None) -> dict[str, Any]:
        """What the cells say. `broken` are fields about whose cells something was said already."""
        report, shown, new = self._report, self._headers, before is None
        values: dict[str, Any] = {}
        for field, most in LONGEST.items():
            if field not in texts or field == "phrases":
                continue
            text = texts[field] if field == "comparator" else " ".join(texts[field].split())
            if len(text) > most:
                report.add(where, shown[field], f"at most {most:,} characters", text)
            values[field] = text
        needed = {"label": "what the fact is about", "value": "the figure, or a word such as “good”"}
        needed |= {"source": "where somebody can look it up"} if new or "source" in texts else {}
        for field, expected in needed.items():
            if not values.get(field) and field not in broken:
                report.add(where, shown.get(field, FACT_COLUMNS[field][0]), expected, checking.NOTHING)
        for field in ("as_of", "review_by"):
            self._put_day(field, texts, values, where, broken, needed=field == "as_of" and (new or field in texts))
        self._check_review(texts, values, where, before)
        if "statements" in texts:
            what = "a quality statement of the framework"
            words = split_list(texts["statements"])
            known = self._names.statements
            values["statements"] = ids_of(words, known, report, where, shown["statements"], what=what)
        if "phrases" in texts:
            values["phrases"] = phrases = split_list(texts["phrases"])
            checking.check_phrases(phrases, report, where, shown["phrases"])
            for phrase in phrases:
                if len(phrase) > LONGEST["phrases"]:
                    report.add(where, shown["phrases"], f"phrases of at most {LONGEST['phrases']} characters", phrase)
        return values

    def _check_review(self, texts: Mapping[str, str], values: dict[str, Any], where: str, before: Fact | None) -> None:
        """A review lies behind the day of its fact; where the table is silent about it, it moves on."""
        as_of = values.get("as_of", before.as_of if before else None)
        review_by = values.get("review_by", before.review_by if before else None)
        if as_of and review_by and review_by < as_of:
            if "review_by" in texts:
                expected = f"a date not before {as_of.isoformat()}, the date of the fact"
                self._report.add(where, self._headers["review_by"], expected, review_by)
            else:  # the figure was looked at on that day, and the table does not say when it is again
                values["review_by"] = in_months(as_of, NEXT_REVIEW_MONTHS)

    def _put_day(
        self,
        field: str,
        texts: Mapping[str, str],
        values: dict[str, Any],
        where: str,
        broken: set[str],
        *,
        needed: bool,
    ) -> None:
        text = texts.get(field, "")
        header = self._headers.get(field, FACT_COLUMNS[field][0])
        if field in broken:
            return
        if text:
            values[field] = day_of(text)
            if values[field] is None:
                self._report.add(where, header, A_DAY, Words(ascii_safe(f"“{text[:60]}”")))
        elif needed:
            self._report.add(where, header, A_DAY, checking.NOTHING)
        elif field in texts:
            values[field] = None


def facts_table(facts: Sequence[Fact]) -> Table:
    """Facts as a table that `read_facts` reads as the same facts."""
    return Table(
        headers=tuple(header for header, _ in FACT_COLUMNS.values()),
        rows=tuple(tuple(_cell(fact, field) for field in FACT_COLUMNS) for fact in facts),
        lost=(),
    )


def facts_file(facts: Sequence[Fact], path: Path, names: FrameworkNames) -> bytes:
    """A spreadsheet with these facts, to be filled in further. Raises UserError where its name ends otherwise."""
    table = facts_table(facts)
    match path.suffix.casefold():
        case ".csv":
            return csv_bytes(table)
        case ".xlsx":
            return _workbook(table, names)
        case _:
            raise UserError(f"“{path.name}” is no spreadsheet.", "End the name in .xlsx or .csv.")


def _cell(fact: Fact, field: str) -> str:
    value = getattr(fact, field)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return joined_list(value)
    return "" if value is None else str(value)


def _workbook(table: Table, names: FrameworkNames) -> bytes:
    from openpyxl import Workbook  # type: ignore[import-untyped]

    from cqcmock.banks.xlsx_writing import add_styles, append, set_widths

    workbook = Workbook(write_only=True)
    add_styles(workbook)
    sheet = workbook.create_sheet(FACTS_SHEET)
    sheet.freeze_panes = "B2"
    set_widths(sheet, [_WIDTHS.get(field, 32) for field in FACT_COLUMNS])
    append(sheet, table.headers, header=True)
    for row in table.rows:
        append(sheet, row)
    guide = workbook.create_sheet(GUIDE_SHEET)
    set_widths(guide, (32, 100))
    for cells in _guide(names):
        append(guide, cells, header=len(cells) == 1)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def _guide(names: FrameworkNames) -> Iterator[tuple[str, ...]]:
    yield ("How to fill this in",)
    yield from (("", rule) for rule in _RULES_ABOVE)
    yield ("The columns",)
    yield from _RULES
    yield ("Quality statements",)
    yield from names.listing["statements"]
