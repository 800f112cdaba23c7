"""The names by which people call what a framework knows by its ids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cqcmock.banks.checking import Report, did_you_mean, listed
from cqcmock.banks.toml import FrameworkWords, framework_words
from cqcmock.domain.framework import Framework

_SEPARATORS = re.compile(r"[\s_\-–—:.]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkNames:
    """Ids, names and other names of a framework, each with the id that is meant.

    `listing` has the id and name of each, in the framework's order, for people to choose from.
    """

    framework: str
    words: FrameworkWords
    statements: Mapping[str, str]
    themes: Mapping[str, str]
    roles: Mapping[str, str]
    tags: Mapping[str, str]
    listing: Mapping[str, tuple[tuple[str, str], ...]]


def framework_names(framework: Framework) -> FrameworkNames:
    """Every name that a file may use for what is in this framework."""
    return FrameworkNames(
        framework=framework.id,
        words=framework_words(framework),
        statements=_by_name((entry.id, (entry.name, *entry.aliases)) for entry in framework.statements),
        themes=_by_name((entry.id, (entry.name,)) for entry in framework.theme_list),
        roles=_by_name((entry.id, (entry.name,)) for entry in framework.roles),
        tags=_by_name((tag.name, (tag.id,)) for tag in framework.tags),
        listing={
            "statements": tuple((entry.id, entry.name) for entry in framework.statements),
            "themes": tuple((entry.id, entry.name) for entry in framework.theme_list),
            "roles": tuple((entry.id, entry.name) for entry in framework.roles),
            "tags": tuple((tag.name, "") for tag in framework.tags),
        },
    )


def folded(word: str) -> str:
    """A name without capitals, hyphens, underscores and doubled spaces, as names are compared."""
    return _SEPARATORS.sub(" ", word).strip().casefold()


def _by_name(entries: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    kept = [(name, tuple(others)) for name, others in entries]
    found: dict[str, str] = {}
    for name, others in kept:
        for other in others:
            found.setdefault(folded(other), name)
            found.setdefault(folded(f"{name} {other}"), name)
    found |= {folded(name): name for name, _ in kept}
    return found | {name: name for name, _ in kept}


def ids_of(
    words: Iterable[str], known: Mapping[str, str], report: Report, where: str, field: str, *, what: str
) -> tuple[str, ...]:
    """The ids that are meant, each once; a word that means nothing is noted, with the one that is nearest."""
    found: dict[str, None] = {}
    for word in words:
        one = known.get(word) or known.get(folded(word))
        several = [one] if one else [known.get(folded(part)) for part in word.split(",")]
        meant = [name for name in several if name]
        if len(meant) < len(several):
            ids = sorted(set(known.values()))
            hint = did_you_mean(folded(word), known) or (f" ({listed(ids)})" if len(ids) <= 9 else "")
            report.add(where, field, f"{what}{hint}", word)
        found.update(dict.fromkeys(meant))
    return tuple(found)
