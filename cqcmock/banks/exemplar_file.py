"""Exemplar files: answers that have been marked already, with the reasons for every level."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cqcmock.banks import checking
from cqcmock.banks.checking import FileError, Report
from cqcmock.domain.review import Exemplar
from cqcmock.domain.rubric import LEVELS, Rubric

STANDARDS = ("weak", "borderline", "strong")
_KEYS = ("id", "role", "standard", "question", "answer", "overall", "levels", "reasons")


class ExemplarErrors(FileError):  # noqa: N818 (it holds all of them)
    """An exemplar file that cannot be used, with every mistake in it."""

    kind = "file of exemplars"


def read_exemplars(path: Path, rubric: Rubric) -> tuple[Exemplar, ...]:
    """Read a file of exemplars. Raises ExemplarErrors with every mistake, UserError when it cannot be opened."""
    report = Report(path.name)
    text = checking.read_text(path, report)
    raw = checking.read_toml(text, report) if text is not None else {}
    if not report.problems:
        checking.known_keys(raw, ("exemplar",), report)
    found = [
        exemplar
        for position, entry in enumerate(checking.tables(raw, "exemplar", report), start=1)
        if (exemplar := _exemplar(entry, rubric, report, checking.label(entry, "exemplar", position)))
    ]
    checking.check_unique((exemplar.id for exemplar in found), report, kind="exemplar")
    if report.problems:
        raise ExemplarErrors(path.name, report.problems)
    return tuple(found)


def _exemplar(entry: dict[str, Any], rubric: Rubric, report: Report, where: str) -> Exemplar | None:
    before = len(report.problems)
    checking.known_keys(entry, _KEYS, report, where)
    checking.check_slug(entry.get("id"), report, where, "id")
    for name in ("role", "question", "answer"):
        if not isinstance(entry.get(name), str) or not entry[name].strip():
            report.add(where, name, "words", entry.get(name, checking.NOTHING))
    if entry.get("standard") not in STANDARDS:
        report.add(where, "standard", f"one of {', '.join(STANDARDS)}", entry.get("standard", checking.NOTHING))
    lenses = {lens.id for lens in rubric.lenses}
    levels, reasons = entry.get("levels"), entry.get("reasons")
    if not isinstance(levels, dict) or levels.keys() != lenses or not all(map(_is_level, levels.values())):
        report.add(where, "levels", "a level from 0 to 3 for every lens", levels or checking.NOTHING)
    if not isinstance(reasons, dict) or reasons.keys() != lenses or not all(map(_is_text, reasons.values())):
        report.add(where, "reasons", "a reason for every lens", reasons or checking.NOTHING)
    if not _is_level(entry.get("overall")):
        report.add(where, "overall", "a level from 0 to 3", entry.get("overall", checking.NOTHING))
    if len(report.problems) > before:
        return None
    return Exemplar(**{**entry, "answer": entry["answer"].strip()})


def _is_level(value: object) -> bool:
    return type(value) is int and value in LEVELS


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
