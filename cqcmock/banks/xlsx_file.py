"""Excel workbooks: a sheet of questions and, if there is one, a sheet “Bank” with what is said of the bank itself."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from cqcmock.banks import checking
from cqcmock.banks.cells import unguarded
from cqcmock.banks.checking import Words, did_you_mean
from cqcmock.banks.columns import MOST_COLUMNS
from cqcmock.banks.exchange import Draft, Written
from cqcmock.banks.moodle_words import is_head, put_head
from cqcmock.banks.names import FrameworkNames, folded
from cqcmock.banks.rows import Row, read_rows
from cqcmock.banks.xlsx_archive import read_parts, repacked

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet  # type: ignore[import-untyped]

    from cqcmock.domain.questions import Bank

QUESTIONS_SHEET = "Questions"
BANK_SHEET = "Bank"
GUIDE_SHEET = "How to fill this in"

_LAST_ROW = 1_048_576
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?ref=["']([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3}[0-9]{1,7})["']""")
_FAR = re.compile(rb"""\sr=["'][A-Z]{3}[0-9]""")  # a cell far to the right, which makes its whole row wide
_CODED = re.compile("_x([0-9A-Fa-f]{4})_")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def read_xlsx(data: bytes, draft: Draft, names: FrameworkNames) -> None:
    """Put the questions of a workbook into the draft, with every mistake."""
    read_workbook(data, draft, lambda sheets, parts: _read_sheets(sheets, parts, draft, names))


def read_workbook(
    data: bytes, draft: Draft, read: Callable[[Sequence[ReadOnlyWorksheet], dict[str, bytes]], None]
) -> None:
    """Open a workbook and let `read` put what its visible sheets hold into the draft; `read` gets its parts too."""
    parts = read_parts(data, draft.report)
    if parts is None:
        return
    from openpyxl import load_workbook  # type: ignore[import-untyped]

    before = len(draft.report.problems)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's remarks on what it does not keep
        try:
            workbook = load_workbook(repacked(parts), read_only=True, keep_links=False)
            sheets = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
            hidden = [sheet.title for sheet in workbook.worksheets if sheet.sheet_state != "visible"]
            read(sheets, parts)
        except Exception:  # noqa: BLE001 (openpyxl raises whatever it stumbles on in a damaged workbook)
            del draft.report.problems[before:], draft.entries[:]
            draft.report.add("", "", "a whole Excel workbook", Words("a damaged one"))
            return
    if hidden:
        draft.notes.append(f"Hidden sheets were not read: {checking.listed([_shown(title) for title in hidden])}.")


def _read_sheets(
    sheets: Sequence[ReadOnlyWorksheet], parts: dict[str, bytes], draft: Draft, names: FrameworkNames
) -> None:
    by_title = {folded(sheet.title): sheet for sheet in reversed(sheets)}
    bank = by_title.get(folded(BANK_SHEET))
    if bank is not None:
        _read_bank(bank, draft)
    guide = by_title.get(folded(GUIDE_SHEET))
    others = [sheet for sheet in sheets if sheet is not bank and sheet is not guide]
    questions = by_title.get(folded(QUESTIONS_SHEET)) or (others[0] if others else None)
    if questions is None:
        draft.report.add("", "", f"a sheet “{QUESTIONS_SHEET}” that is not hidden", checking.NOTHING)
        return
    note_unread(questions, others, draft)
    read_rows(sheet_rows(questions, parts), draft, names)


def note_unread(read: ReadOnlyWorksheet, sheets: Sequence[ReadOnlyWorksheet], draft: Draft) -> None:
    """Say which sheets were not read."""
    left = [_shown(sheet.title) for sheet in sheets if sheet is not read]
    if left:
        draft.notes.append(f"Only the sheet “{_shown(read.title)}” was read, and not {checking.listed(left)}.")


def sheet_rows(sheet: ReadOnlyWorksheet, parts: dict[str, bytes], *, as_shown: bool = False) -> Iterator[Row]:
    """The rows of a sheet. With `as_shown` days, shares and amounts are taken as the sheet shows them.

    Otherwise a day is refused, since in a column of texts it is a slip.
    """
    part = parts.get(sheet._worksheet_path, b"")  # noqa: SLF001 (a read-only sheet does not tell its merged cells)
    return _rows(sheet, _merged(part), wide=_FAR.search(part) is not None, as_shown=as_shown)


def _shown(title: str) -> str:
    return title if title.isprintable() else ascii(title)[1:-1]


def _merged(part: bytes) -> dict[int, list[tuple[int, str]]]:
    """The first cell of each merged range, by row: its index, and the range."""
    from openpyxl.utils import column_index_from_string  # type: ignore[import-untyped]

    found: dict[int, list[tuple[int, str]]] = {}
    for column, row, end in _MERGED.findall(part):
        index = column_index_from_string(column.decode()) - 1
        found.setdefault(int(row), []).append((index, f"{(column + row + b':' + end).decode()}"))
    return found


def _rows(
    sheet: ReadOnlyWorksheet, merged: dict[int, list[tuple[int, str]]], *, wide: bool, as_shown: bool
) -> Iterator[Row]:
    sheet.reset_dimensions()  # the file's own word on its size is not believed
    last: Any = None
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1 if wide else None), start=1):
        if number > _LAST_ROW:
            return
        if row is last:  # the one empty row that stands for each of those that are not in the file
            continue
        last = row
        cells: list[str] = []
        refused: dict[int, tuple[str, str]] = {}
        for index, cell in enumerate(row):
            shown = _as_shown(cell.value, cell.number_format) if as_shown else None
            text, why = (shown, None) if shown is not None else _text_of(cell.value, cell.data_type)
            cells.append(text)
            if why:
                refused[index] = why
        while cells and not cells[-1] and len(cells) - 1 not in refused:
            cells.pop()
        if cells:
            for index, name in merged.get(number, ()):
                refused[index] = ("each cell by itself", f"the merged cells {name}")
        yield number, cells, refused


def _as_shown(value: Any, number_format: str) -> str | None:
    """A day, a share or an amount as a person sees it in the cell; None for everything else."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    if "%" in number_format:
        return f"{_plain(value * 100)}%"
    amount = _plain(value, grouped="," in number_format)
    return f"£{amount}" if "£" in number_format else amount


def _plain(value: float, *, grouped: bool = False) -> str:
    """A number without what a computer's arithmetic leaves behind its last place."""
    text = f"{round(value, 6):{',' if grouped else ''}.6f}".rstrip("0").rstrip(".")
    return text if abs(value) < 1e15 else str(value)


def _text_of(value: Any, kind: str) -> tuple[str, tuple[str, str] | None]:
    """The text of a cell, and why it cannot be used, if so."""
    if value is None:
        return "", None
    if kind == "f":
        return "", ("a text or a number", "a formula; paste its value")
    if kind == "e":
        return "", ("a text or a number", f"the error {str(value)[:20]}")
    if isinstance(value, str):
        return _decoded(value), None
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), None
    if isinstance(value, (datetime, date, time, timedelta)):
        shown = value.date().isoformat() if isinstance(value, datetime) else str(value)
        return "", ("a text or a number", f"a date or time ({shown}); format the cell as text and type it again")
    if isinstance(value, float) and value.is_integer():
        return str(int(value)), None
    return str(value), None


def _decoded(text: str) -> str:
    if "_x" in text:
        text = _CODED.sub(lambda found: chr(int(found[1], 16)), text)
    if not text.isprintable():
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
        text = _CONTROLS.sub("", text)
    return text


def _read_bank(sheet: ReadOnlyWorksheet, draft: Draft) -> None:
    sheet.reset_dimensions()
    report = draft.report
    for number, row in enumerate(sheet.iter_rows(max_col=2), start=1):
        if number > 200:
            return
        name, value = [*row, None, None][:2]
        said = _decoded(str(name.value)).strip() if name is not None and name.value is not None else ""
        if not said:
            continue
        where = f"sheet {BANK_SHEET}, row {number}"
        text, why = _text_of(value.value, value.data_type) if value is not None else ("", None)
        if isinstance(getattr(value, "value", None), datetime) and folded(said) == "checked on":
            text, why = value.value.date().isoformat(), None
        if why:
            report.add(where, _shown(said)[:40], why[0], Words(why[1]))
        elif is_head(said):
            put_head([(_shown(said), unguarded(text))], draft.head, report)
        elif folded(said) not in ("bank", "what", "about the bank"):
            known = ("Id", "Title", "Version", "Checked on", "Framework", "Roles", "Language")
            hint = did_you_mean(said, known) or f" ({checking.listed(known)})"
            report.add(where, "", f"something that is said of a bank{hint}", said)


def write_xlsx(bank: Bank) -> Written:
    """The bank as a workbook of text cells, none of which a spreadsheet would run."""
    from cqcmock.banks.table_writing import table_of
    from cqcmock.banks.xlsx_writing import bank_rows, workbook_of

    table = table_of(bank)
    file = io.BytesIO()
    workbook_of(table.headers, table.rows, bank_rows(bank)).save(file)
    return Written(data=file.getvalue(), lost=table.lost)
