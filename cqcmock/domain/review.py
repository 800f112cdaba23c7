"""Peer review: what a reviewer is sent, what comes back, and which of several submissions counts.

A *pack* is made for one reviewer. Each answer in it is one *sheet* to be marked; a *candidate* is one sitting, under a
code instead of a name. What a reviewer hands in is a *return*; the outcome depends only on the set of returns.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TypeVar

from cqcmock.domain.interview import PARTS_JOINED_BY
from cqcmock.domain.rubric import LEVELS, Rubric
from cqcmock.domain.story import Story

MOST_SHEETS = 2_000
"""Answers in one pack: 40 sittings of 40 questions, and some room."""

LONGEST_COMMENT = 20_000
MOST_PINS = 50
MOST_TAGS = 20
LONGEST_TAG = 100
LONGEST_WHY = 2_000
"""Characters of a tag, and of the reason why sheets are missing."""

_ALL_LEVELS = frozenset(LEVELS)
_ALL_LEVELS_OR_NONE = frozenset((None, *LEVELS))


class SheetState(StrEnum):
    """How far the marking of one answer has come."""

    UNTOUCHED = "untouched"
    DRAFT = "draft"
    SUBMITTED = "submitted"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedProbe:
    """A follow-up question, and what was answered."""

    text: str
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedAnswer:
    """One answer as a reviewer sees it; `sheet` is its id, which no other answer of any pack has.

    Times are in seconds. `strong` and `avoid` are what a good answer to this question does and does not do.
    """

    sheet: str
    candidate: str
    number: int
    question: str
    answer: str
    probes: tuple[PackedProbe, ...] = ()
    strong: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    answer_seconds: float = 0.0
    target_seconds: float = 0.0
    limit_seconds: float = 0.0

    @property
    def spoken(self) -> str:
        """Everything said as one text: what the pins of a comment count in."""
        return PARTS_JOINED_BY.join((self.answer, *(probe.answer for probe in self.probes)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody whose answers are marked. `name` is empty unless the owner chose to send it."""

    code: str
    role_name: str
    place: str
    name: str = ""
    last_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemplar:
    """An answer that has been marked already, with the reasons: for finding one's own measure before marking others."""

    id: str
    role: str
    standard: str
    question: str
    answer: str
    levels: Mapping[str, int]
    overall: int
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """What one reviewer is sent. `exemplars_first` asks them to mark the exemplars before the answers."""

    id: str
    made_on: date
    made_by: str
    reviewer: str
    rubric: Rubric
    tags: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    answers: tuple[PackedAnswer, ...]
    deadline: date | None = None
    note: str = ""
    exemplars: tuple[Exemplar, ...] = ()
    exemplars_first: bool = False
    story: Story | None = None
    names_shown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """A comment on some words of an answer: from `start` up to `end` in `PackedAnswer.spoken`."""

    start: int
    end: int
    comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerMarks:
    """What a reviewer thinks of one answer: a level for each lens, an impression of the whole answer, and words."""

    levels: Mapping[str, int] = field(default_factory=dict)
    overall: int | None = None
    comment: str = ""
    pins: tuple[Pin, ...] = ()
    tags: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been marked or written."""
        return self == PeerMarks()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The marks of one answer and how far they are; `revision` rises each time they are submitted."""

    id: str
    marks: PeerMarks = field(default_factory=PeerMarks)
    state: SheetState = SheetState.UNTOUCHED
    revision: int = 0
    submitted_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """What a reviewer thinks of everything that one candidate said."""

    candidate: str
    overall: int | None = None
    comment: str = ""
    revision: int = 0
    written_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """What a reviewer hands in: the submitted sheets of one pack, and why others are missing, if any are.

    `answers_digest` is that of the answers as they were sent: marks of other words would be worth nothing.
    """

    pack: str
    answers_digest: str
    reviewer: str
    returned_at: datetime
    sheets: tuple[Sheet, ...]
    wholes: tuple[Whole, ...] = ()
    why_incomplete: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnDraft:
    """What a reviewer has settled about the next return of a pack before it is made.

    `why_incomplete` as it is being written; `signed` is whether it is to be signed with the reviewer's own key too.
    """

    why_incomplete: str = ""
    signed: bool = False


MOST_TO_KEEP, MOST_TO_CHANGE = 3, 2
LONGEST_ADVICE = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepAndChange:
    """What the owner of a review takes from it for the person: up to three things to keep, two to change."""

    keep: tuple[str, ...] = ()
    change: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many sheets were sent, how many came back, how many did not."""

    expected: int
    received: int

    @property
    def missing(self) -> int:
        """Sheets that have not come back."""
        return self.expected - self.received


def wrong_marks(marks: PeerMarks, rubric: Rubric, length: int) -> str:
    """What is wrong with marks of an answer of `length` characters, as a sentence, or nothing."""
    lenses = {lens.id for lens in rubric.lenses}
    if not lenses.issuperset(marks.levels):
        return f"There is no lens “{min(marks.levels.keys() - lenses)[:60]}”."
    if not _ALL_LEVELS.issuperset(marks.levels.values()) or marks.overall not in _ALL_LEVELS_OR_NONE:
        return "A level is a whole number from 0 to 3."
    if len(marks.comment) > LONGEST_COMMENT or any(len(pin.comment) > LONGEST_COMMENT for pin in marks.pins):
        return f"A comment has at most {LONGEST_COMMENT:,} characters."
    if len(marks.pins) > MOST_PINS or len(marks.tags) > MOST_TAGS:
        return f"An answer has at most {MOST_PINS} comments on words of it, and {MOST_TAGS} tags."
    if any(len(tag) > LONGEST_TAG for tag in marks.tags):
        return f"A tag has at most {LONGEST_TAG} characters."
    if any(not 0 <= pin.start < pin.end <= length for pin in marks.pins):
        return "A comment points at words that are not in the answer."
    return ""


def missing_lenses(marks: PeerMarks, rubric: Rubric) -> tuple[str, ...]:
    """The names of the lenses without a level, in order: none may be missing when a sheet is submitted."""
    return tuple(lens.name for lens in rubric.lenses if lens.id not in marks.levels)


def marking_order(pack: Pack) -> tuple[str, ...]:
    """The sheets in the order in which this reviewer is given them.

    Another reviewer gets another order, so that nobody's answers are always marked last; the same one always this.
    """
    from random import Random  # 3 ms that lists of rehearsals need not pay

    sheets = sorted(answer.sheet for answer in pack.answers)
    Random(f"{pack.id} {pack.reviewer}").shuffle(sheets)  # noqa: S311 - fairness, not secrecy
    return tuple(sheets)


Part = TypeVar("Part", Sheet, Whole)


def in_order(parts: Iterable[Part]) -> list[Part]:
    """Submissions from the first to the one that counts, whatever the order in which they came in.

    The latest one counts; of two at one moment the one that was submitted more often. Where even that is the same,
    they are put in any one order, so that all who have both see the same.
    """
    return sorted(parts, key=_age)


def _age(part: Sheet | Whole) -> tuple[str, int, str]:
    if isinstance(part, Sheet):
        at, said = part.submitted_at, repr((sorted(part.marks.levels.items()), replace(part.marks, levels={})))
    else:
        at, said = part.written_at, repr((part.overall, part.comment))
    return (at.astimezone(UTC).isoformat() if at else "", part.revision, said)
