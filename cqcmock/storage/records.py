"""Plain data that leaves the storage and has no home in the domain; costs nothing to import."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cqcmock.domain.sitting import OpenAction, SittingSummary


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupInfo:
    """A copy of the library, when it was made (UTC), and how many sittings are in it."""

    path: Path
    made_at: datetime
    sittings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BankSummary:
    """What a list shows of a question bank; `origin` says who put it there: `shipped`, `imported` and so on."""

    id: str
    title: str
    version: int
    roles: tuple[str, ...]
    questions: int
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A question that was found; the best has rank 1."""

    bank: str
    question: str
    text: str
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Practised:
    """How often one person has answered one question, and when they last began a sitting with it (UTC)."""

    bank: str
    question: str
    themes: tuple[str, ...]
    times: int
    last_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeRows:
    """Everything that the first screen needs of the library, read in one transaction."""

    resume: tuple[SittingSummary, ...]
    recent: tuple[SittingSummary, ...]
    open_actions: tuple[OpenAction, ...]
    practised: tuple[Practised, ...]
