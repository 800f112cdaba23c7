"""Posters for the room: one question a page, across the page, in letters as large as the page takes.

How large is readable from ten metres? Somebody with ordinary sight (6/6) makes out a letter that fills five minutes of
arc, and somebody who sees 6/12 one that fills ten: that is how the Snellen scale is defined (BS 4274-1). 6/12 is what
drivers in Great Britain must reach at least (GOV.UK, Driving eyesight rules), so a room of colleagues should be able
to count on it. Ten minutes of arc at ten metres are 29 mm, the height of a capital letter: the aim. Five are 14.5 mm,
below which the letters cannot be read from there even with ordinary sight.

On A3, the usual paper for it, the shipped questions come out at 24 mm or more, half of them beyond the aim; on A4 at
15 mm or more. Each poster says at its foot from how far its letters can be read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import radians, tan
from typing import Final

from cqcmock.domain import english
from cqcmock.domain.cafe.rounds import RoundQuestion
from cqcmock.reports.cards import CARD_WORDS

TITLE = "Questions for the room"
METRES: Final = 10
"""From how far the posters are to be read."""

_ARC: Final = tan(radians(5 / 60))
"""The height of a letter over its distance that sight 6/6 just makes out."""


class Paper(StrEnum):
    """The paper to print on, always across."""

    A3 = "A3"
    A4 = "A4"


SIZES: Final[dict[Paper, tuple[int, int]]] = {Paper.A3: (420, 297), Paper.A4: (297, 210)}
"""Width and height in millimetres."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posters:
    """Questions to hang up, one a page. `words` stand at the top of each beside the classification."""

    title: str
    questions: tuple[str, ...]
    classification: str
    words: str
    retention: str
    made_on: date
    paper: Paper = Paper.A3


def room_posters(
    questions: Iterable[RoundQuestion],
    *,
    paper: Paper = Paper.A3,
    classification: str,
    retention: str,
    made_on: date,
) -> Posters:
    """A poster of each question. What to listen for stands on none: the room is not to read it beforehand."""
    asked = tuple(" ".join(one.text.split()) for one in questions)
    return Posters(
        title=TITLE,
        questions=tuple(text for text in asked if text),
        classification=classification,
        words=CARD_WORDS,
        retention=retention,
        made_on=made_on,
        paper=paper,
    )


def letter_height(metres: float, sight: float = 0.5) -> float:
    """How high a capital letter must be, in millimetres, to be read from there; `sight` 0.5 is 6/12, 1 is 6/6."""
    return metres * 1000 * _ARC / sight


def readable_from(height: float, sight: float = 0.5) -> float:
    """From how many metres a capital letter of so many millimetres can be read."""
    return height * sight / _ARC / 1000


def size_words(height: float) -> str:
    """What stands at a poster's foot: how high its letters are, and from where they can be read."""
    return (
        f"Letters {height:.0f} mm high: to be read from {english.count(int(readable_from(height)), 'metre')} with 6/12"
        f" sight, from {english.count(int(readable_from(height, 1.0)), 'metre')} with 6/6."
    )
