"""The framework, the rubric and the stories that come with the program, each file read once.

The first screen needs the framework and the stories; what only later screens need is imported where they ask for it.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import TYPE_CHECKING

from cqcmock.banks.framework_file import read_framework
from cqcmock.banks.story_file import read_story
from cqcmock.domain.framework import Framework
from cqcmock.domain.rubric import Rubric
from cqcmock.domain.story import Place, Story
from cqcmock.errors import UserError
from cqcmock.paths import question_banks_folder

if TYPE_CHECKING:
    from cqcmock.banks.toml import FrameworkWords
    from cqcmock.domain.glossary import Term
    from cqcmock.domain.review import Exemplar

DEFAULT_FRAMEWORK = "cqc-la-2023"
DEFAULT_RUBRIC = "six-lenses"


@cache
def framework(framework_id: str = DEFAULT_FRAMEWORK) -> Framework:
    """A framework by its id. Raises UserError naming those there are."""
    folder = question_banks_folder() / "frameworks"
    path = folder / f"{framework_id}.toml"
    known = sorted(file.stem for file in folder.glob("*.toml"))
    if framework_id not in known:
        raise UserError(f"There is no framework “{framework_id}”.", f"The frameworks are: {', '.join(known)}.")
    return read_framework(path)


@cache
def framework_words(framework_id: str = DEFAULT_FRAMEWORK) -> FrameworkWords:
    """The ids that a bank may use when it names this framework."""
    from cqcmock.banks.toml import FrameworkWords

    found = framework(framework_id)
    return FrameworkWords(
        statements=frozenset(statement.id for statement in found.statements),
        themes=frozenset(theme.id for theme in found.theme_list),
        roles=frozenset(role.id for role in found.roles),
        tags=frozenset(tag.name for tag in found.tags),
    )


@cache
def rubric(rubric_id: str = DEFAULT_RUBRIC) -> Rubric:
    """A rubric by its id."""
    from cqcmock.banks.rubric_file import read_rubric

    return read_rubric(question_banks_folder() / "rubrics" / f"{rubric_id}.toml")


def exemplars(roles: Collection[str]) -> tuple[Exemplar, ...]:
    """The answers that have been marked already, for these roles, each with its reasons."""
    return tuple(exemplar for exemplar in _exemplars() if exemplar.role in roles)


@cache
def _exemplars() -> tuple[Exemplar, ...]:
    from cqcmock.banks.exemplar_file import read_exemplars

    files = sorted((question_banks_folder() / "exemplars").glob("*.toml"))
    return tuple(exemplar for file in files for exemplar in read_exemplars(file, rubric()))


@cache
def stories() -> tuple[Story, ...]:
    """The local stories that come with the program, by the name of the place."""
    files = (question_banks_folder() / "stories").glob("*.toml")
    return tuple(sorted((read_story(file) for file in files), key=lambda story: story.place.name))


def shipped_place(story_id: str) -> Place | None:
    """The names of a shipped story, or None where there is no such story."""
    return next((story.place for story in stories() if story.place.id == story_id), None)


@cache
def glossary() -> tuple[Term, ...]:
    """The acronyms and jargon of the sector, each with its plain words."""
    from cqcmock.banks.glossary_file import read_glossary

    return read_glossary(question_banks_folder() / "glossaries" / "adult-social-care.toml")
