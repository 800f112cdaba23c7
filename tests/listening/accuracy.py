"""Measures the listener on answers that a person has labelled: `python -m tests.listening.accuracy FILE`.

A reported span is right when it overlaps a labelled quote of its kind, a quote is found when a span of its kind
overlaps it. The definitions of the kinds are those of the labels, so the figures are those of a stranger's reading.
A file may say at its top which kinds were labelled in it, `kinds = ["example", "voice"]`; else all of them were.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from cqcmock.banks import framework_words, read_bank, read_framework, read_story
from cqcmock.banks.glossary_file import read_glossary
from cqcmock.domain.glossary import Term
from cqcmock.domain.hearing import FindingKind, Hearing, Span
from cqcmock.domain.questions import Question, filled
from cqcmock.domain.story import Story
from cqcmock.listening import listen

BANKS = Path(__file__).parents[2] / "question_banks"
KEYS = {kind.value.replace("-", "_"): kind.value for kind in FindingKind}
POINT, NUMBER, FACT, PERSONAL = "point", "number", "fact", "personal-data"


@dataclass(slots=True, kw_only=True)
class Tally:
    """Of one kind: how many were reported and how many of them rightly, how many labelled and how many of them found.

    `false_alarms` has what was wrongly reported, `missed` what was not found, for whoever improves the rules.
    """

    reported: int = 0
    right: int = 0
    labelled: int = 0
    found: int = 0
    sentences: int = 0
    false_alarms: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.reported if self.reported else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.labelled if self.labelled else 1.0

    @property
    def false_alarms_per_sentence(self) -> float:
        return (self.reported - self.right) / self.sentences if self.sentences else 0.0

    def with_(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(**{one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(self)})

    def add(self, where: str, reported: Mapping[str, bool], labelled: Mapping[str, bool]) -> None:
        self.reported += len(reported)
        self.right += sum(reported.values())
        self.labelled += len(labelled)
        self.found += sum(labelled.values())
        self.false_alarms += [f"{where}: {text}" for text, right in reported.items() if not right]
        self.missed += [f"{where}: {text}" for text, heard in labelled.items() if not heard]


def measure(
    path: Path, questions: Mapping[tuple[str, str], Question], story: Story, glossary: Sequence[Term]
) -> dict[str, Tally]:
    """How well the listener does on a file of labelled answers, kind by kind; `questions` by bank and id."""
    file = tomllib.loads(path.read_text(encoding="utf-8"))
    tallies = {kind: Tally() for kind in (POINT, NUMBER, FACT, *KEYS.values(), PERSONAL)}
    for entry in file["answer"]:
        question = filled(questions[entry["bank"], entry["question"]], story.place.names)
        hearing = listen(entry["text"], question, story, glossary=glossary)
        _tally(entry, hearing, tallies)
    return {kind: tally for kind, tally in tallies.items() if kind in file.get("kinds", tallies)}


def _tally(entry: Mapping[str, Any], hearing: Hearing, tallies: Mapping[str, Tally]) -> None:
    where, text = entry.get("id", entry["question"]), entry["text"]
    heard = {point.id for point in hearing.points if point.heard}
    wanted = set(entry.get("points", ()))
    tallies[POINT].add(where, {name: name in wanted for name in heard}, {name: name in heard for name in wanted})
    _compare(tallies[NUMBER], where, text, [number.span for number in hearing.numbers], entry.get("number", ()))
    for key, kind in KEYS.items():
        spans = [finding.span for finding in hearing.findings if finding.kind == kind]
        _compare(tallies[kind], where, text, spans, entry.get(key, ()), anywhere=kind == FindingKind.REPEAT)
    personal = entry.get("personal", ())
    for kind in {*(data.kind.value for data in hearing.personal_data), *(label["kind"] for label in personal)}:
        spans = [data.span for data in hearing.personal_data if data.kind == kind]
        quotes = [label["text"] for label in personal if label["kind"] == kind]
        _compare(tallies[PERSONAL], f"{where} {kind}", text, spans, quotes)
    tallies[PERSONAL].sentences += len([part for part in re.split(r"(?<=[.!?])\s+|\n+", text) if part.strip()])
    _compare_facts(tallies[FACT], where, entry, hearing)


def _compare(
    tally: Tally, where: str, text: str, spans: Sequence[Span], quotes: Iterable[str], *, anywhere: bool = False
) -> None:
    places = {quote: _places(text, quote, anywhere=anywhere) for quote in quotes}
    every = [place for group in places.values() for place in group]
    tally.add(
        where,
        {
            f"{text[start:end]!r} at {start}": any(_overlap((start, end), place) for place in every)
            for start, end in spans
        },
        {quote: any(_overlap(span, place) for span in spans for place in group) for quote, group in places.items()},
    )


def _compare_facts(tally: Tally, where: str, entry: Mapping[str, Any], hearing: Hearing) -> None:
    text = entry["text"]
    labels = [
        (place, (label["fact"], label["agrees"]), label["number"])
        for label in entry.get("facts", ())
        for place in _places(text, label["number"])
    ]
    said = [(number.span, (number.fact, number.agrees)) for number in hearing.numbers if number.fact]
    tally.add(
        where,
        {
            f"{text[span[0] : span[1]]!r} {fact}": any(
                _overlap(span, place) and fact == true for place, true, _ in labels
            )
            for span, fact in said
        },
        {
            f"{quote!r} {true}": any(_overlap(span, place) and fact == true for span, fact in said)
            for place, true, quote in labels
        },
    )


def _places(text: str, quote: str, *, anywhere: bool = False) -> list[Span]:
    found = [(match.start(), match.end()) for match in re.finditer(re.escape(quote), text, re.I if anywhere else 0)]
    if not found:
        raise ValueError(f"not in the answer: {quote}")
    return found if anywhere else found[:1]


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def shipped() -> tuple[dict[tuple[str, str], Question], Story, tuple[Term, ...]]:
    """The questions of all shipped banks, the shipped story and the shipped glossary."""
    words = framework_words(read_framework(BANKS / "frameworks" / "cqc-la-2023.toml"))
    banks = [read_bank(path, words) for path in sorted(BANKS.glob("*.toml"))]
    questions = {(bank.id, question.id): question for bank in banks for question in bank.questions}
    story = read_story(BANKS / "stories" / "hertfordshire.toml")
    return questions, story, read_glossary(BANKS / "glossaries" / "adult-social-care.toml")


def table(tallies: Mapping[str, Tally]) -> str:
    """The figures as a table of plain text."""
    rows = [f"{'kind':<15}{'reported':>9}{'labelled':>9}{'precision':>11}{'recall':>8}"]
    rows += [
        f"{kind:<15}{tally.reported:>9}{tally.labelled:>9}{tally.precision:>11.2f}{tally.recall:>8.2f}"
        for kind, tally in tallies.items()
    ]
    if PERSONAL in tallies:
        rows.append(f"false alarms of personal data per sentence: {tallies[PERSONAL].false_alarms_per_sentence:.3f}")
    return "\n".join(rows)


def details(tallies: Mapping[str, Tally]) -> str:
    """Every false alarm and everything missed, a line each."""
    return "\n".join(
        [f"{kind}: wrong   {line}" for kind, tally in tallies.items() for line in tally.false_alarms]
        + [f"{kind}: missed  {line}" for kind, tally in tallies.items() for line in tally.missed]
    )


if __name__ == "__main__":
    measured = measure(Path(sys.argv[1]), *shipped())
    sys.stdout.write(table(measured) + "\n")
    if "--details" in sys.argv:
        sys.stdout.write(details(measured) + "\n")
