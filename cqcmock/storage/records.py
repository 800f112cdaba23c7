"""Plain data that leaves the storage and has no home in the domain; costs nothing to import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from cqcmock.domain.questions import Question
from cqcmock.domain.review import PackedAnswer, Sheet, Whole
from cqcmock.domain.rubric import Rubric
from cqcmock.domain.sitting import OpenAction, SittingSummary
from cqcmock.domain.story import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupInfo:
    """A copy of the library, when it was made (UTC), and how many sittings are in it."""

    path: Path
    made_at: datetime
    sittings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BankSummary:
    """What a list shows of a question bank; `origin` says who put it there: `shipped`, `imported` or `own`.

    `questions` are all of them, `retired_questions` those that are not asked; a retired bank asks none.
    """

    id: str
    title: str
    version: int
    roles: tuple[str, ...]
    questions: int
    origin: str
    retired: bool = False
    retired_questions: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which questions to look for: all that match everything that is not empty. `retired` None means either."""

    words: str = ""
    bank: str = ""
    role: str = ""
    statement: str = ""
    theme: str = ""
    source: str = ""
    kind: str = ""
    retired: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionLine:
    """What a list shows of a question."""

    bank: str
    bank_title: str
    question: str
    text: str
    kind: str
    statements: tuple[str, ...]
    themes: tuple[str, ...]
    source: str
    retired: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BankEdit:
    """One change of a bank by a person, at a time in UTC; `version` is that of the bank after it."""

    number: int
    bank: str
    version: int
    at: datetime
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierQuestion:
    """A question as it was before an edit, or None if it was not there."""

    edit: BankEdit
    question: Question | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryEdit:
    """One change of a council's story, at a time in UTC; `version` is that of the story after it."""

    number: int
    story: str
    version: int
    at: datetime
    what: str


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
    """Everything that the first screen needs of the library, read in one transaction.

    `place` is that of the chosen story, if the story is in the library.
    """

    resume: tuple[SittingSummary, ...]
    recent: tuple[SittingSummary, ...]
    open_actions: tuple[OpenAction, ...]
    practised: tuple[Practised, ...]
    place: Place | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SentPack:
    """A pack as its owner keeps it. `return_key` opens what comes back, `public_key` is believed to have signed it.

    `kept` says where something that could name somebody was sent all the same, and why, without repeating it.
    """

    id: str
    made_at: datetime
    reviewer: str
    expected: int
    answers_digest: str
    public_key: str
    return_key: str
    rubric: Rubric
    deadline: date | None = None
    note: str = ""
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SentSheet:
    """One answer of a pack, as it was sent, and where it came from."""

    pack: str
    sitting: str
    candidate: str
    question: int
    answer: PackedAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class SentIn:
    """What was sent in a pack: its sheets, the codes of its candidates, the sittings that the answers are of, and
    the characters said on those sheets that were measured and are still there."""

    sheets: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    sittings: set[str] = field(default_factory=set)
    lengths: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedReturn:
    """A return that is in the library: `digest` is that of what was signed."""

    digest: str
    pack: str
    returned_at: datetime
    merged_at: datetime
    sheets: Mapping[str, Sheet]
    wholes: Mapping[str, Whole]
    reviewer_key: str = ""
    why_incomplete: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedPack:
    """A pack as its reviewer keeps it. `content` is what was in the sealed file, whose name and digest say which."""

    id: str
    opened_at: datetime
    file_name: str
    file_digest: str
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeReturn:
    """A return that was written: the digest of its file, how many sheets it held and left out, and why."""

    digest: str
    at: datetime
    sheets: int
    missing: int
    why_incomplete: str = ""
