"""What a listener found in one answer. The finding out is done in `cqcmock.listening`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

MISSING_POINT = "missing-point"
POINT = "point"
NUMBER = "number"

Span = tuple[int, int]
"""Start and end of a stretch of the answer, counted in characters, the end not included."""


class FindingKind(StrEnum):
    """What else a listener notices beside points and numbers."""

    EXAMPLE = "example"
    VOICE = "voice"
    EQUITY = "equity"
    IN_PROGRESS = "in-progress"
    HEDGE = "hedge"
    JARGON = "jargon"
    REPEAT = "repeat"


class PersonalKind(StrEnum):
    """What should not stand in an answer, because somebody could be recognised by it."""

    NHS_NUMBER = "nhs-number"
    NI_NUMBER = "ni-number"
    DATE_OF_BIRTH = "date-of-birth"
    POSTCODE = "postcode"
    EMAIL = "email"
    PHONE = "phone"
    CASE_NUMBER = "case-number"
    NAME = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Overruling:
    """A finding that the person says is wrong: a point by its id, all else by its kind and its words.

    A point overruled is one that was said but not recognised, or recognised and not said.
    """

    kind: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardPoint:
    """Whether one point was heard, and on which words that rests.

    `words_heard` counts the different words of the point's phrases found anywhere in the answer; of points of
    equal weight, the one with the fewest is the one an assessor asks about first.
    """

    id: str
    label: str
    heard: bool
    negated: bool
    spans: tuple[Span, ...]
    words_heard: int
    probe: str
    weight: int = 1
    overruled: bool = False

    @property
    def counts(self) -> bool:
        """Whether the point counts as heard once the person has had their say."""
        return self.heard != self.overruled


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardNumber:
    """A number that was quoted. `fact` is the id of the story's fact it is about, or empty.

    `agrees` is None where no fact is meant. `out_of_date` says that the fact was to be reviewed before today.
    `why` says in plain words what was found.
    """

    text: str
    value: float
    unit: str
    year: int | None
    span: Span
    fact: str = ""
    agrees: bool | None = None
    out_of_date: bool = False
    why: str = ""
    overruled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something noticed in the answer, the words it rests on, and the reason in plain words."""

    kind: FindingKind
    text: str
    span: Span
    why: str
    overruled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalData:
    """Words by which somebody could be recognised, and the reason in plain words."""

    kind: PersonalKind
    text: str
    span: Span
    why: str
    overruled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NextProbe:
    """A follow-up question, with the reason for it: `missing-point` and the point's id, or a cue of the question."""

    cue: str
    text: str
    point: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """Everything found in one answer, and the probes in the order in which they would be asked."""

    points: tuple[HeardPoint, ...]
    numbers: tuple[HeardNumber, ...] = ()
    findings: tuple[Finding, ...] = ()
    personal_data: tuple[PersonalData, ...] = ()
    probes: tuple[NextProbe, ...] = ()

    def of(self, kind: FindingKind) -> tuple[Finding, ...]:
        """The findings of one kind that the person has not overruled."""
        return tuple(finding for finding in self.findings if finding.kind is kind and not finding.overruled)


def with_overrulings(hearing: Hearing, overrulings: Collection[Overruling]) -> Hearing:
    """The same hearing with what the person has overruled marked; the probes are still those of the listener."""

    def overruled(kind: str, key: str) -> bool:
        return Overruling(kind=kind, key=key) in overrulings

    return replace(
        hearing,
        points=tuple(replace(point, overruled=overruled(POINT, point.id)) for point in hearing.points),
        numbers=tuple(replace(number, overruled=overruled(NUMBER, number.text)) for number in hearing.numbers),
        findings=tuple(replace(found, overruled=overruled(found.kind, found.text)) for found in hearing.findings),
        personal_data=tuple(replace(data, overruled=overruled(data.kind, data.text)) for data in hearing.personal_data),
    )
