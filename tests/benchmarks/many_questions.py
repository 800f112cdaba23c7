"""Libraries and spreadsheets with very many questions, made of the words that the shipped banks are made of."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from cqcmock.domain.questions import Bank, Cue, CueProbe, Kind, Point, Question, Source
from cqcmock.paths import Location, question_banks_folder

BANK = "very-many"
POINTS, PHRASES = 4, 6


def words() -> list[str]:
    """Every word of the questions that come with the program, as often as it is there."""
    texts = (path.read_text("utf-8") for path in sorted(question_banks_folder().glob("*.toml")))
    lines = (line for text in texts for line in text.splitlines() if line.startswith("text = "))
    return [word.strip('".,?!').lower() for line in lines for word in line.split()[2:] if len(word) > 3]


def questions(count: int) -> Iterator[Question]:
    """So many questions, the same each time, no two alike."""
    dice = random.Random(2026)
    known = words()

    def said(length: int) -> str:
        return " ".join(dice.choices(known, k=length))

    for number in range(count):
        yield Question(
            id=f"q-{number}",
            text=f"What of {said(9)} {number}?",
            kind=Kind.QUESTION,
            statements=(f"QS{number % 9 + 1}",),
            themes=("waiting",),
            prepare_seconds=15,
            target_seconds=120,
            limit_seconds=180,
            source=Source.COUNCIL,
            source_note="made for a measurement",
            strong=(said(5), said(6)),
            points=tuple(
                Point(
                    id=f"point-{at}",
                    label=said(4),
                    phrases=tuple(dict.fromkeys(f"{said(3)} {place}" for place in range(PHRASES))),
                    probe=f"And {said(6)}?",
                )
                for at in range(POINTS)
            ),
            probes=(CueProbe(cue=Cue.NO_NUMBER, text="How do you know?"),),
        )


def bank(count: int) -> Bank:
    """A bank of so many questions."""
    return Bank(
        id=BANK,
        title="Very many questions",
        version=1,
        checked_on=date(2026, 11, 22),
        framework="cqc-la-2023",
        roles=("lead-member",),
        language="en-GB",
        questions=tuple(questions(count)),
    )


def library_with(folder: Path, count: int) -> Location:
    """A library with one bank of so many questions, made once a run."""
    from cqcmock import storage
    from cqcmock.services import library as libraries

    place = Location(folder)
    if not folder.exists():
        with libraries.open_library(place) as opened, opened.writing() as work:
            storage.banks.put_bank(work, bank(count), "made for a measurement", "own")
            work.commit()
    return place
