"""A council's local story: the names, facts and communities that a good answer draws on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The names that stand in for `{place}` and `{council}`."""

    id: str
    name: str
    council: str
    checked_on: date
    notes: tuple[str, ...] = ()

    @property
    def names(self) -> dict[str, str]:
        """What to put for each placeholder of a question."""
        return {"place": self.name, "council": self.council}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One figure or fact of the place. `phrases` are words in which people quote it."""

    id: str
    label: str
    value: str
    unit: str = ""
    as_of: date
    comparator: str = ""
    source: str
    owner: str = ""
    review_by: date | None = None
    statements: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Community:
    """People who are seldom heard, how the council listens to them, and what changed."""

    id: str
    who: str
    how_we_listen: str
    what_changed: str = ""
    source: str
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class YouSaid:
    """Something that people said, and what was done about it."""

    said: str
    did: str
    when: date | None = None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A practice example in which nobody can be recognised."""

    id: str
    text: str
    statements: tuple[str, ...] = ()
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The whole local story of one council."""

    place: Place
    facts: tuple[Fact, ...] = ()
    communities: tuple[Community, ...] = ()
    you_said: tuple[YouSaid, ...] = ()
    examples: tuple[Example, ...] = ()

    def facts_due(self, today: date) -> tuple[Fact, ...]:
        """The facts that were to be reviewed before today, the longest overdue first."""
        due = [fact for fact in self.facts if fact.review_by is not None and fact.review_by < today]
        return tuple(sorted(due, key=lambda fact: fact.review_by or today))
