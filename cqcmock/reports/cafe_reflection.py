"""A record of reflection on one page, for the professional development of somebody who was at a café and asks for it.

The person's own paper: a name is on it only if they wrote one. What was typed stands in full, and where nothing was
typed there are lines to write on, so that the page can be filled in with a pen. With up to LONGEST characters a part
it is one page; longer words go on overleaf rather than being cut. It claims nothing about what a regulator asks for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from cqcmock.domain import english
from cqcmock.reports.content import (
    PRACTICE_WORDS,
    Block,
    Document,
    Facts,
    Look,
    Paragraph,
    Run,
    Voice,
    WritingLines,
    plain,
)
from cqcmock.reports.question_section import quoted

TITLE = "Record of reflection"
LONGEST: Final = 400
"""Characters of one part with which the record is one page."""

LONGEST_NAME: Final = 80
_LINES = 4
_CARE = (
    "For professional development, from practising interviews in a café. Leave out anything by which somebody could be"
    " recognised."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reflection:
    """What somebody wrote of a café; whatever is empty is left to be written by hand. `seconds` is the time spent."""

    on: date | None = None
    seconds: int | None = None
    did: str = ""
    learned: str = ""
    changes: str = ""
    discussed: str = ""
    name: str = ""
    peer: str = ""


def reflection_record(given: Reflection, *, classification: str, retention: str, made_on: date) -> Document:
    """The record as plain data, typed, blank or in part."""
    return Document(
        title=TITLE,
        language="en-GB",
        classification=classification,
        practice_words=PRACTICE_WORDS,
        retention=retention,
        made_on=made_on,
        blocks=tuple(_blocks(given)),
    )


def _blocks(given: Reflection) -> Iterator[Block]:
    facts = (
        ("Name", english.shortened(given.name, LONGEST_NAME)),
        ("Date", english.day(given.on) if given.on else ""),
        ("Time spent", english.duration(given.seconds) if given.seconds is not None else ""),
    )
    if pairs := tuple((name, value) for name, value in facts if value):
        yield Facts(pairs=pairs)
    yield Paragraph(line=plain(_CARE), voice=Voice.QUIET)
    if missing := [
        label for label, value in zip(("name, if you like", "date", "hours"), facts, strict=True) if not value[1]
    ]:
        yield WritingLines(label=_sentence(english.listed(missing)), lines=1)
    yield from _part("What I did", "which rounds I took part in, and what I practised", given.did)
    yield from _part("What I learned", "what I know, or see differently, now", given.learned)
    yield from _part("What changes for people", "who will notice, and how I shall know", given.changes)
    peer = english.shortened(given.peer, LONGEST_NAME)
    discussed = f"Discussed with a peer{f' ({peer})' if peer else ''}"
    yield from _part(discussed, "what they asked or added, and when; a name only if they agree", given.discussed)


def _part(title: str, prompt: str, words: str) -> Iterator[Block]:
    if words.strip():
        yield Paragraph(line=(Run(title, Look.STRONG),))
        yield quoted(words)
    else:
        yield WritingLines(label=f"{title}: {prompt}", lines=_LINES)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
