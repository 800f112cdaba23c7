"""Rubric files: the lenses that answers are marked through, and what each level looks like."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cqcmock.banks import checking
from cqcmock.banks.checking import FileError, Report
from cqcmock.domain.rubric import LEVELS, Lens, Rubric

Anchors = tuple[str, str, str, str]


class RubricErrors(FileError):  # noqa: N818 (it holds all of them)
    """A rubric that cannot be used, with every mistake in it."""

    kind = "rubric"


def read_rubric(path: Path) -> Rubric:
    """Read a rubric file. Raises RubricErrors with every mistake in it, UserError when it cannot be opened."""
    report = Report(path.name)
    text = checking.read_text(path, report)
    raw = checking.read_toml(text, report) if text is not None else {}
    if report.problems:
        raise RubricErrors(path.name, report.problems)
    checking.known_keys(raw, ("rubric", "lens"), report)
    head = checking.table(raw, "rubric", report)
    about = checking.values(head, Rubric, report, "rubric", nested={"lenses": None, "overall": "overall"})
    overall = _anchors(head.get("overall"), report, "rubric", "overall")
    lenses = []
    for position, entry in enumerate(checking.tables(raw, "lens", report), start=1):
        where = checking.label(entry, "lens", position)
        found = checking.values(entry, Lens, report, where, nested={"anchors": "anchors"})
        checking.check_slug(found.get("id"), report, where, "id")
        anchors = _anchors(entry.get("anchors"), report, where, "anchors")
        if anchors and len(found) == 2:
            lenses.append(Lens(**found, anchors=anchors))
    checking.check_unique((lens.id for lens in lenses), report, kind="lens")
    if not lenses and not report.problems:
        report.add("", "lens", "at least one [[lens]]", checking.NOTHING)
    if report.problems or overall is None:
        raise RubricErrors(path.name, report.problems)
    return Rubric(**about, lenses=tuple(lenses), overall=overall)


def _anchors(value: Any, report: Report, where: str, field: str) -> Anchors | None:
    if (
        isinstance(value, list)
        and len(value) == len(LEVELS)
        and all(isinstance(anchor, str) and anchor.strip() for anchor in value)
    ):
        none, little, good, full = value
        return (none, little, good, full)
    report.add(where, field, "four texts, from level 0 to level 3", checking.NOTHING if value is None else value)
    return None
