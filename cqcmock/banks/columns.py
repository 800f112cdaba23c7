"""The columns of a table of questions: what they are called, and how a header that somebody typed is understood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cqcmock.banks.checking import Report, Words, did_you_mean
from cqcmock.banks.names import folded
from cqcmock.domain.questions import Cue

MOST_POINTS = 40
MOST_COLUMNS = 400
HEADER_WITHIN = 20
"""Rows from the top in which the header may stand: many people write a title above it."""

QUESTION_COLUMNS: dict[str, tuple[str, tuple[str, ...]]] = {
    "id": ("Id", ("question id",)),
    "text": ("Question", ("text", "question text", "questions")),
    "kind": ("Kind", ("type", "kind of question")),
    "statements": ("Quality statements", ("statements", "statement", "quality statement", "qs")),
    "themes": ("Themes", ("theme",)),
    "roles": ("Roles", ("role", "who is asked")),
    "communities": ("Communities", ("community",)),
    "prepare_seconds": ("Prepare (seconds)", ("prepare seconds", "prepare", "preparation")),
    "target_seconds": ("Target (seconds)", ("target seconds", "target")),
    "limit_seconds": ("Limit (seconds)", ("limit seconds", "limit")),
    "source": ("Source", ("where from",)),
    "source_note": ("Source note", ("note", "source notes", "where it comes from")),
    "strong": ("What a strong answer does", ("strong", "strong answer", "a strong answer")),
    "avoid": ("What to avoid", ("avoid",)),
    "probe_order": ("Probe order", ("order of probes",)),
}
POINT_COLUMNS: dict[str, tuple[str, tuple[str, ...]]] = {
    "label": ("", ("label",)),
    "phrases": (": phrases", ("phrases", "phrase", "words")),
    "probe": (": probe", ("probe", "follow up", "question")),
    "weight": (": weight", ("weight",)),
    "id": (": id", ("id",)),
}
_QUESTION_FIELDS = {
    folded(name): field for field, (header, others) in QUESTION_COLUMNS.items() for name in (header, *others)
}
_POINT_FIELDS = {other: field for field, (_, others) in POINT_COLUMNS.items() for other in others} | {"": "label"}
_CUES = {folded(cue): cue for cue in Cue}
_POINT = re.compile(r"point ?([0-9]{1,3})(?: (.+))?")
_PROBE = re.compile(r"(?:probe|follow up)s? (.+)")


def point_header(number: int, field: str) -> str:
    """The header of a field of the point with this number, counted from 1."""
    return f"Point {number}{POINT_COLUMNS[field][0]}"


def probe_header(cue: Cue) -> str:
    """The header of the probes that are asked on this cue."""
    return f"Probe: {cue}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PointPlaces:
    """Where the fields of one point stand, and what the table calls them."""

    places: dict[str, int]
    shown: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where each column of a table stands: `where` is its header, `places` has the index of each field there is."""

    where: str
    headers: tuple[str, ...]
    places: dict[str, int]
    shown: dict[str, str]
    points: tuple[PointPlaces, ...]
    probes: tuple[tuple[Cue, int], ...]


def recognised(header: Sequence[str]) -> int:
    """How many cells of a row are names of columns."""
    return sum(_meaning(cell) is not None for cell in header)


def is_header(cells: Sequence[str]) -> bool:
    """Whether a row says what stands below it."""
    known = [meaning for meaning in map(_meaning, cells) if meaning is not None]
    return ("question", 0, "text") in known or len(known) > 1


def read_header(cells: Sequence[str], where: str, report: Report) -> Layout:
    """The layout that a header says; a column that means nothing, or that is there twice, is noted."""
    places: dict[tuple[str, int, str], int] = {}
    for index, cell in enumerate(cells[:MOST_COLUMNS]):
        name = cell.strip()
        meaning = _meaning(name)
        if not name:
            continue
        if meaning is None:
            hint = did_you_mean(folded(name), {folded(known): known for known in known_headers()}.values())
            report.add(where, _column_name(name, index), f"a column that is known here{hint}", Words("an unknown one"))
        elif meaning in places:
            report.add(where, _column_name(name, index), "each column once", Words(f"“{name}” twice"))
        else:
            places[meaning] = index
    if any(cell.strip() for cell in cells[MOST_COLUMNS:]):
        report.add(where, "", f"at most {MOST_COLUMNS} columns", Words("more"))
    if ("question", 0, "text") not in places:
        report.add(where, "", "a column “Question” with the text of each question", Words("none"))
    return _layout(cells, where, places)


def _layout(cells: Sequence[str], where: str, places: dict[tuple[str, int, str], int]) -> Layout:
    names = [_column_name(cell, index) if cell.strip() else "" for index, cell in enumerate(cells[:MOST_COLUMNS])]
    question = {field: index for (table, _, field), index in places.items() if table == "question"}
    points = []
    for number in sorted({number for table, number, _ in places if table == "point"}):
        inside = {field: index for (table, of, field), index in places.items() if (table, of) == ("point", number)}
        shown = {field: point_header(number, field) for field in POINT_COLUMNS}
        points.append(PointPlaces(places=inside, shown=shown | {field: names[at] for field, at in inside.items()}))
    shown = {field: header for field, (header, _) in QUESTION_COLUMNS.items()}
    return Layout(
        where=where,
        headers=tuple(names),
        places=question,
        shown=shown | {field: names[index] for field, index in question.items()},
        points=tuple(points),
        probes=tuple((Cue(field), index) for (table, _, field), index in places.items() if table == "probe"),
    )


def known_headers() -> list[str]:
    """The headers that a short table may have, as they are written."""
    headers = [header for header, _ in QUESTION_COLUMNS.values()]
    headers += [point_header(number, field) for number in range(1, 9) for field in POINT_COLUMNS]
    return headers + [probe_header(cue) for cue in Cue]


def _column_name(name: str, index: int) -> str:
    shown = " ".join(name.split())
    return shown[:60] if shown.isprintable() else f"column {index + 1}"


def _meaning(header: str) -> tuple[str, int, str] | None:
    """The table, number and field that a header names: for instance ("point", 2, "phrases")."""
    if not header or len(header) > 60:
        return None
    name = folded(header)
    field = _QUESTION_FIELDS.get(name)
    if field:
        return ("question", 0, field)
    point = _POINT.fullmatch(name)
    if point and 1 <= int(point[1]) <= MOST_POINTS:
        field = _POINT_FIELDS.get(point[2] or "")
        return ("point", int(point[1]), field) if field else None
    probe = _PROBE.fullmatch(name)
    cue = _CUES.get(probe[1]) if probe else None
    return ("probe", 0, cue.value) if cue else None
