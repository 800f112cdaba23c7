"""Framework files: everything the program knows of an assessment framework comes from one of these."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from cqcmock.banks import checking
from cqcmock.banks.checking import FileError, Report
from cqcmock.domain.framework import (
    Band,
    EvidenceCategory,
    Framework,
    FrameworkTheme,
    KeyDate,
    Level,
    Preset,
    Role,
    Statement,
    Tag,
    Theme,
)

_LISTS: dict[str, tuple[str, type]] = {
    "bands": ("band", Band),
    "themes": ("theme", FrameworkTheme),
    "statements": ("statement", Statement),
    "evidence": ("evidence", EvidenceCategory),
    "theme_list": ("theme_list", Theme),
    "tags": ("tag", Tag),
    "dates": ("date", KeyDate),
}
_NEEDED = ("band", "theme", "statement", "role")
_SCALE_FIELDS = ("lowest", "highest", "levels")


class FrameworkErrors(FileError):  # noqa: N818 (it holds all of them)
    """A framework that cannot be used, with every mistake in it."""

    kind = "framework"


def read_framework(path: Path) -> Framework:
    """Read a framework file. Raises FrameworkErrors with every mistake in it, UserError when it cannot be opened."""
    report = Report(path.name)
    text = checking.read_text(path, report)
    if text is None:
        raise FrameworkErrors(path.name, report.problems)
    return parse_framework(text, path.name)


def parse_framework(text: str, file_name: str) -> Framework:
    """Read a framework from the text of its file. Raises FrameworkErrors with every mistake in it."""
    report = Report(file_name)
    raw = checking.read_toml(text, report)
    if report.problems:
        raise FrameworkErrors(file_name, report.problems)
    keys = {field: key for field, (key, _) in _LISTS.items()}
    checking.known_keys(raw, ("framework", "scale", "role", *keys.values()), report)
    elsewhere = {**dict.fromkeys([*_SCALE_FIELDS, "roles"]), **dict.fromkeys(keys)}
    head = checking.table(raw, "framework", report)
    found = checking.values(head, Framework, report, "framework", nested=elsewhere) if head else {}
    checking.check_slug(found.get("id"), report, "framework", "id")
    found |= _read_scale(checking.table(raw, "scale", report), report)
    lists = {field: _read_list(raw, key, shape, report) for field, (key, shape) in _LISTS.items()}
    roles = _read_roles(raw, report)
    for key in _NEEDED:
        if raw.get(key, []) == []:
            report.add("", key, f"at least one [[{key}]]", checking.NOTHING)
    _check_references(lists, roles, report)
    _check_bands(lists["bands"], found, report)
    if report.problems:
        raise FrameworkErrors(file_name, report.problems)
    built: dict[str, Any] = {
        field: tuple(shape(**entry) for entry in lists[field]) for field, (_, shape) in _LISTS.items()
    }
    levels = tuple(Level(**level) for level in found.pop("levels"))
    people = tuple(Role(**role | {"presets": tuple(Preset(**preset) for preset in role["presets"])}) for role in roles)
    return Framework(**found, levels=levels, roles=people, **built)


def _read_scale(raw: dict[str, Any], report: Report) -> dict[str, Any]:
    if not raw:
        return {"levels": []}
    checking.known_keys(raw, ("lowest", "highest", "level"), report, "scale")
    found: dict[str, Any] = {}
    for field in ("lowest", "highest"):
        value = raw.get(field)
        if isinstance(value, int) and not isinstance(value, bool):
            found[field] = value
            checking.check_number(value, report, "scale", field, lowest=0, highest=100)
        else:
            report.add("scale", field, "a whole number", checking.NOTHING if value is None else value)
    levels = [
        checking.values(entry, Level, report, f"scale level {position}")
        for position, entry in enumerate(checking.tables(raw, "level", report, "scale", of="scale"), start=1)
    ]
    if len(found) == 2 and found["highest"] <= found["lowest"]:
        report.add("scale", "highest", "a number above the lowest", found["highest"])
    elif len(found) == 2 and found["highest"] <= 100 and all("score" in level for level in levels):
        expected = list(range(found["lowest"], found["highest"] + 1))
        scores = [level["score"] for level in levels]
        if sorted(scores) != expected:
            told = checking.Words(f"levels for {', '.join(map(str, scores)) or 'none'}")
            report.add("scale", "level", f"one level for each score from {expected[0]} to {expected[-1]}", told)
    return found | {"levels": levels}


def _read_list(raw: dict[str, Any], key: str, shape: type, report: Report) -> list[dict[str, Any]]:
    found = []
    for position, entry in enumerate(checking.tables(raw, key, report), start=1):
        where = checking.label(entry, key, position)
        values = checking.values(entry, shape, report, where)
        if shape in (Statement, FrameworkTheme):
            checking.check_code(values.get("id"), report, where, "id")
        else:
            checking.check_slug(values.get("id"), report, where, "id")
        found.append(values)
    checking.check_unique((values.get("id") for values in found), report, kind=key)
    return found


def _read_roles(raw: dict[str, Any], report: Report) -> list[dict[str, Any]]:
    roles = []
    for position, entry in enumerate(checking.tables(raw, "role", report), start=1):
        where = checking.label(entry, "role", position)
        found = checking.values(entry, Role, report, where, nested={"presets": "preset"})
        checking.check_slug(found.get("id"), report, where, "id")
        presets = []
        for number, inner in enumerate(checking.tables(entry, "preset", report, where, of="role"), start=1):
            inside = f"{where}, {checking.label(inner, 'preset', number)}"
            preset = checking.values(inner, Preset, report, inside)
            checking.check_slug(preset.get("id"), report, inside, "id")
            checking.check_number(preset.get("questions"), report, inside, "questions", lowest=1, highest=100)
            checking.check_times(preset, report, inside)
            presets.append(preset)
        checking.check_unique((preset.get("id") for preset in presets), report, kind="preset", where=where)
        roles.append(found | {"presets": presets})
    checking.check_unique((role.get("id") for role in roles), report, kind="role")
    return roles


def _check_references(lists: Mapping[str, list[dict[str, Any]]], roles: list[dict[str, Any]], report: Report) -> None:
    themes = {theme["id"] for theme in lists["themes"] if "id" in theme}
    for position, statement in enumerate(lists["statements"], start=1):
        where = checking.label(statement, "statement", position)
        named = [statement["theme"]] if "theme" in statement else []
        checking.check_known(named, themes, report, where, "theme", what="a [[theme]] of this file")
    known = {role["id"] for role in roles if "id" in role}
    for position, theme in enumerate(lists["theme_list"], start=1):
        where = checking.label(theme, "theme_list", position)
        checking.check_known(theme.get("roles", ()), known, report, where, "roles", what="a [[role]] of this file")
    listed = {theme["id"] for theme in lists["theme_list"] if "id" in theme}
    for role in roles:
        for preset in role["presets"]:
            where = f"role {role.get('id')}, preset {preset.get('id')}"
            checking.check_known(preset.get("themes", ()), listed, report, where, "themes", what="a [[theme_list]]")


def _check_bands(bands: list[dict[str, Any]], scale: Mapping[str, Any], report: Report) -> None:
    """Bands rise, and the lowest of them takes in the lowest percentage that the scale can give."""
    marks = [band["from_percent"] for band in bands if "from_percent" in band]
    for position, mark in enumerate(marks, start=1):
        checking.check_number(mark, report, f"band {position}", "from_percent", lowest=0, highest=100)
    if any(later <= earlier for earlier, later in pairwise(marks)):
        report.add("", "band", "bands from the lowest percentage to the highest", checking.Words("another order"))
    lowest, highest = scale.get("lowest"), scale.get("highest")
    if marks and lowest is not None and highest is not None and 0 <= lowest < highest:
        least = -(-100 * lowest // highest)
        if min(marks) > least:
            report.add("", "band", f"a band from {least} per cent or less, the least that can be scored", min(marks))
