"""What a service altered, told to every screen, so that each redraws only its own part."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal


class Subject(StrEnum):
    """What can change."""

    SITTINGS = "sittings"
    BANKS = "banks"
    SETTINGS = "settings"
    ACTIONS = "actions"
    STORIES = "stories"
    PACKS = "packs"
    CAFES = "cafes"


@dataclass(frozen=True, slots=True)
class Change:
    """Which subjects a deed altered, and the ids where it knows them: without ids, any may have changed."""

    subjects: frozenset[Subject]
    ids: frozenset[str] = frozenset()

    def touches(self, *subjects: Subject) -> bool:
        """Whether any of these subjects changed."""
        return not self.subjects.isdisjoint(subjects)


def change(*subjects: Subject, ids: tuple[str, ...] = ()) -> Change:
    """A change of these subjects."""
    return Change(frozenset(subjects), frozenset(ids))


class AppSignals(QObject):
    """The one hub: whoever did a deed emits `changed`, whoever shows its subject listens."""

    changed = Signal(Change)
