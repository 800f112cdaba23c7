"""What keeps a question from being kept, in the words of the form and at the field where it is mended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cqcmock.domain.questions import PLACEHOLDERS, Cue, Question

if TYPE_CHECKING:
    from cqcmock.domain.questions import Bank

Place = tuple[str, str]
"""A part of the form and a field in it: ("", "text"), ("point 0", "phrases") of the first point, or ("probe", cue)."""

_BRACES = re.compile(r"\{[^{}]*\}?|\}")
_ALLOWED = frozenset(f"{{{name}}}" for name in PLACEHOLDERS)
_QUOTED = re.compile(r"“(.*)”", re.DOTALL)
_POINT = re.compile(r"^point (.+)$")
_PROBE = re.compile(r"^probe (\d+)$")
TOO_MUCH = "There is more here than can be kept for one question. Take something out."
NO_TEXT = "Write the question."
NO_STATEMENT = "Tick at least one quality statement."
NO_ROLE = "Tick at least one: somebody has to be asked."
NO_BANK_NAME = "Give your new bank a name."
NO_BANK_ROLE = "Tick at least one role for your new bank."
NO_LABEL = "Give this point a name."
NO_PHRASE = "Write at least one way in which people say it."
NO_PROBE = "Write what to ask when nothing is said about it."
LIMIT_TOO_SHORT = "This has to be at least as long as a good answer."


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """Where it is and what to do. What is only `missing` yet is not said before somebody has been there."""

    place: Place
    sentence: str
    missing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Everything that stands in the form: the question, and the bank that it goes into.

    Where `bank` is empty a new one is made, of this name and for these roles. `nobody` says that no role is ticked.
    """

    question: Question
    bank: str = ""
    new_bank: str = ""
    new_roles: tuple[str, ...] = ()
    nobody: bool = False


def mistakes_in(written: Written, heads: tuple[Bank, ...]) -> tuple[Mistake, ...]:
    """In the database lane: everything that has to be mended, from the top of the form."""
    from cqcmock.services import bank_editing

    found: list[Mistake] = []
    bank = next((head for head in heads if head.id == written.bank), None)
    if bank is None:
        if not written.new_bank:
            found.append(Mistake(place=("", "new-bank"), sentence=NO_BANK_NAME, missing=True))
        if not written.new_roles:
            found.append(Mistake(place=("", "new-roles"), sentence=NO_BANK_ROLE, missing=True))
        bank = _not_made_yet(written)
    elif written.nobody:
        found.append(Mistake(place=("", "roles"), sentence=NO_ROLE))
    for problem in bank_editing.problems_of(written.question, bank):
        found += _said(written.question, problem.where, problem.field, problem.found)
    return tuple(dict.fromkeys(found))


def _not_made_yet(written: Written) -> Bank:
    from datetime import date

    from cqcmock.domain.questions import Bank
    from cqcmock.services.shipped import DEFAULT_FRAMEWORK, framework

    return Bank(
        id="new",
        title=written.new_bank or "New",
        version=1,
        checked_on=date(2000, 1, 1),  # it is given the day on which it is made
        framework=DEFAULT_FRAMEWORK,
        roles=written.new_roles or tuple(role.id for role in framework().roles),
        language="en-GB",
        questions=(),
    )


def _said(question: Question, where: str, name: str, found: str) -> Iterator[Mistake]:
    """A problem of the checker in the words of the form."""
    inside = where.rsplit(", ", 1)[-1]
    if point := _POINT.match(inside):
        yield from _said_of_point(question, point.group(1), name, found)
    elif probe := _PROBE.match(inside):
        at = int(probe.group(1)) - 1
        cue = question.probes[at].cue if at < len(question.probes) else Cue.ALWAYS
        sentence = _about_braces(found) if name == "braces" else "Mend this, or take it out."
        yield Mistake(place=("probe", cue.value), sentence=sentence)
    elif not where:
        yield Mistake(place=("", "text"), sentence=TOO_MUCH)
    else:
        yield _said_of_question(question, name, found)


def _said_of_question(question: Question, name: str, found: str) -> Mistake:
    if name == "braces":
        part = "text" if _has_braces(question.text) else "strong"
        return Mistake(place=("", part), sentence=_about_braces(found))
    match name:
        case "text":
            return Mistake(place=("", "text"), sentence=NO_TEXT, missing=True)
        case "statements" if not question.statements:
            return Mistake(place=("", "statements"), sentence=NO_STATEMENT, missing=True)
        case "limit_seconds" if question.limit_seconds < question.target_seconds:
            return Mistake(place=("", name), sentence=LIMIT_TOO_SHORT)
        case "prepare_seconds" | "target_seconds" | "limit_seconds":
            return Mistake(place=("", name), sentence="Choose a time from 1 second to 2 hours (7,200 seconds).")
        case "strong" | "communities":
            return Mistake(place=("", name), sentence=_twice(found))
        case "statements" | "themes" | "avoid" | "roles":
            return Mistake(place=("", name), sentence=f"{_quoted(found)} is not known any more. Take its tick away.")
        case _:
            return Mistake(place=("", "text"), sentence=f"Something is not right here: {found}.")


def _said_of_point(question: Question, label: str, name: str, found: str) -> Iterator[Mistake]:
    ids = [point.id for point in question.points]
    at = ids.index(label) if label in ids else int(label) - 1 if label.isdigit() else 0
    point = question.points[at] if 0 <= at < len(question.points) else None
    place = f"point {at}"
    if point is None:
        yield Mistake(place=("", "text"), sentence=TOO_MUCH)
    elif name == "braces":
        texts = {"label": (point.label,), "phrases": point.phrases, "probe": (point.probe,)}
        part = next((part for part, lines in texts.items() if any(map(_has_braces, lines))), "label")
        yield Mistake(place=(place, part), sentence=_about_braces(found))
    elif name == "label":
        yield Mistake(place=(place, "label"), sentence=NO_LABEL, missing=True)
    elif name == "probe":
        yield Mistake(place=(place, "probe"), sentence=NO_PROBE, missing=True)
    elif name == "phrases" and not point.phrases:
        yield Mistake(place=(place, "phrases"), sentence=NO_PHRASE, missing=True)
    elif name == "phrases" and len(set(point.phrases)) < len(point.phrases) and found.endswith("twice"):
        yield Mistake(place=(place, "phrases"), sentence=_twice(found))
    elif name == "phrases":
        yield Mistake(place=(place, "phrases"), sentence=f"There are no words in {_quoted(found)}.")
    else:
        yield Mistake(place=(place, "label"), sentence=f"Something is not right here: {found}.")


def _has_braces(text: str) -> bool:
    return any(found not in _ALLOWED for found in _BRACES.findall(text))


def _about_braces(found: str) -> str:
    return f"Only {{place}} and {{council}} may stand in curly brackets. Take the brackets of {_quoted(found)} out."


def _quoted(found: str) -> str:
    words = _QUOTED.search(found)
    return f"“{words.group(1)}”" if words else found


def _twice(found: str) -> str:
    return f"{_quoted(found)} stands here twice. Once is enough."
