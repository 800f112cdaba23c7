"""One person by their name: when two names are the same, and where a name may stand."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

ERASED: Final = "somebody who was erased"
"""Stands where a name stood in somebody else's things."""

ERASED_REVIEWER: Final = "a reviewer who was erased"
"""Stands over the marks of a reviewer; each such reviewer has a number of their own after the first."""

_ALIKE: Final = 0.8


class Where(StrEnum):
    """Where a name may stand, as it is told."""

    SITTING = "rehearsals of their own"
    REVIEWED = "packs sent to them to mark"
    ACTION = "actions they own in others’ rehearsals"
    MARKED = "sheets they marked"
    CAFE = "café sessions they have open"
    SAID = "you said, we did that they own"
    KEY = "reviewer’s keys"
    FACT = "local stories with facts they own"
    FACT_KEPT = "copies of a story kept with others’ rehearsals"
    FACT_BEFORE = "earlier versions of a story"
    OPENED = "packs to be marked on this computer"
    SETTINGS = "settings"


def key_of(name: str) -> str:
    """What two names have in common that are the same: neither capitals nor spaces make anybody somebody else."""
    return " ".join(name.casefold().split())


def is_erased(name: str) -> bool:
    """Whether this is no name, but stands for one that is gone."""
    return key_of(name).startswith((ERASED, ERASED_REVIEWER))


def look_alikes(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Names that may be the same person's written otherwise: for somebody to decide, and never taken for them."""
    own = key_of(name)
    return tuple(other for other in known if key_of(other) != own and own and _alike(own, key_of(other)))


def _alike(one: str, other: str) -> bool:
    words, others = set(one.split()), set(other.split())
    return words <= others or others <= words or SequenceMatcher(None, one, other).ratio() >= _ALIKE
