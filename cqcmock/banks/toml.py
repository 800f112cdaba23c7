"""Question banks as TOML files: read with every mistake named, and written so that reading gives the same bank."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import msgspec

from cqcmock.banks import checking
from cqcmock.banks.checking import FileError, Report
from cqcmock.banks.question_checks import check_braces, check_point, check_question, note_no_statement, question_of
from cqcmock.domain.framework import Framework
from cqcmock.domain.questions import Bank, CueProbe, Kind, Point, Question

_UNPRINTED = re.compile(r'["\\\x00-\x1f\x7f]')
LARGEST_VERSION = 1_000_000


class BankErrors(FileError):  # noqa: N818 (it holds all of them)
    """A bank that cannot be used, with every mistake in it."""

    kind = "question bank"


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkWords:
    """What a bank may name of its framework: ids of statements, themes and roles, and names of feedback tags."""

    statements: frozenset[str]
    themes: frozenset[str]
    roles: frozenset[str]
    tags: frozenset[str]


def framework_words(framework: Framework) -> FrameworkWords:
    """The words that a bank for this framework may use."""
    return FrameworkWords(
        statements=frozenset(statement.id for statement in framework.statements),
        themes=frozenset(theme.id for theme in framework.theme_list),
        roles=frozenset(role.id for role in framework.roles),
        tags=frozenset(tag.name for tag in framework.tags),
    )


def read_bank(path: Path, framework: FrameworkWords | None = None) -> Bank:
    """Read a bank file. Raises BankErrors with every mistake in it, UserError when it cannot be opened."""
    report = Report(path.name)
    text = checking.read_text(path, report)
    if text is None:
        raise BankErrors(path.name, report.problems)
    return parse_bank(text, path.name, framework)


def parse_bank(text: str, file_name: str, framework: FrameworkWords | None = None) -> Bank:
    """Read a bank from the text of its file; with `framework`, what it names must be there. Raises BankErrors."""
    report = Report(file_name)
    raw = checking.read_toml(text, report)
    if report.problems:
        raise BankErrors(file_name, report.problems)
    checking.known_keys(raw, ("bank", "question"), report)
    bank = _read_head(checking.table(raw, "bank", report), framework, report)
    if raw.get("question", []) == []:
        report.add("", "question", "at least one [[question]]", checking.NOTHING)
    questions = [
        _read_question(entry, checking.label(entry, "question", position), bank.get("roles"), framework, report)
        for position, entry in enumerate(checking.tables(raw, "question", report), start=1)
    ]
    checking.check_unique((found.get("id") for found in questions), report, kind="question")
    if report.problems:
        raise BankErrors(file_name, report.problems)
    return Bank(**bank, questions=tuple(question_of(found) for found in questions))


def _read_head(raw: dict[str, Any], framework: FrameworkWords | None, report: Report) -> dict[str, Any]:
    if not raw:
        return {}
    found = checking.values(raw, Bank, report, "bank", nested={"questions": None})
    checking.check_slug(found.get("id"), report, "bank", "id")
    checking.check_slug(found.get("framework"), report, "bank", "framework")
    checking.check_number(found.get("version"), report, "bank", "version", lowest=1, highest=LARGEST_VERSION)
    roles = found.get("roles")
    if roles == ():
        report.add("bank", "roles", "at least one role", [])
    for role in roles or ():
        checking.check_slug(role, report, "bank", "roles")
    if framework is not None:
        checking.check_known(roles or (), framework.roles, report, "bank", "roles", what="a role of the framework")
    return found


def _read_question(
    raw: dict[str, Any],
    where: str,
    bank_roles: tuple[str, ...] | None,
    framework: FrameworkWords | None,
    report: Report,
) -> dict[str, Any]:
    found = checking.values(raw, Question, report, where, nested={"points": "point", "probes": "probe"})
    check_question(found, report, where)
    if raw.get("statements", []) == [] and found.get("kind", Kind.CARD) != Kind.CARD:
        note_no_statement(report, where)
    for theme in found.get("themes", ()):
        checking.check_slug(theme, report, where, "themes")
    if bank_roles is not None:
        roles = found.get("roles", ())
        checking.check_known(roles, bank_roles, report, where, "roles", what="one of the bank's own roles")
    if framework is not None:
        for field, known, what in (
            ("statements", framework.statements, "a quality statement of the framework"),
            ("themes", framework.themes, "a theme of the framework's theme_list"),
            ("avoid", framework.tags, "the name of a tag of the framework"),
        ):
            checking.check_known(found.get(field, ()), known, report, where, field, what=what)
    return found | {"points": _read_points(raw, where, report), "probes": _read_probes(raw, where, report)}


def _read_points(raw: dict[str, Any], where: str, report: Report) -> list[dict[str, Any]]:
    points = []
    for position, entry in enumerate(checking.tables(raw, "point", report, where, of="question"), start=1):
        inside = f"{where}, {checking.label(entry, 'point', position)}"
        found = checking.values(entry, Point, report, inside)
        check_point(found, report, inside)
        points.append(found)
    checking.check_unique((found.get("id") for found in points), report, kind="point", where=where)
    return points


def _read_probes(raw: dict[str, Any], where: str, report: Report) -> list[dict[str, Any]]:
    probes = []
    for position, entry in enumerate(checking.tables(raw, "probe", report, where, of="question"), start=1):
        inside = f"{where}, probe {position}"
        found = checking.values(entry, CueProbe, report, inside)
        check_braces("text", (found.get("text", ""),), report, inside)
        probes.append(found)
    return probes


def bank_as_dict(bank: Bank) -> dict[str, Any]:
    """The bank with the keys of its file, ready for JSON; every key is there, the date as text."""
    head = {field.name: getattr(bank, field.name) for field in fields(bank) if field.name != "questions"}
    return {
        "bank": msgspec.to_builtins(head),
        "question": [_question_as_dict(question) for question in bank.questions],
    }


def _question_as_dict(question: Question) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.to_builtins(question)
    points, probes = found.pop("points"), found.pop("probes")
    return found | {"point": points, "probe": probes}


def bank_as_toml(bank: Bank) -> str:
    """The bank as the text of its file; reading it gives an equal bank."""
    lines = ["[bank]", *_lines(bank_as_dict(bank)["bank"], dates=("checked_on",))]
    for question in bank.questions:
        entry = _question_as_dict(question)
        points, probes = entry.pop("point"), entry.pop("probe")
        lines += ["", "[[question]]", *_lines(entry)]
        for key, tables in (("point", points), ("probe", probes)):
            for inner in tables:
                lines += ["", f"  [[question.{key}]]", *(f"  {line}" for line in _lines(inner))]
    return "\n".join(lines) + "\n"


def _lines(entry: Mapping[str, Any], *, dates: Collection[str] = ()) -> list[str]:
    said = {key: value for key, value in entry.items() if value not in ("", []) and (key, value) != ("weight", 1)}
    return [f"{key} = {value if key in dates else _toml(value)}" for key, value in said.items()]


def _toml(value: object) -> str:
    if isinstance(value, str):
        return f'"{_UNPRINTED.sub(_escaped, value)}"'
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(_toml(entry) for entry in value)}]"
    return str(value)


def _escaped(found: re.Match[str]) -> str:
    character = found.group()
    return f"\\{character}" if character in '"\\' else f"\\u{ord(character):04x}"
