"""Workbooks that people like to fill in: wide columns, wrapped text, a header that stays, cells that only hold text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cqcmock.banks.cells import guarded, joined_list, tidy
from cqcmock.banks.columns import QUESTION_COLUMNS
from cqcmock.banks.xlsx_file import BANK_SHEET, QUESTIONS_SHEET
from cqcmock.domain.questions import Bank, Kind, Source

if TYPE_CHECKING:
    from openpyxl import Workbook  # type: ignore[import-untyped]
    from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]

_LAST_ROW = 2_000
_NARROW, _MEDIUM, _WIDE = 12, 24, 44
_WIDTHS = {
    "Id": _MEDIUM,
    "Question": _WIDE,
    "Quality statements": _MEDIUM,
    "Themes": _MEDIUM,
    "Roles": _MEDIUM,
    "Communities": _MEDIUM,
    "Source note": _MEDIUM,
    "What a strong answer does": _WIDE,
    "What to avoid": _MEDIUM,
}
_CODED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_HEADER_COLOUR = "1F4E5F"
_HEADER, _TEXT = "Header of questions", "Text of questions"


def bank_rows(bank: Bank) -> tuple[tuple[str, str], ...]:
    """What is said of a bank as a whole, as the rows of its sheet."""
    return (
        ("Title", " ".join(tidy(bank.title).split())),
        ("Id", bank.id),
        ("Version", str(bank.version)),
        ("Checked on", bank.checked_on.isoformat()),
        ("Framework", bank.framework),
        ("Roles", joined_list(bank.roles)),
        ("Language", " ".join(tidy(bank.language).split())),
    )


def workbook_of(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    about: Sequence[tuple[str, str]],
    statements: Sequence[str] = (),
) -> Workbook:
    """A workbook with a sheet of questions and one about the bank. `statements` are offered in a list."""
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    add_styles(workbook)
    sheet = workbook.create_sheet(QUESTIONS_SHEET)
    sheet.freeze_panes = "C2"
    set_widths(sheet, [_width(header) for header in headers])
    _offer(sheet, headers, statements)
    append(sheet, headers, header=True)
    for row in rows:
        append(sheet, row)
    bank = workbook.create_sheet(BANK_SHEET)
    set_widths(bank, (18, 60))
    for name, value in about:
        append(bank, (name, value))
    return workbook


def add_styles(workbook: Workbook) -> None:
    """Give a new workbook the looks that `append` uses."""
    from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill  # type: ignore[import-untyped]

    wrapped = Alignment(wrap_text=True, vertical="top")
    fill = PatternFill("solid", fgColor=_HEADER_COLOUR)
    font = Font(bold=True, color="FFFFFF")
    workbook.add_named_style(NamedStyle(_TEXT, alignment=wrapped, number_format="@"))
    workbook.add_named_style(NamedStyle(_HEADER, alignment=wrapped, number_format="@", font=font, fill=fill))


def set_widths(sheet: Worksheet, widths: Sequence[int]) -> None:
    """Set the widths of the first columns, in characters."""
    from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def append(sheet: Worksheet, texts: Sequence[str], *, header: bool = False) -> None:
    """Add a row of text cells, wrapped; no cell is a formula, a number or a link, whatever it looks like."""
    sheet.append([_cell(sheet, text, header=header) if text else None for text in texts])


def _cell(sheet: Worksheet, text: str, *, header: bool) -> Any:
    from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]

    safe = guarded(text) if text.startswith("'") else text
    cell = WriteOnlyCell(sheet, value=_CODED.sub("_x005F_", safe))
    cell.data_type = "s"
    cell.style = _HEADER if header else _TEXT
    if not header and guarded(text) != text:
        cell.quotePrefix = True  # so that it stays text when somebody edits it
    return cell


def _width(header: str) -> int:
    if header.startswith("Point"):
        return _WIDE if header.endswith("phrases") else _NARROW if header.endswith("weight") else _MEDIUM
    return _WIDTHS.get(header, _MEDIUM if header.startswith("Probe") else _NARROW)


def _offer(sheet: Worksheet, headers: Sequence[str], statements: Sequence[str]) -> None:
    """Drop-down lists. The one of statements lets other text pass, since a question may belong to several."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation  # type: ignore[import-untyped]

    offered = {"kind": [kind.value for kind in Kind], "source": [source.value for source in Source]}
    offered |= {"statements": list(statements)}
    for field, words in offered.items():
        header = QUESTION_COLUMNS[field][0]
        listed = ",".join(words)
        if header not in headers or not words or len(listed) > 250:
            continue
        letter = get_column_letter(list(headers).index(header) + 1)
        rule = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
        rule.showErrorMessage = field != "statements"
        rule.showInputMessage = True
        rule.promptTitle = header
        rule.prompt = "One of the list; several are divided by ;" if field == "statements" else "One of the list."
        rule.add(f"{letter}2:{letter}{_LAST_ROW}")
        sheet.data_validations.append(rule)
