"""Story files: the names, facts, communities and examples of one council."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from cqcmock.banks import checking, toml_text
from cqcmock.banks.checking import FileError, Report
from cqcmock.domain.story import Community, Example, Fact, Place, Story, YouSaid

if TYPE_CHECKING:
    from cqcmock.banks.toml import FrameworkWords

_LISTS: dict[str, tuple[str, type]] = {
    "facts": ("fact", Fact),
    "communities": ("community", Community),
    "you_said": ("you_said", YouSaid),
    "examples": ("example", Example),
}


class StoryErrors(FileError):  # noqa: N818 (it holds all of them)
    """A story that cannot be used, with every mistake in it."""

    kind = "local story"


def read_story(path: Path, framework: FrameworkWords | None = None) -> Story:
    """Read a story file. Raises StoryErrors with every mistake in it, UserError when it cannot be opened."""
    report = Report(path.name)
    text = checking.read_text(path, report)
    if text is None:
        raise StoryErrors(path.name, report.problems)
    return parse_story(text, path.name, framework)


def parse_story(text: str, file_name: str, framework: FrameworkWords | None = None) -> Story:
    """Read a story from the text of its file; with `framework`, the statements it names must be there.

    Raises StoryErrors with every mistake in it.
    """
    report = Report(file_name)
    raw = checking.read_toml(text, report)
    if report.problems:
        raise StoryErrors(file_name, report.problems)
    checking.known_keys(raw, ("place", *(key for key, _ in _LISTS.values())), report)
    head = checking.table(raw, "place", report)
    place = checking.values(head, Place, report, "place") if head else {}
    checking.check_slug(place.get("id"), report, "place", "id")
    lists = {field: _read_list(raw, key, shape, framework, report) for field, (key, shape) in _LISTS.items()}
    if report.problems:
        raise StoryErrors(file_name, report.problems)
    built: dict[str, Any] = {
        field: tuple(shape(**entry) for entry in lists[field]) for field, (_, shape) in _LISTS.items()
    }
    return Story(place=Place(**place), **built)


def _read_list(
    raw: dict[str, Any], key: str, shape: type, framework: FrameworkWords | None, report: Report
) -> list[dict[str, Any]]:
    entries = []
    for position, entry in enumerate(checking.tables(raw, key, report), start=1):
        where = checking.label(entry, key, position)
        found = checking.values(entry, shape, report, where)
        checking.check_slug(found.get("id"), report, where, "id")
        checking.check_phrases(found.get("phrases", ()), report, where)
        as_of, review_by = found.get("as_of"), found.get("review_by")
        if as_of is not None and review_by is not None and review_by < as_of:
            report.add(where, "review_by", f"a date not before {as_of.isoformat()}, the date of the fact", review_by)
        if framework is not None:
            statements = found.get("statements", ())
            what = "a quality statement of the framework"
            checking.check_known(statements, framework.statements, report, where, "statements", what=what)
        entries.append(found)
    checking.check_unique((found.get("id") for found in entries), report, kind=key)
    return entries


def story_as_toml(story: Story) -> str:
    """The story as the text of its file; reading it gives an equal story."""
    written = ["[place]", *toml_text.lines(_entry(story.place))]
    for field, (key, _shape) in _LISTS.items():
        for entry in getattr(story, field):
            written += ["", f"[[{key}]]", *toml_text.lines(_entry(entry))]
    return "\n".join(written) + "\n"


def story_as_dict(story: Story) -> dict[str, Any]:
    """The story with the keys of its file, ready for JSON; every key is there, dates as text."""
    lists = {key: [msgspec.to_builtins(entry) for entry in getattr(story, field)] for field, (key, _) in _LISTS.items()}
    return {"place": msgspec.to_builtins(story.place)} | lists


def _entry(shape: Any) -> dict[str, object]:
    return {field.name: getattr(shape, field.name) for field in fields(shape)}
