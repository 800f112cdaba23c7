"""Excel workbooks as people fill them in, and as somebody hostile might."""

from __future__ import annotations

import io
import resource
import struct
import sys
import time
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from cqcmock.banks.exchange import MOST_QUESTIONS, BankDefaults, BankFormat, ReadBank
from cqcmock.banks.formats import read_bank_file, write_bank
from cqcmock.banks.xlsx_archive import LARGEST_SMALL_PART, MOST_ROWS, MOST_TEXTS
from tests.banks.generated_banks import DEFAULTS, NAMES, TODAY
from tests.banks.test_csv_file import FORMULAS
from tests.banks.test_formats import BANK
from tests.faults import Tell

HEAD = ("Question", "Quality statements", "Target (seconds)", "Point 1", "Point 1: phrases", "Point 1: probe")
ROW = ("How long do people wait?", "QS1", 90, "How long", "days on average; median wait", "How many days?")


def read(tmp_path: Path, content: bytes, defaults: BankDefaults = DEFAULTS) -> ReadBank:
    path = tmp_path / "ours.xlsx"
    path.write_bytes(content)
    found = read_bank_file(path, NAMES, defaults=defaults)
    assert (found.bank is None) == bool(found.problems)
    assert all(str(problem).isprintable() for problem in found.problems)
    return found


def mistakes(tmp_path: Path, content: bytes) -> list[str]:
    return [str(problem) for problem in read(tmp_path, content).problems]


def workbook(rows: Sequence[Sequence[Any]], change: Callable[[Workbook, Worksheet], None] | None = None) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if change:
        change(book, sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_part(content: bytes, name: str, part: bytes | Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part of its archive changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == name:
                data = part if isinstance(part, bytes) else part(data)
            new.writestr(info.filename, data)
        if name not in old.namelist():
            assert isinstance(part, bytes)
            new.writestr(name, part)
    return file.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_numbers_in_text_columns_are_text_and_blank_rows_are_passed_over(tmp_path: Path) -> None:
    content = workbook([HEAD, (), ("Who rang?", "QS1", 90.0, 7, 28, 7.5), (None,) * 6, ROW])
    first, second = read(tmp_path, content).whole().questions
    assert first.target_seconds == 90
    assert (first.points[0].label, first.points[0].phrases, first.points[0].probe) == ("7", ("28",), "7.5")
    assert second.points[0].phrases == ("days on average", "median wait")


@pytest.mark.parametrize(
    ("cell", "value", "told"),
    [
        ("A2", "=A1", "row 2, Question: expected a text or a number, but found a formula; paste its value."),
        ("D2", "=1+1", "row 2, Point 1: expected a text or a number, but found a formula; paste its value."),
        (
            "C2",
            datetime(2026, 11, 21),  # noqa: DTZ001 (a spreadsheet knows no zone)
            "row 2, Target (seconds): expected a text or a number, but found a date or time",
        ),
        ("E2", date(2026, 11, 21), "(2026-11-21); format the cell as text and type it again"),
        ("F2", "#REF!", "row 2, Point 1: probe: expected a text or a number, but found the error #REF!"),
        ("B2", True, "row 2, Quality statements: expected a quality statement of the framework (“QS1”"),
        ("C2", 90.5, "row 2, Target (seconds): expected a whole number, but found “90.5”"),
        ("I2", "more", "row 2, column 7: expected no more cells than the header has"),
        ("A1", "=1", "row 1, column 1: expected a text or a number, but found a formula"),
    ],
)
def test_a_cell_that_is_no_text_is_told_with_its_row_and_column_and_only_once(
    tmp_path: Path, cell: str, value: Any, told: str
) -> None:
    def change(_: Workbook, sheet: Worksheet) -> None:
        sheet[cell] = value

    found = mistakes(tmp_path, workbook([HEAD, ROW], change))
    assert any(told in mistake for mistake in found), found
    assert len(found) == 1, found


def test_merged_cells_are_told_and_those_of_a_title_are_let_be(tmp_path: Path) -> None:
    def change(_: Workbook, sheet: Worksheet) -> None:
        sheet.merge_cells("A1:F1")

    assert read(tmp_path, workbook([("Our questions",), HEAD, ROW], change)).bank

    def change_below(_: Workbook, sheet: Worksheet) -> None:
        sheet.merge_cells("A2:A3")

    found = mistakes(tmp_path, workbook([HEAD, ROW, ROW], change_below))
    assert "row 2, Question: expected each cell by itself, but found the merged cells A2:A3" in found[0]


def test_hidden_sheets_are_not_read_and_named_and_so_are_other_sheets(tmp_path: Path) -> None:
    def change(book: Workbook, _: Worksheet) -> None:
        hidden = book.create_sheet("Old", 0)
        hidden.append(HEAD)
        hidden.append(("Hidden?", "QS77"))
        hidden.sheet_state = "hidden"
        book.create_sheet("Minutes").append(["Friday"])

    found = read(tmp_path, workbook([HEAD, ROW], change))
    assert len(found.whole().questions) == 1
    notes = " ".join(found.notes)
    assert "Hidden sheets were not read: “Old”" in notes
    assert "not “Minutes”" in notes


def test_a_workbook_of_which_every_other_sheet_is_hidden_lacks_its_questions(tmp_path: Path) -> None:
    def change(book: Workbook, sheet: Worksheet) -> None:
        sheet.sheet_state = "hidden"
        book.create_sheet("Bank").append(["Title", "Ours"])

    assert "expected a sheet “Questions” that is not hidden" in mistakes(tmp_path, workbook([HEAD, ROW], change))[0]


def about(*rows: tuple[Any, Any]) -> Callable[[Workbook, Worksheet], None]:
    def change(book: Workbook, _: Worksheet) -> None:
        sheet = book.create_sheet("bank")
        for row in rows:
            sheet.append(row)

    return change


def test_the_sheet_bank_says_what_the_bank_is(tmp_path: Path) -> None:
    said = about(("Checked on", date(2026, 11, 20)), ("Roles", "Director; Frontline practitioner"))
    assert read(tmp_path, workbook([HEAD, ROW], said)).whole().checked_on == date(2026, 11, 20)
    said = about(("Title", "Our team"), ("version", "3"), ("Checked_on", "20/11/2026"), ("Roles", "Director;frontline"))
    bank = read(tmp_path, workbook([HEAD, ROW], said)).whole()
    assert (bank.id, bank.title, bank.version, bank.checked_on) == ("our-team", "Our team", 3, date(2026, 11, 20))
    assert bank.roles == ("director", "frontline")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("Titel", "x"), "sheet Bank, row 1: expected something that is said of a bank (did you mean “Title”?)"),
        (("Version", "three"), "bank, Version: expected a whole number, but found “three”"),
        (("Version", 0), "bank, version: expected a whole number from 1"),
        (("Checked on", "soon"), "bank, Checked on: expected a date such as 2026-11-21, but found “soon”"),
        (("Title", "=1+1"), "sheet Bank, row 1, Title: expected a text or a number, but found a formula"),
        (("Id", "Our Bank"), "bank, id: expected small letters, digits and single hyphens"),
        (("Roles", "Drector"), "bank, roles: expected a role of the framework (did you mean “director”?)"),
        (("Framework", "cqc-2030"), "bank, framework: expected “cqc-la-2023”, but found “cqc-2030”"),
    ],
)
def test_a_mistake_in_the_sheet_bank_is_told(tmp_path: Path, row: tuple[Any, Any], told: str) -> None:
    found = mistakes(tmp_path, workbook([HEAD, ROW], about(row)))
    assert len(found) == 1
    assert told in found[0]


def test_written_cells_are_text_whatever_they_look_like(tmp_path: Path) -> None:
    first = BANK.questions[0]
    texts = [
        formula.strip() for formula in (*FORMULAS, "http://example.org", "1e5", "#REF!", "2026-11-21", "_x0041_", "007")
    ]
    questions = tuple(replace(first, id=f"q-{number}", text=text) for number, text in enumerate(texts))
    data = write_bank(replace(BANK, questions=questions), BankFormat.XLSX).data
    sheet = load_workbook(io.BytesIO(data))["Questions"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)
    assert all(
        sheet.cell(row=2 + number, column=2).quotePrefix for number, text in enumerate(texts) if text[0] in "=+-@＝"
    )
    assert [question.text for question in read(tmp_path, data).whole().questions] == texts
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"<f>" not in archive.read(SHEET)


def test_texts_that_excel_wrote_into_its_table_of_texts_are_read(tmp_path: Path) -> None:
    strings = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b"<si><t>Question</t></si><si><t>QS</t></si><si><r><t>Who </t></r><r><rPr><b/></rPr><t>rang?</t></r></si>"
        b"<si><t>QS1_x000D_</t></si></sst>"
    )
    cells = b'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    cells += b'<row r="4"><c r="A4" t="s"><v>2</v></c><c r="B4" t="s"><v>3</v></c></row>'
    content = with_part(workbook([HEAD]), SHEET, sheet_of(cells))
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    known = b'<Override PartName="/xl/sharedStrings.xml" ContentType="' + kind + b'"/></Types>'
    content = with_part(content, "[Content_Types].xml", lambda part: part.replace(b"</Types>", known))
    (question,) = read(tmp_path, with_part(content, "xl/sharedStrings.xml", strings)).whole().questions
    assert (question.text, question.statements) == ("Who rang?", ("QS1",))


def sheet_of(rows: bytes, before: bytes = b"") -> bytes:
    return (
        b'<?xml version="1.0"?>'
        + before
        + b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b"<sheetData>" + rows + b"</sheetData></worksheet>"
    )


# --- Hostile

LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
CELL = b'<row r="1"><c r="A1" t="inlineStr"><is><t>&a;</t></is></c></row>'


@pytest.mark.parametrize("before", [LAUGHS, OUTSIDE, b'<!DOCTYPE x SYSTEM "http://example.org/x.dtd">'])
@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "[Content_Types].xml", "xl/styles.xml"])
def test_a_document_type_anywhere_in_a_workbook_is_refused(
    tmp_path: Path, before: bytes, part: str, fault: Tell
) -> None:
    evil = sheet_of(CELL, before)
    (found,) = mistakes(tmp_path, with_part(workbook([HEAD, ROW]), part, evil))
    assert "a document type, which can hide other files" in found
    fault("A workbook or quiz that would read other files", area="Hostile files", tried=1, person_sees=found)


def test_a_part_in_an_encoding_that_hides_its_content_is_refused(tmp_path: Path, fault: Tell) -> None:
    evil = sheet_of(CELL).decode().replace('"1.0"', '"1.0" encoding="UTF-16"').encode("utf-16")
    found = mistakes(tmp_path, with_part(workbook([HEAD, ROW]), SHEET, evil))[0]
    assert "another encoding" in found
    fault("A workbook that hides its content", area="Hostile files", tried=1, person_sees=found)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, fault: Tell) -> None:
    bomb = with_part(workbook([HEAD, ROW]), SHEET, b" " * 60_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.monotonic()
    found = mistakes(tmp_path, bomb)[0]
    assert "swells when it is unpacked" in found
    assert time.monotonic() - started < 2
    if sys.platform == "linux":
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40_000  # kilobytes
    fault("A workbook that is made to fill the memory", area="Hostile files", tried=1, person_sees=found)


def test_a_zip_bomb_that_lies_about_its_size_is_refused(tmp_path: Path, fault: Tell) -> None:
    bomb = bytearray(with_part(workbook([HEAD, ROW]), SHEET, b" " * 60_000_000))
    honest = struct.pack("<I", 60_000_000)
    at = -1
    while (at := bomb.find(honest, at + 1)) >= 0:
        bomb[at : at + 4] = struct.pack("<I", 5_000)
    found = mistakes(tmp_path, bytes(bomb))
    assert found == ["ours.xlsx: expected a whole Excel workbook, but found a damaged one, or one that is cut off."]
    fault("A workbook that is made to fill the memory", area="Hostile files", tried=1, person_sees=found[0])


def test_other_archives_that_swell_or_repeat_themselves_are_refused(tmp_path: Path) -> None:
    content = workbook([HEAD, ROW])
    large = b"<x>" + bytes(range(33, 60)) * (LARGEST_SMALL_PART // 20) + b"</x>"
    file = io.BytesIO(with_part(content, "xl/styles.xml", large))
    with zipfile.ZipFile(file) as archive:
        stored = {info.filename: archive.read(info) for info in archive.infolist()}
    again = io.BytesIO()
    with zipfile.ZipFile(again, "w", zipfile.ZIP_STORED) as archive:
        for name, data in stored.items():
            archive.writestr(name, data)
    assert "a part too large" in mistakes(tmp_path, again.getvalue())[0]
    with zipfile.ZipFile(again, "w", zipfile.ZIP_STORED) as archive:
        for number in range(2_001):
            archive.writestr(f"xl/media/{number}", b"")
    assert "at most 2,000 parts, but found 2,001" in mistakes(tmp_path, again.getvalue())[0]
    twice = io.BytesIO(content)
    with zipfile.ZipFile(twice, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(SHEET, b"<x/>")
    assert "a part that is there twice" in mistakes(tmp_path, twice.getvalue())[0]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            b"<row/>" * (MOST_ROWS + 1),
            "at most 100,000 rows in a sheet (delete the empty ones below), but found 100,001",
        ),
        (b"<row>" + b"<c/>" * 1_000_001 + b"</row>", "at most 1,000,000 cells in a sheet, but found 1,000,001"),
    ],
)
def test_a_sheet_that_is_far_too_long_is_refused_at_once(tmp_path: Path, rows: bytes, told: str, fault: Tell) -> None:
    file = io.BytesIO(workbook([HEAD, ROW]))
    padded = sheet_of(rows + b"<!--" + bytes(x % 90 + 36 for x in range(100_000)) + b"-->").replace(b"--", b"-", 0)
    with zipfile.ZipFile(file) as archive:
        stored = {info.filename: archive.read(info) for info in archive.infolist()}
    again = io.BytesIO()
    with zipfile.ZipFile(again, "w", zipfile.ZIP_STORED) as archive:
        for name, data in (stored | {SHEET: padded}).items():
            archive.writestr(name, data)
    started = time.monotonic()
    found = mistakes(tmp_path, again.getvalue())[0]
    assert told in found
    assert time.monotonic() - started < 5
    fault("A workbook that is made to fill the memory", area="Hostile files", tried=1, person_sees=found)


def test_too_many_texts_are_refused(tmp_path: Path) -> None:
    content = workbook([HEAD, ROW])
    again = io.BytesIO(content)
    with zipfile.ZipFile(again) as archive:
        stored = {info.filename: archive.read(info) for info in archive.infolist()}
    stored["xl/sharedStrings.xml"] = b"<sst>" + b"<si/>" * (MOST_TEXTS + 1) + b"</sst>"
    again = io.BytesIO()
    with zipfile.ZipFile(again, "w", zipfile.ZIP_STORED) as archive:
        for name, data in stored.items():
            archive.writestr(name, data)
    assert "at most 300,000 texts in a workbook" in mistakes(tmp_path, again.getvalue())[0]


def test_a_hundred_thousand_rows_are_refused_with_a_sentence_in_seconds(tmp_path: Path, fault: Tell) -> None:
    row = b'<row><c t="inlineStr"><is><t>Who rang %d?</t></is></c><c t="inlineStr"><is><t>QS1</t></is></c></row>'
    head = b'<row><c t="inlineStr"><is><t>Question</t></is></c><c t="inlineStr"><is><t>QS</t></is></c></row>'
    rows = head + b"".join(row % number for number in range(99_999))
    started = time.monotonic()
    found = mistakes(tmp_path, with_part(workbook([HEAD]), SHEET, sheet_of(rows)))
    assert found == [
        f"ours.xlsx, row {MOST_QUESTIONS + 2}: expected at most 20,000 questions in a file, but found more."
    ]
    assert time.monotonic() - started < 20
    fault("A workbook with far too many questions", area="Hostile files", tried=1, person_sees=found[0])


def test_a_sheet_that_lies_about_its_size_or_leaves_huge_gaps_is_read_in_moments(tmp_path: Path) -> None:
    def lie(part: bytes) -> bytes:
        assert b'<dimension ref="A1:F2" />' in part or b'<dimension ref="A1:F2"/>' in part
        return part.replace(b'ref="A1:F2"', b'ref="A1:XFD1048576"')

    started = time.monotonic()
    assert read(tmp_path, with_part(workbook([HEAD, ROW]), SHEET, lie)).bank
    far = sheet_of(
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>Question</t></is></c></row>'
        b'<row r="2000000000"><c r="XFD2000000000" t="inlineStr"><is><t>x</t></is></c></row>'
    )
    assert mistakes(tmp_path, with_part(workbook([HEAD]), SHEET, far))
    assert time.monotonic() - started < 10


def test_a_workbook_that_is_cut_off_is_refused(tmp_path: Path, fault: Tell) -> None:
    content = write_bank(BANK, BankFormat.XLSX).data
    cuts = range(4, len(content) - 1, len(content) // 40)
    for cut in cuts:
        found = mistakes(tmp_path, content[:cut])[0]
        assert "a whole Excel workbook" in found
    fault("A workbook is cut off", area="Importing", tried=len(cuts), half_done=0, person_sees=found)


def test_a_password_and_damage_inside_are_refused_with_a_sentence(tmp_path: Path, fault: Tell) -> None:
    content = workbook([HEAD, ROW])
    locked = bytearray(content)
    at = locked.find(b"PK\x01\x02")
    while at >= 0:
        locked[at + 8] |= 1
        at = locked.find(b"PK\x01\x02", at + 1)
    assert "without a password, but found an encrypted one" in mistakes(tmp_path, bytes(locked))[0]
    tried = 1
    for part in (b"<a>", b"", sheet_of(b'<row r="x"/>'), sheet_of(b'<row><c t="s"><v>99</v></c></row>')):
        tried += 1
        found = mistakes(tmp_path, with_part(content, SHEET, part))[0]
        assert "a whole Excel workbook" in found
    fault("A workbook is damaged or encrypted", area="Importing", tried=tried, half_done=0, person_sees=found)


def test_no_default_is_needed_for_a_written_bank(tmp_path: Path) -> None:
    assert read(tmp_path, write_bank(BANK, BankFormat.XLSX).data, BankDefaults(checked_on=TODAY)).whole() == BANK
