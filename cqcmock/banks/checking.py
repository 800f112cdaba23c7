"""Checks a TOML file against typed dataclasses and collects every mistake, so that one look mends the file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime, time
from enum import EnumType, StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, get_type_hints

import msgspec

from cqcmock.errors import UserError

LARGEST_FILE = 1_000_000
"""Bytes; a bank of 200 questions has about a quarter of that."""

LONGEST_SECONDS = 7200

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CODE = re.compile(r"[A-Za-z0-9]+(?:[-.][A-Za-z0-9]+)*")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One mistake in a file: where it is, what was expected there and what was found."""

    file: str
    where: str
    field: str
    expected: str
    found: str

    def __str__(self) -> str:
        place = ", ".join(part for part in (self.file, self.where, self.field) if part)
        return f"{place}: expected {self.expected}, but found {self.found}."


class FileError(UserError):
    """A file that cannot be used, with every mistake in it."""

    kind = "file"

    def __init__(self, file: str, problems: Sequence[Problem]) -> None:
        count = "1 mistake" if len(problems) == 1 else f"{len(problems)} mistakes"
        super().__init__(
            f"{file} cannot be used as a {self.kind}: it has {count}.", "\n".join(str(problem) for problem in problems)
        )
        self.problems = tuple(problems)


class Report:
    """The mistakes found so far in one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def add(self, where: str, field: str, expected: str, found: object) -> None:
        """Note a mistake. `found` is a value of the file, or a `Words` that says it in words."""
        shown = str(found) if isinstance(found, Words) else describe(found)
        self.problems.append(Problem(file=self.file, where=where, field=field, expected=expected, found=shown))


class Words(str):
    """A description in our words, in contrast to a text out of the file."""

    __slots__ = ()


NOTHING = Words("nothing")


def describe(value: object) -> str:
    """A value of the file in plain words, shortened."""
    if isinstance(value, str):
        text = value if len(value) <= _LONGEST_SHOWN else value[: _LONGEST_SHOWN - 1] + "…"
        return (
            f"“{text.encode('unicode_escape').decode() if not text.isprintable() else text}”" if text else "empty text"
        )
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    shown = repr(value) if not isinstance(value, int) or abs(value) < 10**_LONGEST_SHOWN else "a very large number"
    return f"the number {shown}"


def _printable(text: str) -> str:
    return text if text.isprintable() else ascii(text)[1:-1]


def listed(words: Collection[str]) -> str:
    """Words as a sentence lists them."""
    return ", ".join(f"“{word}”" for word in words)


def read_text(path: Path, report: Report) -> str | None:
    """The text of a file, or None with the reason noted. Raises UserError when the file cannot be opened."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except FileNotFoundError as error:
        raise UserError(f"There is no file {path}.", "Check its name and folder.") from error
    except OSError as error:
        raise UserError(
            f"The file {path} cannot be read: {error.strerror or error}.", "Check that it is a file that you may open."
        ) from error
    return text_of(data, report)


def text_of(data: bytes, report: Report) -> str | None:
    """The text that the bytes of a file are, or None with the reason noted."""
    if len(data) > LARGEST_FILE:
        report.add("", "", "a file of at most 1 MB", Words("a larger one"))
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        report.add(f"line {line}", "", "text saved as UTF-8", Words("bytes that are not"))
        return None


def read_toml(text: str, report: Report) -> dict[str, Any]:
    """The tables of a TOML text; empty, with the mistake and its line noted, when it is not TOML."""
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST_FILE:
        report.add("", "", "a file of at most 1 MB", Words("a larger one"))
        return {}
    try:
        return tomllib.loads(text)
    except RecursionError:
        report.add("", "", "a TOML file", Words("brackets nested too deeply"))
    except ValueError as error:
        message = str(error)
        found = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", message)
        line = int(found.group(1)) if found and found.group(1) else text.count("\n") + 1
        reason = message[: found.start()] if found else message
        report.add(f"line {line}", "", "TOML that can be read", Words(f"a mistake ({reason[:200]})"))
    return {}


def table(raw: Mapping[str, Any], key: str, report: Report) -> dict[str, Any]:
    """The one table `[key]` that a file must have; empty, and noted, when it is not there."""
    value = raw.get(key)
    if isinstance(value, dict):
        return value
    report.add("", key, f"one table [{key}]", NOTHING if value is None else value)
    return {}


def tables(raw: Mapping[str, Any], key: str, report: Report, where: str = "", *, of: str = "") -> list[dict[str, Any]]:
    """All tables `[[key]]`; `of` is the table they stand in. What is no table is noted and left out."""
    value = raw.get(key, [])
    name = f"{of}.{key}" if of else key
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        report.add(where, key, f"tables that begin with [[{name}]]", value)
        return []
    return value


def known_keys(raw: Mapping[str, Any], known: Collection[str], report: Report, where: str = "") -> None:
    """Note every key that means nothing here, with the one that was probably meant."""
    for key in raw:
        if key not in known:
            report.add(
                where, _printable(key), f"a key that is known here{did_you_mean(key, known)}", Words("an unknown key")
            )


def values(
    raw: Mapping[str, Any], shape: type, report: Report, where: str, *, nested: Mapping[str, str | None] | None = None
) -> dict[str, Any]:
    """The fields of a dataclass out of a table, each checked for its type; what is wrong is noted and left out.

    A field with a default may be missing.
    `nested` names the fields that are read elsewhere, each with
    its key in this table, if it has one here.
    """
    nested = nested or {}
    hints = _hints(shape)
    found: dict[str, Any] = {}
    here = [key for key in nested.values() if key is not None]
    known_keys(raw, [key for key in hints if key not in nested] + here, report, where)
    for field in fields(shape):
        if field.name in nested:
            continue
        required = field.default is MISSING
        if field.name not in raw:
            if required:
                report.add(where, field.name, _expected(hints[field.name]), NOTHING)
            continue
        if _check(raw[field.name], hints[field.name], report, where, field.name, required=required):
            found[field.name] = _converted(raw[field.name], hints[field.name])
    return found


@lru_cache(maxsize=64)
def _hints(shape: type) -> dict[str, Any]:
    return get_type_hints(shape)


def _converted(value: object, hint: Any) -> Any:
    return msgspec.convert(value, hint, builtin_types=(date, datetime, time))


def _check(value: object, hint: Any, report: Report, where: str, field: str, *, required: bool) -> bool:
    try:
        converted = _converted(value, hint)
    except msgspec.ValidationError:
        extra = did_you_mean(value, list(hint)) if isinstance(hint, EnumType) and isinstance(value, str) else ""
        wrong = value
        if isinstance(value, list) and hint == tuple[str, ...]:
            wrong = next(entry for entry in value if not isinstance(entry, str))
        report.add(where, field, _expected(hint) + extra, wrong)
        return False
    if isinstance(converted, str) and required and not converted.strip():
        report.add(where, field, "text", converted if not converted else Words("only spaces"))
        return False
    if hint == tuple[str, ...]:
        seen: set[str] = set()
        for entry in converted:
            if not entry.strip():
                report.add(where, field, "text in every entry", Words("an empty one"))
            elif entry in seen:
                report.add(where, field, "each entry once", Words(f"{describe(entry)} twice"))
            seen.add(entry)
    return True


def _expected(hint: Any) -> str:
    if isinstance(hint, EnumType) and issubclass(hint, StrEnum):
        return f"one of {listed([member.value for member in hint])}"
    described = {
        str: "text in quotation marks",
        int: "a whole number",
        bool: "true or false",
        date: "a date such as 2026-11-21, without quotation marks",
        date | None: "a date such as 2026-11-21, without quotation marks",
        tuple[str, ...]: "a list of texts",
    }
    return described[hint]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The known word that is nearest to a wrong one, as the end of a sentence; nothing where none is near."""
    from difflib import get_close_matches  # only a file with a mistake needs it

    close = get_close_matches(word[:200].casefold(), {entry.casefold(): entry for entry in known}, n=1, cutoff=0.6)
    by_folded = {entry.casefold(): entry for entry in known}
    return f" (did you mean “{by_folded[close[0]]}”?)" if close else ""


def label(raw: Mapping[str, Any], kind: str, position: int) -> str:
    """How a mistake names one table: by its id, or by its position from 1 where it has none that can be used."""
    name = raw.get("id")
    if isinstance(name, str) and name.strip() and len(name) <= _LONGEST_SHOWN and name.isprintable():
        return f"{kind} {name}"
    return f"{kind} {position}"


def check_slug(value: str | None, report: Report, where: str, field: str) -> None:
    """Ids of questions, roles and themes: lower-case words joined by hyphens."""
    if value is not None and not _SLUG.fullmatch(value):
        report.add(where, field, "small letters, digits and single hyphens, such as “lead-member”", value)


def check_code(value: str | None, report: Report, where: str, field: str) -> None:
    """Ids that others gave, such as QS1."""
    if value is not None and not _CODE.fullmatch(value):
        report.add(where, field, "letters, digits and hyphens, such as “QS1”", value)


def check_unique(ids: Iterable[str | None], report: Report, *, kind: str, where: str = "") -> None:
    """Note every id that is given more than once."""
    seen: set[str] = set()
    told: set[str] = set()
    for name in ids:
        if name is None:
            continue
        if name in seen and name not in told:
            told.add(name)
            place, field = (where, f"{kind} id") if where else (f"{kind} {name}", "id")
            report.add(place, field, f"an id that no other {kind} has", Words(f"“{name}” twice"))
        seen.add(name)


def check_known(
    words: Iterable[str], known: Collection[str], report: Report, where: str, field: str, *, what: str
) -> None:
    """Note every word that is not one of those known; `what` says what they are, for instance "a role of the bank"."""
    for word in words:
        if word not in known:
            some = f" ({listed(sorted(known))})" if 0 < len(known) <= 9 else ""
            report.add(where, field, f"{what}{did_you_mean(word, known) or some}", word)


def check_number(value: int | None, report: Report, where: str, field: str, *, lowest: int, highest: int) -> None:
    """Note a number out of its range."""
    if value is not None and not lowest <= value <= highest:
        report.add(where, field, f"a whole number from {lowest} to {highest}", value)


def check_times(found: Mapping[str, Any], report: Report, where: str, shown: Mapping[str, str] | None = None) -> None:
    """Preparation, target and limit of a question or preset: in seconds, and the limit no sooner than the target.

    `shown` gives the fields the names that the writer of the file knows them by.
    """
    shown = shown or {}
    for field in ("prepare_seconds", "target_seconds", "limit_seconds"):
        check_number(found.get(field), report, where, shown.get(field, field), lowest=1, highest=LONGEST_SECONDS)
    target, limit = found.get("target_seconds"), found.get("limit_seconds")
    if target is not None and limit is not None and limit < target:
        field = shown.get("limit_seconds", "limit_seconds")
        report.add(where, field, f"at least the target of {target} seconds", limit)


def check_phrases(phrases: Iterable[str], report: Report, where: str, field: str = "phrases") -> None:
    """Note phrases in which there is nothing to hear."""
    for phrase in phrases:
        if not _LETTER_OR_DIGIT.search(phrase) and phrase.strip():
            report.add(where, field, "words in every phrase", phrase)
