"""The parts of an Excel workbook, taken out of its zip archive under limits, before anything understands them."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from xml.parsers import expat

from cqcmock.banks.checking import Report, Words

LARGEST_TOTAL = 64_000_000
"""Bytes of all parts together, unpacked."""

LARGEST_SMALL_PART = 4_000_000
"""Bytes of a part that is neither a sheet nor the table of texts."""

MOST_ROWS = 100_000
MOST_CELLS = 1_000_000
MOST_TEXTS = 300_000

_MOST_PARTS = 2_000
_RATIO = 200
_RATIO_FROM = 1_000_000
_CHUNK = 1_000_000
_LEFT_OUT = re.compile(
    r"xl/(?:drawings|media|theme|externalLinks|pivot\w*|charts|chartsheets|dialogsheets|macrosheets|comments|printerSettings)"
)
_WANTED = re.compile(r"(?:\[Content_Types\]\.xml|_rels/[^/]*\.rels|xl/.*\.(?:xml|rels))")
_ENCODING = re.compile(rb"""<\?xml[^>]{0,80}encoding=["']([A-Za-z0-9._-]+)["']""")
_ENCODINGS = (b"utf-8", b"us-ascii", b"iso-8859-1", b"windows-1252")
_COUNTED = (
    (re.compile(rb"<(?:\w+:)?row[\s>/]"), "xl/worksheets/", MOST_ROWS, "rows in a sheet (delete the empty ones below)"),
    (re.compile(rb"<(?:\w+:)?c[\s>/]"), "xl/worksheets/", MOST_CELLS, "cells in a sheet"),
    (re.compile(rb"<(?:\w+:)?si[\s>/]"), "xl/sharedStrings", MOST_TEXTS, "texts in a workbook"),
)
_OTHERS = (
    ("word/document.xml", "a Word document"),
    ("xl/workbook.bin", "a binary workbook (.xlsb): save it as .xlsx"),
    ("ppt/presentation.xml", "a presentation"),
    ("content.xml", "an OpenDocument file: save it as .xlsx"),
)


class _RefusedError(Exception):
    """Why an archive is not looked into: what was expected and what was found, in words."""

    def __init__(self, expected: str, found: str) -> None:
        super().__init__(expected, found)
        self.expected = expected
        self.found = found


def read_parts(data: bytes, report: Report) -> dict[str, bytes] | None:
    """The parts of a workbook that hold its cells, by name; None, with the reason noted, where it cannot be trusted."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = _unpacked(archive)
        for name, part in parts.items():
            _check_part(name, part)
    except _RefusedError as refused:
        report.add("", "", refused.expected, Words(refused.found))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        report.add("", "", "a whole Excel workbook", Words("a damaged one, or one that is cut off"))
    else:
        return parts
    return None


def repacked(parts: dict[str, bytes]) -> io.BytesIO:
    """A workbook of these parts only."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    file.seek(0)
    return file


def _unpacked(archive: zipfile.ZipFile) -> dict[str, bytes]:
    infos = archive.infolist()
    names = [info.filename for info in infos]
    workbook = "an Excel workbook (.xlsx)"
    if len(infos) > _MOST_PARTS:
        raise _RefusedError(f"{workbook} of at most {_MOST_PARTS:,} parts", f"{len(infos):,}")
    if len({name.casefold() for name in names}) < len(names):
        raise _RefusedError(f"{workbook} with each part once", "a part that is there twice")
    if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
        raise _RefusedError(workbook, next((what for name, what in _OTHERS if name in names), "a zip archive"))
    wanted = [info for info in infos if _WANTED.fullmatch(info.filename) and not _LEFT_OUT.match(info.filename)]
    for info in wanted:
        if info.flag_bits & 1:
            raise _RefusedError(f"{workbook} without a password", "an encrypted one")
        if info.file_size > _RATIO_FROM and info.file_size > _RATIO * max(1, info.compress_size):
            raise _RefusedError(workbook, "a file that swells when it is unpacked")
    if sum(info.file_size for info in wanted) > LARGEST_TOTAL:
        raise _RefusedError(f"{workbook} of at most {LARGEST_TOTAL // 1_000_000} MB when unpacked", "a larger one")
    parts: dict[str, bytes] = {}
    left = LARGEST_TOTAL
    for info in wanted:
        parts[info.filename] = _read(archive, info, left)
        left -= len(parts[info.filename])
    return parts


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: int) -> bytes:
    """One part, read piece by piece: its own word on its size is not believed."""
    big = info.filename.startswith(("xl/worksheets/", "xl/sharedStrings"))
    limit = left if big else min(left, LARGEST_SMALL_PART)
    pieces: list[bytes] = []
    with archive.open(info) as file:
        while piece := file.read(_CHUNK):
            pieces.append(piece)
            limit -= len(piece)
            if limit < 0:
                raise _RefusedError("an Excel workbook of the usual size", f"a part too large ({info.filename[:60]!a})")
    return b"".join(pieces)


def _check_part(name: str, part: bytes) -> None:
    found = _ENCODING.match(part.removeprefix(b"\xef\xbb\xbf"))
    if b"\0" in part[:200] or (found and found[1].lower() not in _ENCODINGS):
        raise _RefusedError("a workbook written as UTF-8", "another encoding")
    if _has_document_type(part):
        raise _RefusedError("a workbook as Excel writes it", "a document type, which can hide other files in this one")
    for pattern, of, most, what in _COUNTED:
        if name.startswith(of) and part.count(b"<") > most:
            number = sum(1 for _ in pattern.finditer(part))
            if number > most:
                raise _RefusedError(f"at most {most:,} {what}", f"{number:,}")


class _PrologueOver(Exception):  # noqa: N818 (it ends a search)
    """The first element was reached."""


def _has_document_type(part: bytes) -> bool:
    """Whether a part has a document type, which can stand before its first element only."""
    found: list[str] = []

    def document_type(name: str, *_: object) -> None:
        found.append(name)
        raise _PrologueOver

    def element(*_: object) -> None:
        raise _PrologueOver

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = document_type
    parser.StartElementHandler = element
    try:
        parser.Parse(part, True)
    except _PrologueOver:
        pass
    except expat.ExpatError as error:
        raise _RefusedError("a whole Excel workbook", "a damaged part in it") from error
    return bool(found)
