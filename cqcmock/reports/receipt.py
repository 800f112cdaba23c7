"""A reviewer's receipt on one page: what was returned, and the words by which both sides know that it arrived."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from cqcmock.domain import english
from cqcmock.reports.content import (
    PRACTICE_WORDS,
    BulletList,
    Document,
    Facts,
    Heading,
    Paragraph,
    Voice,
    named,
    plain,
)

TITLE = "Receipt for marks that were returned"
_TO_DO = (
    ("Send it", "give {file} to {owner}. It is sealed: nobody else can open it."),
    (
        "Read out the words",
        "when {owner} takes it in, they see the same words. If they see others, it was changed: send it again.",
    ),
    ("Keep the pack", "until you hear that your marks have arrived; then wipe it."),
    ("If you think again", "change your marks and return them again; the later ones count."),
)
LONGEST_NAME = 60
LONGEST_IN_PROSE = 30
LONGEST_REASON = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedMarks:
    """What a return held. `code` are the words of the file's digest, `returned_at` is in the time to be shown.

    `why_missing` is the reason that was given in it; empty where it is not known any more.
    """

    pack: str
    pack_file: str
    made_by: str
    reviewer: str
    returned_at: datetime
    expected: int
    returned: int
    code: str
    file: str = ""
    why_missing: str = ""

    @property
    def missing(self) -> int:
        """Sheets that were not returned."""
        return self.expected - self.returned


def receipt_document(given: ReturnedMarks, *, classification: str, retention: str, made_on: date) -> Document:
    """The receipt, as plain data. It fits on one page, whatever the names are."""
    owner = english.shortened(given.made_by, LONGEST_IN_PROSE) or "whoever made the pack"
    file = f"“{english.shortened(given.file, LONGEST_IN_PROSE)}”" if given.file else "the file"
    return Document(
        title=TITLE,
        language="en-GB",
        classification=classification,
        practice_words=PRACTICE_WORDS,
        retention=retention,
        made_on=made_on,
        blocks=(
            Facts(pairs=tuple((name, value) for name, value in _facts(given) if value)),
            Heading(level=2, text="Marked answers"),
            Facts(
                pairs=(
                    ("Expected", english.count(given.expected, "answer")),
                    ("Returned", english.count(given.returned, "answer")),
                    ("Missing", english.count(given.missing, "answer") if given.missing else "None"),
                    *((("Why", _why(given)),) if given.missing else ()),
                )
            ),
            Heading(level=2, text="The word code of the file"),
            Paragraph(line=plain(given.code), voice=Voice.LARGE),
            Paragraph(line=plain("These words belong to this one file: a file with one letter changed has others.")),
            Heading(level=2, text="What to do now"),
            BulletList(items=tuple(named(name, words.format(file=file, owner=owner)) for name, words in _TO_DO)),
            Paragraph(
                line=plain("Nothing of what you marked stands on this page: it is your proof that you returned it."),
                voice=Voice.QUIET,
            ),
        ),
    )


def _facts(given: ReturnedMarks) -> tuple[tuple[str, str], ...]:
    when = f"{english.day(given.returned_at.date())}, {given.returned_at:%H:%M}"
    return (
        ("From", _name(given.reviewer)),
        ("For", _name(given.made_by)),
        ("Pack", _name(given.pack_file)),
        ("Pack number", _name(given.pack)),
        ("Returned on", when),
        ("File", _name(given.file)),
    )


def _why(given: ReturnedMarks) -> str:
    return english.shortened(given.why_missing, LONGEST_REASON) or "The reason is in the file."


def _name(text: str) -> str:
    return english.shortened(text, LONGEST_NAME)
