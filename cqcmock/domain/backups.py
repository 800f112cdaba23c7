"""What a backup holds, why it was made, and what would be lost and what would come back with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from cqcmock.domain.english import count, listed, listed_in_quotes


class Why(StrEnum):
    """Why a backup was made. It stands in the name of the file, where the lock cannot hide it."""

    BY_ITSELF = ""
    ASKED = "asked"
    MIGRATION = "update"
    IMPORT = "import"
    LOCK = "lock"
    REPAIR = "rescue"


WHY: Final = {
    Why.BY_ITSELF: "made by itself",
    Why.ASKED: "made because you asked for it",
    Why.MIGRATION: "made before the library was brought up to date",
    Why.IMPORT: "made before something was imported",
    Why.LOCK: "made before the lock was changed",
    Why.REPAIR: "saved from a damaged library",
}
"""The same, as the end of a sentence."""


class Thing(StrEnum):
    """What people have in a library."""

    REHEARSAL = "rehearsal"
    CAFE = "café session"
    PACK = "pack"
    RETURN = "return"
    STORY = "local story"
    BANK = "question bank"


NAMED_AT_MOST: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class One:
    """One thing in a library: what it is called, and when it was last changed (UTC)."""

    title: str
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """What is in a library or a backup, without what was deleted. `form` is the form of its tables.

    Banks that come with the program are not counted, for it puts them back by itself.
    """

    form: str
    things: Mapping[Thing, Mapping[str, One]]
    answers: int = 0

    def number(self, thing: Thing) -> int:
        """How many of these there are."""
        return len(self.things.get(thing, {}))

    @property
    def newest(self) -> One | None:
        """The rehearsal that was changed last."""
        return max(self.things.get(Thing.REHEARSAL, {}).values(), key=lambda one: one.changed_at, default=None)

    @property
    def last_saved(self) -> datetime | None:
        """When anything in it was changed last (UTC)."""
        return max((one.changed_at for some in self.things.values() for one in some.values()), default=None)

    def in_words(self) -> str:
        """What is in it, on one line."""
        found = [count(self.number(thing), thing.value) for thing in Thing if self.number(thing)]
        if self.answers:
            found[1:1] = [count(self.answers, "answer")]
        return listed(found) or "nothing yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What restoring would do. `lost` are only in the library, `back` only in the backup, `older` newer in the library.

    None of it is lost for good: the library of now is put aside.
    """

    lost: Mapping[Thing, tuple[One, ...]] = field(default_factory=dict)
    back: Mapping[Thing, tuple[One, ...]] = field(default_factory=dict)
    older: Mapping[Thing, tuple[One, ...]] = field(default_factory=dict)

    def in_words(self) -> tuple[str, ...]:
        """The same in sentences, what would be lost first."""
        said = [
            *(_said(thing, some, _LOST) for thing, some in self.lost.items()),
            *(_said(thing, some, _OLDER) for thing, some in self.older.items()),
            *(_said(thing, some, _BACK) for thing, some in self.back.items()),
        ]
        return tuple(said) or ("What is in the library now is the same as in this backup.",)


_LOST = ("is in the library now and not in this backup", "are in the library now and not in this backup")
_OLDER = ("has been changed since, and would be as it was then", "have been changed since, and would be as they were")
_BACK = ("is no longer in the library, and would come back", "are no longer in the library, and would come back")


def difference(now: Inside, then: Inside) -> Difference:
    """What would be lost and come back if the library of now were replaced by a backup."""
    lost, back, older = {}, {}, {}
    for thing in Thing:
        here, there = now.things.get(thing, {}), then.things.get(thing, {})
        lost[thing] = _newest_first(one for key, one in here.items() if key not in there)
        back[thing] = _newest_first(one for key, one in there.items() if key not in here)
        older[thing] = _newest_first(
            one for key, one in here.items() if key in there and one.changed_at > there[key].changed_at
        )
    return Difference(lost=_some(lost), back=_some(back), older=_some(older))


def _newest_first(some: Iterable[One]) -> tuple[One, ...]:
    return tuple(sorted(some, key=lambda one: (one.changed_at, one.title), reverse=True))


def _some(found: Mapping[Thing, tuple[One, ...]]) -> dict[Thing, tuple[One, ...]]:
    return {thing: some for thing, some in found.items() if some}


def _said(thing: Thing, some: tuple[One, ...], ends: tuple[str, str]) -> str:
    begins = f"{count(len(some), thing.value)} {ends[len(some) != 1]}"
    titles = [one.title for one in some if one.title]
    if not titles:
        return f"{begins}."
    named = titles[:NAMED_AT_MOST]
    more = len(some) - len(named)
    return f"{begins}: {listed_in_quotes(named)}" + (f", and {more:,} more." if more else ".")
