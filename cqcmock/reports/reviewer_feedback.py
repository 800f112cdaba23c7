"""What a reviewer is told when their marks are in, by the owner's program and for their eyes alone.

What came back, the words by which both sides know each file, and how the reviewer's marks compare with the others': in
a way from which no other reviewer's marks can be worked out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cqcmock.domain import english
from cqcmock.reports.content import (
    PRACTICE_WORDS,
    Block,
    BulletList,
    Callout,
    Document,
    Facts,
    Heading,
    Paragraph,
    Table,
    Voice,
    named,
    plain,
)

LONGEST_NAME, LONGEST_IN_TITLE, LONGEST_REASON = 60, 40, 160
STEPS = 4
"""A difference is told to the nearest quarter of a level: a finer figure would claim more than so few marks can bear,
and two pages made at different times could be set against each other to find what one reviewer gave."""

NO_CODE = "not kept"
_PARTS = {1: "a quarter of a level", 2: "half a level", 3: "three quarters of a level"}
_SAME_WORDS = "Each file’s words stand on your own receipt too. If they are the same, nothing was changed on the way."
_WHERE_CODES = (
    f"Where it says “{NO_CODE}”, ask for the words: they are seen when the file is taken in, and taking it in again "
    "changes nothing."
)
_WORKED_OUT = (
    "for every lens of every answer, your level less the mean of the others’ levels; then the mean of all those, to "
    "the nearest quarter of a level. Levels go from 0 to 3."
)
_MEANS = (
    "a difference is no fault. The others are not the measure, and you may have heard what they missed. "
    "No mark is changed because of it."
)
_OTHERS = "nobody is named here or told apart, and nobody’s marks can be worked out from this."
_HOW = (("How it is worked out", _WORKED_OUT), ("What it means", _MEANS), ("Who the others are", _OTHERS))


@dataclass(frozen=True, slots=True, kw_only=True)
class FileThatCame:
    """A file that was taken in. `code` are its words, empty where they are not known any more."""

    written_at: datetime
    taken_in_at: datetime
    sheets: int
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedMarks:
    """How much higher (or, below 0, lower) a reviewer's levels are than the others' mean, and on how much it rests.

    Where nothing may or can be said, `difference` is None and `why_not` a sentence.
    """

    difference: float | None = None
    marks: int = 0
    answers: int = 0
    lenses: int = 0
    others: int = 0
    why_not: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewersFeedback:
    """What is told to one reviewer. Moments are in the time to be shown."""

    reviewer: str
    made_by: str
    pack: str
    sent_on: date
    expected: int
    received: int
    files: tuple[FileThatCame, ...]
    compared: ComparedMarks
    why_missing: str = ""


def feedback_for_reviewer(given: ReviewersFeedback, *, classification: str, retention: str, made_on: date) -> Document:
    """The page, as plain data."""
    name = english.shortened(given.reviewer, LONGEST_NAME)
    missing = given.expected - given.received
    return Document(
        title=f"Feedback for {_in_title(given.reviewer)}",
        language="en-GB",
        classification=classification,
        practice_words=PRACTICE_WORDS,
        retention=retention,
        made_on=made_on,
        blocks=(
            Facts(pairs=tuple((label, value) for label, value in _about(given) if value)),
            Callout(
                title="For you alone",
                lines=(
                    plain(
                        f"This is for {name} and nobody else. It stands in no report, and whoever made it for you "
                        "should keep no copy."
                    ),
                ),
            ),
            Heading(level=2, text="What came back from you"),
            Facts(
                pairs=(
                    ("Expected", english.count(given.expected, "answer")),
                    ("Received", english.count(given.received, "answer")),
                    ("Missing", english.count(missing, "answer") if missing else "None"),
                    *((("Why", _why(given)),) if missing else ()),
                )
            ),
            *_files(given.files),
            Heading(level=2, text="How your marks compare"),
            *_compared(given.compared),
        ),
    )


def _in_title(name: str) -> str:
    """The name as it can stand in the properties of a file too, which hold no sign that cannot be seen."""
    seen = "".join(sign if sign.isprintable() else " " for sign in english.shortened(name, LONGEST_IN_TITLE))
    return " ".join(seen.split()) or "a reviewer"


def _about(given: ReviewersFeedback) -> tuple[tuple[str, str], ...]:
    return (
        ("For", english.shortened(given.reviewer, LONGEST_NAME)),
        ("From", english.shortened(given.made_by, LONGEST_NAME)),
        ("Pack number", english.shortened(given.pack, LONGEST_NAME)),
        ("Pack made on", english.day(given.sent_on)),
    )


def _why(given: ReviewersFeedback) -> str:
    return english.shortened(given.why_missing, LONGEST_REASON) or "No reason was given."


def _files(files: Sequence[FileThatCame]) -> list[Block]:
    rows = tuple(
        (_moment(one.written_at), _moment(one.taken_in_at), f"{one.sheets:,}", one.code or NO_CODE) for one in files
    )
    told = _SAME_WORDS if all(one.code for one in files) else f"{_SAME_WORDS} {_WHERE_CODES}"
    return [
        Table(
            caption="Your files, the latest first",
            header=("Written on", "Taken in on", "Answers", "Word code"),
            rows=rows,
            shares=(5, 5, 2, 5),
            numeric=frozenset({2}),
        ),
        Paragraph(line=plain(told), voice=Voice.QUIET),
    ]


def _moment(at: datetime) -> str:
    return f"{english.day(at.date())}, {at:%H:%M}"


def _compared(compared: ComparedMarks) -> list[Block]:
    if compared.difference is None:
        return [Paragraph(line=plain(compared.why_not))]
    marks, answers = english.count(compared.marks, "mark"), english.count(compared.answers, "answer")
    lenses = english.count(compared.lenses, "lens", "lenses")
    return [
        Paragraph(line=plain(difference_in_words(compared.difference)), voice=Voice.LEAD),
        Paragraph(
            line=plain(
                f"This rests on {marks} of yours: {answers} through {lenses}, each of them also marked by at least "
                f"{compared.others} others."
            )
        ),
        BulletList(items=tuple(named(name, words) for name, words in _HOW)),
    ]


def difference_in_words(difference: float) -> str:
    """How a reviewer marks, measured by the others, in a sentence to them."""
    steps = int(abs(difference) * STEPS + 0.5)
    if not steps:
        return "On the whole, your marks are neither higher nor lower than those of the others on the same answers."
    whole, part = divmod(steps, STEPS)
    size = _PARTS[part] if not whole else _levels(whole, part)
    side = "higher" if difference > 0 else "lower"
    return f"On the whole, your marks are about {size} {side} than those of the others on the same answers."


def _levels(whole: int, part: int) -> str:
    number = ("one", "two", "three")[min(whole, 3) - 1]
    if not part:
        return f"{number} level" if whole == 1 else f"{number} levels"
    fraction = {1: "a quarter", 2: "a half", 3: "three quarters"}[part]
    return f"{number} and {fraction} levels"
