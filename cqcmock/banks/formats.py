"""Question banks in and out of files of every format: what a file holds is told by its content, not by its name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from cqcmock.banks import checking
from cqcmock.banks.cells import slug_of
from cqcmock.banks.checking import Report, Words
from cqcmock.banks.csv_file import decoded, header_is_known, read_csv, write_csv
from cqcmock.banks.exchange import BankDefaults, BankFormat, Draft, ReadBank, Written, format_named
from cqcmock.banks.gift import looks_like_gift, read_gift, write_gift
from cqcmock.banks.moodle_xml import read_moodle_xml, write_moodle_xml
from cqcmock.banks.names import FrameworkNames, ids_of
from cqcmock.banks.question_checks import question_of
from cqcmock.banks.rows import name_questions
from cqcmock.banks.toml import LARGEST_VERSION, BankErrors, bank_as_toml, parse_bank
from cqcmock.banks.xlsx_file import read_xlsx, write_xlsx
from cqcmock.domain.questions import Bank
from cqcmock.errors import UserError

LARGEST_TABLE = 32_000_000
"""Bytes; ten thousand questions have about ten million."""

_READERS: dict[BankFormat, Callable[[bytes, Draft, FrameworkNames], None]] = {
    BankFormat.CSV: read_csv,
    BankFormat.XLSX: read_xlsx,
    BankFormat.MOODLE_XML: read_moodle_xml,
    BankFormat.GIFT: read_gift,
}
_WRITERS: dict[BankFormat, Callable[[Bank], Written]] = {
    BankFormat.TOML: lambda bank: Written(data=bank_as_toml(bank).encode(), lost=()),
    BankFormat.CSV: write_csv,
    BankFormat.XLSX: write_xlsx,
    BankFormat.MOODLE_XML: write_moodle_xml,
    BankFormat.GIFT: write_gift,
}
_TOML = re.compile(r"^\s*\[{1,2}(?:bank|question)\]", re.MULTILINE)
_HTML = re.compile(r"\s*<(?:!doctype html|html|head|body|table|meta)\b", re.IGNORECASE)
_XML = re.compile(r"\s*<(?:\?xml\b|quiz\b|!--)", re.IGNORECASE)
_BINARY = (
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls), or one with a password: save it as .xlsx without a password"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"SQLite format 3\0", "a database"),
)


def read_bank_file(path: Path, names: FrameworkNames, *, defaults: BankDefaults) -> ReadBank:
    """Read a bank from a file of any format, with every mistake in it.

    A file that holds something else than its name says is refused. `defaults` are for what the file does not say.
    Raises UserError when the file cannot be opened.
    """
    data = read_bytes(path)
    report = Report(path.name)
    draft = Draft(report=report)
    if len(data) > LARGEST_TABLE:
        report.add("", "", f"a file of at most {LARGEST_TABLE // 1_000_000} MB", Words("a larger one"))
        return _result(draft, None, None)
    found = _format_of(data, path, report)
    if found is None:
        return _result(draft, None, None)
    if found is BankFormat.TOML:
        return _read_toml(data, names, draft)
    _READERS[found](data, draft, names)
    return _result(draft, found, _finished(draft, names, defaults, path))


def write_bank(bank: Bank, path_or_format: Path | BankFormat | str) -> Written:
    """The bank as a file of the format that a name says. Raises UserError for a name that says none."""
    return _WRITERS[format_named(path_or_format)](bank)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file, and no more of it than shows that it is too large. Raises UserError."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_TABLE + 1)
    except FileNotFoundError as error:
        raise UserError(f"There is no file {path}.", "Check its name and folder.") from error
    except OSError as error:
        raise UserError(
            f"The file {path} cannot be read: {error.strerror or error}.", "Check that it is a file that you may open."
        ) from error


def _format_of(data: bytes, path: Path, report: Report) -> BankFormat | None:
    """The format of the content, or None with the reason noted."""
    claimed = next((known for known in BankFormat if path.suffix.casefold() == f".{known}"), None)
    found = _content_of(data)
    if found is not None and not isinstance(found, BankFormat):
        known = claimed.in_words if claimed else "a question bank (.toml, .csv, .xlsx, .xml or .gift)"
        report.add("", "", known, Words(found))
        return None
    if claimed is None and path.suffix.casefold() not in ("", ".txt", ".tsv"):
        report.add("", "", "a name that ends with .toml, .csv, .xlsx, .xml or .gift", path.suffix)
        return None
    if claimed and found and claimed is not found:
        report.add(
            "", "", f"{claimed.in_words}, as its name says", Words(f"{found.in_words}: end its name with .{found}")
        )
        return None
    if claimed in (BankFormat.XLSX, BankFormat.MOODLE_XML) and found is None:
        report.add("", "", claimed.in_words, Words("something else" if data else "an empty file"))
        return None
    if claimed is None and found is None:
        report.add("", "", "a question bank (.toml, .csv, .xlsx, .xml or .gift)", Words("something else"))
    return claimed or found


def _content_of(data: bytes) -> BankFormat | str | None:
    """The format of the content as far as it can be told; a text names what is no question bank."""
    if data.startswith(b"PK\x03\x04"):
        return BankFormat.XLSX
    if other := something_else(data):
        return other
    text = _beginning(data)
    if _XML.match(text):
        return BankFormat.MOODLE_XML
    if header_is_known(text):
        return BankFormat.CSV
    if _TOML.search(text):
        return BankFormat.TOML
    return BankFormat.GIFT if looks_like_gift(text) else None


def something_else(data: bytes) -> str:
    """What a file is in words, where it is surely neither text nor a workbook; otherwise nothing."""
    for mark, name in _BINARY:
        if data.startswith(mark):
            return name
    if _HTML.match(_beginning(data)):
        return "a web page (HTML), whatever its name says: open it in a spreadsheet and save it as .xlsx"
    return ""


def _beginning(data: bytes) -> str:
    text = decoded(data[:200_000], Draft(report=Report("")))
    if text is None:
        text = data[:200_000].decode("utf-8", "replace")
    return text.removeprefix("\ufeff")


def _read_toml(data: bytes, names: FrameworkNames, draft: Draft) -> ReadBank:
    text = checking.text_of(data, draft.report)
    if text is None:
        return _result(draft, BankFormat.TOML, None)
    try:
        bank = parse_bank(text, draft.report.file, names.words)
    except BankErrors as error:
        draft.report.problems.extend(error.problems)
        return replace(_result(draft, BankFormat.TOML, None), found=text.count("[[question]]"))
    return replace(_result(draft, BankFormat.TOML, bank), questions=bank.questions, found=len(bank.questions))


def _finished(draft: Draft, names: FrameworkNames, defaults: BankDefaults, path: Path) -> Bank | None:
    """The bank of a draft, or None where there are mistakes."""
    report = draft.report
    name_questions(draft.entries, report, draft.id_field)
    head = _head(draft, names, defaults, path)
    allowed = head["roles"]
    if allowed:
        for entry in draft.entries:
            roles = entry.values["roles"]
            before = len(report.problems)
            checking.check_known(roles, allowed, report, entry.where, "roles", what="one of the bank's own roles")
            entry.sound = entry.sound and len(report.problems) == before
    else:
        used = {role for entry in draft.entries for role in entry.values["roles"]}
        head["roles"] = tuple(role for role, _ in names.listing["roles"] if role in used)
        if not head["roles"] and not report.problems:
            report.add("", "roles", "at least one role, of the bank or of a question", checking.NOTHING)
    if report.problems:
        return None
    return Bank(**head, questions=tuple(question_of(entry.values) for entry in draft.entries))


def _head(draft: Draft, names: FrameworkNames, defaults: BankDefaults, path: Path) -> dict[str, Any]:
    said, report = draft.head, draft.report
    spoken = " ".join(re.sub("[_-]", " ", path.stem).split())
    title = said.get("title") or defaults.title or spoken[:1].upper() + spoken[1:] or "Questions"
    head = {
        "id": said.get("id") or defaults.id or slug_of(title, "questions"),
        "title": title,
        "version": said.get("version", defaults.version),
        "checked_on": said.get("checked_on", defaults.checked_on),
        "framework": said.get("framework") or names.framework,
        "roles": said.get("roles", defaults.roles),
        "language": said.get("language") or defaults.language,
    }
    checking.check_slug(head["id"], report, "bank", "id")
    checking.check_number(head["version"], report, "bank", "version", lowest=1, highest=LARGEST_VERSION)
    if head["framework"] != names.framework:
        report.add("bank", "framework", f"“{names.framework}”", head["framework"])
    head["roles"] = ids_of(head["roles"], names.roles, report, "bank", "roles", what="a role of the framework")
    return head


def _result(draft: Draft, found: BankFormat | None, bank: Bank | None) -> ReadBank:
    sound = () if bank else tuple(question_of(entry.values) for entry in draft.entries if entry.sound)
    return ReadBank(
        file=draft.report.file,
        format=found,
        bank=bank,
        questions=bank.questions if bank else sound,
        found=len(draft.entries),
        problems=tuple(draft.report.problems),
        notes=tuple(draft.notes),
    )
