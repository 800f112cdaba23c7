"""What somebody makes of their own rehearsal, and what they mean to do next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

PROMPTS = {
    "proud": "What am I proud of?",
    "know": "How do we know?",
    "difference": "What difference did it make?",
    "next": "What next?",
    "notes": "Anything else to keep",
}
"""The questions of the reflection, by the field that holds the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reflection:
    """Answers to the prompts, and free notes."""

    proud: str = ""
    know: str = ""
    difference: str = ""
    next: str = ""
    notes: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing has been written."""
        return not any(getattr(self, field).strip() for field in PROMPTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something to do before the next practice. `id` is a UUID; `done` the day on which it was done."""

    id: str
    what: str
    owner: str = ""
    due: date | None = None
    done: date | None = None
