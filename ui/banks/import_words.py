"""What a look at a file found, line by line: mistakes with their place first, then what taking it in would do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cqcmock.domain.english import count, listed
from ui.banks import wording

if TYPE_CHECKING:
    from cqcmock.domain.questions import Question
    from cqcmock.services.bank_files import Preview


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A preview, and the library's own questions that it would change, by their ids."""

    preview: Preview
    before: Mapping[str, Question]


def needs_roles(preview: Preview) -> bool:
    """Whether the file does not say whom its questions are put to, and nobody else did."""
    return any(problem.field == "roles" and not problem.where for problem in preview.problems)


def only_needs_roles(preview: Preview) -> bool:
    """Whether that is all that is wrong with it."""
    return needs_roles(preview) and len(preview.problems) == 1


def summary(preview: Preview) -> str:
    """What was found and what would be done, in a sentence or two."""
    found = f"{count(preview.found, 'question')} found."
    if only_needs_roles(preview):
        return f"{found} The file does not say who is asked: tick at least one above."
    if len(preview.problems) == 1:
        return f"{found} There is 1 mistake, so nothing is taken in. Mend it in the file, save it, and read it again."
    if preview.problems:
        there = f"There are {count(len(preview.problems), 'mistake')}"
        return f"{found} {there}, so nothing is taken in. Mend them in the file, save it, and read it again."
    parts = [
        f"{number:,} {what}"
        for number, what in (
            (len(preview.added), "added"),
            (len(preview.changed), "changed"),
            (len(preview.unchanged), "left as it is" if len(preview.unchanged) == 1 else "left as they are"),
            (len(preview.taken_out), "taken out"),
        )
        if number
    ]
    told = listed(parts).replace(" ", " will be ", 1)
    bank = f"“{preview.bank.title}”" if preview.bank is not None else "the bank"
    where = f"They go into a new bank, {bank}." if preview.new else f"They go into your bank {bank}."
    kept = len(preview.kept)
    more = f" {count(kept, 'other question')} of that bank {'stays' if kept == 1 else 'stay'}." if kept else ""
    if not preview.does_something:
        return f"{found} All of them are in {bank} already, so there is nothing to do."
    return f"{found} {told}. {where}{more}"


def lines(seen: Seen) -> tuple[str, ...]:
    """Everything, a line (or a few) each: mistakes, notes, what is changed, added, taken out and left."""
    preview = seen.preview
    found = [_problem(problem.where, problem.field, problem.expected, problem.found) for problem in preview.problems]
    found += [f"Please note: {note}" for note in preview.notes]
    found += [_changed(seen.before.get(question.id), question) for question in preview.changed]
    word = "Will be added" if not preview.problems else "Could be added"
    found += _each(word, preview.added)
    found += _each("Will be taken out", preview.taken_out)
    found += _each("Left as it is", preview.unchanged)
    return tuple(found)


def _problem(where: str, field: str, expected: str, found: str) -> str:
    column = f"column “{field}”" if field and "row " in where else field
    place = ", ".join(part for part in (where, column) if part)
    return f"Mistake in {place or 'the file'}: expected {expected}, but found {found}."


def _each(word: str, questions: Sequence[Question]) -> list[str]:
    return [f"{word}: {question.text}" for question in questions]


def _changed(before: Question | None, after: Question) -> str:
    if before is None:
        return f"Will be changed: {after.text}"
    changes = listed(wording.what_changes(before, after))
    if before.text == after.text:
        return f"Will be changed: {after.text}\nWhat changes: {changes}"
    return f"Will be changed: {after.text}\nUntil now: {before.text}\nWhat changes: {changes}"
