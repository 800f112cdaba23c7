"""What was found in an answer, as lines that a person can read: the same in the window, the terminal and a report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cqcmock.domain.hearing import NUMBER, POINT, FindingKind, HeardNumber, HeardPoint, Hearing, Span

NOT_MEANT, SAID_SO = "you say that you did not mean this", "you say that you said it"
NOT_YET = "you said that this is not so yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One line: `text` is what was found, `why` the reason. `kind` and `key` are what it is overruled by.

    An `aside` stands beside what needs explaining at once.
    """

    kind: str
    key: str
    text: str
    why: str
    spans: tuple[Span, ...]
    overruled: bool
    aside: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Remarks of one sort under a heading; `look_again` says that they are worth a second look."""

    title: str
    look_again: bool
    remarks: tuple[Remark, ...]


_TITLES: dict[FindingKind, tuple[str, bool]] = {
    FindingKind.EXAMPLE: ("Examples", False),
    FindingKind.VOICE: ("What people said", False),
    FindingKind.EQUITY: ("Communities and fairness", False),
    FindingKind.IN_PROGRESS: ("Under way, without a date or a name", True),
    FindingKind.HEDGE: ("Words that blur", True),
    FindingKind.JARGON: ("Words that may need explaining", True),
    FindingKind.REPEAT: ("Said more than once", True),
}
PRIVATE = "Somebody could be recognised by this"
RECOGNISED, NOT_RECOGNISED, NUMBERS = "Recognised", "Not recognised", "Numbers"
DOUBTFUL_NUMBERS = "Numbers that differ from your story, or are out of date"


def groups(hearing: Hearing) -> tuple[Group, ...]:
    """Everything found, most urgent first; groups without a remark are left out."""
    return tuple(group for group in _all_groups(hearing) if group.remarks)


def _all_groups(hearing: Hearing) -> Iterator[Group]:
    yield Group(
        title=PRIVATE,
        look_again=True,
        remarks=tuple(
            Remark(
                kind=data.kind,
                key=data.text,
                text=data.text,
                why=data.why,
                spans=(data.span,),
                overruled=data.overruled,
            )
            for data in hearing.personal_data
        ),
    )
    yield Group(title=RECOGNISED, look_again=False, remarks=tuple(_point(p) for p in hearing.points if p.counts))
    yield Group(
        title=NOT_RECOGNISED, look_again=False, remarks=tuple(_point(p) for p in hearing.points if not p.counts)
    )
    agreeing = [number for number in hearing.numbers if number.agrees is not False and not number.out_of_date]
    doubtful = [number for number in hearing.numbers if number not in agreeing]
    yield Group(title=DOUBTFUL_NUMBERS, look_again=True, remarks=tuple(map(_number, doubtful)))
    yield Group(title=NUMBERS, look_again=False, remarks=tuple(map(_number, agreeing)))
    for kind, (title, look_again) in _TITLES.items():
        yield Group(
            title=title,
            look_again=look_again,
            remarks=tuple(
                Remark(kind=kind, key=f.text, text=f.text, why=f.why, spans=(f.span,), overruled=f.overruled)
                for f in hearing.findings
                if f.kind is kind
            ),
        )


def _number(number: HeardNumber) -> Remark:
    return Remark(
        kind=NUMBER,
        key=number.text,
        text=number.text,
        why=number.why,
        spans=(number.span,),
        overruled=number.overruled,
        aside="as in your story" if number.fact else "",
    )


def _point(point: HeardPoint) -> Remark:
    aside = ""
    if point.overruled:
        aside = NOT_MEANT if point.heard else SAID_SO
    elif point.negated:
        aside = NOT_YET
    if aside:
        why = f"{aside[0].upper()}{aside[1:]}."
    elif point.heard:
        why = "These words were recognised."
    else:
        why = "No words were recognised for this. You may have said it in words of your own."
    return Remark(
        kind=POINT, key=point.id, text=point.label, why=why, spans=point.spans, overruled=point.overruled, aside=aside
    )
