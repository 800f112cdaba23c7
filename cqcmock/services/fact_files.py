"""The facts of a story in and out of spreadsheets: looked at first, then taken in as a whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

from cqcmock.banks.checking import Problem
from cqcmock.clock import Clock
from cqcmock.domain.english import count
from cqcmock.domain.story import Fact, Story
from cqcmock.services import saving, stories
from cqcmock.services.bank_files import framework_names
from cqcmock.storage.records import StoryEdit

if TYPE_CHECKING:
    from cqcmock.services.library import Library


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedFact:
    """A fact as it is, and as the spreadsheet has it."""

    before: Fact
    after: Fact

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields that differ."""
        names = (field.name for field in fields(Fact))
        return tuple(name for name in names if getattr(self.before, name) != getattr(self.after, name))


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsPreview:
    """What taking a spreadsheet in would do, before anything is done.

    `kept` are facts of the story that it does not mention, and that stay. Where there are `problems`, nothing can be
    taken in. `version` is that of the story which was looked at.
    """

    file: str
    story: Story
    version: int
    found: int
    added: tuple[Fact, ...]
    changed: tuple[ChangedFact, ...]
    unchanged: tuple[Fact, ...]
    kept: tuple[Fact, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]

    @property
    def does_something(self) -> bool:
        """Whether taking it in would change anything."""
        return not self.problems and bool(self.added or self.changed)


def preview(library: Library, story_id: str, path: Path) -> FactsPreview:
    """Read a spreadsheet and say what it would do to the facts of a story. Raises UserError if it cannot be opened."""
    from cqcmock.banks.fact_rows import read_facts

    version, story = stories.version(library, story_id), stories.story(library, story_id)
    read = read_facts(path, framework_names(), story.facts)
    there = {fact.id: fact for fact in story.facts}
    mentioned = {fact.id for fact in read.facts}
    known = [(there[fact.id], fact) for fact in read.facts if fact.id in there]
    return FactsPreview(
        file=read.file,
        story=story,
        version=version,
        found=read.found,
        added=tuple(fact for fact in read.facts if fact.id not in there),
        changed=tuple(ChangedFact(before=before, after=after) for before, after in known if before != after),
        unchanged=tuple(after for before, after in known if before == after),
        kept=tuple(fact for fact in story.facts if fact.id not in mentioned),
        problems=read.problems,
        notes=read.notes,
    )


def take_in(library: Library, seen: FactsPreview, clock: Clock) -> StoryEdit:
    """Do what the preview said, all of it or nothing.

    Raises UserError with every mistake of the file, and where the story has been changed since it was looked at.
    """
    if seen.problems:
        from cqcmock.banks.fact_rows import FactErrors

        raise FactErrors(seen.file, seen.problems)
    changed = {change.after.id: change.after for change in seen.changed}
    facts = (*(changed.get(fact.id, fact) for fact in seen.story.facts), *seen.added)
    number = count(len(seen.added) + len(seen.changed), "fact")
    what = f"{number} imported from “{seen.file[:200]}”"
    return stories.save(library, replace(seen.story, facts=facts), what, clock, expected=seen.version)


def write_template(path: Path, facts: Sequence[Fact] = ()) -> None:
    """Write a spreadsheet (.xlsx or .csv) to be filled in, with the facts there are.

    Raises UserError for another ending, and where the file cannot be written.
    """
    from cqcmock.banks.fact_rows import facts_file

    data = facts_file(facts, path, framework_names())
    saving.save(path, data, "The spreadsheet", mode=saving.SHARED)
