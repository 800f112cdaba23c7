"""The audit trail: what was done to what was entrusted, in a chain that shows every change made to it afterwards.

Each entry's hash is that of its own words and of the hash before it. Cutting off the end leaves a whole chain: that is
why its head and count are printed in every report and stand in every pack.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

NO_HASH: Final = "0" * 64
"""What stands before the first entry."""


Details = Mapping[str, str | int]
"""Plain figures about a deed: how many, how large, under which rule."""


class Deed(StrEnum):
    """What the trail tells of. Nothing that anybody said or wrote stands in it, but for the reason they gave."""

    LIBRARY_MADE = "library made"
    LOCKED = "locked"
    LOCK_REMOVED = "lock removed"
    KEY_CHANGED = "key changed"
    RECOVERED = "opened with the recovery words"
    BACKED_UP = "backup made"
    RESTORED = "backup restored"
    REPORT_MADE = "report made"
    PACK_MADE = "pack made"
    PACK_OPENED = "pack opened"
    RETURN_MADE = "return made"
    RETURN_MERGED = "return merged"
    CAFE_CLOSED = "café session closed"
    IMPORTED = "imported"
    EXPORTED = "exported"
    DELETED = "deleted"
    TAKEN_BACK = "deletion taken back"
    PERSON_EXPORTED = "person exported"
    PERSON_ERASED = "person erased"
    HOLD_PLACED = "hold placed"
    HOLD_RELEASED = "hold released"
    RULE_CHANGED = "retention rule changed"


class Kind(StrEnum):
    """What a deed was done to, and what retention has a rule for."""

    LIBRARY = "library"
    SITTING = "sitting"
    RECORDING = "recording"
    PACK = "pack"
    RETURN = "return"
    OPENED_PACK = "opened pack"
    CAFE = "café session"
    CARDS = "café cards"
    BANK = "bank"
    STORY = "story"
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One deed: `subject` is an id, `why` the reason somebody gave or the rule that applied.

    `number` counts from 1; it and the hash are given when the entry is added.
    """

    at: datetime
    deed: str
    kind: str
    number: int = 0
    subject: str = ""
    why: str = ""
    details: Details = field(default_factory=dict)
    hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The last hash of a trail and how many entries it has: whoever noted them sees whether any were cut off."""

    count: int = 0
    hash: str = NO_HASH

    @property
    def short(self) -> str:
        """As it is printed: the first 16 of 64 hexadecimal digits."""
        return self.hash[:16]

    def __str__(self) -> str:
        """As it stands in a report."""
        return f"{self.count} entries, {self.short}" if self.count != 1 else f"1 entry, {self.short}"


def hash_of(entry: Entry, before: str) -> str:
    """The hash that belongs to this entry after one with the hash `before`."""
    details = dict(sorted(entry.details.items()))
    words = [before, entry.number, entry.at.isoformat(), entry.deed, entry.kind, entry.subject, entry.why, details]
    return hashlib.sha256(json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def first_wrong(entries: Iterable[Entry]) -> int | None:
    """The number of the first entry that is not as it was written, or is missing; None where the chain is whole."""
    before = NO_HASH
    for expected, entry in enumerate(entries, 1):
        if entry.number != expected or entry.hash != hash_of(entry, before):
            return expected
        before = entry.hash
    return None
