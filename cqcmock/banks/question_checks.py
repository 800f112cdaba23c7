"""What makes a question sound, whatever file it came from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from cqcmock.banks import checking
from cqcmock.banks.checking import Report
from cqcmock.domain.questions import HEAVIEST, LIGHTEST, PLACEHOLDERS, CueProbe, Point, Question

Shown = Mapping[str, str]
"""What a field is called where the file's writer looks for it. "braces" stands for all fields, if it is there."""

IN_TOML: Shown = {"braces": "braces"}

_BRACES = re.compile(r"\{[^{}]*\}?|\}")
_ALLOWED = tuple(f"{{{name}}}" for name in PLACEHOLDERS)


def check_question(found: Mapping[str, Any], report: Report, where: str, shown: Shown = IN_TOML) -> None:
    """Note a wrong id, wrong times and wrong braces. Fields that are missing were noted before, and are passed over."""
    name = found.get("id")
    if name is not None:
        checking.check_slug(name, report, where, shown.get("id", "id"))
    checking.check_times(found, report, where, shown)
    check_braces("text", (found.get("text", ""),), report, where, shown)
    check_braces("strong", found.get("strong", ()), report, where, shown)


def check_point(found: Mapping[str, Any], report: Report, where: str, shown: Shown = IN_TOML) -> None:
    """Note a point with a wrong id, weight or braces, and one in which there is nothing to hear."""
    name = found.get("id")
    if name is not None:
        checking.check_slug(name, report, where, shown.get("id", "id"))
    weight = found.get("weight", LIGHTEST)
    if weight != LIGHTEST:
        field = shown.get("weight", "weight")
        checking.check_number(weight, report, where, field, lowest=LIGHTEST, highest=HEAVIEST)
    phrases = found.get("phrases")
    if phrases is not None:
        field = shown.get("phrases", "phrases")
        if not phrases:
            report.add(where, field, "at least one phrase", checking.NOTHING if "phrases" in shown else [])
        checking.check_phrases(phrases, report, where, field)
        check_braces("phrases", phrases, report, where, shown)
    check_braces("label", (found.get("label", ""),), report, where, shown)
    check_braces("probe", (found.get("probe", ""),), report, where, shown)


def check_braces(field: str, texts: Iterable[str], report: Report, where: str, shown: Shown = IN_TOML) -> None:
    """Note everything in braces that will not be filled in, and every brace that stands alone."""
    for text in texts:
        if "{" in text or "}" in text:
            for found in _BRACES.findall(text):
                if found not in _ALLOWED:
                    name = shown.get("braces") or shown.get(field, field)
                    report.add(where, name, f"only {' or '.join(_ALLOWED)} in braces", found)


def question_of(found: Mapping[str, Any]) -> Question:
    """The question that these checked values make; its points and probes are values, or made already."""
    fields = dict(found)
    fields["points"] = tuple([point if isinstance(point, Point) else Point(**point) for point in found["points"]])
    fields["probes"] = tuple([probe if isinstance(probe, CueProbe) else CueProbe(**probe) for probe in found["probes"]])
    return Question(**fields)


def note_no_statement(report: Report, where: str, field: str = "statements") -> None:
    """Every question but a card belongs to a quality statement."""
    report.add(where, field, "at least one quality statement, such as “QS1”", checking.NOTHING)
