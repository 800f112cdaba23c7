"""CSV tables: decoded with care, since a spreadsheet does not say how it wrote them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence

from cqcmock.banks.cells import guarded
from cqcmock.banks.checking import Report, Words
from cqcmock.banks.columns import recognised
from cqcmock.banks.exchange import Draft, Written
from cqcmock.banks.names import FrameworkNames
from cqcmock.banks.rows import Row, read_rows
from cqcmock.banks.table_writing import Table, table_of
from cqcmock.domain.questions import Bank

_BOMS = (("utf-8-sig", b"\xef\xbb\xbf"), ("utf-16", b"\xff\xfe"), ("utf-16", b"\xfe\xff"))
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DELIMITERS = (",", ";", "\t")
LOST_HEAD = "what is said of the bank itself: its id, title, version, day of checking, framework, roles and language"

_LOOKED_AT = 100_000
"""Characters of the beginning in which the header is looked for."""


def read_csv(data: bytes, draft: Draft, names: FrameworkNames) -> None:
    """Put the questions of a CSV table into the draft, with every mistake."""
    text = decoded(data, draft)
    if text is not None:
        read_rows(csv_rows(text, delimiter_of(text), draft.report), draft, names)


def decoded(data: bytes, draft: Draft) -> str | None:
    """The text of a file in any of the encodings that spreadsheets write; a guess is noted, binary is refused."""
    encoding = next((name for name, mark in _BOMS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            draft.report.add("", "", f"text in {encoding.upper()}, as its first bytes say", Words("bytes that are not"))
            return None
        decoded_by_windows = _decoded_by_windows(data, error.start, draft)
        if decoded_by_windows is None:
            return None
        text = decoded_by_windows
    if "\0" in text:
        draft.report.add(_line(text, text.index("\0")), "", "text", Words("bytes that are no text"))
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", " ").replace("\x0c", " ")
    text, removed = _CONTROLS.subn("", text)
    if removed:
        draft.notes.append(f"Control characters that cannot be seen were left out: {removed:,} of them.")
    return text


def _decoded_by_windows(data: bytes, wrong: int, draft: Draft) -> str | None:
    where = _line(data, wrong)
    if b"\0" in data:
        draft.report.add(where, "", "text", Words("bytes that are no text"))
        return None
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        expected = "text saved as “CSV UTF-8”"
        draft.report.add(where, "", expected, Words("bytes of another encoding, which cannot be told for sure"))
        return None
    draft.notes.append(
        f"The file does not say how its letters are coded; it was read as Windows text (cp1252), from {where} on. "
        "Look at its £ signs, quotation marks and accents, or save it as “CSV UTF-8”."
    )
    return text


def _line(data: bytes | str, position: int) -> str:
    ends = data.count("\n", 0, position) if isinstance(data, str) else data.count(b"\n", 0, position)
    return f"line {ends + 1}"


def delimiter_of(text: str, known: Callable[[Sequence[str]], int] = recognised) -> str:
    """What divides the cells: the character with which the first rows hold the most names of columns.

    `known` counts the names of columns in a row.
    """
    beginning = text[:_LOOKED_AT]
    found = {delimiter: _most_recognised(beginning, delimiter, known) for delimiter in _DELIMITERS}
    return max(_DELIMITERS, key=lambda delimiter: found[delimiter])


def header_is_known(text: str) -> bool:
    """Whether a text looks like a table of questions."""
    return max(_most_recognised(text[:_LOOKED_AT], delimiter, recognised) for delimiter in _DELIMITERS) > 1


def _most_recognised(text: str, delimiter: str, known: Callable[[Sequence[str]], int]) -> int:
    most = 0
    try:
        for position, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)):
            most = max(most, known(cells[:500]))
            if position == 20:
                break
    except csv.Error:
        return most
    return most


def write_csv(bank: Bank) -> Written:
    """The bank as a CSV table that spreadsheets open as text, with no cell that they would run."""
    table = table_of(bank)
    return Written(data=csv_bytes(table), lost=(LOST_HEAD, *table.lost))


def csv_bytes(table: Table) -> bytes:
    """A table as the bytes of a CSV file: every cell quoted, so that a file that was cut off can be told."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(table.headers)
    writer.writerows([guarded(cell) for cell in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig")


def csv_rows(text: str, delimiter: str, report: Report) -> Iterator[Row]:
    """The rows of a CSV table; where the file is cut off or its quotation marks are wrong, that is noted."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    ends_open = not text.endswith("\n")
    longest = 0
    cells: list[str] = []
    try:
        for number, cells in enumerate(reader, start=1):
            longest = max(longest, len(cells))
            yield number, cells, {}
    except csv.Error as error:
        where = f"row {number + 1}, line {reader.line_num}"
        if "unexpected end" in str(error):
            report.add(where, "", "a quotation mark at the end of a text", Words("the end of the file: it is cut off"))
        elif "field limit" in str(error):
            report.add(where, "", "texts of at most 32,767 characters", Words("a longer one, or a quotation mark open"))
        else:
            expected = "quotation marks around a whole text, and doubled inside it"
            report.add(where, "", expected, Words("a quotation mark with something behind it"))
        return
    if ends_open and cells and len(cells) < longest:
        found = f"{len(cells)} of {longest} cells and no line end: the file seems to be cut off"
        report.add(f"row {number}", "", "a whole row", Words(found))
