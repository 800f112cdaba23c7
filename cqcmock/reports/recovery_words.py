"""The page with the recovery words of a library: to be printed, and kept away from the laptop."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cqcmock.domain.english import day
from cqcmock.reports.content import BulletList, Document, Heading, Paragraph, Voice, named, plain

TITLE = "Recovery words for CQC Mock"
KEEP_AWAY = "Keep this page away from the laptop"
_TO_KNOW = (
    ("What they open", "the CQC Mock library on this person’s computer, and every backup of it."),
    ("How to type them", "in this order, with spaces. Capitals do not matter, and four letters of each are enough."),
    ("Where to keep them", "where you keep a passport or a spare key, and never in the bag of the laptop."),
    (
        "If they are lost",
        "open the library on the computer that still opens it, and choose “Change the words” in the settings.",
    ),
    ("If they are changed", "the words on this page open nothing any more, but backups made before. Destroy it then."),
)


def recovery_words_document(words: Sequence[str], *, classification: str, made_on: date) -> Document:
    """One page, as plain data. Whoever holds it can read the library: it names nobody, and no computer."""
    return Document(
        title=TITLE,
        language="en-GB",
        classification=classification,
        practice_words=KEEP_AWAY,
        retention="Destroy it when the words have been changed.",
        made_on=made_on,
        blocks=(
            Paragraph(line=plain(f"Made on {day(made_on)}.")),
            Heading(level=2, text=f"The {len(words)} words"),
            *(Paragraph(line=plain(f"{at}.  {word}"), voice=Voice.LARGE) for at, word in enumerate(words, 1)),
            Heading(level=2, text="What to know"),
            BulletList(items=tuple(named(name, told) for name, told in _TO_KNOW)),
        ),
    )
