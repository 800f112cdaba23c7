"""What Moodle's two formats share: tags, categories, and the lines in which they keep what Moodle has no place for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from cqcmock.banks import checking
from cqcmock.banks.cells import joined_list, slug_of, split_list, tidy
from cqcmock.banks.checking import Report
from cqcmock.banks.exchange import Draft, Entry
from cqcmock.banks.names import FrameworkNames, folded
from cqcmock.banks.question_checks import check_question
from cqcmock.domain.questions import Bank, Kind, Question, Source

_PREFIXES = {"theme": "themes", "role": "roles", "avoid": "avoid", "statement": "statements"}
_SLASH = re.compile(r"(?<!/)/(?!/)")
_LONGEST_NAME = 80
_KINDS: dict[str, Kind] = {kind.value: kind for kind in Kind}
_SOURCES: dict[str, Source] = {source.value: source for source in Source}


def name_of(question: Question) -> str:
    """A short name for a question, in one line."""
    text = " ".join(question.text.split())
    return text if len(text) <= _LONGEST_NAME else f"{text[: _LONGEST_NAME - 1]}…"


def tags_of(question: Question) -> list[str]:
    """A question's statements, themes, roles, kind and source as tags; the usual kind and source need none."""
    tags = list(question.statements)
    tags += [f"theme: {theme}" for theme in question.themes]
    tags += [f"role: {role}" for role in question.roles]
    if question.kind is not Kind.QUESTION:
        tags.append(f"kind: {question.kind}")
    if question.source is not Source.COUNCIL:
        tags.append(f"source: {question.source}")
    return tags


def put_tags(tags: Iterable[str], values: dict[str, Any], names: FrameworkNames, draft: Draft, where: str) -> None:
    """Put what the tags say among the values of a question; a tag that says nothing here is noted."""
    known = {"statements": names.statements, "themes": names.themes, "roles": names.roles, "avoid": names.tags}
    found: dict[str, dict[str, None]] = {"statements": {}, "themes": {}, "roles": {}, "avoid": {}}
    values["kind"], values["source"] = Kind.QUESTION, Source.COUNCIL
    for tag in tags:
        prefix, colon, rest = (part.strip() for part in tag.partition(":"))
        field = _PREFIXES.get(prefix.casefold()) if colon else None
        if colon and prefix.casefold() == "kind" and rest.casefold() in _KINDS:
            values["kind"] = _KINDS[rest.casefold()]
        elif colon and prefix.casefold() == "source" and rest.casefold() in _SOURCES:
            values["source"] = _SOURCES[rest.casefold()]
        elif field and (meant := known[field].get(rest) or known[field].get(folded(rest))):
            found[field][meant] = None
        elif meant := names.statements.get(tag) or names.statements.get(folded(tag)):
            found["statements"][meant] = None
        elif meant := names.themes.get(folded(tag)):
            found["themes"][meant] = None
        elif meant := names.roles.get(folded(tag)):
            found["roles"][meant] = None
        else:
            draft.notes.append(f"The tag {checking.describe(tag)} of {where} means nothing here and was left out.")
    values |= {field: tuple(meant) for field, meant in found.items()}


def put_id(values: dict[str, Any], given: str, name: str, taken: set[str]) -> None:
    """Put the id among the values: the given one, or one of the name, unless an earlier question has that name."""
    if given.strip():
        values["id"] = slug_of(given, "question")
    else:
        made = slug_of(name, "")
        if made and made not in taken:
            values["id"] = made
    taken.update([values["id"]] if "id" in values else [])


def add_question(draft: Draft, where: str, values: dict[str, Any], before: int) -> None:
    """Check a question out of Moodle and put it into the draft; `before` is how many mistakes there were before it."""
    report = draft.report
    if not values["text"]:
        report.add(where, "text", "the text of the question", checking.NOTHING)
    if not values["statements"] and values["kind"] is not Kind.CARD:
        report.add(where, "tags", "a tag that names a quality statement, such as “QS1”", checking.NOTHING)
    check_question(values, report, where, {})
    draft.entries.append(Entry(where=where, values=values, sound=len(report.problems) == before))


def category_of(title: str) -> str:
    """The path of a category with this title."""
    return f"$course$/top/{title.replace('/', '//')}"


def title_of(category: str) -> str:
    """The title at the end of the path of a category."""
    return " ".join(_SLASH.split(category.strip())[-1].replace("//", "/").split())


def head_lines(bank: Bank) -> Iterator[str]:
    """What is said of the bank as a whole, a line each."""
    if title_of(category_of(bank.title)) != bank.title:
        yield f"Title: {bank.title}"
    yield f"Id: {bank.id}"
    yield f"Version: {bank.version}"
    yield f"Checked on: {bank.checked_on.isoformat()}"
    yield f"Framework: {bank.framework}"
    yield f"Roles: {joined_list(bank.roles)}"
    yield f"Language: {bank.language}"


def put_head(pairs: Iterable[tuple[str, str]], head: dict[str, Any], report: Report) -> None:
    """Put what is said of the bank as a whole into its head, each entry under its field; what is wrong is noted."""
    for name, text in pairs:
        field, value = folded(name), tidy(text)
        if field in ("id", "title", "framework", "language") and value:
            head[field] = value
        elif field == "version" and value:
            if value.isdecimal() and len(value) < 10:
                head[field] = int(value)
            else:
                report.add("bank", name.strip(), "a whole number", value)
        elif field == "checked on" and value:
            day = day_of(value)
            if day is None:
                report.add("bank", name.strip(), "a date such as 2026-11-21", value)
            else:
                head["checked_on"] = day
        elif field == "roles" and value:
            head["roles"] = split_list(value)


def is_head(name: str) -> bool:
    """Whether this is the name of something that is said of a bank as a whole."""
    return folded(name) in ("id", "title", "version", "checked on", "framework", "roles", "language")


def day_of(text: str) -> date | None:
    """The day that a text says, as 2026-11-21 or as 21/11/2026."""
    found = re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", text)
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(text[:10]) if re.fullmatch(r"\d{4}-\d\d-\d\d(?:[T ]00:00:00)?", text) else None
    except ValueError:
        return None
